"""Reads the instructor's guide and the lessons that it speaks of."""

import ast
import re
from functools import cache
from pathlib import Path

import ipywidgets as wd
import nbformat
import numpy as np

import course_utils.explorables as shown
from course_utils.lesson_names import number_of
from course_utils.lessons import ids
from course_utils.live_figures.controls import Controls, Slider, label_of, start_of

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "instructor"
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))[1:]  # 00 is no lesson of an hour: the README tells of it
PAGES = [GUIDE / f"{path.stem}.md" for path in LESSONS]
RUN = r"- \*\*([\w-]+)\*\*: “([^”]+[?.…])” (.+)"  # - **cell**: “question?” what they see, where a cell is run
LINE = r"- \*\*([\w-]+)\*\* · (`.+?): “([^”]+[?.…])” (.+)"  # - **cell** · `label` → value: “question?” what they see


# --- what the lessons hold


@cache
def lesson(number):
    (path,) = (path for path in LESSONS if number_of(path) == number)
    return nbformat.read(path, as_version=4)


def headings(number):
    """Return the lesson's headings of the second level, in order."""
    texts = "\n".join(cell.source for cell in lesson(number).cells if cell.cell_type == "markdown")
    return re.findall(r"^## (.*)$", texts, flags=re.M)


def minutes(number):
    (found,) = re.findall(r"About (\d+) minutes", lesson(number).cells[0].source)
    return int(found)


def builds_on(number):
    """Return the notebooks that the lesson's first cell names as its ground, in order."""
    (line,) = re.findall(r"Builds on (.*)$", lesson(number).cells[0].source, flags=re.M)
    return notebooks(line)


def notebooks(text):
    """Return the names of the notebooks that a text links to."""
    return re.findall(r"\]\((?:[./]*notebooks/)?(\w+\.ipynb)\)", text)


def explorables(number):
    """Return each cell that shows a picture with sliders, and the call that makes it."""
    cells = [cell for cell in lesson(number).cells if "<explorable: " in str(cell.get("outputs", ""))]
    return {cell.id: _call(cell.source) for cell in cells}


def runs(number):
    """Return the cells of code that show no picture with sliders."""
    return {cell.id for cell in lesson(number).cells if cell.cell_type == "code"} - set(explorables(number))


def opens_at(number, text):
    """Return the lines of a page at whose position their view opens, so that it tells their answer unasked."""
    found, now = [], {}
    for cell, moved, _ in moves(number, text)[0]:
        begins = {
            label: start_of(spec) for label, spec in labels(explorables(number)[cell]).items() if spec is not None
        }
        now.setdefault(cell, dict(begins)).update(moved)
        found += [(cell, moved)] if begins and now[cell] == begins else []
    return found


def _call(source):
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    (call,) = (call for call in calls if re.fullmatch(r"cu\.(live|explorables\.\w+)", ast.unparse(call.func)))
    return call


@cache
def view(name, arguments):
    """Return the view that a lesson shows; None where it takes data that the lesson computes first."""
    try:
        given = [ast.literal_eval(argument) for argument in arguments]
    except ValueError:
        return None
    make = getattr(shown, f"{name.capitalize()}View", None)
    return make(*given) if make else None


def _view(call):
    return view(call.func.attr, tuple(ast.unparse(argument) for argument in call.args))


def labels(call):
    """Return what the learner sees beside each control, and what it takes; None for a button."""
    name = call.func.attr
    if name == "live":  # a picture of the lesson's own: its sliders are the keywords beside alt and words
        own = {word.arg: word.value for word in call.keywords if word.arg not in ("alt", "words")}
        sliders = Controls({key: ast.literal_eval(value) for key, value in own.items()}).specs
        return {label_of(key, spec): spec for key, spec in sliders.items()} | {"Reset": None}
    made = _view(call)
    if made is None and name in shown.WIDGETS:
        return _trained() if name == "train" else dict.fromkeys(_buttons(shown.WIDGETS[name]()))
    sliders = (made or shown.VIEWS[name]()).sliders
    return {label_of(key, spec): spec for key, spec in sliders.items()} | {"Reset": None}


def _trained():
    board = shown.train(lambda learning_rate, width: None, (np.zeros((1000, 2)), np.zeros(1000)))
    sliders = {label_of(name, spec): spec for name, spec in board.controls.specs.items()}
    return sliders | dict.fromkeys(_buttons(board))


def _buttons(widget):
    inside = [label for child in getattr(widget, "children", ()) for label in _buttons(child)]
    return [widget.description] if isinstance(widget, wd.Button) else inside


# --- what a page holds


def readme():
    return (GUIDE / "README.md").read_text(encoding="utf-8")


