"""List the numbers in the lessons' running text that nothing beside them shows; there should be none.

    .venv/bin/python scripts/numbers_report.py notebooks/07_backpropagation.ipynb

A number in the text is held where one of these says it, too, to as many digits as the text gives:
- an output, or the code, of one of the two code cells before the text or the two after it; for the code of an
  exercise, that of its solution;
- a claim or test of the lesson, in tests/lessons, as a number in its body; a single digit only beside its cell,
  since some claim holds each of them; a table counts as a whole where a test of the lesson reads its cell by its id;
- a claim or test of another lesson, where the text speaks of "lesson 08";
- an equation in the lesson's text: "0.5 · 0.2 = 0.1" is worked out, and listed where it is wrong.

Not read are headings, code, formulas, links, the table of words, minutes, and what only names a thing: "lesson 02",
"Python 3", W1, a year. Signs are not compared: a loss that falls by 0.3 has changed by −0.3.
"""

import ast
import functools
import math
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
TESTS = ROOT / "tests/lessons"
PUBLISHED = {"16": [TESTS / "test_published.py"]}  # whose cases come from published programs
NEAR = 2  # code cells before a text, and after it
KNOWN = [28.0, 784.0, 60_000.0, 10_000.0, 1_797.0, 1_437.0, 360.0]  # how many pixels and images the two sets have
MADE = {"words", "way"}  # cells that a refresh writes
SCALES = {" thousand": 1e3, " million": 1e6, " billion": 1e9}
PYTHON = {",": "", "−": "-", "·": "*", "×": "*", "√": "sqrt", "¼": "0.25", "½": "0.5"}
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
ROUNDLY = re.compile(r"(?i:about|nearly|almost|roughly|around|some|over|under|(?:more|less|fewer) than) −?$")

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?<![\w.])(?P<digits>{DIGITS})"
    r"(?:e(?P<power>[+−-]?\d+)|(?: · 10(?P<ten>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))|(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
    r"(?P<percent> ?%| of (?:100|a hundred)\b|(?= (?:and|to|or) [\d.]+ ?%))?"
    r"(?P<scale> (?:thousand|million|billion)\b)?(?!\w|\.\d)"
)
TERM = rf"[(−]*(?:(?:log |√|¼ · |½ · )?(?:{DIGITS})[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*)\)*"
EQUATION = re.compile(rf"(?<![\w.)²] [+−·×/=] )(?<![\w.]){TERM}(?: ?[+−·×/=≈] ?{TERM})*(?! ?\(|\w|\.\d)")

UNREAD = [
    re.compile(pattern, re.M)
    for pattern in (
        r"^#.*$",  # a heading
        r"```[^`]*```|`[^`\n]+`",
        r"\$\$[^$]*\$\$|\$[^$\n]+\$",
        r"!?\[[^\]]*\]\([^)]*\)(?:(?:, | and | or | to |–)\d\d\b)?",  # a link or a picture
        r"^ *\d+\. ",  # the number of an item
        r"<[^<>\n]+>",
        r"\d+(?: to \d+)? (?:minute|second)s?\b",
        r"\b\d/[a-z]\b",  # a formula
        r"\d+(?:-\d+)+",  # a network, by the sizes of its layers
        r"\b(?:[Ll]essons?|[Cc]hapter|[Ll]ecture|[Qq]uestions?|Python|NIPS) \d+(?:\.\d+)?"
        r"(?:(?:, | and | or |–)\d\d\b)*",
        r"\b(?:[Ss]eed|[Ss]tep|[Cc]olumn|[Pp]oint|[Mm]ilestones?|[Tt]asks?) \d+(?![\d.,]*\d)|\(\d\) ",
        r"\b(?:[Aa]n?|other|tiny) \d(?![\d.,]*\d| ?%|\w)",  # what is drawn: "a 7"
        r"\b\d and \d(?=[,.] )",  # pairs of digits
        r"\b8 (?:×|by) 8\b",
        r"\d+ \((?:18|19|20)\d\d\)",  # the volume of a journal
        r"(?<![\d.,])(?:18|19|20)\d\d(?![\d.,]*\d| %)",  # a year
    )
]


