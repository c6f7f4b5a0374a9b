"""For a page without a kernel: the verdict on each patient of lesson 16, folded away, with its curves."""

import html
import io
import re

import matplotlib.pyplot as plt

from course_utils.lessons.lesson_16_bug_clinic import ward
from course_utils.lessons.lesson_16_bug_clinic.sheet import results
from course_utils.patients import verdict
from course_utils.patients.readings import Reading, draw_before_and_after
from course_utils.stored_picture import picture_bundle

ASKED = re.compile(r"^(\w)\.treat\(\.\.\.\)", flags=re.M)
WARD = 0  # of the lesson as it is stored


def folds(source):
    """Return the folds that belong behind a cell, as HTML; "" for a cell that treats nobody.

    The last cell of this kind speaks for all letters that follow.
    """
    found = ASKED.search(source)
    if not found:
        return ""
    letter = found[1].upper()
    letters = ward.LETTERS[ward.LETTERS.index(letter) :] if letter == "G" else letter
    return "\n".join(fold(each) for each in letters)


def fold(letter):
    """Return the verdict on one patient."""
    case = ward.ward(WARD)[letter]
    told = results()["verdicts"][case.cause]
    wrong, right = told["scores"]
    readings = {name: Reading(tuple(lines)) for name, lines in told["readings"].items()}
    verdict_lines = verdict(case, ward.causes()[case.cause], readings.__getitem__)
    lines = "\n".join(html.escape(line) for line in verdict_lines)
    scores = f"Right on new inputs: {wrong:.3f} before, {right:.3f} after the repair."
    return (
        f"<details><summary>Patient {letter} of ward {WARD}, the verdict</summary>\n"
        f"<p><em>{html.escape(case.complaint)}</em></p>\n"
        f"<p>The cause: <strong>{case.cause}</strong>.</p>\n<pre>{lines}</pre>\n"
        f"<p>Its program is wrong in</p>\n<pre>{html.escape(case.fault)}</pre>\n"
        f"<p>and one repair is</p>\n<pre>{html.escape(case.repair) or 'to leave that out'}</pre>\n"
        f"<p>{scores}</p>\n{picture(told)}\n</details>"
    )


def picture(told):
    """Return the curves before and after, as an image with words."""
    figure, alt = draw_before_and_after(told["before"], told["after"], told["guess"])
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=100)
    plt.close(figure)
    data, _ = picture_bundle(file.getvalue(), alt)
    return data["text/html"]
