"""The kit of a lesson: its worksheet and its slides tell no answer, its plans add up by the guide's protocol."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytest.importorskip("nbconvert", reason="nbconvert is missing: python3 start.py setup test")

import kit  # noqa: E402
from deck.lesson import Deck  # noqa: E402
from deck.page import CARD, PRINTED, Page, listing  # noqa: E402
from handouts import deck_without_answers, paper, sheets  # noqa: E402
from handouts.lesson import NOTEBOOKS, Lesson, Part, answer  # noqa: E402
from handouts.names import must_run_before, names_of  # noqa: E402
from handouts.plan import LONG, PROTOCOL, SHORT, plan, turns  # noqa: E402
from slides import lesson as stored  # noqa: E402
from teaching_page import Drawing, Position, TeachingPage  # noqa: E402

from course_utils.exercises import Exercise  # noqa: E402
from course_utils.lesson_names import number_of  # noqa: E402
from course_utils.lessons import asked as questions  # noqa: E402
from course_utils.lessons import find  # noqa: E402
from course_utils.lessons import lesson as asked  # noqa: E402
from course_utils.lessons.course import course  # noqa: E402

NAMES = [each.name for each in course()]
SEEN_IN_PRINT = ("01_sigmoid", "06_xor_two_layers", "14_convolution_keras", "toolbox_slopes")  # 06 and 14 hold most


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def lesson(name):
    return Lesson(name)


@pytest.fixture(scope="module")
def page(name):
    return TeachingPage(name)


@pytest.fixture(scope="module")
def worksheet(lesson, page):
    return sheets.worksheet(lesson, page)


def words(markup):
    """Return what a reader reads of HTML, without what stands in its head."""
    body = markup.partition("<body")[2] or markup
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def said(markdown):
    """Return what a reader reads of Markdown."""
    return words(sheets.inline(markdown))


# --- the worksheet and its answers


def test_a_worksheet_holds_each_prediction_of_its_lesson(lesson, worksheet):
    checked = re.findall(r'cu\.check\("(predict_\w+)"', "\n".join(cell.source for cell in lesson.cells))
    optional = ["predict_first_stride"]  # in a section beside the lesson
    assert sorted(each.id for each in lesson.predictions) == sorted(set(checked) - set(optional))
    for each in lesson.predictions:
        assert said(each.aim) in words(worksheet)


def test_it_holds_what_is_written_before_a_slider_moves_and_the_exit_ticket(lesson, page, worksheet):
    assert len(page.positions) == page.parts["Before each slider"].count("- **")
    for each in plan(lesson, page, LONG).positions:
        assert said(each.question) in words(worksheet)
    assert said(page.exit_ticket[0]) in words(worksheet)
    assert not page.short_ticket or said(page.short_ticket[0]) in words(worksheet)
    assert worksheet.count('class="grid"') == sheets.PANELS


def test_its_lines_stand_in_the_order_of_the_lesson_on_the_answers_too(lesson, page, worksheet):
    asked = sheets.lines(lesson, page)
    order = {each: place for place, each in enumerate(cell.id for cell in lesson.cells)}
    cells = {id: cell.id for cell in lesson.cells for id in re.findall(r'cu\.check\("(\w+)"', cell.source)}
    found = [(order[cells[each.id]], said(each.aim)) for each in lesson.predictions]
    found += [(order[each.cell], said(each.question)) for each in plan(lesson, page, LONG).positions]
    places = [words(worksheet).index(text) for _, text in sorted(found, key=lambda each: each[0])]
    assert places == sorted(places)
    numbers = [str(number) for number in range(1, len(asked) + 1)]
    assert re.findall(r"<tr><td>(\d+)\*?</td>", worksheet) == numbers
    assert re.findall(r"<tr><td>(\d+)</td>", sheets.answers(lesson, page)) == numbers


def test_a_star_says_what_a_short_class_does(lesson, page, worksheet):
    short = plan(lesson, page, SHORT)
    starred = {words(text) for text in re.findall(r"<tr><td>\d+\*</td><td>(.*?)</td>", worksheet)}
    sections = {id: part.name for part in lesson.parts for id in part.exercises}
    for each in lesson.predictions:
        is_starred = any(text.startswith(said(each.aim)) for text in starred)
        assert is_starred == (sections[each.id] in short.sections)
    for each in short.positions:
        assert any(text.endswith(said(each.question)) for text in starred)


def test_the_exit_ticket_can_be_cut_off_with_a_name_on_it(worksheet):
    strip = worksheet.partition('<div class="strip">')[2]
    assert words(strip).startswith("Exit ticket Name")
    assert 'class="lines"' in strip
    assert 'class="draw"' not in strip


SECOND = "“One?” (First.)\n\nIn a short class: “Two (or\nthree)?” (Second (of two).)"


def with_second_ticket(name):
    page = TeachingPage(name)
    page.parts["Exit ticket"] = SECOND
    return page


def test_a_short_class_may_have_a_ticket_of_its_own():
    lesson, page = Lesson("12_losses_keras"), with_second_ticket("12_losses_keras")
    assert page.exit_ticket == ("One?", "First.")
    assert page.short_ticket == ("Two (or\nthree)?", "Second (of two).")
    assert "Two (or\nthree)?" in plan(lesson, page, SHORT).steps[-1].what
    assert "One?" in plan(lesson, page, LONG).steps[-1].what
    assert "In 45 minutes: Two (or three)? In 90 minutes: One?" in words(sheets.worksheet(lesson, page))
    told = words(sheets.answers(lesson, page))
    assert "Two (or three)? Second (of two)." in told
    assert "One? First." in told


def test_a_page_has_one_ticket_or_a_second_one_for_a_short_class(page):
    told = page.parts["Exit ticket"].split("\n\n")
    assert len(told) == 1 + bool(page.short_ticket)


def settings_of(positions, told):
    return [each.setting for each in positions]


def named(id, function):
    """Return a function under another name: an exercise is called as its solution is."""
    function.__name__ = id
    return function


def test_it_would_be_the_same_if_every_answer_were_another(lesson, page, worksheet, monkeypatch):
    others = [replace(each, solution=named(each.id, lambda: "quokka")) for each in lesson.predictions]
    positions = [replace(each, seen="Quokkas.") for each in page.positions]
    quiet = TeachingPage(lesson.name)
    drawings = [replace(each, seen="Quokkas.") for each in page.drawings]
    quiet.__dict__ |= {"positions": positions, "drawings": drawings, "exit_ticket": (page.exit_ticket[0], "quokkas")}
    quiet.__dict__["short_ticket"] = page.short_ticket and (page.short_ticket[0], "quokkas")
    other = Lesson(lesson.name)
    other.__dict__["predictions"] = others
    monkeypatch.setattr(sheets, "unsaid", settings_of)  # else an answer decides what is left unsaid
    assert "uokka" not in sheets.worksheet(other, quiet)
    known = len(others) + len(plan(other, quiet, LONG).positions) + len(drawings) + len(sheets.tickets(page))
    assert words(sheets.answers(other, quiet)).count("uokka") == known


def test_no_question_on_it_tells_the_answer_to_another(lesson, page, worksheet):
    for each in lesson.predictions:
        right = answer(each)
        rest = words(worksheet).replace(said(each.aim), "").replace(said(each.shapes), "")
        if right.isalpha():
            assert not re.search(rf"\b{right}\b", rest) or right in TOLD_BY_THE_SUBJECT, each.id
        elif len(right.strip("−0.").replace(",", "").replace(".", "")) > 2:
            assert right not in rest, each.id


TOLD_BY_THE_SUBJECT = ("NAND", "blue", "weight", "recall")  # words of the lesson that a worksheet cannot do without


def moved(*settings):
    """Return what a worksheet says of positions of one view."""
    told = {"a-view": {"−1.5", "0.04", "40,000", "9", "OR"}}
    return sheets.unsaid([Position("a-view", setting, "Why, at 9.1?", "So.") for setting in settings], told)


def test_no_slider_on_it_stands_where_a_prediction_points():
    assert moved("`b` → −1.5") == ["`b`"]
    assert moved("`learning rate` → 0.039, `steps` → 60") == ["`learning rate`, `steps` → 60"]
    assert moved("`test images` → 40,000") == ["`test images`"]
    assert moved("`h₂: b₂` → 9, `a: c` → −3") == ["`h₂: b₂`, `a: c` → −3"]
    assert moved("`h₂: b₂` → 6") == ["`h₂: b₂` → 6"]
    assert moved("`gate` → OR, `b` → 2") == ["`gate`, `b` → 2"]


def test_a_value_that_a_question_tells_is_not_hidden():
    assert moved("`b` → 9.1") == ["`b` → 9.1"]
    assert moved("`b` → 9", "`w` → 0.04") == ["`b`", "`w`"]  # a part of a number tells nothing


def test_an_answer_of_another_section_hides_nothing():
    positions = [Position(cell, "`s` → 0", "Why?", "So.") for cell in ("one", "two")]
    assert sheets.unsaid(positions, {"one": {"0"}, "two": {"1.5"}}) == ["`s`", "`s` → 0"]


def test_nor_do_the_next_two_enclose_such_a_place():
    assert moved("`b₂` → 12", "`b₂` → 9", "`b₂` → 6", "`b₂` → 2") == ["`b₂`", "`b₂`", "`b₂`", "`b₂` → 2"]
    assert moved("`b₂` → 6", "`b₂` → 9") == ["`b₂` → 6", "`b₂`"]  # whoever sees the 6 knows no end
    assert moved("`b₂` → 12", "`c` → 9", "`b₂` → 6") == ["`b₂` → 12", "`c`", "`b₂` → 6"]  # another slider's


def test_of_the_bias_of_nand_the_worksheet_tells_no_position():
    told = words(sheets.worksheet(Lesson("06_xor_two_layers"), TeachingPage("06_xor_two_layers")))
    assert "h₂: b₂ :" in told
    assert "h₂: b₂ →" not in told


def test_the_answers_are_those_of_the_exercises(lesson, page):
    told = words(sheets.answers(lesson, page))
    for each in lesson.predictions:
        assert answer(each) in told
        assert said(each.why) in told
    for each in plan(lesson, page, LONG).positions:
        assert said(each.seen) in told
    for each in page.drawings:
        assert said(each.what) in told
        assert said(each.seen) in told
    for each in questions(lesson.number):
        assert said(each.right) in told
    assert said(page.exit_ticket[1]) in told


def test_what_is_drawn_is_said_on_the_worksheet_and_has_the_axes_of_the_lesson(lesson, page, worksheet):
    assert 1 <= len(page.drawings) <= sheets.PANELS
    for each in page.drawings:
        assert said(each.what) in words(worksheet)
        assert said(each.seen) not in words(worksheet)
        assert not each.x or (each.x, each.y) in {(axes.x, axes.y) for axes in lesson.axes}
        assert lesson.cell_of(each) in {cell.id for cell in lesson.cells if cell.cell_type == "code"}


def test_a_long_plan_stops_before_the_picture_that_is_drawn_first(lesson, page):
    steps = plan(lesson, page, LONG).steps
    cells = [cell for part in lesson.parts for cell in part.cells]
    drawn = [step for step in steps if step.drawing]
    assert [step.drawing for step in drawn] == sorted(page.drawings, key=lambda each: cells.index(lesson.cell_of(each)))
    for step in drawn:
        assert (step.minutes, step.how) == (2, step.drawing.seen)
        asked = [each.position.cell for each in steps[: steps.index(step)] if each.position]
        assert all(cells.index(cell) < cells.index(lesson.cell_of(step.drawing)) for cell in asked)
    assert not any(step.drawing for step in plan(lesson, page, SHORT).steps)


@pytest.mark.parametrize(
    ("id", "read"),
    [
        ("predict_bias_shift", "−1.5"),
        ("predict_costliest", "Dia"),
        ("predict_steps_squared", "42,426"),
        ("predict_weight_slopes", "1.8, −0.9, 0"),
        ("predict_stuck_cost", "0.347"),  # three
        ("predict_first_loss", "2.30"),
        ("predict_sure_squared", "0.99"),  # two decimals do
        ("predict_sure_cross", "5.0"),  # one does
        ("predict_test_error", "0.0098"),  # four
        ("predict_what_is_left", "0.0000038"),
    ],
)
def test_an_answer_is_read_as_people_write_it(id, read):
    assert answer(find(id)) == read


# --- the plans


@pytest.fixture(params=[SHORT, LONG])
def minutes(request):
    return request.param


def test_the_minutes_of_a_plan_add_up(lesson, page, minutes):
    steps = plan(lesson, page, minutes).steps
    assert sum(step.minutes for step in steps) == minutes
    without = {section.name for section in page.sections if section.minutes == 0}
    assert all(step.minutes > 0 or step.what in without for step in steps)
    assert [step.start for step in steps] == [sum(s.minutes for s in steps[:place]) for place in range(len(steps))]


def minutes_of(found, name):
    """Return how long a class is with a section, and how much of that goes to what is asked."""
    steps = [step for step in found.steps if step.section == name]
    return sum(step.minutes for step in steps), sum(step.minutes for step in steps if step.asks)


def test_a_section_without_its_exercises_keeps_time_to_teach(lesson, page):
    found = plan(lesson, page, SHORT)
    whole = {section.name: section.minutes - (page.left_at_home.get(section.name) or 0) for section in page.sections}
    for name in found.sections:
        together, asked = minutes_of(found, name)
        assert together - asked >= min(4, whole[name])


def test_a_short_section_is_below_four_minutes_only_where_nothing_else_can_give_them(lesson, page):
    found = plan(lesson, page, SHORT)
    low = [name for name in found.sections if 0 < minutes_of(found, name)[0] < 4 and name != "Take away"]
    seconds = [each for each in found.positions if each.setting]
    assert not low or len(seconds) == len({each.cell for each in seconds})
    assert not low or not any(step.what == "Questions" for step in found.steps)


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("03_gradient_descent", "One step, then the next"),
        ("06_xor_two_layers", "Two lines are allowed now"),
    ],
)
def test_four_minutes_come_from_second_positions(name, section):
    assert minutes_of(plan(Lesson(name), TeachingPage(name), SHORT), section)[0] >= 4


def test_a_position_takes_the_two_minutes_that_the_guide_gives_it(lesson, page, minutes):
    guide = (ROOT / "docs/instructor/README.md").read_text(encoding="utf-8")
    assert "All four together take two minutes for each position." in guide
    assert PROTOCOL.count(",") == 3
    found = plan(lesson, page, minutes)
    assert [step.minutes for step in found.steps if step.position] == [2] * len(found.positions)


def test_a_plan_goes_from_the_opening_question_to_the_exit_ticket(lesson, page, minutes):
    steps = [step.what for step in plan(lesson, page, minutes).steps if not step.what.startswith("Last homework")]
    assert steps[0] == "Opening question"
    assert steps[-1].startswith("Exit ticket: “")


def test_each_section_is_in_class_or_at_home(lesson, page, minutes):
    found = plan(lesson, page, minutes)
    home = [what for what, _ in found.home]
    for section in page.sections:
        places = [section.name in found.sections, f"“{section.name}”" in home, section.name in found.beside]
        assert sum(places) == 1, section.name
        if minutes == LONG and section.name in found.sections:
            together, asked = minutes_of(found, section.name)
            assert together - asked >= section.minutes


def test_what_takes_no_minutes_is_in_the_plan_all_the_same(minutes):
    page = TeachingPage("12_losses_keras")
    (step,) = (step for step in plan(Lesson(page.name), page, minutes).steps if step.section == "The table")
    (section,) = (section for section in page.sections if section.name == "The table")
    assert (step.minutes, step.how) == (0, section.how)


def test_what_goes_home_has_a_name_and_its_minutes(lesson, page):
    found = plan(lesson, page, SHORT)
    told = words(sheets.plans(lesson, page))
    at_home = {re.match("`(.+)` in", what)[1] for what, _ in found.home if what.startswith("`")}
    sections = {section.name: section for section in page.sections}
    for step in found.steps:
        if "its exercise" in step.how:
            assert set(turns(lesson, sections[step.section])) <= at_home
    assert f"At home, about {sum(minutes for _, minutes in found.home)} minutes:" in told
    for what, minutes in found.home:
        assert f"{said(what)} ({minutes})" in told
        assert not what.startswith("`") or minutes == 5


def test_home_says_how_a_new_session_begins_and_what_keras_needs(lesson, page):
    home = words(sheets.plans(lesson, page)).partition("At home, about")[2].partition("For those who want more")[0]
    assert home.count("choose Run , then Run All Above Selected Cell") == 1
    code = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "code")
    assert ("Keras with TensorFlow" in home) == bool(re.search(r"^(import|from) keras\b", code, flags=re.M))


def test_of_the_take_away_a_short_class_reads_what_it_did(lesson, page):
    (step,) = (step for step in plan(lesson, page, SHORT).steps if step.section == "Take away")
    assert step.how.startswith("tick what you did today")


def test_what_goes_home_is_a_section_of_the_lesson(page):
    there = {section.name: section.minutes for section in page.sections}
    assert page.left_at_home
    for name, cut in page.left_at_home.items():
        assert name in there
        assert cut is None or page.left_parts[name]  # which part of it
        assert cut is None or 0 < cut < there[name]


def test_a_short_plan_has_a_position_of_some_view_and_a_position_follows_its_section(lesson, page, minutes):
    found = plan(lesson, page, minutes)
    assert found.positions or not page.positions
    cells = {cell: part.name for part in lesson.parts for cell in part.cells}
    now = ""
    for step in found.steps:
        if step.position:
            assert cells[step.position.cell] == now == step.section
        else:
            now = step.section


def test_a_plan_runs_with_the_clock(lesson, page, minutes):
    """What stands below a view is done after its positions, and has its minutes there."""
    found = plan(lesson, page, minutes)
    order = {cell: place for place, cell in enumerate(cell for part in lesson.parts for cell, *_ in part.effort)}
    for name in found.sections:
        steps = [step for step in found.steps if step.section == name]
        asked = [
            order[(step.position and step.position.cell) or lesson.cell_of(step.drawing)] for step in steps if step.asks
        ]
        assert asked == sorted(asked)
        assert not steps[0].asks  # its heading and its text come first
        if asked:
            (part,) = (part for part in lesson.parts if part.name == name)
            goes_on = any(order[cell] > asked[-1] for cell, *_ in part.effort)
            own = sum(step.minutes for step in steps if not step.asks)
            assert steps[-1].asks != goes_on or own <= len({step.what for step in steps if step.asks})
            assert goes_on or steps[-1].asks


def test_a_section_stops_at_its_views_and_goes_on_after_them():
    found = plan(Lesson("06_xor_two_layers"), TeachingPage("06_xor_two_layers"), LONG)
    lines = [step for step in found.steps if step.section == "What the hidden layer does" and not step.position]
    assert [step.what.partition(", ")[2] for step in lines] == [
        "up to the view",
        "on to the next view",
        "after the view",
    ]
    before, between, after = [step.minutes for step in lines]
    assert before + between + after == 10
    assert 0 < before < between < after  # little to read, then more, then a function to write


def test_a_view_is_never_entered_in_its_middle(lesson, page, minutes):
    """Sliders stay where the last line of their view has put them, so none may be left out before another."""
    chosen = plan(lesson, page, minutes).positions
    for cell in {each.cell for each in chosen}:
        of_cell = [each for each in page.positions if each.cell == cell]
        taken = [each for each in chosen if each.cell == cell]
        assert taken == of_cell[: len(taken)]


def test_each_plan_sets_homework_and_says_where_the_grey_lines_lie(lesson, page):
    told = words(sheets.plans(lesson, page))
    assert told.count("meanwhile write on the board what goes home") == 2
    assert told.count("Besides, one of the homework tasks.") == 1  # in 90 minutes nothing else goes home
    asked = [found for found in (plan(lesson, page, minutes) for minutes in (SHORT, LONG)) if found.positions]
    assert told.count("At a grey line stop at its view or its cell") == len(asked)


def test_a_long_plan_begins_with_the_last_homework_and_a_short_one_has_no_time_for_it(lesson, page):
    first = plan(lesson, page, LONG).steps[0]
    assert first.what == "Last homework, and questions"
    assert first.minutes >= 3
    assert not any("Last homework" in step.what for step in plan(lesson, page, SHORT).steps)


def test_a_task_is_for_those_who_have_finished(lesson, page):
    tasks = [step for step in plan(lesson, page, LONG).steps if step.what.startswith(("Challenge", "Open exercise"))]
    assert all("who has finished; the others end their turn" in step.how for step in tasks)


def hows(name, section, minutes):
    """Return how the lines of a section go, but those at which the class stops."""
    steps = plan(Lesson(name), TeachingPage(name), minutes).steps
    return [step.how for step in steps if step.section == section and not step.asks]


def test_a_turn_stands_in_the_line_in_which_its_cell_lies():
    before, after = hows("10_training_numpy", "Momentum", LONG)
    assert "turn B" not in before
    assert after == "turn B in pairs"


def test_what_comes_then_stands_after_the_last_stop():
    text = (ROOT / "docs/instructor/10_training_numpy.md").read_text(encoding="utf-8")
    row = "| Momentum | 13 | predict alone, then slide together; turn B in pairs |"
    page = TeachingPage("10_training_numpy", re.sub(r"^\| Momentum .*$", row, text, flags=re.M))
    found = [step.how for step in plan(Lesson(page.name), page, LONG).steps if step.section == "Momentum"]
    assert found[0] == "predict alone"
    assert found[-1] == "slide together; turn B in pairs"


def test_of_two_turns_the_plan_names_the_one_that_goes_home():
    before, after = hows("13_overfitting_keras", "Stop in time", SHORT)
    assert before == "turn A alone, turn B at home"
    assert after == ""


def test_what_stands_above_the_first_heading_is_done_with_the_first_section():
    lesson = Lesson("10_training_numpy")
    found = plan(lesson, TeachingPage(lesson.name), LONG)
    before, after = [step.minutes for step in found.steps if step.section == "The images that choose" and not step.asks]
    assert before > after  # three trainings stand above the heading


def test_a_prediction_in_words_needs_an_answer_on_the_page():
    text = (ROOT / "docs/instructor/05_logic_gates.md").read_text(encoding="utf-8")
    lesson = Lesson("05_logic_gates")
    (asked,) = [cell for _, cell, _ in lesson.asked]
    without = re.sub(rf"^- \*\*{lesson.cell_below(asked)}\*\*:.*\n", "", text, flags=re.M)
    assert without != text
    with pytest.raises(ValueError, match="has no answer on the page"):
        sheets.lines(lesson, TeachingPage(lesson.name, without))


def test_the_runs_are_the_last_to_be_left_out(lesson, page, minutes):
    found = plan(lesson, page, minutes)
    in_class = found.sections
    sections = {cell: part.name for part in lesson.parts for cell in part.cells}
    runs = [each for each in page.positions if not each.setting and sections[each.cell] in in_class]
    assert [each for each in found.positions if not each.setting] == runs


# --- a class of 45 minutes leaves sections out, and their cells must run


def test_a_short_plan_says_what_must_run_all_the_same(lesson, page):
    """Whatever a cell of the class takes from a section at home, all above the cell has been run before."""
    found = plan(lesson, page, SHORT)
    in_class = {"", *found.sections}
    told = {section: (start, names) for start, section, names in found.run_above}
    at_home = set()
    for part in lesson.parts:
        at_home = set() if part.name in told else at_home
        for cell in (cell for cell in lesson.cells if cell.id in part.cells):
            used, given = names_of(cell.source)
            if part.name not in in_class:
                at_home |= given
                continue
            assert not used & at_home, (part.name, cell.id, used & at_home)
            at_home -= given
    printed = words(sheets.plans(lesson, page))
    for section, (start, names) in told.items():
        assert f"Before minute {start}, click into the first cell of “{said(section)}”" in printed
        assert all(name in printed for name in names)


@pytest.mark.parametrize(
    ("name", "section", "needs"),
    [("04_logistic_regression", "A 3 or an 8?", "count_right"), ("09_mnist_two_layers_numpy", "Draw a digit", "model")],
)
def test_two_lessons_need_what_goes_home(name, section, needs):
    assert [each[1:] for each in plan(Lesson(name), TeachingPage(name), SHORT).run_above] == [(section, [needs])]


def run_in_class(lesson, in_class, told):
    """Run the cells of the sections that a class does, and before those that are told all that stands above."""
    code = {cell.id: cell.source for cell in lesson.cells if cell.cell_type == "code"}
    above, ran, shared = [], set(), {"display": lambda *shown: None}
    for part in lesson.parts:
        cells = (above if part.name in told else []) + (part.cells if part.name in in_class else [])
        for id in cells:
            if id not in ran:
                exec(compile(code[id], id, "exec"), shared)
                ran.add(id)
        above = above + part.cells
    return ran


@pytest.mark.slow
def test_who_follows_the_short_plan_meets_no_missing_name():
    lesson = Lesson("04_logistic_regression")
    found = plan(lesson, TeachingPage(lesson.name), SHORT)
    in_class = {"", *found.sections}
    assert "mistakes" in run_in_class(lesson, in_class, {section for _, section, _ in found.run_above})
    with pytest.raises(NameError, match="count_right"):
        run_in_class(lesson, in_class, set())


@pytest.mark.parametrize(
    ("source", "used", "given"),
    [
        ("a = b + 1", {"b"}, {"a"}),
        ("a = a + 1", {"a"}, {"a"}),
        ("a += 1", {"a"}, {"a"}),
        ("a = 1\na += 1", set(), {"a"}),
        ("for i, x in rows:\n    total[i] = x", {"rows", "total"}, {"i", "x"}),
        ("s = [x * k for x in rows if x > low]", {"rows", "k", "low"}, {"s"}),
        ("d = {k: v for k, v in pairs}", {"pairs"}, {"d"}),
        ("def f(x, y=start):\n    z = x + w\n    return z", {"start", "w"}, {"f"}),
        ("f = lambda x: x + w", {"w"}, {"f"}),
        ("import numpy as np\nfrom a.b import c\nd = np.array(c)", set(), {"np", "c", "d"}),
        ("%matplotlib inline\nprint = show(figure)", {"show", "figure"}, {"print"}),
        ("with torch as t:\n    u = t", {"torch"}, {"t", "u"}),
    ],
)
def test_names_are_read_in_the_order_in_which_a_cell_runs(source, used, given):
    assert names_of(source) == (used, given)


def test_what_is_left_out_is_missed_once():
    parts = [Part(name, [name]) for name in ("one", "two", "three", "four")]
    code = {"one": "a = 1\nb = 2", "two": "c = a", "three": "d = b", "four": "b = 3\ne = b"}
    assert must_run_before(parts, code, {"two", "three", "four"}) == {"two": ["a"]}  # all above has run then
    assert must_run_before(parts, code, {"three"}) == {"three": ["b"]}
    assert must_run_before(parts, code, {"four"}) == {}  # it makes its own


def test_an_exercise_that_goes_home_is_not_announced_for_the_class():
    found = plan(Lesson("01_sigmoid"), TeachingPage("01_sigmoid"), SHORT)
    (first,) = (step for step in found.steps if step.what == "Umbrella or not?")
    assert (first.minutes, first.how) == (7, "together; its exercise at home")  # five would not do to read it


def test_turns_of_the_project_are_no_minutes_of_the_lesson():
    lesson, page = Lesson("17_project_postcode"), TeachingPage("17_project_postcode")
    sections = {section.name: section for section in page.sections}
    assert turns(lesson, sections["Milestone 2: cut the strip"]) == ["ink_spans"]
    assert turns(lesson, sections["Milestone 3: whole codes"]) == []


def test_a_plan_that_is_too_long_is_refused():
    text = (ROOT / "docs/instructor/03_gradient_descent.md").read_text(encoding="utf-8")
    whole = re.sub(r"^A short class leaves.*\n", "", text, flags=re.M)
    with pytest.raises(ValueError, match=r"03_gradient_descent: 45 minutes are \d too few"):
        plan(Lesson("03_gradient_descent"), TeachingPage("03_gradient_descent", whole), SHORT)


def test_the_plans_say_all_that_the_page_says_to_who_teaches(lesson, page):
    told = words(sheets.plans(lesson, page))
    assert words(sheets.markdown(page.slider_notes)) in told
    for each in sheets.open_exercises(page):
        assert said(each.task) in told
    for heading in ("Goals", "Before", "Opening question", *sheets.TOLD, *sheets.GIVEN):
        assert page.parts[heading]
        assert words(sheets.markdown(page.parts[heading])) in told


def test_a_page_is_taken_apart():
    text = (
        "# 01\n[x](y) · 55 minutes\n\nThe lead.\n\n## Before each slider\nWait.\n\n"
        "- **a-cell** · `w` → 2: “Why?” So.\n- **run**: “More?” No.\n\n"
        "## To draw\n- `x`, `y = x²` · “A curve.” (A U.)\n- **dot** · “A dot.” (One (or two).)\n\n"
        "## Exit ticket\n“How?” (By (a) hand.)\n\n"
        "## When time is short\nA short class leaves for home: One; 2 minutes of Two, and more (its end).\n"
    )
    page = TeachingPage("any", text)
    assert page.lead == "The lead."
    assert page.positions == [Position("a-cell", "`w` → 2", "Why?", "So."), Position("run", "", "More?", "No.")]
    assert page.exit_ticket == ("How?", "By (a) hand.")
    assert page.left_at_home == {"One": None, "Two, and more": 2}
    assert page.left_parts == {"Two, and more": "its end"}
    assert page.slider_notes == "Wait."
    assert page.drawings == [
        Drawing("", "x", "y = x²", "A curve.", "A U."),
        Drawing("dot", "", "", "A dot.", "One (or two)."),
    ]


# --- the slides without answers


@pytest.fixture(scope="module")
def decks(name):
    """The pages of a lesson's deck, and those without answers."""
    path = NOTEBOOKS / f"{name}.ipynb"
    return Deck(stored(path)).pages, deck_without_answers.pages(path)


