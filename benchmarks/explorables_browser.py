"""Drag the sliders of every explorable in a real browser, beside plain `interact` with a new figure per move.

    python benchmarks/explorables_browser.py [--views neuron cost] [--sweeps 3] [--browser /usr/bin/chromium]

Both stand in one notebook, in one JupyterLab, on one kernel; sweeps alternate between them. Each picture
carries its slider's position as a strip of black and white cells, so the time from a position to its own
picture is known. A picture counts as painted in the task after the animation frame that first had it.
Results: results/explorables.md.
Photographs of each view, wide and in a narrow panel: photographs/ (not kept by git).
"""

import argparse
import contextlib
import math
import os
import pathlib
import platform
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import ipywidgets
import jupyterlab
import matplotlib
import nbformat
from playwright.sync_api import sync_playwright

from course_utils.explorables import VIEWS, Slider

HERE = pathlib.Path(__file__).parent
FEWEST = 20  # steps of a slider: a drag over fewer says little (the weights of a kernel have ten)
IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
NEWS = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"

SETUP = """%matplotlib inline
import math, numpy as np, ipywidgets
from IPython.display import display
from course_utils.explorables import VIEWS, live
NAME, MOVED = {name!r}, {slider!r}
SPEC = VIEWS[NAME]().sliders[MOVED]

def position(value):
    ends = (math.log10(SPEC.lo), math.log10(SPEC.hi)) if SPEC.log else (SPEC.lo, SPEC.hi)
    value = math.log10(value) if SPEC.log else value
    return round((value - ends[0]) / SPEC.step)

def cells(value):
    bits = [255 * (position(value) >> k & 1) for k in range(10)]
    pink = (255, 0, 255)
    return np.array([[pink, *[(bit, bit, bit) for bit in bits], pink]], np.uint8)  # (1, 12, 3)

def strip(fig):
    ax = fig.add_axes((0, 0, 0.25, 0.025))
    ax.set_axis_off()
    return ax.imshow(np.zeros((1, 12, 3), np.uint8), aspect="auto", interpolation="nearest")"""

LIVE = """view = VIEWS[NAME]()
image = strip(view.fig)
def update(**values):
    image.set_data(cells(values[MOVED]))
    return view.update(**values)
live(view.fig, update, [*view.artists, image], alt=view.alt, **view.sliders)"""

PLAIN = """from course_utils.live_figures.controls import Control
def plain(**values):
    view = VIEWS[NAME]()
    view.fig.set_layout_engine("none")
    image = strip(view.fig)
    image.set_data(cells(values[MOVED]))
    view.update(**values)
    display(view.fig)
sliders = {name: Control(name, spec, None).parts[0] for name, spec in VIEWS[NAME]().sliders.items()}
for slider in sliders.values():
    slider.unobserve_all()
ipywidgets.interact(plain, **sliders);"""

LOOK = "VIEWS[NAME]().live()"  # without the strip: for the photograph

PROBE = r"""
window.probe = (() => {
  const after = [], port = new MessageChannel();
  port.port1.onmessage = () => after.splice(0).forEach(f => f());
  const paint = document.createElement('canvas'), pen = paint.getContext('2d', {willReadFrequently: true});
  const area = e => { const r = e.getBoundingClientRect(); return r.width * r.height; };
  const picture = root => [...root.querySelectorAll('img')].sort((a, b) => area(b) - area(a))[0];
  const readStrip = img => {
    const w = Math.ceil(img.naturalWidth / 3), h = 24;
    paint.width = w; paint.height = h;
    pen.drawImage(img, 0, img.naturalHeight - h, w, h, 0, 0, w, h);
    const d = pen.getImageData(0, 0, w, h).data, at = (x, y) => 4 * (y * w + x);
    const pink = o => d[o] > 200 && d[o + 1] < 60 && d[o + 2] > 200;
    for (let y = h - 2; y > 0; y--) {
      const xs = []; for (let x = 0; x < w; x++) if (pink(at(x, y))) xs.push(x);
      if (!xs.length || xs.at(-1) - xs[0] < 40) continue;
      const cell = (xs.at(-1) - xs[0] + 1) / 12; let n = 0;
      for (let k = 0; k < 10; k++) if (d[at(Math.floor(xs[0] + cell * (1.5 + k)), y) + 1] > 128) n |= 1 << k;
      return n;
    }
    return null;
  };
  const P = {};
  P.slider = (cell, label) => [...document.querySelectorAll('.jp-CodeCell')[cell]
    .querySelectorAll('.widget-slider')]
    .find(s => s.querySelector('.widget-label').textContent.trim().split(' (')[0] === label);
  P.track = (cell, label) => {
    const s = P.slider(cell, label);
    const b = s.querySelector('.noUi-base').getBoundingClientRect();
    const k = s.querySelector('.noUi-handle').getBoundingClientRect();
    return {left: b.left, right: b.right, x: k.left + k.width / 2, y: k.top + k.height / 2};
  };
  P.start = (cell, label, positions) => {
    const s = P.slider(cell, label), root = s.closest('.jp-Cell-outputArea');
    const now = () => {
      const t = P.track(cell, label);
      return Math.round((t.x - t.left) / (t.right - t.left) * positions);
    };
    Object.assign(P, {on: true, moves: [], pictures: [], heights: new Set()});
    let at = now(), seen = null, source = null;
    P.watch = new MutationObserver(() => {
      const n = now();
      if (n !== at) { at = n; P.moves.push([performance.now(), n]); }
    });
    P.watch.observe(s, {attributes: true, subtree: true});
    const tick = () => {
      if (!P.on) return;
      P.heights.add(Math.round(root.getBoundingClientRect().height));
      const img = picture(root);
      if (img && img.complete && img.naturalWidth && img.src !== source) {
        source = img.src; const n = readStrip(img);
        if (n !== null && n !== seen) {
          seen = n;
          after.push(() => P.pictures.push([performance.now(), n]));
          port.port2.postMessage(0);
        }
      }
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  };
  P.stop = () => {
    P.on = false; P.watch.disconnect();
    return {moves: P.moves, pictures: P.pictures, heights: [...P.heights]};
  };
  return P;
})();
"""


