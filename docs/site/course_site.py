"""What the site adds to Sphinx: words for every picture, links from `cu.name` to its page, views that move.

Its search shows the line that it has found, from a file, too.
"""

import json
import re
import shutil
import sys
from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes
from myst_nb.core.render import NbElementRenderer
from sphinx.addnodes import pending_xref

import course_utils as cu

_REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(_REPOSITORY / "scripts"))
from without_kernel import assets  # noqa: E402

_NAME = re.compile(r"(?:cu\.|(?=clinic\.))([\w.]+)")  # lesson 16 takes the clinic out of its box: clinic.shapes


def with_alt(render):
    """Let a renderer of output pictures keep the alt text that the lesson stored beside each."""

    def render_with_alt(self, data):
        (image,) = render(self, data)
        image["alt"] = data.output_metadata.get(data.mime_type, {}).get("alt", "")
        return [image]

    return render_with_alt


def link_names(app, doctree):
    """Make each `cu.name` or `cu.name(…)` in the text of a page a link to where the name is described."""
    for literal in list(doctree.findall(nodes.literal)):
        found = _NAME.match(literal.astext())
        if found and not isinstance(literal.parent, (nodes.reference, pending_xref)):
            literal.replace_self(_link(literal, _described_as(found.group(1)), app.env.docname))


def _described_as(name):
    last = name.rpartition(".")[2]  # cu.losses.accuracy and cu.accuracy are one
    return f"course_utils.{last if last in cu.__all__ else name}"


def _link(literal, target, page):
    about = {"refdomain": "py", "reftype": "obj", "reftarget": target, "refdoc": page, "refexplicit": True}
    return pending_xref("", literal.deepcopy(), **about)


def mend_links(app, doctree):
    """Lead links to the README to the first page, which begins with it; leave the words of a link that leads nowhere.

    That is a link to a folder, or to a page that these readers do not get. One to no file at all is a warning.

    A link to a section of a lesson is written as JupyterLab needs it, with capital letters. Pages have small ones.
    """
    for link in list(doctree.findall(pending_xref)):
        if link.get("reftargetid"):
            link["reftargetid"] = link["reftargetid"].lower()
        if link.get("refdomain") == "doc" and link["reftarget"] == "README":
            link["reftarget"] = "index"
        elif link["reftype"] == "myst" and (_REPOSITORY / app.env.docname).parent.joinpath(link["reftarget"]).exists():
            link.replace_self(link.children)


def name_toggles(app, page, template, context, doctree):
    """Name each switch that unfolds a part of the contents: it shows an arrow, which a screen reader cannot read."""
    make = context["generate_toctree_html"]

    def make_named(**options):
        contents = make(**options)
        for switch in contents("summary"):
            switch["aria-label"] = f"Pages of {switch.find_previous('a').get_text(strip=True)}"
        return contents

    context["generate_toctree_html"] = make_named


def bring_views(app, page, template, context, doctree):
    """Load the script of the views and the questions where a page has any."""
    if "data-course=" in context.get("body", ""):
        app.add_js_file("course.js", loading_method="defer")
        app.add_css_file("course.css")


# The page of the search fetches each page that it has found, to show the line. One that was opened from a file may
# fetch nothing: it gets the texts from this script.
_SEARCH = """const texts = {texts};
const elsewhere = window.fetch;
window.fetch = async (address, ...options) => {{
  const found = texts[address.slice(document.documentElement.dataset.content_root.length)];
  return found ? new Response(found) : elsewhere(address, ...options);
}};
"""


def keep_text(app, page, template, context, doctree):
    """Keep the text of each page for the search, with the sections that its results lead to."""
    if page == "search":
        app.add_js_file("search_texts.js")
    elif context.get("body"):
        app.env.course_texts[page + app.builder.link_suffix] = text_of(context["body"])


def text_of(body):
    """Return the HTML of a page as its text: of all tags only sections are left, for they have addresses."""
    text = BeautifulSoup(body, "html.parser")
    for unread in text.select("script, style, .headerlink"):
        unread.decompose()
    for tag in text.find_all(lambda tag: tag.name != "section"):
        tag.unwrap()
    return f'<div role="main">{" ".join(str(text).split())}</div>'


def begin(app):
    """Begin without a text."""
    app.env.course_texts = {}


def write_beside(app, failed):
    """Write what the pages load beside the others; a lesson to download is the one without what its page adds."""
    if failed:
        return
    texts = json.dumps(app.env.course_texts, ensure_ascii=False)
    scripts = {"course.js": assets.script(), "search_texts.js": _SEARCH.format(texts=texts)}
    for name, text in (scripts | {"course.css": assets.style()}).items():
        (Path(app.outdir) / "_static" / name).write_text(text, encoding="utf-8")
    for lesson in (Path(app.outdir) / "_sources" / "notebooks").glob("*.ipynb"):
        shutil.copy(_REPOSITORY / "notebooks" / lesson.name, lesson)


def setup(app):
    """Take part in the build."""
    NbElementRenderer.render_image = with_alt(NbElementRenderer.render_image)
    app.connect("doctree-read", link_names)
    app.connect("doctree-read", mend_links)
    app.connect("html-page-context", bring_views)
    app.connect("builder-inited", begin)
    app.connect("html-page-context", keep_text)
    app.connect("build-finished", write_beside)
    app.connect("html-page-context", name_toggles, priority=900)  # after the theme has brought what it wraps
    return {"parallel_read_safe": True, "parallel_write_safe": False}  # the texts are kept in one place
