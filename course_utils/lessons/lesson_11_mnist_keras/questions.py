"""The five questions of lesson 11: the same in Keras."""

import numpy as np

from course_utils.exercises import Question
from course_utils.layers import Dense, Input
from course_utils.models import Sequential
from course_utils.optimizers import SGD


def _layer_of_256():
    return f"{Sequential([Input(100), Dense(256)]).count_params():,}"


def _gradient_from_a_step():
    before, after, rate = 1.2, 1.35, 0.5
    return f"{(before - after) / rate:.1f}".replace("-", "−")


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
            "25,600": "These are the weights, 100 for each unit. Each of the 256 units has a bias, too.",
            "25,700": "That gives a bias to each input. The units have the biases.",
            "25,856": "There are 256 units with 100 weights and one bias each.",
            "356": "These are the numbers that come in and go out of the layer.",
        },
        key=_layer_of_256,
    ),
    Question(
        id="gradient_from_a_step",
        ask="A model is compiled with plain SGD at the rate 0.5. One call of `train_on_batch` takes a weight from 1.2 "
        "to 1.35. What was the slope of the cost in this weight?",
        options={
            "0.15": "That is how far the weight has moved. The step was the rate times the slope, and against it.",
            "−0.15": "The sign is right, since the weight rose. But the rate of 0.5 has halved the step.",
            "0.3": "The size is right. A step goes against the slope, and the weight rose.",
            "−0.3": "The weight before minus the weight after is −0.15, and that is 0.5 times the slope.",
        },
        key=_gradient_from_a_step,
    ),
    Question(
        id="second_fit",
        ask="You call `model.fit(X, y, epochs=1)` a second time. What does the second call do?",
        options={
            "It starts anew from random weights": "`fit` never draws weights. That happens when the model is made.",
            "It goes on from the weights of the first": "Two calls of one epoch train as long as one call of two.",
            "It stops, for the model is trained": "A model does not know when it has been trained enough.",
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
            "One of them rounds": "Rounding shows in the seventh digit and not in the third.",
            "`evaluate` trains a little further": "`evaluate` changes no weight.",
        },
        key="`fit` averages over the epoch, while the weights still improve",
    ),
    Question(
        id="another_seed",
        ask="A published run reached 0.9811. Yours, with the same settings and another seed, reaches 0.9796. "
        "What do you do first?",
        options={
            "Look for the mistake in your code": "There may be none, since seeds alone make differences of 15 images "
            "in 10,000.",
            "Run several seeds and look at their spread": "One run is one draw. Only the spread of several tells "
            "whether 0.9796 is unusual.",
            "Try seeds until one is better, and report that one": "The best of many draws is not what the settings "
            "give. Since the test images chose it, it promises too much.",
            "Call the published figure wrong": "It may be an honest draw from the upper end.",
        },
        key="Run several seeds and look at their spread",
    ),
)
