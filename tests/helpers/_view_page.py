"""A page without a kernel on which a view of the course can be shown, for tests of what the page itself does."""

import json

from without_kernel.views import told

from course_utils.live_figures.widget import Strip

LOAD = """async source => {
  window.course = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  window.bring = async view => {
    const element = document.createElement("div");
    document.body.replaceChildren(element);
    await course.mount(element, view);
  };
}"""


def view_page(chromium):
    """Open a page that has the course's modules as `course`, and shows a view by `bring(view)`."""
    page = chromium.new_page()
    page.evaluate(LOAD, str(Strip._esm))
    return page


def as_sent(view):
    """Return a view as a page without a kernel gets it."""
    return json.loads(told(view.live()))
