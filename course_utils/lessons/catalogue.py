"""What each lesson asks, found by looking at the folders; one exercise loads the content of its lesson alone.

A folder `lesson_NN_name`, or `toolbox_name`, holds `exercises.py` and `questions.py`. Which ids there are is read
from their source, without running it: a function decorated with `@exercise(…)`, `@prediction(…)`,
`@model_exercise(…)` or `@score_exercise(…)`, or `id = open_exercise("id", …)`.
"""

import difflib
import re
from functools import cache
from importlib import import_module
from pathlib import Path

from course_utils import checks
from course_utils.exercises import Exercise, OpenExercise, Question
from course_utils.lesson_names import number_of

_DEFINED = re.compile(
    r"^@(?:model_exercise|score_exercise|exercise|prediction)\(.*?^def (\w+)|^(\w+) = open_exercise\(",
    flags=re.M | re.S,
)


@cache
def ids() -> dict[str, tuple[str, ...]]:
    """Give the ids of all exercises by the number of their lesson, in the order in which the lesson asks them.

    Examples
    --------
    >>> ids()["00"]
    ('predict_corner', 'ink_percent', 'share_right', 'misread')
    """
    files = sorted(Path(__file__).parent.glob("*/exercises.py"))
    return {number_of(file.parent): tuple(_defined(file.read_text(encoding="utf-8"))) for file in files}


def _defined(source: str) -> list[str]:
    return [decorated or bound for decorated, bound in _DEFINED.findall(source)]


def lesson(number: str) -> dict[str, Exercise | OpenExercise]:
    """Give the exercises of one lesson by id, in the order in which the lesson asks them.

    Raises
    ------
    ValueError
        If no lesson of this number has exercises.
    """
    content = _content(number, "exercises")
    return {id: getattr(content, id) for id in ids()[number]}


def find(id: str) -> Exercise | OpenExercise:
    """Give one exercise.

    Raises
    ------
    KeyError
        With a sentence that names the closest id.

    Examples
    --------
    >>> find("threshold").title
    'where the neuron makes up its mind'
    """
    return lesson(lesson_of(id))[id]


def lesson_of(id: str) -> str:
    """Give the number of the lesson that asks an exercise.

    Raises
    ------
    KeyError
        With a sentence that names the closest id.

    Examples
    --------
    >>> lesson_of("threshold")
    '01'
    """
    if isinstance(id, str):  # an array, compared to texts, would give an array
        for number, known in ids().items():
            if id in known:
                return number
    raise KeyError(_unknown(id))


def _unknown(id: object) -> str:
    if not isinstance(id, str):
        return 'The id comes first, as text: cu.check("sigmoid_grad", sigmoid_grad).'
    every = [known for of_lesson in ids().values() for known in of_lesson]
    close = difflib.get_close_matches(id, every, n=1, cutoff=0)
    return f'There is no exercise "{id}". The closest id is "{close[0]}".'


def asked(number: str) -> tuple[Question, ...]:
    """Give the questions of one lesson, in the order in which it asks them.

    Raises
    ------
    ValueError
        If no lesson of this number has questions.

    Examples
    --------
    >>> len(asked("08"))
    5
    """
    return _content(number, "questions").QUESTIONS


def _content(number: str, kind: str):
    folders = {number_of(file.parent): file.parent.name for file in sorted(Path(__file__).parent.glob(f"*/{kind}.py"))}
    folder = checks.choice(kind, "lesson", number, folders)
    return import_module(f"{__package__}.{folder}.{kind}")
