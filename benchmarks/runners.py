"""What `training.py` lets run against each other: the same network, start, batches and rate, in each library."""

import importlib.util

import numpy as np

import course_utils as cu


def digits(examples):
    """Return x (n, 784), y (n,), x_test, y_test; the embedded digits are repeated until there are enough."""
    (x, y), (x_test, y_test) = cu.load_mnist()
    rows = np.resize(np.arange(len(x)), examples)
    flat = [(a.reshape(-1, 784) / np.float32(255)).astype(np.float32) for a in (x, x_test)]
    return flat[0][rows], y[rows].astype(np.int64), np.resize(flat[1], (10000, 784)), np.resize(y_test, 10000)


def start(units):
    """Return the weights that all runners begin with."""
    model = cu.Sequential([cu.Input(784), cu.Dense(units, "relu"), cu.Dense(10, "softmax")], rng=0)
    return model.get_weights()


def team(units, batch, rate, x, y, threads):
    """Return every runner that can run here, by name."""
    common = (units, batch, rate, x, y)
    runners = {"course_utils": Course(*common), "BLAS alone": Floor(*common), "textbook loop": Textbook(*common)}
    if importlib.util.find_spec("torch"):
        runners["PyTorch"] = Torch(*common, threads=threads)
    if importlib.util.find_spec("tensorflow"):
        runners["Keras"] = Keras(*common, jit=False)
        runners["Keras, jit_compile=True"] = Keras(*common, jit=True)
    runners["scikit-learn"] = Scikit(*common)
    return runners


class Runner:
    """A network of one library; `reset` brings back the common start."""

    def __init__(self, units, batch, rate, x, y):
        self.units, self.batch, self.rate, self.x, self.y = units, batch, rate, x, y
        self.weights = start(units)
        self.reset()


class Course(Runner):
    def reset(self):
        layers = [cu.Input(784), cu.Dense(self.units, "relu"), cu.Dense(10, "softmax")]
        self.model = cu.Sequential(layers, rng=1)
        self.model.set_weights(self.weights)
        self.model.compile(cu.SGD(self.rate), loss="sparse_categorical_crossentropy")

    def train(self, epochs):
        self.model.fit(self.x, self.y, batch_size=self.batch, epochs=epochs, verbose=0)

    def predict(self, x):
        return self.model.predict(x)


class Floor(Runner):
    """The five matrix products of a step, on batches as they lie in memory: no shuffle, no activation, no update."""

    predict = None

    def reset(self):
        self.W1, _, self.W2, _ = (w.copy() for w in self.weights)
        self.dW1, self.dW2 = np.zeros_like(self.W1), np.zeros_like(self.W2)
        rng = np.random.default_rng(0)  # real numbers: denormal ones would be slow
        self.h, self.dh = rng.random((2, self.batch, self.units), dtype=np.float32)
        self.z, self.dz = rng.random((2, self.batch, 10), dtype=np.float32)

    def train(self, epochs):
        for _ in range(epochs):
            for i in range(0, len(self.x) - self.batch + 1, self.batch):
                x = self.x[i : i + self.batch]
                np.matmul(x, self.W1, out=self.h)
                np.matmul(self.h, self.W2, out=self.z)
                np.matmul(self.h.T, self.dz, out=self.dW2)
                np.matmul(self.dz, self.W2.T, out=self.dh)
                np.matmul(x.T, self.dh, out=self.dW1)


class Textbook(Runner):
    """The loop as lesson 09 writes it: every line a formula, every line a new array."""

    def reset(self):
        self.W1, self.b1, self.W2, self.b2 = (w.copy() for w in self.weights)

    def train(self, epochs):
        Y, rng = cu.one_hot(self.y, 10), np.random.default_rng(1)
        for _ in range(epochs):
            for x, y in cu.minibatches(self.x, Y, self.batch, rng=rng):
                Z1 = x @ self.W1 + self.b1
                A1 = np.maximum(Z1, 0)
                dZ2 = (cu.softmax(A1 @ self.W2 + self.b2) - y) / len(x)
                dZ1 = dZ2 @ self.W2.T * (Z1 > 0)
                self.W2 -= self.rate * A1.T @ dZ2
                self.b2 -= self.rate * dZ2.sum(axis=0)
                self.W1 -= self.rate * x.T @ dZ1
                self.b1 -= self.rate * dZ1.sum(axis=0)

    def predict(self, x):
        return cu.softmax(np.maximum(x @ self.W1 + self.b1, 0) @ self.W2 + self.b2)


class Keras(Runner):
    def __init__(self, *common, jit):
        self.jit, self.model = jit, None
        super().__init__(*common)

    def reset(self):
        import keras

        if self.model is None:  # a compiled model is kept: compiling is not what is measured
            layers = [keras.Input((784,)), keras.layers.Dense(self.units, "relu"), keras.layers.Dense(10, "softmax")]
            self.model = keras.Sequential(layers)
            loss = "sparse_categorical_crossentropy"
            self.model.compile(keras.optimizers.SGD(self.rate), loss, metrics=["accuracy"], jit_compile=self.jit)
        self.model.set_weights(self.weights)

    def train(self, epochs):
        self.model.fit(self.x, self.y, batch_size=self.batch, epochs=epochs, verbose=0)

    def predict(self, x):
        return self.model.predict(x, batch_size=2000, verbose=0)


class Torch(Runner):
    """The usual loop, with the batches gathered from one tensor; a DataLoader would be slower."""

    def __init__(self, *common, threads):
        import torch

        torch.set_num_threads(threads)
        super().__init__(*common)

    def reset(self):
        import torch

        self.model = torch.nn.Sequential(
            torch.nn.Linear(784, self.units), torch.nn.ReLU(), torch.nn.Linear(self.units, 10)
        )
        with torch.no_grad():
            for parameter, w in zip(self.model.parameters(), self.weights, strict=True):
                parameter.copy_(torch.from_numpy(w.T.copy()))
        self.tensors = torch.from_numpy(self.x), torch.from_numpy(self.y)

    def train(self, epochs):
        import torch

        x, y = self.tensors
        optimizer = torch.optim.SGD(self.model.parameters(), lr=self.rate)
        for _ in range(epochs):
            for rows in torch.randperm(len(x)).split(self.batch):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(self.model(x[rows]), y[rows]).backward()
                optimizer.step()

    def predict(self, x):
        import torch

        with torch.no_grad():
            return torch.softmax(self.model(torch.from_numpy(x)), dim=1).numpy()


class Scikit(Runner):
    """MLPClassifier draws its own start; partial_fit would not shuffle, so epochs go through max_iter."""

    def reset(self):
        from sklearn.neural_network import MLPClassifier

        sizes = {"hidden_layer_sizes": (self.units,), "batch_size": self.batch, "warm_start": True}
        plain = {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False, "alpha": 0.0}
        self.model = MLPClassifier(
            **sizes, **plain, learning_rate_init=self.rate, random_state=np.random.RandomState(1)
        )

    def train(self, epochs):
        import warnings

        self.model.max_iter = epochs
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "not converged": it was asked for so many epochs only
            self.model.fit(self.x, self.y)

    def predict(self, x):
        return self.model.predict_proba(x)
