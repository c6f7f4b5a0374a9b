"""Print what a teacher takes into a class: build/kit/, a folder for each lesson.

    python scripts/kit.py            all lessons
    python scripts/kit.py 01 T2      these alone

A worksheet of one sheet, its answers, plans of 45 and of 90 minutes, and the slides without answers: as pages to
print, and as PDF where there is a Chromium. All of it is made of the notebook, the exercises and the teaching page.
"""

import shutil
import sys
from pathlib import Path

from handouts import deck_without_answers, paper, sheets
from handouts.lesson import NOTEBOOKS, Lesson
from slides import copy_assets
from teaching_page import TeachingPage

from course_utils.lessons.course import course

TARGET = Path(__file__).resolve().parent.parent / "build" / "kit"
SHEETS = {"worksheet": sheets.worksheet, "answers": sheets.answers, "plans": sheets.plans}
DECKS = "slides"  # with the files that they load
BUDGET = 60_000  # ms for a deck to lay out its pages


def chosen(words):
    """Return the names of the lessons that somebody asks for; all of them without a word.

    >>> chosen(["T2", "01", "05_logic_gates.ipynb"])
    ['toolbox_slopes', '01_sigmoid', '05_logic_gates']
    """
    names = {lesson.number: lesson.name for lesson in course()}
    found = [names.get(Path(word).stem.upper(), Path(word).stem) for word in words]
    unknown = [name for name in found if name not in names.values()]
    if unknown:
        raise SystemExit(f"{', '.join(unknown)}: no lesson with a kit. Expected: {', '.join(names)}.")
    return found or list(names.values())


def write(name, target, program=None):
    """Write the kit of one lesson.

    Parameters
    ----------
    name : str
        How the notebook is called, without its ending.
    target : Path
        A folder that holds the files of the decks.
    program : str, optional
        A Chromium, which prints every page; without it there is no PDF.

    Returns
    -------
    dict of str to int
        How many sheets each PDF has.
    """
    lesson, page, folder = Lesson(name), TeachingPage(name), target / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for kind, make in SHEETS.items():
        (folder / f"{kind}.html").write_text(make(lesson, page), encoding="utf-8")
    deck = deck_without_answers.write(NOTEBOOKS / f"{name}.ipynb", target / DECKS)
    if not program:
        return {}
    printed = {kind: paper.to_pdf(program, folder / f"{kind}.html", folder / f"{kind}.pdf") for kind in SHEETS}
    return printed | {"slides": paper.to_pdf(program, deck, folder / "slides.pdf", BUDGET)}


def main(words):
    """Write the kits, and say how many sheets each has."""
    program = paper.chromium()
    names = chosen(words)
    shutil.rmtree(TARGET / DECKS, ignore_errors=True)
    copy_assets(TARGET / DECKS / "assets")
    for name in names:
        printed = write(name, TARGET, program)
        counts = ", ".join(f"{kind} {count}" for kind, count in printed.items())
        print(f"{name}: {counts or 'written, not printed'}", flush=True)
    if not program:
        print("No Chromium here: print the pages from your browser.")
    print(f"Look into {TARGET}")


if __name__ == "__main__":
    main(sys.argv[1:])
