"""Write docs/causes.md from the code: each cause that the checker knows, what it goes by, and what it says.

    python scripts/causes_page.py

A test compares the page with the code.
"""

import re
from pathlib import Path

from course_utils.exercises.causes import CAUSES, Cause
from course_utils.model_checks.causes import known_causes

PAGE = Path(__file__).parents[1] / "docs" / "causes.md"
HEAD = """# What the checker knows about wrong answers
This page is made from the code by `python scripts/causes_page.py`.

A wrong answer is compared with the mistakes that its exercise lists, and then with the general causes below, in this
order. A cause speaks only if it explains what came back at every input; where none does, the checker says nothing
about a cause. Each is a small function in `course_utils/exercises/causes/` with its sentence beside it, and a new one
needs nothing but that function: `@cause(about="…", says="…")`. An ellipsis stands for what the function fills in.
"""


MODELS = """## Models as answers: how they are built, compiled and trained
Where an exercise asks for a model, these are looked for, after the mistakes that the exercise lists.
"""


def page() -> str:
    """Write the whole page."""
    parts = [HEAD]
    for module in dict.fromkeys(known.finds.__module__ for known in CAUSES):
        causes = [known for known in CAUSES if known.finds.__module__ == module]
        parts.append(f"## {_heading(module)}\n" + "\n".join(map(_line, causes)) + "\n")
    parts.append(
        MODELS + "\n".join(f"- **{name.capitalize()}.** *{_told(says)}*" for name, says in known_causes()) + "\n"
    )
    return "\n".join(parts)


def _heading(module: str) -> str:
    """Give the first line of the file's docstring."""
    return __import__(module, fromlist=["__doc__"]).__doc__.strip().splitlines()[0].rstrip(".")


def _told(sentence: str) -> str:
    """Write a sentence with an ellipsis for each of its holes."""
    return re.sub(r"\{[^{}]*\}", "…", sentence)


def _line(known: Cause) -> str:
    said = _told(known.says)
    sentence = "" if said == "…" else f" Says: *{said}*"
    also = " May come on top of a listed mistake." if known.joins else ""
    return f"- **{known.name.capitalize()}.** {known.about}{also}{sentence}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