def signs_of_lesson(name):
    exercises = [each for each in asked(number_of(name)).values() if isinstance(each, Exercise)]
    return [sign for each in exercises for sign in deck_without_answers.signs_of(each)]


@pytest.mark.slow
def test_no_slide_tells_an_answer(name, decks):
    whole, kept = decks
    assert [page.title for page in kept] == [page.title for page in whole]
    signs = signs_of_lesson(name)
    for page in kept:
        assert not page.notes
        assert not re.search(r'class="[^"]*(fragment|answer)|application/json', page.body)
        assert page.look in deck_without_answers.TASKS or not deck_without_answers.tells(page.body, signs)


@pytest.mark.slow
def test_tasks_and_questions_stay_on_the_slides(decks):
    for before, after in zip(*decks, strict=True):
        if before.look in deck_without_answers.TASKS:
            asked = [block for block in before.blocks if block.startswith((CARD, '<div class="words">'))]
            assert all(block in after.blocks for block in asked if words(block))
            assert before.look == "question" or not (after.has(CARD) and after.has(PRINTED))


def test_what_comes_after_a_task_is_left_to_the_class():
    kept = deck_without_answers.pages(NOTEBOOKS / "01_sigmoid.ipynb")
    empty = [place for place, page in enumerate(kept) if page.blocks == [deck_without_answers.ROOM]]
    told = "\n".join(page.body for page in kept)
    assert [kept[place].title for place in empty] == [
        "What the weight does, and what the bias does",
        "Every point has a slope",
    ]
    assert "that is at x = −b / w" not in told
    assert "In the notebook this picture moves." in told  # before anybody drags


