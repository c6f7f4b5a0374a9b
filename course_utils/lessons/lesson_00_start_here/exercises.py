"""The exercise of lesson 00: what an exercise is."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong


def _images() -> list[tuple]:
    rng = np.random.default_rng(0)
    stroke = np.array([[0, 90, 255], [0, 200, 90], [0, 255, 0]], dtype=np.uint8)
    digit = rng.integers(0, 256, (28, 28), dtype=np.uint8)
    return [(stroke, 90), (stroke, 0), (stroke, 254), (digit, 128), (digit, 255), (np.array([[7]]), 6)]


INK_PERCENT = Exercise(
    id="ink_percent",
    lesson="00",
    title="how much ink is there",
    aim="Give the share of pixels that are above the level, in percent: 0 for blank paper, 100 for all ink.",
    signature="ink_percent(image, level): image (height, width), level a number -> a number, 0 to 100",
    lines=1,
    hints=(
        "`image > level` compares every pixel: True or False for each. Python counts True as 1.",
        "`(image > level).sum()` is the number of ink pixels, `image.size` the number of all.",
        "Number of ink pixels, times 100, divided by the number of all.",
    ),
    why="Comparing and adding up without a loop is how all of this course computes.",
    solution="""
def ink_percent(image, level):
    return 100 * (image > level).sum() / image.size
""",
    inputs=_images,
    wrong=(
        Wrong("image > level", "This says for each pixel whether it is ink. Add up, and divide by their number."),
        Wrong("(image > level).sum()", "This is the number of ink pixels. The share in percent is asked for."),
        Wrong(
            "(image > level).sum() / image.size", "This is the share as a fraction. In percent it is 100 times as much."
        ),
        Wrong("100 * image[image > level].sum() / image.size", "The grey values are added up. Each pixel counts 1."),
        Wrong(
            "100 * (image >= level).mean()", "Pixels exactly at the level count too here. Ink is above it: >, not >=."
        ),
        Wrong("100 * (image < level).mean()", "This is the share of pixels below the level. Ink is above it."),
        Wrong("100 * (image <= level).mean()", "This is the share of the paper. Turn the comparison round."),
        Wrong(
            "100 * (image > level).mean(axis=0)",
            "This is one number a column. One for the image is asked for: no axis.",
        ),
        Wrong(
            "100 * (image > level).sum() / len(image)",
            "len(image) is the number of rows. image.size counts all pixels.",
        ),
        Wrong("(image > level).sum() // image.size * 100", "// cuts the decimals off. Use / for a share."),
    ),
    variants=(
        "def ink_percent(image, level):\n    ink = [pixel > level for row in image for pixel in row]\n"
        "    return 100 * sum(ink) / len(ink)",
        "100 * (image > level).mean()",
        "np.float32(100 * np.count_nonzero(image > level) / image.size)",
        "100 - 100 * (image <= level).mean()",
    ),
    rtol=1e-5,
)

EXERCISES = (INK_PERCENT,)
