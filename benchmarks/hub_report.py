"""Writes down what the load test of the hub has measured: hub_load.json keeps it, hub_load.md tells it."""

import json
import os
import platform
import statistics
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
DATA = RESULTS / "hub_load.json"
MB, GB = 1e6, 1e9
NODES = (8, 16, 32, 64)  # GB
KEPT = 1.5  # GB of a machine that the system and the hub need for themselves


def runs():
    return json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else []


def same(one, other):
    return all(one[key] == other[key] for key in ("learners", "threads", "lessons", "data"))


def add(run, is_kept):
    """Print a run; where asked for, keep it in place of an earlier one of the same kind."""
    run |= {"machine": machine()}
    print("\n".join(section(run)), flush=True)
    if not is_kept:
        return
    kept = [*(old for old in runs() if not same(old, run)), run]
    kept.sort(key=lambda run: (run["lessons"], run["data"], -run["learners"], run["threads"]))
    DATA.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def machine():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    name = next((line.split(":")[1].strip() for line in lines if "model name" in line), platform.machine())
    packages = ", ".join(f"{name} {version(name)}" for name in ("jupyterhub", "jupyterlab", "numpy"))
    return f"{os.cpu_count()} cores, {name}; Python {platform.python_version()}, {packages}"


def section(run):
    """Tell one run: its steps, its memory, what was refused."""
    names = list(dict.fromkeys(name for steps in run["steps"] for name in steps))
    learners = f"{run['learners']} learners" if run["learners"] > 1 else "1 learner"
    threads = f"{run['threads']} BLAS threads each" if run["threads"] > 1 else "1 BLAS thread each"
    lessons = "lesson" if len(run["lessons"]) == 1 else "lessons"
    lines = [f"## {learners}, {threads}, {lessons} {' and '.join(run['lessons'])}, {run['data']}", ""]
    lines += ["| step | learners | median, s | slowest, s |", "|---|---:|---:|---:|"]
    for name in names:
        found = [steps[name] for steps in run["steps"] if name in steps]
        lines.append(f"| {name} | {len(found)} | {statistics.median(found):.1f} | {max(found):.1f} |")
    memory = run["memory"]
    median, most = statistics.median(memory["each"]) / MB, max(memory["each"]) / MB
    lines += [
        "",
        f"All {run['learners']} finished, {run['seconds']:.0f} s after the first login.",
        f"Memory of a learner at the most: {median:.0f} MB (median), {most:.0f} MB (largest).",
        f"All learners together: {memory['together'] / MB:.0f} MB. The hub and its proxy: {memory['hub'] / MB:.0f} MB.",
        "",
    ]
    for what, through in run["refused"].items():
        lines.append(f"- {what}: {'refused each time' if not through else 'WENT THROUGH: ' + '; '.join(through)}")
    return [*lines, ""]


def fit(need, node):
    """Give how many learners fit on a machine: what is left of its memory, over what one needs."""
    return int((node - KEPT) * GB // need)


def table_of_nodes():
    """Tell how many learners fit, by what they run at the same time."""
    needs = {}
    for run in runs():
        what = f"{' and '.join(run['lessons'])}, {run['data']}"
        needs[what] = max(needs.get(what, 0), *run["memory"]["each"])
    lines = [
        "## Learners on one machine",
        "",
        f"Its memory less {KEPT} GB for the system and the hub, over the largest need.",
        "",
    ]
    lines += [f"| all at once in lessons | a learner needs, MB | {' | '.join(f'{node} GB' for node in NODES)} |"]
    lines += ["|---|---:|" + "---:|" * len(NODES)]
    for what, need in needs.items():
        lines.append(f"| {what} | {need / MB:.0f} | {' | '.join(str(fit(need, node)) for node in NODES)} |")
    return [*lines, ""]


def write():
    """Write all kept runs as one page."""
    pages = [
        "# A class on one JupyterHub",
        "",
        "`sudo python3 start.py hub-load` measures this. Learners work without a browser, without a pause for thought,",
        "all at once: a real class asks for less. Memory is PSS: what learners share counts once.",
        "",
    ]
    for name in dict.fromkeys(run["machine"] for run in runs()):
        pages += [f"{name}.", ""]
    pages += table_of_nodes()
    for run in runs():
        pages += section(run)
    (RESULTS / "hub_load.md").write_text("\n".join(pages).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
