"""What a page without a kernel is told of each view in a lesson, made from the cell that calls it."""

import ast
import hashlib
import inspect
import json
import os
import tempfile
from pathlib import Path

import nbformat

import course_utils as cu
from course_utils.live_figures.page.telling import as_base64
from without_kernel.assets import in_page

SCRIPTS = Path(__file__).resolve().parent.parent
LARGEST = 6_000_000  # characters; a reader on a slow line waits for a page with more
KEPT = SCRIPTS.parent / "build" / "views"  # of lessons that were run: the site and the slides share them


def view_call(source):
    """Return the expression in a cell that makes a view with a module, or None."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("cu.explorables."):
            return node if _has_module(node.func.attr) else None
    return None


def _has_module(name):
    return Path(inspect.getfile(getattr(cu.explorables, name))).with_suffix(".js").is_file()


def stands_alone(call):
    """Whether a call needs nothing that the lesson has computed before."""
    try:
        for argument in (*call.args, *(word.value for word in call.keywords)):
            ast.literal_eval(argument)
    except ValueError:
        return False
    return True


def told(view):
    """Return what `page.js` is told of a view, as JSON; arrays as base64."""
    return in_page(view.page, default=as_base64)


def views(notebook, path, may_run=False):
    """Return the JSON of each view that a page can show, by the place of its cell in the lesson.

    A view that needs more than LARGEST stays a picture, and the build says so.

    Parameters
    ----------
    notebook : NotebookNode
        As it is stored.
    path : Path
        Where it lies.
    may_run : bool
        Whether to run the lesson for the views of something that it has trained; else their pictures stay.
    """
    calls = {place: view_call(cell.source) for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"}
    calls = {place: call for place, call in calls.items() if call}
    ready = {place: call for place, call in calls.items() if stands_alone(call)}
    found = {place: told(eval(ast.unparse(call), {"cu": cu})) for place, call in ready.items()}
    trained = {place: ast.unparse(call) for place, call in calls.items() if place not in ready}
    found |= _run_or_kept(notebook, path, trained) if trained and may_run else {}
    large = {place for place, text in found.items() if len(text) > LARGEST}
    for place in sorted(large):
        print(f"{path.name}: {ast.unparse(calls[place])} needs {len(found[place]) / 1e6:.0f} MB and stays a picture.")
    return {place: text for place, text in found.items() if place not in large}


def _run_or_kept(notebook, path, trained):
    """Return the JSON of views of something trained; a lesson that has not changed is not run again."""
    cells = [cell.source for cell in notebook.cells[: max(trained) + 1] if cell.cell_type == "code"]
    package = sorted(file for file in Path(cu.__file__).parent.rglob("*.*") if file.suffix in (".py", ".js"))
    parts = [*cells, os.environ.get("COURSE_UTILS_MNIST", ""), *(file.read_text(encoding="utf-8") for file in package)]
    kept = KEPT / f"{path.stem}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]}.json"
    if not kept.exists():
        print(f"Running {path.name} for what it trains ...", flush=True)
        found = _run(notebook, path, trained)
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob(f"{path.stem}-*.json"):
            old.unlink()
        kept.write_text(json.dumps(found), encoding="utf-8")
    return {int(place): text for place, text in json.loads(kept.read_text(encoding="utf-8")).items()}


def _run(notebook, path, trained):
    """Run a lesson up to its last view. Its views are taken only if it has met the digits of the stored outputs."""
    from kernels import client_of  # only lessons that are run need it
    from nbclient.exceptions import CellExecutionError

    with tempfile.TemporaryDirectory() as folder:
        copy = nbformat.reads(nbformat.writes(notebook), as_version=4)
        del copy.cells[max(trained) + 1 :]
        for place, call in trained.items():
            lines = copy.cells[place].source
            write = f"open({str(Path(folder) / str(place))!r}, 'w').write(told({call}))"
            copy.cells[place].source = (
                f"import sys\nsys.path.append({str(SCRIPTS)!r})\n"
                f"from without_kernel.views import told\n{lines}\n{write};"
            )
        try:
            client_of(copy, path.parent).execute()
        except CellExecutionError as error:
            print(f"{path.name} does not run here ({error.ename}): its views of trained networks stay pictures.")
            return {}
        if digits(copy) != digits(notebook):
            print(f"{path.name} has met other digits than those of its stored outputs: its views stay pictures.")
            return {}
        return {place: (Path(folder) / str(place)).read_text(encoding="utf-8") for place in trained}


def digits(notebook):
    """Return what the first cell that depends on the digits at hand has printed."""
    for cell in notebook.cells:
        if "by-source" in cell.metadata.get("tags", []):
            return "".join(output.get("text", "") for output in cell.outputs)
    return ""
