"""The hub for a class, as far as it can be looked at without starting one; benchmarks/hub_load.py starts it."""

import asyncio
import contextlib
import http.server
import importlib
import json
import os
import re
import shutil
import signal
import stat
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import types
import urllib.parse
from pathlib import Path

import pytest

from course_utils.class_files.homes import MARK

pytestmark = pytest.mark.skipif(os.name == "nt", reason="JupyterHub runs on Linux and macOS")
yaml = pytest.importorskip("yaml")
jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parents[2]
HUB = ROOT / "deploy/hub"


# --- before anything is installed


def start(state, tools=(), **variables):
    """Run deploy/hub/start with nothing on the PATH but the barest tools."""
    programs = state / "bin"
    programs.mkdir()
    for tool in ("sh", "dirname", *tools):
        (programs / tool).symlink_to(shutil.which(tool))
    env = {"PATH": str(programs), "HUB_STATE": str(state)} | variables
    return subprocess.run(["/bin/sh", HUB / "start"], env=env, capture_output=True, text=True)


def test_nobody_may_log_in_until_the_teacher_has_chosen_how(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 1
    assert "Nobody may log in yet" in done.stderr
    assert "python3 start.py hub-users ada ben" in done.stderr


@pytest.mark.parametrize("way", ["dummy", "shared-password", "Passwords"])
def test_a_way_to_log_in_that_is_none(tmp_path, way):
    done = start(tmp_path, HUB_AUTH=way)
    assert done.returncode == 1
    assert f"Expected: passwords, pam or own. Received: {way}." in done.stderr


def test_a_list_of_passwords_is_a_choice_and_the_proxy_needs_npm(tmp_path):
    (tmp_path / "passwords.json").write_text("{}")
    done = start(tmp_path)
    assert done.returncode == 1
    assert "there is no npm" in done.stderr
    assert "sudo apt install npm" in done.stderr


# --- the settings


@pytest.fixture
def settings(monkeypatch):
    """Load jupyterhub_config.py as JupyterHub does, from a folder that every account may enter."""
    from traitlets.config.loader import PyFileConfigLoader

    folder = Path(tempfile.mkdtemp(prefix="settings-of-a-hub-", dir="/tmp"))
    folder.chmod(0o755)
    (folder / "deploy/hub").mkdir(parents=True)
    for name in ("jupyterhub_config.py", "names.py"):
        shutil.copy(HUB / name, folder / "deploy/hub")
    for private in ("source", "variants"):
        (folder / "grading" / private).mkdir(parents=True)
    state = folder / ".hub"
    state.mkdir()
    for name in [name for name in os.environ if name.startswith("HUB_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "prefix", "/usr")
    monkeypatch.setattr(sys, "executable", "/bin/sh")

    def load(*, root=True, own=None, **variables):
        monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        if own is not None:
            (state / "own.py").write_text(own)
        return PyFileConfigLoader("jupyterhub_config.py", path=str(folder / "deploy/hub")).load_config()

    load.folder, load.state = folder, state
    yield load
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({}, "no way to log in is chosen"),
        ({"HUB_AUTH": "dummy"}, "no way to log in is chosen"),
        ({"HUB_AUTH": "pam", "root": False}, "only root may ask for another's password"),
        ({"HUB_AUTH": "own"}, "own.py is missing"),
        ({"HUB_AUTH": "own", "own": ""}, "names no authenticator"),
        ({"HUB_AUTH": "passwords", "own": "c.JupyterHub.authenticator_class = 'dummy'"}, "lets anybody in"),
        ({"HUB_AUTH": "own", "own": "c.JupyterHub.authenticator_class = 'dummy'"}, "lets anybody in"),
    ],
)
def test_settings_that_leave_the_door_open(settings, variables, sentence):
    with pytest.raises(SystemExit, match=re.escape(sentence)):
        settings(**variables)


def test_a_school_brings_its_own_way_to_log_in(settings):
    c = settings(HUB_AUTH="own", own="c.JupyterHub.authenticator_class = 'github'")
    assert c.JupyterHub.authenticator_class == "github"
    assert not c.LocalAuthenticator.create_system_users


def test_other_settings_of_the_teacher_come_on_top(settings):
    c = settings(HUB_AUTH="passwords", own="c.Spawner.poll_interval = 60")
    assert c.Spawner.poll_interval == 60


def test_the_hub_keeps_to_this_machine_and_its_folder(settings):
    c = settings(HUB_AUTH="passwords", HUB_PORT="8123")
    assert c.JupyterHub.bind_url == "http://127.0.0.1:8123"
    for place in (c.JupyterHub.db_url, c.JupyterHub.cookie_secret_file, c.ConfigurableHTTPProxy.pid_file):
        assert str(settings.state) in place


def test_each_learner_gets_an_account_a_thread_and_a_bound(settings):
    c = settings(HUB_AUTH="passwords")
    assert c.JupyterHub.spawner_class == "jupyterhub.spawner.LocalProcessSpawner"
    assert c.JupyterHub.authenticator_class == "passwords.AccountsList"
    assert c.LocalAuthenticator.create_system_users
    assert "HOME_MODE=0700" in c.LocalAuthenticator.add_user_cmd
    assert c.Spawner.cmd[-1].endswith("learner.py")
    assert "--KernelManager.transport=ipc" in c.Spawner.args
    assert c.Spawner.mem_limit == "3G"
    assert {c.Spawner.environment[name] for name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")} == {"1"}


def test_what_the_teacher_may_set(settings):
    c = settings(HUB_AUTH="pam", HUB_THREADS="2", HUB_MEMORY="4G", HUB_IDLE="600", HUB_TEACHERS="ada ben")
    assert c.Spawner.environment["OMP_NUM_THREADS"] == "2"
    assert c.Spawner.mem_limit == "4G"
    assert "--timeout=600" in c.JupyterHub.services[0]["command"]
    assert c.Authenticator.allowed_users == {"ada", "ben"}
    assert c.PAMAuthenticator.allowed_groups == {"learners"}
    assert not c.LocalAuthenticator.create_system_users


def test_data_that_the_teacher_names_reaches_the_learners(settings):
    c = settings(HUB_AUTH="passwords", COURSE_UTILS_MNIST="digits")
    assert c.Spawner.environment["COURSE_UTILS_MNIST"] == "digits"


def test_without_accounts_the_hub_says_what_it_cannot_do(settings, capsys):
    c = settings(root=False, HUB_AUTH="passwords")
    assert c.JupyterHub.authenticator_class == "passwords.PasswordList"  # the other one asks for accounts
    assert c.JupyterHub.spawner_class == "jupyterhub.spawner.SimpleLocalProcessSpawner"
    assert "All learners share your account" in capsys.readouterr().out


def test_the_culler_may_stop_servers_and_nothing_else(settings):
    roles = {role["name"]: role for role in settings(HUB_AUTH="passwords").JupyterHub.load_roles}
    assert set(roles["cull-idle"]["scopes"]) == {"list:users", "read:users:activity", "read:servers", "delete:servers"}


def test_a_teacher_is_no_administrator(settings):
    c = settings(HUB_AUTH="passwords", HUB_TEACHERS="ada ben")
    roles = {role["name"]: role for role in c.JupyterHub.load_roles}
    assert c.Authenticator.admin_users == set()
    assert roles["admin"]["users"] == []
    assert roles["teacher"]["users"] == ["ada", "ben"]
    may = set(roles["teacher"]["scopes"])
    assert may == {
        "admin-ui",
        "list:users",
        "read:users:activity",
        "read:servers",
        "delete:servers",
        "access:services!service=board",
    }


def test_no_learner_may_make_a_token(settings):
    roles = {role["name"]: role for role in settings(HUB_AUTH="passwords").JupyterHub.load_roles}
    assert roles["user"]["scopes"] == ["read:users!user", "users:activity!user", "servers!user", "access:servers!user"]


def test_an_address_of_the_hubs_own_gives_each_learner_one(settings):
    c = settings(HUB_AUTH="passwords", HUB_ADDRESS="https://hub.example.org")
    assert c.JupyterHub.subdomain_host == "https://hub.example.org"


def test_hidden_tests_are_closed_to_learners(settings):
    settings(HUB_AUTH="passwords")
    modes = [stat.S_IMODE((settings.folder / "grading" / name).stat().st_mode) for name in ("source", "variants")]
    assert modes == [0o700, 0o700]


def test_the_board_may_list_learners_and_nothing_else(settings):
    c = settings(HUB_AUTH="passwords", HUB_TEACHERS="ada", HUB_PORT="8123")
    roles = {role["name"]: role for role in c.JupyterHub.load_roles}
    (board,) = [service for service in c.JupyterHub.services if service["name"] == "board"]
    assert roles["board"]["scopes"] == ["list:users"]
    assert board["url"] == "http://127.0.0.1:8126"
    assert board["environment"] == {"BOARD_TEACHERS": "ada", "BOARD_HOMES": ""}


def test_a_learner_by_the_name_of_a_systems_account_is_refused(settings):
    hook = settings(HUB_AUTH="passwords").Spawner.pre_spawn_hook
    with pytest.raises(RuntimeError, match="root is an account of the system"):
        hook(types.SimpleNamespace(user=types.SimpleNamespace(name="root")))


def test_a_folder_that_learners_may_not_enter(settings):
    settings.folder.chmod(0o700)
    with pytest.raises(SystemExit, match="learners' accounts may not enter this folder"):
        settings(HUB_AUTH="passwords")


def test_a_second_hub_of_the_same_folder_is_refused(settings):
    import fcntl

    with open(settings.state / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SystemExit, match="A hub is running already"):
            settings(HUB_AUTH="passwords")


# --- passwords


def log_in(module, name, password):
    asked = module.PasswordList().authenticate(None, {"username": name, "password": password})
    with pytest.raises(StopIteration) as done:
        asked.send(None)
    return done.value.value


def test_only_the_right_password_of_a_name_on_the_list_opens(passwords, capsys):
    assert passwords.main(["ada", "ben"]) == 0
    (ada, hers), (ben, his) = (line.split() for line in capsys.readouterr().out.splitlines())
    assert [log_in(passwords, ada, hers), log_in(passwords, ben, his)] == ["ada", "ben"]
    for name, password in [("ada", his), ("ada", ""), ("carl", hers), ("carl", ""), ("", "")]:
        assert log_in(passwords, name, password) is None


def test_the_list_is_private_and_holds_no_password(passwords, capsys):
    passwords.main(["ada"])
    password = capsys.readouterr().out.split()[1]
    assert password not in passwords.LIST.read_text()
    assert stat.S_IMODE(passwords.LIST.stat().st_mode) == 0o600


def test_names_come_and_go(passwords, capsys):
    passwords.main(["ada", "ben"])
    old = capsys.readouterr().out.split()[1]
    passwords.main(["ada", "-ben"])
    assert set(passwords.read()) == {"ada"}
    assert log_in(passwords, "ada", old) is None


@pytest.mark.parametrize("words", [[], ["Ada"], ["a da"], ["../ada"], ["ada", "-"], ["1a"], ["a" * 26], ["--x"]])
def test_names_that_no_account_can_have(passwords, words, capsys):
    assert passwords.main(words) == 2
    assert 'Expected: NAMES="ada ben".' in capsys.readouterr().err
    assert passwords.read() == {}


@pytest.mark.parametrize("name", ["root", "nobody", "daemon"])
def test_an_account_that_is_no_learners_gets_no_password(passwords, capsys, name):
    assert passwords.main(["ada", name]) == 2
    assert f"{name}: an account of this machine, and no learner's. Nothing has changed." in capsys.readouterr().err
    assert passwords.read() == {}


def test_an_account_of_the_hubs_making_may_come_back(passwords, monkeypatch):
    made = types.SimpleNamespace(pw_uid=1001, pw_gecos=MARK)
    monkeypatch.setattr("pwd.getpwnam", lambda name: made)
    assert passwords.main(["ada"]) == 0
    made.pw_gecos = "Ada Smith"
    assert passwords.main(["ben"]) == 2
    assert passwords.main(["ada"]) == 0  # she is on the list


def test_a_session_ends_where_its_name_has_left_the_list(passwords):
    def may_stay(name):
        asked = passwords.PasswordList().refresh_user(types.SimpleNamespace(name=name))
        with pytest.raises(StopIteration) as done:
            asked.send(None)
        return done.value.value

    passwords.main(["ada", "ben"])
    passwords.main(["-ben"])
    assert [may_stay(name) for name in ("ada", "ben", "carl")] == [True, False, False]


def test_a_running_hub_is_told_to_end_what_is_open(passwords, monkeypatch, capsys):
    told = []
    monkeypatch.setattr(
        passwords.users, "end_sessions", lambda name: told.append((name, name in passwords.read())) or True
    )
    passwords.main(["ada", "ben"])
    assert told == []
    passwords.main(["ada", "-ben"])
    assert told == [("ada", True), ("ben", False)]  # the list has changed before
    said = capsys.readouterr().err
    assert "ben: server, sessions and tokens have ended." in said
    assert "sudo usermod --lock --expiredate 1 ben" in said


@contextlib.contextmanager
def web_server(answer):
    """Run a server on this machine that answers each request so; give its port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, body = answer(self)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_DELETE = do_GET  # noqa: N815

        def log_message(self, *words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_the_hubs_token_goes_to_the_hub_and_to_no_proxy(passwords, monkeypatch):
    asked = []
    passwords.TOKEN.parent.mkdir(exist_ok=True)
    passwords.TOKEN.write_text("secret")

    def answer(request):
        asked.append((request.path, request.headers["Authorization"]))
        return 404, b""

    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with web_server(answer) as port:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        assert not passwords.end_sessions("ada")  # no hub answers on its port
        assert asked == []
        monkeypatch.setattr(passwords.users, "PORT", port)
        assert passwords.end_sessions("ada")  # has never logged in
    assert asked == [("/hub/api/users/ada", "token secret")]


@pytest.fixture
def board(monkeypatch):
    """Import the board; what it takes from JupyterHub stands in for it."""
    pytest.importorskip("tornado")
    auth, utils = types.ModuleType("jupyterhub.services.auth"), types.ModuleType("jupyterhub.utils")
    auth.HubOAuthCallbackHandler = auth.HubOAuthenticated = type("OfTheHub", (), {})
    utils.url_path_join = lambda *parts: "/".join(part.strip("/") for part in parts)
    for name in ("jupyterhub", "jupyterhub.services"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "jupyterhub.services.auth", auth)
    monkeypatch.setitem(sys.modules, "jupyterhub.utils", utils)
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/services/board/")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "secret")
    monkeypatch.setenv("BOARD_TEACHERS", "teacher")
    monkeypatch.syspath_prepend(HUB)
    monkeypatch.delitem(sys.modules, "board", raising=False)
    yield importlib.import_module("board")
    sys.modules.pop("board", None)


@pytest.mark.parametrize("count", [0, 3, 200, 450])
def test_the_board_shows_all_learners_of_a_hub_that_gives_200_at_a_time(board, monkeypatch, count):
    everybody = ["teacher", *(f"learner-{number:03}" for number in range(count))]

    def answer(request):
        """Answer as JupyterHub does: a page, and where the next one begins, if that is asked for."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(request.path).query))
        offset, limit = int(asked.get("offset", 0)), min(int(asked.get("limit", 200)), 200)
        users = [{"name": name} for name in everybody[offset : offset + limit]]
        if request.headers["Accept"] != "application/jupyterhub-pagination+json":
            return 200, json.dumps(users).encode()
        end = offset + len(users)
        following = {"offset": end, "limit": limit, "url": "elsewhere"} if end < len(everybody) else None
        return 200, json.dumps({"items": users, "_pagination": {"next": following}}).encode()

    with web_server(answer) as port:
        monkeypatch.setenv("JUPYTERHUB_API_URL", f"http://127.0.0.1:{port}/hub/api")
        assert asyncio.run(board.names_of_learners()) == everybody[1:]


def test_a_class_comes_from_a_csv_and_gets_slips(passwords, tmp_path, capsys):
    people = "Name;Form\nZoë Müller;7a\nØyvind O'Brien;7a\nAda;7b\nada;7b\n李雷;7b\n;\n"
    before = {}
    for encoding in ("utf-8", "utf-8-sig"):
        (tmp_path / "class.csv").write_bytes(people.encode(encoding))
        assert passwords.main(["--from", str(tmp_path / "class.csv"), "--slips", str(tmp_path / "slips.html")]) == 0
        rows = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
        assert [row[0] for row in rows] == ["zoe-mueller", "oeyvind-o-brien", "ada", "ada-2", "learner"]
        assert [log_in(passwords, name, word) for name, word in before.items()] == [None] * len(before)
        before = {row[0]: row[1] for row in rows}
        assert [log_in(passwords, name, word) for name, word in before.items()] == list(before)
        page = (tmp_path / "slips.html").read_text(encoding="utf-8")
        assert all(row[1] in page for row in rows)
        assert "Zoë Müller" in page
        assert "O&#x27;Brien" in page
        assert stat.S_IMODE((tmp_path / "slips.html").stat().st_mode) == 0o600


def accounts_from(passwords, tmp_path, capsys, *people, more=()):
    """Give the accounts that a file of the class gets, in the order of its people."""
    (tmp_path / "class.csv").write_text("\n".join(people), encoding="utf-8")
    assert passwords.main(["--from", str(tmp_path / "class.csv"), *more]) == 0
    return [line.split()[0] for line in capsys.readouterr().out.splitlines()]


def test_two_of_exactly_one_name_stay_two_and_keep_their_accounts(passwords, tmp_path, capsys):
    assert accounts_from(passwords, tmp_path, capsys, "Ada", "Ada", "Ben") == ["ada", "ada-2", "ben"]
    assert accounts_from(passwords, tmp_path, capsys, "Ben", "Ada", "Ada") == ["ben", "ada", "ada-2"]
    assert accounts_from(passwords, tmp_path, capsys, "Ada", "Ada", "Ada") == ["ada", "ada-2", "ada-3"]
    assert set(passwords.read()) == {"ada", "ada-2", "ada-3", "ben"}


def test_more_than_nine_of_a_name_keep_their_order(passwords, tmp_path, capsys):
    people = ["A name of twenty-five letters"] * 11
    first = accounts_from(passwords, tmp_path, capsys, *people)
    assert len(set(first)) == 11
    assert accounts_from(passwords, tmp_path, capsys, *people) == first


def test_nobody_new_gets_the_account_of_somebody_known(passwords, tmp_path, capsys):
    accounts_from(passwords, tmp_path, capsys, "Ada")
    passwords.write({})  # a list of passwords that was lost, while the accounts are there
    assert accounts_from(passwords, tmp_path, capsys, "ada", "Ada") == ["ada-2", "ada"]


def test_who_is_taken_off_is_forgotten_and_a_typed_name_stays_who_it_was(passwords, tmp_path, capsys):
    accounts_from(passwords, tmp_path, capsys, "Ada", "Ben")
    passwords.main(["ada", "-ben"])
    assert passwords.read(passwords.PEOPLE) == {"ada": "Ada"}
    assert stat.S_IMODE(passwords.PEOPLE.stat().st_mode) == 0o600


def test_a_list_from_before_people_were_remembered_gives_new_accounts(passwords, tmp_path, capsys):
    accounts_from(passwords, tmp_path, capsys, "Ada")
    passwords.PEOPLE.unlink()
    assert accounts_from(passwords, tmp_path, capsys, "Ada") == ["ada-2"]


def test_slips_that_cannot_be_written_are_said_before_a_password_changes(passwords, tmp_path, capsys):
    passwords.main(["ada"])
    before = passwords.read()
    (tmp_path / "a folder").mkdir()
    for place, problem in (("nowhere/slips.html", "there is no such folder"), ("a folder", "it is a folder")):
        assert passwords.main(["ada", "--slips", str(tmp_path / place)]) == 2
        assert f"hub-users: {tmp_path / place}: {problem}. Nothing has changed." in capsys.readouterr().err
    assert passwords.read() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a folder", "state"]


def test_slips_belong_to_the_teacher_who_asked_for_them_with_sudo(passwords, tmp_path, monkeypatch):
    given = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda path, *who, follow_symlinks: given.append((Path(path).name, *who)))
    monkeypatch.setenv("SUDO_UID", "1234")
    monkeypatch.setenv("SUDO_GID", "1235")
    passwords.main(["ada", "--slips", str(tmp_path / "slips.html")])
    assert given == [("slips.html", 1234, 1235)]


def test_a_csv_of_a_spreadsheet_of_windows(passwords, tmp_path, capsys):
    (tmp_path / "class.csv").write_bytes("Jörg,1\n".encode("cp1252"))
    passwords.main(["--from", str(tmp_path / "class.csv")])
    assert capsys.readouterr().out.startswith("joerg ")


# --- a learner's server


def as_learner(home, code):
    """Run code beside learner.py, with a home of its own."""
    env = os.environ | {"HOME": str(home), "PYTHONPATH": f"{HUB}{os.pathsep}{ROOT}"}
    return subprocess.run([sys.executable, "-c", f"import learner\n{code}"], env=env, capture_output=True, text=True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound a process's memory this way")
def test_a_process_that_wants_too_much_memory_is_told_and_goes_on(tmp_path):
    code = """
import numpy as np
learner.limit_memory(1_000_000_000)
try:
    np.ones(10**9)
except MemoryError:
    print("refused", np.ones(10**6).sum())
"""
    assert as_learner(tmp_path, code).stdout == "refused 1000000.0\n"


@pytest.mark.skipif(sys.platform != "linux", reason="bounds as Linux has them")
def test_a_file_that_grows_too_long_and_a_flood_of_processes_end(tmp_path):
    code = """
import os, resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
learner.limit_processes_and_files(77, 1000)
print(resource.getrlimit(resource.RLIMIT_NPROC))
try:
    open(os.path.expanduser("~/long"), "wb", 0).write(b"x" * 1000 + b"y")
    open(os.path.expanduser("~/long"), "ab", 0).write(b"z")
except OSError as error:
    print(error.strerror, os.path.getsize(os.path.expanduser("~/long")))
"""
    assert as_learner(tmp_path, code).stdout == "(77, 77)\nFile too large 1000\n"


# --- a cluster, and images

# What the chart's published schema says of the keys that z2jh.yaml sets; Helm refuses any that it does not know.
NUMBER_OR_TEXT = {"type": ["number", "string"]}
INTEGER, TEXT, YES_OR_NO = {"type": "integer"}, {"type": "string"}, {"type": "boolean"}


def keys(**known):
    return {"type": "object", "additionalProperties": False, "properties": known}


FREE = {"type": "object"}
CHART = keys(
    hub=keys(config=FREE, concurrentSpawnLimit=INTEGER, allowNamedServers=YES_OR_NO),
    singleuser=keys(
        image=keys(name=TEXT, tag=TEXT) | {"required": ["name", "tag"]},
        defaultUrl=TEXT,
        startTimeout=INTEGER,
        memory=keys(guarantee=NUMBER_OR_TEXT, limit=NUMBER_OR_TEXT),
        cpu=keys(guarantee={"type": "number"}, limit={"type": "number"}),
        extraEnv=FREE | {"additionalProperties": {"type": "string"}},
        storage=keys(capacity=TEXT),
        lifecycleHooks=keys(postStart=FREE),
    ),
    cull=keys(enabled=YES_OR_NO, timeout=INTEGER, every=INTEGER),
    proxy=keys(https=keys(enabled=YES_OR_NO, hosts={"type": "array"}, letsencrypt=keys(contactEmail=TEXT))),
)


def values():
    return yaml.safe_load((HUB / "z2jh.yaml").read_text(encoding="utf-8"))


def test_the_clusters_values_fit_the_chart():
    jsonschema.Draft7Validator(CHART).validate(values())
    assert values()["hub"]["config"]["JupyterHub"]["authenticator_class"] == "null", "nobody, until the teacher chooses"


def test_the_cluster_and_the_machine_give_learners_the_same(settings):
    machine, cluster = settings(HUB_AUTH="passwords").Spawner, values()["singleuser"]
    assert cluster["memory"]["limit"] == machine.mem_limit
    assert cluster["extraEnv"].items() <= machine.environment.items()


def test_images_take_their_packages_from_the_same_lists():
    lines = (ROOT / ".binder/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1:3] == ["-c ../requirements.txt", ".[keras]"]
    python = (ROOT / ".binder/runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    (low,) = re.findall(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert int(low) <= int(python.removeprefix("3."))


@pytest.mark.skipif(os.name == "nt", reason="images are made for Linux")
def test_an_image_opens_copies_in_work_where_progress_is_kept(tmp_path):
    for name in ("course_utils", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    variables = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"} | {"PATH": path}
    command = ["sh", str(ROOT / ".binder/start"), "sh", "-c", "echo served on $COURSE_UTILS_MNIST"]
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True)
    assert done.stdout.endswith("served on digits\n"), done.stderr
    opened = re.search(
        r"mybinder\.org/\S+urlpath=lab%2Ftree%2F(\S+ipynb)", (HUB / "README.md").read_text(encoding="utf-8")
    )
    assert (tmp_path / opened[1].replace("%2F", "/")).is_file()
    assert opened[1].startswith("work%2F")


def measured():
    """Give the load test's runs, the twelve learners first."""
    return json.loads((ROOT / "benchmarks/results/hub_load.json").read_text(encoding="utf-8"))


def test_the_load_test_found_no_open_door():
    twelve = [run for run in measured() if run["learners"] == 12]
    assert {run["threads"] for run in twelve} == {1, 2}
    assert max(len(run["refused"]) for run in measured()) == 11
    for run in measured():
        assert len(run["refused"]) in (5, 11)  # runs from before the attacks were among them
        assert [through for through in run["refused"].values() if through] == []


def test_the_teachers_page_tells_what_was_measured(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    report = importlib.import_module("hub_report")
    page = (HUB / "README.md").read_text(encoding="utf-8")
    rows = [line for line in report.table_of_nodes() if line.startswith("| ")]
    assert len(rows) >= 6
    assert [row for row in rows if row not in page] == []
    needs = {(*run["lessons"], run["data"]): 0 for run in measured()}
    for run in measured():
        needs[*run["lessons"], run["data"]] = max(needs[*run["lessons"], run["data"]], *run["memory"]["each"])
    softmax, convolution = needs["08", "the full MNIST"], needs["14", "the full MNIST"]
    said = "serves {} learners in lesson 08 on the full set, and {} in lesson 14"
    assert said.format(report.fit(softmax, 16), report.fit(convolution, 16)) in page
    memory = values()["singleuser"]["memory"]
    digits = max(need for (*_, data), need in needs.items() if data == "the embedded digits")
    assert digits <= int(memory["guarantee"].removesuffix("G")) * 2**30
    assert max(needs.values()) <= int(memory["limit"].removesuffix("G")) * 2**30


@pytest.mark.parametrize("is_kept", [False, True])
def test_the_load_test_writes_only_where_it_is_asked_to(monkeypatch, tmp_path, capsys, is_kept):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    report = importlib.import_module("hub_report")
    monkeypatch.setattr(report, "DATA", tmp_path / "hub_load.json")
    monkeypatch.setattr(report, "machine", lambda: "a machine")
    run = measured()[0]
    report.add(run, is_kept=is_kept)
    assert "Memory of a learner at the most" in capsys.readouterr().out
    assert report.DATA.exists() == is_kept
    assert (report.runs() == [run]) == is_kept


def test_two_threads_each_cost_a_class_what_the_teachers_page_says():
    one, two = (
        statistics.median(steps["lesson 08"] for steps in run["steps"])
        for run in sorted((run for run in measured() if run["learners"] == 12), key=lambda run: run["threads"])
    )
    assert f"take {two / one - 1:.0%} longer".replace("%", " %") in (HUB / "README.md").read_text(encoding="utf-8")


def test_the_teachers_page_names_every_setting():
    code = (HUB / "jupyterhub_config.py").read_text() + (HUB / "start").read_text()
    page = (HUB / "README.md").read_text(encoding="utf-8")
    assert {name for name in re.findall(r"HUB_[A-Z]+", code) if name not in page} == set()


# --- the end of a hub

SPIN = """
import os, signal, subprocess, sys, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
print("started", os.getpid(), child.pid, flush=True)
time.sleep(600)
"""
RUN = """
import run
run.HUB = [run.sys.executable, "-c", {hub!r}]
run.is_hubs_own = lambda uid: False  # nobody's account but that of the test
run.sys.exit(run.main())
"""


@pytest.mark.parametrize("asked", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_hub_that_will_not_end_is_ended_within_five_seconds_with_a_word(asked):
    psutil = pytest.importorskip("psutil")
    command = [sys.executable, "-c", RUN.format(hub=SPIN)]
    env = os.environ | {"PYTHONPATH": str(HUB)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as running:
        pids = [int(word) for word in running.stdout.readline().split()[1:]]
        begin = time.monotonic()
        running.send_signal(getattr(signal, asked))
        words, _ = running.communicate(timeout=30)
        seconds = time.monotonic() - begin
    assert running.returncode == 0
    assert seconds < 5
    assert "The hub has ended, and all servers with it." in words
    alive = [pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE]
    assert alive == []


def test_a_hub_that_ends_by_itself_gives_its_exit_code():
    pytest.importorskip("psutil")  # with which the hub is ended
    command = [sys.executable, "-c", RUN.format(hub="raise SystemExit(7)")]
    assert subprocess.run(command, env=os.environ | {"PYTHONPATH": str(HUB)}).returncode == 7
