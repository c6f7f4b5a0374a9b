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
        ask="What does a hidden layer with sigmoids give XOR that a single neuron does not have?",
        options={
            "More weights": "Two layers without a sigmoid between them have more weights, too, and draw one line.",
            "New coordinates": "Each hidden unit adds a line, and in the plane of their answers one line is enough.",
            "More data": "The four rows are all the data that there are.",
            "A better start": "A hidden layer makes the start harder: some starts get stuck.",
        },
        key="New coordinates",
    ),
    Question(
        id="numbers_of_3_5_2",
        ask="A network has 3 inputs, 5 hidden units and 2 outputs. How many parameters does it have?",
        options={
            "10": "These are the inputs and units, added up.",
            "25": "These are the weights alone: 15 and 10. Each unit has a bias as well.",
            "30": "The biases of the two outputs are missing.",
            "32": "There are 15 weights and 5 biases in the hidden layer, 10 weights and 2 biases in the output layer.",
        },
        key=_count,
    ),
    Question(
        id="two_in_one_place",
        ask="The cost of a 2-2-1 network on XOR stays near 0.347. Two outputs are 0.5, and their examples share a "
        "place in the hidden plane. What has happened?",
        options={
            "The learning rate is too small": "A slow network may pass this cost. But two opposite classes at one "
            "place cannot both be right.",
            "Two opposite classes collided": "Two of four examples pay log 2 each, and the mean is half of that.",
            "All four examples collided": "Then all four pay log 2, and the cost is 0.693.",
            "It is solved": "A solved network goes on to a cost near 0.",
        },
        key="Two opposite classes collided",
    ),
    Question(
        id="equal_hidden_neurons",
        ask="Both hidden units start with equal weights and biases, and their output weights are equal, too. "
        "What happens?",
        options={
            "They share the work": "They get the same slopes at every step, so nothing ever tells them apart.",
            "They stay equal": "Together they act like one unit, and one line is not enough for XOR.",
            "They fall silent": "That happens to ReLU units, and for another reason.",
            "The first one gets ahead": "Which of them comes first plays no part in any slope.",
        },
        key="They stay equal",
    ),
    Question(
        id="universal_approximation",
        ask="What does the theorem of universal approximation promise about a network with one hidden layer?",
        options={
            "That gradient descent finds the weights": "It speaks of what weights exist. For XOR two units are enough, "
            "and a third of our starts failed.",
            "That some weights come close, with enough units": "It holds for a continuous function on a bounded, "
            "closed region, and it does not say how many units are enough.",
            "That few units are enough": "It gives no number, and it can be very large.",
            "That it is right beyond the examples": "Outside the region the network may say anything, as our staircase "
            "did at x = 2.",
        },
        key="That some weights come close, with enough units",
    ),
)
