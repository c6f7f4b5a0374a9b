"""Import Keras on TensorFlow, or on JAX where TensorFlow has no build, without chatter; or say why that cannot be.

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
import traceback
import warnings
from collections.abc import Iterator
from typing import Any

from . import installed, interrupts, keras_settings, summary_colours
from .keras_settings import BadSettings, Setting
from .notebook import in_notebook, running_shell, tell

# What the lessons run on, in the order in which it is taken: the package, and what it is called.
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX"}
OTHERS = ("torch", "numpy", "openvino")  # what else Keras knows


class KerasMissing(ImportError):
    """Shown in a notebook as its sentence alone: a learner without Keras has made no mistake."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def use_keras() -> None:
    """Import Keras for a lesson, quietly, and say in one line what computes for it.

    TensorFlow computes where it is installed, else JAX; the variable KERAS_BACKEND may name one of the two, and so may
    the file keras.json. Images have their channels last and numbers are float32, whatever that file says.
    The import takes some seconds; a second call only says its line again. From then on one press of ■, the stop
    button, ends a training, and a sentence tells what is kept.

    Where the variable TF_CPP_MIN_LOG_LEVEL is set, it stays as it is; with the value 0, TensorFlow tells everything.

    Raises
    ------
    KerasMissing
        Where Keras or what computes for it is missing or broken, where a file of settings stops it, or where it has
        been imported on something else. In one sentence, with the fix. It is an ImportError.

    Examples
    --------
    >>> use_keras()  # doctest: +SKIP
    Keras works on TensorFlow.
    """
    backend = load_keras()
    if in_notebook():
        interrupts.end_safely("keras")
        running_shell().events.register("post_run_cell", _tell_of_an_interrupt)  # a second time changes nothing
    print(f"Keras works on {BACKENDS[backend]}.")
    for line in lines_on_settings(backend):
        print(line)


def load_keras() -> str:
    """Import Keras as `use_keras` does, and say nothing; return what it works on, a key of `BACKENDS`."""
    if "keras" not in sys.modules:
        _import_quietly(choose_backend())
        summary_colours.use_text_colour()
    keras: Any = sys.modules["keras"]
    backend = keras.backend.backend()
    if backend not in BACKENDS:
        fix = "restart the kernel, and run the lesson from its first cell on"
        raise KerasMissing(f"Keras was imported before, and works on {backend}. Fix: {fix}.")
    if backend == "jax":
        jax: Any = sys.modules["jax"]
        jax.config.update("jax_enable_x64", True)  # else float64, where a lesson asks for it, becomes float32
    keras.config.set_image_data_format(keras_settings.LESSON["image_data_format"])
    keras.config.set_floatx(keras_settings.LESSON["floatx"])
    return backend


def _tell_of_an_interrupt(result: Any) -> None:
    """Say what is kept where ■ has ended a training: Keras lets the interrupt through without a word."""
    if not isinstance(result.error_in_exec, KeyboardInterrupt):
        return
    for frame, _ in traceback.walk_tb(result.error_in_exec.__traceback__):
        if frame.f_code.co_name == "fit" and frame.f_globals.get("__name__", "").startswith("keras."):
            where = f" in epoch {frame.f_locals['epoch'] + 1}" if "epoch" in frame.f_locals else ""
            tell(f"Interrupted{where}: {_what_is_left(frame.f_locals['self'])}")
            return


def _what_is_left(model: Any) -> str:
    """Say whether a model has kept its weights. On JAX a step gives them away until it is done."""
    try:
        model.get_weights()
    except RuntimeError:
        return "on JAX the weights go with the step that is broken off. Run the cell again that builds the model."
    return "the weights so far are kept, and the finished epochs in model.history."


def choose_backend() -> str:
    """Return the backend that the user asks for, where it is one of ours and installed; else the first that is.

    Raises
    ------
    KerasMissing
        Where there is none, or no Keras, or where a file of settings would stop Keras.
    """
    try:
        asked = keras_settings.asked_backend(keras_settings.read_settings())
    except BadSettings as error:
        raise KerasMissing(str(error)) from error
    found = [name for name in BACKENDS if _is_installed(name)]
    if not found or not _is_installed("keras"):
        raise KerasMissing(_on_missing(found))
    return asked.value if asked and asked.value in found else found[0]


