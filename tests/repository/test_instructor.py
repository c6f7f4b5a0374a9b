"""Each page of the instructor's guide has the guide's frame, and says what its lesson holds."""

import re

import pytest
from _guide import (
    GUIDE,
    PAGES,
    builds_on,
    dead_links,
    explorables,
    headings,
    headings_of_a_page,
    items,
    labels,
    minutes,
    moves,
    notebooks,
    opens_at,
    parts,
    readme,
    rows,
    settings,
    unknown_mistakes,
    untrue,
    value_of,
)

from course_utils.lesson_names import number_of


@pytest.fixture(params=[page for page in PAGES if page.exists()], ids=lambda page: page.stem)
def page(request):
    return request.param


@pytest.fixture
def number(page):
    return number_of(page)


@pytest.fixture
def text(page):
    return page.read_text(encoding="utf-8")


def test_every_lesson_has_a_page_and_no_page_is_without_one():
    assert sorted(set(GUIDE.glob("*.md")) - {GUIDE / "README.md"}) == PAGES


def test_its_frame_is_that_of_all_pages(page, number, text):
    (name,) = re.findall(rf"^\| {number} \| \[(.+?)\]\({page.stem}\.md\)", parts(readme())["The pages"], flags=re.M)
    head, link, _, lead = text.split("\n", 3)
    assert head == f"# {number} {name}: teaching notes"
    assert link == f"[The lesson](../../notebooks/{page.stem}.ipynb) · {minutes(number)} minutes"
    assert lead.split("\n")[0].strip(), "the one thing that a class takes away"
    assert list(parts(text))[1:] == headings_of_a_page()


def test_the_frame_leads_from_the_goals_to_the_marks():
    frame = headings_of_a_page()
    assert len(frame) == len(set(frame)) == 14
    assert (frame[0], frame[-1]) == ("Goals", "Marking")


def test_it_says_what_they_can_do_at_the_end(text):
    assert len(parts(text)["Goals"].split()) >= 10


def test_it_builds_on_what_the_lesson_builds_on(number, text):
    assert notebooks(parts(text)["Before"]) == builds_on(number) != []


def test_its_minutes_are_those_of_the_lesson_section_by_section(number, text):
    table = rows(parts(text)["Minutes"])
    assert [row[0] for row in table] == headings(number)
    assert sum(int(row[1]) for row in table) == minutes(number)


def test_it_leads_to_every_slider_of_the_lesson(number, text):
    part = parts(text)["Before each slider"]
    if not explorables(number):
        assert part
        return
    found, wrong = moves(number, part)
    assert wrong == []
    assert {cell for cell, _, _ in found} == set(explorables(number))


def test_what_they_see_is_what_the_view_says(number, text):
    if explorables(number):
        assert untrue(number, parts(text)["Before each slider"]) == []


def test_it_warns_where_a_view_opens_at_an_answer(number, text):
    part = parts(text)["Before each slider"]
    lead = part.partition("\n- **")[0]
    assert not explorables(number) or not opens_at(number, part) or re.search(r"opens at .*[Ll]et all", lead)


def test_each_task_has_its_answer(text):
    for item in items(parts(text)["Homework"]):
        assert item.endswith(")"), item


def test_its_wrong_answers_belong_to_the_lesson_and_are_met_with_a_question(number, text):
    part = parts(text)["Wrong answers to expect"]
    assert unknown_mistakes(number, part) == []
    assert 4 <= len(items(part)) <= 6


def test_it_says_what_to_cut_and_saves_minutes(number, text):
    saved = re.findall(r"(\d+) minutes?", parts(text)["When time is short"])
    assert saved
    assert all(0 < int(each) < minutes(number) for each in saved)


def test_it_has_a_sketch_and_homework(text):
    assert len(parts(text)["On the board"].split()) >= 25
    assert 2 <= len(items(parts(text)["Homework"])) <= 3


def test_its_links_are_alive(page, text):
    assert dead_links(text, page.parent) == []


# --- each check sees a mistake that is planted

