"""Whether a notebook is there to show something in, and its IPython: the one place that asks.

JupyterLab cuts a printed line where its column ends, in the middle of a word. So sentences go through `tell`.
"""

import re
import sys
import textwrap
from typing import Any, TextIO

COLUMNS = 100  # what a line may hold beside JupyterLab's side bar on a small laptop
TIED = "\N{NO-BREAK SPACE}"  # keeps a number and its %, or a call, together
CALL = re.compile(r"\bcu\.\w+\([^()]*\)| %")


def in_notebook() -> bool:
    """Tell whether this code runs in the kernel of a notebook, and not in a script or a terminal.

    Examples
    --------
    >>> in_notebook()
    False
    """
    return hasattr(running_shell(), "kernel")


def running_shell() -> Any:
    """Return the IPython in which this code runs, in a notebook or a terminal; None in a script."""
    ipython = sys.modules.get("IPython")  # IPython has loaded it; a script need not
    return ipython.get_ipython() if ipython else None


def tell(text: str, file: TextIO | None = None) -> None:
    """Print sentences to a reader; in a notebook in lines that JupyterLab need not cut."""
    print(folded(text) if in_notebook() else text, file=file)


def folded(text: str) -> str:
    """Break the lines that are too long between two words; what follows keeps the indent of its line.

    Examples
    --------
    >>> print(folded("  " + "one two three four " * 6))
      one two three four one two three four one two three four one two three four one two three four one
      two three four
    """
    return "\n".join(_folded(line) if len(line) > COLUMNS else line for line in text.split("\n"))


def _folded(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    lines = textwrap.wrap(
        CALL.sub(lambda found: found[0].replace(" ", TIED), line),
        COLUMNS,
        subsequent_indent=indent,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace(TIED, " ")
