"""Logic gates: four examples, two inputs, one output. Lessons 05 and 06."""

import numpy as np

from course_utils import checks

GATES = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "NOR": (1, 0, 0, 0),
    "XOR": (0, 1, 1, 0),
    "XNOR": (1, 0, 0, 1),
}


def logic_gate(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Truth table of a gate as a data set.

    Parameters
    ----------
    name : str
        AND, OR, NAND, NOR, XOR or XNOR, in any case.

    Returns
    -------
    X : ndarray of float64, (4, 2)
        The inputs (0,0), (0,1), (1,0), (1,1).
    y : ndarray of float64, (4, 1)
        The gate's output.

    Raises
    ------
    ValueError
        If there is no such gate.

    Examples
    --------
    >>> X, y = logic_gate("AND")
    >>> y.ravel()
    array([0., 0., 0., 1.])
    """
    key = name.upper() if isinstance(name, str) else name
    y = checks.choice("logic_gate", "gate", key, GATES)
    X = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], dtype=np.float64)  # (4, 2)
    return X, np.array(y, dtype=np.float64).reshape(-1, 1)  # (4, 1)
