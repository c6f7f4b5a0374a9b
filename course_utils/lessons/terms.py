"""The field's words, each with one sentence of meaning and the lesson that brings it; they stand in terms.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Term:
    """A word of the field."""

    word: str
    meaning: str  # one sentence
    lesson: str  # the number of the lesson where it stands in bold for the first time
    variants: tuple[str, ...] = ()  # other forms and names, which may stand there instead

    @property
    def forms(self) -> tuple[str, ...]:
        """The word and its variants."""
        return (self.word, *self.variants)


@cache
def terms() -> tuple[Term, ...]:
    """Give all words, in the order in which the lessons bring them.

    Examples
    --------
    >>> next(term.meaning for term in terms() if term.word == "accuracy")
    'The share of answers that are right.'
    """
    text = Path(__file__).with_name("terms.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)["term"]
    return tuple(Term(**{**term, "variants": tuple(term.get("variants", ()))}) for term in found)


def terms_of(number: str) -> tuple[Term, ...]:
    """Give the words of one lesson; none where it brings none."""
    return tuple(term for term in terms() if term.lesson == number)
