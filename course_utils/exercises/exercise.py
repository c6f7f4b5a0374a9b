"""What one exercise is: the text on its card, its solution, and the mistakes that its checker knows."""

import ast
import hashlib
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that teachers see, with the sentence that names its cause.

    The sentence is said only to somebody whose code holds `written`, an operator or a name, where one is given.
    """

    diagnosis: str
    answer: Callable
    written: str = ""

    @property
    def name(self) -> str:
        """A short name by which it is counted; it stays the same for as long as the sentence does."""
        return f"listed:{hashlib.sha256(self.diagnosis.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Exercise:
    """One exercise: everything that the card, the hints, the checker and the tests need.

    The decorators `exercise` and `prediction` make one out of its solution. A prediction asks for a value (a number,
    an array, a word); its solution is a function without arguments that computes it.

    Attributes
    ----------
    wrong : list of Mistake
        The known mistakes; filled by `mistake`.
    variants : list of functions
        Right answers written in other ways, none of which may be called wrong; filled by `also`.
    payoffs : list of functions
        What a right answer earns; filled by `payoff`.

    Examples
    --------
    >>> @exercise(title="twice", aim="Double it.", shapes="x a number -> a number", hints=("Add.",), why="It is short.")
    ... def double(x):
    ...     return 2 * x
    >>> @double.mistake("That is the square.")
    ... def _(x):
    ...     return x * x
    >>> double.id, double.signature, double.wrong[0].answer(3)
    ('double', 'double(x): x a number -> a number', 9)
    """

    solution: Callable
    title: str
    aim: str
    shapes: str  # of arguments and result: "X (m, n), w (n,), b a number -> z (m,)"; of a prediction "a number"
    hints: tuple[str, ...]  # a nudge, the way, almost the code
    why: str  # one sentence on why it matters, shown when the answer is right
    answer: str = ""  # shown by `cu.solution` in place of the source of the solution
    inputs: Callable[[], list[tuple]] = lambda: [()]
    rtol: float = 1e-7
    atol: float = 1e-9
    quiet: bool = False  # a NumPy warning makes the answer wrong
    is_value: bool = False  # a prediction: the answer is a value and not a function
    results: tuple[str, ...] = ()  # how each of several results is called: ("dW", "db")
    way: dict[str, tuple[str, ...]] = field(default_factory=dict)  # on the way to them, in order: {"dZ": ("dW", "db")}
    synonyms: dict[str, tuple[Any, ...]] = field(
        default_factory=dict
    )  # of a word among the results: {"linear": (None,)}
    wrong: list[Mistake] = field(default_factory=list)
    variants: list[Callable] = field(default_factory=list)
    payoffs: list[Callable] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The name of the solution, by which a learner calls the exercise."""
        return self.solution.__name__

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the solution's arguments; none for a prediction."""
        return tuple(inspect.signature(self.solution).parameters)

    @property
    def signature(self) -> str:
        """What the card says of the form of an answer."""
        if self.is_value:
            return f"{self.id} = {self.shapes}"
        return f"{self.id}({', '.join(self.arguments)}): {self.shapes}"

    @property
    def source(self) -> str:
        """The solution as a learner reads it: without its decorator."""
        text = textwrap.dedent(inspect.getsource(self.solution))
        (function,) = ast.parse(text).body
        return "\n".join(text.splitlines()[function.lineno - 1 :])

    @property
    def lines(self) -> int:
        """How many lines the solution takes below its `def`."""
        return len(self.source.splitlines()) - 1

    def as_function(self, answer: object) -> Callable:
        """Return a function as it is, and a value as the function without arguments that returns it."""
        return answer if callable(answer) else lambda: answer

    def mistake(self, diagnosis: str, answer: object = ..., *, written: str = "") -> Any:
        """Register a wrong answer, a function or a value, with the sentence that names its cause.

        Without the answer it decorates a function. Where the sentence speaks of an operator or a name, such as `//`,
        `written` keeps it from learners who have not written that.
        """
        if answer is ...:
            return partial(self._decorate, diagnosis, written)
        self.wrong.append(Mistake(diagnosis, self.as_function(answer), written))
        return None

    def _decorate(self, diagnosis: str, written: str, function: Callable) -> Callable:
        self.mistake(diagnosis, function, written=written)
        return function

    def also(self, *answers: object) -> object:
        """Register right answers, functions or values, that are written in another way; decorates a function, too."""
        self.variants.extend(self.as_function(answer) for answer in answers)
        return answers[0]

    def payoff(self, function: Callable) -> Callable:
        """Decorate `payoff(answer)`, which a right answer earns.

        It prints something, or returns a figure, best with its description: `(figure, alt)`, as for `cu.show`.
        """
        self.payoffs.append(function)
        return function


def exercise(**fields) -> Callable[[Callable], Exercise]:
    """Make an exercise out of the function decorated, its solution.

    Parameters
    ----------
    title, aim, shapes, hints, why, answer, inputs, rtol, atol, quiet, results, way, synonyms
        As in `Exercise`.
    """
    return lambda solution: Exercise(solution=solution, **fields)


def prediction(**fields) -> Callable[[Callable], Exercise]:
    """Make a prediction out of the function decorated, which takes no arguments and computes the value asked for.

    Parameters
    ----------
    title, aim, shapes, hints, why, answer, rtol, atol, synonyms
        As in `Exercise`.

    Examples
    --------
    >>> @prediction(title="a sum", aim="2 + 2?", shapes="a number", hints=("Count.",), why="Sums are everywhere.")
    ... def predict_sum():
    ...     return 2 + 2
    >>> predict_sum.mistake("That is one too many.", 5)
    >>> predict_sum.signature
    'predict_sum = a number'
    """
    return lambda solution: Exercise(solution=solution, is_value=True, **fields)
