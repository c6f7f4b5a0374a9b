"""The five questions of lesson 07: back-propagation."""

import numpy as np

from course_utils.exercises import Question


def _gradient_of_zero_inputs():
    X = np.array([[0.0, 1.0], [0.0, 2.0], [0.0, -3.0]])  # (3, 2): the first input is 0 in every row
    dZ = np.array([[0.5], [-0.3], [0.2]])  # (3, 1)
    return f"{(X.T @ dZ)[0].item():g}"


def _makes_dw():
    X, dZ1 = np.ones((100, 784)), np.ones((100, 64))
    return "`X.T @ dZ1`" if (X.T @ dZ1).shape == (784, 64) else "`dZ1.T @ X`"


QUESTIONS = (
    Question(
        id="product_of_slopes",
        ask="Along a path, ∂L/∂a = −2, ∂a/∂z = 0.25 and ∂z/∂w = 4. What is ∂L/∂w?",
        options={
            "2.25": "This is the sum of the three. Along a path slopes multiply, and they add only where paths meet.",
            "−2": "A nudge of w moves z 4 times as far, this moves a 0.25 times as far, and this L −2 times as far.",
            "−0.5": "This is ∂L/∂z. The last link, from w to z, is still missing.",
            "2": "The size is right, but L falls where a rises, and so the sign is negative.",
        },
        key=lambda: f"{-2 * 0.25 * 4:g}".replace("-", "−"),
    ),
    Question(
        id="input_always_zero",
        ask="An input is 0 in every row. What gradient do its weights get?",
        options={
            "0": "A weight gets the gradient times its input, and each of these products is 0.",
            "The bias's gradient": "The bias gets the gradient times 1. These weights get it times 0.",
            "a − y": "The error arrives at the output, but for a weight it is still multiplied by the input.",
            "It depends on the target": "The target changes the error, and any error times 0 is 0.",
        },
        key=_gradient_of_zero_inputs,
    ),
    Question(
        id="shape_of_a_gradient",
        ask="X is (100, 784) and dZ1 is (100, 64). How is dW1 made?",
        options={
            "`X @ dZ1`": "The shapes (100, 784) and (100, 64) do not fit for a matrix product.",
            "`X.T @ dZ1`": "(784, 100) @ (100, 64) gives (784, 64), the shape of W1, and it adds over the 100 rows.",
            "`dZ1.T @ X`": "This gives (64, 784), the shape of W1 turned round.",
            "`X * dZ1`": "The shapes do not fit for a product entry by entry, and nothing is added over the rows.",
        },
        key=_makes_dw,
    ),
    Question(
        id="failed_gradient_check",
        ask="A gradient check fails. The last layer's gradients are right, the first layer's are all wrong. Where do "
        "you look first?",
        options={
            "In the cost": "A mistake in the cost would spoil the last layer's gradients, too.",
            "In a − y": "The last layer's gradients are made of it, and they are right.",
            "Between dZ2 and dZ1": "Only the first layer's gradients go through this part of the way back.",
            "In the data": "The differences are measured with the same data, so they would agree.",
        },
        key="Between dZ2 and dZ1",
    ),
    Question(
        id="out_of_memory",
        ask="A network predicts without trouble, but its training runs out of memory. What helps most directly?",
        options={
            "A smaller learning rate": "The size of a step does not change how much has to be kept.",
            "A smaller batch": "Training keeps the forward values of every example of the batch until the way back has "
            "used them.",
            "More epochs": "The training then lasts longer, and each step needs as much memory as before.",
            "Gradients by differences": "They need no forward values, but two forward passes for each parameter.",
        },
        key="A smaller batch",
    ),
)
