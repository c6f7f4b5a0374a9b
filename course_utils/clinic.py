"""Clinic: instruments for a network that does not learn, and patients behind a curtain to try them on. Lesson 16."""

import os
from pathlib import Path

from course_utils import checks
from course_utils.backend import KerasMissing, load_keras
from course_utils.checks import argument_error
from course_utils.lessons.lesson_16_bug_clinic import ward as _content
from course_utils.patients import Patient, Record, admit
from course_utils.patients.instruments import dead_units, gradient_norms, layer_outputs, overfit_one_batch, shapes

__all__ = [
    "Patient",
    "causes",
    "dead_units",
    "gradient_norms",
    "layer_outputs",
    "overfit_one_batch",
    "patient",
    "shapes",
    "sheet",
]

_patients: dict[tuple[str, int], Patient] = {}  # who was handed out already keeps its diagnosis


def patient(letter: str, *, seed: int = 0) -> Patient:
    """Hand out a patient: a network that does not do what it should, behind a curtain.

    Twelve stand behind the letters A to L, no two with the same fault. Z is the one that lesson 16 examines, and Y is
    healthy.

    Parameters
    ----------
    letter : str
        "A" … "L", "Y" or "Z".
    seed : int
        Of the ward: another one shuffles the letters.

    Returns
    -------
    Patient
        Where it needs Keras, and Keras is not installed, it says so and whom to ask instead.

    Raises
    ------
    ValueError
        If there is no such letter, or the seed is no whole number from 0 on.

    Examples
    --------
    >>> patient("G")
    <Patient G of ward 0: behind the curtain>
    """
    name = "patient"
    seed = checks.whole(name, "seed", seed, low=0)
    letters = (*_content.LETTERS, "Y", "Z")
    wanted = letter.strip().upper() if isinstance(letter, str) else letter
    if wanted not in letters:
        raise argument_error(name, "there is no such patient", "a letter, A … L, Y or Z", repr(letter))
    if (wanted, seed) not in _patients:
        _patients[wanted, seed] = admit(wanted, seed, _record(wanted, seed))
    return _patients[wanted, seed]


def causes() -> None:
    """Print the words for what can be wrong. There are more of them than patients.

    Examples
    --------
    >>> causes()  # doctest: +ELLIPSIS
    axis          a sum runs over the wrong axis
    ...
    """
    for word, cause in _content.causes().items():
        print(f"{word:<13} {cause.meaning}")


def sheet(path: str | os.PathLike | None = None) -> None:
    """Show the page to print: ten loss curves that a practitioner knows by sight, and a flow chart of questions.

    Parameters
    ----------
    path : str or path, optional
        Saves the page instead, of the size A4: "clinic.pdf".

    Raises
    ------
    ValueError
        If the file's ending names no kind of picture.

    Examples
    --------
    >>> sheet("clinic.doc")
    Traceback (most recent call last):
    ValueError: sheet: no page can be written like this. Expected: a name with .pdf, .png or .svg. Received: clinic.doc.
    """
    from course_utils.figure_settings import course_settings  # draws with matplotlib, which the rest needs late
    from course_utils.lessons.lesson_16_bug_clinic import sheet as page
    from course_utils.style import show

    if path is None:
        show(page.draw_sheet(), alt=page.ALT)
        return
    if Path(path).suffix not in (".pdf", ".png", ".svg"):
        expected = "a name with .pdf, .png or .svg"
        raise argument_error("sheet", "no page can be written like this", expected, path)
    figure = page.draw_sheet()
    with course_settings():
        figure.savefig(path)
    page.close(figure)
    print(f"Saved as {path}.")


def _record(letter: str, seed: int) -> Record:
    ward = _content.ward(seed)
    case, title = ward[letter], f"patient {letter}"
    if case.needs_keras:
        try:
            load_keras()
        except KerasMissing:
            here = ", ".join(each for each, other in ward.items() if not other.needs_keras)
            absent = f"Patient {letter} is a network in Keras, which does not run here. These are in NumPy: {here}."
            return Record(title, None, _content.causes(), absent)
    return Record(title, case, _content.causes())
