"""The five questions of lesson 16: which measurement comes first, and what it says."""

import numpy as np

from course_utils.exercises import Question

QUESTIONS = (
    Question(
        id="one_batch_by_heart",
        ask=(
            "A network learns one batch by heart, but on new images it stays as bad as a guess. "
            "Where do you look first?"
        ),
        options={
            "At the start of the weights": "From a start that nothing moves, one batch could not be learned either.",
            "At the data": "The network, its loss and its steps can learn, so what they are fed is suspect.",
            "At the loss": "It came down on the batch, so following it leads somewhere.",
            "At the number of units": "There were enough of them for a hundred images, and new ones need no others.",
        },
        key="At the data",
    ),
    Question(
        id="cost_of_20_classes",
        ask="A softmax over 20 classes begins with a loss of 3.0. Is that healthy?",
        options={
            "It is: −log(1/20) is 3.0": "A network that knows nothing about 20 classes pays just this.",
            "It is not: 2.30 is due": "2.30 is −log(1/10), and belongs to ten classes.",
            "It is not: 0.05 is due": "That is the probability of each class. The loss is minus its logarithm.",
            "It cannot be said": "A network that knows nothing gives each class about the same, so we can say it.",
        },
        key=lambda: f"It is: −log(1/20) is {-np.log(1 / 20):.1f}",
    ),
    Question(
        id="all_but_b2_zero",
        ask=(
            "Before the first step the gradients of W1, b1 and W2 are exactly 0, and that of b2 is not. "
            "What is the matter?"
        ),
        options={
            "The rate is 0": "The rate plays no part in a gradient. It only multiplies it afterwards.",
            "The ReLUs died in training": "Before the first step nothing can have died.",
            "All weights start at zero": "W2 = 0 lets nothing back, and H = 0 leaves nothing for W2. Only b2 learns.",
            "All labels are alike": "Then the biases would learn that label, and W2 would get a gradient as well.",
        },
        key="All weights start at zero",
    ),
    Question(
        id="step_of_one_percent",
        ask="The weights W have the norm 8, their gradient has the norm 2. Which rate makes a step of 1 % of W?",
        options={
            "0.01": "That step has the length 0.02, and one percent of 8 is 0.08.",
            "0.04": "A step of 0.08 is due, and the gradient brings 2 of it: 0.08 / 2.",
            "0.08": "That is the length of the step. It still has to be divided by the norm of the gradient.",
            "0.16": "That is multiplied by the norm of the gradient, where it should be divided.",
        },
        key=lambda: f"{0.01 * 8 / 2:g}",
    ),
    Question(
        id="labels_by_lot",
        ask=(
            "With labels drawn by lot among ten classes, a program reports 60 % on its validation part. "
            "What does that show?"
        ),
        options={
            "It generalises well": "There is nothing to generalise: nothing in an image can foretell a lot.",
            "It overfits": "Overfitting alone leaves the validation at about 10 %.",
            "Training has seen the validation part": "Only what has been seen can be right about lots.",
            "Its rate is too small": "Another rate changes how fast it learns, and makes no lot foreseeable.",
        },
        key="Training has seen the validation part",
    ),
)
