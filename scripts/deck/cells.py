"""What a cell of a lesson puts on a page, and how much room that takes.

Heights are in pixels of a page of 1280 x 720 at the smallest type: words 24 px, code 18 px.
"""

import ast
import re
from dataclasses import dataclass

ROOM = 560  # below the heading
SHORT = 140  # words that need no page of their own
LONGEST, FIRST = 480, 320  # words that one page holds; the first page, whose type is larger
TITLE, SECOND = 45, 80  # signs that one line of a title holds; the height of its second line
WORDS, CODE, GAP, PICTURE = 34, 24, 16, 300  # a line of words, of code, between blocks; a picture at least
STRIP = 150  # the controls and the words of a view, which stand above its picture
LETTERS, SIGNS = 100, 104  # in a line of words, of code
PRINTED = 14  # lines of output; of a longer one the middle is left out
TURN = ("**Your turn", "**Predict")
FENCE = "```python"  # a text that is only code: a program that was opened
THINK = "**Stop and think"  # a question that its own page answers, at the next key


@dataclass
class Part:
    """A piece of a text cell that stays on one page."""

    kind: str  # "slide" or "subslide" begins with a heading; "turn" asks the learner; "text" goes on
    title: str
    words: list


def parts(source):
    """Split a text at its headings, and before a task or a prediction; sources go to the notes."""
    found = []
    for paragraph in re.split(r"\n\s*\n", source.strip()):
        heading, last = re.match(r"(#+) (.*)", paragraph), found[-1] if found else Part("text", "", [])
        if heading and last.title and not last.words:
            last.title += f" · {heading[2]}"
        elif heading and len(heading[1]) > 2 and last.title and height_of_words(last.words) < SHORT:
            last.words.append(paragraph)
        elif heading:
            found.append(Part("slide" if len(heading[1]) < 3 else "subslide", heading[2], []))
        elif paragraph.startswith(TURN) and not (last.title and height_of_words(last.words) < 2 * SHORT):
            found.append(Part("turn", "", [paragraph]))
        elif not paragraph.startswith("*Source"):
            found = found or [last]
            found[-1].words.append(paragraph)
    title = source.lstrip().partition("\n")[0]
    most = LONGEST if not title.startswith("# ") else FIRST - SECOND * (len(title) > TITLE)
    return [piece for part in found for piece in spread(part, most)]


def spread(part, most):
    """Return a part as several, split between paragraphs or a table's rows, where one page cannot hold its words."""
    pieces = [Part(part.kind, part.title, [])]
    for paragraph in (piece for words in part.words for piece in _tables(words, most)):
        if pieces[-1].words and height_of_words([*pieces[-1].words, paragraph]) > most:
            pieces.append(Part("text", "", []))
        pieces[-1].words.append(paragraph)
    return pieces


def _tables(paragraph, most):
    """Return a table that is too high as several, each with its head; other paragraphs stay whole."""
    if not paragraph.startswith("|") or height_of_words([paragraph]) <= most:
        return [paragraph]
    head, line, *rest = paragraph.split("\n")
    tables = [[head, line]]
    for row in rest:
        if height_of_words(["\n".join([*tables[-1], row])]) > most:
            tables.append([head, line])
        tables[-1].append(row)
    return ["\n".join(table) for table in tables]


def asks(part):
    """Whether a part gives the learner something to do before the lesson goes on."""
    return part.title == "Your turn" or any(paragraph.startswith(TURN) for paragraph in part.words)


def is_quiz(cell):
    """Whether a cell shows the lesson's questions."""
    return "cu.questions(" in cell.source


def card(cell):
    """Return the card of a task as Markdown, or nothing."""
    return next((text for text in _texts(cell) if not text.startswith(FENCE)), "")


def program(cell):
    """Return the lines of a program that the cell has opened, without its imports; or nothing."""
    opened = next((text for text in _texts(cell) if text.startswith(FENCE)), "")
    code = re.sub(r"^import .*\n", "", opened.removeprefix(FENCE).lstrip(), flags=re.M)
    code = re.sub(r"\n{3,}", "\n\n", code.rstrip("`")).strip()
    return code.split("\n") if code else []


def _texts(cell):
    return [o["data"]["text/markdown"] for o in cell.outputs if "text/markdown" in o.get("data", {})]


def until_questions(pieces, rest):
    """Return the pieces of a text without the heading of the questions, which brings pages of its own."""
    return pieces[:-1] if rest and is_quiz(rest[0]) else pieces


def joined(pieces, drawn):
    """Return the pieces of a text that begins a page: what leads to a task stands on the task's page.

    Words after a picture speak of it. They get a page with the picture, where the task brings a card of its own.
    """
    if drawn and len(pieces) > 1 and pieces[1].words[0].startswith(TURN[0]):
        return pieces
    if len(pieces) > 1 and pieces[0].kind == "text" and pieces[1].kind == "turn":
        return [Part("turn", "", pieces[0].words + pieces[1].words), *pieces[2:]]
    return pieces


def shown(source):
    """Return the code without what only holds the lesson: assertions, alt texts, stubs and checks."""
    lines = source.split("\n")
    for node in ast.walk(ast.parse(re.sub(r"^[%!].*", "", source, flags=re.M))):
        if isinstance(node, ast.Assert):
            lines[node.lineno - 1 : node.end_lineno] = [None] * (node.end_lineno - node.lineno + 1)
    kept = [line for line in lines if line is not None]
    code = "\n".join(
        line for line in kept if not re.match(r"alt = |low, high = |\w+ = \.\.\.$|cu\.(check|hint)\(", line)
    )
    code = re.sub(r',\s*alt=f?"[^"\n]*"', "", code)
    return re.sub(r"\n{3,}", "\n\n", code).strip("\n")


def printed(cell):
    """Return what a cell prints, without the checks' answers to stubs and the stand-ins of progress bars."""
    texts = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if "text" in output:
            texts.append(output["text"])
        elif {"image/png", "text/markdown"} & set(data):
            continue
        elif "text/html" in data:
            texts.append(re.sub(r"<[^>]+>", "", data["text/html"]))
        elif "progress bar" not in data.get("text/plain", ""):
            texts.append(data.get("text/plain", ""))
    lines = "\n".join(text.rstrip("\n") for text in texts).split("\n")
    kept = [line.rstrip() for line in lines if line.strip() and "not answered yet." not in line]
    return kept if len(kept) <= PRINTED else [*kept[: PRINTED - 3], "…", *kept[-2:]]


def is_view(cell):
    """Whether a cell shows a view with controls."""
    return "explorables." in cell.source


def pictures(cell):
    """Return the cell's outputs that are pictures."""
    return [output for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]


def height_of_pictures(cell):
    """Return the height that a cell's pictures need at least, with the controls of a view."""
    return bool(pictures(cell)) * (PICTURE + STRIP * is_view(cell))


def rows(text, width):
    """Return how many lines of a page a text takes."""
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))


def height_of_words(paragraphs):
    """Return the height of paragraphs, formulas, lists and tables."""
    total = 0
    for text in paragraphs:
        plain = re.sub(r"\]\([^)]*\)|\\[a-z]+|[{}]", "", text)
        lines = plain.count("\\\\") + 2 if text.startswith("$$") else rows(plain, LETTERS)
        total += lines * (WORDS + 8 if text.startswith("|") else WORDS) + GAP
    return total


def height_of_code(lines):
    """Return the height of a listing or of what it prints."""
    return CODE * sum(rows(line, SIGNS) for line in lines) + GAP + 12 if lines else 0
