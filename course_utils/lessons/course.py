"""The lessons of the course in their order, with the parts that they form; they stand in course.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Lesson:
    """A lesson or a toolbox, as the map of the course shows it."""

    number: str
    name: str  # of its notebook, without the ending
    short: str  # what it is about, in a few words
    part: str  # of the course
    needs: tuple[str, ...] = ()  # the numbers of the lessons that it builds on


@cache
def course() -> tuple[Lesson, ...]:
    """Give the two toolboxes and all lessons after the first, in their order.

    Examples
    --------
    >>> [lesson.number for lesson in course()][:4]
    ['T1', 'T2', '01', '02']
    """
    text = Path(__file__).with_name("course.toml").read_text(encoding="utf-8")
    return tuple(Lesson(**{**lesson, "needs": tuple(lesson["needs"])}) for lesson in tomllib.loads(text)["lesson"])


def parts() -> dict[str, tuple[Lesson, ...]]:
    """Give the lessons of each part of the course.

    Examples
    --------
    >>> [lesson.short for lesson in parts()["Layers"]]
    ['Logic gates', 'XOR', 'Back-propagation']
    """
    names = dict.fromkeys(lesson.part for lesson in course())
    return {name: tuple(lesson for lesson in course() if lesson.part == name) for name in names}