@pytest.mark.parametrize(
    ("name", "place", "kept"),
    [
        ("03_gradient_descent", 16, "Move the learning rate slowly"),
        ("06_xor_two_layers", 11, "bias to your prediction"),
        ("06_xor_two_layers", 30, "Now slide through time."),
        ("12_losses_keras", 12, "Move the threshold to 0"),
        ("12_losses_keras", 28, "binary_crossentropy"),  # the code by which a prediction is tried
        ("toolbox_slopes", 5, "Make h small"),
    ],
)
def test_what_is_to_be_done_stays_on_the_slides(name, place, kept):
    page = deck_without_answers.pages(NOTEBOOKS / f"{name}.ipynb")[place - 1]
    assert kept in words(page.body)
    assert not page.has(PRINTED)


def test_what_came_out_of_a_picture_that_moves_is_left_to_the_class():
    told = "\n".join(page.body for page in deck_without_answers.pages(NOTEBOOKS / "12_losses_keras.ipynb"))
    assert "On the way up the recall can only fall" not in told


def test_of_code_that_is_the_answer_nothing_stays():
    page = Page("Any", blocks=[listing("def sigmoid_grad(z):\n    return 1"), listing("print(1)"), "<p>It is 1.</p>"])
    kept = deck_without_answers.tried(page, deck_without_answers.signs_of(find("sigmoid_grad")))
    assert kept.blocks == [listing("print(1)"), deck_without_answers.ROOM]


