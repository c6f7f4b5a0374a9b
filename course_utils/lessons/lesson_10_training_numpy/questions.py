"""The five questions of lesson 10: training it better."""

import math

from course_utils.exercises import Question

QUESTIONS = (
    Question(
        id="he_standard_deviation",
        ask="A ReLU layer has 200 inputs and 50 units. Which standard deviation does He's start have?",
        options={
            "0.01": "This is 2 / 200, the variance.",
            "0.1": "It is √(2 / 200). Only the inputs count.",
            "0.2": "This would be √(2 / 50), with the units in place of the inputs.",
            "1": "Then a sum of 200 terms would be about 14 times as large as an input.",
        },
        key=lambda: f"{math.sqrt(2 / 200):g}",
    ),
    Question(
        id="batch_ten_times",
        ask="A network trains well with batches of 32 and the rate 0.02. You change to batches of 320, for as many "
        "epochs. Which rate do you try first?",
        options={
            "0.002": "You take a tenth of the steps, and each would be a tenth as long.",
            "0.02": "With a tenth of the steps, each as long as before, you would get about a tenth as far.",
            "0.2": "A tenth of the steps, each ten times as long. If it diverges, the curvature forbids it.",
            "2": "A hundred times the rate is far more than ten times the batch makes up for.",
        },
        key=lambda: f"{0.02 * 10:g}",
    ),
    Question(
        id="what_momentum_adds_up",
        ask="With momentum 0.8 and rate 0.1, the gradient of a weight stays at 1. How long do its steps become?",
        options={
            "0.08": "This is only what is left of the first step after one more.",
            "0.1": "This is the first step. The later ones carry parts of those before.",
            "0.5": "The parts add up to rate / (1 − 0.8), five times the first step.",
            "Longer and longer": "Each step keeps only 0.8 of the last one, so the sum has a limit.",
        },
        key=lambda: f"{0.1 / (1 - 0.8):.1f}",
    ),
    Question(
        id="first_step_of_adam",
        ask="At the first step of Adam, one weight has the gradient 100 and another 0.01. The rate is 0.001. How far "
        "do they move?",
        options={
            "By 0.1 and 0.00001": "These would be the steps of plain descent.",
            "By 0.001 each": "Each gradient is divided by its own size, so both steps have the length of the rate.",
            "The second one stays": "Its gradient is small, but far larger than the 10⁻⁷ beside the root.",
            "By 0.00316 each": "This is what would happen without the bias correction.",
        },
        key="By 0.001 each",
    ),
    Question(
        id="who_chooses",
        ask="You have tried twenty settings. Which score do you report for the best of them?",
        options={
            "Its validation accuracy": "It was chosen because this number is high, so the number is a little too high.",
            "Its accuracy on the test set, measured once": "These images have taken no part in the choice.",
            "The best test accuracy of the twenty": "Then the test images would have chosen, and there is luck in it.",
            "Its training accuracy": "The network has seen these images, so this says little about new ones.",
        },
        key="Its accuracy on the test set, measured once",
    ),
)
