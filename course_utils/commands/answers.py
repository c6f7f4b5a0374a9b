"""What a lesson calls: the card of an exercise, the check of an answer, hints, the solution."""

from course_utils.commands.payoff import show_payoff
from course_utils.commands.texts import card_text, describe_written, display, solution_text
from course_utils.exercises import Exercise, OpenExercise, judge
from course_utils.exercises.feedback import describe
from course_utils.exercises.open_exercise import is_written
from course_utils.exercises.sandbox import as_text
from course_utils.lessons import find
from course_utils.notebook import tell
from course_utils.progress_store import is_solved, mark_exercise, note_try
from course_utils.running_check import noted_check, take_broken_off

WHAT_IS_NOTED = (
    "(From now on progress.json, in this folder, notes how often and when you tried an exercise, and which mistake was "
    "named; none of your code. On a school's hub your teacher sees that, at home nobody does. "
    "cu.record_tries(False) ends it.)"
)
_opened: dict[str, int] = {}  # how many hints of an exercise this session has opened
_tried: set[str] = set()  # which exercises have had an answer in this session, right or wrong


def card(id: str) -> None:
    """Show the card of an exercise: its aim, its exact signature with shapes, how many lines it takes."""
    exercise = _find(id)
    _say_what_broke_off()
    if exercise:
        display(card_text(exercise))


def check(id: str, answer: object = None) -> None:
    """Tell at once whether an answer is right; a wrong one comes with the first input at which it fails.

    Parameters
    ----------
    id : str
        The exercise, as on its card.
    answer : function or value
        The function itself, not called; for a prediction the number, the array or the word; for an open exercise
        a text of a few words.

    Notes
    -----
    Nothing is raised, whatever the answer does.

    Examples
    --------
    >>> check("threshold", lambda w, b, p: ...)
    … threshold: not answered yet. A first hint: cu.hint("threshold")
    """
    exercise = _find(id)
    _say_what_broke_off()
    if not exercise:
        return
    with noted_check(id):
        try:
            state, cause = _say_verdict(exercise, answer)
        except Exception as error:  # a lesson goes on, also where the checker itself fails
            tell(f"{id}: the checker itself stumbled ({type(error).__name__}: {as_text(error)}). Please report it.")
            return
        if state == "open":
            return
        _tried.add(id)
        if isinstance(exercise, OpenExercise):
            mark_exercise(id)
        elif note_try(id, state == "right", cause):
            tell(WHAT_IS_NOTED)
        if state == "right":
            show_payoff(exercise, answer)


def _say_verdict(exercise: Exercise | OpenExercise, answer: object) -> tuple[str, str]:
    """Print what is to be said; return the state, and the name of the mistake."""
    if isinstance(exercise, OpenExercise):
        tell(describe_written(exercise, answer))
        return ("right" if is_written(answer) else "open"), ""
    verdict = judge(exercise, answer)
    tell(describe(exercise, verdict))
    return verdict.state, verdict.cause


def answered(id: str, answer: object) -> bool:
    """Tell whether an answer is right, without a word: a later cell may then work with it.

    Examples
    --------
    >>> answered("threshold", lambda w, b, p: ...)
    False
    """
    exercise = _find(id)
    if isinstance(exercise, OpenExercise):
        return is_written(answer)
    try:
        return exercise is not None and judge(exercise, answer).state == "right"
    except Exception:  # a checker that stumbles has said so in `check`
        return False


def hint(id: str) -> None:
    """Open the next of the hints of an exercise.

    Examples
    --------
    >>> hint("threshol")
    There is no exercise "threshol". The closest id is "threshold".
    """
    exercise = _find(id)
    if not exercise:
        return
    count = len(exercise.hints)
    if not count:
        tell(f'{id} has no hints. Write down what you think: cu.check("{id}", "…")')
        return
    depth = min(_opened.get(id, 0) + 1, count)
    _opened[id] = depth
    tell(f"Hint {depth} of {count}: {exercise.hints[depth - 1]}")
    if depth == count:
        tell(f'That was the last hint. The solution: cu.solution("{id}")')


def solution(id: str, *, reveal: bool = False) -> None:
    """Show the answer of an exercise once `check` has had one of yours, right or wrong; with `reveal=True` at once."""
    exercise = _find(id)
    if not exercise:
        return
    if reveal or id in _tried or is_solved(id):
        display(solution_text(exercise))
    elif isinstance(exercise, OpenExercise):
        tell(f'First a few words of your own: cu.check("{id}", "…"). Or: cu.solution("{id}", reveal=True)')
    else:
        tell(f'Have you tried, with all three hints? Then: cu.solution("{id}", reveal=True)')


def _say_what_broke_off() -> None:
    for id in take_broken_off():
        tell(
            f"Python came to an end while your answer to {id} was being checked, and has been started anew. "
            "What you solved before is saved. Look for a call that ends Python, a loop that fills the memory, "
            "or a recursion without end before you check it again."
        )


def _find(id: str) -> Exercise | OpenExercise | None:
    try:
        return find(id)
    except KeyError as error:
        tell(error.args[0])
        return None
