"""The patients of lesson 16 that are written in Keras. Keras itself is imported by their programs alone."""

from course_utils.lessons.lesson_16_bug_clinic.materials import digits
from course_utils.lessons.lesson_16_bug_clinic.numpy_cases import too_few
from course_utils.patients import Case
from course_utils.patients.examination import Examination
from course_utils.patients.readings import batches, one_batch, outputs, steps


def still_floored(case: Examination) -> str:
    """Say so where one batch is not learned by heart."""
    last = one_batch(case).values["loss"][-1]
    return too_few(case) if last < 0.7 else f"On one batch, over and over, its loss ends at {last:.2f}."


def still_random(case: Examination) -> str:
    """Say so where the same image gets another answer when it is asked again."""
    changed = outputs(case).values["changed"]
    return too_few(case) if changed < 1e-4 else f"Asked twice, its outputs differ by up to {changed:.2f}."


def still_frozen(case: Examination) -> str:
    """Say so where an array of weights does not move."""
    still = [name for name, moved in steps(case).values.items() if max(moved) == 0]
    return f"{', '.join(still)} does not move." if still else too_few(case)


def still_unlike(case: Examination) -> str:
    """Say so where inputs in use have another range than those in training."""
    values = batches(case).values
    training, use = values["training"], values.get("use", values["training"])
    furthest = max(abs(there - here) for there, here in zip(training, use, strict=True))
    if furthest > 0.1 * (training[1] - training[0]):
        there, here = (f"from {low:.3g} to {high:.3g}" for low, high in (training, use))
        return f"Inputs reach {there} in training, and {here} in use."
    return too_few(case)


HEAD = """
import keras
import numpy as np
from keras import layers


"""

SCALED = """def data(images, labels):
    X = images.reshape(-1, 784) / 255
    return (X[:1200], labels[:1200]), (X[1200:], labels[1200:])


"""

NETWORK = """def network():
    model = keras.Sequential([
        keras.Input((784,)),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy")
    return model


"""

TRAIN = """def train(model, X, y, validation=None, epochs=10):
    log = model.fit(X, y, batch_size=100, epochs=epochs, validation_data=validation, verbose=0)
    return log.history


"""

PREDICT = """def predict(model, images):
    return model.predict(images.reshape(-1, 784) / 255, verbose=0)
"""

LOGITS = Case(
    cause="logits",
    complaint=(
        "Most digits are right, so I think that my network is all right. But its loss stops falling at about 1.5, and "
        "it is never sure of anything."
    ),
    program=HEAD
    + SCALED
    + """def network():
    body = keras.Sequential([
        keras.Input((784,)),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model = keras.Sequential([body, layers.Softmax()])  # its outputs are to be probabilities
    model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy")
    return model


"""
    + TRAIN
    + PREDICT,
    fault="    model = keras.Sequential([body, layers.Softmax()])  # its outputs are to be probabilities\n",
    repair="    model = body\n",
    telling=("one_batch", "outputs"),
    why=(
        "The softmax is applied twice. The second one takes probabilities for logits, and numbers between 0 and 1 lie "
        "too near to each other: it cannot give more than e / (e + 9) = 0.23, and the loss cannot fall below 1.46. "
        "A loss with from_logits=True on probabilities does the same."
    ),
    material=digits,
    still_sick=still_floored,
    needs_keras=True,
)

TEST = Case(
    cause="test",
    complaint=(
        "The validation accuracy is fine. In the app that my users have, the same network is wrong again and again."
    ),
    program=HEAD
    + """def data(images, labels):
    X = images.reshape(-1, 784) / 128 - 1
    return (X[:1200], labels[:1200]), (X[1200:], labels[1200:])


"""
    + NETWORK
    + TRAIN
    + """def predict(model, images):
    return model.predict(images.reshape(-1, 784), verbose=0)
""",
    fault="    return model.predict(images.reshape(-1, 784), verbose=0)\n",
    repair="    return model.predict(images.reshape(-1, 784) / 128 - 1, verbose=0)\n",
    telling=("curves", "batches"),
    why=(
        "What enters the network in use is prepared in another way than what it was trained on. Both should go through "
        "one function, or through a layer inside the model."
    ),
    material=digits,
    still_sick=still_unlike,
    needs_keras=True,
)

MODE = Case(
    cause="mode",
    complaint=(
        "The validation accuracy is fine. But whenever I ask the network about new images, it is clearly worse."
    ),
    program=HEAD
    + SCALED
    + """def network():
    model = keras.Sequential([
        keras.Input((784,)),
        layers.Dense(64, activation="relu"),
        layers.Dropout(0.7),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.Adam(0.004), "sparse_categorical_crossentropy")
    return model


"""
    + TRAIN
    + """def predict(model, images):
    return model(images.reshape(-1, 784) / 255, training=True)
""",
    fault="training=True)\n",
    repair="training=False)\n",
    telling=("outputs", "curves"),
    why=(
        "Dropout is still active when the network is asked, so each answer comes from another thinned-out network. "
        "model.predict switches it off, and so does training=False."
    ),
    material=digits,
    still_sick=still_random,
    needs_keras=True,
)

SMALL_RATE = Case(
    cause="small rate",
    complaint="It runs, and nothing looks wrong. It is only that after ten epochs it still knows next to nothing.",
    program=HEAD + SCALED + NETWORK.replace("0.002", "0.000002") + TRAIN + PREDICT,
    fault="keras.optimizers.Adam(0.000002)",
    repair="keras.optimizers.Adam(0.002)",
    telling=("steps", "curves"),
    why=(
        "Each step moves the weights by a hundredth of a percent or less. The direction is right, and it would take "
        "a thousand times as many steps."
    ),
    material=digits,
    still_sick=too_few,
    needs_keras=True,
)

ORDER = Case(
    cause="order",
    complaint="It trains, and the loss comes down. But far too many of my images become an 8 or a 9.",
    program=HEAD
    + """def data(images, labels):
    X = images.reshape(-1, 784) / 255
    rows = np.argsort(labels[:1200], kind="stable")
    return (X[rows], labels[rows]), (X[1200:], labels[1200:])


"""
    + NETWORK.replace("Adam(0.002)", "SGD(0.1)")
    + TRAIN.replace("validation_data=validation", "validation_data=validation, shuffle=False")
    + PREDICT,
    fault='    rows = np.argsort(labels[:1200], kind="stable")\n',
    repair="    rows = np.random.default_rng(0).permutation(1200)\n",
    telling=("batches", "outputs"),
    why=(
        "The file was sorted by label, and nobody mixed it. Each batch pulls the network to its own digit, and what "
        "was learned before is overwritten."
    ),
    material=digits,
    still_sick=too_few,
    needs_keras=True,
)

FROZEN = Case(
    cause="frozen",
    complaint="It learns something, but far less than a network of this size should, however long I train it.",
    program=HEAD
    + SCALED
    + """def network():
    model = keras.Sequential([
        keras.Input((784,)),
        layers.Dense(24, activation="relu"),
        layers.Dense(24, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(0.004), "sparse_categorical_crossentropy")
    return model


"""
    + TRAIN
    + PREDICT,
    fault="""    for layer in model.layers[:-1]:
        layer.trainable = False
""",
    repair="",
    telling=("steps", "curves"),
    why=(
        "All layers but the last are frozen. In transfer learning they hold what another training has learned; here "
        "they hold the random numbers of the start."
    ),
    material=digits,
    still_sick=still_frozen,
    needs_keras=True,
)
