"""A setting of an exercise that may depend on the data at hand: the full MNIST, or the embedded digits."""

from typing import Any


class AtHand:
    """A field of a dataclass that holds a value, or a function of nothing that gives it whenever it is read.

    Parameters
    ----------
    default : optional
        Without one the field has to be given.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Asked:
    ...     bar: AtHand = AtHand(0.9)
    >>> Asked().bar, Asked(lambda: 0.5).bar
    (0.9, 0.5)
    """

    def __init__(self, *default: Any) -> None:
        self.default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"_{name}"

    def __get__(self, exercise: Any, owner: type) -> Any:
        if exercise is None:
            if not self.default:
                raise AttributeError(self.name)  # by which a dataclass knows that there is no default
            return self.default[0]
        setting = exercise.__dict__[self.name]
        return setting() if callable(setting) else setting

    def __set__(self, exercise: Any, setting: Any) -> None:
        exercise.__dict__[self.name] = setting
