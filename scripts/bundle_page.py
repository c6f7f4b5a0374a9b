"""Bundle what draws the views in a page: `page/src` and the d3 modules that it uses become one file, `page.js`.

    python scripts/bundle_page.py           # after a change in page/src; needs node and npm
    python scripts/bundle_page.py --check   # whether page.js is what the sources give

A learner needs neither: page.js is part of the package. Its first line names the sources that it was made of.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).parents[1] / "course_utils" / "live_figures" / "page"
BUNDLE, LICENCES = PAGE / "page.js", PAGE / "LICENSES.txt"
OPTIONS = ["--bundle", "--format=esm", "--minify", "--charset=utf8", "--loader:.css=text", "--target=es2022"]


def sources() -> list[Path]:
    """Return the files that the bundle is made of, but for those of npm, which the lock file names."""
    return [PAGE / "package.json", PAGE / "package-lock.json", *sorted((PAGE / "src").iterdir())]


def head() -> str:
    """Return the first line of the bundle: a hash of its sources."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"// Made by scripts/bundle_page.py; licences in LICENSES.txt. Sources: sha256 {digest.hexdigest()}\n"


def bundle(folder: Path) -> tuple[str, str]:
    """Return the text of page.js and of LICENSES.txt; npm's files come into a copy in `folder`."""
    for path in sources():
        target = folder / path.relative_to(PAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    run = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], **run)
    outputs = ["--outfile=page.js", "--metafile=meta.json", "--log-level=warning"]
    subprocess.run(["npx", "--offline", "esbuild", "src/page.js", *OPTIONS, *outputs], **run)
    return head() + (folder / "page.js").read_text(encoding="utf-8"), _licences(folder)


def _licences(folder):
    """Return the licence of each module of npm that has come into the bundle."""
    inputs = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["inputs"]
    names = sorted({path.split("/")[1] for path in inputs if path.startswith("node_modules/")})
    texts = []
    for name in names:
        version = json.loads((folder / "node_modules" / name / "package.json").read_text(encoding="utf-8"))["version"]
        texts.append(f"{name} {version}\n\n{(folder / 'node_modules' / name / 'LICENSE').read_text(encoding='utf-8')}")
    return "page.js holds parts of these modules.\n\n" + f"\n{'-' * 80}\n\n".join(texts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where page.js is out of date")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        made = bundle(Path(folder))
    if check:
        fresh = made == (BUNDLE.read_text(encoding="utf-8"), LICENCES.read_text(encoding="utf-8"))
        print("page.js is what its sources give." if fresh else "page.js is out of date: run scripts/bundle_page.py.")
        return int(not fresh)
    for path, text in zip((BUNDLE, LICENCES), made, strict=True):
        path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(PAGE.parents[2])}: {len(text.encode()) / 1000:.1f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
