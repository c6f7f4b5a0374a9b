"""The five questions of lesson 09: MNIST with two layers."""

import math

from course_utils.exercises import Question

QUESTIONS = (
    Question(
        id="start_cost_of_ten_classes",
        ask="A network with a softmax over ten classes starts with a cost of 6.9. What do you look at first?",
        options={
            "The learning rate": "It plays no part before the first step.",
            "The row sums of the probabilities": "Knowing nothing costs 2.30."
            " 6.9 is −log 0.001, a tenth shared by a batch of 100.",
            "The test images": "The cost is measured on training images.",
            "The number of units": "Any number of units starts near 2.30.",
        },
        key="The row sums of the probabilities",
    ),
    Question(
        id="start_of_zeros",
        ask="Why is a start of zeros right for lesson 08's network and wrong here?",
        options={
            "There are more weights": "Their number is not the trouble.",
            "H and W2 are both 0": "Gradients are multiplied by them, so only the output's biases learn.",
            "Softmax needs noise": "Ten equal logits are fine.",
            "ReLU is not fit for zeros": "Zeros are ordinary inputs to it. Sigmoid units would stay equal as well.",
        },
        key="H and W2 are both 0",
    ),
    Question(
        id="he_deviation",
        ask="A ReLU layer has 200 inputs. What is the deviation of He's start?",
        options={
            "0.01": "That is 2 / 200, the variance.",
            "0.1": r"$\sqrt{2 / 200}$ is 0.1.",
            "1": "Then each logit would spread ten times as wide as wanted.",
            "10": "Upside down: the root of 200 / 2.",
        },
        key=lambda: f"{math.sqrt(2 / 200):g}",
    ),
    Question(
        id="rate_for_larger_batch",
        ask="You go from batch 32 to batch 320. Which rate will give about the same curve?",
        options={
            "A tenth": "Then an epoch gets about a hundredth as far.",
            "The same": "A tenth of the steps at the same rate gets about a tenth as far.",
            "Ten times": "This holds as long as the steps do not get too long.",
            "It cannot be said": "The table in this lesson says so, within limits.",
        },
        key="Ten times",
    ),
    Question(
        id="falling_and_rising",
        ask="Training loss falls, validation loss rises. What is going on?",
        options={
            "The rate is too large": "Then the training loss would not fall.",
            "Overfitting": "It gets surer, and pays more for its mistakes on the rest.",
            "Underfitting": "Then the training loss would stay high.",
            "The gradient has a bug": "With it the training loss would hardly fall so well.",
        },
        key="Overfitting",
    ),
)
