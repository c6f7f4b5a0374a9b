"""What one question is: its options in their order, a reason for each, and the key, computed where it can be."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from course_utils import checks
from course_utils.checks import argument_error


@dataclass(frozen=True)
class Question:
    """One question with one right option; every option has its reason, the right one too.

    All texts are one paragraph of Markdown: `code`, **bold**, *italics*, $TeX$.

    Parameters
    ----------
    ask : str
        The question.
    options : dict of str to str
        The text of each option, and the reason why it is right or wrong, a sentence.
    key : str or function without arguments
        The text of the right option, or a function that computes it.
    id : str
        Under which progress is kept: no other question or exercise of the course has it, and it never changes.

    Raises
    ------
    ValueError
        If there are fewer than three options, two alike, a reason that is no sentence, or a key that is no option.

    Examples
    --------
    >>> reasons = {"3": "One is missing.", "4": "Twice two.", "5": "One too many."}
    >>> q = Question("2 + 2?", reasons, lambda: str(2 + 2), id="sum")
    >>> q.right
    '4'
    """

    ask: str
    options: dict[str, str]
    key: str | Callable[[], str]
    id: str = field(kw_only=True)

    def __post_init__(self):
        if len(self.options) < 3:
            raise argument_error("Question", "too few options", "at least 3", len(self.options))
        if len({" ".join(text.split()).casefold() for text in self.options}) < len(self.options):
            raise argument_error("Question", "two options read alike", "distinct options", list(self.options))
        for text, reason in self.options.items():
            if not re.fullmatch(r"\S.* .*[.?]", reason, flags=re.DOTALL):
                raise argument_error(
                    "Question", f"the reason of {text!r} is no sentence", "words and a full stop", repr(reason)
                )
        if not callable(self.key):
            checks.choice("Question", "key", self.key, self.options)

    @property
    def right(self) -> str:
        """The text of the right option; a key that is a function is computed now."""
        key = self.key() if callable(self.key) else self.key
        checks.choice("Question", "key", key, self.options)
        return key
