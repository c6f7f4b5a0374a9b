"""The exercises of lesson 00: a prediction, two functions, and an open one, so that each kind has been met."""

import numpy as np

from course_utils.exercises import exercise, open_exercise, prediction


@prediction(
    title="small, and in a corner",
    aim="Someone draws a tiny 7 in a corner of the square. How does it arrive at the network: "
    "as small as it was drawn, or as large as any other 7? Answer “small” or “large”.",
    shapes='"small" or "large"',
    hints=(
        "Look at the picture between the square and the bars, the one made of 28 by 28 pixels.",
        "The 3 that stood there at first filled most of the square. How far is it from the edges of that picture?",
        "Draw a 7 in a corner, half as large as your thumb, and compare.",
    ),
    why="The drawing is cut out, brought to one size and moved to the middle, because that was done to the digits from "
    "which the network has learned. What a model gets should look like what it was trained on.",
)
def predict_corner():
    return "large"


predict_corner.mistake("Look again: the drawing is cut out and enlarged before the network gets it.", "small")
predict_corner.mistake("Look again: where the drawing lies in the square makes no difference.", "in the corner")
predict_corner.mistake(
    "Look again: there is something to see. Only a square without a stroke gives nothing.", "nothing"
)
predict_corner.mistake("It depends on nothing: each drawing is brought to one size.", "it depends")
predict_corner.mistake("Answer with one of two words: small, or large.", "yes")
predict_corner.mistake("Not yes or no: it arrives small, or large. Which?", "no")
predict_corner.also("large", " Large ", "LARGE")


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


def _answers() -> list[tuple]:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 10, 60)
    return [
        (np.array([3, 8, 3, 1]), np.array([3, 3, 3, 1])),
        (np.array([5, 5]), np.array([5, 5])),
        (np.array([7, 0, 2]), np.array([1, 9, 4])),
        (np.where(rng.random(60) < 0.3, 9 - labels, labels), labels),
        (np.array([0, 0, 0, 4, 4]), np.array([0, 4, 0, 0, 4])),
    ]


@exercise(
    title="how many are right",
    aim="Give the accuracy: the share of answers that agree with the labels, from 0 (none) to 1 (all).",
    shapes="answers (m,), labels (m,) -> a number, 0 to 1",
    hints=(
        "`answers == labels` compares them place by place: True where the network was right.",
        "Python counts True as 1, so the sum of that is the number of right answers.",
        "The mean of it is the sum divided by m, which is what we want.",
    ),
    why="It is the number by which people judge a classifier. Later lessons show what it hides.",
    inputs=_answers,
    rtol=1e-6,
)
def share_right(answers, labels):
    return (answers == labels).sum() / len(labels)


share_right.mistake(
    "This says for each answer whether it is right. Count them, and divide by their number.",
    lambda answers, labels: answers == labels,
)
share_right.mistake(
    "This is the number of right answers. Divide it by the number of all.",
    lambda answers, labels: (answers == labels).sum(),
)
share_right.mistake(
    "This is the share of wrong answers: != asks where they differ.", lambda answers, labels: (answers != labels).mean()
)
share_right.mistake(
    "This is the share in percent. The accuracy lies between 0 and 1.",
    lambda answers, labels: 100 * (answers == labels).mean(),
)
share_right.mistake(
    "The difference of two digits says how far apart they are as numbers, and a 3 is no closer to a 4 than to an 8.",
    lambda answers, labels: 1 - np.abs(answers - labels).mean(),
)
share_right.mistake(
    "This asks whether everything is right at once. Count how often it is.",
    lambda answers, labels: float((answers == labels).all()),
)
share_right.mistake(
    "The order matters: each answer has to be compared with its own label.",
    lambda answers, labels: (np.sort(answers) == np.sort(labels)).mean(),
)
share_right.also(
    lambda answers, labels: (answers == labels).mean(),
    lambda answers, labels: np.float32(np.mean(answers == labels)),
    lambda answers, labels: 1 - np.count_nonzero(answers != labels) / labels.size,
)


@share_right.also
def _(answers, labels):
    right = 0
    for answer, label in zip(answers, labels):
        right += answer == label
    return right / len(labels)


misread = open_exercise(
    "misread",
    title="a drawing that it gets wrong",
    task="Describe one drawing that you can read and the network cannot: what you drew, what it said, and how sure it "
    "was. Then write down your best guess why it went wrong. What would you add to the training set?",
    answer="A 7 that lies on its back is an example. The pad said 6 with 70 %, although nobody who turns the page "
    "would hesitate. The network has never seen a digit that was turned so far. For it a picture is a list of 784 "
    "numbers, and turning the page moves the ink to other places in the list, where other digits have theirs. Turned "
    "digits in the training set would help, though a 6 and a 9 then need care. Lesson 13 does this with small turns, "
    "and lesson 14 builds networks for which a shift matters less.",
    effort="do",
    hints=(
        "Turn a digit, leave a gap in it, add a bar or a frame, or write two digits side by side.",
        "Look at the small picture: is what makes the digit readable for you still there?",
        "Which digits of the training set have ink at the same places?",
    ),
)
