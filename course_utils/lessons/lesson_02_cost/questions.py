"""The five questions of lesson 02: loss and cost."""

from course_utils.exercises import Question
from course_utils.losses import binary_crossentropy

QUESTIONS = (
    Question(
        id="loss_or_cost",
        ask="In this course, what is the difference between loss and cost?",
        options={
            "None": "They are different numbers: Dia's squared error is 0.776, the mean of all ten is 0.212.",
            "Loss: one example; cost: the mean": "Each example has its own loss, and training lowers their mean.",
            "Loss: the sum; cost: the mean": "A sum grows with the number of examples. A loss belongs to one example.",
            "Loss: before training; cost: after it": "Both can be computed at every moment, before, during and after.",
        },
        key="Loss: one example; cost: the mean",
    ),
    Question(
        id="sure_and_wrong",
        ask="The curve says 0.999, and it does not happen. The cross-entropy of this answer is about",
        options={
            "0.001": "This is 1 − p, and it is nearly the loss in the case that it does happen.",
            "0.999": "This is p itself, and also nearly the squared error.",
            "1": "This is the largest squared error. The cross-entropy has no largest value.",
            "6.9": "The truth had been given a probability of 0.001, and −log 0.001 is three times 2.30.",
        },
        key=lambda: f"{binary_crossentropy([0.0], [0.999]):.1f}",
    ),
    Question(
        id="squared_through_sigmoid",
        ask="Why does the squared error through a sigmoid learn slowly from its worst mistakes?",
        options={
            "Its loss is small": "Its loss is nearly 1, the largest possible. It is the slope that is small.",
            "The sigmoid is flat there": "Its slope p (1 − p) is a factor of the loss's slope, and nearly 0 there.",
            "The square is flat there": "2 (p − y) is as steep there as it ever gets. The other factor fades.",
            "It has two valleys": "Ten learners have two valleys where b = −8. One example alone has only one.",
        },
        key="The sigmoid is flat there",
    ),
    Question(
        id="clipping_p",
        ask="What does it do to the cross-entropy if p is kept between 1e-7 and 1 − 1e-7?",
        options={
            "Nothing": "Nearly nothing for logits between −16 and 16, and a lot beyond.",
            "It makes the loss exact": "The exact loss at z = 40 is 40. The clipped one is 16.1.",
            "It caps the loss and removes its slope": "Beyond the cap the loss is the same everywhere, so it teaches "
            "nothing.",
            "It caps the loss and keeps its slope": "Beyond the cap all losses are the same, so the slope is 0.",
        },
        key="It caps the loss and removes its slope",
    ),
    Question(
        id="count_or_cost",
        ask="We want a model that makes few mistakes. Why does it not learn from the number of its mistakes?",
        options={
            "Counting takes too long": "Counting is quicker than taking logarithms.",
            "A small change of a weight mostly leaves the count as it is": "So the count does not say in which "
            "direction to go, while the cost answers each nudge.",
            "The count says nothing about a model": "It says a lot, and in the end we judge by it: it is a metric.",
            "The cost is the same as the count": "A curve that is a little more certain changes the cost, and not the "
            "count.",
        },
        key="A small change of a weight mostly leaves the count as it is",
    ),
)
