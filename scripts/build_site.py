"""Make the site: lay out what it is made of in build/site-source, run Sphinx, check the pages.

python scripts/build_site.py               for learners, in build/site
python scripts/build_site.py --teachers    with the pages for teachers, in build/site-teachers
"""

import importlib
import inspect
import re
import shutil
import sys
from pathlib import Path

import check_site
import nbformat
from nbformat.v4 import new_output
from without_kernel.answers import answers
from without_kernel.assets import in_page, questions, tag
from without_kernel.verdicts import folds
from without_kernel.views import views

import course_utils as cu
from course_utils.lesson_names import number_of

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "build" / "site-source"
PARTS = [
    "*.md",
    "notebooks/*.ipynb",
    "docs/*.md",
    "docs/instructor/*.md",
    "deploy/*/*.md",
    "grading/*.md",
    "benchmarks/results/*.md",
]
# How the paths begin of what learners' pages leave out: it holds answers that a learner cannot open in a notebook.
FOR_TEACHERS = ("docs/instructor/", "docs/causes.md", "docs/slides.md", "deploy/", "grading/")
# A link to a section of its own page: JupyterLab needs capital letters, a page small ones.
ANCHOR = re.compile(r"\]\(#[^)]+\)")


def lay_out(source, may_run=False, for_teachers=False):
    """Copy the texts and the lessons to one place, and write a page for each module of the package.

    `may_run` lets it run those lessons whose views show something that they train.
    """
    shutil.rmtree(source, ignore_errors=True)
    for file in parts(for_teachers):
        place = source / file.relative_to(ROOT)  # as in the repository, so that links stay alive
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
    for path in sorted((source / "notebooks").glob("*.ipynb")):
        tell_page(path, ROOT / "notebooks" / path.name, may_run)
    (source / "index.md").write_text(start_page(source), encoding="utf-8")
    (source / "api").mkdir()
    for name, text in api_pages():
        (source / "api" / f"{name}.rst").write_text(text, encoding="utf-8")


def parts(for_teachers):
    """Give the texts, the lessons, and the files that they link to, as far as they are for these readers."""
    texts = readable((file for part in PARTS for file in ROOT.glob(part)), for_teachers)
    return texts | readable((file for text in texts for file in linked(text)), for_teachers)


def readable(files, for_teachers):
    """Give those of the files that are for these readers: teachers read all."""
    return {file for file in files if for_teachers or not is_for_teachers(file)}


def is_for_teachers(file):
    return file.relative_to(ROOT).as_posix().startswith(FOR_TEACHERS)


def tell_page(copy, path, may_run):
    """Say how the lesson is started; put behind its cells what the page has to know, and what a learner may open.

    Behind each stored view, and behind the questions, comes what brings them; behind an exercise its hints and its
    worked answer, and behind a patient of the clinic the verdict, folded away.
    """
    notebook = nbformat.read(copy, as_version=4)
    told = views(notebook, path, may_run)
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            shown = [("html", tag("view", told[place]))] if place in told else []
            shown += [("html", tag("quiz", in_page(asked)))] if (asked := questions(cell.source)) else []
            shown += [("markdown", answers(cell.source)), ("html", folds(cell.source))]
            cell.outputs.extend(new_output("display_data", {f"text/{kind}": text}) for kind, text in shown if text)
        else:
            cell.source = ANCHOR.sub(lambda link: link[0].lower(), cell.source)
    title, _, rest = notebook.cells[0].source.partition("\n")
    notebook.cells[0].source = f"{title}\n\n{how_to_start(path)}\n{rest}"
    nbformat.write(notebook, copy)


def how_to_start(path):
    """Give the words that stand below the title of a lesson's page."""
    return (
        "```{admonition} Work in this lesson\n:class: start-lesson\n"
        "Type `python3 start.py` (on Windows `py start.py`) in the folder of [the course](../README.md), "
        f"and open `{path.name}` in the list on the left. "
        f"A new copy beside your own: `python3 start.py --fresh {number_of(path)}`.\n```\n"
    )


def start_page(source):
    """Give the text of the first page, without the entries of its contents that no file matches."""
    first, *contents = (ROOT / "docs/site/index.md").read_text(encoding="utf-8").split("\n\n")
    return "\n\n".join([first, *filter(None, (with_pages(part, source) for part in contents))])


