"""What a lesson calls: the card of an exercise, the check of an answer, hints, the solution."""

from course_utils._notebook import in_notebook
from course_utils.exercises.exercise import Exercise
from course_utils.exercises.feedback import describe
from course_utils.exercises.judge import judge
from course_utils.lessons.registry import find
from course_utils.progress_store import mark_exercise

_opened: dict[str, int] = {}  # how many hints of an exercise this session has opened


def card(id: str) -> None:
    """Show the card of an exercise: its aim, its exact signature with shapes, how many lines it takes."""
    exercise = _find(id)
    if exercise:
        _display(card_text(exercise))


def check(id: str, answer: object = None) -> None:
    """Tell at once whether an answer is right; a wrong one comes with the first input at which it fails.

    Parameters
    ----------
    id : str
        The exercise, as on its card.
    answer : function or value
        The function itself, not called; for a prediction the number, the array or the word.

    Notes
    -----
    Nothing is raised, whatever the answer does.

    Examples
    --------
    >>> check("threshold", lambda w, b, p: ...)
    … threshold: not answered yet. A first hint: cu.hint("threshold")
    """
    exercise = _find(id)
    if not exercise:
        return
    try:
        verdict = judge(exercise, answer)
        print(describe(exercise, verdict))
        if verdict.state == "right":
            mark_exercise(exercise.id)
    except Exception as error:  # a lesson goes on, also where the checker itself fails
        print(f"{id}: the checker itself stumbled ({type(error).__name__}: {error}). Please report it.")


def answered(id: str, answer: object) -> bool:
    """Tell whether an answer is right, without a word: a later cell may then work with it.

    Examples
    --------
    >>> answered("threshold", lambda w, b, p: ...)
    False
    """
    exercise = _find(id)
    try:
        return bool(exercise) and judge(exercise, answer).state == "right"
    except Exception:  # a checker that stumbles has said so in `check`
        return False


def hint(id: str) -> None:
    """Open the next of the three hints of an exercise.

    Examples
    --------
    >>> hint("threshol")
    There is no exercise "threshol". The closest id is "threshold".
    """
    exercise = _find(id)
    if not exercise:
        return
    depth = min(_opened.get(id, 0) + 1, len(exercise.hints))
    _opened[id] = depth
    print(f"Hint {depth} of {len(exercise.hints)}: {exercise.hints[depth - 1]}")
    if depth == len(exercise.hints):
        print(f'That was the last hint. The solution: cu.solution("{id}")')


def solution(id: str, *, reveal: bool = False) -> None:
    """Show the reference solution; without `reveal=True` only the question whether you have tried."""
    exercise = _find(id)
    if exercise and not reveal:
        print(f'Have you tried, with all three hints? Then: cu.solution("{id}", reveal=True)')
    elif exercise:
        _display(f"**{exercise.title}**, one way to write it:\n\n```python\n{exercise.solution.strip()}\n```")


def card_text(exercise: Exercise) -> str:
    """Write the card of an exercise as Markdown."""
    size = "one line" if exercise.lines == 1 else f"{exercise.lines} lines"
    kind = "**Predict**" if exercise.is_value else f"**Your turn** ({size})"
    ways = f'`cu.check("{exercise.id}", …)` · `cu.hint("{exercise.id}")` · `cu.solution("{exercise.id}")`'
    return f"{kind}: {exercise.title}\n\n{exercise.aim}\n\n`{exercise.signature}`\n\n{ways}"


def _find(id: str) -> Exercise | None:
    try:
        return find(id)
    except KeyError as error:
        print(error.args[0])
        return None


def _display(markdown: str) -> None:
    if not in_notebook():
        print(markdown)
        return
    from IPython.display import Markdown, display

    display(Markdown(markdown))
