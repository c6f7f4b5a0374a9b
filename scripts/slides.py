"""Turn the lessons into slides that need no network: build/slides/index.html and one deck for each lesson.

scripts/deck/rule.py says what is a slide, scripts/deck/lesson.py makes the pages, scripts/deck/look/ dresses them.
reveal.js, MathJax and the typefaces come from installed packages, and are copied beside the decks.
"""

import re
import shutil
import sys
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import nbformat
from deck.lesson import Deck
from deck.prompts import prompts
from deck.rule import write
from jinja2 import Environment, FileSystemLoader
from teaching_page import GUIDE
from without_kernel.assets import script, style
from without_kernel.views import views

ROOT = Path(__file__).resolve().parent.parent
LOOK, TARGET = ROOT / "scripts" / "deck" / "look", ROOT / "build" / "slides"
REVEAL = "sphinx_revealjs", "_static/revealjs"
FACES = "dist/theme/fonts/source-sans-pro/source-sans-pro"
BROUGHT = {  # package and folder: files
    REVEAL: ("dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js", "LICENSE")
    + tuple(f"{FACES}-{face}.woff" for face in ("regular", "italic", "semibold")),
    ("sphinx-mathjax-offline", "static/mathjax"): ("tex-svg.js",),
    ("matplotlib", "mpl-data/fonts/ttf"): ("DejaVuSansMono.ttf",),
}
# What a page loads by itself: scripts, styles, pictures, typefaces. A link that a reader clicks is none of these.
TAGS = r"""<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)\s*=\s*["']?([^"'>\s]+)"""
STYLES = r"""@import\s+["']([^"']+)|url\(["']?([^"')]+)"""


def copy_assets(assets):
    """Copy what the decks load to a folder beside them."""
    assets.mkdir(parents=True)
    for (package, folder), files in BROUGHT.items():
        found = find_spec(package)
        if found is None:
            raise SystemExit(f"{package} is missing. `python3 start.py slides` installs it.")
        for file in files:
            shutil.copy(Path(found.submodule_search_locations[0]) / folder / file, assets)
    for file in (*LOOK.glob("*.js"), *LOOK.glob("*.css")):
        shutil.copy(file, assets)
    (assets / "course.js").write_text(script(), encoding="utf-8")
    (assets / "course.css").write_text(style(), encoding="utf-8")


def topics(pages):
    """Group pages by their topics: reveal.js shows each as a column in its overview."""
    starts = [0, *(place for place, page in enumerate(pages) if place and page.begins), len(pages)]
    return [pages[start:end] for start, end in pairwise(starts)]


def lesson(path):
    """Read a lesson that has been run; where a cell does not say which slide it belongs to, the rule does."""
    notebook = nbformat.read(path, as_version=4)
    if not all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code" and cell.source):
        raise SystemExit(f"{path.name} has cells that have not been run. `python3 start.py refresh` runs them.")
    if any("slideshow" not in cell.metadata for cell in notebook.cells):
        write(notebook)
    return notebook


def pages(path, may_run):
    """Return the pages of a lesson's deck."""
    notebook = lesson(path)
    return Deck(notebook, views(notebook, path, may_run), prompts(GUIDE / f"{path.stem}.md")).pages


def build(paths=None, target=TARGET, may_run=False):
    """Write the decks, and return the name, title and number of slides of each.

    Parameters
    ----------
    paths : sequence of Path, optional
        The notebooks; by default all.
    target : Path
        The folder, which is made anew.
    may_run : bool
        Whether to run a lesson for the views of what it trains; else they are pictures.
    """
    paths = paths or sorted((ROOT / "notebooks").glob("*.ipynb"))
    lessons = {path.stem: pages(path, may_run) for path in paths}
    shutil.rmtree(target, ignore_errors=True)
    copy_assets(target / "assets")
    look = Environment(loader=FileSystemLoader(LOOK), keep_trailing_newline=True)
    for name, found in lessons.items():
        deck = look.get_template("deck.html").render(title=found[0].title, topics=topics(found))
        (target / f"{name}.html").write_text(deck, encoding="utf-8")
    decks = [(name, found[0].title, len(found)) for name, found in lessons.items()]
    (target / "index.html").write_text(look.get_template("index.html").render(decks=decks), encoding="utf-8")
    return decks


def from_elsewhere(target):
    """Return what the pages and their styles would load from another place than their own folder."""
    found = []
    for path in (*target.glob("*.html"), *target.glob("assets/*.css")):
        loaded = ["".join(hit) for hit in re.findall(f"{TAGS}|{STYLES}", path.read_text(encoding="utf-8"))]
        found += [f"{path.name}: {url}" for url in loaded if re.match(r"\w+:|//|/", url) and url[:5] != "data:"]
    return found


if __name__ == "__main__":
    for name, _, count in build([Path(name).resolve() for name in sys.argv[1:]], may_run=True):
        print(f"{name}: {count} slides")
    if elsewhere := from_elsewhere(TARGET):
        raise SystemExit("These would be fetched from a network:\n" + "\n".join(elsewhere))
    print(f"Open {TARGET / 'index.html'}")
