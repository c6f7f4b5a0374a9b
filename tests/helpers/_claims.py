"""Claims: what must hold in a lesson, written beside it so that no cell has to assert anything.

The claims of `notebooks/NN_name.ipynb` stand in `tests/lessons/claims/NN_name.py`, as plain functions. Each is named
after a cell, `after_<id>` or `after_<id>__<what>` with `_` for `-`, and asks for what it looks at by its parameters:

    @chance
    @broken(score=0.1, losses=[2.3, 2.3])
    def after_train(score, losses):
        assert 0.96 < score < 0.985
        assert losses[-1] < losses[0]

Each run of the notebooks (`pytest --nbval`) calls it after that cell, in the lesson's own kernel. Two parameters are
special: `printed` is the text that the cell has printed, and `data` knows its source (`data.is_full`, `data.source`).
This module is imported by the tests and by every kernel, so it needs nothing but the standard library.
"""

import functools
import importlib.util
import inspect
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, SimpleNamespace

SOURCES = {
    "full": SimpleNamespace(is_full=True, source="the full MNIST"),
    "digits": SimpleNamespace(is_full=False, source="the embedded digits"),
}
UNCOMPARED = {
    "by-source": "what it shows depends on the digits at hand",
    "by-machine": "what it shows depends on the processor",
    "clock": "it measures time",
}


def chance(function):
    """Mark a claim that must hold whatever the seeds of the lesson are."""
    function.is_chance = True
    return function


def only(source):
    """Mark a claim about one source of the digits, "full" or "digits"."""
    if source not in SOURCES:
        raise ValueError(f"only: the source is one of {list(SOURCES)}. Received: {source!r}.")

    def mark(function):
        function.sources = (source,)
        return function

    return mark


def on_tensorflow(function):
    """Mark a claim about what Keras does on TensorFlow and nowhere else."""
    function.is_on_tensorflow = True
    return function


def broken(**values):
    """Give the values of a run that was broken on purpose: the claim has to fail on them."""

    def mark(function):
        function.samples = [values, *getattr(function, "samples", [])]
        return function

    return mark


@dataclass(frozen=True)
class Claim:
    """One function of a file of claims, with its marks."""

    name: str
    function: FunctionType

    @property
    def cell(self):
        """The id of its cell, with `_` for `-`."""
        return self.name.removeprefix("after_").partition("__")[0]

    @property
    def asks(self):
        return list(inspect.signature(self.function).parameters)

    @property
    def is_chance(self):
        return getattr(self.function, "is_chance", False)

    @property
    def is_on_tensorflow(self):
        return getattr(self.function, "is_on_tensorflow", False)

    @property
    def sources(self):
        return getattr(self.function, "sources", tuple(SOURCES))

    @property
    def samples(self):
        return getattr(self.function, "samples", [])

    def belongs_to(self, cell):
        return self.cell == cell.id.replace("-", "_")


@functools.cache
def load(path):
    """Give the claims in a file, by name; none where there is no such file."""
    path = Path(path)
    if not path.exists():
        return {}
    spec = importlib.util.spec_from_file_location(f"claims_of_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    own = {name: each for name, each in vars(module).items() if getattr(each, "__module__", None) == spec.name}
    return {name: Claim(name, each) for name, each in own.items() if not name.startswith("_")}


def faults(notebook, claims):
    """Give a sentence for each claim without its cell, and for each cell that nothing holds."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = []
    for claim in claims.values():
        if not claim.name.startswith("after_"):
            found.append(f"{claim.name} is not named after a cell: after_<id>, or _{claim.name} if it only helps.")
        elif not any(claim.belongs_to(cell) for cell in cells):
            found.append(f"{claim.name} has no cell: none of the lesson's code cells has the id {claim.cell}.")
    for cell in cells:
        held = {source for claim in claims.values() if claim.belongs_to(cell) for source in claim.sources}
        for tag in set(cell.metadata.get("tags", [])) & set(UNCOMPARED):
            bare = [source for source in SOURCES if source not in held]
            if bare:
                found.append(f"cell {cell.id} is tagged {tag} and has no claim for: {', '.join(bare)}.")
    return found


class ClaimError(AssertionError):
    """A claim that does not hold, or cannot be judged; its text is meant to be read alone."""


def judge(path, name, names, printed):
    """Call one claim with the values that a kernel has, and say in a ClaimError what is not as claimed."""
    claim = load(path)[name]
    data = names["data"] if hasattr(names.get("data"), "is_full") else None
    needs_data = "data" in claim.asks or len(claim.sources) < len(SOURCES)
    if data is None and needs_data:
        import course_utils  # here, since the tests themselves need no data

        data = course_utils.load_mnist()
    if needs_data and ("full" if data.is_full else "digits") not in claim.sources:
        return
    known = {**names, "data": data, "printed": printed}
    gone = [asked for asked in claim.asks if asked not in known]
    if gone:
        raise ClaimError(f"{name} asks for {', '.join(gone)}, and the lesson has no such name after this cell.")
    values = {asked: known[asked] for asked in claim.asks}
    try:
        claim.function(**values)
    except Exception as error:
        raise ClaimError(_told(claim, path, values, error)) from None


def _told(claim, path, values, error):
    here = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    verdict = "does not hold" if isinstance(error, AssertionError) else f"breaks off with {type(error).__name__}"
    lines = [f"{claim.name} {verdict}: {here[-1].line}", *([str(error)] if str(error) else [])]
    lines += [f"    {name} = {_short(value)}" for name, value in values.items()]
    return "\n".join(lines)


def _short(value):
    text = repr(value)
    return text if len(text) <= 500 else f"{text[:500]} …"


def unbroken(claim):
    """Give the broken samples, with their sources, on which a claim holds nevertheless: there should be none."""
    return [
        (source, values) for values in claim.samples for source in claim.sources if not _fails(claim, source, values)
    ]


def _fails(claim, source, values):
    given = {"data": SOURCES[source], **values}
    try:
        claim.function(**{asked: given[asked] for asked in claim.asks})
    except AssertionError:
        return True
    return False