@contextlib.contextmanager
def jupyter_lab(folder):
    """Serve the folder with JupyterLab, on a free port, with settings of its own; yields (address, token)."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    token = secrets.token_hex(12)
    dirs = {
        f"JUPYTER{d}_DIR": f"{folder}/.jupyter/{d}"
        for d in ("_CONFIG", "_DATA", "_RUNTIME", "LAB_SETTINGS", "LAB_WORKSPACES")
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--allow-root",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    news = pathlib.Path(folder, ".jupyter/LAB_SETTINGS", NEWS)
    news.parent.mkdir(parents=True)
    news.write_text('{"fetchNews": "false"}')  # else a question lies over the photographs
    with open(f"{folder}/lab.log", "w") as log:
        server = subprocess.Popen(command, env={**os.environ, **dirs}, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token={token}", server)
        yield f"http://127.0.0.1:{port}", token
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url, server):
    for _ in range(240):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        if server.poll() is not None:
            break
        time.sleep(0.25)
    raise SystemExit("JupyterLab did not start.")


def moved_slider(name):
    """Return the slider to drag: its name, its label and how many steps it has.

    It is the first numeric one with 50 steps or more: a drag over fewer shows fewer pictures, however fast they are.
    """
    found = []
    for slider, spec in VIEWS[name]().sliders.items():
        if isinstance(spec, Slider):
            width = math.log10(spec.hi / spec.lo) if spec.log else spec.hi - spec.lo
            found.append((slider, spec.label or slider, round(width / spec.step)))
    return next((one for one in found if one[2] >= 50), max(found, key=lambda one: one[2]))


def write_notebook(folder, name):
    slider, _, _ = moved_slider(name)
    cells = [nbformat.v4.new_code_cell(c) for c in (SETUP.format(name=name, slider=slider), LIVE, PLAIN, LOOK)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), f"{folder}/{name}.ipynb")


def open_notebook(page, address, token, name):
    page.goto(f"{address}/lab/tree/{name}.ipynb?token={token}&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(IDLE, timeout=90_000)
    page.evaluate("jupyterapp.shell.collapseLeft()")
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    stars = "[...document.querySelectorAll('.jp-InputPrompt')].filter(e => e.textContent.includes('*')).length"
    page.wait_for_timeout(500)
    page.wait_for_function(f"{stars} === 0", timeout=90_000)
    page.wait_for_function(IDLE, timeout=90_000)
    page.wait_for_timeout(1500)


def drag(page, cell, name, seconds):
    """Sweep the slider from left to right as a hand does, and let go; return what the page saw."""
    _, label, positions = moved_slider(name)
    page.evaluate("([c, l]) => probe.slider(c, l).scrollIntoView({block: 'start'})", [cell, label])
    page.wait_for_timeout(400)
    at = page.evaluate("([c, l]) => probe.track(c, l)", [cell, label])
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    left, right = (at["left"] + share * (at["right"] - at["left"]) for share in (0.05, 0.95))
    page.mouse.move(left, at["y"])
    page.wait_for_timeout(1200)
    page.evaluate("([c, l, n]) => probe.start(c, l, n)", [cell, label, positions])
    page.wait_for_timeout(150)
    _sweep(page.mouse, left, right, at["y"], seconds)
    page.mouse.up()
    page.wait_for_timeout(1500)
    page.wait_for_function(IDLE, timeout=30_000)
    page.wait_for_timeout(1000)
    return page.evaluate("probe.stop()")


def _sweep(mouse, left, right, y, seconds, hz=60):
    start, n = time.perf_counter(), int(seconds * hz)
    for k in range(1, n + 1):
        wait = start + k / hz - time.perf_counter()
        if wait < -2 / hz and k < n:
            continue  # a page that cannot follow gets fewer moves, as from a real mouse
        time.sleep(max(0, wait))
        mouse.move(left + (right - left) * k / n, y)


def figures(seen):
    """Return a drag's figures: latencies in ms, pictures per second, settle time, and whether it ended right."""
    moves, pictures = seen["moves"], seen["pictures"]
    if len(moves) < 10:
        raise SystemExit("the slider did not move: is its label right?")
    lags = [min((t for t, p in pictures if t >= moved and p >= at), default=math.inf) - moved for moved, at in moves]
    begin, (end, last) = moves[0][0], moves[-1]
    shown = sum(begin <= t <= end for t, _ in pictures)
    settle = min((t for t, p in pictures if p == last), default=math.inf) - end
    right = bool(pictures) and pictures[-1][1] == last
    return {
        "lags": lags,
        "rate": shown / (end - begin) * 1e3,
        "settle": max(0.0, settle),
        "right": right,
        "heights": seen["heights"],
    }


