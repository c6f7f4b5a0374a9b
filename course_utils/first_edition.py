"""What the first edition of the course has left in a learner's folder: how to know it, and what was solved by then.

Nothing here is changed any more, for the files that it describes do not change either.
"""

from pathlib import Path

from course_utils.json_file import DamagedFileError, read_json

PROGRESS = "progress.json"
QUESTION = "question_"  # and its number from 1: how a question was noted among the exercises of its lesson

# The lessons that have another number now, by their old files; 00 to 03 are called as they were.
NUMBERS = {
    "04_logic_gates": "05",
    "05_xor_two_layers": "06",
    "06_backpropagation": "07",
    "07_mnist_softmax_numpy": "08",
    "08_mnist_two_layers_numpy": "09",
    "09_mnist_keras": "11",
    "10_training_keras": "12",
    "11_convolution_keras": "14",
    "12_bug_clinic": "16",
}


def is_in(folder: Path) -> bool:
    """Tell whether a learner's folder holds the first edition: one of its lessons, or its progress."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:  # nothing there yet, or no folder
        return False
    if any(name.partition(".")[0] in NUMBERS for name in names if name.endswith(".ipynb")):
        return True
    try:
        return PROGRESS in names and bool(read_progress(folder))
    except (OSError, DamagedFileError):
        return False


def read_progress(folder: Path) -> dict[str, list[str]]:
    """Return which exercises and questions were noted, under the new numbers of their lessons.

    Parameters
    ----------
    folder : pathlib.Path
        The learner's folder of the first edition.

    Returns
    -------
    dict of str to list of str
        From the number of a lesson to the ids of exercises, and to `question_1` … `question_5`.

    Raises
    ------
    DamagedFileError
        If the file holds something else.
    OSError
        If it is not there, or cannot be opened.
    """
    notes = read_json(folder / PROGRESS)
    if not isinstance(notes, dict) or "version" in notes or not all(map(_is_list_of_texts, notes.values())):
        raise DamagedFileError(f"{folder / PROGRESS} is not the first edition's")
    moved: dict[str, str] = {name.partition("_")[0]: number for name, number in NUMBERS.items()}
    return {moved.get(str(lesson), str(lesson)): ids for lesson, ids in notes.items()}


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
