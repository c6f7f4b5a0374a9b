"""A patient behind a curtain: what a learner may ask of it, and what opens once the cause is named.

What a patient is made of is kept beside it and not in it, so that neither its attributes nor its text tell the fault.
"""

import weakref
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, NoReturn

from numpy.typing import ArrayLike, NDArray

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.exercises.sandbox import as_text, run_all
from course_utils.model_checks.training import seconds_bar
from course_utils.notebook import in_notebook, tell
from course_utils.patients.case import Case, Cause
from course_utils.patients.examination import Examination, Misbuilt
from course_utils.patients.program import Refused, check_parts, load_program, treated
from course_utils.patients.readings import INSTRUMENTS, Reading, draw_before_and_after
from course_utils.style import show

SECONDS = 20.0  # of computing that a treatment may take
ASK_FIRST = "The curtain is closed: first name the cause, with diagnose(…)."


class Patient:
    """A network that does not do what it should, of which only the behaviour can be seen.

    `clinic.patient` hands them out. Each instrument prints what it measures, some show a picture, and none of them
    changes anything. `diagnose` opens the curtain; `treat` takes a repair.

    Attributes
    ----------
    letter : str
    seed : int
        Of the ward that it lies in.
    """

    __slots__ = ("__weakref__", "letter", "seed")

    def __init__(self, letter: str, seed: int) -> None:
        self.letter = letter
        self.seed = seed

    def __repr__(self) -> str:
        return f"<Patient {self.letter} of ward {self.seed}: {_file(self).state}>"

    def complaint(self) -> None:
        """Say what its author complains about."""
        tell(_file(self).told(_file(self).complaint))

    def curves(self) -> None:
        """Show the loss after each epoch of its training, and its accuracy at the end."""
        _show(self, "curves")

    def first_loss(self) -> None:
        """Measure the loss before any training, beside the loss of equal guesses."""
        _show(self, "first_loss")

    def one_batch(self) -> None:
        """Train a fresh copy on one batch alone, over and over, and show the loss."""
        _show(self, "one_batch")

    def steps(self) -> None:
        """Take five steps on one batch, and measure how far each array of weights moves."""
        _show(self, "steps")

    def shapes(self) -> None:
        """Show the shapes of the inputs, of all arrays, of what each layer puts out, and of the targets."""
        _show(self, "shapes")

    def outputs(self) -> None:
        """Look at what comes out of the trained network for new inputs."""
        _show(self, "outputs")

    def batches(self) -> None:
        """Look at what goes into the network, in training and in use, with the targets."""
        _show(self, "batches")

    def random_labels(self) -> None:
        """Draw all labels by lot, run the whole program anew, and measure what it reports."""
        _show(self, "random_labels")

    def predict(self, images: ArrayLike) -> NDArray:
        """Return what it answers to raw inputs.

        Parameters
        ----------
        images : array_like, (m, 28, 28) with pixels 0 … 255, or points (m, 2)

        Returns
        -------
        ndarray, (m, outputs)
        """
        return _file(self).predict(images)

    def diagnose(self, cause: object = None, *, reveal: bool = False) -> None:
        """Name the cause, with a word of `clinic.causes()`; a right one opens the curtain.

        Parameters
        ----------
        cause : str
        reveal : bool
            True tells the cause to somebody who gives up.
        """
        _file(self).diagnose(cause, reveal)

    def code(self) -> None:
        """Show the program, once the cause is named."""
        _file(self).open("code")
        _display_code(_file(self).case.program)

    @property
    def network(self) -> Any:
        """The trained network, once the cause is named: a Keras model, a `Sequential`, or a list of arrays."""
        return _file(self).open("network").trained[0]

    @property
    def data(self) -> tuple:
        """What the program makes of its images, once the cause is named: inputs, targets, validation part."""
        return _file(self).open("data").data

    @property
    def parts(self) -> SimpleNamespace:
        """The functions of the program, once the cause is named: `parts.train`, for example."""
        names = _file(self).open("parts").names
        return SimpleNamespace(**{name: names[name] for name in names["__parts__"]})

    def treat(self, *code: Callable | str | Any, reveal: bool = False) -> None:
        """Run the program with a repaired part, and see whether it is healthy now.

        Parameters
        ----------
        *code : function or str
            Functions called like parts of the program, whose places they take; or the text of such functions.
        reveal : bool
            True shows a repair of ours, to somebody who has named the cause.
        """
        _file(self).treat(code, reveal)