def measure(page, name, sweeps, seconds):
    """Drag both, in turn; return {"live": …, "plain": …} with the figures of all sweeps together."""
    runs = {"live": [], "plain": []}
    for sweep in range(sweeps):
        for kind in ("live", "plain") if sweep % 2 == 0 else ("plain", "live"):
            runs[kind].append(figures(drag(page, 1 if kind == "live" else 2, name, seconds)))
    return {kind: _together(of) for kind, of in runs.items()}


def _together(of):
    lags = sorted(lag for run in of for lag in run["lags"])
    middle = {key: statistics.median(run[key] for run in of) for key in ("rate", "settle")}
    heights = {h for run in of for h in run["heights"]}
    p95 = lags[math.ceil(0.95 * len(lags)) - 1]
    return {
        "median": statistics.median(lags),
        "p95": p95,
        **middle,
        "right": all(r["right"] for r in of),
        "heights": len(heights),
    }


def photograph(page, name, folder):
    """Save the view as it stands, and as it stands in a panel of 480 pixels."""
    output = page.locator(".jp-CodeCell").nth(3).locator(".jp-Cell-outputArea")
    output.scroll_into_view_if_needed()
    output.screenshot(path=f"{folder}/{name}.png")
    output.evaluate("e => { e.style.width = '480px'; e.style.flex = 'none'; }")
    page.wait_for_timeout(500)
    output.screenshot(path=f"{folder}/{name}_narrow.png")


def report(results, sweeps):
    """Return the results as a Markdown page."""
    ratios = [r["live"]["p95"] / r["plain"]["p95"] for r in results.values()]  # 0 where plain never showed some
    mean = math.exp(statistics.fmean(math.log(ratio) for ratio in ratios if ratio))
    rows = [line for name, r in results.items() for line in _rows(name, r)]
    return "\n".join([
        "# Explorables, dragged in a real browser", "",
        f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}; Python {platform.python_version()}, "
        f"matplotlib {matplotlib.__version__}, ipywidgets {ipywidgets.__version__}, "
        f"JupyterLab {jupyterlab.__version__}, headless Chromium.",
        f"{sweeps} sweeps each, alternating. “plain” is `interact` with a new figure per move.",
        "Times in ms, from a slider's move to a painted picture of this or a later position; "
        "settle: after the last move.", "",
        "| view | way | median | p95 | pictures/s | settle | last picture right |", "|---|---|---:|---:|---:|---:|---|",
        *rows, "", f"Geometric mean of the p95 ratios: **{mean:.2f}**", "",
    ])  # fmt: skip


def _rows(name, r):
    for kind in ("live", "plain"):
        k = r[kind]
        times = f"{k['median']:.0f} | {k['p95']:.0f} | {k['rate']:.1f} | {k['settle']:.0f}"
        yield f"| {name} | {kind} | {times} | {'yes' if k['right'] else 'NO'} |"
    ratio = {key: r["live"][key] / r["plain"][key] for key in ("median", "p95", "rate", "settle")}
    yield "| | ratio | " + " | ".join(f"{v:.2f}" for v in ratio.values()) + " | |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    fine = [name for name in VIEWS if moved_slider(name)[2] >= FEWEST]
    parser.add_argument("--views", nargs="*", default=fine, choices=fine)
    parser.add_argument("--sweeps", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--browser", default=shutil.which("chromium") or shutil.which("google-chrome"))
    options = parser.parse_args()
    photos, results = HERE / "photographs", {}
    photos.mkdir(exist_ok=True)
    (photos / ".gitignore").write_text("*\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        for name in options.views:
            write_notebook(folder, name)
        browser = play.chromium.launch(
            executable_path=options.browser, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        with jupyter_lab(folder) as (address, token):
            for name in options.views:
                page = browser.new_page(viewport={"width": 1280, "height": 1000})
                page.add_init_script(PROBE)
                open_notebook(page, address, token, name)
                results[name] = measure(page, name, options.sweeps, options.seconds)
                photograph(page, name, photos)
                page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
                page.close()
                print(name, results[name])
        browser.close()
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "explorables.md").write_text(report(results, options.sweeps))


if __name__ == "__main__":
    main()
