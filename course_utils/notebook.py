"""Whether a notebook is there to show something in: the one place that asks."""

import sys


def in_notebook() -> bool:
    """Tell whether this code runs in the kernel of a notebook, and not in a script or a terminal.

    Examples
    --------
    >>> in_notebook()
    False
    """
    ipython = sys.modules.get("IPython")  # a kernel has loaded it; a script need not
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")
