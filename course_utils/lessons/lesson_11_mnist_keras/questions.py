"""The five questions of lesson 11: the same network in Keras."""

import numpy as np

from course_utils.exercises import Question
from course_utils.layers import Dense, Input
from course_utils.lessons.lesson_11_mnist_keras.exercises import stack_parameters
from course_utils.models import Sequential
from course_utils.optimizers import SGD


def _layer_of_256():
    count = stack_parameters.solution
    return f"{count([100, 256]):,}"


def _steps():
    return f"{-(-60_000 // 128)}"


def _second_fit():
    """Compare one fit of two epochs with two fits of one, without shuffling."""
    x, y = np.random.default_rng(0).normal(size=(20, 3)), np.arange(20) % 2
    ends = []
    for epochs in ([2], [1, 1], [1]):
        model = Sequential([Input(3), Dense(2, "softmax")], rng=1)
        model.compile(SGD(0.1), "sparse_categorical_crossentropy")
        for n in epochs:
            model.fit(x, y, epochs=n, shuffle=False, verbose=0)
        ends.append(model.get_weights()[0])
    assert np.array_equal(ends[0], ends[1])
    assert not np.array_equal(ends[1], ends[2])
    return "It goes on from the weights of the first"


QUESTIONS = (
    Question(
        id="param_column",
        ask="A summary shows a Dense layer of 256 units after an input of 100 numbers. What stands under Param #?",
        options={
            "25,600": "These are the weights. Each of the 256 units has a bias, too.",
            "25,700": "That gives a bias to each input. The units have them.",
            "25,856": "256 units with 100 weights and one bias each.",
            "356": "These are the numbers that come in and go out.",
        },
        key=_layer_of_256,
    ),
    Question(
        id="steps_of_an_epoch",
        ask="60,000 images, batch size 128. How many steps does `fit` take in one epoch?",
        options={
            "128": "That is how many images one step uses.",
            "468": "Then 96 images would be left over. Keras uses them in a last, smaller batch.",
            "469": "468 full batches, and a last one of 96 images.",
            "60,000": "These are the images. One step uses 128 of them.",
        },
        key=_steps,
    ),
    Question(
        id="second_fit",
        ask="You call `model.fit(X, Y, epochs=1)` a second time. What does the second call do?",
        options={
            "It starts anew from random weights": "`fit` never draws weights. That happens when the model is made.",
            "It goes on from the weights of the first": "Two calls of one epoch train as long as one call of two.",
            "It stops, for the model is trained": "A model does not know when it is trained enough.",
        },
        key=_second_fit,
    ),
    Question(
        id="fit_and_evaluate",
        ask="After the last epoch, `fit` reports 99.0 % right on the training images. `evaluate` then finds 99.3 % "
        "on the same images. Why?",
        options={
            "`evaluate` uses other images": "It was given the same ones.",
            "`fit` averages over the epoch, while the weights still improve": "The first batches of the epoch were "
            "answered by weights that were not yet as good.",
            "One of them rounds": "Rounding is about the seventh digit, not the third.",
            "`evaluate` trains a little further": "`evaluate` changes no weight.",
        },
        key="`fit` averages over the epoch, while the weights still improve",
    ),
    Question(
        id="another_seed",
        ask="A published run reached 0.9811. Yours, with the same settings and another seed, reaches 0.9796. "
        "What do you do first?",
        options={
            "Look for the mistake in your code": "There may be none: 15 images of 10,000 make this difference.",
            "Run several seeds and look at their spread": "One run is one draw. Only a spread tells whether 0.9796 "
            "is unusual.",
            "Try seeds until one is better, and report that one": "The best of many draws is not what the settings "
            "give. Chosen by the test images, it promises too much.",
            "Call the published figure wrong": "It may be an honest draw from the upper end.",
        },
        key="Run several seeds and look at their spread",
    ),
)
