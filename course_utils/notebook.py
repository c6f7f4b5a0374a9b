"""Whether a notebook is there to show something in, and its IPython: the one place that asks."""

import sys
from typing import Any


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
