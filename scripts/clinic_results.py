"""Compute what lesson 16 shows without a run: ten loss curves for its page, and the measurements of each patient.

    COURSE_UTILS_MNIST=/path/to/mnist.npz .venv/bin/python scripts/clinic_results.py

Takes about two minutes, with Keras; the digits are those of the full MNIST.
"""

import json
import sys

import numpy as np

from course_utils.backend import load_keras
from course_utils.datasets import load_mnist
from course_utils.layers import Dense, Input
from course_utils.lessons.lesson_16_bug_clinic import ward
from course_utils.lessons.lesson_16_bug_clinic.materials import digits
from course_utils.lessons.lesson_16_bug_clinic.sheet import PANELS, RESULTS
from course_utils.models import Sequential
from course_utils.optimizers import SGD
from course_utils.patients import Record
from course_utils.patients.examination import Examination
from course_utils.patients.program import load_program

CASES = (*ward.REQUIRED, *ward.OPTIONAL, ward.EXAMPLE)


def own_curves():
    """Return the logs of the two trainings that are no patients: a rate too large, and overfitting."""
    X = digits().images.reshape(-1, 784) / np.float32(255)
    y = digits().labels
    wild = _network("sigmoid", 20.0)
    jumping = wild.fit(X[:1200], y[:1200], batch_size=100, epochs=10, verbose=0, validation_data=(X[1200:], y[1200:]))
    wide = _network("relu", 0.5, units=256)
    over = wide.fit(X[:200], y[:200], batch_size=20, epochs=60, verbose=0, validation_data=(X[200:], y[200:]))
    return {"large rate": jumping.history, "overfitting": over.history}


def _network(activation, rate, units=64):
    hidden = Dense(units, activation, kernel_initializer="he_normal")
    output = Dense(10, "softmax", kernel_initializer="he_normal")
    model = Sequential([Input(784), hidden, output], rng=0)
    model.compile(SGD(rate), "sparse_categorical_crossentropy")
    return model


def measured(case):
    """Return what the instruments tell of a patient, and its curves before and after our repair."""
    record = Record(case.cause, case, ward.causes())
    repaired = Examination(load_program(case.repaired), case.material())
    before, log = record.examination(), record.examination().trained[1]
    return log, {
        "readings": {name: record.reading(name).lines for name in case.telling},
        "before": rounded(before.losses),
        "after": rounded(repaired.losses),
        "scores": [round(before.score, 3), round(repaired.score, 3)],
        "guess": round(before.material.guess, 4),
    }


def rounded(values):
    """Keep four digits of each."""
    return [float(f"{value:.4g}") for value in values]


def in_lines(name, part):
    """Write a part of the file: a line for each of its entries."""
    lines = (f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in part.items())
    return f' "{name}": {{\n' + ",\n".join(lines) + "\n }"


def main():
    """Compute everything and store it."""
    if not load_mnist(download=False).is_full:
        sys.exit("This needs the full MNIST: COURSE_UTILS_MNIST=/path/to/mnist.npz")
    load_keras()
    logs, verdicts = own_curves(), {}
    for case in CASES:
        logs[case.cause], verdicts[case.cause] = measured(case)
        print(case.cause, verdicts[case.cause]["scores"])
    logs["healthy"] = Examination(load_program(ward.HEALTHY.program), digits()).trained[1]
    curves = {
        name: {kind: rounded(log[kind]) for kind in ("loss", "val_loss") if kind in log}
        for name, log in logs.items()
        if name in PANELS
    }
    parts = {"curves": curves, "verdicts": verdicts}
    text = ",\n".join(map(in_lines, parts, parts.values()))
    RESULTS.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
