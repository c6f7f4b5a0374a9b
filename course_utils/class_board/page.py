"""The board as one page of HTML, which loads nothing, runs no script and asks for itself again every ten seconds."""

import unicodedata
from html import escape

from course_utils.class_board.board import Board, Lesson, Mark, Mistakes, Stuck

SECONDS = 10
LONGEST = 32  # letters of a name
STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.4 system-ui, sans-serif; margin: 1rem 2rem }
table { border-collapse: collapse; margin: .5rem 0 1.5rem }
caption { text-align: left; font-size: 1.3rem; font-weight: bold; padding: .3rem 0 }
th, td { border: 1px solid #8888; padding: .15rem .5rem; text-align: left }
td.mark { text-align: center; min-width: 2.2rem }
.solved { background: #009e7344 }
.stuck { background: #d55e0066; font-weight: bold }
.trying { background: #56b4e944 }
.scroll { overflow-x: auto }
thead th { vertical-align: bottom; font-weight: normal; font-size: .85rem; max-width: 9rem }
thead code { overflow-wrap: anywhere }
"""


def page_of(board: Board, title: str = "The class") -> str:
    """Write the board as a page.

    Names are escaped, letters that turn the direction of text or draw nothing are left out, and long ones are cut.

    Parameters
    ----------
    board : Board
    title : str

    Returns
    -------
    str
    """
    clock = board.at.strftime("%H:%M:%S")
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{len(board.learners)} learners, at {clock}.</p>", _stuck(board.stuck)]
    if not board.lessons:
        parts.append("<p>Nobody has tried an exercise yet.</p>")
    parts += [_lesson(lesson) for lesson in board.lessons]
    parts.append(_silent(board))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="{SECONDS}">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body><main>\n"
        + "\n".join(filter(None, parts))
        + "\n</main></body></html>\n"
    )


def shown_name(name: str) -> str:
    """Return a learner's name as it may stand on the page.

    >>> shown_name("<b>Ada")
    '&lt;b&gt;Ada'
    """
    whole = unicodedata.normalize("NFC", name)
    plain = "".join(letter for letter in whole if not unicodedata.category(letter).startswith("C"))
    return escape(plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…") or "(no name)"


def _stuck(stuck: tuple[Stuck, ...]) -> str:
    if not stuck:
        return "<h2>Nobody is stuck</h2>"
    rows = [
        f"<tr><td>{shown_name(found.learner)}</td><td>{found.lesson}: <code>{found.exercise}</code></td>"
        f"<td>{found.minutes} min</td><td>{found.tries}</td><td>{escape(found.cause) or 'no known mistake'}</td></tr>"
        for found in stuck
    ]
    head = "".join(f'<th scope="col">{word}</th>' for word in ("who", "exercise", "since", "tries", "last mistake"))
    return (
        '<div class="scroll"><table><caption>Stuck: more than five minutes at one exercise</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _lesson(lesson: Lesson) -> str:
    head = "".join(
        f'<th scope="col"><code>{id}</code>{"" if title == id else f"<br>{escape(title)}"}</th>'
        for id, title in zip(lesson.exercises, lesson.titles, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{shown_name(name)}</th>{"".join(map(_mark, marks))}</tr>'
        for name, marks in lesson.marks.items()
    )
    counts = "".join(f'<td class="mark">{count} of {len(lesson.marks)}</td>' for count in lesson.solved)
    return (
        f'<div class="scroll"><table><caption>Lesson {lesson.number}</caption>'
        f'<thead><tr><th scope="col">who</th>{head}</tr></thead><tbody>{rows}</tbody>'
        f'<tfoot><tr><th scope="row">solved</th>{counts}</tr></tfoot></table></div>'
        + _mistakes("The mistakes of today", lesson.today)
        + _mistakes("The mistakes in all", lesson.in_all)
    )


def _mark(mark: Mark) -> str:
    tries = f"{mark.tries} {'try' if mark.tries == 1 else 'tries'}"
    words = {
        "solved": f"✓ {tries}" if mark.tries > 1 else "✓",
        "stuck": f"! {mark.minutes} min, {tries}",
        "trying": tries,
        "open": "",
    }
    return f'<td class="mark {mark.state}">{words[mark.state]}</td>'


def _mistakes(title: str, mistakes: tuple[Mistakes, ...]) -> str:
    if not mistakes:
        return ""
    rows = "".join(
        f"<li>{found.learners} of {found.of} at <code>{found.exercise}</code>: {escape(found.cause)}</li>"
        for found in mistakes
    )
    return f"<h3>{title}</h3><ul>{rows}</ul>"


def _silent(board: Board) -> str:
    """Name those of whom nothing is known, and why: somebody who is not there must not look as if all were well."""
    rows = [f"<li>{shown_name(learner.name)}: {learner.problem}</li>" for learner in board.learners if learner.problem]
    rows += [
        f"<li>{shown_name(learner.name)}: notes no tries, only what is solved</li>"
        for learner in board.learners
        if not learner.records_tries
    ]
    return f"<h2>Not seen</h2><ul>{''.join(rows)}</ul>" if rows else ""
