"""A class drags a slider at once: the processor time of its servers, for a view that the page draws or the kernel.

    python benchmarks/hub_dragging.py                             twelve learners
    python benchmarks/hub_dragging.py --learners 3 --view descent

Each learner has a JupyterLab server and a kernel, as on a hub; the hub's proxy, which only passes on what they send,
is left out. The servers run on this machine, and so does one Chromium with a page for each learner: it stands back
(nice 10), since in a class it runs on the learners' machines. Results: results/hub_dragging.md.
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psutil
from explorables_browser import KERNEL, PAGE, PROBE, SETUP, WAYS, _lab, moved_slider

from course_utils.explorables import VIEWS

RESULTS = Path(__file__).parent / "results" / "hub_dragging.md"
BEGIN = "(given) => { window.dragged = probe.sweep(...given); }"  # and does not wait for its end


def processor_time(processes):
    """Return the seconds of processor time that these processes have used."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def open_pages(stack, learners, view):
    """Open a notebook on a server of its own for each learner; return the pages, and the servers with their kernels."""
    cells = [SETUP, PAGE.format(name=view), KERNEL.format(name=view)]
    folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(learners)]
    servers = [stack.enter_context(_lab.lab(folder)) for folder in folders]
    os.nice(10)  # from here on, for the browser
    chromium = stack.enter_context(_lab.browser())
    pages, processes = [], []
    for folder, server in zip(folders, servers, strict=True):
        page = stack.enter_context(_lab.notebook(chromium, server, folder / "view.ipynb", cells))
        page.evaluate(PROBE)
        kernel = psutil.Process(int(page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output").inner_text()))
        pages.append(page)
        processes += [kernel, kernel.parent()]
    return pages, processes


def drag(pages, processes, cell, slider, seconds):
    """Let all drag at once; return the processor time of all servers for each second, and each page's rates."""
    before, begin = processor_time(processes), time.perf_counter()
    for page in pages:
        page.evaluate(BEGIN, [cell, slider, seconds])
    rates = [page.evaluate("window.dragged") for page in pages]
    return (processor_time(processes) - before) / (time.perf_counter() - begin), rates


def measure(learners, view, turns, seconds):
    """Drag both in turn; return for each way the loads, and the rates of each learner in each turn."""
    found = {way: {"loads": [], "rates": []} for way in WAYS}
    with ExitStack() as stack:
        pages, processes = open_pages(stack, learners, view)
        for turn in range(turns):
            for way in sorted(WAYS, reverse=turn % 2 == 0):
                load, rates = drag(pages, processes, WAYS[way], moved_slider(view), seconds)
                found[way]["loads"].append(load)
                found[way]["rates"] += rates
    return found


def row(way, learners, loads, rates):
    load = statistics.median(loads)
    pictures, moves = (statistics.median(each[key] for each in rates) for key in ("pictures", "moves"))
    return f"| {way} | {load:.2f} | {load / learners:.3f} | {pictures:.0f} | {moves:.0f} |"


def report(found, options):
    """Return the results as a Markdown page."""
    return "\n".join([
        "# A class that drags at once", "",
        f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}; {options.learners} learners with a "
        f"JupyterLab server each drag the view `{options.view}` for {options.seconds:g} s, {options.turns} times for "
        "each way, alternating.",
        "Servers: seconds of processor time for each second of that, of all servers and their kernels, and for each "
        "learner. Pictures and moves a second: of a learner, median; one Chromium on the same cores shows all pages, "
        "so they are fewer than on the learners' own machines.", "",
        "| drawn by | servers | a learner | pictures/s | moves/s |", "|---|---:|---:|---:|---:|",
        *(row(way, options.learners, **found[way]) for way in WAYS), "",
    ])  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=12)
    parser.add_argument("--view", default="neuron", choices=sorted(VIEWS))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    text = report(measure(options.learners, options.view, options.turns, options.seconds), options)
    print(text)
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
