"""Where an exercise stands: the file of its lesson and the heading above it."""

import json
from functools import cache

from course_utils.lesson_names import number_of
from course_utils.lessons.catalogue import lesson_of
from course_utils.workspace import WorkspaceError, find_lessons


@cache
def place_of(id: str) -> str:
    """Name the lesson and the section in which an exercise stands.

    Parameters
    ----------
    id : str

    Returns
    -------
    str
        The file, and the section where one can be found; of a lesson whose file is not there its number.

    Examples
    --------
    >>> place_of("threshold").split(",")[0]
    '01_sigmoid.ipynb'
    """
    number = lesson_of(id)
    try:
        file = next(path for path in sorted(find_lessons().glob("*.ipynb")) if number_of(path) == number)
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    except (WorkspaceError, StopIteration, OSError, ValueError, KeyError):
        return f"lesson {number}"
    heading = ""
    for cell in cells:
        source = "".join(cell["source"])
        if f'cu.card("{id}")' in source:
            break
        if cell["cell_type"] == "markdown":
            headings = [line.lstrip("# ") for line in source.splitlines() if line.startswith("#")]
            heading = headings[-1] if headings else heading
    return f"{file.name}, section “{heading}”" if heading else file.name
