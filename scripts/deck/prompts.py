"""What a teaching page says to a lesson's slides, by the place that it speaks of: notes for the speaker alone.

A place is "" (the title), a heading, the id of a cell, the id of an exercise, or "question 3".
"""

from collections import defaultdict

from teaching_page import TeachingPage

from course_utils.lesson_names import number_of


def prompts(path):
    """Return the notes of a teaching page as lists of Markdown, by their places; none where there is no page.

    Parameters
    ----------
    path : Path
        `docs/instructor/NN_name.md`.
    """
    if not path.is_file():
        return {}
    page = TeachingPage(path.stem, path.read_text(encoding="utf-8"))
    opening, board = page.parts["Opening question"], page.parts["On the board"]
    found = defaultdict(list)
    found[""] += [f"**Opening question.** {opening}", f"**On the board**\n\n{board}"]
    for section in page.sections:
        found[section.name].append(f"**{section.minutes} minutes**: {section.how}")
    for cell, lines in _by_cell(page.positions).items():
        found[cell].append("**Ask first**\n\n" + "\n".join(f"- {line}" for line in lines))
    for name, line in page.wrong_answers:
        place = name.replace(f"{number_of(path)}-", "question ")
        found[place].append(f"**A wrong answer to expect.** {line}")
    found["Take away"].append(f"**Exit ticket.** “{page.exit_ticket[0]}”")
    return dict(found)


def _by_cell(positions):
    found = defaultdict(list)
    for position in positions:
        found[position.cell].append(position.line)
    return found
