"""The five questions of lesson 06: XOR with two layers."""

from course_utils.exercises import Question
from course_utils.layers import Dense, Input
from course_utils.models import Sequential


def _count():
    model = Sequential([Input((3,)), Dense(5), Dense(2)], rng=0)
    return str(sum(weights.size for weights in model.get_weights()))


QUESTIONS = (
    Question(
        id="why_hidden_layer",
        ask="Why does XOR need a hidden layer?",
        options={
            "More weights": "Weights alone do not help. Two linear layers have more, and still draw one line.",
            "More lines": "Each hidden neuron adds a line, and a bend where it lies.",
            "More data": "Four rows are all there are.",
            "A smaller cost": "That is the result, not the reason.",
        },
        key="More lines",
    ),
    Question(
        id="numbers_of_3_5_2",
        ask="A network with 3 inputs, 5 hidden neurons and 2 outputs learns how many numbers?",
        options={
            "10": "These are the neurons and inputs, added.",
            "25": "The weights only: 15 + 10.",
            "30": "The biases of the output are missing.",
            "32": "15 + 5 + 10 + 2.",
        },
        key=_count,
    ),
    Question(
        id="two_in_one_place",
        ask="The cost of an XOR network stays at 0.347. Two outputs say 0.5, and their points lie at one place."
        " What has happened?",
        options={
            "The rate is too small": "A slow network can show the same cost for a while."
            " The one place in the hidden plane decides.",
            "Two points collided": "Two of four pay log 2, so the mean is half of it.",
            "All four collided": "Then all pay log 2, and the cost is 0.693.",
            "It is solved": "A solved network goes far below.",
        },
        key="Two points collided",
    ),
    Question(
        id="equal_hidden_neurons",
        ask="Both hidden neurons start with equal weights and biases, and so do their outgoing weights. What happens?",
        options={
            "They share the work": "They get the same slopes, so nothing tells them apart.",
            "They stay equal": "The layer acts like one neuron, one line.",
            "They die": "Only ReLU can, and not for this reason.",
            "The first gets ahead": "Which of them comes first plays no part in any slope.",
        },
        key="They stay equal",
    ),
    Question(
        id="rows_of_xor",
        ask="3 of 4 rows are right, accuracy 75 %. Is XOR learned?",
        options={
            "Nearly": "One line reaches 3 of 4 too. The hidden layer has brought nothing yet.",
            "Yes": "A gate that is wrong once is another gate.",
            "No": "Solved is 4 of 4.",
            "With rounding": "The score is already counted after rounding.",
        },
        key="No",
    ),
)
