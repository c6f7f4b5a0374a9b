"""What a notebook stores of a picture: each program that shows notebooks shows it once, most of them with its words."""

import base64
import io

import nbformat
import numpy as np
import PIL.Image
import pytest

import course_utils as cu
from course_utils.stored_picture import picture_bundle, squeeze

ALT = 'A curve that climbs: "a < b" & more.'


def matplotlibs_png():
    ax = cu.plots.lines([0, 1, 2], {"a": [0, 1, 4], "b": [4, 1, 0]}, xlabel="x", ylabel="y")
    drawn = io.BytesIO()
    ax.figure.savefig(drawn, format="png")
    return drawn.getvalue()


def notebook(png):
    data, metadata = picture_bundle(png, ALT)
    output = nbformat.v4.new_output("display_data", data, metadata=metadata)
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("show()", outputs=[output])])


def pixels(png):
    return np.asarray(PIL.Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_both_copies_together_are_smaller_than_what_matplotlib_writes():
    png = matplotlibs_png()
    data, _ = picture_bundle(png, ALT)
    assert sum(map(len, data.values())) < 0.9 * len(base64.b64encode(png))


def test_a_squeezed_picture_looks_the_same():
    png = matplotlibs_png()
    apart = np.abs(pixels(squeeze(png)) - pixels(png))
    assert apart.max() < 20  # of 255, at a soft edge
    assert apart.mean() < 0.5


def test_a_picture_of_few_colours_keeps_each_of_them():
    ramp = np.arange(0, 256, 8, dtype=np.uint8).repeat(20)[None].repeat(20, axis=0)  # (20, 640), areas
    drawn = io.BytesIO()
    PIL.Image.fromarray(ramp).save(drawn, "png")
    np.testing.assert_array_equal(pixels(squeeze(drawn.getvalue())), pixels(drawn.getvalue()))


def test_squeezing_again_changes_nothing():
    once = squeeze(matplotlibs_png())
    assert squeeze(once) == once


def test_a_page_made_of_the_notebook_shows_it_once_with_its_words():
    exporters = pytest.importorskip("nbconvert.exporters", reason="nbconvert is missing: python3 start.py setup test")
    soup = pytest.importorskip("bs4", reason="nbconvert brings it")
    page, _ = exporters.HTMLExporter().from_notebook_node(notebook(matplotlibs_png()))
    (image,) = soup.BeautifulSoup(page, "html.parser").find_all("img")
    assert image["alt"] == ALT
    assert image["src"].startswith("data:image/png;base64,")


def test_a_pdf_made_of_the_notebook_shows_it_once():
    exporters = pytest.importorskip("nbconvert.exporters", reason="nbconvert is missing: python3 start.py setup test")
    text, resources = exporters.LatexExporter().from_notebook_node(notebook(matplotlibs_png()))
    (name,) = resources["outputs"]
    assert name.endswith(".png")
    assert text.count(name) == 1
