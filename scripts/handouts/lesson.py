"""A lesson, as the kit reads it: its sections, what it asks to be predicted, and the axes of its pictures."""

import ast
import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import nbformat

from course_utils.exercises import Exercise
from course_utils.formatting import format_number
from course_utils.lesson_names import number_of
from course_utils.lessons import find

NOTEBOOKS = Path(__file__).resolve().parent.parent.parent / "notebooks"
CHECKED = re.compile(r'cu\.check\("(\w+)"')
TINY = 4  # zeros of a number that would else be written with a power of ten
TURN = re.compile(r"^\*\*Your turn ([A-Z])\b", flags=re.M)
CHALLENGE, OPEN = 10, 5  # minutes, where a lesson does not say
READ, RUN, PREDICT = 180, 0.7, 2  # words a minute, and minutes for a cell and for a prediction, as the lessons count
DECIMALS = {"one": 1, "two": 2, "three": 3, "four": 4}  # as a question asks for them
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass
class Part:
    """What stands in one section of the notebook."""

    name: str
    cells: list = field(default_factory=list)  # their ids
    exercises: list = field(default_factory=list)  # their ids: predictions and what is written
    asked: list = field(default_factory=list)  # (cell, text): predictions in words alone, which nothing checks
    effort: list = field(default_factory=list)  # (cell, minutes, functions to write), in the order of the notebook


@dataclass(frozen=True)
class Axes:
    """The two axes of a picture of the lesson, and the cell that draws it."""

    cell: str
    x: str
    y: str


class Lesson:
    """One lesson, read from its notebook.

    Parameters
    ----------
    name : str
        How the notebook is called, without its ending.
    """

    def __init__(self, name):
        self.name = name
        self.number = number_of(name)
        self.cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
        self.title = self.cells[0].source.partition("\n")[0].removeprefix("# ")

    @cached_property
    def parts(self):
        """The sections of the notebook in their order."""
        found = [Part("")]
        for cell in self.cells:
            if cell.cell_type == "code":
                exercises = CHECKED.findall(cell.source)
                written = [id for id in exercises if not is_prediction(id)]
                minutes = RUN + PREDICT * (len(exercises) - len(written))
                found[-1].cells.append(cell.id)
                found[-1].exercises += exercises
                found[-1].effort.append((cell.id, minutes, len(written)))
                continue
            for paragraph in cell.source.split("\n\n"):
                if paragraph.startswith("## "):
                    found.append(Part(paragraph.partition("\n")[0][3:]))
                elif paragraph.startswith("**Predict.**"):
                    found[-1].asked.append((cell.id, paragraph.removeprefix("**Predict.**").strip()))
                found[-1].effort.append((cell.id, len(paragraph.split()) / READ, 0))
        return [self._without_checked(part) for part in found]

    def _without_checked(self, part):
        """Leave of the predictions in words those that no cell below them checks, and that do ask something."""
        order = [cell.id for cell in self.cells]
        checked = {cell.id for cell in self.cells if "= ..." in cell.source and "predict_" in cell.source}
        asks = [(id, text) for id, text in part.asked if "?" in text or text.startswith("Write")]
        part.asked = [(id, text) for id, text in asks if order[order.index(id) + 1] not in checked]
        return part

    @cached_property
    def predictions(self):
        """The exercises of the lesson that ask for a prediction, outside of what is optional."""
        ids = [id for part in self.parts if not part.name.startswith("Optional") for id in part.exercises]
        return [find(id) for id in ids if is_prediction(id)]

    @cached_property
    def task_minutes(self):
        """How long the challenge takes, and each open exercise, as the lesson says."""
        text = "\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")
        challenge = re.search(r"\*\*Challenge\*\* \(about (\d+) minutes", text)
        each = re.search(r"open exercises, about (\d+) minutes each", text)
        return tuple(int(found[1]) if found else usual for found, usual in ((challenge, CHALLENGE), (each, OPEN)))

    @cached_property
    def asked(self):
        """The predictions in words alone, each with its section and its cell."""
        return [(part.name, cell, text) for part in self.parts for cell, text in part.asked]

    @cached_property
    def places(self):
        """At which place of the notebook each cell stands, and each exercise is checked."""
        found = {cell.id: place for place, cell in enumerate(self.cells)}
        for cell in self.cells:
            found |= dict.fromkeys(CHECKED.findall(cell.source), found[cell.id])
        return found

    @cached_property
    def turns(self):
        """The cell of each turn, by the turn's letter."""
        found, open_letters = {}, []
        for cell in self.cells:
            if cell.cell_type == "markdown":
                open_letters += TURN.findall(cell.source)
            elif open_letters and any(not is_prediction(id) for id in CHECKED.findall(cell.source)):
                found |= dict.fromkeys(open_letters, cell.id)
                open_letters = []
        return found

    def cell_of(self, drawing):
        """Return the cell that shows what is drawn first: the one that the page names, or that has these axes."""
        with_axes = (axes.cell for axes in self.axes if (axes.x, axes.y) == (drawing.x, drawing.y))
        return drawing.cell or next(with_axes, "")

    def cell_below(self, id):
        """Return the next cell of code below a cell."""
        below = self.cells[self.places[id] + 1 :]
        return next(cell.id for cell in below if cell.cell_type == "code")

    @cached_property
    def needs_keras(self):
        """Whether the lesson trains with Keras, which the light installation leaves out."""
        return any("cu.use_keras()" in cell.source for cell in self.cells)

    @cached_property
    def axes(self):
        """The axes of the lesson's curves, each pair once, in the order in which they are drawn."""
        found = {}
        for cell in self.cells:
            if cell.cell_type == "code" and "xlabel" in cell.source and "heatmap(" not in cell.source:
                for x, y in _labels(cell.source):
                    found.setdefault((x, y), Axes(cell.id, x, y))
        return list(found.values())


