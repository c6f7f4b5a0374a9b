"""Right in shape, wrong in its numbers, in the same way everywhere: a sign, a factor, decimals cut off."""

import re
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from course_utils.exercises.causes.attempt import Attempt, Result
from course_utils.exercises.causes.code import Code
from course_utils.exercises.causes.registry import Words, cause

TINY = 0.02  # a constant below it is there against a division by zero or a log of zero


@cause(
    about="Every number has the other sign.",
    says="Every number is right but for its sign.",
    each_result=True,
    joins=True,
)
def sign(result: Result) -> Words:
    return {} if result.explained(np.negative) else None


@cause(
    about="Decimals are cut off, by //, by a cast, or because an array of whole numbers cannot hold them.",
    each_result=True,
    joins=True,
)
def decimals_cut_off(result: Result) -> Words:
    code, inputs = result.attempt.code, result.attempt.inputs
    if result.explained(np.round):
        return {"sentence": "The numbers are rounded to whole ones. Leave the decimals."}
    if result.explained(np.trunc) or result.explained(np.floor):
        return {"sentence": _cut_by(code) or "The decimals are cut off: whole numbers came."}
    if not result.arrays:
        return None
    wrong = [n for n, pair in enumerate(result.pairs) if not result.attempt.alike(*pair)]
    cut = all(result.attempt.alike(np.asarray(np.trunc(result.expected[n])), result.received[n]) for n in wrong)
    if not cut or not {result.received[n].dtype.kind for n in wrong} <= set("iu"):
        return None
    if _cut_by(code):
        return {"sentence": _cut_by(code)}
    if not all(any(getattr(part, "dtype", np.dtype(float)).kind in "iu" for part in inputs[n]) for n in wrong):
        return None
    words = "zeros_like, empty_like or a cast gave it the type of the input"
    return {"sentence": f"Whole numbers came in, and the result can hold only whole numbers: {words}."}


def _cut_by(code: Code) -> str:
    is_cast = bool(code.names & {"astype", "int", "int32", "int64", "trunc", "floor"})
    if "//" in code.operators and is_cast:
        return "The decimals are cut off, by // or by a type that holds only whole numbers."
    if "//" in code.operators:
        return "The decimals are cut off: // gives whole numbers."
    if is_cast:
        return "The decimals are cut off by a type that holds only whole numbers, or by a cast to it."
    return ""


@cause(
    about="Rounded on the way out.",
    says="The result is rounded to {digits} decimals. Leave all of them.",
    each_result=True,
    joins=True,
)
def rounded(result: Result) -> Words:
    for digits in range(1, 7):
        if result.explained(partial(np.round, decimals=digits)):
            return {"digits": digits}
    return None


@cause(
    about="Half-precision numbers, which keep three digits.",
    says="The result is made of float16, which keeps three digits. float32 or float64 keep enough.",
    each_result=True,
)
def half_precision(result: Result) -> Words:
    if not result.arrays or not all(came.dtype == np.float16 for came in result.received):
        return None
    near = all(
        right.shape == came.shape and np.allclose(right, came, rtol=5e-3, atol=1e-3) for right, came in result.pairs
    )
    return {} if near else None


@cause(
    about="1 minus the number asked for; true and false, or 0 and 1, have changed places.",
    says="{what}",
    each_result=True,
)
def complement(result: Result) -> Words:
    if not result.arrays:
        return None
    truths = all(right.dtype == bool for right in result.expected)
    if truths and result.explained(lambda right: ~right):
        return {"what": "True and false have changed places."}
    if truths or not result.explained(lambda right: 1 - right):
        return None
    gates = all(np.isin(right, (0, 1)).all() for right in result.expected)
    return {"what": "0 and 1 have changed places." if gates else "Every number is 1 minus the one asked for."}