class Record:
    """All that the clinic keeps of a patient.

    Parameters
    ----------
    case : Case, optional
        None where it cannot be examined on this computer.
    causes : mapping of str to Cause
        All words that may be said, in their order.
    absent : str
        Why it cannot be examined.
    """

    def __init__(self, title: str, case: Case | None, causes: Mapping[str, Cause], absent: str = "") -> None:
        self.title = title
        self._case = case
        self.causes = causes
        self.absent = absent
        self.diagnosed = False
        self.cured = False
        self._examination: Examination | None = None
        self._readings: dict[str, Reading] = {}

    @property
    def case(self) -> Case:
        assert self._case is not None
        return self._case

    @property
    def state(self) -> str:
        """What can be said of it in a word."""
        if self.absent:
            return "not here"
        if not self.case.cause:
            return "healthy"
        return "cured" if self.cured else "diagnosed" if self.diagnosed else "behind the curtain"

    @property
    def complaint(self) -> str:
        return "" if self.absent else self.case.complaint

    def told(self, text: str) -> str:
        """Return a text about it, or why there is none."""
        return self.absent or text

    def examination(self) -> Examination:
        """Return its program, ready to run."""
        if self._examination is None:
            self._examination = Examination(load_program(self.case.program), self.case.material())
        return self._examination

    def reading(self, instrument: str) -> Reading:
        """Measure with one instrument; the second time nothing is computed."""
        if instrument not in self._readings:
            self._readings[instrument] = INSTRUMENTS[instrument](self.examination())
        return self._readings[instrument]

    def predict(self, images: ArrayLike) -> NDArray:
        if self.absent:
            raise argument_error("predict", "this patient is not here", "one that is", self.absent)
        images = checks.as_array("predict", "images", images)
        asked = self.examination().material.new_images.shape[1:]
        if images.shape[1:] != asked or not len(images):
            expected = f"(m, {', '.join(map(str, asked))})"
            raise argument_error("predict", "images have the wrong shape", expected, images.shape)
        return self.examination().ask(images)

    def open(self, what: str) -> Examination:
        """Return the examination once the cause is named."""
        if self.absent or not (self.diagnosed or self.state == "healthy"):
            raise Closed(f"{what}: {self.told(ASK_FIRST)}")
        return self.examination()

    # --- the diagnosis

    def diagnose(self, said: object, reveal: bool) -> None:
        if self.absent:
            tell(self.absent)
        elif not self.case.cause:
            tell(f"{self.title} is healthy.")
        elif reveal:
            tell(f"{self.title}: {self.case.cause}.")
            self._say_verdict()
        elif said is None or said is ...:
            tell(f"… {self.title}: no diagnosis yet. The words are in clinic.causes().")
        else:
            self._judge(said)

    def _judge(self, said: object) -> None:
        word = " ".join(said.lower().replace("_", " ").split()) if isinstance(said, str) else ""
        if word not in self.causes:
            tell(f"… {self.title}: a word of the list, please: {', '.join(self.causes)}.")
        elif word == self.case.cause:
            tell(f"✓ {self.title}: {word}.")
            self._say_verdict()
        else:
            tell(self._refuted(self.causes[word]))

    def _refuted(self, cause: Cause) -> str:
        """Say what would be seen if it were this cause, and what is seen."""
        reading = self.reading(cause.instrument)
        lines = "\n".join(f"    {line}" for line in reading.lines)
        if not cause.is_shown(reading.values):
            would = f"Then {cause.instrument}() would show {cause.sign}. It shows:"
            return f"✗ {self.title}: not {cause.word}. {would}\n{lines}"
        (other,) = [name for name in self.case.telling if name != cause.instrument][:1]
        more = "\n".join(f"    {line}" for line in self.reading(other).lines)
        does = f"{cause.instrument}() does show {cause.sign}, and that has a cause of its own. Look at {other}(), too:"
        return f"✗ {self.title}: not {cause.word}. {does}\n{more}"

    def _say_verdict(self) -> None:
        self.diagnosed = True
        for line in verdict(self.case, self.causes[self.case.cause], self.reading):
            tell(line)
        tell("The curtain is open. Its program:")
        _display_code(self.case.program)

    # --- the treatment

    def treat(self, code: tuple, reveal: bool) -> None:
        if self.absent:
            tell(self.absent)
        elif not self.case.cause:
            tell(f"{self.title} is healthy.")
        elif not self.diagnosed:
            tell(ASK_FIRST)
        elif reveal:
            tell("One repair. In place of")
            _display_code(self.case.fault)
            tell("write")
            _display_code(self.case.repair)
        elif not code or code[0] is None or code[0] is ...:
            tell(f"… {self.title}: no treatment yet. Hand over the repaired function: treat(train), for example.")
        else:
            self._try(code)

    def _try(self, code: tuple) -> None:
        healthy: list[Examination] = []
        found: list[str] = []

        def run() -> None:
            names = treated(load_program(self.case.program), code)
            check_parts(names)
            examination = Examination(names, self.case.material())
            found.append(self._still_shown(examination) or self.case.still_sick(examination))
            found.append(f"{examination.score:.3f}")
            healthy.append(examination)

        with seconds_bar("the treated program runs"):
            outcome = run_all(run, [()], seconds=SECONDS)[0]
        if outcome.replaced:
            tell(f"Your code replaces {', '.join(outcome.replaced)}. It has been put back.")
        if outcome.timed_out:
            tell(f"✗ {self.title}: the treated program did not come to its end within {outcome.limit:.0f} seconds.")
        elif outcome.error is not None:
            tell(f"✗ {self.title}: {_stopped(outcome.error)}")
        elif found[0]:
            tell(f"✗ {self.title}: not healthy yet. {found[0]}")
        else:
            self._say_cured(healthy[0])

    def _still_shown(self, treated_program: Examination) -> str:
        """Ask the instrument that proves the fault once more; "" where the sign of the fault is gone."""
        cause = self.causes[self.case.cause]
        reading = INSTRUMENTS[cause.instrument](treated_program)
        if not cause.is_shown(reading.values):
            return ""
        lines = "".join(f"\n    {line}" for line in reading.lines)
        return f"{cause.instrument}() still shows {cause.sign}:{lines}"

    def _say_cured(self, healthy: Examination) -> None:
        self.cured = True
        sick = self.examination()
        tell(f"✓ {self.title} is cured. Right on new inputs: {sick.score:.3f} before, {healthy.score:.3f} now.")
        figure, alt = draw_before_and_after(sick.losses, healthy.losses, sick.material.guess)
        show(figure, alt=alt)


