"""The base floor: bad input becomes one sentence that says what, Expected, Received, and how to fix it."""

import difflib
import math
import numbers
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike


def argument_error(
    name: str, what: str, expected: Any, received: Any, hint: str | None = None, error: type[Exception] = ValueError
) -> Exception:
    """Return the `error` to raise, with the course's one form of sentence.

    >>> raise argument_error("sigmoid", "z must hold numbers", "an array of numbers", "'abc'")
    Traceback (most recent call last):
    ValueError: sigmoid: z must hold numbers. Expected: an array of numbers. Received: 'abc'.
    """
    sentence = f"{name}: {what}. Expected: {expected}. Received: {received}."
    if hint:
        sentence += f" Hint: {hint}" + ("" if hint.endswith("?") else ".")
    return error(sentence)


def as_array(name: str, arg: str, x: ArrayLike) -> np.ndarray:
    """Return x as an array of float32 or float64; integers and booleans become float64."""
    array = to_array(name, arg, x)
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise argument_error(
            name, f"{arg} must hold real numbers", "floats or integers", f"dtype {array.dtype}", error=TypeError
        )
    return array.astype(np.float32) if array.dtype == np.float16 else array


def check_out(name: str, out: Any, z: np.ndarray) -> None:
    """Refuse an `out` that cannot take z's values: NumPy would broadcast, or complain in its own words."""
    if out is not None and (not isinstance(out, np.ndarray) or (out.shape, out.dtype) != (z.shape, z.dtype)):
        received = f"{getattr(out, 'dtype', type(out).__name__)} {np.shape(out)}"
        raise argument_error(name, "out must be like z", f"{z.dtype} {z.shape}", received)


def to_array(name: str, arg: str, x: ArrayLike) -> np.ndarray:
    """Return np.asarray(x), whatever it holds."""
    try:
        return np.asarray(x)
    except ValueError:  # NumPy refuses rows of different lengths
        raise argument_error(
            name, f"{arg} has rows of different lengths", "an array", "a ragged list", error=TypeError
        ) from None


def as_labels(name: str, arg: str, y: ArrayLike, n_classes: int | None = None) -> np.ndarray:
    """Return y as a flat integer array of class labels, each 0 … n_classes - 1; (m, 1) is read as (m,)."""
    y = to_array(name, arg, y)
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]  # (m, 1) -> (m,)
    if y.ndim != 1:
        raise argument_error(
            name, f"{arg} must be a list of labels", "(m,)", y.shape, f"{arg}.argmax(axis=1) if it is one-hot"
        )
    if y.dtype.kind not in "iu":
        y = _whole_labels(name, arg, y)
    outside = (y < 0) | (y >= (np.inf if n_classes is None else n_classes))
    if outside.any():
        i = int(outside.argmax())
        top = "…" if n_classes is None else n_classes - 1
        raise argument_error(name, f"{arg} has a label out of range", f"labels 0 … {top}", f"{y[i]} at position {i}")
    return y


def _whole_labels(name: str, arg: str, y: np.ndarray) -> np.ndarray:
    if y.dtype.kind in "bf":
        exact = y.astype(np.float64)
        if ((np.abs(exact) < 2**53) & (exact == np.floor(exact))).all():
            return y.astype(np.int64)
    raise argument_error(name, f"{arg} must hold whole numbers, the class labels", "integers", _short(y))


def check_same_shape(name: str, true: np.ndarray, pred: np.ndarray) -> None:
    """Refuse two arrays of different shapes; (m,) against (m, 1) would silently become (m, m)."""
    if true.shape == pred.shape:
        return
    hint = None
    if true.size == pred.size and true.ndim < pred.ndim:
        hint = "y_true.reshape(-1, 1)"
    elif true.size == pred.size and true.ndim > pred.ndim:
        hint = "y_true.reshape(-1)"
    elif true.ndim == 1 and pred.ndim == 2:
        hint = f"for integer labels, one_hot(y_true, {pred.shape[1]})"
    raise argument_error(
        name, "y_true and y_pred must have the same shape", f"{pred.shape} like y_pred", true.shape, hint
    )


def check_not_empty(name: str, arg: str, x: np.ndarray) -> None:
    """Refuse an array without elements: a mean over nothing has no value."""
    if x.size == 0:
        raise argument_error(name, f"{arg} is empty", "at least one example", f"shape {x.shape}")


def check_ndim(name: str, arg: str, x: np.ndarray, ndim: int, expected: str, hint: str | None = None) -> None:
    """Refuse an array whose number of axes is not `ndim`."""
    if x.ndim != ndim:
        raise argument_error(name, f"{arg} has the wrong number of axes", expected, f"shape {x.shape}", hint)


