"""The five questions of lesson 14: convolution in Keras."""

import numpy as np

from course_utils.convolution import conv2d, max_pool2d, output_size
from course_utils.exercises import Question


def _side():
    return f"{output_size(28, 5)} × {output_size(28, 5)}"


def _learned():
    return f"{16 * (5 * 5 + 1)}, as for 28 × 28"  # the image's side is not in it


def _pooled():
    h, w = max_pool2d(np.zeros((24, 24))).shape
    return f"{h} × {w} × 16, and it learns nothing"


def _shifted():
    image = np.pad(np.arange(25.0).reshape(5, 5) ** 2, 4)
    kernel = np.arange(9.0).reshape(3, 3)
    before, after = conv2d(image, kernel), conv2d(np.roll(image, 2, axis=1), kernel)
    moves = np.allclose(after[:, 2:], before[:, :-2]) and not np.allclose(after, before)
    return "They move with it" if moves else "They stay as they are"


QUESTIONS = (
    Question(
        id="size_of_a_map",
        ask="A window of 5 × 5 walks over 28 × 28 pixels, with stride 1 and without padding. How large is the map?",
        options={
            "28 × 28": "The map would keep this size with a border of 2 pixels on every side.",
            "24 × 24": "There are 28 − 5 + 1 = 24 places along each side.",
            "23 × 23": "28 − 5 = 23 counts the steps. The place where the window starts counts, too.",
            "14 × 14": "This is what a stride of 2 with enough padding leaves, or max pooling alone.",
        },
        key=_side,
    ),
    Question(
        id="numbers_of_16_kernels",
        ask="16 kernels of 5 × 5 with a bias each read grey pictures of 1,000 × 1,000 pixels. How many parameters are "
        "that?",
        options={
            "416, as for 28 × 28": "16 · (25 + 1). The same weights serve every place, however many there are.",
            "400, as for 28 × 28": "These are the weights. Each of the 16 kernels has a bias as well.",
            "16,000,016": "This is a dense layer of 16 units, with a weight for each of a million pixels.",
            "16 for each place": "If each place had parameters of its own, nothing would be shared.",
        },
        key=_learned,
    ),
    Question(
        id="after_max_pooling",
        ask="16 maps of 24 × 24 go through max pooling with squares of 2 × 2. What comes out?",
        options={
            "12 × 12 × 16, and it learns nothing": "Each map is pooled alone, and a maximum has no weights.",
            "12 × 12 × 4, and it learns nothing": "Height and width are halved, and there are as many maps as before.",
            "23 × 23 × 16, and it learns nothing": "This needs stride 1. Pooling moves on by the side of its square.",
            "12 × 12 × 16, and it learns 4 weights a map": "The largest of four numbers is found without any weight.",
        },
        key=_pooled,
    ),
    Question(
        id="moved_digit",
        ask="A digit moves two pixels to the right. What do the maps of the first convolution do?",
        options={
            "They move with it": "The same kernel meets the same pixels, two places further: translation equivariance.",
            "They stay as they are": "This would be invariance. A map says where its feature is, so it moves.",
            "They become 0": "The kernels still find the strokes, only at other places.",
            "They change at random": "Every place has the same kernel, so nothing depends on chance.",
        },
        key=_shifted,
    ),
    Question(
        id="scrambled_pixels",
        ask="The pixels of all images, for training and test, are scrambled in one fixed order. Which network gets "
        "worse?",
        options={
            "The dense one": "It has a weight for each pixel, and never knew which of them are neighbours.",
            "The CNN": "Its windows look for strokes, and neighbouring pixels no longer belong together.",
            "Both alike": "For the dense network the scrambled images are no harder than the others.",
            "Neither": "All the ink is still there, but a window of 5 × 5 no longer sees a stroke.",
        },
        key="The CNN",
    ),
)
