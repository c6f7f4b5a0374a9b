"""The five questions of lesson 07: back-propagation."""

import numpy as np

from course_utils.exercises import Question


def _gradient_of_zero_inputs():
    X = np.array([[0.0, 1.0], [0.0, 2.0], [0.0, -3.0]])  # (3, 2): the first input is 0 in every row
    dz = np.array([[0.5], [-0.3], [0.2]])  # (3, 1)
    return f"{(X.T @ dz)[0].item():g}"


def _makes_dw():
    X, dU = np.ones((100, 784)), np.ones((100, 64))
    return "`X.T @ dU`" if (X.T @ dU).shape == (784, 64) else "`dU.T @ X`"


QUESTIONS = (
    Question(
        id="product_of_slopes",
        ask="Along a path, dL/da = −2, da/dz = 0.25 and dz/dw = 4. What is dL/dw?",
        options={
            "2.25": "The slopes are added. Along a path they multiply.",
            "−2": "−2 · 0.25 · 4.",
            "−0.5": "This is dL/dz. The last link is missing.",
            "2": "The sign is lost.",
        },
        key=lambda: f"{-2 * 0.25 * 4:g}".replace("-", "−"),
    ),
    Question(
        id="input_always_zero",
        ask="An input is 0 in every row. What gradient do its weights get?",
        options={
            "0": "A weight gets gradient times input.",
            "The bias's gradient": "That is gradient times 1.",
            "a − y": "This arrives at the last logit, and is still multiplied by the input.",
            "It depends on the target": "The target scales it, and 0 stays 0.",
        },
        key=_gradient_of_zero_inputs,
    ),
    Question(
        id="shape_of_a_gradient",
        ask="X is (100, 784) and dU is (100, 64). How is dW made?",
        options={
            "`X @ dU`": "(100, 784) @ (100, 64) does not fit.",
            "`X.T @ dU`": "(784, 100) @ (100, 64) gives (784, 64), the shape of W.",
            "`dU.T @ X`": "This gives (64, 784), the shape of W turned round.",
            "`X * dU`": "The shapes do not fit, and nothing is added up.",
        },
        key=_makes_dw,
    ),
    Question(
        id="failed_gradient_check",
        ask="A check fails. The last layer's gradients are right, the first layer's are not. Where is the mistake?",
        options={
            "In the cost": "Then the last layer would be wrong too.",
            "In a − y": "The last layer's gradients are made of it, and they are right.",
            "After dZ, on the first layer's side": "It lies on the way that only the first layer's gradients take.",
            "In the data": "Differences see the same data.",
        },
        key="After dZ, on the first layer's side",
    ),
    Question(
        id="price_of_differences",
        ask="A network doubles its parameters. Roughly, what becomes of the price of one gradient by differences?",
        options={
            "The same": "Twice as many directions must be measured.",
            "Twice": "That counts the passes. Each pass gets dearer, too.",
            "Four times": "For large networks: twice the passes, each with twice the work.",
            "It depends on the loss": "The loss is a small part of a pass.",
        },
        key="Four times",
    ),
)
