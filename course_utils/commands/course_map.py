"""The way through the course as a picture: a row for each part, a box for each lesson."""

from typing import Any

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from course_utils.figure_settings import draws
from course_utils.lessons.course import Lesson, course, parts
from course_utils.style import BLACK, BLUE, GREY, ORANGE, show

WIDTH, HEIGHT = 2.0, 0.62  # of a box
ACROSS, DOWN = 2.3, 1.0  # from one box to the next, and from one row to the next
LABEL = 2.1  # room for the part's name, left of the boxes
TOOLBOXES = "Toolboxes"
ALT = "The course as a map: "


def course_map() -> None:
    """Show the way through the course: each part a row, each lesson a box, and arrows from lesson to lesson.

    The toolboxes stand above the way, with dashed edges: a lesson that needs one says so.
    """
    fig = draw_course_map()
    rows = [f"{name}: {', '.join(f'{one.number} {one.short}' for one in lessons)}" for name, lessons in parts().items()]
    show(fig, alt=f"{ALT}{'. '.join(rows)}.")


@draws
def draw_course_map() -> Figure:
    """Draw the map."""
    rows = parts()
    longest = max(map(len, rows.values()))
    right = LABEL + (longest - 1) * ACROSS + WIDTH
    fig, ax = plt.subplots(figsize=(9.2, 0.72 * len(rows)), layout="constrained")
    ax.set(xlim=(-0.05, right + 0.05), ylim=(-(len(rows) - 1) * DOWN - 0.45, 0.45))
    ax.set_axis_off()
    places = {
        lesson.number: (LABEL + i * ACROSS, -row * DOWN)
        for row, lessons in enumerate(rows.values())
        for i, lesson in enumerate(lessons)
    }
    for row, name in enumerate(rows):
        ax.text(0, -row * DOWN, name, va="center", fontsize=12, weight="bold", color=BLACK)
    for lesson in course():
        _box(ax, lesson, *places[lesson.number])
    way = [places[lesson.number] for lesson in course() if lesson.part != TOOLBOXES]
    for start, end in zip(way, way[1:], strict=False):
        _arrow(ax, start, end)
    return fig


def _box(ax: Axes, lesson: Lesson, x: float, y: float) -> None:
    optional = lesson.part == TOOLBOXES
    style: dict[str, Any] = {
        "facecolor": "white",
        "edgecolor": ORANGE if optional else BLUE,
        "linestyle": "--" if optional else "-",
    }
    shape = "round,pad=0,rounding_size=0.1"
    ax.add_patch(FancyBboxPatch((x, y - HEIGHT / 2), WIDTH, HEIGHT, boxstyle=shape, lw=2, **style))
    words: dict[str, Any] = {"ha": "center", "va": "center", "color": BLACK}
    ax.text(x + WIDTH / 2, y + 0.13, lesson.number, fontsize=11, weight="bold", **words)
    ax.text(x + WIDTH / 2, y - 0.13, lesson.short, fontsize=12, **words)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Lead from box to box: straight on in a row; to the next row down, along the gap, and down."""
    head: dict[str, Any] = {
        "arrowstyle": "-|>",
        "color": GREY,
        "lw": 2,
        "mutation_scale": 14,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    if start[1] == end[1]:
        ax.annotate("", xy=end, xytext=(start[0] + WIDTH, start[1]), arrowprops=head)
        return
    middle = start[0] + WIDTH / 2
    gap = start[1] - DOWN / 2
    into = end[0] + WIDTH / 2
    ax.plot([middle, middle, into], [start[1] - HEIGHT / 2, gap, gap], color=GREY, lw=2, solid_joinstyle="round")
    ax.annotate("", xy=(into, end[1] + HEIGHT / 2), xytext=(into, gap), arrowprops=head)
