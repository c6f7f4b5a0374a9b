"""A page of the instructor's guide, taken apart: its parts, the minutes of its sections, what to ask at each slider."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "instructor"
# - **cell** · `label` → value: “question?” what they see; where a lesson has no slider, the setting is missing
POSITION = re.compile(r"- \*\*([\w-]+)\*\*(?: · (`.+?))?: “([^”]+)” (.+)")
WRONG = re.compile(r"- `([\w-]+)`: (.+)")  # - `exercise`: what they answer, and what to ask
TICKET = re.compile(r"^“(.+?)”\s*\((.+)\)$", flags=re.S)
SHORT_TICKET = "In a short class: "  # a second ticket, where the first one asks what such a class leaves for home
# - **cell** · `x`, `y` · “what is drawn” (how it looks); the axes find the cell, or the cell stands there
DRAWING = re.compile(r"^- (?:\*\*([\w-]+)\*\* · )?(?:`(.+?)`, `(.+?)` · )?“(.+?)” \((.+)\)$", flags=re.M)
CUT_PART = re.compile(r"(\d+) minutes? of (.+) \((.+)\)")  # of a section only this part
CUT = re.compile(r"()(.+)()")
AT_HOME = re.compile(r"^A short class leaves for home: (.+)\.$", flags=re.M)


@dataclass(frozen=True)
class Position:
    """A place of a slider at which the class predicts before anybody drags; without sliders, a run of a cell."""

    cell: str
    setting: str  # Markdown; "" where a cell is run
    question: str
    seen: str

    @property
    def line(self):
        """The whole of it, as the page says it."""
        asked = f"“{self.question}” {self.seen}"
        return f"{self.setting}: {asked}" if self.setting else asked


@dataclass(frozen=True)
class Drawing:
    """What learners draw on the worksheet before they see it."""

    cell: str  # that shows it; "" where the axes tell it
    x: str  # the names of the axes; "" where none are given
    y: str
    what: str
    seen: str


@dataclass(frozen=True)
class Section:
    """A section of the lesson with the minutes that it takes a learner at the keyboard."""

    name: str
    minutes: int
    how: str


class TeachingPage:
    """The page of one lesson.

    Parameters
    ----------
    name : str
        How the lesson's notebook is called, without its ending.
    text : str, optional
        The page; by default that of the guide.
    """

    def __init__(self, name, text=None):
        self.name = name
        text = text or (GUIDE / f"{name}.md").read_text(encoding="utf-8")
        pieces = re.split(r"^## (.*)\n", text, flags=re.M)
        self.parts = dict(zip(pieces[1::2], map(str.strip, pieces[2::2]), strict=True))
        self.head = pieces[0].strip()

    @cached_property
    def lead(self):
        """What stands between the title and the first heading."""
        return self.head.split("\n\n", 1)[1]

    @cached_property
    def sections(self):
        """The sections in their order."""
        rows = re.findall(r"^\| (.+?) \| (\d+) \| (.*?) \|$", self.parts["Minutes"], flags=re.M)
        return [Section(name, int(minutes), how) for name, minutes, how in rows]

    @cached_property
    def positions(self):
        """What to ask before each slider, in the order of the page."""
        found = map(POSITION.fullmatch, items(self.parts["Before each slider"]))
        return [Position(*match.groups(default="")) for match in found if match]

    @cached_property
    def exit_ticket(self):
        """The question that is answered on paper, and its answer."""
        return TICKET.search(self.parts["Exit ticket"].split("\n\n")[0]).groups()

    @cached_property
    def short_ticket(self):
        """The same for a class of 45 minutes; None where the page names no other."""
        told = [text for text in self.parts["Exit ticket"].split("\n\n") if text.startswith(SHORT_TICKET)]
        return TICKET.search(told[0].removeprefix(SHORT_TICKET)).groups() if told else None

    @cached_property
    def slider_notes(self):
        """What the page says about the sliders as a whole, beside its lines."""
        return "\n\n".join(item for item in items(self.parts["Before each slider"]) if not POSITION.fullmatch(item))

    @cached_property
    def wrong_answers(self):
        """The answers to expect: of which exercise or question, and what the page says to it."""
        found = map(WRONG.fullmatch, items(self.parts["Wrong answers to expect"]))
        return [match.groups() for match in found if match]

    @cached_property
    def left_at_home(self):
        """How many minutes of a section a class of 45 minutes leaves out; None for all of them."""
        return {name: int(minutes) if minutes else None for minutes, name, _ in self._cut}

    @cached_property
    def left_parts(self):
        """Which part of a section these minutes are."""
        return {name: part for minutes, name, part in self._cut if minutes}

    @cached_property
    def _cut(self):
        found = AT_HOME.search(self.parts["When time is short"])
        items = found[1].split("; ") if found else []
        return [(CUT_PART.fullmatch(item) or CUT.fullmatch(item)).groups() for item in items]

    @cached_property
    def drawings(self):
        """What learners draw before they see it; none where the page asks for no drawing."""
        return [Drawing(*found) for found in DRAWING.findall(self.parts["To draw"])]


def items(text):
    """Return the items and the paragraphs of a text, one line each."""
    return [" ".join(item.split()) for item in re.split(r"\n\n|\n(?=- )", text)]
