"""What nobody may do on a hub for a class: each check gives the list of what went through, which has to be empty.

Each also tries what a learner may do: a check that refuses everything would find nothing.
"""

import json
import tempfile
import time
from pathlib import Path

import psutil
from hub_learner import Learner
from hub_memory import processes

# Run in a learner's kernel: reaches for what is another's, and prints what it got.
REACH = """
import json, os, pathlib, signal
got = []
for name, tries in json.loads({others!r}).items():
    for path in tries["paths"]:
        try:
            os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
            got.append(path)
        except OSError:
            pass
    for pid in tries["pids"]:
        try:
            os.kill(pid, 0)
            got.append(f"process {{pid}}")
        except OSError:
            pass
print(json.dumps(got))
"""


def wrong_passwords(learners):
    """Try to log in with what is not the password."""
    first, second = learners[:2]
    tries = [(first.name, "wrong"), (first.name, ""), (first.name, second.password), ("nobody-here", "wrong")]
    tries += [("root", ""), ("root", first.password), (first.name.upper(), second.password)]
    accepted = [name for name, word in tries if Learner(first.hub, name, word).login() == 200]
    nobody = Learner(first.hub, "", "")
    without = nobody.web.get(f"{first.hub}/user/{first.name}/lab", timeout=60).url
    return accepted + ([] if "/hub/login" in without else ["a page without a login"])


def over_the_web(learners):
    """Reach for the next learner's server: through the hub, and straight at its port."""
    through = [f"{learner.name} does not reach the own server" for learner in learners if not reaches_own(learner)]
    for learner, other in zip(learners, [*learners[1:], learners[0]], strict=True):
        theirs, api = f"/user/{other.name}/api", f"/hub/api/users/{other.name}"
        tries = [("get", f"{theirs}/contents"), ("get", f"{theirs}/kernels"), ("post", f"{theirs}/sessions")]
        tries += [("get", api), ("delete", f"{api}/server"), ("post", f"{api}/tokens"), ("get", "/hub/admin")]
        through += [f"{learner.name}: {how} {path}" for how, path in tries if learner.status(path, method=how) < 400]
        for port in ports(other):
            page = f"http://127.0.0.1:{port}{theirs}/contents"
            if learner.web.get(page, allow_redirects=False, timeout=60).status_code == 200:
                through.append(f"{learner.name}: {page}")
    return through


def reaches_own(learner):
    """Tell whether a learner's session opens their server, and is not sent to the login page."""
    answer = learner.web.get(f"{learner.hub}/user/{learner.name}/api/contents", timeout=300)
    return answer.status_code == 200 and "/hub/login" not in answer.url


def ports(learner):
    """Give the ports of the machine on which a learner's processes listen."""
    found = [c for p in processes(learner.uid) for c in p.net_connections("tcp")]
    return sorted({c.laddr.port for c in found if c.status == psutil.CONN_LISTEN})


def from_the_kernel(learners, state):
    """Let each learner's kernel reach for the others' files, sockets and processes, and for the hub's passwords."""
    private = {learner.name: belongings(learner) for learner in learners}
    private["the hub"] = {"paths": [str(state), str(state / "passwords.json")], "pids": [1]}
    got = []
    for learner in learners:
        own = private[learner.name]
        notebook = learner.open("00_start_here.ipynb")
        (answer,) = notebook.run(REACH.format(others=json.dumps(private)))
        notebook.close()
        mine = {*own["paths"], *(f"process {pid}" for pid in own["pids"])}
        found = set(json.loads(answer["text"]))
        got += [f"{learner.name}: {what}" for what in sorted(found - mine)]
        got += [f"{learner.name} does not reach {what}, which is theirs" for what in sorted(mine - found)]
    return got


def belongings(learner):
    """Name a learner's files, folder of sockets, and processes."""
    pids = [process.pid for process in processes(learner.uid)]
    sockets = [folder for folder in Path(tempfile.gettempdir()).glob("hub-*") if folder.stat().st_uid == learner.uid]
    files = [learner.home, learner.home / "work", *(learner.home / "work").glob("*.ipynb"), *sockets]
    files += [path for folder in sockets for path in folder.iterdir() if not path.is_socket()]
    return {"paths": [*map(str, files), *(f"/proc/{pid}/environ" for pid in pids)], "pids": pids}