def lines_on_settings(backend: str) -> list[str]:
    """Return a line for each setting of the user's that the lessons do not follow, with what can be done about it.

    Parameters
    ----------
    backend : str
        What Keras works on, a key of `BACKENDS`.
    """
    try:
        settings = keras_settings.read_settings()
    except BadSettings:  # Keras was imported before it was bad
        return []
    unlike = keras_settings.unlike_the_lessons(settings)
    lines = [f"{each.told()}; in this lesson it is {keras_settings.LESSON[each.name]}." for each in unlike]
    asked = keras_settings.asked_backend(settings)
    if asked is None or asked.value == backend or _was_written_by_keras(asked):
        return lines
    if asked.value in OTHERS and _is_installed(asked.value):
        return [*lines, f"{asked.told()}, which the lessons have not been tried on."]
    fault = "is not installed" if asked.value in (*BACKENDS, *OTHERS) else "Keras 3 does not know"
    fix = f'write "{backend}" there' if asked.is_of_the_file else f"set it to {backend}, or unset it"
    return [*lines, f"{asked.told()}, which {fault}. Fix: {fix}; this lesson runs without that."]


def _was_written_by_keras(asked: Setting) -> bool:
    """Tell whether nobody asks: Keras writes tensorflow into its file, also where it works on something else."""
    return asked.is_of_the_file and asked.value == "tensorflow"


def _is_installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _on_missing(found: list[str]) -> str:
    """Write the sentence on what is missing, with the command that installs it."""
    needs = {need.name.removesuffix("-cpu"): need for need in installed.needs("keras")}
    if not needs:
        return "There is no build of Keras for this computer and this Python. Lessons 00 to 10 need none."
    lost = {"keras": "Keras"} if not _is_installed("keras") else {}
    if not found:
        lost |= {name: called for name, called in BACKENDS.items() if name in needs}
    fix = installed.install(*(needs[name] for name in lost))
    return f"This lesson needs {' and '.join(lost.values())}, not installed here; 00 to 10 do not. Fix: {fix}"


def _import_quietly(backend: str) -> None:
    """Import Keras on this backend; it reads the variable that names one at its import only."""
    level = os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    tells_all = level == "0"
    try:
        with _variable(keras_settings.VARIABLE, backend), contextlib.nullcontext() if tells_all else _held_back(2):
            importlib.import_module(backend)
            importlib.import_module("keras")
            _import_what_keras_fetches_later()
    except Exception as error:  # two packages that do not fit raise a TypeError or a ValueError, too
        names = " ".join(need.name for need in installed.needs("keras"))
        fix = installed.pip(f"--force-reinstall {names}")
        why = str(error).rstrip(".")
        raise KerasMissing(f"{BACKENDS[backend]} or Keras cannot be imported: {why}. Fix: {fix}") from error
    if not tells_all:
        _hush()


def _import_what_keras_fetches_later() -> None:
    """Import TensorFlow, if it is there: on JAX, Keras does so at the first seed, and on some processors it greets."""
    if _is_installed("tensorflow"):
        with contextlib.suppress(Exception):  # Keras can do without
            importlib.import_module("tensorflow")


def _hush() -> None:
    """Leave out what Keras's makers have to mend, not a learner."""
    logging.getLogger("tensorflow").setLevel(logging.ERROR)  # it takes several models in a lesson for a slow loop
    logging.getLogger("jax._src.xla_bridge").setLevel(logging.ERROR)  # a graphics card could be used
    warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)  # where a model is saved


@contextlib.contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    """Set a variable of the environment for a while: afterwards it says again what the user wants."""
    usual = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if usual is None:
            del os.environ[name]
        else:
            os.environ[name] = usual


@contextlib.contextmanager
def _held_back(fd: int) -> Iterator[None]:
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
