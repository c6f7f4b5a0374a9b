"""What one exercise is: the text on its card, its solution, and the mistakes that its checker knows."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class WrongAnswer:
    """A mistake that teachers see, as code, with the sentence that names its cause."""

    code: str
    diagnosis: str


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise: everything that the card, the hints, the checker and the tests need.

    Code is text. It either defines the function `id`, or is one expression in the solution's arguments:
    `"X @ w"` stands for `def weighted_sum(X, w, b): return X @ w`. It sees `np` and the names of `setup`.

    A prediction (a number, an array or a word instead of a function) is a function without arguments:
    its key is computed too.

    Examples
    --------
    >>> from course_utils.lessons import find
    >>> find("threshold").function("-b / w")(2.0, 4.0, 0.5)
    -2.0
    """

    id: str
    lesson: str  # "01"
    title: str
    aim: str
    signature: str  # with shapes: "weighted_sum(X, w, b): X (m, n), w (n,), b number -> z (m,)"
    lines: int  # how many lines the solution takes
    hints: tuple[str, str, str]  # a nudge, the way, almost the code
    why: str  # one sentence on why it matters, shown when the answer is right
    solution: str
    inputs: Callable[[], list[tuple]] = lambda: [()]
    wrong: tuple[WrongAnswer, ...]
    variants: tuple[str, ...]  # right answers written in other ways: none of them may be called wrong
    setup: str = ""  # what the lesson has defined by then
    rtol: float = 1e-7
    atol: float = 1e-9
    quiet: bool = False  # a NumPy warning makes the answer wrong

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the solution's arguments; none for a prediction."""
        return tuple(inspect.signature(self.function(self.solution)).parameters)

    @property
    def is_value(self) -> bool:
        """Whether the answer is a value (a prediction) and not a function."""
        return f"def {self.id}()" in self.solution

    def function(self, code: str) -> Callable:
        """Turn the text of an answer into the function that it defines."""
        if f"def {self.id}(" not in code:
            head = self.solution[self.solution.index(f"def {self.id}(") :].split("\n")[0]
            code = f"{head}\n    return {code}"
        names = {"np": np}
        exec(compile(f"{self.setup}\n{code}", f"<{self.id}>", "exec"), names)
        return names[self.id]
