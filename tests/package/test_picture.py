"""A photograph of a digit, brought to MNIST's form: any paper, any light, any file; and what is no picture."""

import numpy as np
import PIL.Image
import pytest

import course_utils as cu
from course_utils.datasets.mnist_format import as_mnist
from course_utils.explorables.draw.strokes import THREE, draw_strokes

STROKES = draw_strokes(THREE)
DIGIT = as_mnist(STROKES).astype(int)
SHEET = np.zeros((800, 600))
SHEET[250:650, 100:500] = np.asarray(PIL.Image.fromarray(STROKES).resize((400, 400))) / 255
ROWS, COLUMNS = np.indices(SHEET.shape)
NOISE = np.random.default_rng(11).normal(0, 10, SHEET.shape)
SPECK = np.where((ROWS - 40) ** 2 + (COLUMNS - 60) ** 2 < 20, 1, SHEET)


def grey(levels):
    return PIL.Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


def layers(*bands):
    return PIL.Image.fromarray(np.stack([np.broadcast_to(b, SHEET.shape) for b in bands], axis=-1).astype(np.uint8))


PICTURES = {
    "ink on white paper": grey(255 - 255 * SHEET),
    "a pale pencil on grey paper": grey(170 - 60 * SHEET),
    "chalk on a blackboard": grey(40 + 180 * SHEET),
    "a camera's noise": grey(220 - 150 * SHEET + NOISE),
    "light from one side": grey(240 - 0.1 * ROWS - 0.1 * COLUMNS - 100 * SHEET),
    "light from one side, on a blackboard": grey(20 + 0.1 * ROWS + 120 * SHEET),
    "a speck of dust": grey(220 - 150 * SPECK),
    "larger than a screen": grey(220 - 150 * np.kron(SHEET, np.ones((6, 6)))),
    "a blue pen": layers(240 - 200 * SHEET, 240 - 200 * SHEET, 240 - 50 * SHEET),
    "black ink on nothing": layers(0, 0, 0, 255 * SHEET),
    "white ink on nothing": layers(255, 255, 255, 255 * SHEET),
    "grey with an alpha channel": layers(60, 255 * SHEET),
    "a palette": layers(255 - 255 * SHEET, 255, 255).convert("P"),
    "black and white only": grey(255 - 255 * SHEET).convert("1"),
    "16 bits": PIL.Image.fromarray((60000 - 50000 * SHEET).astype(np.uint16)),
    "one pixel too wide for even halves": grey(255 - 255 * SHEET[:-1, :-1]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_digit_comes_out_as_drawn(tmp_path, name):
    PICTURES[name].save(tmp_path / "digit.png")
    digit = cu.datasets.read_picture(tmp_path / "digit.png")
    assert (digit.shape, digit.dtype, digit.max()) == ((28, 28), np.uint8, 255)
    assert np.abs(digit - DIGIT).mean() < 2  # grey levels; the same digit one pixel aside is 16 away
    assert (digit[[0, 1, 2, -3, -2, -1]] == 0).all()


def test_another_place_on_the_sheet_is_another_digit_by_that_measure():
    assert np.abs(np.roll(DIGIT, 1, axis=1) - DIGIT).mean() > 15


@pytest.mark.parametrize("name", ["a camera's noise", "a blue pen", "larger than a screen"])
def test_a_jpeg_is_read_too(tmp_path, name):
    PICTURES[name].save(tmp_path / "digit.jpg", quality=60)
    assert np.abs(cu.datasets.read_picture(str(tmp_path / "digit.jpg")) - DIGIT).mean() < 2


def test_a_photograph_is_turned_upright_as_its_camera_says(tmp_path):
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees clockwise
    PICTURES["a blue pen"].transpose(PIL.Image.Transpose.ROTATE_90).save(tmp_path / "turned.jpg", exif=exif)
    assert np.abs(cu.datasets.read_picture(tmp_path / "turned.jpg") - DIGIT).mean() < 2


def test_two_strokes_of_one_digit_both_stay(tmp_path):
    sheet = np.full((100, 100), 255, np.uint8)
    sheet[30:35, 30:60] = sheet[45:80, 30:35] = 0
    PIL.Image.fromarray(sheet).save(tmp_path / "five.png")
    digit = cu.datasets.read_picture(tmp_path / "five.png")
    assert np.ptp(np.nonzero(digit)[0]) in (19, 20)
    assert np.ptp(np.nonzero(digit)[1]) > 10


BLANK = {
    "white": grey(np.full((90, 90), 255)),
    "black": grey(np.zeros((90, 90))),
    "empty paper with noise": grey(200 + NOISE),
    "empty paper in slanting light": grey(250 - 0.2 * ROWS),
    "fully transparent": layers(0, 0, 0, 0),
    "one pixel": grey(np.zeros((1, 1))),
}


@pytest.mark.parametrize("name", BLANK)
def test_a_blank_picture_gets_a_sentence(tmp_path, name):
    BLANK[name].save(tmp_path / "blank.png")
    with pytest.raises(ValueError, match=r"read_picture: there is no ink on the paper. .* Received: \d+ grey levels"):
        cu.datasets.read_picture(tmp_path / "blank.png")


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 half a JPEG", None])
def test_what_is_no_picture_gets_a_sentence(tmp_path, content):
    if content is None:  # one that breaks off
        PICTURES["a blue pen"].save(tmp_path / "x.png")
        content = (tmp_path / "x.png").read_bytes()[:900]
    (tmp_path / "x.png").write_bytes(content)
    with pytest.raises(ValueError, match="read_picture: this file cannot be read as a picture. .*x.png"):
        cu.datasets.read_picture(tmp_path / "x.png")


def test_too_many_pixels_get_a_sentence(tmp_path, monkeypatch):
    PICTURES["a blue pen"].save(tmp_path / "x.png")
    for limit in (300_000, 100_000):  # Pillow warns beyond its limit, and refuses beyond twice of it
        monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", limit)
        with pytest.raises(ValueError, match="read_picture: the picture is too large"):
            cu.datasets.read_picture(tmp_path / "x.png")


def test_a_missing_file_gets_a_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match="read_picture: there is no such file.*Hint: put the file beside"):
        cu.datasets.read_picture(tmp_path / "none.png")
    with pytest.raises(FileNotFoundError, match="a folder"):
        cu.datasets.read_picture(tmp_path)
    with pytest.raises(TypeError, match="path must name a file. Expected: a str or a Path. Received: ndarray"):
        cu.datasets.read_picture(DIGIT)
