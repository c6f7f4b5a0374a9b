"""scripts/kernels.py: kernels that begin at the same moment do not take each other's place."""

import os
import socket
import subprocess
from pathlib import Path

import pytest
from jupyter_client.connect import LocalPortCache
from jupyter_client.manager import KernelManager
from kernels import Kernel, connected

IN_FILES = pytest.mark.skipif(os.name != "posix", reason="Windows has no sockets that are files")


@pytest.fixture
def taken_ports(monkeypatch):
    """Let each port that jupyter_client has just found free be another program's by the time the kernel starts."""
    others = []

    def find(self, ip):
        others.append(socket.create_server(("127.0.0.1", 0)))
        return others[-1].getsockname()[1]

    monkeypatch.setattr(LocalPortCache, "find_available_port", find)
    yield
    for other in others:
        other.close()


def answer_of(manager):
    """Start a kernel and return what it says to 6 * 7, or the error with which it did not start."""
    try:
        with connected(manager, timeout=60, stderr=subprocess.DEVNULL) as client:
            reply = client.execute("", user_expressions={"answer": "6 * 7"}, reply=True, timeout=60)
            return reply["content"]["user_expressions"]["answer"]["data"]["text/plain"]
    except RuntimeError as error:
        return str(error)


@IN_FILES
def test_a_kernel_starts_though_another_program_has_taken_its_ports(taken_ports):
    assert answer_of(KernelManager()) == "Kernel died before replying to kernel_info"
    assert answer_of(Kernel()) == "42"


@IN_FILES
def test_its_sockets_go_with_it():
    manager = Kernel()
    name = Path(manager.connection_file)
    assert answer_of(manager) == "42"
    assert manager.transport == "ipc"
    assert not list(name.parent.glob(f"{name.stem}*"))


@IN_FILES
def test_two_kernels_share_no_socket_wherever_they_work():
    """jupyter_client alone would call the sockets of both kernel-ipc, in the folder at hand."""
    first, second = Kernel(), Kernel()
    assert first.ip != second.ip
    assert Path(first.ip).is_absolute()


def test_where_the_name_of_a_socket_would_be_too_long_ports_stay(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("far" * 20)))
    assert Kernel().transport == "tcp"
