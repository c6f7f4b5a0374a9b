"""A lesson as pages: what the rule wrote into its cells' metadata, turned into HTML."""

import html
import re
import struct
from base64 import b64decode

from without_kernel.answers import ASKED
from without_kernel.assets import in_page, questions, tag

from deck.cells import (
    GAP,
    PICTURE,
    STRIP,
    THINK,
    asks,
    card,
    height_of_code,
    height_of_words,
    is_quiz,
    is_view,
    joined,
    parts,
    pictures,
    printed,
    program,
    shown,
    until_questions,
)
from deck.page import CARD, COLUMN, FIGURE, PRINTED, WAITS, WIDTH, Page, inline, listing, markdown

LIVE = "In the notebook this picture moves."
LETTERED = "ABCDEF"


def size(output):
    """Return the width and height of a stored PNG."""
    return struct.unpack(">II", b64decode(output["data"]["image/png"])[16:24])


class Deck:
    """The pages of one lesson.

    Parameters
    ----------
    notebook : NotebookNode
        Its cells have been run, and say which slide they belong to.
    views : dict of int to str, optional
        What the page is told of a cell's view, as JSON, by the place of the cell; other views are pictures.
    prompts : dict of str to list, optional
        What the teaching page says, as Markdown, by the places that it speaks of; what is left has found no slide.
    """

    def __init__(self, notebook, views=None, prompts=None):
        self.pages, self.title = [], ""
        self.prompts = dict(prompts or {})
        views = views or {}
        for place, cell in enumerate(notebook.cells):
            slide = cell.metadata["slideshow"]
            if cell.cell_type == "markdown":
                pieces = parts(cell.source)
                self._text(until_questions(pieces, notebook.cells[place + 1 :]), slide["slide_type"])
                self.title = inline(pieces[-1].title) if pieces[-1].title else self.title
                sources = [p for p in cell.source.split("\n\n") if p.startswith("*Source")]
                self.pages[-1].notes += [markdown(text) for text in sources]
            elif is_quiz(cell):
                self._questions(cell)
            else:
                self._code(cell, slide["slide_type"], slide.get("show") == "output", views.get(place, ""))
            for name in [cell.id, *ASKED.findall(cell.source)]:
                self._prompt(name)

    def _prompt(self, place):
        """Give the last page what the teaching page says to a place."""
        self.pages[-1].prompts += [markdown(text) for text in self.prompts.pop(place, [])]

    def _text(self, pieces, kind):
        if kind == "skip":
            return
        for part in pieces if kind == "-" else joined(pieces, self.pages and self.pages[-1].has(FIGURE)):
            self.title = inline(part.title) if part.title else self.title
            words = "\n\n".join(part.words).replace(" in place of the dots", "")  # a slide has none
            if part is pieces[0] and kind == "-":
                words = f"### {part.title}\n\n{words}" if part.title else words
            else:
                look = "title" if not self.pages else "turn" if asks(part) or THINK in words else "plain"
                self.pages.append(Page(self.title, begins=part.kind == "slide", look=look))
            page = self.pages[-1]
            for place in ("", part.title.partition(" · ")[0]):  # the first page is the title's
                self._prompt(place)
            waits = WAITS if page.thinks else ""
            page.blocks.append(f'<div class="words{waits}">{markdown(words)}</div>')
            page.thinks = page.thinks or THINK in words
            page.words += height_of_words(part.words)

    def _code(self, cell, kind, only_output, view):
        source, out, page = shown(cell.source), printed(cell), self.pages[-1]
        task = card(cell)
        if kind == "skip":
            return
        if kind == "notes":
            page.notes.append(listing(source))
            return
        if kind != "-":
            self.pages.append(Page(self.title, look="turn" if task else "plain"))
            page = self.pages[-1]
        if not only_output:
            page.blocks.append(listing(source))
        elif not task:
            page.notes.append(listing(source))
        if task:
            words = task.rpartition("`cu.check")[0].replace("->", "-\N{WORD JOINER}>")
            page.blocks.append(f"{CARD}>{markdown(words)}</div>")
        waits = WAITS if page.thinks else ""
        if out:
            lines = html.escape("\n".join(out))
            page.blocks.append(f'{PRINTED}{waits}">{lines}</pre>')
        page.words += height_of_code(out) + (0 if only_output else height_of_code(source.split("\n")))
        for output in pictures(cell):
            self._picture(page, output, is_view(cell), view, waits)
        if lines := program(cell):
            self.pages.append(Page(self.title, blocks=[listing("\n".join(lines))], words=height_of_code(lines)))

    def _picture(self, page, output, moves, view, waits):
        wide, high = size(output)
        alt = output.metadata.get("image/png", output.metadata).get("alt", "")
        least = min(PICTURE - 2 * GAP, round(WIDTH * (1 - COLUMN) * high / wide)) + STRIP * bool(view)
        caption = f"<figcaption>{LIVE}</figcaption>" if moves else ""
        told = tag("view", view) if view else ""
        page.aspect = 0 if view else wide / high
        page.blocks.append(
            f'{FIGURE} class="drawn{waits}" style="min-height: {least}px">{caption}<img alt="{html.escape(alt)}" '
            f'src="data:image/png;base64,{output["data"]["image/png"].strip()}">{told}</figure>'
        )

    def _questions(self, cell):
        stored = cell.outputs[0]["data"]["text/markdown"]
        items = questions(cell.source)
        for number, text in enumerate(stored.split("<br>")):
            asked, _, reasons = text.strip().partition("<details>")
            question, *options = re.split(r"\n- ", asked.strip())
            reasons = re.findall(r"^- (.*)$", reasons, flags=re.M)
            right = next(place for place, reason in enumerate(reasons) if "✓" in reason)
            why = reasons[right].partition("**Right.**")[2].strip()
            notes = markdown("\n".join(f"- {reason}" for reason in reasons))
            page = Page(self.title, begins=number == 0, look="question", notes=[notes])
            listed = "".join(f"<li>{markdown(option)}</li>" for option in options)
            told = tag("quiz", in_page([items[number]]))
            page.blocks = [f'<div class="asked">{markdown(question)}<ol>{listed}</ol>{told}</div>']
            page.blocks.append(f'<div class="fragment answer">{markdown(f"**{LETTERED[right]}.** {why}")}</div>')
            self.pages.append(page)
            self._prompt("Five questions")
            self._prompt(f"question {number + 1}")