@cause(
    about="A constant factor: 2, 1/2, 100, the base of a logarithm, or one that equals m, 1/m, m², n, the root of n, "
    "a rate … on every input.",
    says="Every number is {times}{reason}",
    each_result=True,
    joins=True,
)
def constant_factor(result: Result) -> Words:
    found = _factors(result)
    if found is None:
        return None
    for times, reason, factors in _known_factors(result.attempt):
        pairs = [(known, seen) for known, seen in zip(factors, found, strict=True) if seen is not None]
        if all(np.isclose(known, seen, rtol=1e-5, atol=0) for known, seen in pairs):
            return {"times": times, "reason": reason}
    seen = [factor for factor in found if factor is not None]
    if len(seen) > 2 and np.allclose(seen, seen[0], rtol=1e-5, atol=0):
        return {"times": f"{seen[0]:.4g} times what it should be", "reason": ", on every input."}
    return None


@cause(
    about="The same number is added everywhere; a whole number is one too large or too small.",
    says="Every number is too {way} by {much}.",
    each_result=True,
)
def constant_added(result: Result) -> Words:
    if not result.arrays or any(right.shape != came.shape for right, came in result.pairs):
        return None
    first = next((came - right for right, came in result.pairs if right.size and right.dtype.kind != "b"), None)
    if first is None or not np.isfinite(first).all() or not np.any(first):
        return None
    much = float(np.ravel(first)[0])
    if not result.explained(lambda right: right + much):
        return None
    return {"way": "large" if much > 0 else "small", "much": f"{abs(much):.4g}"}


@cause(
    about="The square, the root, the inverse, the size, the exponential or the logarithm of what is asked for.",
    says="{what}",
    each_result=True,
)
def another_function_of_it(result: Result) -> Words:
    for what, function in OTHERS.items():
        if result.explained(function):
            return {"what": what}
    return None


OTHERS: dict[str, Callable] = {
    "This is the square of what is asked for: the root is missing, or a square is too many.": np.square,
    "This is the square root of what is asked for: the square is missing, or a root is too many.": np.sqrt,
    "This is 1 divided by what is asked for: numerator and denominator have changed places.": lambda x: 1 / x,
    "The signs are lost: this is the absolute value of what is asked for.": np.abs,
    "This is the exponential of what is asked for.": np.exp,
    "This is the logarithm of what is asked for.": np.log,
    "This is minus the logarithm of what is asked for.": lambda x: -np.log(x),
    "Negative numbers have become 0, and should have stayed.": lambda x: np.maximum(x, 0),
    "The numbers are cut to 0 … 1, and should not be.": lambda x: np.clip(x, 0, 1),
    "This is the running sum of what is asked for.": np.cumsum,
    "Every row is divided by its sum once more.": lambda x: x / x.sum(axis=-1, keepdims=True),
}


@cause(
    about="A small constant against log(0) or a division by 0 changes the numbers; without it, or with the card's, "
    "every input comes out right.",
    says="The small constant {constant:g} {what}",
)
def small_constant(attempt: Attempt) -> Words:
    constants = [c for c in attempt.code.constants if 0 < abs(c) < TINY]
    near_one = [c for c in attempt.code.constants if 0 < abs(1 - c) < TINY]
    if not constants:
        return None
    asked = [c for c in _constants_of_solution(attempt) if 0 < c < TINY]
    for other in (0.0, *asked):
        changed = attempt.code.with_constants(dict.fromkeys(constants, other) | dict.fromkeys(near_one, 1.0 - other))
        if changed and attempt.is_right(changed):
            small = min(constants, key=abs)
            if other:
                return {"constant": small, "what": f"stands where the card has {other:g}."}
            if any("log" in name for name in attempt.code.names):
                return {"constant": small, "what": _capped(small)}
            return {"constant": small, "what": "changes the result. Here nothing needs it."}
    return {"constant": min(constants, key=abs), "what": _capped(min(constants, key=abs))} if _caps(attempt) else None


def _capped(constant: float) -> str:
    return f"changes the result: it caps -log at {-np.log(abs(constant)):.1f}."


