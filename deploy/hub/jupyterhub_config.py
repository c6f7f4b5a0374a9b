"""JupyterHub for a class on one machine; `start.py hub` reads it. deploy/hub/README.md tells what each choice means."""

import fcntl
import os
import pwd
import secrets
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATE = Path(os.environ.get("HUB_STATE", HERE.parents[1] / ".hub"))
sys.path.insert(0, str(HERE))
import course_utils  # noqa: E402
from course_utils.class_files.homes import MARK, is_made_by_hub  # noqa: E402

AUTH = os.environ.get("HUB_AUTH", "")
PORT = int(os.environ.get("HUB_PORT", 8000))
THREADS = os.environ.get("HUB_THREADS", "1")
MEMORY = os.environ.get("HUB_MEMORY", "3G")
PROCESSES = os.environ.get("HUB_PROCESSES", "1000")  # and threads; a lesson in Keras has about sixty
FILE = os.environ.get("HUB_FILE", "2000000000")  # bytes of one file
IDLE = int(os.environ.get("HUB_IDLE", 10800))  # seconds; a class that listens for two hours is not idle
ADDRESS = os.environ.get("HUB_ADDRESS", "")  # under which others reach the hub
TEACHERS = set(os.environ.get("HUB_TEACHERS", "").split())
IS_ROOT = os.geteuid() == 0

c = get_config()  # noqa: F821  (JupyterHub puts it here)


def stop(*lines):
    sys.exit("\n".join(lines))