def parts(text):
    """Return the parts of a page by their headings, what stands before them under ''."""
    pieces = re.split(r"^## (.*)\n", "\n" + text, flags=re.M)
    return {"": pieces[0].strip()} | dict(zip(pieces[1::2], map(str.strip, pieces[2::2]), strict=True))


def headings_of_a_page():
    """Return the headings that each page has, in order: the guide's README names them once."""
    return re.findall(r"^- \*\*(.+?)\*\*: \S", parts(readme())["How a page is built"], flags=re.M)


def rows(markdown):
    """Return the cells of each row of the tables in a text, without their heads."""
    lines = re.findall(r"^\|(.*)\|$", markdown, flags=re.M)
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    rules = [i for i, row in enumerate(table) if set("".join(row)) <= set("-: ")]
    return [row for i, row in enumerate(table) if not {i, i + 1} & set(rules)]


def items(markdown):
    """Return the items of a list, one line each."""
    return [" ".join(item.split()) for item in re.split(r"^(?=- |\d+\. )", markdown, flags=re.M) if item.strip()]


def settings(text):
    """Return what a line moves: `w` → 2, `b` → −1 becomes {"w": "2", "b": "-1"}; a button has None."""
    found = re.findall(r"`([^`]+)`(?: → (.+?))?(?=$|,? (?:and )?`)", text)
    return {label: value.replace("−", "-").replace("`", "") or None for label, value in found}


def value_of(spec, text):
    """Return a position as the view takes it, or None where the control cannot stand there."""
    if isinstance(spec, bool):
        return {"on": True, "off": False}.get(text)
    if not isinstance(spec, Slider):
        return text if spec is not None and text in spec else None
    try:
        value = float(text.replace(",", "")) if text else None
    except ValueError:
        return None
    if value is None or not spec.lo <= value <= spec.hi:
        return None
    steps = (value - spec.lo) / spec.step
    on_it = spec.log or abs(steps - round(steps)) < 1e-6  # a logarithmic slider's box takes any number
    return (int(value) if spec.whole else value) if on_it else None


def moves(number, text):
    """Return the cell, the settings and the words of each line that moves a slider; complain of what is not there."""
    there, found, wrong = explorables(number), [], []
    for item in items(text):
        if not item.startswith("- "):  # a word before the list
            continue
        if run := re.fullmatch(RUN, item):
            wrong += [] if run[1] in runs(number) else [f"no cell {run[1]} to run"]
            continue
        if not (match := re.fullmatch(LINE, item)):
            wrong.append(f"not “- **cell** · `label` → value: “question?” what they see”: {item}")
            continue
        cell, head, _, seen = match.groups()
        if cell not in there:
            wrong.append(f"no explorable in the cell {cell}")
            continue
        controls, moved = labels(there[cell]), settings(head)
        wrong += [f"{cell} has no {label}" for label in moved if label not in controls]
        moved = {label: (controls.get(label), value) for label, value in moved.items() if label in controls}
        wrong += [
            f"{cell}: {k} → {v}" for k, (spec, v) in moved.items() if spec is not None and value_of(spec, v) is None
        ]
        found.append((cell, {k: value_of(spec, v) for k, (spec, v) in moved.items() if spec is not None}, seen))
    return found, wrong


def numbers(text):
    return re.findall(r"-?\d+\.\d+", text.replace("−", "-").replace(",", ""))


def untrue(number, text):
    """Return the numbers of a page that its view does not say; a line goes on from where the line before stood."""
    wrong, now = [], {}
    for cell, moved, seen in moves(number, text)[0]:
        made = _view(explorables(number)[cell])
        if made is None:
            continue
        keys = {label_of(key, spec): key for key, spec in made.sliders.items()}
        now.setdefault(cell, {key: start_of(spec) for key, spec in made.sliders.items()})
        now[cell] |= {keys[label]: value for label, value in moved.items()}
        said = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", _said(made, now[cell]))]
        for written in numbers(seen):
            digits = len(written.partition(".")[2])
            if not any(abs(n - float(written)) <= 0.5001 * 10**-digits for n in said):
                wrong.append(f"{cell} {moved}: {written} is not in “{_said(made, now[cell])}”")
    return wrong


def _said(made, values):
    return made.sentence(made.frame(**values)).replace("−", "-").replace(",", "")


def known(number):
    return {*ids()[number], *(f"{number}-{i}" for i in range(1, 6))}


def unknown_mistakes(number, text):
    """Return the wrong answers to expect that name no exercise and no question of the lesson, or ask nothing."""
    found = [(re.match(r"- `([\w-]+)`: ", item), item) for item in items(text)]
    return [item for match, item in found if not match or match[1] not in known(number) or "?" not in item]


def dead_links(text, folder):
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    return [link for link in links if not (folder / link).exists()]