def _caps(attempt: Attempt) -> bool:
    """Tell whether a logarithm's argument is clipped, and all that is wrong is too small, on some inputs alone."""
    if not {"clip", "maximum"} & attempt.code.names or not any("log" in name for name in attempt.code.names):
        return False
    if len(attempt.results) != 1 or not attempt.results[0].arrays:
        return False
    wrong = [pair for pair in attempt.results[0].pairs if not attempt.alike(*pair)]
    below = all(right.shape == came.shape and (came <= right + 1e-9).all() for right, came in wrong)
    return below and len(wrong) <= len(attempt.inputs) - 2


@cause(
    about="The numbers are right but where they are nan or infinite; NumPy's warning tells why.",
    says="Where it is finite it is right. {reason}",
    each_result=True,
)
def nan_or_infinite(result: Result) -> Words:
    if not result.arrays:
        return None
    finite = 0
    for right, came in result.pairs:
        ok = np.isfinite(came) if came.shape == right.shape else None
        if ok is None or not np.isfinite(right).all() or not result.attempt.alike(right[ok], came[ok]):
            return None
        finite += int(ok.sum())
    said = " ".join(text for outcome in result.attempt.received for text in outcome.warnings)
    reason = next((words for pattern, words in REASONS.items() if re.search(pattern, said)), "")
    return {"reason": reason} if finite > 1 and reason else None


REASONS = {
    "overflow encountered in exp": "Elsewhere np.exp overflows: its argument is too large there.",
    "divide by zero encountered in log": "Elsewhere it takes the logarithm of 0.",
    "invalid value encountered in log": "Elsewhere it takes the logarithm of a negative number.",
    "invalid value encountered in sqrt": "Elsewhere it takes the root of a negative number.",
    "overflow": "Elsewhere a number becomes too large to be held.",
    "divide by zero|invalid value encountered in .*divide": "Elsewhere it divides by 0.",
}


@cause(
    about="The first row, or the first element, is right, and all others are 0: the loop ends after its first turn.",
    says="Only the first is right, and all others are still 0: the loop ends after its first turn.",
    each_result=True,
)
def first_turn_only(result: Result) -> Words:
    def first_alone(right):
        kept = np.zeros_like(right)
        kept[:1] = right[:1]
        return kept

    return {} if all(map(np.ndim, result.expected)) and result.explained(first_alone) else None


def _factors(result: Result) -> list[float | None] | None:
    """Find by which factor each input's numbers are too large; None at an input of zeros, or where it is none."""
    if not result.arrays:
        return None
    found: list[float | None] = []
    elements = 0
    for right, came in result.pairs:
        if right.shape != came.shape or right.dtype.kind not in "iuf" or came.dtype.kind not in "iuf":
            return None
        at = np.abs(right) > 1e-12
        if not at.any():
            found.append(None)
            if not result.attempt.alike(right, came):
                return None
            continue
        factor = float(np.median(came[at] / right[at]))
        if not np.isfinite(factor) or factor == 0 or not result.attempt.alike(right * factor, came):
            return None
        found.append(factor)
        elements += int(at.sum())
    enough = len([factor for factor in found if factor is not None]) > 1 or elements > 3
    return found if enough else None


def _known_factors(attempt: Attempt) -> Iterator[tuple[str, str, list[float]]]:
    """Give each factor that has a name: the words for it, and its value on every input."""
    count = len(attempt.inputs)
    for number, (times, reason) in CONSTANTS.items():
        yield times, reason, [number] * count
    for name, sizes in _quantities(attempt):
        here = f"{name} = {sizes[attempt.first_failure]:g} here"
        many = f"{name} times too large ({here}): the division by {name} is missing, or a sum stands for a mean."
        few = f"too small by the factor {name} ({here}): divided by {name} once too often, or a mean stands for a sum."
        yield many, "", sizes
        yield few, "", [1 / size for size in sizes]
        for number, (times, why) in CONSTANTS.items():
            first = why.removesuffix(".")
            yield times, f"{first}, and besides, {name} times too large ({here}).", [number * size for size in sizes]
            besides = f"{first}, and besides, divided by {name} once too often ({here})."
            yield times, besides, [number / size for size in sizes]
        yield f"{name}² times too large ({here}).", "", [size**2 for size in sizes]
        yield f"divided by {name}² too much ({here}).", "", [size**-2 for size in sizes]
        yield f"too large by the root of {name} ({here}).", "", [size**0.5 for size in sizes]
        yield f"too small by the root of {name} ({here}).", "", [size**-0.5 for size in sizes]
    for name, numbers in _scalars(attempt):
        here = f"{name} = {numbers[attempt.first_failure]:g} here"
        yield f"multiplied by {name} where it should not be, or once too often ({here}).", "", numbers
        yield f"lacking the factor {name}, or divided by it once too often ({here}).", "", [1 / x for x in numbers]
        rest = [1 - number for number in numbers]
        if all(rest):
            yield f"multiplied by 1 - {name} too much ({here}).", "", rest
            yield f"lacking the factor 1 - {name} ({here}).", "", [1 / x for x in rest]