@dataclass(frozen=True)
class Figure:
    """A number as it is written: its value, and the size of a step of its last digit."""

    written: str
    value: float
    step: float
    is_percent: bool

    def says(self, value):
        """Tell whether a value, rounded as this one is, gives this one."""
        values = [abs(value), 100 * abs(value)] if self.is_percent else [abs(value)]
        return any(abs(each - self.value) <= self.step / 2 + 1e-9 * self.value for each in values)


def figures(text):
    """Give the numbers in a text, each with its place."""
    return [(_figure(match, text), match.span()) for match in NUMBER.finditer(text)]


def _figure(match, text):
    digits = match["digits"].replace(",", "")
    step = 10.0 ** -len(digits.partition(".")[2])
    if "." not in digits and ROUNDLY.search(text[: match.start()]):
        step = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    factor = SCALES.get(match["scale"], 1) * 10.0 ** int((match["power"] or match["ten"] or "0").translate(RAISED))
    if match["raised"] and digits == "10":  # an order of magnitude
        value = 10.0 ** int(match["raised"].translate(RAISED))
        return Figure(match[0], value, value, is_percent=False)
    return Figure(match[0], float(digits) * factor, step * factor, is_percent=match["percent"] is not None)


def plain(text):
    """Give a text without marks and without what is not read, with a blank in its place."""
    for pattern in UNREAD:
        text = pattern.sub(" … ", text)
    return text.replace("*", "").replace("\u00a0", " ")


def shown_by(cell):
    """Give the numbers in a code cell and in its outputs, the words of its pictures among them."""
    parts = [cell.source]
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        parts += [output.get("text", ""), data.get("text/plain", ""), data.get("text/markdown", "")]
    text = re.sub(r"(?<=\d)_(?=\d)", "", "\n".join(parts))  # 10_000 in code
    text = re.sub(r"\x1b\[[\d;]*m|_", " ", text)
    asked = re.findall(r'cu\.check\(\s*"(\w+)"', cell.source)
    return [figure.value for figure, _ in figures(text)] + [v for name in asked for v in worked_out().get(name, [])]


def named(*parts):
    """Give the numbers in a program's parts, without what only documents them."""
    parts = tuple(part for part in parts if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)))
    found = [node.value for part in parts for node in ast.walk(part) if isinstance(node, ast.Constant)]
    numbers = [float(value) for value in found if type(value) in (int, float)]
    return numbers + [figure.value for words in found if isinstance(words, str) for figure, _ in figures(words)]


