"""The five questions of lesson 17: read a postcode."""

import numpy as np

from course_utils.exercises import Question


def _six_digits():
    return f"about {100 * 0.9**6:.0f} in 100"


def _best_of_two():
    wrong, refused = 10, 1
    read_all = 0.08 * wrong
    half = 0.5 * refused + 0.5 * 0.01 * wrong
    return "Refuse half of the letters" if half < read_all else "Read all letters"


def _pieces():
    inked = np.array([0, 1, 1, 0, 0, 1, 1, 1, 0, 1])
    return str(int(np.sum(np.diff(inked, prepend=0) == 1)))


QUESTIONS = (
    Question(
        id="six_digits",
        ask="A reader gets 90 % of single digits right, and its mistakes are independent. How many codes of six digits "
        "does it read without a mistake?",
        options={
            "about 90 in 100": "This is the share of single digits. A code is right only if all six of them are.",
            "about 53 in 100": "0.9 is multiplied by itself six times, which gives 0.53.",
            "about 40 in 100": "Six times 10 % is taken off here, which counts codes with two mistakes twice.",
            "about 15 in 100": "This would be 0.9 to the power of 18. Each digit counts once.",
        },
        key=_six_digits,
    ),
    Question(
        id="replace_by_truth",
        ask="A reader gets 40 % of whole codes right. With cuts at the true places, and nothing else changed, it gets "
        "80 %. What do you improve first?",
        options={
            "The network, since 80 % is not enough": "With perfect cuts 20 points would still be missing. How much a "
            "better network wins with the cuts as they are, nobody has measured.",
            "The cut, since it loses 40 points": "Perfect cuts alone would double the codes that are read, and this "
            "has been measured.",
            "Both at once": "Then nobody knows which change has helped. One step at a time can be measured.",
            "The generator, since its strips are too hard": "Easier strips make the number better, and the reader no "
            "better at all.",
        },
        key="The cut, since it loses 40 points",
    ),
    Question(
        id="count_of_pieces",
        ask="The columns of a strip are empty (0) or have ink (1): 0 1 1 0 0 1 1 1 0 1. How many pieces does the rule "
        "of empty columns find?",
        options={
            "2": "The last column has ink as well, and a piece may end at the edge.",
            "3": "Each change from 0 to 1 begins a piece, and there are three of them.",
            "6": "These are the columns with ink. Neighbours among them belong to one piece.",
            "4": "These are the empty columns. The pieces lie between them.",
        },
        key=_pieces,
    ),
    Question(
        id="cost_of_refusing",
        ask="Reading all letters leaves 8 % wrong. Refusing the doubtful half leaves 1 % wrong among those that are "
        "read. A wrong letter costs 10, a refused one 1. Which is cheaper?",
        options={
            "Read all letters": "This costs 0.08 · 10 = 0.80 for each letter, and refusing half costs less.",
            "Refuse half of the letters": "Half of them cost 1, and 1 % of the other half 10: 0.50 + 0.05 = 0.55, "
            "against 0.80.",
            "Both cost the same": "0.80 for each letter if all are read, and 0.55 if half of them are refused.",
            "Refuse all letters": "This costs 1 for each letter, more than either of the others.",
        },
        key=_best_of_two,
    ),
    Question(
        id="another_clinic",
        ask="A network finds a disease with an accuracy of 98 % on test images of the hospital where it was trained. "
        "What does this say about another hospital?",
        options={
            "It will reach about 98 % there as well": "Only if the images there are drawn from the same distribution: "
            "the same devices, patients and habits.",
            "Little, until it has been measured there": "Another device is another distribution, and the score on the "
            "old one does not foretell the new one.",
            "It will be wrong more often, but less sure": "It may well be nearly as sure as before, as the network "
            "of lesson 00 was on the other scanner's digits.",
            "Nothing would change if its test set had been larger": "A larger test set of the same hospital measures "
            "the same distribution, only more precisely.",
        },
        key="Little, until it has been measured there",
    ),
)
