"""The five questions of lesson 05: logic gates."""

import numpy as np

from course_utils.datasets import logic_gate
from course_utils.exercises import Question


def _gate():
    X, _ = logic_gate("OR")  # (4, 2): the four rows, the same for every gate
    says = X @ np.array([[1.0], [1.0]]) - 0.5 > 0  # (4, 2) @ (2, 1) -> (4, 1)
    (name,) = (name for name in ("AND", "OR", "NAND", "XOR") if (logic_gate(name)[1] == says).all())
    return name


QUESTIONS = (
    Question(
        id="gate_of_a_neuron",
        ask="w = (1, 1), b = −0.5. Which gate is it?",
        options={
            "AND": "It needs b at −1 or below; else a single 1 is enough.",
            "OR": "The sums 0, 1, 1, 2 minus 0.5: only the first is not above 0.",
            "NAND": "It would say 1 for (0, 0). Here z is −0.5 there.",
            "XOR": "One line cannot do that.",
        },
        key=_gate,
    ),
    Question(
        id="three_of_four",
        ask="A neuron has accuracy 75 % on a gate. What do you know?",
        options={
            "It has learned most of it": '"Always 0" has 75 % on AND.',
            "It needs more steps": "Perhaps. On XOR no number of steps helps.",
            "Nearly nothing": "Count rows, and ask what the baseline scores.",
            "The gate is XOR": "AND passes 3 of 4 on its way, too: at step 67 above.",
        },
        key="Nearly nothing",
    ),
    Question(
        id="xor_stands_still",
        ask="XOR's cost stands still at log 2 per row. Why?",
        options={
            "The learning rate is too small": "The gradient is exactly 0 there. No rate changes that.",
            "It had a bad start": "In a bowl every start ends at the bottom.",
            "It is the minimum": "The cost is a bowl, and this is its bottom.",
            "The gradient has a bug": "Calculus and differences agreed above, for AND and for XOR.",
        },
        key="It is the minimum",
    ),
    Question(
        id="sum_or_mean_rate",
        ask="Someone minimises the *sum* over four rows with rate 0.05. Which rate on the *mean* walks the same path?",
        options={
            "0.0125": "Divided where it has to be multiplied.",
            "0.05": "The gradient of the sum is four times that of the mean.",
            "0.1": "That would fit half the sum with 0.05.",
            "0.2": "4 · 0.05.",
        },
        key=lambda: f"{4 * 0.05:g}",
    ),
    Question(
        id="heart_of_the_proof",
        ask="What is the heart of the proof?",
        options={
            "Two pairs of z have equal sums": "XOR wants one sum above 0 and the other not.",
            "All four z add to 0": "Only for some weights.",
            "The targets add to 2": 'So do those of "the first input", and that is one line.',
            "The weights cancel": "Only for some weights, too.",
        },
        key="Two pairs of z have equal sums",
    ),
)