try:  # held as long as the hub lives
    fcntl.flock(os.open(STATE / "lock", os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    stop(f"A hub is running already from {STATE}. Hint: end it first, with Ctrl+C where it was started.")

# --- who may log in: never anybody by default

if AUTH == "passwords":
    c.JupyterHub.authenticator_class = f"passwords.{'AccountsList' if IS_ROOT else 'PasswordList'}"
    c.PasswordList.allow_all = True  # all who stand on the list
elif AUTH == "pam":
    c.JupyterHub.authenticator_class = "pam"
    c.PAMAuthenticator.allowed_groups = {"learners"}
    if not IS_ROOT:
        hint = "sudo -E python3 start.py hub, or HUB_AUTH=passwords"
        stop(f"HUB_AUTH=pam: only root may ask for another's password. Hint: {hint}.")
elif AUTH != "own":
    stop("HUB_AUTH: no way to log in is chosen. Expected: passwords, pam or own. Hint: python3 start.py hub")
# Teachers are learners with three more rights, below, and no administrators: somebody who opens a hostile learner's
# server must not lose the hub by it. JupyterHub keeps who was one, so that an older list is taken back here.
c.Authenticator.admin_users = set()
c.Authenticator.allowed_users = TEACHERS

# --- where a learner's server runs: one account of the machine for each learner, where the hub may use them

if IS_ROOT:
    c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
    c.LocalAuthenticator.create_system_users = AUTH == "passwords"
    c.LocalAuthenticator.add_user_cmd = ["useradd", "--create-home", "--key", "HOME_MODE=0700", "--shell", "/bin/bash"]
    c.LocalAuthenticator.add_user_cmd += ["--comment", MARK]
    for name in ("source", "variants"):  # hidden tests and answers, which no learner shall read
        private = HERE.parents[1] / "grading" / name
        if private.is_dir():
            private.chmod(0o700)
else:
    c.JupyterHub.spawner_class = "jupyterhub.spawner.SimpleLocalProcessSpawner"
    c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "homes" / "{username}")
    print("All learners share your account: nothing but good manners keeps them out of each other's files, and yours.")
    print("For a class that is not among friends, start the hub as root: then each learner has an account.", flush=True)


def refuse_system_accounts(spawner):
    """A learner by the name of a system's account must not get its rights."""
    if IS_ROOT and pwd.getpwnam(spawner.user.name).pw_uid < 1000:
        raise RuntimeError(f"{spawner.user.name} is an account of the system. Hint: give this learner another name.")


def end_processes(spawner):
    """End what an account of the hub's making has left running when its server has ended, such as after `setsid`."""
    account = pwd.getpwnam(spawner.user.name) if IS_ROOT else None
    if account is not None and is_made_by_hub(account):
        subprocess.run(["pkill", "-KILL", "-U", str(account.pw_uid)], check=False)


def out_of_reach(path):
    """Name the first folder on the way to a path that a learner's account may not enter; None where all is open."""
    folders = [*reversed(path.parents)]
    return next((folder for folder in folders if not folder.stat().st_mode & 0o001), None)


closed = [out_of_reach(path) for path in (HERE, Path(sys.prefix) / "bin", Path(sys.executable).resolve())]
if IS_ROOT and any(closed):
    stop(
        f"{next(filter(None, closed))}: learners' accounts may not enter this folder, and the course lies below it.",
        "Hint: clone into a folder such as /srv/course. If it is Python that lies there, take the system's:",
        "rm -r .venv-hub, then sudo UV_PYTHON=/usr/bin/python3 python3 start.py hub.",
    )

# --- a learner's server: lessons in work/, threads and memory bounded, kernels on sockets that only their owner sees

SETTINGS = Path(course_utils.__file__).with_name("lab_settings")
c.Spawner.cmd = [sys.executable, str(HERE / "learner.py")]
c.Spawner.pre_spawn_hook = refuse_system_accounts
c.Spawner.post_stop_hook = end_processes
c.Spawner.args = ["--KernelManager.transport=ipc", f"--LabApp.app_settings_dir={SETTINGS}"]
c.Spawner.default_url = "/lab/tree/00_start_here.ipynb"
c.Spawner.mem_limit = MEMORY  # learner.py sets it, JupyterLab shows it
c.Spawner.environment = {
    **dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"], THREADS),
    "TF_NUM_INTEROP_THREADS": "1",
    "HUB_PROCESSES": PROCESSES,
    "HUB_FILE": FILE,
    "JUPYTER_PREFER_ENV_PATH": "1",
    **{name: os.environ[name] for name in os.environ if name.startswith("COURSE_UTILS_")},
}
c.Spawner.start_timeout = c.Spawner.http_timeout = 180  # a whole class begins in the same minute
c.Spawner.poll_interval = 10  # s until the hub sees that a server has died and starts another
c.JupyterHub.concurrent_spawn_limit = 30
c.LocalProcessSpawner.interrupt_timeout, c.LocalProcessSpawner.term_timeout, c.LocalProcessSpawner.kill_timeout = (
    1,
    2,
    1,
)

# --- idle servers end, and what was saved stays; the board tells teachers who is stuck

c.JupyterHub.services = [
    {
        "name": "cull-idle",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={IDLE}"],
    },
    {
        "name": "board",
        "url": f"http://127.0.0.1:{PORT + 3}",
        "command": [sys.executable, str(HERE / "board.py")],
        "environment": {"BOARD_TEACHERS": " ".join(TEACHERS), "BOARD_HOMES": "" if IS_ROOT else str(STATE / "homes")},
        "oauth_no_confirm": True,
        "display": bool(TEACHERS),
    },
]
token = STATE / "hub-users.token"  # with it users.py ends the sessions of somebody who is taken off the list
if not token.exists():
    token.touch(mode=0o600)
    token.write_text(secrets.token_hex(32))
c.JupyterHub.services.append({"name": "hub-users", "api_token": token.read_text()})
c.JupyterHub.load_roles = [
    # What JupyterHub calls "self", without the right to make tokens: on one address for all, a page on one learner's
    # server could have the browser of another make one, and so become that other.
    {
        "name": "user",
        "scopes": ["read:users!user", "users:activity!user", "servers!user", "access:servers!user"],
    },
    {"name": "hub-users", "services": ["hub-users"], "scopes": ["delete:users", "delete:servers"]},
    {
        "name": "cull-idle",
        "services": ["cull-idle"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
    {"name": "board", "services": ["board"], "scopes": ["list:users"]},
    {
        "name": "teacher",
        "description": "sees who works, stops a server, and looks at the board",
        "users": sorted(TEACHERS),
        "scopes": [
            "admin-ui",
            "list:users",
            "read:users:activity",
            "read:servers",
            "delete:servers",
            "access:services!service=board",
        ],
    },
    {"name": "admin", "users": []},  # nobody, also where an older hub had some
]

# --- a session is looked at again each minute: who has left the list has to leave the hub

c.Authenticator.auth_refresh_age = 60
c.Authenticator.refresh_pre_spawn = True
if ADDRESS:  # an address for each learner, so that browsers keep them apart
    c.JupyterHub.subdomain_host = ADDRESS

# --- this machine alone hears it; what it keeps lies in .hub/

c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORT + 1}"
c.JupyterHub.hub_port = PORT + 2
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")

# --- what the teacher sets beside all that

own = STATE / "own.py"
if own.is_file():
    load_subconfig(str(own))  # noqa: F821  (JupyterHub puts it here)
elif AUTH == "own":
    stop("HUB_AUTH=own: .hub/own.py is missing. Expected: c.JupyterHub.authenticator_class = ... and its settings.")
if c.JupyterHub.get("authenticator_class", "dummy") in {"dummy", "jupyterhub.auth.DummyAuthenticator"}:
    stop(".hub/own.py names no authenticator, or one that lets anybody in.")

print(f"JupyterHub on http://127.0.0.1:{PORT}, way to log in: {AUTH}. Ctrl+C ends it.", flush=True)
