"""What an exercise is whose answer is a model: its data, its bar, its budget, and its solution."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_utils.exercises import Exercise
from course_utils.exercises.sandbox import as_text
from course_utils.model_checks.at_hand import AtHand
from course_utils.model_checks.task import Task, find_task

Data = tuple[tuple[Any, Any], tuple[Any, Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class ModelExercise(Exercise):
    """An exercise that asks for a model; made by `model_exercise` out of a function that returns one.

    `bar`, `spread`, `epochs` and `batch_size` may be functions of nothing where they depend on the data at hand.

    Attributes
    ----------
    data : function
        Returns `(x_train, y_train), (x_test, y_test)`, as `load_mnist` does; x as the model takes it. Whole numbers
        in y are classes, rows of 0 and 1 are one-hot or several labels, floats are values. Nobody trains on the test.
    bar : float, optional
        What a right model reaches on the test data: its accuracy, and for values its mean absolute error, which has
        to lie below. None asks for an architecture alone.
    spread : float
        The standard deviation of that score from seed to seed; two of them are allowed for.
    epochs : int, optional
        For how many epochs the checker trains an answer that comes untrained. None asks for a trained model.
    batch_size : int
        Of that training.
    budget : int, optional
        The largest number of parameters.
    layers : tuple of str
        Kinds of layers that must occur in this order, with any others between them: ("Conv2D", "Dense").
    wrong_labels : float
        The share of the training labels that are wrong on purpose; those of the test data are right.
    """

    data: Callable[[], Data]
    bar: AtHand = AtHand(None)
    spread: AtHand = AtHand(0.01)
    epochs: AtHand = AtHand(None)
    batch_size: AtHand = AtHand(32)
    budget: int | None = None
    layers: tuple[str, ...] = ()
    wrong_labels: float = 0.0

    @property
    def arguments(self) -> tuple[str, ...]:
        """None: what a message shows of a call is no data, though the solution may take the training data."""
        return ()

    @property
    def signature(self) -> str:
        """What the card says of the form of an answer, and what it is held to."""
        names = ", ".join(inspect.signature(self.solution).parameters)
        return "; ".join([f"{self.id}({names}): {self.shapes}", *self.demands])

    @property
    def demands(self) -> list[str]:
        """What the card promises to hold a model to, besides the shapes."""
        demands = []
        if self.layers:
            demands.append(f"with {', '.join(self.layers)} in this order")
        if self.budget is not None:
            demands.append(f"at most {self.budget:,} parameters")
        if self.bar is not None:
            trained = f" after {self.epochs} epochs" if self.epochs else ""
            demands.append(f"{self.task.demand.format(bar=self.bar)} on new data{trained}")
        return demands

    @property
    def task(self) -> Task:
        """What the targets ask for: classes, yes or no, labels or values."""
        (_, y), (_, y_test) = self.data()
        return find_task(y, y_test)

    @property
    def limit(self) -> float:
        """The score that just passes: the bar, with two standard deviations of the seed allowed for."""
        assert self.bar is not None
        return self.bar - self.task.better * 2 * self.spread

    def passes(self, score: float) -> bool:
        """Tell whether a score on the test data is good enough."""
        return self.task.better * (score - self.limit) >= 0


def takes_data(function: Callable) -> bool:
    """Tell whether a function takes the training data, or nothing.

    Raises
    ------
    TypeError
        If it can be called in neither way, or does not tell what it takes.

    Examples
    --------
    >>> takes_data(lambda x, y: ...), takes_data(lambda: ...), takes_data(lambda seed=0: ...)
    (True, False, False)
    """
    asked = "It must take no arguments, or the training data (x, y)."
    try:
        signature = inspect.signature(function)
    except Exception:  # a function in C, or a strange __signature__
        raise TypeError(f"{asked} Which ones it takes cannot be seen.") from None
    for takes, arguments in ((False, ()), (True, ("x", "y"))):
        try:
            signature.bind(*arguments)
        except TypeError:
            continue
        return takes
    raise TypeError(f"{asked} It takes {as_text(signature)}.")


def model_exercise(**fields: Any) -> Callable[[Callable], ModelExercise]:
    """Make an exercise out of the function decorated, which returns the solution's model.

    The function takes nothing and returns a compiled model, or takes the training data `(x, y)` and returns a trained
    one. An answer is a model or such a function; `.mistake` and `.also` decorate functions that return models.

    Parameters
    ----------
    title, aim, shapes, hints, why, answer
        As in `Exercise`.
    data, bar, spread, epochs, batch_size, budget, layers
        As in `ModelExercise`.

    Examples
    --------
    >>> import course_utils as cu
    >>> def gate():
    ...     X, y = cu.logic_gate("XOR")
    ...     return (X, y.reshape(-1, 1)), (X, y.reshape(-1, 1))
    >>> @model_exercise(title="XOR", aim="Two layers.", shapes="x (m, 2) -> (m, 1)", hints=(), why="Ok.", data=gate)
    ... def xor_net():
    ...     model = cu.Sequential([cu.Input(2), cu.Dense(3, "tanh"), cu.Dense(1, "sigmoid")])
    ...     model.compile("adam", "binary_crossentropy")
    ...     return model
    >>> xor_net.id, xor_net.signature, xor_net.task.kind
    ('xor_net', 'xor_net(): x (m, 2) -> (m, 1)', 'binary')
    """
    return lambda solution: ModelExercise(solution=solution, **fields)
