"""`model.summary()` in a notebook, in the colour of the text around it.

Keras colours a summary for a black terminal: its blue and green on a white page have a contrast of 1.6 : 1, and who
sees badly cannot read them. 4.5 : 1 is what WCAG 2 asks for.
"""

import re
from typing import Any

from .notebook import running_shell

# Keras's names of layers, its sizes, its numbers of parameters: as rich writes terminal colours 33, 45 and 34 in HTML
COLOURS = re.compile(r"(text-decoration-)?color: #(0087ff|00d7ff|00af00)(; )?")


def without_colours(html: str) -> str:
    """Return what Keras shows of a summary without its colours; bold words stay bold.

    >>> without_colours('<span style="color: #00d7ff; text-decoration-color: #00d7ff">None</span>')
    '<span style="">None</span>'
    """
    return COLOURS.sub("", html)


def use_text_colour() -> None:
    """Have the notebook, where there is one, show summaries without colours from now on."""
    shell = running_shell()
    if shell is not None:
        formatter = shell.display_formatter.mimebundle_formatter
        formatter.for_type_by_name("rich.jupyter", "JupyterRenderable", _bundle)


def _bundle(shown: Any) -> dict[str, str]:
    return {"text/plain": shown.text, "text/html": without_colours(shown.html)}
