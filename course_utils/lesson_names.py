"""How lessons are called: the number of each stands before its file's name; the two toolboxes are T1 and T2."""

from pathlib import Path

TOOLBOXES = {"T1": "toolbox_arrays", "T2": "toolbox_slopes"}


def number_of(notebook: str | Path) -> str:
    """Give a lesson's number from the name of its notebook, or of the folder that holds what it asks.

    Examples
    --------
    >>> number_of("notebooks/05_logic_gates.ipynb"), number_of("lesson_05_logic_gates"), number_of("toolbox_slopes")
    ('05', '05', 'T2')
    """
    stem = Path(notebook).name.partition(".")[0].removeprefix("lesson_")
    toolbox = [number for number, name in TOOLBOXES.items() if name == stem]
    return toolbox[0] if toolbox else stem[:2]


def starts_with(lesson: str) -> str:
    """Give how the file is called that somebody means by `lesson`: a number, a name, a file's name, or its beginning.

    Examples
    --------
    >>> starts_with("T1"), starts_with("05"), starts_with("notebooks/05_logic_gates.ipynb")
    ('toolbox_arrays', '05', '05_logic_gates.ipynb')
    """
    return TOOLBOXES.get(lesson.upper(), Path(lesson).name)
