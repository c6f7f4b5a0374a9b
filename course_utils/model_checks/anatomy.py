"""How a model is built, read off a Keras model or a `cu.Sequential`, in the same words for both."""

import re
import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.models import Sequential

# Layers that only carry an activation, with its name where they hold no setting for it.
ACTIVATION_LAYERS = {"Activation": None, "Softmax": "softmax", "ReLU": "relu", "LeakyReLU": "leaky_relu"}
ACTIVATION_LAYERS |= {"ELU": "elu", "PReLU": "prelu"}
NO_ACTIVATION = ("Activation", "linear")
_SETTINGS = ("units", "filters", "kernel_size", "pool_size", "strides", "padding", "rate", "scale", "offset")
_ALIASES = {"mse": "mean_squared_error", "mae": "mean_absolute_error", "bce": "binary_crossentropy"}


@dataclass(frozen=True)
class LayerInfo:
    """One layer: its class, its activation, and the settings that a reader would compare."""

    kind: str
    name: str
    activation: str = "linear"
    settings: dict[str, Any] = field(default_factory=dict)
    output: tuple[int, ...] | None = None  # of one example; None where Keras does not tell
    parameters: int = 0
    trainable: bool = True


@dataclass(frozen=True)
class Anatomy:
    """How a model is built and compiled.

    Attributes
    ----------
    layers : list of LayerInfo
        In the order in which data pass through them, where `is_chain`; layers of models inside are among them.
    is_chain : bool
        Each layer takes what the one before it gives. Not so in a model with branches, or with a `call` of its own.
    inputs : tuple of int, or None
        The shape of one example; None where the model takes any.
    loss : str
        Keras's name of it; "" before `compile`, "another" for a function of the learner's.
    steps : int
        How many steps its optimizer has taken.
    """

    layers: list[LayerInfo]
    is_chain: bool
    inputs: tuple[int, ...] | None
    parameters: int
    trainable: int
    compiled: bool
    loss: str = ""
    from_logits: bool = False
    metrics: tuple[str, ...] = ()
    optimizer: str = ""
    learning_rate: float | None = None
    steps: int = 0

    @property
    def weighted(self) -> list[LayerInfo]:
        """The layers that have weights."""
        return [layer for layer in self.layers if layer.parameters]


def is_keras_model(answer: object) -> bool:
    """Tell whether something is a Keras model; without an import of Keras it cannot be one."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(answer, keras.Model)


def is_model(answer: object) -> bool:
    """Tell whether something is a model that can be judged."""
    return isinstance(answer, Sequential) or is_keras_model(answer)


def to_numpy(value: Any) -> NDArray:
    """Copy a variable or a tensor of Keras's, on whatever device it lies, into an array."""
    return np.array(sys.modules["keras"].ops.convert_to_numpy(value))


def read(model: Any) -> Anatomy:
    """Read how a model is built; it must have its weights.

    Examples
    --------
    >>> import course_utils as cu
    >>> anatomy = read(cu.Sequential([cu.Input(3), cu.Dense(2, "relu"), cu.Dense(1)]))
    >>> [layer.activation for layer in anatomy.layers], anatomy.parameters, anatomy.compiled
    (['relu', 'linear'], 11, False)
    """
    return _read_numpy(model) if isinstance(model, Sequential) else _read_keras(model)


def _read_numpy(model: Sequential) -> Anatomy:
    layers = [
        LayerInfo(
            kind="Dense",
            name=f"dense {number}",
            activation=layer.activation,
            settings={"units": layer.units},
            output=(layer.units,),
            parameters=layer.kernel.size + layer.bias.size,
        )
        for number, layer in enumerate(model.layers, start=1)
    ]
    optimizer, objective = model.optimizer, model.objective
    rate = getattr(optimizer, "learning_rate", None)
    return Anatomy(
        layers=layers,
        is_chain=True,
        inputs=(len(model.layers[0].kernel),),
        parameters=model.count_params(),
        trainable=model.count_params(),
        compiled=objective is not None,
        loss="" if objective is None else objective.loss,
        metrics=tuple(model.metrics),
        optimizer="" if optimizer is None else type(optimizer).__name__.lower(),
        learning_rate=None if callable(rate) else rate,
        steps=0 if optimizer is None else optimizer.iterations,
    )


def _read_keras(model: Any) -> Anatomy:
    layers = [_read_layer(layer) for layer in _flat(model) if type(layer).__name__ != "InputLayer"]
    optimizer = getattr(model, "optimizer", None)
    loss, from_logits = _read_loss(getattr(model, "loss", None))
    shape = getattr(model, "input_shape", None)
    return Anatomy(
        layers=layers,
        is_chain=_is_chain(model),
        inputs=tuple(shape[1:]) if isinstance(shape, tuple) else None,
        parameters=_size(model.weights),
        trainable=_size(model.trainable_weights),
        compiled=bool(model.compiled) and loss != "",
        loss=loss,
        from_logits=from_logits,
        metrics=_read_metrics(model),
        optimizer=type(optimizer).__name__.lower() if optimizer is not None else "",
        learning_rate=_number(getattr(optimizer, "learning_rate", None)),
        steps=int(_number(getattr(optimizer, "iterations", None)) or 0),
    )


