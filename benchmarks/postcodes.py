"""How many postcodes does the reference solution of the last project read, and what does another scanner do to it?

    python benchmarks/postcodes.py FULL.npz [--seeds 3]    # the full MNIST; ten minutes on one core

Each seed writes its own 4,000 strips to train on and 1,000 strips of test images. The reader of either source also
reads the other's strips. Besides, the network of 784, 64 and 10 units that comes with the course, trained on MNIST,
reads the embedded test digits, and one trained on the embedded digits reads MNIST's. Two more learn from as few images
of MNIST, the second time made as coarse as the embedded ones, 8 x 8. Writes benchmarks/results/postcodes.json and
postcodes.md.
"""

import argparse
import json
from pathlib import Path

import numpy as np

import course_utils as cu
from course_utils.datasets.embedded_digits import enlarge
from course_utils.lessons.lesson_17_project_postcode import reference

RESULTS = Path(__file__).parent / "results" / "postcodes.json"
N_TEST = 1000  # strips
EPOCHS = 20  # of a network that is trained on as many images as there are embedded digits


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("full", help="mnist.npz")
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    sources = {"full": cu.load_mnist(given.full), "digits": cu.load_mnist("digits")}
    seeds = range(given.seeds)
    found = {
        "reference": {name: [] for name in sources},
        "other source": {name: [] for name in sources},
        "lone digits": lone_digits(sources, seeds),
    }
    for seed in seeds:
        for name, data in sources.items():
            model = reference.train(*data[0], seed)
            for other, its_data in sources.items():
                score = read_strips(model, its_data[1], seed)
                found["reference" if other == name else "other source"][name].append(score)
                print(f"seed {seed}: trained on {name}, strips of {other}: {score}", flush=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    RESULTS.with_suffix(".md").write_text(table(found), encoding="utf-8")


def read_strips(model, test, seed):
    """Return the shares of digits and of whole codes that are read rightly."""
    strips, codes, _ = reference.post_office(*test, N_TEST, seed=1000 + seed)
    right = reference.read(strips, model).argmax(axis=2) == codes  # (m, 5)
    return {"digits": round(float(right.mean()), 4), "codes": round(float(right.all(axis=1).mean()), 4)}


def lone_digits(sources, seeds):
    """Return the accuracies of networks of 784, 64 and 10 units on single digits, of both scanners."""
    flat = {name: (scaled(data[1][0]), data[1][1]) for name, data in sources.items()}
    ours = cu.load_mnist_network()
    found = {"trained on full": [{name: accuracy(ours, *test) for name, test in flat.items()}]}
    found["certainty of the one trained on full"] = {
        name: round(float(ours.predict(x).max(axis=1).mean()), 4) for name, (x, _) in flat.items()
    }
    embedded, embedded_labels = sources["digits"][0]
    images, labels = sources["full"][0]
    found |= {f"trained on {name}": [] for name in ("digits", "few of full", "few coarse of full")}
    for seed in seeds:
        few = np.random.default_rng(seed).choice(len(images), len(embedded), replace=False)
        lessons = {
            "digits": (embedded, embedded_labels),
            "few of full": (images[few], labels[few]),
            "few coarse of full": (coarse(images[few]), labels[few]),
        }
        for name, (x, y) in lessons.items():
            model = trained(scaled(x), y, seed)
            found[f"trained on {name}"].append({to: accuracy(model, *test) for to, test in flat.items()})
    return found


def scaled(images):
    return images.reshape(-1, 784) / np.float32(255)


def coarse(images):
    """Bring images of MNIST to 8 x 8, by the mean ink of each area, and back as the embedded digits are brought."""
    boxes = np.stack([middle_box(image) for image in images])  # (m, 20, 20)
    doubled = boxes.repeat(2, axis=1).repeat(2, axis=2)  # (m, 40, 40): eight times five
    return enlarge(doubled.reshape(-1, 8, 5, 8, 5).mean(axis=(2, 4)) * 16 / 255)


def middle_box(image):
    """Return the ink of an image in the middle of 20 x 20."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    ink = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    ink = ink[:20, :20]
    box = np.zeros((20, 20))
    top, left = (20 - ink.shape[0]) // 2, (20 - ink.shape[1]) // 2
    box[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return box


def trained(x, y, seed):
    model = cu.Sequential([cu.Input((784,)), cu.Dense(64, "relu"), cu.Dense(10, "softmax")], rng=seed)
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x, y, batch_size=32, epochs=EPOCHS, verbose=0)
    return model


def accuracy(model, x, y):
    return round(float((model.predict(x).argmax(axis=1) == y).mean()), 4)


def table(found):
    """Write all of it as Markdown: the mean over the seeds, and the range."""
    names = {"full": "the full MNIST", "digits": "the embedded digits"}
    lone = names | {"few of full": "1,437 images of MNIST", "few coarse of full": "1,437 images of MNIST, made coarse"}
    about = " ".join(__doc__.split("\n\n")[2].split()).partition(" Writes")[0]
    lines = ["# The reference solution of the project, and another scanner", "", about, ""]
    lines += ["| reader trained on | strips of | digits | whole codes |", "|---|---|---|---|"]
    for kind, where in (("reference", "the same"), ("other source", "the other")):
        for name in names:
            scores = found[kind][name]
            digits, codes = (spread([score[key] for score in scores]) for key in ("digits", "codes"))
            lines.append(f"| {names[name]} | {where} | {digits} | {codes} |")
    lines += ["", "| 784-64-10, trained on | MNIST's test images | the embedded test digits |", "|---|---|---|"]
    for name in lone:
        runs = found["lone digits"][f"trained on {name}"]
        lines.append(f"| {lone[name]} | " + " | ".join(spread([run[to] for run in runs]) for to in names) + " |")
    return "\n".join(lines) + "\n"


def spread(values):
    if len(values) == 1:
        return f"{values[0]:.1%}"
    return f"{np.mean(values):.1%} ({min(values):.1%} … {max(values):.1%})"


if __name__ == "__main__":
    main()
