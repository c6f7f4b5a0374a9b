"""An exercise without a checker: a learner writes something, and compares it with an answer of ours."""

from dataclasses import dataclass

from course_utils import checks

EFFORTS = {"do": "for everyone", "hard": "hard", "project": "a project"}
WORDS = 4  # an answer of fewer words is no answer yet


@dataclass(frozen=True)
class OpenExercise:
    """A task whose answer is written in words; made by `open_exercise`."""

    id: str
    title: str
    task: str
    answer: str  # Markdown, code included
    effort: str  # a key of EFFORTS
    hints: tuple[str, ...] = ()


def open_exercise(id: str, *, title: str, task: str, answer: str, effort: str, hints: tuple = ()) -> OpenExercise:
    """Make an open exercise, to be bound to its id: `draw_it = open_exercise("draw_it", …)`.

    Parameters
    ----------
    id, title, task : str
        What the card says.
    answer : str
        What a learner compares with: Markdown, code included.
    effort : "do", "hard" or "project"
        How much work it is.
    hints : tuple of str
        As many as are helpful.

    Raises
    ------
    ValueError
        If the effort is none of the three.

    Examples
    --------
    >>> open_exercise("draw_it", title="a picture", task="Draw it.", answer="It rises.", effort="do").effort
    'do'
    """
    checks.choice("open_exercise", "effort", effort, EFFORTS)
    return OpenExercise(id, title, task, answer, effort, tuple(hints))


def is_written(answer: object) -> bool:
    """Tell whether an answer is a text of a few words.

    >>> is_written("no"), is_written("The curve falls, then it rises.")
    (False, True)
    """
    return isinstance(answer, str) and len(answer.split()) >= WORDS
