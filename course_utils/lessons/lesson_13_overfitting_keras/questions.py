"""The five questions of lesson 13: two curves, a patience, random labels, dropout, who chooses."""

from course_utils.exercises import Question
from course_utils.lessons.lesson_13_overfitting_keras.exercises import early_stop


def _best_of_the_stopped():
    _, best = early_stop.solution([0.9, 0.7, 0.6, 0.65, 0.62, 0.61, 0.58], 3)
    return str(best)


def _dropped():
    """A unit with activation 3 in a layer with dropout 0.25 that is kept."""
    return f"{3 / (1 - 0.25):g}"


QUESTIONS = (
    Question(
        id="both_losses_high",
        ask="Training and validation loss are both high, lie close together, and no longer fall. What do you try?",
        options={
            "More dropout": "This makes learning harder still. There is no gap that it could close.",
            "A larger network": "It is underfitting: it cannot even learn what it has seen.",
            "Early stopping": "There is no bottom of a U yet at which it could stop.",
            "More images": "Those at hand are not learned yet, so more of them do not help.",
        },
        key="A larger network",
    ),
    Question(
        id="which_weights_come_back",
        ask="Validation losses 0.9, 0.7, 0.6, 0.65, 0.62, 0.61, 0.58 are to come; the patience is 3, and the best "
        "weights are restored. Those of which epoch come back?",
        options={
            "3": "After three epochs without a new lowest loss it stops, at epoch 6. The 0.58 is never seen.",
            "6": "There it stops. The weights that come back are those of the lowest loss until then.",
            "7": "It has stopped before. A longer patience would have found the 0.58.",
            "4": "The count of waiting begins there. It is not the best epoch.",
        },
        key=_best_of_the_stopped,
    ),
    Question(
        id="random_labels_read",
        ask="You train with random labels, and the accuracy on validation images, whose labels were drawn by lot as "
        "well, is 40 %. Ten classes. What follows?",
        options={
            "The network generalises well": "An image says nothing about its random label: nothing can be generalised.",
            "Something leaks": "Chance is 10 %. The rest comes from what training has seen of the validation set.",
            "The network is too small": "A network of any size should be at chance here.",
            "It needs more epochs": "With more epochs it learns more random labels, which foretell nothing.",
        },
        key="Something leaks",
    ),
    Question(
        id="what_dropout_keeps",
        ask="A unit has the activation 3 and is kept by `Dropout(0.25)` in a training step. What does the layer "
        "give for it?",
        options={
            "0.75": "Kept activations are not multiplied by the rate.",
            "2.25": "This is 3 times 0.75. It is divided by 0.75, so that the mean stays.",
            "3": "This is what it gives in prediction, where nothing is dropped.",
            "4": "It is divided by 1 − 0.25, since a quarter of the others is missing.",
        },
        key=_dropped,
    ),
    Question(
        id="cure_by_the_test",
        ask="A colleague tries thirty settings of dropout and L2, keeps the one with the best test accuracy, and "
        "reports that accuracy. What is wrong?",
        options={
            "Thirty settings are too few": "With more of them the report would be even further from the truth.",
            "Dropout and L2 must not be combined": "They may be, and together they often help.",
            "The test set has chosen": "The best of thirty is partly the luckiest. Choices belong to the validation "
            "set, and the test set is asked once.",
            "The training accuracy is missing": "It would be good to know, but it would not make the reported number "
            "honest.",
        },
        key="The test set has chosen",
    ),
)
