"""Write docs/causes.md from the code: each cause that the checker knows, what it goes by, and what it says.

    python scripts/causes_page.py

A test compares the page with the code.
"""

import re
from pathlib import Path

from course_utils.exercises.causes import CAUSES, Cause

PAGE = Path(__file__).parents[1] / "docs" / "causes.md"
HEAD = """# What the checker knows about wrong answers
This page is made from the code by `python scripts/causes_page.py`.

A wrong answer is compared with the mistakes that its exercise lists, and then with the general causes below, in this
order. A cause speaks only if it explains what came back at every input; where none does, the checker says nothing
about a cause. Each is a small function in `course_utils/exercises/causes/` with its sentence beside it, and a new one
needs nothing but that function: `@cause(about="…", says="…")`. An ellipsis stands for what the function fills in.
"""


def page() -> str:
    """Write the whole page."""
    parts = [HEAD]
    for module in dict.fromkeys(known.finds.__module__ for known in CAUSES):
        causes = [known for known in CAUSES if known.finds.__module__ == module]
        parts.append(f"## {_heading(module)}\n" + "\n".join(map(_line, causes)) + "\n")
    return "\n".join(parts)


def _heading(module: str) -> str:
    """Give the first line of the file's docstring."""
    return __import__(module, fromlist=["__doc__"]).__doc__.strip().splitlines()[0].rstrip(".")


def _line(known: Cause) -> str:
    said = re.sub(r"\{[^{}]*\}", "…", known.says)
    sentence = "" if said == "…" else f" Says: *{said}*"
    also = " May come on top of a listed mistake." if known.joins else ""
    return f"- **{known.name.capitalize()}.** {known.about}{also}{sentence}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
