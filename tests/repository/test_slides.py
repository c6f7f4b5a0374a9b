"""Slides: the rule that says what becomes one, the pages made of a lesson, and what a deck may load."""

import io
import re
from base64 import b64decode, b64encode
from itertools import pairwise
from pathlib import Path

import measure_slides
import nbformat
import numpy as np
import pytest
import slides
from deck.cells import is_view, parts, pictures, printed, shown
from deck.lesson import Deck
from deck.page import FIGURE, PRINTED, Page
from deck.prompts import prompts
from deck.rule import types, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from teaching_page import TeachingPage

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAADklEQVR4nGP4z8DwHwQBEPgD/U6VwW8AAAAASUVORK5CYII="  # 2 x 1
TITLE = "# 01 · A lesson\n\nWhat is it about?"


def words(source):
    return new_markdown_cell(source)


def code(source, *outputs, **metadata):
    return new_code_cell(source, outputs=list(outputs), metadata=metadata)


def out(text):
    return new_output("stream", name="stdout", text=text)


def picture(alt="A picture."):
    data = {"image/png": PIXEL, "text/html": f'<img alt="{alt}">', "text/plain": f"<figure: {alt}>"}
    return new_output("display_data", data, metadata={"image/png": {"alt": alt}})


def card(text):
    return new_output("display_data", {"text/markdown": text})


def kinds(*cells):
    return [slide["slide_type"] for slide in types([words(TITLE), *cells])][1:]


def pages(*cells):
    notebook = new_notebook(cells=[words(TITLE), *cells])
    write(notebook)
    return Deck(notebook).pages


# --- the lessons as they are stored


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem, scope="module")
def stored(request):
    return nbformat.reads(request.param.read_text(encoding="utf-8"), as_version=4)


def test_a_lesson_s_slides_are_those_of_the_rule(stored):
    found = [cell.metadata.get("slideshow", {}) for cell in stored.cells]
    assert found == types(stored.cells), "after a change: python3 start.py refresh, or scripts/slide_types.py"
    assert found[0] == {"slide_type": "slide"}


@pytest.mark.slow
def test_a_deck_has_the_length_of_a_lesson_with_all_its_pictures_and_questions(stored):
    deck = Deck(stored).pages
    assert 10 <= len(deck) <= 60
    answered = [page for page in deck if "fragment answer" in page.blocks[-1]]
    assert len(answered) == 5
    drawn = [block for page in deck for block in page.blocks if block.startswith("<figure")]
    assert len(drawn) >= sum(len(pictures(cell)) for cell in stored.cells)


def outputs(page):
    return [block.partition(">")[2] for block in page.blocks if block.startswith((FIGURE, PRINTED))]


def repeated(deck):
    """Name the slides that show what the slide before them has put out."""
    return [page.title for last, page in pairwise(deck) if set(outputs(last)) & set(outputs(page))]


def test_no_slide_opens_with_the_last_one_s_output_and_no_picture_comes_twice_in_a_row(stored):
    assert repeated(Deck(stored).pages) == []


def test_an_output_that_is_repeated_is_found():
    twice = code("f()", picture()), code("g()", out("3")), words("## Two"), code("f()", picture(), out("3"))
    *_, first, second = pages(words("## One"), *twice)
    assert repeated([first, second]) == ["Two"]
    assert repeated([first, Page("Words")]) == []


def blank(png):
    """Whether a third of a picture, from left to right, shows hardly anything: under 2 % of it is other than white."""
    pixels = np.asarray(Image.open(io.BytesIO(b64decode(png))).convert("RGB"), dtype=int)
    inked = (255 - pixels).sum(axis=2) > 40
    return min(part.mean() for part in np.array_split(inked, 3, axis=1)) < 0.02


def test_no_stored_view_is_blank(stored):
    shown = [(cell.id, picture) for cell in stored.cells if is_view(cell) for picture in pictures(cell)]
    assert [cell for cell, picture in shown if blank(picture["data"]["image/png"])] == []


