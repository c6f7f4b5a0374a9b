"""What a learner reads of an exercise: its card, its solution, and the answer to words of their own."""

from course_utils.exercises import Exercise, OpenExercise
from course_utils.exercises.feedback import show
from course_utils.exercises.open_exercise import EFFORTS, is_written
from course_utils.notebook import in_notebook


def card_text(exercise: Exercise | OpenExercise) -> str:
    """Write the card of an exercise as Markdown."""
    if isinstance(exercise, OpenExercise):
        kind, parts = f"**Open exercise** ({EFFORTS[exercise.effort]})", [exercise.task]
    else:
        size = "one line" if exercise.lines == 1 else f"{exercise.lines} lines"
        kind = "**Predict**" if exercise.is_value else f"**Your turn** ({size})"
        parts = [exercise.aim, f"`{exercise.signature}`"]
    return "\n\n".join([f"{kind}: {exercise.title}", *parts, _ways(exercise)])


def _ways(exercise: Exercise | OpenExercise) -> str:
    given = '"…"' if isinstance(exercise, OpenExercise) else "…"
    ways = [f'`cu.check("{exercise.id}", {given})`', f'`cu.solution("{exercise.id}")`']
    if exercise.hints:
        ways.insert(1, f'`cu.hint("{exercise.id}")`')
    return " · ".join(ways)


def solution_text(exercise: Exercise | OpenExercise) -> str:
    """Write the answer of an exercise as Markdown: its `answer`, or else what its solution says or computes."""
    if isinstance(exercise, OpenExercise) or exercise.answer:
        return f"**{exercise.title}**, one answer:\n\n{exercise.answer}"
    code = f"```python\n{exercise.source}\n```"
    if exercise.is_value:
        value = show(exercise.solution())
        return f"**{exercise.title}**: {value}. {exercise.why}\n\n{code}"
    return f"**{exercise.title}**, one way to write it:\n\n{code}"


def describe_written(exercise: OpenExercise, answer: object) -> str:
    """Say whether an answer in words can be compared now."""
    if answer is None or answer is ...:
        return f'… {exercise.id}: not answered yet. Write what you think: cu.check("{exercise.id}", "…")'
    if not is_written(answer):
        return f'… {exercise.id}: a few words, as text, please: cu.check("{exercise.id}", "…")'
    return f'✓ {exercise.id}: written. Compare it with our answer: cu.solution("{exercise.id}")'


def display(markdown: str) -> None:
    """Show Markdown in a notebook, and print it elsewhere."""
    if not in_notebook():
        print(markdown)
        return
    from IPython.display import Markdown
    from IPython.display import display as show_it

    show_it(Markdown(markdown))