@pytest.mark.parametrize(
    ("id", "text", "tells"),
    [
        ("predict_parameters", "It has 50,890 of them.", True),
        ("predict_parameters", "It has 150,890 of them.", False),
        ("predict_stuck_cost", "The cost goes to 0.3466.", True),
        ("predict_stuck_cost", "The cost goes to 0.446.", False),
        ("predict_corner_weight", "It stays 0.", False),  # a 0 is met everywhere
        ("sigmoid_grad", listing("def sigmoid_grad(z):\n    return sigmoid(z) * (1 - sigmoid(z))"), True),
        ("sigmoid_grad", listing("def sigmoid_grad(z):\n    return ..."), False),
    ],
)
def test_what_tells_is_noticed(id, text, tells):
    assert deck_without_answers.tells(text, deck_without_answers.signs_of(find(id))) == tells


def test_a_slide_loses_what_tells_and_keeps_the_rest():
    page = Page("Any", blocks=["<ul><li>It has 50,890.</li><li>It is large.</li></ul>", "<p>50,890</p>"])
    kept = deck_without_answers.silent(page, deck_without_answers.signs_of(find("predict_parameters")))
    assert kept.blocks == ["<ul><li>It is large.</li></ul>", ""]
    alone = deck_without_answers.silent(Page("Any", blocks=["<p>50,890</p>"]), [r"50,890"])
    assert alone.blocks == [deck_without_answers.ROOM]