@pytest.mark.parametrize(("drawn", "is_blank"), [(range(3), False), (range(2), True), ([], True)])
def test_a_blank_square_is_found(drawn, is_blank):
    pixels = np.full((30, 90), 255, np.uint8)
    for place in drawn:
        pixels[10:20, 30 * place + 10 : 30 * place + 20] = 0
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "png")
    assert blank(b64encode(buffer.getvalue())) == is_blank


# --- the rule


def test_a_heading_begins_a_slide_and_code_stays_with_its_text():
    assert kinds(words("## One\n\nLook."), code("1 + 1", out("2")), words("### Two\n\nGo on."), code("2 + 2")) == [
        "slide",
        "-",
        "subslide",
        "-",
    ]


def test_imports_stubs_and_checks_stay_in_the_notebook():
    stub = 'predict_it = ...\n\ncu.check("predict_it", predict_it)'
    assert kinds(
        code("import numpy as np\nfrom a import b"), code(stub, out("… predict_it: not answered yet. A hint"))
    ) == [
        "skip",
        "skip",
    ]


def test_what_follows_a_prediction_waits_for_the_next_slide():
    cells = words("## One\n\n**Predict first.** How many?"), code("print(3)", out("3"))
    assert kinds(*cells) == ["slide", "subslide"]


def test_a_card_stands_with_its_task_and_shows_neither_stub_nor_check():
    stub = 'cu.card("f")\n\n\ndef f(x):\n    return ...\n\n\ncu.check("f", f)'
    cells = words("**Your turn A.** Write f."), code(stub, card('**Your turn** (one line)\n\n`cu.check("f", …)`'))
    assert kinds(*cells) == ["subslide", "-"]
    page = pages(*cells)[-1]
    assert page.look == "turn"
    assert "(one line)" in page.body
    assert "cu.check" not in page.body + "".join(page.notes)


def test_a_card_does_not_stand_beside_what_leads_to_its_answer():
    stub = 'cu.card("f")\n\n\ndef f(x):\n    return ...\n\n\ncu.check("f", f)'
    cells = words("**Measure.** How long is it?"), code("print(3)", out("3")), code(stub, card("**Mend** it"))
    assert kinds(*cells) == ["-", "-", "subslide"]


def test_a_program_that_is_opened_has_a_page_of_its_own_and_is_no_card():
    opened = card("```python\nimport numpy as np\n\n\ndef data():\n    return 1\n```")
    cells = code("z.diagnose()", out("✓ start")), words("Only now do we see it.")
    without = pages(*cells)
    cells[0].outputs.append(opened)
    *_, told, listed = pages(*cells)
    assert len(pages(*cells)) == len(without) + 1
    assert "✓ start" in told.body
    assert "card" not in told.body
    assert "def data():\n    return 1\nOnly now" in re.sub(r"<[^>]+>", "", listed.body)
    assert "import" not in listed.body


def test_what_sliders_show_waits_for_the_next_slide():
    cells = words("**Now slide.** Look."), code("cu.explorables.cost()", picture()), words("The line has moved.")
    assert kinds(*cells) == ["subslide", "-", "subslide"]
    assert [page.has(FIGURE) for page in pages(*cells)[-2:]] == [True, False]


def test_words_that_speak_of_a_picture_do_not_leave_it_for_a_card():
    stub = 'cu.card("f")\n\n\ndef f(x):\n    return ...\n\n\ncu.check("f", f)'
    leads = "## One\n\n" + "Look at the line. " * 40
    speak = words("Blue is the line. " * 20 + "\n\n**Your turn A.** Write f.")
    *_, seen, task = pages(words(leads), code("draw()", picture()), speak, code(stub, card("**Your turn**")))
    assert seen.look == "plain"
    assert seen.has("<figure")
    assert task.look == "turn"
    assert "Blue" not in task.body


