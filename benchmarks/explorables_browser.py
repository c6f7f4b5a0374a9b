"""Move the sliders of every view in JupyterLab: drawn in the page, and drawn by the kernel, in turn.

    python benchmarks/explorables_browser.py [--views neuron cost] [--sweeps 3]

Both ways stand in one notebook, on one kernel. *Sweeps*: for two seconds the slider moves with every frame of the
screen, and we count the pictures that come. *Steps*: the slider moves once, and we wait for its picture. A picture
counts as painted in the task after the frame that brought it. Results: results/explorables.md.
"""

import argparse
import math
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path

import jupyterlab
import psutil

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "helpers"))
import _lab  # noqa: E402

from course_utils.explorables import VIEWS, Slider  # noqa: E402

WAYS = {"page": 1, "kernel": 2}  # and the cells that show them
SETUP = """%matplotlib inline
import os
import course_utils as cu
from course_utils.explorables import VIEWS
print(os.getpid())"""
PAGE = "VIEWS[{name!r}]().live()"
KERNEL = """view = VIEWS[{name!r}]()
cu.live(view.fig, view.update, view.artists, alt=view.alt, **view.sliders)"""

PROBE = r"""
window.probe = (() => {
  const after = [], port = new MessageChannel();
  port.port1.onmessage = () => after.splice(0).forEach((act) => act());
  const frame = () => new Promise(requestAnimationFrame);
  const once = (act) => (after.push(act), port.port2.postMessage(0));  // after the frame at hand

  // Calls back for each new picture of a cell: a canvas that is cleared, or an image with another source.
  function follow(root, seen) {
    const canvas = root.querySelector("canvas.picture"), image = root.querySelector("img.picture");
    if (canvas) {
      const pen = canvas.getContext("2d"), clear = pen.clearRect;
      pen.clearRect = (...box) => (clear.apply(pen, box), once(seen));
      return () => { delete pen.clearRect; };
    }
    const watch = new MutationObserver(() => image.decode().then(frame).then(() => once(seen), () => {}));
    watch.observe(image, { attributes: true, attributeFilter: ["src"] });
    return () => watch.disconnect();
  }

  function hold(cell, nth) {
    const root = document.querySelectorAll(".jp-CodeCell")[cell];
    root.scrollIntoView({ block: "start" });
    const range = root.querySelectorAll("input[type=range]")[nth];
    const [low, high] = [Number(range.min), Number(range.max)];
    const set = (share, kind = "input") => {
      range.value = low + share * (high - low);
      range.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    return { root, set };
  }

  async function sweep(cell, nth, seconds) {
    const { root, set } = hold(cell, nth);
    let [pictures, moves] = [0, 0];
    const leave = follow(root, () => pictures++);
    const begin = performance.now(), last = begin + 1000 * seconds;
    for (let now = begin; now < last; now = performance.now()) {
      set((now - begin) / (1000 * seconds));
      moves++;
      await frame();
    }
    const rates = { pictures: pictures / seconds, moves: moves / seconds };
    set(1, "change");
    await new Promise((go) => setTimeout(go, 1000));
    leave();
    return rates;
  }

  async function steps(cell, nth, count) {
    const { root, set } = hold(cell, nth), waits = [];
    let seen = () => {};
    const leave = follow(root, () => seen());
    for (let k = 0; k < count; k++) {
      await frame();
      const from = performance.now();
      const painted = new Promise((go) => { seen = go; setTimeout(go, 3000); });
      set((k * 0.618) % 1);
      await painted;
      waits.push(performance.now() - from);
      await new Promise((go) => setTimeout(go, 30));
    }
    set(0, "change");
    leave();
    return waits;
  }

  return { sweep, steps };
})();
"""


def has_slider(view):
    """Tell whether there is one to move: the pad is drawn on."""
    return any(isinstance(spec, Slider) for spec in view.sliders.values())


def moved_slider(name):
    """Return the place of the slider to move: the first with 20 steps or more, else the one with most."""

    def steps(spec):
        width = math.log10(spec.hi / spec.lo) if spec.log else spec.hi - spec.lo
        return round(width / spec.step)

    counts = [steps(spec) for spec in VIEWS[name]().sliders.values() if isinstance(spec, Slider)]
    return next((place for place, count in enumerate(counts) if count >= 20), counts.index(max(counts)))


def measure(page, name, sweeps, seconds, count):
    """Move both in turn; return for each way its rates, waits and the kernel's processor time for a second."""
    nth = moved_slider(name)
    kernel = psutil.Process(int(page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output").inner_text()))
    found = {way: {"rates": [], "waits": [], "busy": []} for way in WAYS}
    for turn in range(sweeps):
        for way in sorted(WAYS, reverse=turn % 2 == 0):
            before = kernel.cpu_times()
            found[way]["rates"].append(page.evaluate("(given) => probe.sweep(...given)", [WAYS[way], nth, seconds]))
            used = sum(kernel.cpu_times()[:2]) - sum(before[:2])
            found[way]["busy"].append(used / (seconds + 1))
            found[way]["waits"] += page.evaluate("(given) => probe.steps(...given)", [WAYS[way], nth, count])
    return found


def row(name, way, found):
    waits = sorted(found["waits"])
    p95 = waits[math.ceil(0.95 * len(waits)) - 1]
    pictures, moves = (statistics.median(each[key] for each in found["rates"]) for key in ("pictures", "moves"))
    times = f"{statistics.median(waits):.0f} | {p95:.0f} | {pictures:.0f} | {moves:.0f}"
    return f"| {name} | {way} | {times} | {statistics.median(found['busy']):.2f} |"


def report(rows, sweeps):
    """Return the results as a Markdown page."""
    head = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}; Python {platform.python_version()}, "
    return "\n".join([
        "# Views, moved in a real browser", "",
        f"{head}JupyterLab {jupyterlab.__version__}, headless Chromium without a graphics processor.",
        f"{sweeps} sweeps and {sweeps} series of steps for each way, alternating. “page” is how the lessons show a "
        "view: the page draws it. “kernel” is the same view through `cu.live`: the kernel draws it, and sends it.",
        "Median and p95: milliseconds from one move to its picture. Pictures and moves a second while the slider moves "
        "with every frame of the screen. Kernel: seconds of its processor time for each second of that.", "",
        "| view | drawn by | median | p95 | pictures/s | moves/s | kernel |", "|---|---|---:|---:|---:|---:|---:|",
        *rows, "",
    ])  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    made = {name: VIEWS[name]() for name in VIEWS}
    names = [name for name in made if made[name].module() and has_slider(made[name])]
    parser.add_argument("--views", nargs="*", default=names, choices=names)
    parser.add_argument("--sweeps", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--steps", type=int, default=40)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder, _lab.browser() as chromium, _lab.lab(Path(folder)) as server:
        for name in options.views:
            cells = [SETUP, PAGE.format(name=name), KERNEL.format(name=name)]
            with _lab.notebook(chromium, server, Path(folder, f"{name}.ipynb"), cells) as page:
                page.evaluate(PROBE)
                found = measure(page, name, options.sweeps, options.seconds, options.steps)
            rows += [row(name, way, found[way]) for way in WAYS]
            print(*rows[-2:], sep="\n", flush=True)
    (HERE / "results" / "explorables.md").write_text(report(rows, options.sweeps), encoding="utf-8")


if __name__ == "__main__":
    main()
