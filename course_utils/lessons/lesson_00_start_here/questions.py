"""The five questions of lesson 00: what a network is given, what it answers, and what a score promises."""

from course_utils.exercises import Question

QUESTIONS = (
    Question(
        id="what_arrives",
        ask="What does the network get of your drawing?",
        options={
            "The way of the pen": "The order of the strokes is lost before that. Only the ink counts.",
            "784 numbers": "28 rows of 28 pixels, each of them a number for how dark it is.",
            "A digit, 0 to 9": "That is its answer, and nobody tells it beforehand.",
            "Ten probabilities": "These come out of the network, one for each digit.",
        },
        key="784 numbers",
    ),
    Question(
        id="house_is_zero",
        ask="Why does the network call a house a digit at all?",
        options={
            "A house looks like a digit": "Nobody would confuse them. The network has no better answer to give.",
            "The network is broken": "It reads 97.8 % of MNIST's test digits. A house was never among them.",
            "Its ten answers share all of the 100 %": "Whatever is drawn, the ten probabilities add up to 1. "
            "There is no eleventh answer that says “none of these”.",
            "The drawing was too small": "Each drawing is brought to the same size before it is read.",
        },
        key="Its ten answers share all of the 100 %",
    ),
    Question(
        id="what_training_does",
        ask="What does training change?",
        options={
            "The pictures": "They stay as they are, and so do their labels.",
            "The numbers inside the model": "Step by step, until its answers on the training set are good.",
            "The program's lines": "The same few lines compute the answers before and after the training.",
            "The number of units": "We chose 64 hidden units before, and 64 they remain.",
        },
        key="The numbers inside the model",
    ),
    Question(
        id="why_a_test_set",
        ask="Why is the network scored on digits that it was not trained on?",
        options={
            "There are fewer of them": "There are, which makes the score less exact. It is not the reason.",
            "They are easier": "Ours were drawn by lot from all 1,797, so they are as hard as the others.",
            "It could have learned the others by heart": "New ones show whether it has learned anything else.",
            "It would be slower": "Reading takes a moment in either case.",
        },
        key="It could have learned the others by heart",
    ),
    Question(
        id="other_scanner",
        ask="Our network reads 97.5 % of its test set, but only about half of MNIST's digits. Why?",
        options={
            "The two are data of different kinds": "Its test set came from the same people and the same scanner "
            "as its training set. MNIST did not.",
            "The 97.5 % were counted wrongly": "The count is right. It speaks of another collection of digits.",
            "The network has to be trained longer": "It is right on nearly all that it has seen. The digits differ.",
            "Small networks cannot read": "A network of the same size reads 97.8 % of MNIST, trained on MNIST.",
        },
        key="The two are data of different kinds",
    ),
)
