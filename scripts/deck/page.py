"""One page of a deck: its blocks of HTML, and where a picture gets larger."""

import re
from dataclasses import dataclass, field

from nbconvert.filters import markdown2html
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from deck.cells import GAP, ROOM

WIDTH, COLUMN = 1184, 0.42  # of a page between its margins; the words' share of it beside a picture
FIGURE, PRINTED, CARD = "<figure", '<pre class="printed', '<div class="card"'  # how blocks begin
WAITS = ' fragment" data-fragment-index="0'  # at the end of a block's class: the next key shows it


@dataclass
class Page:
    """One page: its heading, its blocks in their order, and what only the speaker sees."""

    title: str
    begins: bool = False  # a new topic
    look: str = "plain"  # or title, turn, question
    words: int = 0  # height of all but the picture
    blocks: list = field(default_factory=list)
    prompts: list = field(default_factory=list)  # what the teaching page says to it
    notes: list = field(default_factory=list)
    thinks: bool = False  # a question: what its code puts out waits for the next key
    aspect: float = 0.0  # of its picture; 0 for a view, which needs the page's whole width

    def has(self, start):
        """Whether a block is of this kind."""
        return any(block.startswith(start) for block in self.blocks)

    @property
    def columns(self):
        """Whether the picture gets larger beside the words than below them."""
        if not self.aspect or self.words / COLUMN > ROOM or self.has("<pre"):
            return False
        below = min(WIDTH, (ROOM - self.words) * self.aspect)
        beside = min(WIDTH * (1 - COLUMN) - 2 * GAP, ROOM * self.aspect)
        return beside > below

    @property
    def body(self):
        """The blocks; beside a picture the words share a column of their own."""
        if not self.columns:
            return "\n".join(self.blocks)
        drawn = [block for block in self.blocks if block.startswith(FIGURE)]
        words = [block for block in self.blocks if block not in drawn]
        return f"<div>{''.join(words)}</div>\n{''.join(drawn)}"


def markdown(text):
    """Return Markdown as HTML; a link to a lesson leads to its deck, one to another file is words alone."""
    text = re.sub(r"\((\w+)\.ipynb(#[^)]*)?\)", r"(\1.html)", text)
    return markdown2html(re.sub(r"\[([^\]]+)\]\((?!https?:|\w+\.html)[^)\s]+\)", r"\1", text))


def inline(text):
    """Return a heading's Markdown as HTML."""
    return markdown(text).strip().removeprefix("<p>").removesuffix("</p>")


def listing(code):
    """Return Python as a listing; it wraps in the speaker's window, too, which has a style of its own."""
    coloured = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip()
    return f'<pre class="code" style="white-space: pre-wrap">{coloured}</pre>'
