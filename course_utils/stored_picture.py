"""A picture as a notebook stores it: for every reader, with the sentence that says what it shows."""

import base64
import functools
import html
import io

import numpy as np
import PIL.Image

from course_utils.png import Encoder


def picture_bundle(png: bytes, alt: str, *, kind: str = "figure", width: int | None = None) -> tuple[dict, dict]:
    """Return data and metadata of an output that shows a picture.

    A program that shows notebooks takes one entry of the data, the one it likes best. JupyterLab shows a bare PNG
    without any description, and has no setting for one; it likes HTML better, in which an image has an `alt`. So do
    VS Code, GitHub, and nbconvert where it makes HTML. A PDF takes the PNG, and so do the course's site and slides,
    which read the description in the metadata. The picture is there twice therefore, and squeezed: both together are
    smaller than what Matplotlib writes.

    Parameters
    ----------
    png : bytes
    alt : str
        What the picture shows, in a sentence.
    kind : str
        What the plain text calls it.
    width : int, optional
        On the page, in pixels; by default as wide as the PNG.

    Returns
    -------
    data, metadata : dict

    Examples
    --------
    >>> pixel = io.BytesIO()
    >>> PIL.Image.new("RGB", (1, 1), "white").save(pixel, "png")
    >>> data, metadata = picture_bundle(pixel.getvalue(), "A & B.")
    >>> data["text/html"].partition(" src=")[0], data["text/plain"], metadata
    ('<img alt="A &amp; B."', '<figure: A & B.>', {'image/png': {'alt': 'A & B.'}})
    """
    picture = base64.b64encode(squeeze(png)).decode()
    wide = f' width="{width}"' if width else ""
    data = {
        "image/png": picture,
        "text/html": f'<img alt="{html.escape(alt)}"{wide} src="data:image/png;base64,{picture}">',
        "text/plain": f"<{kind}: {alt}>",
    }
    return data, {"image/png": {"alt": alt} | ({"width": width} if width else {})}


@functools.lru_cache(maxsize=8)  # an output and what is kept for a saved lesson hold the same picture
def squeeze(png: bytes) -> bytes:
    """Return a PNG that looks the same and takes a fraction of the bytes: up to 255 colours, packed with patience."""
    image = PIL.Image.open(io.BytesIO(png))
    if image.mode != "P":
        image = PIL.Image.open(io.BytesIO(Encoder().encode(np.array(image.convert("RGBA")))))
    small = io.BytesIO()
    image.save(small, "png", optimize=True)
    return small.getvalue()
