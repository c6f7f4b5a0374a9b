"""What a saved lesson shows of a widget whose kernel has gone: the last picture, the words, the questions.

JupyterLab picks the richest form of an output before it looks whether a kernel still knows the widget, and then says
"model not found", whatever else the output holds. So a second output stands below the widget, as plain HTML, and is
seen only where the widget is not.
"""

import os
import threading
from collections.abc import Callable
from typing import Any

from course_utils.notebook import in_notebook

PAUSE = 2.0  # seconds from one change to the next; each sends the picture once more
GONE = "<p><em>This is how it was left. Run the cell again to go on with it.</em></p>"
_AREA = ".jp-OutputArea-child"
# a widget's place in JupyterLab that holds no element: at most a text such as "model not found"
_DEAD = f"{_AREA}:has(> .lm-Panel:not(.lm-mod-hidden)):not(:has(> .lm-Panel > *))"
STYLE = f"""<style>
{_DEAD}, {_AREA}:has(> * > .course-fallback) {{ display: none; }}
{_DEAD} + {_AREA}:has(> * > .course-fallback) {{ display: flex; }}
{_DEAD} + {_AREA} .course-fallback {{ display: block; }}
</style>"""


def is_wanted() -> bool:
    """Tell whether a Jupyter server has started this kernel: its pages save what they show, and are opened again."""
    return in_notebook() and "JPY_SESSION_NAME" in os.environ


class Fallback:
    """The output below a widget; to be displayed at once after it.

    Parameters
    ----------
    html : callable
        Returns what is to be seen without a kernel, as HTML.
    """

    def __init__(self, html: Callable[[], str]):
        self._html = html
        self._handle: Any = None
        self._timer: threading.Timer | None = None

    def display(self) -> None:
        """Put it below what the cell shows by now."""
        from IPython.display import display

        self._handle = display(self._bundle(), raw=True, display_id=True)

    def write(self) -> None:
        """Write it anew."""
        self._handle.update(self._bundle(), raw=True)

    def renew(self) -> None:
        """Write it anew after a moment, with all that has changed until then."""
        if self._timer is not None and self._timer.is_alive():
            return
        self._timer = threading.Timer(PAUSE, self.write)
        self._timer.daemon = True
        self._timer.start()

    def _bundle(self):
        # `hidden` is for pages without this style: they show the picture that the widget's own output holds
        block = f'<div class="course-fallback" hidden>\n{self._html()}\n</div>'
        return {"text/html": f"{STYLE}\n{block}", "text/plain": ""}
