"""What a right answer earns: something printed or a figure, made with the learner's own answer."""

import io
from contextlib import redirect_stdout
from typing import Any

from course_utils.exercises import Exercise, OpenExercise
from course_utils.exercises.sandbox import as_text

FAILED = "What your answer can do could not be shown"  # said by `show_payoff`, and looked for by check_solutions


def show_payoff(exercise: Exercise | OpenExercise, answer: object) -> None:
    """Run what an exercise has registered with `payoff`; an error there is a sentence, and the answer counts."""
    for payoff in getattr(exercise, "payoffs", ()):
        try:
            _show(payoff, answer)
        except (Exception, SystemExit) as error:  # the answer runs in it, so anything may come
            print(f"{FAILED} ({type(error).__name__}: {as_text(error)}). It counts all the same.")


def _show(payoff, answer: object) -> None:
    with redirect_stdout(io.StringIO()) as printed:
        figure = payoff(answer)
    if not printed.getvalue() and figure is None:
        raise ValueError("it neither prints nor returns a figure")
    print(printed.getvalue(), end="")
    if isinstance(figure, tuple):
        from course_utils.style import show  # draws with matplotlib, which few exercises need

        show(*figure)
    elif figure is not None:
        _display(figure)


def _display(figure: Any) -> None:
    from IPython.display import display  # comes with every notebook

    display(figure)
    if hasattr(figure, "canvas"):
        from matplotlib import pyplot

        pyplot.close(figure)  # or the notebook would show it a second time at the end of the cell
