"""Kernels that start beside others: their sockets are files of their own, where the system has such files.

jupyter_client looks for five TCP ports that are free, lets them go, and tells the kernel to take them. Where a kernel
that starts at the same moment has taken one of them meanwhile, this one dies before it has said a word.
"""

import contextlib
import os
import tempfile
import uuid

from jupyter_client.manager import AsyncKernelManager, KernelManager
from nbclient import NotebookClient
from traitlets import HasTraits, default

LONGEST = 103  # characters in the name of a socket, on macOS


class _OwnSockets(HasTraits):
    @default("transport")
    def _files_if_there_are_any(self):
        fits = len(self.connection_file.removesuffix(".json")) + len("-ipc-5") <= LONGEST
        return "ipc" if os.name == "posix" and fits else "tcp"

    @default("connection_file")
    def _own_name(self):
        return os.path.join(tempfile.gettempdir(), f"kernel-{uuid.uuid4()}.json")


class Kernel(_OwnSockets, KernelManager):
    """For nbval."""


class _AsyncKernel(_OwnSockets, AsyncKernelManager):
    """For nbclient."""


@contextlib.contextmanager
def connected(manager, timeout=300, **options):
    """Start a manager's kernel, give the client that speaks with it, and end both, also where something fails."""
    manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=timeout)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def client_of(notebook, folder, **options):
    """Return a client of nbclient that runs a notebook in a folder; its kernel says nothing about itself."""
    return NotebookClient(
        notebook,
        timeout=600,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=ERROR"],
        kernel_manager_class=_AsyncKernel,
        **options,
    )
