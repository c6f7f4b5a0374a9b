"""What all optimizers share: the learning rate, the step count, and the way through the arrays, block by block."""

from collections.abc import Callable, Sequence
from operator import is_

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import argument_error, as_array
from course_utils.gradients import schedule

LearningRate = float | Callable[[int], float]
BLOCK = 65536  # numbers: what a step computes in between, 256 kB of float32, stays in the processor's cache


class Optimizer:
    """What all optimizers share: the learning rate, the step count, and one memory slot per variable."""

    _memories = 0  # arrays of a variable's shape that the rule keeps from step to step

    def __init__(self, learning_rate: LearningRate):
        self.learning_rate = learning_rate
        self.iterations = 0
        self._slots: list[list[NDArray]] | None = None
        self._shapes: list[tuple[int, ...]] | None = None
        self._arrays: tuple = ()
        self._parts: list = []

    def __getstate__(self):
        """Let copies be made without the views on the arrays of a network: the copy will look at its own."""
        return vars(self) | {"_arrays": (), "_parts": []}

    @property
    def learning_rate(self) -> LearningRate:
        """The float or the schedule; it may be set between two steps."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value: LearningRate) -> None:
        self._rate = schedule(type(self).__name__, value)
        self._learning_rate = value

    def apply(self, grads: Sequence[NDArray], variables: Sequence[NDArray]) -> None:
        """Take one step: each variable moves against its gradient, in place.

        Parameters
        ----------
        grads, variables : lists of ndarray, shapes alike pair by pair
            Gradients may be of any real dtype.

        Raises
        ------
        ValueError
            If the lists or the shapes do not fit; then nothing has been changed.
        TypeError
            If a gradient holds anything but real numbers; then nothing has been changed.
        """
        grads, variables = self._as_list("grads", grads), self._as_list("variables", variables)
        rate = self._rate(self.iterations)  # a Python float keeps float32 arrays float32
        if not self._are_as_before(grads, variables):
            self._prepare(grads, variables, self._check(grads, variables))
        self.iterations += 1
        with np.errstate(all="ignore"):  # a step that leaves the floats is for the caller to find
            for v, *others in self._parts:
                v -= self._change(rate, *others)

    @property
    def memories(self) -> list[NDArray]:
        """What is kept from step to step, such as a momentum; empty before the first step."""
        return [memory for slot in self._slots or () for memory in slot]

    def forget(self) -> None:
        """Set all that is kept from step to step to zero; the learning rate and the count of steps stay.

        All of it, since one memory is made for the other: Adam's momentum would be far too long a step beside a mean
        square that begins anew.
        """
        for memory in self.memories:
            memory[...] = 0

    def _change(self, rate, grad, *memories):
        """Return what is taken off a block of a variable, from its gradient and what the rule keeps of it."""
        raise NotImplementedError

    def _are_as_before(self, grads, variables):
        """Tell whether these very arrays came last time: a network's do, step by step, and need no second look."""
        arrays = (*grads, *variables)
        same = len(arrays) == len(self._arrays) and all(map(is_, arrays, self._arrays))
        return same and all(v.flags.writeable for v in variables)

    def _prepare(self, grads, variables, floats):
        """Make the memory at the first step, and cut all arrays into blocks, which stay valid while the arrays do.

        `floats` are the gradients as arrays of floats. Where one is a conversion, it holds for this step only.
        """
        if self._slots is None:
            self._slots = [[np.zeros_like(v) for _ in range(self._memories)] for v in variables]
            self._shapes = [v.shape for v in variables]
        own = zip(variables, floats, self._slots, strict=True)
        self._parts = [part for v, g, slot in own for part in _blocks(v, g, *slot)]
        may_come_again = all(map(is_, grads, floats)) and all(type(a) is np.ndarray for a in (*grads, *variables))
        self._arrays = (*grads, *variables) if may_come_again else ()

    def _as_list(self, arg, arrays):
        if isinstance(arrays, (list, tuple)):
            return arrays
        if isinstance(arrays, str) or not np.iterable(arrays):
            name = type(self).__name__ + ".apply"
            raise argument_error(name, f"{arg} must be a list of arrays", "[array, …]", type(arrays).__name__)
        return list(arrays)

    def _check(self, grads, variables):
        """Return the gradients as arrays of floats, or say what does not fit."""
        name = type(self).__name__ + ".apply"
        for v in variables:
            if not (isinstance(v, np.ndarray) and v.dtype.kind == "f" and v.flags.writeable):
                received = f"{type(v).__name__} {getattr(v, 'dtype', '')}".strip()
                raise argument_error(name, "variables are changed in place", "writeable arrays of floats", received)
        floats = [as_array(name, f"grads[{i}]", g) for i, g in enumerate(grads)]
        shapes = [[a.shape for a in arrays] for arrays in (variables, floats)]
        if shapes[0] != shapes[1]:
            raise argument_error(name, "grads and variables must have the same shapes", shapes[0], shapes[1])
        if self._slots is not None and self._shapes != shapes[0]:
            hint = "make a new optimizer for another network"
            raise argument_error(name, "these are other variables than before", self._shapes, shapes[0], hint)
        return floats

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, learning_rate={self.learning_rate}, {self.iterations} steps taken>"


def _blocks(*arrays):
    """Cut arrays of one shape into parts that lie in the same memory, so that a step runs through it only once."""
    if not all(a.flags.c_contiguous for a in arrays):
        return [arrays]
    flat = [a.reshape(-1) for a in arrays]
    return [[a[i : i + BLOCK] for a in flat] for i in range(0, flat[0].size, BLOCK)]