# --- the command, and paper


def test_lessons_are_chosen_by_number_or_by_name():
    assert kit.chosen([]) == NAMES
    assert kit.chosen(["t2", "01", "notebooks/05_logic_gates.ipynb"]) == [
        "toolbox_slopes",
        "01_sigmoid",
        "05_logic_gates",
    ]
    with pytest.raises(SystemExit, match="99: no lesson with a kit. Expected: T1, T2, 01"):
        kit.chosen(["01", "99"])


def test_without_a_chromium_there_are_pages_to_print(tmp_path):
    (tmp_path / kit.DECKS).mkdir()
    assert kit.write("01_sigmoid", tmp_path) == {}
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert found == ["01_sigmoid/answers.html", "01_sigmoid/plans.html", "01_sigmoid/worksheet.html"] + [
        "slides/01_sigmoid.html"
    ]
    for path in tmp_path.rglob("*.html"):
        assert not re.search(r"""(src|href)=["']?(https?:)?//""", re.sub(r"<a\b[^>]*>", "", path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("system", "variables", "program"),
    [
        ("darwin", (), "Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("darwin", (), "Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
        ("win32", ("ProgramFiles",), "Google/Chrome/Application/chrome.exe"),
        ("win32", ("ProgramFiles", "LocalAppData"), "Google/Chrome/Application/chrome.exe"),
        ("win32", ("ProgramFiles(x86)",), "Microsoft/Edge/Application/msedge.exe"),
    ],
)
def test_a_browser_that_is_on_no_path_is_found(system, variables, program, tmp_path, monkeypatch):
    monkeypatch.setattr(paper.sys, "platform", system)
    monkeypatch.setattr(paper.shutil, "which", lambda name: None)
    monkeypatch.setattr(paper, "APPLICATIONS", tmp_path)
    for name in paper.FOLDERS:
        monkeypatch.delenv(name, raising=False)
    for name in variables:
        monkeypatch.setenv(name, str(tmp_path))
    assert paper.chromium() is None
    (tmp_path / program).parent.mkdir(parents=True)
    (tmp_path / program).touch()
    assert paper.chromium() == str(tmp_path / program)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", SEEN_IN_PRINT)
def test_a_worksheet_is_one_sheet(name, tmp_path):
    program = paper.chromium() or pytest.skip("no Chromium on this machine")
    lesson, page = Lesson(name), TeachingPage(name)
    counts = {}
    for kind, make in kit.SHEETS.items():
        file = tmp_path / f"{kind}.html"
        file.write_text(make(lesson, page), encoding="utf-8")
        counts[kind] = paper.to_pdf(program, file, tmp_path / f"{kind}.pdf")
    assert counts["worksheet"] == 1
    assert counts["answers"] == 1
    assert counts["plans"] == 4  # one for each plan, one before them, one behind
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", (tmp_path / "worksheet.pdf").read_bytes())
    assert [round(float(side) / 72 * 25.4) for side in box.groups()] == [210, 297]  # A4, in mm


@pytest.mark.browser
@pytest.mark.slow
def test_each_slide_is_one_sheet(tmp_path):
    program = paper.chromium() or pytest.skip("no Chromium on this machine")
    pytest.importorskip("sphinx_revealjs", reason="sphinx-revealjs is missing: python3 start.py setup test")
    kit.copy_assets(tmp_path / kit.DECKS / "assets")
    counts = kit.write("02_cost", tmp_path, program)
    assert counts["slides"] == len(deck_without_answers.pages(NOTEBOOKS / "02_cost.ipynb"))
