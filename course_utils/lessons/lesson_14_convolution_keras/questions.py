"""The five questions of lesson 14: convolution in Keras."""

import numpy as np

from course_utils.convolution import conv2d, max_pool2d, output_size
from course_utils.exercises import Question


def _side():
    return f"{output_size(28, 5)} x {output_size(28, 5)}"


def _learned():
    return f"{16 * (5 * 5 + 1)}, as for 28 x 28"  # the image's side is not in it


def _pooled():
    h, w = max_pool2d(np.zeros((24, 24))).shape
    return f"{h} x {w} x 16, and it learns nothing"


def _shifted():
    image = np.pad(np.arange(25.0).reshape(5, 5) ** 2, 4)
    kernel = np.arange(9.0).reshape(3, 3)
    before, after = conv2d(image, kernel), conv2d(np.roll(image, 2, axis=1), kernel)
    moves = np.allclose(after[:, 2:], before[:, :-2]) and not np.allclose(after, before)
    return "They move with it" if moves else "They stay as they are"


QUESTIONS = (
    Question(
        id="size_of_a_map",
        ask="A window of 5 x 5 walks over 28 x 28 pixels, stride 1, no padding. How large is the map?",
        options={
            "28 x 28": "That takes a border of 2 pixels on every side.",
            "24 x 24": "28 − 5 + 1 = 24 places along each side.",
            "23 x 23": "28 − 5 = 23 counts the steps. The first place counts too.",
            "14 x 14": "That is what max pooling, or a stride of 2 with padding, leaves.",
        },
        key=_side,
    ),
    Question(
        id="numbers_of_16_kernels",
        ask="16 kernels of 5 x 5 with a bias each read 1,000 x 1,000 grey pixels. How many numbers are learned?",
        options={
            "416, as for 28 x 28": "16 · (25 + 1): the same numbers serve every place.",
            "400, as for 28 x 28": "The 16 biases are missing.",
            "16,000,016": "That is a dense layer of 16 units on a million pixels.",
            "16 for each place": "Then each place would have its own numbers, and nothing would be shared.",
        },
        key=_learned,
    ),
    Question(
        id="after_max_pooling",
        ask="16 maps of 24 x 24 go through max pooling with squares of 2 x 2. What comes out?",
        options={
            "12 x 12 x 16, and it learns nothing": "Each map is pooled by itself, and a maximum has no weights.",
            "12 x 12 x 4, and it learns nothing": "Height and width are halved. The maps stay as many as they are.",
            "23 x 23 x 16, and it learns nothing": "That is a window of 2 x 2 with stride 1. Pooling takes steps of 2.",
            "12 x 12 x 16, and it learns 4 weights a map": "The largest of four numbers is found without any weight.",
        },
        key=_pooled,
    ),
    Question(
        id="moved_digit",
        ask="A digit moves two pixels to the right. What do the maps of the first convolution do?",
        options={
            "They move with it": "The same kernel meets the same pixels, two places further.",
            "They stay as they are": "A map says where its feature is. When the feature moves, so does the map.",
            "They become 0": "Its kernels still find the strokes, elsewhere.",
            "They change at random": "Every place has the same kernel, so nothing depends on chance.",
        },
        key=_shifted,
    ),
    Question(
        id="scrambled_pixels",
        ask="All images, for training and test, have their pixels scrambled in one fixed order. Which network loses?",
        options={
            "The dense one": "It has a weight for each pixel and does not know which ones are neighbours.",
            "The one of convolutions": "Its windows look for strokes, and neighbours no longer belong together.",
            "Both alike": "To the dense network, the scrambled images are no harder than before.",
            "Neither": "The information is all there, but a window of 5 x 5 no longer sees a stroke.",
        },
        key="The one of convolutions",
    ),
)