def test_what_leads_to_the_questions_keeps_its_place():
    asked = card("**1.** How many?\n\n- 2\n- 3\n\n<details>\n\n- **Right.** ✓ Two.\n- No.\n\n</details>")
    ends = words("So it is two.\n\n## Five questions\n\nAnswer each.")
    *_, page, question = pages(
        words("## One\n\nLook."), code("1 + 1", out("2")), ends, code('cu.questions("05")', asked)
    )
    assert "So it is two." in page.body
    assert page.title == "One"
    assert question.title == "Five questions"
    assert "Answer each" not in page.body + question.body


def test_a_page_that_is_full_is_not_filled_further():
    long = "\n\n".join(["A sentence that takes a line of the page or a little more, and says rather little of it."] * 9)
    assert kinds(words(f"## One\n\n{long}"), code("print(1)", out("1\n" * 8)))[1] == "subslide"


def test_long_code_goes_to_the_notes_and_its_output_stays():
    source = "\n".join(f"a{i} = {i}" for i in range(20))
    assert types([words(TITLE), code(source, out("done"))])[1] == {"slide_type": "-", "show": "output"}
    assert kinds(code(source)) == ["notes"]
    page = pages(words("## One\n\nLook."), code(source, out("done")))[-1]
    assert "done" in page.body
    assert "a19" not in page.body
    assert "a19" in "".join(page.notes)


def test_a_cell_may_keep_a_type_of_its_own():
    cell = words("## One\n\nLook.")
    cell.metadata["slideshow"] = {"slide_type": "skip", "own": True}
    assert kinds(cell) == ["skip"]
    cell.metadata["slideshow"] = {"slide_type": "skip"}
    assert kinds(cell) == ["slide"]


# --- what is shown of a cell


def test_a_text_is_split_before_headings_and_tasks():
    text = "It did.\n\n## Next\n\nWords of it. *No source.*\n\n**Predict.** What?\n\n*Sources: a book.*"
    assert [(part.kind, part.title, len(part.words)) for part in parts(text)] == [("text", "", 1), ("slide", "Next", 2)]
    assert [part.title for part in parts("## Training\n\n### Initialise\n\nAt zero.")] == ["Training · Initialise"]


def test_assertions_and_alt_texts_are_not_shown():
    source = 'x = 1\nassert x == (\n    1\n)\nalt = "A picture."\nif x:\n    y = 2\n    assert y'
    assert shown(source) == "x = 1\nif x:\n    y = 2"
    assert shown('if x:\n    cu.show(fig, alt="It falls.")\nf(x, alt=3)') == "if x:\n    cu.show(fig)\nf(x, alt=3)"


def test_a_long_output_loses_its_middle():
    lines = printed(code("f()", out("".join(f"{i}\n" for i in range(40)))))
    assert lines[:2] + lines[-3:] == ["0", "1", "…", "38", "39"]
    assert len(lines) == 14


# --- the pages


def test_a_picture_keeps_its_words_and_its_code_goes_to_the_notes():
    page = pages(words("## One\n\nLook."), code("cu.explorables.cost()", picture('5 < 6 & "so"')))[-1]
    assert 'alt="5 &lt; 6 &amp; &quot;so&quot;"' in page.body
    assert "In the notebook this picture moves." in page.body
    assert "explorables" in "".join(page.notes)
    assert page.aspect == 2


def test_what_answers_a_question_on_its_own_page_waits_for_the_next_key():
    cells = words("## One\n\n**Stop and think.** How many?"), code("print(3)", out("3")), words("Three. " * 190)
    *_, asked, answer = pages(*cells)
    assert '<pre class="printed fragment" data-fragment-index="0">3<' in asked.body
    assert "fragment" not in asked.body.partition("printed")[0]
    assert "printed" not in answer.body  # no slide repeats the last one's output


def test_a_slide_speaks_of_no_dots():
    assert (
        "Write your answer." in pages(words("## One\n\n**Predict.** Write your answer in place of the dots."))[-1].body
    )


