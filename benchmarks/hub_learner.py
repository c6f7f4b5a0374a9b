"""A learner without a browser: logs in to JupyterHub, starts the own server, runs lessons cell by cell.

What a browser sends, this sends: the login form, cookies, the notebook's contents, and a kernel's messages over a
websocket through the hub's proxy. benchmarks/hub_load.py lets twelve of them work at once.
"""

import json
import time
import uuid

import requests
import websocket

WAIT = 300  # s, for one answer on a busy machine


class Learner:
    """One learner's browser: cookies of one session, one server."""

    def __init__(self, hub, name, password):
        self.hub, self.name, self.password = hub, name, password
        self.web = requests.Session()
        self.web.trust_env = False  # no proxy of the environment stands between: it would read passwords, and answer

    # --- the hub

    def login(self):
        """Send the login form; give the status, 200 if it was accepted."""
        page = f"{self.hub}/hub/login"
        self.web.get(page, timeout=WAIT)
        form = {"username": self.name, "password": self.password, "_xsrf": self.xsrf("/hub/")}
        answer = self.web.post(page, data=form, allow_redirects=False, timeout=WAIT)
        return 200 if answer.status_code == 302 else answer.status_code

    def start(self):
        """Start the server, wait until it answers, and enter it; give the seconds it took."""
        begin = time.perf_counter()
        while not self._enter():
            if time.perf_counter() - begin > WAIT:
                raise TimeoutError(f"{self.name}: the server does not come")
            self.web.get(f"{self.hub}/hub/spawn", timeout=WAIT)  # while it is on its way, this only says so
            time.sleep(1)
        return time.perf_counter() - begin

    def _enter(self):
        page = self.web.get(f"{self.hub}/user/{self.name}/lab", timeout=WAIT)
        return page.ok and f"/user/{self.name}/lab" in page.url

    def status(self, path, *, method="get", **more):
        """Ask for any page, following the hub's redirects; give the last status."""
        return self.web.request(method, f"{self.hub}{path}", timeout=WAIT, **more).status_code

    # --- the own server

    def ask(self, method, where, **body):
        """Call the own server's interface; give what it answers."""
        mine = f"/user/{self.name}/"
        answer = self.web.request(
            method,
            f"{self.hub}{mine}api/{where}",
            json=body or None,
            headers={"X-XSRFToken": self.xsrf(mine)},
            timeout=WAIT,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def xsrf(self, path):
        """Give the word that a page of the hub, or of a server, has to send back with each change."""
        return next((cookie.value for cookie in self.web.cookies if (cookie.name, cookie.path) == ("_xsrf", path)), "")

    def open(self, lesson):
        """Open a notebook as a browser does: its contents and a kernel for it."""
        kernel = {"name": "python3"}
        document = self.ask("get", f"contents/{lesson}")["content"]
        session = self.ask("post", "sessions", path=lesson, name=lesson, type="notebook", kernel=kernel)
        return Notebook(self, lesson, document, session)


class Notebook:
    """A notebook that is open in a learner's browser."""

    def __init__(self, learner, name, document, session):
        self.learner, self.name, self.document, self.session = learner, name, document, session
        self.id = uuid.uuid4().hex
        cookies = "; ".join(
            f"{c.name}={c.value}" for c in learner.web.cookies if learner.name in c.path or c.path == "/"
        )
        path = f"/user/{learner.name}/api/kernels/{session['kernel']['id']}/channels?session_id={self.id}"
        self.socket = websocket.create_connection(
            learner.hub.replace("http", "ws") + path,
            cookie=cookies,
            timeout=WAIT,
            origin=learner.hub,
            http_no_proxy=["*"],
        )

    def run(self, source):
        """Run one piece of code; give its outputs."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": self.id, "version": "5.3"}
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send(json.dumps(message))
        return list(self._outputs(header["msg_id"]))

    def _outputs(self, asked):
        open_ends = {"reply", "idle"}
        while open_ends:
            message = self._receive()
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "execute_reply":
                open_ends.discard("reply")
            elif kind == "status" and content["execution_state"] == "idle":
                open_ends.discard("idle")
            elif kind in {"stream", "display_data", "execute_result", "error"}:
                yield {"output_type": kind, **{key: value for key, value in content.items() if key != "transient"}}

    def _receive(self):
        while True:
            text = self.socket.recv()
            if isinstance(text, str):  # binary ones carry buffers of widgets
                return json.loads(text)

    def cells(self):
        """Run the code cells one by one; yield each with its outputs written into the document."""
        for cell in self.document["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = self.run("".join(cell["source"]))
                cell["execution_count"] = 1
                yield cell

    def save(self):
        """Save the notebook, as the browser does every two minutes."""
        self.learner.ask("put", f"contents/{self.name}", type="notebook", format="json", content=self.document)

    def close(self):
        """Close the notebook and shut its kernel down."""
        self.socket.close()
        self.learner.ask("delete", f"sessions/{self.session['id']}")
