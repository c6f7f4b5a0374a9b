"""One script and one style for all pages without a kernel, made of those that a notebook uses.

A page opened from a file may load a script from beside it, but no module. So each module becomes a function.
"""

import json
import re
from pathlib import Path

from course_utils.exercises.quiz_widget import Quiz
from course_utils.lessons import asked
from course_utils.live_figures.widget import Strip

HERE = Path(__file__).resolve().parent
QUIZ = re.compile(r"""cu\.questions\(["'](\w\d)["']\)""")


def as_function(module):
    """Return a module's source as a call that gives what the module exports, by name.

    >>> print(as_function("const a = 1;export{a as b,a as default};"))
    (() => {
    const a = 1;return { b: a, default: a };
    })()
    """
    body, _, names = module.rstrip().rpartition("export")
    pairs = re.findall(r"([\w$]+)(?: as ([\w$]+))?", names)
    given = f"{{ {', '.join(f'{theirs or ours}: {ours}' for ours, theirs in pairs)} }};"
    if names.startswith(" default "):
        given = names.removeprefix(" default ")
    return f"(() => {{\n{body}return {given}\n}})()"


def script():
    """Return the script that brings a page's views and questions; it says in `course.ready` when they are there."""
    page, quiz = (as_function(str(widget._esm)) for widget in (Strip, Quiz))
    mount = (HERE / "mount.js").read_text(encoding="utf-8")
    return f"window.course = (() => {{\nconst page = {page};\nconst quiz = {quiz};\n{mount}}})();\n"


def style():
    """Return the style that goes with it."""
    return f"{Quiz._css}\n{(HERE / 'page.css').read_text(encoding='utf-8')}"


def questions(source):
    """Return the questions that a cell asks, as the script takes them; none of a cell that asks nothing."""
    found = QUIZ.search(source)
    return Quiz(asked(found[1])).items if found else []


def in_page(told, **options):
    """Return JSON that may stand in a page: nothing in it ends a script."""
    return json.dumps(told, **options).replace("<", "\\u003c")


def tag(kind, told):
    """Return what a page is told of a view or a quiz, as an element that shows nothing."""
    return f'<script type="application/json" data-course="{kind}">{told}</script>'
