"""Import Keras on TensorFlow without its chatter, or say in one sentence why that is not possible.

TensorFlow reads its variables at its import, and part of its chatter comes before it has read them.
So the import happens here, while whatever it writes to the process's stderr is held back.
"""

import contextlib
import importlib
import importlib.util
import logging
import os
import sys
import tempfile
import warnings

from . import installed, summary_colours


class TensorFlowMissing(ImportError):
    """Shown in a notebook as its sentence alone: a learner without TensorFlow has made no mistake."""

    def _render_traceback_(self):
        return [str(self)]


def quiet_tensorflow():
    """Import Keras and TensorFlow without their chatter, then and later; a second call does nothing.

    It takes a few seconds. Where the variable TF_CPP_MIN_LOG_LEVEL is set, it stays as it is;
    with the value 0, TensorFlow tells everything.

    Raises
    ------
    TensorFlowMissing
        Where TensorFlow or Keras is missing or broken, or Keras is told to work on something else. In one sentence,
        with the fix. It is an ImportError.

    Examples
    --------
    >>> quiet_tensorflow()
    >>> import keras
    """
    if not {"keras", "tensorflow"} <= set(sys.modules):
        _look_for("tensorflow", "keras")
        level = os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        with contextlib.nullcontext() if level == "0" else _held_back(2):
            _import_keras()
        if level != "0":
            _hush()
        summary_colours.use_text_colour()
    backend = sys.modules["keras"].backend.backend()
    if backend != "tensorflow":
        fix = "set the variable KERAS_BACKEND to tensorflow, then restart the kernel"
        raise TensorFlowMissing(f"This lesson needs Keras on TensorFlow; here it works on {backend}. Fix: {fix}.")


def _hush():
    """Leave out what Keras's makers have to mend, not a learner."""
    logging.getLogger("tensorflow").setLevel(logging.ERROR)  # it takes several models in a lesson for a slow loop
    warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)  # where a model is saved


def _look_for(*names):
    absent = [name for name in names if importlib.util.find_spec(name) is None]
    if not absent:
        return
    lost = " and ".join({"tensorflow": "TensorFlow", "keras": "Keras"}[name] for name in absent)
    wanted = [need for need in installed.needs("keras") if need.name.removesuffix("-cpu") in absent]
    if not wanted:
        raise TensorFlowMissing("There is no build of TensorFlow for this computer. Lessons 00 to 09 need none.")
    fix = installed.install(*wanted)
    raise TensorFlowMissing(f"This lesson needs {lost}, which is not installed; 00 to 09 do not. Fix: {fix}")


def _import_keras():
    try:
        importlib.import_module("tensorflow")
        importlib.import_module("keras")
    except ImportError as error:
        raise TensorFlowMissing(f"TensorFlow or Keras cannot be imported: {error}. Fix: {_again()}") from error


def _again():
    return installed.pip("--force-reinstall " + " ".join(need.name for need in installed.needs("keras")))


@contextlib.contextmanager
def _held_back(fd):
    """Keep what anyone, C++ too, writes to this file descriptor; hand it on only if the import fails."""
    with tempfile.TemporaryFile() as kept:
        usual = os.dup(fd)
        os.dup2(kept.fileno(), fd)
        try:
            yield
        except BaseException:
            os.dup2(usual, fd)
            kept.seek(0)
            os.write(fd, kept.read())
            raise
        finally:
            os.dup2(usual, fd)
            os.close(usual)