def _flat(model: Any) -> list[Any]:
    """Return the layers of a model, those of models inside it in their places."""
    layers = []
    for layer in model.layers:
        layers += _flat(layer) if is_keras_model(layer) else [layer]
    return layers


def _is_chain(model: Any) -> bool:
    """Tell whether each layer takes one tensor: a model without branches, whose `layers` stand in order."""
    if not (hasattr(model, "inputs") and model.inputs and len(model.inputs) == len(model.outputs) == 1):
        return False
    try:
        single = all(not isinstance(layer.input, (list, tuple, dict)) for layer in model.layers)
    except (AttributeError, ValueError):  # a layer used twice
        return False
    return single and all(_is_chain(layer) for layer in model.layers if is_keras_model(layer))


def _read_layer(layer: Any) -> LayerInfo:
    kind = type(layer).__name__
    try:
        config = layer.get_config()
    except Exception:  # a layer of the learner's own
        config = {}
    try:
        output = tuple(layer.output.shape[1:])
    except (AttributeError, ValueError):  # never called on its own, or called twice
        output = None
    settings = {name: config[name] for name in _SETTINGS if name in config}
    settings["initializer"] = _class_name(config.get("kernel_initializer"))
    if hasattr(layer, "adapt_mean") and hasattr(layer, "adapt_variance"):  # a Normalization without given means
        mean, variance = to_numpy(layer.adapt_mean), to_numpy(layer.adapt_variance)
        settings["adapted"] = bool(mean.any() or (variance != 1).any())
    return LayerInfo(
        kind=kind,
        name=layer.name,
        activation=ACTIVATION_LAYERS.get(kind) or _snake(_class_name(config.get("activation", "linear"))),
        settings=settings,
        output=output,
        parameters=_size(layer.weights),
        trainable=bool(layer.trainable),
    )


def _class_name(setting: Any) -> str:
    """Return the name in a setting of Keras's: a word, or a dictionary that says which class."""
    if isinstance(setting, dict):
        config = setting.get("config")
        return str(config if setting.get("class_name") == "function" else setting.get("class_name"))
    return str(setting or "linear")


def _snake(name: str) -> str:
    """Write a class name as Keras writes the function: MeanSquaredError, mean_squared_error."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _read_loss(loss: Any) -> tuple[str, bool]:
    """Return Keras's name of a loss and whether it takes logits."""
    if isinstance(loss, (list, tuple)) and len(loss) == 1:
        (loss,) = loss
    if loss is None:
        return "", False
    if isinstance(loss, str):
        return _ALIASES.get(loss.lower(), _snake(loss)), False
    keras = sys.modules["keras"]
    if isinstance(loss, keras.losses.Loss) and type(loss).__module__.startswith("keras"):
        return _snake(type(loss).__name__), bool(loss.get_config().get("from_logits", False))
    name = getattr(loss, "__name__", "")
    return (name, False) if hasattr(keras.losses, name) else ("another", False)


def _read_metrics(model: Any) -> tuple[str, ...]:
    """Return the names of the metrics that were compiled."""
    try:
        metrics = (model.get_compile_config() or {}).get("metrics") or ()
    except Exception:  # a metric of the learner's own, which Keras cannot write down
        return ()
    return tuple(_snake(_class_name(metric)) for metric in metrics) if isinstance(metrics, list) else ()


def _size(variables: Any) -> int:
    return sum(int(np.prod(variable.shape)) for variable in variables)


def _number(value: Any) -> float | None:
    """Return a number of Keras's, a variable on some device, as a float."""
    if value is None:
        return None
    try:
        return float(to_numpy(value))
    except (TypeError, ValueError):
        return None


def last_activation(anatomy: Anatomy, output: NDArray) -> str:
    """Return the activation on the output: as it is written, or, in a model that does not tell, as it behaves.

    "" where neither tells.
    """
    if anatomy.is_chain:
        for layer in reversed(anatomy.layers):
            if layer.kind in ("Dropout", "Flatten", "Reshape") or (layer.kind, layer.activation) == NO_ACTIVATION:
                continue
            if layer.kind in ACTIVATION_LAYERS or layer.kind.startswith(("Dense", "Conv")):
                return layer.activation
            break
    return _behaves_like(output)


def _behaves_like(output: NDArray) -> str:
    if output.ndim != 2 or not np.isfinite(output).all():
        return ""
    low, high = output.min(), output.max()
    several = output.shape[1] > 1
    if several and low >= 0 and np.allclose(output.sum(axis=1), 1, atol=1e-3):
        return "softmax"
    if low < 0 and (low < -1 or high > 1):
        return "linear"
    return "sigmoid" if several and low > 0 and high < 1 else ""
