"""On PYTHONPATH this cuts a Python process, and all that it starts, off from the network.

Loopback and Unix sockets stay: a notebook talks to its kernel through them. Anything else is an OSError at
once, also from a name server, so that a test can neither need the network nor wait for it.
"""

import ipaddress
import os
import sys

_CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_RESOLVING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def _is_local(host):
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False  # a name that only a name server knows


def _refuse(event, args):
    if event in _CONNECTING:
        address = args[1]  # (host, port, ...) for the internet; a path for Unix; None for a connected socket
        host = address[0] if isinstance(address, tuple) else None
    elif event in _RESOLVING:
        host = args[0]
    else:
        return
    if not _is_local(host):
        raise OSError(f"the tests have no network: {host!r} is out of reach")


sys.addaudithook(_refuse)

# A kernel started inside a test would keep to itself what compiled code writes to stderr; a learner sees it.
os.environ.pop("PYTEST_CURRENT_TEST", None)