def same_kernels(learners):
    """Give the kernels that two learners see, or that run and belong to nobody who sees them."""
    seen = [kernel["id"] for learner in learners for kernel in learner.ask("get", "kernels")]
    return [kernel for kernel in seen if seen.count(kernel) > 1]


def on_the_network(learners):
    """Give the ports on which learners' processes listen beside their one server, or listen to other machines."""
    found = [f"{learner.name}: {extra}" for learner in learners for extra in ports(learner)[1:]]
    for learner in learners:
        for process in processes(learner.uid):
            listening = [c for c in process.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
            found += [f"{learner.name}: {c.laddr}" for c in listening if c.laddr.ip != "127.0.0.1"]
    return found


def tokens(learners):
    """Ask for a token in one's own name, as a page on another's server would let a visitor's browser do it."""
    got = []
    for learner, other in zip(learners, [*learners[1:], learners[0]], strict=True):
        mine = f"/hub/api/users/{learner.name}"
        for page in (f"/user/{other.name}/files/page.html", "/hub/home"):
            headers = {"X-XSRFToken": learner.xsrf("/hub/"), "Referer": learner.hub + page, "Origin": learner.hub}
            if learner.status(f"{mine}/tokens", method="post", json={}, headers=headers) < 400:
                got.append(f"{learner.name}: a token, from {page}")
            if learner.status(mine, headers=headers) != 200:
                got.append(f"{learner.name} does not see who they are, from {page}")
        notebook = learner.open("00_start_here.ipynb")
        (answer,) = notebook.run(ASK.format(mine=learner.name, theirs=other.name))
        notebook.close()
        got += [f"{learner.name}, from a kernel: {what}" for what in json.loads(answer["text"])]
    return got


# Run in a learner's kernel: what the server's own token opens at the hub, beside what it must.
ASK = """
import json, os, urllib.error, urllib.request
directly = urllib.request.build_opener(urllib.request.ProxyHandler({{}}))
def status(method, path):
    headers = {{"Authorization": "token " + os.environ["JUPYTERHUB_API_TOKEN"]}}
    request = urllib.request.Request(os.environ["JUPYTERHUB_API_URL"] + path, b"{{}}", headers, method=method)
    try:
        return directly.open(request, timeout=60).status
    except urllib.error.HTTPError as error:
        return error.code
tries = [("POST", "/users/{mine}/tokens"), ("POST", "/users/{theirs}/tokens"), ("GET", "/users/{theirs}"),
         ("DELETE", "/users/{theirs}/server"), ("GET", "/users"), ("POST", "/shutdown"), ("PATCH", "/users/{mine}")]
print(json.dumps([" ".join(one) for one in tries if status(*one) < 400]))
"""


def as_a_teacher(teacher, learners):
    """Try what a hostile page could do with a teacher's browser; a teacher sees who works, and the board."""
    assert teacher.login() == 200, "the teacher's password was refused"
    headers = {"X-XSRFToken": teacher.xsrf("/hub/")}
    seen = ("/hub/api/users", "/services/board/")
    got = [f"the teacher does not see {path}" for path in seen if teacher.status(path, headers=headers) != 200]
    tries = [("post", "/hub/api/users/hubload-new"), ("post", "/hub/api/shutdown"), ("get", "/hub/api/services")]
    tries += [("post", f"/hub/api/users/{teacher.name}/tokens"), ("patch", f"/hub/api/users/{teacher.name}")]
    for learner in learners:
        one = f"/hub/api/users/{learner.name}"
        tries += [("post", f"{one}/tokens"), ("patch", one), ("delete", one), ("post", f"{one}/server")]
        tries += [("get", f"/user/{learner.name}/api/contents"), ("get", f"/user/{learner.name}/lab")]
    for how, path in tries:
        asked = teacher.web.request(how, teacher.hub + path, json={}, headers=headers, timeout=300)
        was_let_in = asked.status_code < 400 and path in asked.url
        got += [f"{how} {path}"] if was_let_in else []
    return got


# Run in a learner's kernel: grows without end, in three ways, and prints what was not stopped.
GROW = """
import json, os, resource, subprocess
import numpy as np
through = []
try:
    np.ones(10**10)
    through.append("memory")
except MemoryError:
    pass
try:
    with open("long", "wb") as file:
        file.truncate({size} + 1)
    through.append("a file")
except OSError:
    pass
os.remove("long")
children = []
try:
    for _ in range({processes}):
        children.append(subprocess.Popen(["sleep", "100"]))
    through.append("processes")
except OSError:
    pass
for child in children:
    child.kill()
    child.wait()
if len(children) < 10:
    through.append("nothing can be started at all")
print(json.dumps(through))
"""


def without_end(learner, processes, size):
    """Let a learner's kernel ask for memory, a file and processes beyond the bounds."""
    notebook = learner.open("00_start_here.ipynb")
    outputs = notebook.run(GROW.format(processes=processes, size=size))
    notebook.close()
    return json.loads(outputs[-1]["text"]) if outputs and "text" in outputs[-1] else [f"no answer: {outputs}"]


ESCAPE = "import subprocess\nprint(subprocess.Popen(['setsid', 'sleep', '1000']).pid)"


def left_running(learner):
    """Give what runs on after a learner's server has ended, though `setsid` took it out of the server's family."""
    notebook = learner.open("00_start_here.ipynb")
    (answer,) = notebook.run(ESCAPE)
    if not psutil.pid_exists(int(answer["text"])):
        return ["nothing was started"]
    headers = {"X-XSRFToken": learner.xsrf("/hub/")}
    learner.status(f"/hub/api/users/{learner.name}/server", method="delete", headers=headers)
    return wait_for_end(learner)


def wait_for_end(learner):
    """Wait for the end of a learner's processes, at most 20 s; give those that go on."""
    for _ in range(20):
        alive = [one for one in processes(learner.uid) if is_alive(one)]
        if not alive:
            break
        time.sleep(1)
    return [f"{learner.name}: {' '.join(one.cmdline())[:60]}" for one in alive]


def is_alive(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def after_removal(learner, users):
    """Take a learner off the list while they work: server, session and password must be worth nothing."""
    if not reaches_own(learner):
        return [f"{learner.name} did not work before"]
    users(f"-{learner.name}")
    got = [] if not reaches_own(learner) else ["the old session reaches the server"]
    got += ["the password still opens"] if Learner(learner.hub, learner.name, learner.password).login() == 200 else []
    headers = {"X-XSRFToken": learner.xsrf("/hub/")}
    started = learner.status(f"/hub/api/users/{learner.name}/server", method="post", headers=headers) < 400
    return got + (["the old session starts a server"] if started else []) + wait_for_end(learner)


def foreign_accounts(users, state):
    """Ask for a password for accounts that are no learner's."""
    before = (state / "passwords.json").read_text()
    refused = users("root", "nobody") != 0
    return [] if refused and (state / "passwords.json").read_text() == before else ["root or nobody got a password"]


def isolation(learners, state):
    """Run the checks that need every learner's server."""
    return {
        "another's server, over the web": over_the_web(learners),
        "another's files, sockets and processes, from a kernel": from_the_kernel(learners, state),
        "a kernel that two learners see": same_kernels(learners),
        "a port beside the server's own": on_the_network(learners),
        "a token, in one's own name or another's": tokens(learners),
    }


def last_checks(learners, teacher, users, state, bounds):
    """Run the checks that end servers, after all others."""
    first, second = learners[:2]
    return {
        "what a hostile page could do with a teacher's browser": as_a_teacher(teacher, learners),
        "memory, a file or processes without end": without_end(first, *bounds),
        "a password for root or nobody": foreign_accounts(users, state),
        "a process that outlives its server": left_running(first),
        "a session, a server or a password after removal": after_removal(second, users),
    }
