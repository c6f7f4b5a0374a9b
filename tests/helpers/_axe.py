"""What axe-core finds on a page: the rules of WCAG 2 and its good practice, as far as a program can see them."""

import pytest

COLOURS = {"runOnly": ["color-contrast"]}


def violations(page, include=("html",), exclude=(), only_colours=False):
    """Return a line for each thing on the page that breaks a rule: the rule, where, and why."""
    driver = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is missing: python3 start.py setup test"
    )
    context = {"include": [[part] for part in include], "exclude": [[part] for part in exclude]}
    options = {"resultTypes": ["violations"]} | (COLOURS if only_colours else {})
    found = driver.Axe().run(page, context=context, options=options).response["violations"]
    return [f"{rule['id']} at {node['target']}: {_why(node)}" for rule in found for node in rule["nodes"]]


def _why(node):
    reasons = [check["message"] for check in node["any"] + node["all"] + node["none"]]
    return f"{'; '.join(reasons)} {node['html'][:160]}"


def in_light_and_dark(chromium, show):
    """Return the violations with the machine's colours light and dark; all rules in light, those on colours in both.

    `show(page)` brings up what is looked at, on a new page each time: an old one keeps some of its colours. Colours
    that the machine forces are beyond axe, which reads `-webkit-text-fill-color`: Chromium tells the page's own.
    """
    found = []
    for scheme in ("light", "dark"):
        page = chromium.new_page(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
        show(page)
        found += [f"{scheme}: {line}" for line in violations(page, only_colours=scheme == "dark")]
        page.close()
    return found
