"""Sentences about a frame: templates with names in braces, and the numbers that belong there."""

import string
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from course_utils.formatting import format_number


@dataclass(frozen=True)
class Words:
    """What a view says of a frame: which of its sentences, and the numbers in it.

    Parameters
    ----------
    name : str
        Of a template in the view's `SENTENCES`.
    numbers : dict
        For each name in the template a number, a text, or a sequence of either.
    """

    name: str
    numbers: Mapping[str, object]


def fill(template: str, numbers: Mapping[str, object]) -> str:
    """Return a template with its numbers in place.

    `{w:.2f}` is a number, in a format of `format_number`; `{steps}` is a whole number, or a text, which stays as it
    is. `{a:.2f}` of a sequence is all of it, with commas between; `{a[0]:.2f}` is its first number.

    >>> fill("{gate} at w = {w:.1f}: outputs {a:.2f}.", {"gate": "OR", "w": -1, "a": [0.5, 1]})
    'OR at w = −1.0: outputs 0.50, 1.00.'
    """
    return _FORMATTER.vformat(template, (), numbers)


class _Formatter(string.Formatter):
    def format_field(self, value, form):
        if isinstance(value, str):
            return value
        if isinstance(value, (list, tuple, np.ndarray)):
            return ", ".join(self.format_field(entry, form) for entry in value)
        return format_number(value, form or "d")


_FORMATTER = _Formatter()