def with_pages(contents, source):
    """Give one part of the contents with the entries that have a page; "" where none has."""
    lines = contents.strip().split("\n")
    entries = [line for line in lines if line[0] not in "`:"]
    missing = [entry for entry in entries if not entry.startswith("api/") and not any(source.glob(f"{entry}.*"))]
    return "" if missing == entries else "\n".join(line for line in lines if line not in missing)


def linked(path):
    """Find the files of the repository, pictures too, that a text links to; a reader of the site may fetch them."""
    if path.suffix != ".md":
        return []
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    found = [(path.parent / link).resolve() for link in links if "://" not in link]
    return [file for file in found if file.is_file() and file.is_relative_to(ROOT)]


def modules():
    """Name the modules that `cu.` offers, and the one that is reached through another."""
    offered = [name for name in cu.__all__ if inspect.ismodule(getattr(cu, name))]
    return sorted([*offered, "optimizers.schedules"])


def api_pages():
    """Yield the name and the text of each page about the package: the house first, then a page a module."""
    yield "index", house_page()
    for module in modules():
        yield module, module_page(module)


def house_page():
    """Write the page that shows the whole package: its floors, and a line for each module."""
    house = as_rst(inspect.getdoc(cu).partition("\n\n")[2])
    lines = "".join(f"* :doc:`{module}`: {purpose(module)}\n" for module in modules())
    entries = "".join(f"   {module}\n" for module in modules())
    head = "The package\n===========\n\n.. currentmodule:: course_utils\n"
    return f"{head}\n{house}\n\n{lines}\n.. toctree::\n   :hidden:\n\n{entries}"


def purpose(module):
    """Give what the first line of a module's docstring says after its name."""
    first = inspect.getdoc(importlib.import_module(f"course_utils.{module}")).partition("\n\n")[0]
    return " ".join((first.partition(": ")[2] or first).split())


def as_rst(text):
    """Give a module's docstring with its indented drawings as such."""
    return text.replace(":\n\n    ", "::\n\n    ")


def module_page(module):
    """Write the page of one module: what it is for, its names with a line each, and each name at length."""
    names = public(module)
    about = as_rst(inspect.getdoc(importlib.import_module(f"course_utils.{module}")))
    table = "".join(f"   {name}\n" for name in names)
    parts = "\n".join(described(name) for name in names)
    head = f"{module}\n{'=' * len(module)}\n\n.. module:: course_utils.{module}\n.. currentmodule:: course_utils\n"
    return f"{head}\n{about}\n\n.. autosummary::\n   :nosignatures:\n\n{table}\n{parts}"


def public(module):
    """Name what a module offers, as one reaches it through `cu.`."""
    home = importlib.import_module(f"course_utils.{module}")
    same = [name for name in cu.__all__ if getattr(cu, name) is getattr(home, name, None)]
    elsewhere = {f"course_utils.{other}" for other in modules()} - {home.__name__}  # described on its own page
    direct = [name for name in same if getattr(getattr(cu, name), "__module__", "") not in elsewhere]
    names = getattr(home, "__all__", None) or direct or own(home)
    names = [name for name in names if callable(getattr(home, name))]
    return [name if name in direct else f"{module}.{name}" for name in names]


def own(home):
    return [n for n, f in inspect.getmembers(home, inspect.isfunction) if f.__module__ == home.__name__ and n[0] != "_"]


def described(name):
    value = cu
    for part in name.split("."):
        value = getattr(value, part)
    if inspect.isclass(value):
        return f".. autoclass:: course_utils.{name}\n   :members:\n"
    return f".. autofunction:: course_utils.{name}\n"


def main(for_teachers):
    """Build from nothing, with warnings as errors, and check what came out."""
    from sphinx.cmd.build import build_main

    print("Making the pages: about half a minute ...", flush=True)
    lay_out(SOURCE, may_run=True, for_teachers=for_teachers)
    site = ROOT / "build" / ("site-teachers" if for_teachers else "site")
    shutil.rmtree(site, ignore_errors=True)
    options = ["-q", "-E", "-W", "--keep-going", "-d", str(ROOT / "build/site-cache"), "-c", str(ROOT / "docs/site")]
    options += ["-D", "html_title=From Sigmoid to MNIST, for teachers"] if for_teachers else []
    failed = build_main([*options, str(SOURCE), str(site)]) or check_site.main(site)
    if not failed:
        print(f"Open {site.relative_to(ROOT)}/index.html in a browser; a server is not needed.")
    return failed


if __name__ == "__main__":
    sys.exit(main("--teachers" in sys.argv[1:]))