@functools.cache
def worked_out():
    """Give the numbers with which each exercise's own solution works, by the exercise's name."""
    found = {}
    for path in (ROOT / "course_utils/lessons").glob("*/**/*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found[node.name] = named(*node.body)
    return found


@dataclass(frozen=True)
class Claims:
    """What the claims and tests of a lesson name: by cell, anywhere, and the tables that a test compares as a whole."""

    by_cell: dict
    anywhere: list
    tables: set

    def beside(self, cells):
        """Give what counts for a text between these cells; far from its cell a single digit could be any."""
        near = [value for cell in cells for value in self.by_cell.get(cell.id.replace("-", "_"), [])]
        return near + [value for value in self.anywhere if value >= 10 or value % 1]


@functools.cache
def claims_of(stem):
    """Read the claims of a lesson, and the tests that are kept for it alone."""
    by_cell, anywhere, tables = {}, [], set()
    files = [TESTS / f"claims/{stem}.py", TESTS / f"test_lesson_{stem[:2]}.py"]
    for path in [*files, *PUBLISHED.get(stem[:2], [])]:
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
        if path.parent == TESTS:
            tables |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            cell = re.sub("^(after|test)_", "", function.name).partition("__")[0]
            by_cell.setdefault(cell, []).extend(named(*function.body))
        whole = [part for part in tree.body if "claims" not in path.parts or isinstance(part, ast.FunctionDef)]
        anywhere += named(*(each for part in whole for each in getattr(part, "body", [part])))
    return Claims(by_cell, anywhere, tables)


def equations(text):
    """Give each equation of numbers in a text: its place, and whether it is right."""
    return [(match.span(), _holds(match[0])) for match in EQUATION.finditer(text) if re.search("[=≈]", match[0])]


def _holds(equation):
    sides = re.split("[=≈]", equation)
    values = [_worked_out(side) for side in sides]
    if None in values:
        return False
    written = [_figure(match, "") for side in sides if (match := NUMBER.fullmatch(side.strip(" −")))]
    if not written:
        return max(values) - min(values) <= 1e-9 * max(map(abs, values))
    return all(figure.says(value) for figure in written for value in values)


def _worked_out(side):
    if side.count(")") > side.count("("):  # one that was opened in the words before
        side = side.replace(")", "", 1)
    side = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda raised: f"**({raised[0].translate(RAISED)})", side.strip())
    side = re.sub(rf"(log |√)((?:{DIGITS})(?:\*\*\([\d-]+\))?)", r"\1(\2)", side)
    for mark, python in PYTHON.items():
        side = side.replace(mark, python)
    try:
        return float(eval(side, {"__builtins__": {}, "log": math.log, "sqrt": math.sqrt}))  # digits and signs only
    except (SyntaxError, ZeroDivisionError):
        return None


def other(number):
    """Give what the claims of another lesson name, for a text that speaks of it."""
    return [value for path in NOTEBOOKS.glob(f"{number}_*.ipynb") for value in claims_of(path.stem).beside([])]


def unheld(notebook, claims):
    """Give (cell, number, sentence) for each number in the text of a lesson that nothing holds."""
    code, before, found = [cell for cell in notebook.cells if cell.cell_type == "code"], 0, []
    texts = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    worked = KNOWN + [value for value in _in_equations(plain(texts)) if value >= 10]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            before += 1
        elif cell.id not in MADE:
            near = code[max(0, before - NEAR) : before + NEAR]
            values = worked + [value for each in near for value in shown_by(each)]
            values += [value for number in re.findall(r"[Ll]essons? (\d\d)", cell.source) for value in other(number)]
            text = re.sub(r"^\|.*$", "", cell.source, flags=re.M) if cell.id in claims.tables else cell.source
            found += [(cell.id, *entry) for entry in _left(plain(text), values + claims.beside(near))]
    return found


def _in_equations(text):
    """Give the numbers in the equations of a text that are right."""
    return [
        figure.value for (first, last), holds in equations(text) if holds for figure, _ in figures(text[first:last])
    ]


def _left(text, values):
    known = equations(text)
    left = []
    for figure, (start, end) in figures(text):
        right = [holds for (first, last), holds in known if first <= start and end <= last]
        if not all(right) or not (right or any(figure.says(value) for value in values)):
            left.append((figure.written, _sentence(text, start, end)))
    return left


def _sentence(text, start, end):
    first = max(text.rfind(". ", 0, start) + 1, text.rfind("\n", 0, start), start - 160)
    last = min(at for at in (text.find(". ", end), text.find("\n", end), end + 100) if at >= 0)
    return " ".join(text[first + 1 : last + 1].split())


def main(paths):
    """Print the report of each lesson."""
    for path in paths or sorted(NOTEBOOKS.glob("*.ipynb")):
        entries = unheld(nbformat.read(path, as_version=4), claims_of(Path(path).stem))
        print(f"{Path(path).stem}: {len(entries)}")
        for cell, number, sentence in entries:
            print(f"  {cell}: {number} in: {sentence}")


if __name__ == "__main__":
    main(sys.argv[1:])