def test_a_text_that_is_longer_than_a_page_goes_on_with_a_paragraph_of_its_own():
    paragraphs = [f"{name} {'words ' * 80}" for name in ("First.", "Second.", "Third.")]
    first, second = pages(words("## One\n\n" + "\n\n".join(paragraphs)))[1:]
    assert [first.title, second.title] == ["One", "One"]
    assert "Second." in first.body
    assert "Third." not in first.body
    assert second.body.startswith('<div class="words"><p>Third.')


def test_a_table_that_is_longer_than_a_page_goes_on_with_its_head():
    table = "\n".join(["| Word | Meaning |", "|---|---|", *(f"| word {n} | its meaning |" for n in range(14))])
    first, second = pages(words(f"## Words\n\n{table}"))[1:]
    assert [page.body.count("<th>Word</th>") for page in (first, second)] == [1, 1]
    assert "word 13" in second.body
    assert sum(page.body.count("its meaning") for page in (first, second)) == 14


def test_a_link_to_a_lesson_leads_to_its_deck_and_no_other_to_a_file():
    lessons = "[02 · Cost](02_cost.ipynb#two-valleys), [T2](toolbox_slopes.ipynb#Minimum)"
    others = "[kept runs](../benchmarks/a.md), [there](#one), [site](https://a.b)"
    page = pages(words(f"## One\n\n{lessons}, {others}"))[-1]
    assert re.findall('href="([^"]*)"', page.body) == ["02_cost.html", "toolbox_slopes.html", "https://a.b"]
    assert "kept runs, there" in page.body


def test_code_and_formulas_reach_the_page_unharmed():
    page = pages(words("## `a` < b\n\n$$x_1 \\\\ y_2 < z$$"), code('print("<b>")', out("<b> & $x$")))[-1]
    assert page.title == "<code>a</code> &lt; b"
    assert "x_1 \\\\ y_2 &lt; z" in page.body
    assert "&lt;b&gt; &amp; $x$" in page.body
    assert "<b>" not in page.body


# --- what the teaching page says

GUIDE = """# 05 Logic gates: teaching notes
## Opening question
“Where?” Somewhere.

## Minutes
| Section | Minutes | How |
|---|---|---|
| One | 9 | alone, then together |
| Five questions | 5 | hands up |

## On the board
- A line.

## Before each slider
Let them write.

- **explore** · `w` → 2: “Up?” Down.
- **explore** · `w` → 3: “And now?”
  Up.

A word to the end.

## Wrong answers to expect
- `f`: “3”. Ask: why?
- `05-1`: “5”. They add.

## Exit ticket
“How many (of all)?” (Two.)
"""


@pytest.fixture
def guide(tmp_path):
    path = tmp_path / "05_logic_gates.md"
    path.write_text(GUIDE, encoding="utf-8")
    return prompts(path)


def test_a_prompt_stands_in_the_notes_of_the_slide_that_it_speaks_of_and_nowhere_else(guide):
    asked = card("**1.** How many?\n\n- 2\n- 3\n\n<details>\n\n- **Right.** ✓ Two.\n- No.\n\n</details>")
    view = code("cu.explorables.cost()", picture())
    stub = code('f = ...\n\ncu.check("f", f)', out("… f: not answered yet. Think."))
    view.id = "explore"
    ask = code('cu.questions("05")', asked)
    cells = [words(TITLE), words("## One\n\nLook."), view, words("**Predict.** What is f?"), stub]
    cells += [words("## Five questions\n\nAnswer."), ask, words("## Take away\n\nA line.")]
    notebook = new_notebook(cells=cells)
    write(notebook)
    deck = Deck(notebook, prompts=guide)
    assert deck.prompts == {}
    title, one, predict, question, end = [re.sub("<[^>]+>", "", " ".join(page.prompts)) for page in deck.pages]
    assert "Opening question. “Where?” Somewhere." in title
    assert "A line." in title
    assert "9 minutes: alone, then together" in one
    assert "w → 2: “Up?” Down." in one
    assert "w → 3: “And now?” Up." in one
    assert "A word to the end" not in one
    assert "“3”. Ask: why?" in predict
    assert "5 minutes: hands up" in question
    assert "“5”. They add." in question
    assert "Exit ticket. “How many (of all)?”" in end
    assert "Two." not in end
    assert not any(prompt in page.body for page in deck.pages for prompt in page.prompts)


