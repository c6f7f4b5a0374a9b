"""Plain data between two processes: numbers, texts, lists and arrays travel; an object stays, and its number travels.

Nothing here makes an object of a class that the other side names, as `pickle` would: what arrives is data.
"""

import base64
import io
import json

import numpy as np

LARGEST = 400_000_000  # bytes of one message
PLAIN = (bool, int, float, str)


class DamagedMessageError(Exception):
    """What came is no message of ours."""


def pack(value, name_of):
    """Turn a value into what JSON can hold; `name_of` gives what stands for an object."""
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in "biufcUS":
            raise TypeError(f"an array of {value.dtype} does not travel")
        kind = "array" if isinstance(value, np.ndarray) else "scalar"
        return [kind, _bytes_of(np.asarray(value))]
    if value is None or type(value) in PLAIN:
        return ["plain", value]
    if type(value) in (list, tuple):
        return [type(value).__name__, [pack(one, name_of) for one in value]]
    if type(value) is dict:
        return ["dict", [[pack(key, name_of), pack(one, name_of)] for key, one in value.items()]]
    if isinstance(value, np.random.Generator):
        return ["generator", value.bit_generator.state]
    return name_of(value)


def unpack(packed, object_of, arrays=None):
    """Turn it back; `object_of` gives the object for what stands for it. New arrays are added to `arrays`."""
    kind, content = packed
    if kind == "plain":
        if content is not None and type(content) not in PLAIN:
            raise DamagedMessageError("plain")
        return content
    if kind in ("list", "tuple"):
        found = [unpack(one, object_of, arrays) for one in content]
        return found if kind == "list" else tuple(found)
    if kind == "dict":
        return {unpack(key, object_of): unpack(one, object_of, arrays) for key, one in content}
    if kind in ("array", "scalar"):
        found = np.load(io.BytesIO(base64.b64decode(content)), allow_pickle=False)
        if found.dtype.kind not in "biufcUS":
            raise DamagedMessageError("dtype")
        if kind == "array" and arrays is not None:
            arrays.append(found)
        return found if kind == "array" else found[()]
    if kind == "generator":
        rng = np.random.default_rng()
        rng.bit_generator.state = content
        return rng
    return object_of(kind, content)


def arrays_in(value):
    """Give the arrays in a value, in the order in which `unpack` finds them."""
    if isinstance(value, np.ndarray):
        return [value]
    if type(value) is dict:
        value = list(value.values())
    return [array for one in value for array in arrays_in(one)] if type(value) in (list, tuple) else []


def _bytes_of(array):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return base64.b64encode(file.getvalue()).decode("ascii")


def frame(message):
    """Turn a message into bytes: their number in eight bytes, then JSON."""
    body = json.dumps(message).encode()
    return len(body).to_bytes(8, "big") + body


def length_of(head):
    """Read the first eight bytes of a message."""
    length = int.from_bytes(head, "big")
    if length > LARGEST:
        raise DamagedMessageError(f"{length} bytes")
    return length
