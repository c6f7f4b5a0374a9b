"""What a user's settings ask of Keras: the variable KERAS_BACKEND, and the file keras.json, which Keras itself reads.

Keras writes that file at its first import and obeys it for years. So it may ask for what Keras no longer knows.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VARIABLE = "KERAS_BACKEND"
# Of each setting in the file: what the lessons take, and what Keras takes at all.
LESSON = {"floatx": "float32", "image_data_format": "channels_last"}
ALLOWED = {
    "floatx": ("float16", "float32", "float64"),
    "image_data_format": ("channels_first", "channels_last"),
}


class BadSettings(Exception):
    """A file that keeps Keras from being imported: what is wrong with it, and what to do."""

    def __init__(self, fault: str, fix: str) -> None:
        super().__init__(f"{fault}. Fix: {fix}")
        self.fault = fault
        self.fix = fix


@dataclass(frozen=True)
class Setting:
    """One thing that is asked for: what it is called, what is asked for, and where."""

    name: str
    value: str
    place: str

    @property
    def is_of_the_file(self) -> bool:
        return self.place != VARIABLE

    def told(self) -> str:
        """Say it: ``~/.keras/keras.json asks for channels_first``."""
        return f"{self.place} asks for {self.value}" if self.is_of_the_file else f"{VARIABLE} is {self.value}"


def settings_file() -> Path:
    """Name the file that Keras reads, which need not be there.

    As in Keras, it lies in the folder that KERAS_HOME names, or in `.keras` of a home folder that can be written.
    """
    home = os.environ.get("KERAS_HOME")
    if home is None:
        user = os.path.expanduser("~")
        home = os.path.join(user if os.access(user, os.W_OK) else "/tmp", ".keras")
    return Path(os.path.expanduser(os.path.join(home, "keras.json")))


def read_settings() -> dict[str, Any]:
    """Return what the file says; nothing where there is no file, or where Keras passes over it.

    Raises
    ------
    BadSettings
        If Keras would stop at it: the file cannot be read, or holds a value that Keras refuses.
    """
    file = settings_file()
    if not os.path.exists(file):
        return {}
    try:
        settings = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSettings(f"{file} cannot be read ({error.strerror})", "make it readable, or remove it.") from error
    except ValueError:  # Keras passes over what is no JSON
        return {}
    fault = _fault_of(settings)
    if fault:
        raise BadSettings(f"{file}: {fault}", "delete the file; Keras writes a new one.")
    return settings


def _fault_of(settings: Any) -> str | None:
    """Return what Keras would stop at, or None."""
    if not isinstance(settings, dict):
        return "it holds no settings of Keras"
    for name, allowed in ALLOWED.items():
        if name in settings and settings[name] not in allowed:
            return f"{name} is {settings[name]!r}, and Keras knows {', '.join(allowed)}"
    if not isinstance(settings.get("epsilon", 1e-7), float):
        return f"epsilon is {settings['epsilon']!r}, and Keras wants a float"
    return None


def asked_backend(settings: dict[str, Any]) -> Setting | None:
    """Return which backend is asked for; the variable goes before the file, as in Keras."""
    if os.environ.get(VARIABLE):
        return Setting("backend", os.environ[VARIABLE], VARIABLE)
    if settings.get("backend"):
        return Setting("backend", str(settings["backend"]), str(settings_file()))
    return None


def unlike_the_lessons(settings: dict[str, Any]) -> list[Setting]:
    """Return what the file asks for and the lessons do otherwise: another order of axes, other floats."""
    place = str(settings_file())
    return [Setting(name, settings[name], place) for name, ours in LESSON.items() if settings.get(name, ours) != ours]
