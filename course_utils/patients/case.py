"""What a sick network is made of: its program, the fault in it, what shows the fault, and what its repair must show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_utils.patients.examination import Examination
from course_utils.patients.material import Material


@dataclass(frozen=True)
class Cause:
    """A word for what can be wrong, and what an instrument shows where it is wrong."""

    word: str
    meaning: str
    instrument: str  # the one that shows it best
    sign: str  # what it would show: "rows that do not add up to 1"
    is_shown: Callable[[dict[str, Any]], bool]  # whether the values of its reading show that


@dataclass(frozen=True)
class Case:
    """A program with one fault.

    Attributes
    ----------
    program : str
        Python that defines `data`, `network`, `train` and `predict`, and `forward` where the network is a list of
        arrays. `Examination` says what each of them takes and gives.
    fault, repair : str
        The lines of the program that are wrong, and what they ought to be.
    telling : tuple of str
        The instruments that show the fault.
    still_sick : function of an Examination
        Says in a sentence what is not healthy yet; "" of a healthy one. It is asked of a repaired program in which
        the instrument of the cause no longer shows the fault.
    """

    cause: str
    complaint: str
    program: str
    fault: str
    repair: str
    telling: tuple[str, ...]
    why: str
    material: Callable[[], Material]
    still_sick: Callable[[Examination], str]
    needs_keras: bool = False

    @property
    def repaired(self) -> str:
        """The program without its fault."""
        return self.program.replace(self.fault, self.repair)
