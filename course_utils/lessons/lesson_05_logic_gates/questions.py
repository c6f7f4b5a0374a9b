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
        ask="A neuron has w = (1, 1) and b = −0.5. Which gate is it?",
        options={
            "AND": "For AND b must be −1 or lower. With −0.5 a single 1 is enough.",
            "OR": "The sums are 0, 1, 1, 2. With 0.5 taken off, only the first is not above 0.",
            "NAND": "NAND says 1 for (0, 0). Here z is −0.5 there.",
            "XOR": "At (1, 1) z is 1.5, so it says 1 there, and XOR says 0.",
        },
        key=_gate,
    ),
    Question(
        id="ten_times",
        ask="All three numbers of a neuron are multiplied by 10. What happens?",
        options={
            "Its boundary moves away from the origin": "10 · z is 0 exactly where z is 0, so the boundary stays.",
            "Its two sides swap": "That takes a negative factor. With 10 every z keeps its sign.",
            "Its decisions stay, and it becomes surer": "Every z keeps its sign and grows tenfold, so each output "
            "moves towards 0 or 1.",
            "Nothing": "The decisions stay the same, but the outputs do not: AND by hand goes from 0.62 to 0.99.",
        },
        key="Its decisions stay, and it becomes surer",
    ),
    Question(
        id="three_of_four",
        ask="A neuron has an accuracy of 75 % on a gate. What do you know?",
        options={
            "It has learned most of it": "“Always 0” has 75 % on AND, and it has learned nothing.",
            "It needs more steps": "Perhaps. But on XOR no number of steps helps.",
            "Nearly nothing": "Count the rows, and ask what a baseline scores.",
            "The gate is XOR": "Every gate has weights that get three of its four rows right.",
        },
        key="Nearly nothing",
    ),
    Question(
        id="xor_stands_still",
        ask="The cost of XOR stands still at log 2. Why?",
        options={
            "The learning rate is too small": "The gradient is exactly 0 there, so no rate changes anything.",
            "It had a bad start": "The cost is convex in w and b. Our three starts all ended in the same place.",
            "It is the lowest cost there is": "The gradient is 0, and the cost is convex, so nothing is lower.",
            "The gradient has a bug": "We computed it by hand: in each of the three sums the four rows cancel.",
        },
        key="It is the lowest cost there is",
    ),
    Question(
        id="heart_of_the_proof",
        ask="What is the heart of the proof that no line can do XOR?",
        options={
            "Both pairs have the same middle": "One point would have to be on both sides of the line.",
            "There are as many ones as zeros": "So there are in the gate “x1 is on”, and a line can do that.",
            "No neuron of 68,921 can do it": "A strong hint, but between the steps of a sweep there is room.",
            "Training ends at 0.5": "That alone could be a fault of the training.",
        },
        key="Both pairs have the same middle",
    ),
)