def check_unit_interval(name: str, arg: str, x: np.ndarray, hint: str | None = None) -> None:
    """Refuse values outside [0, 1]; NaN passes, because its loss is NaN."""
    outside = (x < 0) | (x > 1)
    if outside.any():
        received = f"{x[outside].flat[0]:.6g}"
        raise argument_error(name, f"{arg} has a value outside [0, 1]", "values in [0, 1]", received, hint)


def check_finite(name: str, arg: str, values: np.ndarray) -> np.ndarray:
    """Return the numbers, or say that one of them cannot be drawn."""
    if not np.isfinite(values).all():
        wrong = values[~np.isfinite(values)].flat[0]
        raise argument_error(name, f"{arg} has a value that cannot be drawn", "finite numbers", wrong)
    return values


def zeros(name: str, arg: str, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    """Return np.zeros; a size that no memory holds gets a sentence that names the argument it comes from."""
    try:
        return np.zeros(shape, dtype)
    except (MemoryError, ValueError):  # the latter where the number of bytes is no number of the machine's
        size = math.prod(shape) * np.dtype(dtype).itemsize / 1e9
        received = f"{shape}, which takes {size:,.0f} GB"
        raise argument_error(name, f"{arg} is too large", "an array that fits into memory", received) from None


def choice(name: str, arg: str, value: Any, options: Mapping[str, Any]) -> Any:
    """Return options[value], or say which options there are and which one was probably meant."""
    if isinstance(value, str) and value in options:
        return options[value]
    text = str(getattr(value, "__name__", value))  # a function or a class in the place of its name
    raise argument_error(name, f"unknown {arg}", ", ".join(options), repr(value), did_you_mean(text, options))


def did_you_mean(text: str, options: Iterable[str]) -> str | None:
    """Return a hint with the option that a word is nearest to; None where none is near."""
    lower = {option.lower(): option for option in options}
    likeness = {option: difflib.SequenceMatcher(None, option, text.lower()).ratio() for option in lower}
    closest = max(likeness, key=likeness.__getitem__, default="")  # of equally near ones the first
    return f"did you mean {lower[closest]!r}?" if closest and likeness[closest] >= 0.6 else None


def number(
    name: str,
    arg: str,
    value: Any,
    *,
    low: float = -math.inf,
    high: float = math.inf,
    open_low: bool = False,
    open_high: bool = False,
) -> float:
    """Return value as a float, finite, low <= value <= high; an open end is left out."""
    real = isinstance(value, numbers.Real) and not isinstance(value, (bool, np.bool_))
    inside = real and _is_finite(value) and low <= value <= high
    if inside and not (open_low and value == low) and not (open_high and value == high):
        return float(value)
    raise argument_error(name, f"{arg} is out of range", _interval(low, high, open_low, open_high), repr(value))


def _is_finite(value: numbers.Real) -> bool:
    """Return whether value is finite as a float, which a whole number of 400 digits is not."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _interval(low: float, high: float, open_low: bool, open_high: bool) -> str:
    if high == math.inf and low == -math.inf:
        return "a finite number"
    if high == math.inf:
        return f"a number {'>' if open_low else '>='} {low:g}"
    return f"a number in {'(' if open_low else '['}{low:g}, {high:g}{')' if open_high else ']'}"


def float_type(name: str, dtype: Any) -> type[np.floating]:
    """Return dtype, a name or a type, as np.float32 or np.float64."""
    dtype = getattr(dtype, "__name__", None) or getattr(dtype, "name", dtype)
    return choice(name, "dtype", dtype, {"float32": np.float32, "float64": np.float64})


def positive(name: str, arg: str, value: Any) -> float:
    """Return value as a float; it must be a finite number above 0."""
    return number(name, arg, value, low=0, open_low=True)


def whole(name: str, arg: str, value: Any, *, low: int = 1) -> int:
    """Return value as an int; it must be a whole number of at least `low`."""
    if isinstance(value, numbers.Integral) and not isinstance(value, (bool, np.bool_)) and int(value) >= low:
        return int(value)
    raise argument_error(name, f"{arg} must be a whole number", f"an integer >= {low}", repr(value))


def generator(name: str, rng: Any) -> np.random.Generator:
    """Return a NumPy Generator: the one given, one from a seed, or a fresh one for None."""
    if isinstance(rng, np.random.Generator):
        return rng
    if rng is None:
        return np.random.default_rng()
    if isinstance(rng, numbers.Integral) and int(rng) >= 0:
        return np.random.default_rng(int(rng))
    raise argument_error(
        name, "rng must be a generator or a seed", "np.random.default_rng(0), or 0", repr(rng), error=TypeError
    )


def _short(x: ArrayLike) -> str:
    text = np.array2string(np.asarray(x), threshold=6, edgeitems=2)
    return " ".join(text.split())