def test_a_lesson_without_a_teaching_page_has_no_prompts(tmp_path):
    assert prompts(tmp_path / "00_start_here.md") == {}


@pytest.mark.parametrize("path", NOTEBOOKS[1:], ids=lambda path: path.stem)
def test_each_prompt_of_a_teaching_page_finds_its_slide(path):
    notebook = nbformat.read(path, as_version=4)
    told = prompts(slides.GUIDE / f"{path.stem}.md")
    deck = Deck(notebook, prompts=told)
    skipped = [cell.source for cell in notebook.cells if cell.metadata["slideshow"]["slide_type"] == "skip"]
    assert [place for place in deck.prompts if f"## {place}\n" not in "".join(skipped)] == []
    lines = TeachingPage(path.stem).parts
    items = re.findall(r"^- [`*]", f"{lines['Before each slider']}\n{lines['Wrong answers to expect']}", flags=re.M)
    found = "\n".join(text for texts in told.values() for text in texts)
    assert found.count("\n- ") + found.count("**A wrong answer") - board_lines(lines) == len(items)


def board_lines(lines):
    return f"\n{lines['On the board']}".count("\n- ")


# --- what a deck loads, and what is measured


@pytest.mark.parametrize(
    "text",
    [
        '<script src="//else.where/a.js">',
        "<link rel=x href='http://else.where'>",
        '<img alt="a" src="/a.png">',
        '@import "ftp:a"',
        "url(https:a)",
    ],
)
def test_a_file_from_elsewhere_is_found(tmp_path, text):
    (tmp_path / "a.html").write_text(text)
    assert len(slides.from_elsewhere(tmp_path)) == 1


def test_own_files_and_links_to_click_are_no_fault(tmp_path):
    (tmp_path / "a.html").write_text('<a href="https://else.where">x</a><script src="assets/a.js"><img src="data:,">')
    assert slides.from_elsewhere(tmp_path) == []


def test_decks_and_their_list_load_only_what_lies_beside_them(tmp_path, monkeypatch):
    monkeypatch.setattr(slides, "BROUGHT", {})  # the libraries come with the extra `slides`
    name, title, count = slides.build([NOTEBOOKS[1]], tmp_path)[0]
    assert slides.from_elsewhere(tmp_path) == []
    assert f'<a href="{name}.html">{title}</a> {count} slides' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / f"{name}.html").read_text(encoding="utf-8").count('<div class="page ') == count


def test_a_lesson_that_has_not_been_run_gets_no_deck(tmp_path):
    lesson = tmp_path / "01_a.ipynb"
    nbformat.write(new_notebook(cells=[words(TITLE), code("1 + 1")]), lesson)
    with pytest.raises(SystemExit, match="01_a.ipynb has cells that have not been run"):
        slides.build([lesson], tmp_path / "slides")
    assert not (tmp_path / "slides").exists()


def test_the_look_itself_loads_nothing_from_elsewhere():
    assert slides.from_elsewhere(slides.LOOK) == []


def test_a_slide_that_does_not_fit_or_is_too_small_is_named():
    good = {"title": "Good", "over": 0, "words": 24, "code": 18}
    measured = [good, good | {"title": "Wide", "over": 3}, good | {"title": "Small", "code": 12}]
    assert measure_slides.faults(measured, ["https:a"]) == [
        "would be fetched: https:a",
        "slide 2, Wide: does not fit",
        "slide 3, Small: code of 12 px",
    ]
    assert measure_slides.faults([good], []) == []
