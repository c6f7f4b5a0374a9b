"""From Sigmoid to MNIST: the functions behind the lessons.

The house, floor by floor; an import only ever points down:

    teach   explorables  exercises                 sliders and live pictures; checkers of answers
    show    plots  models                          figures; LogisticNeuron, Sequential, History
            checkpoints  clinic                    weights in files, whole or not there; a look into a sick network
    train   layers  optimizers  gradients          Dense; SGD and schedules; gradients by differences, and their check
    maths   activations  losses  metrics           what a neuron computes, and how wrong it is
            convolution                            a window that slides over a picture
            initializers  datasets                 where weights start; gates, mini-batches, MNIST
    base    _checks                                bad input becomes one sentence

A digit's way through it: `load_mnist`, `minibatches`, `Dense` forward, a loss, `Dense` backward, `SGD`, `plots`.

Names and argument order are Keras's: `cu.layers.Dense` is to NumPy what `keras.layers.Dense` is to TensorFlow.
Everything is loaded at its first use, so `import course_utils as cu` costs little more than NumPy.
"""

import importlib

__version__ = "0.1.0"

# submodule: the names that `cu.` reaches directly
_WHERE = {
    "activations": "linear relu relu_grad sigmoid sigmoid_grad softmax step tanh tanh_grad",
    "losses": "binary_crossentropy categorical_crossentropy mean_squared_error sparse_categorical_crossentropy",
    "metrics": "accuracy confusion_matrix",
    "convolution": "conv2d max_pool2d output_size",
    "initializers": "glorot_normal glorot_uniform he_normal he_uniform random_normal zeros",
    "datasets": "load_fashion_mnist load_mnist logic_gate minibatches one_hot",
    "gradients": "gradient_check gradient_descent numerical_gradient",
    "layers": "Dense Input",
    "optimizers": "SGD Adam RMSprop",
    "optimizers.schedules": "CosineDecay ExponentialDecay InverseTimeDecay PiecewiseConstantDecay",
    "models": "History LogisticNeuron Sequential",
    "checkpoints": "load_weights save_weights",
    "callbacks": "",
    "callbacks.progress_bar": "progress_bar",
    "clinic": "",
    "plots": "show",
    "explorables": "Slider live",
    "exercises": "",
    "lessons": "",
    "commands": "answered card check hint progress questions solution",
    "environment": "check_environment",
    "backend": "quiet_tensorflow",
}
_HOME = {name: module for module, names in _WHERE.items() for name in names.split()}
__all__ = sorted(_HOME)


def __getattr__(name):
    if name in _HOME:
        value = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    elif name in _WHERE:
        value = importlib.import_module(f"{__name__}.{name}")
    else:
        raise AttributeError(f"course_utils has no {name!r}. dir(course_utils) lists what it has.")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *_HOME, *_WHERE} - {"optimizers.schedules", "callbacks.progress_bar"})
