"""What a page is told of a view, once, as JSON: its sliders, its sentences, its data and its colours."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import Colormap, to_hex

from course_utils import style
from course_utils.live_figures.controls import Controls

PALETTE = {name: getattr(style, name) for name in ("BLUE", "ORANGE", "GREEN", "SKY", "PURPLE", "BLACK", "GREY", "GRID")}
TYPES = {"f8": "float64", "f4": "float32", "i4": "int32", "i2": "int16", "u1": "uint8"}  # that JavaScript has, too
LARGEST = 32_767  # of whole numbers of two bytes


def tell(controls: Controls, alt: str, size: tuple[int, int], columns: int | None = None) -> dict[str, Any]:
    """Return what a page is told of every picture with sliders; `size` is width and height in pixels of the page."""
    return {"sliders": controls.told(), "alt": alt, "size": list(size), "columns": columns, "palette": PALETTE}


def tell_strip(controls: Controls) -> dict[str, Any]:
    """Return what a page is told of controls that stand alone, without a button to set them back."""
    return {"sliders": controls.told(), "bare": True, "reset": False, "palette": PALETTE}


def pack(data: Any) -> Any:
    """Return data with each array as its bytes; a page makes rows of rows of numbers of it.

    >>> pack({"w": np.array([[1.0, 2.0]], np.float32)})
    {'w': {'dtype': 'float32', 'shape': [1, 2], 'bytes': b'\\x00\\x00\\x80?\\x00\\x00\\x00@'}}
    """
    if isinstance(data, Mapping):
        return {name: pack(entry) for name, entry in data.items()}
    if isinstance(data, (list, tuple)):
        return [pack(entry) for entry in data]
    if isinstance(data, np.generic):
        return data.item()
    if not isinstance(data, np.ndarray):
        return data
    kind = data.dtype.str[1:]
    array = np.ascontiguousarray(data, data.dtype if kind in TYPES else _near(data.dtype.kind))
    name = TYPES[array.dtype.str[1:]]
    little = array.astype(f"<{array.dtype.str[1:]}")
    return {"dtype": name, "shape": list(array.shape), "bytes": little.tobytes()}


def whole(values: np.ndarray, top: float) -> np.ndarray:
    """Return values between -top and top as whole numbers of two bytes: half of what single precision takes.

    `top / LARGEST` times a whole number is the value again, to 0.002 % of `top`; zero stays zero.

    >>> whole(np.array([-2.0, 0.0, 1.0]), top=2.0)
    array([-32767,      0,  16384], dtype=int16)
    """
    return np.round(values * (LARGEST / top)).astype(np.int16)


def as_base64(raw: bytes) -> str:
    """Return bytes as text, for a page without a kernel."""
    return base64.b64encode(raw).decode()


def ramp(colors: str | Colormap, n: int = 33) -> list[str]:
    """Return n colours of a colour map, evenly spaced, as a page's `kit.ramp` takes them.

    >>> ramp("gray_r", 3)
    ['#ffffff', '#7f7f7f', '#000000']
    """
    table = colormaps[colors] if isinstance(colors, str) else colors
    return [to_hex(table(share)) for share in np.linspace(0, 1, n)]


def _near(kind):
    return {"b": np.uint8, "i": np.int32, "u": np.int32}.get(kind, np.float64)
