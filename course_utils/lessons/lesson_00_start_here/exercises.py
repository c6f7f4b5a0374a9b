"""The exercise of lesson 00: what an exercise is."""

import numpy as np

from course_utils.exercises import exercise


def _images() -> list[tuple]:
    rng = np.random.default_rng(0)
    stroke = np.array([[0, 90, 255], [0, 200, 90], [0, 255, 0]], dtype=np.uint8)
    digit = rng.integers(0, 256, (28, 28), dtype=np.uint8)
    return [
        (stroke, 90),
        (stroke, 0),
        (stroke, 254),
        (digit, 128),
        (digit, 255),
        (np.array([[7]]), 6),
        (stroke[:2], 100),
    ]


@exercise(
    title="how much ink is there",
    aim="Give the share of pixels that are above the level, in percent: 0 for blank paper, 100 for all ink.",
    shapes="image (height, width), level a number -> a number, 0 to 100",
    hints=(
        "`image > level` compares every pixel: True or False for each. Python counts True as 1.",
        "`(image > level).sum()` is the number of ink pixels, `image.size` the number of all.",
        "Number of ink pixels, times 100, divided by the number of all.",
    ),
    why="Comparing and adding up without a loop is how all of this course computes.",
    inputs=_images,
    rtol=1e-5,
)
def ink_percent(image, level):
    return 100 * (image > level).sum() / image.size


ink_percent.mistake(
    "This says for each pixel whether it is ink. Add up, and divide by their number.",
    lambda image, level: image > level,
)
ink_percent.mistake(
    "This is the number of ink pixels. The share in percent is asked for.", lambda image, level: (image > level).sum()
)
ink_percent.mistake(
    "This is the share as a fraction. In percent it is 100 times as much.",
    lambda image, level: (image > level).sum() / image.size,
)
ink_percent.mistake(
    "The grey values are added up. Each pixel counts 1.",
    lambda image, level: 100 * image[image > level].sum() / image.size,
)
ink_percent.mistake(
    "Pixels exactly at the level count too here. Ink is above it: >, not >=.",
    lambda image, level: 100 * (image >= level).mean(),
)
ink_percent.mistake(
    "This is the share of pixels below the level. Ink is above it.", lambda image, level: 100 * (image < level).mean()
)
ink_percent.mistake(
    "This is the share of the paper. Turn the comparison round.", lambda image, level: 100 * (image <= level).mean()
)
ink_percent.mistake(
    "This is one number a column. One for the image is asked for: no axis.",
    lambda image, level: 100 * (image > level).mean(axis=0),
)
ink_percent.mistake(
    "len(image) is the number of rows. image.size counts all pixels.",
    lambda image, level: 100 * (image > level).sum() / len(image),
)
ink_percent.mistake(
    "// cuts the decimals off. Use / for a share.",
    lambda image, level: (image > level).sum() // image.size * 100,
    written="//",
)

ink_percent.mistake(
    "The grey values are added up. Each pixel counts 1, however dark it is.",
    lambda image, level: 100 * image[image > level].sum() / image.sum(),
)
ink_percent.also(
    lambda image, level: 100 * (image > level).mean(),
    lambda image, level: np.float32(100 * np.count_nonzero(image > level) / image.size),
    lambda image, level: 100 - 100 * (image <= level).mean(),
)


@ink_percent.also
def _(image, level):
    ink = [pixel > level for row in image for pixel in row]
    return 100 * sum(ink) / len(ink)
