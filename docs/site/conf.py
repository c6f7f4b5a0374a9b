"""How Sphinx makes the site of what `scripts/build_site.py` lays out: no lesson is run, nothing comes from outside."""

import sys
from importlib.util import find_spec
from pathlib import Path

import course_utils

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # for `course_site`, the extension beside this file

project = "From Sigmoid to MNIST"
html_title = project
version = release = course_utils.__version__
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.mathjax",
    "numpydoc",
    "course_site",
]
exclude_patterns = ["README.md"]  # it is the start of index.md

# --- lessons: the stored outputs, as they are
nb_execution_mode = "off"
nb_render_markdown_format = "myst"
nb_merge_streams = True
nb_mime_priority_overrides = [("html", "image/png", 0)]  # a file of its own rather than the HTML beside it
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3

# --- the package
highlight_language = "none"  # the drawing of the house is no Python; examples with >>> are known by that
default_role = "py:obj"  # `name` in a docstring: a link where there is such a name, code where there is none
autosummary_generate = False
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
python_use_unqualified_type_names = True

# --- equations: one file from a package, drawn as SVG, so no fonts either
_MATHJAX = Path(find_spec("sphinx-mathjax-offline").submodule_search_locations[0]) / "static" / "mathjax"
mathjax_path = "tex-svg.js"
mathjax3_config = {"options": {"enableMenu": False}}  # its menu offers parts that are not here

# --- the theme
html_theme = "sphinx_book_theme"
templates_path = ["templates"]
html_sidebars = {"**": ["start-link.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
html_static_path = [str(_MATHJAX / mathjax_path), "style.css"]
html_css_files = ["style.css"]
html_context = {"default_mode": "auto"}  # light or dark as the reader's machine is
html_theme_options = {
    "navbar_persistent": [],  # the search stands in the column on the left
    "home_page_in_toc": True,
    "show_toc_level": 2,
    "use_fullscreen_button": False,
    "footer_content_items": ["extra-footer.html"],
    "extra_footer": "Code: MIT. Text and pictures: CC BY 4.0.",
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