SLIDER = "- **explore-neuron** · `w` → 2, `x` → 0.5: “Where is it 0.73 now?” Again a = 0.73, and z = 1.00."


def test_a_right_line_is_read_and_holds():
    found, wrong = moves("01", SLIDER)
    assert wrong == []
    assert found == [("explore-neuron", {"w": 2.0, "x": 0.5}, "Again a = 0.73, and z = 1.00.")]
    assert untrue("01", SLIDER) == []


@pytest.mark.parametrize(
    ("right", "planted"),
    [
        ("explore-neuron", "explore-nothing"),  # a cell that is not there
        ("`w`", "`weight`"),  # a label that nobody sees
        ("→ 2,", "→ 5.05,"),  # beyond the end
        ("→ 2,", "→ 2.01,"),  # between two steps
        ("→ 2,", "→ steep,"),  # no position
        ("“Where is it 0.73 now?”", ""),  # no question first
    ],
)
def test_a_slider_that_is_not_there_is_noticed(right, planted):
    assert moves("01", SLIDER.replace(right, planted, 1))[1] != []


def test_a_run_is_asked_for_without_a_slider():
    assert moves("01", "- **nudge-step**: “How far does z move?” By 0.04.") == ([], [])
    assert moves("01", "- **nudge-nothing**: “How far does z move?” By 0.04.")[1] == ["no cell nudge-nothing to run"]
    assert moves("01", "- **explore-neuron**: “How far?” By 0.04.")[1] != []  # a view has a position


def test_a_view_that_opens_at_an_answer_is_noticed():
    assert opens_at("01", SLIDER) == []
    there = "- **explore-neuron** · `w` → 1, `x` → 2: “How sure is it?” a = 0.88."
    assert opens_at("01", there) == [("explore-neuron", {"w": 1.0, "x": 2.0})]


def test_a_number_that_the_view_does_not_say_is_noticed():
    assert len(untrue("01", SLIDER.replace("a = 0.73", "a = 0.74"))) == 1
    after = "\n- **explore-neuron** · `b` → 3: “And now?” The threshold is {}."
    assert untrue("01", SLIDER + after.format("−1.50")) == []  # w is still 2
    assert len(untrue("01", SLIDER + after.format("−3.00"))) == 1


def test_a_choice_and_a_button_are_read_too():
    assert labels(explorables("05")["explore-xor"])["gate"] == ["XOR", "XNOR"]
    assert settings("`run` → seed 3, `step` → 1,000") == {"run": "seed 3", "step": "1,000"}
    assert settings("`Train`") == {"Train": None}
    assert value_of(["XOR", "XNOR"], "AND") is None


@pytest.mark.parametrize(
    "item",
    [
        "- `no_such_exercise`: “2”. Ask: why?",
        "- `log_losses`: of another lesson. Ask: why?",
        "- `01-6`: there are five. Ask: why?",
        "- `threshold`: no question.",
        "- No exercise at all, but a question?",
    ],
)
def test_a_wrong_answer_to_nothing_is_noticed(item):
    assert unknown_mistakes("01", item) == [item]
    assert unknown_mistakes("01", "- `threshold`: “−b / w”. Ask: where is p?\n- `01-5`: “8”. Ask: and “no”?") == []


def test_a_table_is_read_without_its_head():
    assert rows("| Section | Minutes | How |\n|---|---|---|\n| One | 6 | alone |\n\n| A |\n| --- |\n| 1 |") == [
        ["One", "6", "alone"],
        ["1"],
    ]


def test_a_lesson_before_is_read_from_a_notebook_and_from_a_page():
    page = "[01](../../notebooks/01_sigmoid.ipynb) and [02](../../notebooks/02_cost.ipynb), not [notes](02_cost.md)"
    assert notebooks(page) == builds_on("03") == ["01_sigmoid.ipynb", "02_cost.ipynb"]


def test_a_dead_link_is_noticed():
    links = "[a](../../notebooks/01_sigmoid.ipynb) [b](../../notebooks/13_nothing.ipynb#here)"
    assert dead_links(links, GUIDE) == ["../../notebooks/13_nothing.ipynb"]
