"""The block that the tests run behind: loopback works, everything else is refused at once."""

import runpy
import socket
import sys
from pathlib import Path

import pytest

OFFLINE = str(Path(__file__).parents[1] / "offline")
TRY = "import socket\ntry:\n    {}\nexcept OSError as error:\n    print(error)\nelse:\n    print('reached')"


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80))",
        "socket.create_connection(('example.org', 80))",
        "socket.socket().connect_ex(('192.0.2.1', 80))",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'?', ('192.0.2.1', 53))",
        "socket.getaddrinfo(b'example.org', 80)",
        "socket.gethostbyname('example.org')",
        "import urllib.request; urllib.request.urlopen('http://example.org')",
    ],
)
def test_the_network_is_refused(run_python, attempt):
    assert "the tests have no network" in run_python(TRY.format(attempt), PYTHONPATH=OFFLINE)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_reached(run_python, host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        attempt = f"socket.create_connection(({host!r}, {server.getsockname()[1]})).close()"
        assert run_python(TRY.format(attempt), PYTHONPATH=OFFLINE) == "reached\n"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="Windows has no such sockets")
def test_a_unix_socket_is_reached(run_python, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # its address has room for about 100 letters
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("here")
        server.listen()
        attempt = "socket.socket(socket.AF_UNIX).connect('here')"
        assert run_python(TRY.format(attempt), PYTHONPATH=OFFLINE) == "reached\n"


def test_every_check_but_the_linters_runs_behind_the_block():
    tasks = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "tasks.py"))
    linters = [name for name, _, _ in tasks["lint"]()]
    checks = [check for is_all in (False, True) for check in tasks["tier"](is_all) if check[0] not in linters]
    assert len(checks) >= 14
    assert {variables["PYTHONPATH"] for _, _, variables in checks} == {OFFLINE}


def test_this_very_run_is_behind_the_block_when_make_started_it():
    if "sitecustomize" not in sys.modules or OFFLINE not in sys.path:
        pytest.skip("started by hand, without the block")
    with pytest.raises(OSError, match="the tests have no network"):
        socket.create_connection(("192.0.2.1", 80))
