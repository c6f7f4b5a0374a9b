"""Starts one learner's server, as that learner: files private, memory bounded, lessons copied, kernels out of reach.

JupyterHub calls it in place of ``jupyterhub-singleuser``, in the learner's home, with the same words.
"""

import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

WORK = Path.home() / "work"


def limit_memory(limit):
    """Bound each process of the learner, in bytes: one that wants more gets a MemoryError, and the others go on.

    What counts is RLIMIT_DATA, the memory a process may write to. The address space (RLIMIT_AS) also counts files
    that are only mapped, of which TensorFlow has more than it ever touches.
    """
    if limit and hasattr(resource, "RLIMIT_DATA"):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def limit_processes_and_files(processes, size):
    """Bound how many processes and threads the account may have, and how long one file may become, in bytes."""
    if hasattr(resource, "RLIMIT_NPROC"):
        resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def copy_lessons():
    """Bring the lessons that are not in the learner's ``work/`` yet, and never touch what is there."""
    from course_utils import workspace
    from course_utils.__main__ import main

    os.chdir(Path.home())
    main(["copy"])  # says itself what is in the way; the server starts all the same
    WORK.mkdir(exist_ok=True)
    if (WORK / workspace.EDITION / workspace.START).exists():  # the first edition's lessons lie in work/ itself
        os.environ["JUPYTERHUB_DEFAULT_URL"] = f"/lab/tree/{workspace.EDITION}/{workspace.START}"
    os.chdir(WORK)


def serve():
    """Run the server until the hub ends it; sockets of its kernels lie where only the learner may look."""
    prefix = f"hub-{os.environ['JUPYTERHUB_USER']}-"
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}????????"):  # by a server that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=prefix) as sockets:  # short: a socket's path ends at 107 letters
        os.environ["JUPYTER_RUNTIME_DIR"] = sockets
        from jupyterhub.singleuser import main

        main()


if __name__ == "__main__":
    os.umask(0o077)
    limit_memory(int(os.environ.get("MEM_LIMIT", 0)))
    limit_processes_and_files(int(os.environ["HUB_PROCESSES"]), int(os.environ["HUB_FILE"]))
    copy_lessons()
    sys.exit(serve())
