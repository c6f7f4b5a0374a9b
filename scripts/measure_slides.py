"""Open every deck in Chromium, without a network, and say which slide does not fit or is too small to read.

.venv/bin/python scripts/measure_slides.py        after `start.py slides`, which calls it where there is a Chromium
"""

import sys

from handouts import paper
from slides import TARGET

SMALLEST = {"words": 24, "code": 18}  # px on a page of 1280 x 720
MEASURE = """() => {
  document.body.classList.add("measuring");
  const size = (box) => parseFloat(getComputedStyle(box).fontSize);
  const least = (boxes) => Math.min(99, ...boxes.map(size));
  return [...document.querySelectorAll(".page")].map((page) => {
    const body = page.querySelector(".body"), edge = body.getBoundingClientRect();
    const inside = [...body.querySelectorAll(":scope > *, :scope > div > *, img, svg, pre, table")];
    const out = inside.map((box) => box.getBoundingClientRect())
      .filter((box) => box.bottom > edge.bottom + 1 || box.right > edge.right + 1);
    return {
      title: page.querySelector("h1, h2").textContent,
      over: Math.max(body.scrollHeight - body.clientHeight, body.scrollWidth - body.clientWidth, out.length),
      words: least([...body.querySelectorAll("p, li, td, th")]),
      code: least([...body.querySelectorAll("pre")]),
    };
  });
}"""


def faults(pages, fetched):
    """Return a sentence for each slide that does not fit or is too small, and for each file from elsewhere."""
    found = [f"would be fetched: {url}" for url in fetched]
    for number, page in enumerate(pages, 1):
        where = f"slide {number}, {page['title']}"
        found += [f"{where}: does not fit"] if page["over"] > 0 else []
        small = [f"{what} of {page[what]:.0f} px" for what, least in SMALLEST.items() if page[what] < least - 0.1]
        found += [f"{where}: {text}" for text in small]
    return found


def measure(browser, path):
    """Return what is measured on each slide of a deck, and the addresses that it asks for outside its folder."""
    fetched, tab = [], browser.new_page(viewport={"width": 1280, "height": 720})
    tab.on("request", lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or fetched.append(asked.url))
    tab.goto(path.as_uri())
    tab.wait_for_selector("body[data-ready]", state="attached", timeout=120_000)
    pages = tab.evaluate(MEASURE)
    tab.close()
    return pages, fetched


def main():
    program = paper.chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if not program:
        print("Not measured: that takes Chromium or Chrome, and playwright (python3 start.py setup test).")
        return 0
    failed = False
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=paper.offline())
        for path in sorted(set(TARGET.glob("*.html")) - {TARGET / "index.html"}):
            pages, fetched = measure(browser, path)
            least = {what: min(page[what] for page in pages) for what in SMALLEST}
            print(f"{path.stem}: {len(pages)} slides, words from {least['words']:.0f} px, code {least['code']:.0f} px")
            for fault in faults(pages, fetched):
                print("   ", fault)
                failed = True
        browser.close()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
