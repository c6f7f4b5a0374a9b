"""The five questions of lesson 16: which measurement comes first, and what it says."""

import numpy as np

from course_utils.exercises import Question

QUESTIONS = (
    Question(
        id="one_batch_by_heart",
        ask="A network learns one batch by heart, but its accuracy on all images stays low. Where do you look first?",
        options={
            "At the start of the weights": "From a bad start one batch is not learned either.",
            "At the data": "Network, loss and step can learn. So what they are fed is suspect.",
            "At the loss": "It fell to 0 on the batch, so it leads somewhere.",
            "At the activations": "Dead units would not learn the batch.",
        },
        key="At the data",
    ),
    Question(
        id="cost_of_20_classes",
        ask="A softmax over 20 classes begins with a cost of 3.0. Is that healthy?",
        options={
            "It is: −log(1/20) is 3.0": "Knowing nothing about 20 classes costs just this.",
            "It is not: 2.30 is due": "2.30 is −log(1/10), for ten classes.",
            "It is not: 0.05 is due": "That is the probability of each class. The cost is −log of it.",
            "It cannot be said": "A network that knows nothing gives each class about the same.",
        },
        key=lambda: f"It is: −log(1/20) is {-np.log(1 / 20):.1f}",
    ),
    Question(
        id="all_but_b2_zero",
        ask="The gradients of W1, b1 and W2 are exactly 0, that of b2 is not. All before the first step. What is it?",
        options={
            "A rate of 0": "The rate plays no part in a gradient.",
            "ReLUs that died in training": "There has been no training yet.",
            "A start of zeros": "W2 = 0 lets nothing back, and H = 0 leaves nothing for W2.",
            "Labels that are all alike": "Then W2 would still get a gradient.",
        },
        key="A start of zeros",
    ),
    Question(
        id="step_of_one_percent",
        ask="W has norm 8, its gradient norm 2. Which rate makes a step of 1 % of W?",
        options={
            "0.01": "That step is 0.02 long. One percent of 8 is 0.08.",
            "0.04": "A step of 0.08 is due, and the gradient brings 2.",
            "0.08": "That is the length of the step. Divide it by the gradient's norm.",
            "0.16": "That is multiplied by the gradient's norm. Divide by it.",
        },
        key=lambda: f"{0.01 * 8 / 2:g}",
    ),
    Question(
        id="labels_by_lot",
        ask="Labels drawn by lot, ten classes: a pipeline reports 60 % on its test part. What does that show?",
        options={
            "It generalises well": "There is nothing to generalise: nobody can foresee lots.",
            "It overfits": "That alone leaves the test at 10 %.",
            "Training has seen the test": "Only what was seen can be right about lots.",
            "Its rate is too small": "A rate cannot make lots foreseeable.",
        },
        key="Training has seen the test",
    ),
)
