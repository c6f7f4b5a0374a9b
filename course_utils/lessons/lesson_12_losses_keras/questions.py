"""The five questions of lesson 12: pairings, the loss of knowing nothing, when to stop, a falling rate."""

import numpy as np

from course_utils.exercises import Question
from course_utils.lessons.lesson_12_losses_keras.exercises import early_stop
from course_utils.optimizers.schedules import InverseTimeDecay


def _binary_accuracy():
    targets, outputs = np.eye(5), np.full((5, 5), 0.2)
    return f"{((outputs > 0.5) == targets).mean():.2f}"


def _restored():
    _, best = early_stop.solution([0.9, 0.7, 0.6, 0.65, 0.62, 0.61, 0.58], 3)
    return f"Epoch {best}"


def _half_the_rate():
    rate = InverseTimeDecay(0.1, decay_steps=1, decay_rate=0.01)
    return f"Step {next(step for step in (10, 50, 100, 1000) if np.isclose(rate(step), 0.05))}"


QUESTIONS = (
    Question(
        id="stuck_at_class_share",
        ask="Benign or malignant: the loss falls nicely, the accuracy stays at the share of class 1. What first?",
        options={
            "A smaller learning rate": "With too large a rate the loss would not fall nicely.",
            "Look at predictions": "If all are exactly 1, a single unit has a softmax. It needs a sigmoid.",
            "Train longer": "The weights have learned. What turns logits into predictions is wrong.",
            "Scale the inputs": "Unscaled inputs make the loss slow to fall. Here it falls.",
        },
        key="Look at predictions",
    ),
    Question(
        id="dead_output_relu",
        ask="ReLU as the last layer, four classes: all outputs die. At which loss does it stick?",
        options={
            "0.25": "That is the probability of each of four equal classes. The loss is −log of it.",
            "1.10": "That is −log(1/3), for three classes.",
            "1.39": "−log(1/4): the network knows nothing.",
            "2.30": "That is −log(1/10), for ten classes.",
        },
        key=lambda: f"{-np.log(1 / 4):.2f}",
    ),
    Question(
        id="binary_accuracy_of_fifths",
        ask="Five classes, one-hot targets. All outputs are 0.2. What does `binary_accuracy` say?",
        options={
            "0.20": "That is the accuracy of guessing one class of five.",
            "0.50": "Each output is a yes-or-no of its own, but most targets are no.",
            "0.80": "Four of five targets are 0, and 0.2 counts as no.",
            "1.00": "The one target that is 1 is missed in each row.",
        },
        key=_binary_accuracy,
    ),
    Question(
        id="restored_weights",
        ask="Validation losses 0.9, 0.7, 0.6, 0.65, 0.62, 0.61, 0.58 are to come; patience is 3. "
        "Which weights does EarlyStopping restore?",
        options={
            "Epoch 3": "0.6 is best so far, and epochs 4, 5 and 6 bring no new best. It stops at 6.",
            "Epoch 5": "0.62 is no new best: 0.6 came before it.",
            "Epoch 6": "There it stops, but it restores the best weights, not the last.",
            "Epoch 7": "0.58 would be better. The run ended before it.",
        },
        key=_restored,
    ),
    Question(
        id="half_the_rate",
        ask="Time-based decay: rate 0.1 / (1 + 0.01 · step). When is the rate 0.05?",
        options={
            "Step 10": "0.1 / 1.1 is 0.091.",
            "Step 50": "0.1 / 1.5 is 0.067: it does not fall along a straight line.",
            "Step 100": "0.01 · 100 = 1, so it is 0.1 / 2.",
            "Step 1000": "0.1 / 11 is 0.009.",
        },
        key=_half_the_rate,
    ),
)
