"""What nobody may do on a hub for a class: each check gives the list of what went through, which has to be empty.

Each also tries what a learner may do: a check that refuses everything would find nothing.
"""

import json
import tempfile
from pathlib import Path

import psutil
import requests
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
    without = requests.get(f"{first.hub}/user/{first.name}/lab", timeout=60).url
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
    return learner.status(f"/user/{learner.name}/api/contents") == 200


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


def isolation(learners, state):
    """Run all checks but that of the passwords, while every learner's server is up."""
    return {
        "another's server, over the web": over_the_web(learners),
        "another's files, sockets and processes, from a kernel": from_the_kernel(learners, state),
        "a kernel that two learners see": same_kernels(learners),
        "a port beside the server's own": on_the_network(learners),
    }
