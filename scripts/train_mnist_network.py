"""Train the network that reads the drawings of lesson 00, and store it in the package with its test accuracy.

    python scripts/train_mnist_network.py [--mnist FILE]    # about 20 seconds; needs the full MNIST

It has 784 inputs, 64 hidden units and 10 outputs, and sees all 60,000 training images. The test images are looked at
once, after the training. Its weights are stored as float16, which halves the file; the accuracy is that of what is
stored. The same seed gives the same network again, but for the last digits that another processor rounds otherwise.
"""

import argparse
import json
import sys

import numpy as np

import course_utils as cu
from course_utils.models.pretrained import RECORD, WEIGHTS, fresh_layers

SEED = 0
EPOCHS = 20
BATCH_SIZE = 64
LEARNING_RATE = 0.002  # at the start; it falls to 0 along a cosine


def train(data):
    """Return the trained network."""
    x, y = flat(data[0])
    steps = EPOCHS * -(-len(x) // BATCH_SIZE)
    model = cu.Sequential(fresh_layers(), rng=SEED)
    model.compile(cu.Adam(cu.CosineDecay(LEARNING_RATE, steps)), "sparse_categorical_crossentropy")
    model.fit(x, y, batch_size=BATCH_SIZE, epochs=EPOCHS)
    return model


def flat(part):
    """Return images as rows of 784 numbers in 0 … 1, and their labels."""
    images, labels = part
    return images.reshape(-1, 784) / np.float32(255), labels


def store(model, data):
    """Write the weights, and what is known of the network."""
    x, y = flat(data[1])
    exact = model.predict(x).argmax(axis=1)
    weights = [values.astype(np.float16) for values in model.get_weights()]
    model.set_weights(weights)
    answers = model.predict(x).argmax(axis=1)
    with WEIGHTS.open("wb") as file:
        np.savez_compressed(file, **dict(zip(("W1", "b1", "W2", "b2"), weights, strict=True)))
    record = {
        "made by": "scripts/train_mnist_network.py",
        "layers": "784 inputs, 64 relu, 10 softmax",
        "trained on": "the 60,000 training images of MNIST",
        "epochs": EPOCHS,
        "seed": SEED,
        "test_accuracy": cu.accuracy(y, answers),
        "test_accuracy in float32": cu.accuracy(y, exact),
        "test answers that float16 changes": int((answers != exact).sum()),
    }
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1000:.0f} kB")
    print(RECORD.read_text(encoding="utf-8"), end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mnist", help="the full MNIST as a file; else it is looked for, and downloaded")
    data = cu.load_mnist(parser.parse_args().mnist)
    if not data.is_full:
        sys.exit("The network is trained on the full MNIST, and there are only the embedded digits here.")
    store(train(data), data)


if __name__ == "__main__":
    main()