CONSTANTS = {
    2: ("twice as large as it should be", ": a factor 2 is too many, or a division by 2 is missing."),
    0.5: ("half of what it should be", ": a factor 2 is missing, or divided by 2 too much."),
    -2: ("minus twice what it should be", "."),
    -0.5: ("minus half of what it should be", "."),
    -1: ("right but for its sign", ""),
    4: ("four times what it should be", "."),
    0.25: ("a quarter of what it should be", "."),
    100: ("100 times what it should be", ": in percent where a share is asked for."),
    0.01: ("a hundredth of what it should be", ": a share where percent are asked for."),
    255: ("255 times what it should be", ": the division by 255 is missing."),
    1 / 255: ("divided by 255 once too often", "."),
    1 / np.log(2): ("the right one in another unit", ": log2 is used where the natural logarithm is due."),
    1 / np.log(10): ("the right one in another unit", ": log10 is used where the natural logarithm is due."),
    np.log(2): ("the right one in another unit", ": the natural logarithm is used where log2 is due."),
    np.log(10): ("the right one in another unit", ": the natural logarithm is used where log10 is due."),
}


def _quantities(attempt: Attempt) -> Iterator[tuple[str, list[float]]]:
    """Give the sizes that the card names, and the whole numbers that come in, with their value on each input."""
    names: dict[str, list[float]] = {}
    for position, argument in enumerate(attempt.exercise.arguments):
        values = [inputs[position] for inputs in attempt.inputs]
        if all(isinstance(value, int) for value in values):
            names.setdefault(argument, [float(value) for value in values])
        if not all(isinstance(value, np.ndarray) for value in values):
            continue
        dimensions = _dimensions(attempt.exercise.shapes, argument, values[0].ndim)
        for axis, name in enumerate(dimensions):
            if all(value.ndim == len(dimensions) for value in values):
                names.setdefault(name, [float(value.shape[axis]) for value in values])
        names.setdefault(f"the number of elements of {argument}", [float(value.size) for value in values])
    for name, sizes in names.items():
        if all(sizes) and len(set(sizes)) > 1:
            yield name, sizes


def _dimensions(shapes: str, argument: str, count: int) -> list[str]:
    """Read from the card how an argument's axes are called: "X (m, n), w (n,) -> z (m,)" calls those of X m and n."""
    start = re.search(rf"\b{argument}\b", shapes)
    for found in re.findall(r"\(([^()]*)\)", shapes[start.start() :] if start else ""):
        names = [part.strip() for part in found.split(",") if part.strip()]
        if len(names) == count and all(name.isidentifier() for name in names):
            return names
        if len(names) == count:
            return []
    return []


def _scalars(attempt: Attempt) -> Iterator[tuple[str, list[float]]]:
    for position, argument in enumerate(attempt.exercise.arguments):
        values = [inputs[position] for inputs in attempt.inputs]
        if all(isinstance(value, int | float) and value for value in values) and len(set(values)) > 1:
            yield argument, [float(value) for value in values]


def _constants_of_solution(attempt: Attempt) -> list[float]:
    return [part for part in attempt.exercise.solution.__code__.co_consts if isinstance(part, float)]
