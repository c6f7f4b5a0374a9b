"""The ten causes of lesson 16: each patient's card asks for one word; every other word has its own reason."""

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong

WORDS = "axis · broadcasting · dead · epoch · labels · leak · loss · order · rate · start"


def _cause(number: int, word: str, title: str, hints: tuple, why: str, others: dict[str, str]) -> Exercise:
    id = f"cause_{number}"
    return Exercise(
        id=id,
        lesson="16",
        title=f"the cause of patient {number}, {title}",
        aim=f"Name the cause that your measurement shows: {WORDS}.",
        signature=f'{id} = "a word of the list"',
        lines=1,
        hints=hints,
        why=why,
        solution=f"def {id}():\n    return {word!r}\n",
        wrong=tuple(Wrong(repr(other), diagnosis) for other, diagnosis in others.items()),
        variants=(repr(word), repr(word.upper()), repr(f" {word} ")),
    )


CAUSES = (
    _cause(
        1,
        "broadcasting",
        "two answers",
        (
            "Compare the shape of the output with the shape of the targets.",
            "(9, 1) + (2,) gives (9, 2), without a word. What did the author expect?",
            "NumPy stretched a column to fit two biases. The word for that stretching is in the list.",
        ),
        "A sum of (9, 1) and (2,) is (9, 2): two biases, but one line's direction for both units.",
        {
            "rate": "The cost falls quickly, then stays. Another rate comes to the same place.",
            "loss": "A cross-entropy is right for yes and no. Look at the shapes that go into it.",
            "start": "Three random starts end alike, so it is not bad luck with the start.",
            "labels": "The targets are right. But how many columns have they, and how many has the output?",
            "axis": "No sum along an axis takes part here. Look at what is added to what.",
            "dead": "These are sigmoids: none is silent on every row.",
        },
    ),
    _cause(
        2,
        "epoch",
        "two epochs in a blink",
        (
            "Count the updates, not the epochs.",
            "1,400 images in batches of 100: how many updates should one epoch have?",
            "One batch was taken for a whole pass through the data. That pass has a name.",
        ),
        "Only 200 of 2,800 turns were taken: an epoch is every image once, here 14 updates.",
        {
            "rate": "0.1 is the rate of the healthy network. Its steps are as long, but there are more of them.",
            "loss": "It is the healthy network's loss, and it falls at every update. Count the updates.",
            "start": "He's start, as in the healthy network. Count what comes after it.",
            "order": "The rows of a batch are drawn at random. Count how many are drawn.",
            "dead": "Most units speak, and the gradient arrives. It is just not used often.",
        },
    ),
    _cause(
        3,
        "axis",
        "a cost of 6.9",
        (
            "Add up the ten probabilities of one image.",
            "6.9 is −log 0.001, and 0.001 is a tenth of a hundredth. What has size 100 here?",
            "The sum runs over the whole batch. Which argument of sum says where it runs?",
        ),
        "Without an axis the sum runs over all 1,000 entries, so a hundred images share one certainty.",
        {
            "loss": "The cross-entropy is right. It is given numbers that are no probabilities.",
            "rate": "The first cost is measured before any step.",
            "start": "Small random weights give ten nearly equal numbers. That should cost 2.30.",
            "labels": "The one-hot rows are right. Look at the other factor.",
            "broadcasting": "All shapes are as they should be. It is a sum that runs too far.",
        },
    ),
    _cause(
        4,
        "loss",
        "slow for no reason",
        (
            "Compare the first gradient with that of the healthy network.",
            "Start, data, rate and network are the same. What else shapes the gradient?",
            "Ten probabilities need a cross-entropy. What stands in compile?",
        ),
        "Squared error through a softmax multiplies each gradient by p (1 − p), and divides by ten entries.",
        {
            "rate": "0.1 is right for the healthy network. Here the gradient itself is far shorter.",
            "start": "It is the healthy network's start, to the last digit.",
            "dead": "Hardly a unit is dead. Gradients arrive, but they set out small.",
            "epoch": "Fourteen updates an epoch, as for the healthy network.",
            "labels": "One-hot rows suit ten outputs. Look at what compares the two.",
        },
    ),
    _cause(
        5,
        "rate",
        "a loss that jumps",
        (
            "Divide the length of one step by the length of the weights.",
            "One step is about as long as the weights themselves, or longer.",
            "The step is a product of two: the gradient, which is ordinary, and a number that you choose.",
        ),
        "Steps of a few percent of the weights are a good first try; here one step throws them all away.",
        {
            "dead": "Sigmoids do not die like ReLUs. They are pushed to 0 and 1 by something else.",
            "start": "Before the first step its loss is ordinary. It is the step that spoils it.",
            "loss": "Softmax and categorical cross-entropy go together.",
            "order": "The images are shuffled. A jump happens at the very first step.",
            "labels": "With much shorter steps these labels are learned.",
        },
    ),
    _cause(
        6,
        "dead",
        "2.30 for ever",
        (
            "Count the hidden units that give 0 for all images.",
            "Nearly all 64 give 0. Which gradient gets through a ReLU that gives 0?",
            "A unit that is silent on every image, and never learns again, is called …",
        ),
        "Pixels up to 255 made a first step so long that hardly a ReLU ever fires again, and 0 passes no gradient.",
        {
            "start": "Before training many hidden outputs are above 0. They were silenced by a step.",
            "loss": "The cross-entropy is right: 2.30 is what ten equal guesses cost.",
            "rate": "0.1 is the healthy network's rate. Look at what it multiplies, and at what it left behind.",
            "labels": "The labels are those of the healthy network. Look at the hidden layer.",
            "epoch": "More updates change nothing: all gradients but the last biases' are 0.",
        },
    ),
    _cause(
        7,
        "start",
        "no gradient at all",
        (
            "Which of the four gradients are exactly 0, before the first step?",
            "dW2 holds the hidden outputs as a factor, dW1 holds W2 as a factor.",
            "Both factors are 0 before training began. So the fault lies in what was there first.",
        ),
        "Zero weights give zero outputs and zero gradients: only the ten output biases move.",
        {
            "dead": "All 64 give 0, true, but before the first step. Nothing killed them: they began so.",
            "rate": "Any rate times 0 is 0.",
            "loss": "2.30 is right for ten classes, and the last biases do get their gradient.",
            "labels": "The output's biases learn how frequent each label is. So labels arrive.",
            "order": "The images are shuffled, and one batch alone cannot be learned either.",
        },
    ),
    _cause(
        8,
        "order",
        "it knows the last digits only",
        (
            "How many different digits stand in one batch?",
            "One or two in each batch. What has the network seen last?",
            "The rows came sorted by label, and nobody mixed them.",
        ),
        "Each batch pulls the network to its own digit; what was learned before is overwritten.",
        {
            "rate": "The same rate learns well once batches hold all digits.",
            "labels": "Each image has its right label. Look at which of them come together.",
            "epoch": "Every image was used once in each epoch. Look at when.",
            "leak": "A leak makes the test look too good. Here it looks bad.",
            "start": "One mixed batch is learned by heart from this very start.",
            "dead": "Only a few units are dead: gradients get through. They pull one way at a time.",
        },
    ),
    _cause(
        9,
        "labels",
        "perfect in training, 10 % in the test",
        (
            "Print the different values that y takes.",
            "There is one value only. Which line made one value of ten?",
            "The table was divided by 255 as a whole, its first column too.",
        ),
        "A label is a name, not a measurement: 7 / 255, cut to a whole number, is 0 like all the others.",
        {
            "leak": "A leak makes the test look good. Here the test is as bad as a guess.",
            "loss": "The loss goes to 0: it learns what it is told. What is it told?",
            "order": "The rows are shuffled. And a wrong order would spoil the training accuracy too.",
            "rate": "A training loss near 0 needs no other rate.",
            "dead": "A network with dead units does not reach 100 % in training on ten digits.",
        },
    ),
    _cause(
        10,
        "leak",
        "too good",
        (
            "How many test pictures have a copy among the training pictures?",
            "Nearly all. And labels drawn by lot are 'predicted' too.",
            "Something of the test has found its way into the training. The word is in the list.",
        ),
        "Copies stood on both sides of the split, so the test asked for what had been learned by heart.",
        {
            "labels": "Labels by lot are the measurement, not the illness: with true ones the test is too good too.",
            "order": "The rows are mixed well. It is the mixing before the split that carries copies across.",
            "epoch": "Every training row comes once in each epoch.",
            "loss": "The loss is right. What it is measured on is not.",
            "start": "From any start, nobody can foresee lots.",
        },
    ),
)
