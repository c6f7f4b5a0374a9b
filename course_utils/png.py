"""Pixels to PNG bytes, fast: colours are stored as numbers into a palette that grows as needed."""

import io

import numpy as np
import PIL.Image

FULL = 255  # entries of a palette, besides entry 0 for "not known yet"
SOFT = 12  # of 255: so far may the colour of an edge be off; areas are exact
AREA = 200  # pixels of one colour that make an area


class Encoder:
    """Encode the pictures of one figure, one after the other.

    Colours that agree in the upper five bits of red, green and blue share an entry of the palette: the
    commonest of the first picture that needs it. Areas keep their colours, only soft edges are rounded. A
    figure of too many colours is stored in full, which takes three times as long.
    """

    def __init__(self):
        self._entry = np.zeros(2**15, np.uint8)  # colour of 15 bits -> entry
        self._palette = np.zeros((1, 4), np.uint8)  # (entries, red green blue unused)

    def encode(self, rgba: np.ndarray) -> bytes:
        """Return (height, width, 4) uint8 pixels as PNG bytes; opacity is left out."""
        entries = self._entries(np.ascontiguousarray(rgba).view("<u4")[..., 0])  # (height, width)
        if entries is None:
            return _save(PIL.Image.fromarray(rgba).convert("RGB"))
        image = PIL.Image.fromarray(entries)
        image.putpalette(self._palette.tobytes(), "RGBX")
        return _save(image)

    def _entries(self, pixels):
        if len(self._palette) > FULL:
            return None
        keys = (pixels >> 3 & 31) | (pixels >> 6 & 992) | (pixels >> 9 & 31744)  # 5 bits of each colour
        entries = np.take(self._entry, keys)
        if entries.all():
            return entries
        self._learn(pixels[entries == 0], keys[entries == 0])
        return self._entries(pixels)

    def _learn(self, pixels, keys):
        """Give every new colour an entry, the commonest first; a rare one may share that of its neighbour."""
        colours, where, counts = np.unique(pixels, return_index=True, return_counts=True)
        for i in np.argsort(-counts):
            key = keys[where[i]]
            if self._entry[key] == 0 and len(self._palette) <= FULL:
                self._entry[key] = self._place(colours[i : i + 1].view(np.uint8), counts[i])

    def _place(self, colour, count):
        apart = np.abs(self._palette[1:, :3].astype(int) - colour[:3]).max(axis=1, initial=0)
        if count < AREA and len(apart) and apart.min() <= SOFT:
            return apart.argmin() + 1
        self._palette = np.vstack([self._palette, colour])
        return len(self._palette) - 1


def _save(image):
    buffer = io.BytesIO()
    image.save(buffer, "png", compress_level=1)
    return buffer.getvalue()
