"""What lies beside a lesson and gets in its way: a file that hides a package, lessons of another version.

It is looked at where the course is broken, so it stands on the standard library.
"""

import filecmp
import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# what lessons import, as its makers write it; a file of such a name is found before the package
SPOKEN = {
    "numpy": "NumPy",
    "scipy": "SciPy",
    "sklearn": "scikit-learn",
    "matplotlib": "Matplotlib",
    "keras": "Keras",
    "tensorflow": "TensorFlow",
    "jax": "JAX",
    "torch": "PyTorch",
    "h5py": "h5py",
    "PIL": "Pillow",
    "pooch": "pooch",
    "requests": "requests",
    "tqdm": "tqdm",
    "IPython": "IPython",
    "ipywidgets": "ipywidgets",
    "anywidget": "anywidget",
    "traitlets": "traitlets",
    "course_utils": "the package of the course",
}


def hiding_files(folder: Path) -> list[tuple[Path, str]]:
    """Return the files of a folder that are found in the place of a package, each with what it hides.

    Parameters
    ----------
    folder : pathlib.Path
        Where a lesson runs.
    """
    found = []
    for file in sorted(folder.glob("*.py")):
        if file.stem in SPOKEN:
            found.append((file, SPOKEN[file.stem]))
        elif file.stem in sys.stdlib_module_names:
            found.append((file, f"Python's own {file.stem}"))
    return found


def other_version(folder: Path) -> str | None:
    """Return how the course in whose folder a lesson runs differs from the package that it imports, or None.

    Parameters
    ----------
    folder : pathlib.Path
        Where a lesson runs, in ``work/`` or ``notebooks/`` for example.
    """
    course = _course_around(folder)
    if course is None or (course / "course_utils").resolve() == PACKAGE or _is_same(course / "course_utils"):
        return None
    ours, theirs = _version_of(PACKAGE), _version_of(course / "course_utils")
    versions = f"{ours} and {theirs}" if ours != theirs else f"both called {ours}, but not the same"
    return f"the lessons in {course} and the package in {PACKAGE} are of different versions: {versions}"


def _course_around(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        if (place / "course_utils" / "__init__.py").is_file() and (place / "notebooks").is_dir():
            return place
    return None


def _is_same(package: Path) -> bool:
    names = [str(file.relative_to(package)) for file in package.rglob("*.py")]
    same, _, _ = filecmp.cmpfiles(package, PACKAGE, names, shallow=False)
    return len(same) == len(names)


def _version_of(package: Path) -> str:
    text = (package / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"', text, flags=re.MULTILINE)
    return found.group(1) if found else "one without a number"