class Closed(AttributeError):
    """Shown in a notebook as its sentence alone: to ask too early is no mistake in the code."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def verdict(case: Case, cause: Cause, reading: Callable[[str], Reading]) -> list[str]:
    """Write what is wrong, what the telling instruments show, and why."""
    lines = [f"  What is wrong: {cause.meaning}."]
    for instrument in case.telling:
        lines += [f"  {instrument}() shows:", *(f"    {line}" for line in reading(instrument).lines)]
    return [*lines, f"  {case.why}"]


def _stopped(error: BaseException) -> str:
    if isinstance(error, (Refused, Misbuilt)):
        return str(error)
    return f"the treated program stops with {type(error).__name__}: {as_text(error)[:300]}"


_FILES: weakref.WeakKeyDictionary[Patient, Record] = weakref.WeakKeyDictionary()


def admit(letter: str, seed: int, record: Record) -> Patient:
    """Make a patient out of a record."""
    patient = Patient(letter, seed)
    _FILES[patient] = record
    return patient


def _file(patient: Patient) -> Record:
    if patient not in _FILES:
        raise argument_error("patient", "this is no patient of the clinic", "clinic.patient(…)", "a copy")
    return _FILES[patient]


def _show(patient: Patient, instrument: str) -> None:
    record = _file(patient)
    if record.absent:
        tell(record.absent)
        return
    try:
        reading = record.reading(instrument)
    except Exception as error:
        failed = type(error).__name__
    else:
        for line in reading.lines:
            tell(line)
        if reading.draw:
            figure, alt = reading.draw()
            show(figure, alt=alt)
        return
    _fail(instrument, failed)


def _fail(instrument: str, failed: str) -> NoReturn:
    """Say that an instrument itself has stumbled, without a line of the program."""
    raise RuntimeError(f"{instrument}: the instrument stopped with {failed}. Please report it.")


def _display_code(source: str) -> None:
    text = source.strip("\n")
    if not in_notebook():
        print(text)
        return
    from IPython.display import Markdown, display

    display(Markdown(f"```python\n{text}\n```"))