def is_prediction(id):
    """Whether an exercise asks for a prediction, and not for something to write."""
    exercise = find(id)
    return isinstance(exercise, Exercise) and exercise.is_value


def _labels(source):
    """Yield the names of the axes that code gives to a picture: of one call, or of set_xlabel and set_ylabel."""
    named = {"x": [], "y": []}
    for node in ast.walk(ast.parse(re.sub(r"^[%!].*", "", source, flags=re.M))):
        if not isinstance(node, ast.Call):
            continue
        words = {word.arg: word.value for word in node.keywords}
        for axis, labels in named.items():
            value = words.get(f"{axis}label")
            if isinstance(node.func, ast.Attribute) and node.func.attr == f"set_{axis}label":
                value = node.args[0]
            if isinstance(value, ast.Constant):
                labels.append(plain(value.value))
    yield from zip(named["x"], named["y"], strict=False)


def plain(label):
    """Return a label of Matplotlib without its TeX.

    >>> plain("$x_1$")
    'x₁'
    """
    return re.sub(r"_(\d)", lambda found: found[1].translate(LOWERED), label.replace("$", ""))


def answer(prediction):
    """Return the answer of a prediction as it is read: a word, a number, or several.

    >>> answer(find("predict_bias_shift")), answer(find("predict_weight_slopes"))
    ('−1.5', '1.8, −0.9, 0')
    """
    value = prediction.solution()
    if isinstance(value, str):
        return value
    values = value if hasattr(value, "__len__") else [value]
    asked = re.search(r"\b(one|two|three|four) decimals?\b", f"{prediction.aim} {prediction.shapes}".lower())
    return ", ".join(_number(each, DECIMALS[asked[1]] if asked else None) for each in values)


def _number(value, decimals):
    value = float(value)
    if value.is_integer():
        return format_number(int(value), ",")
    if decimals:
        return format_number(value, f".{decimals}f")
    zeros = -math.floor(math.log10(abs(value)))
    return format_number(value, f".{zeros + 1}f" if zeros > TINY else ".4g")
