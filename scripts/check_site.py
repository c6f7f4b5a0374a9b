"""Look through the pages of a built site: words for every picture, links that lead somewhere, nothing from outside.

python scripts/check_site.py [FOLDER]
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

SITE = Path(__file__).resolve().parent.parent / "build" / "site"
LOADS = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "link": "href"}
POINTS_ONLY = {"canonical", "next", "prev", "index", "search", "author"}  # a <link> of these loads nothing
OUTSIDE_CSS = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)")


class Page(HTMLParser):
    """What one page holds that can be wrong."""

    def __init__(self, text):
        super().__init__()
        self.loads, self.links, self.ids, self.mute, self.pictures = [], [], set(), [], 0
        self.loads += OUTSIDE_CSS.findall(" ".join(re.findall(r"<style.*?</style>", text, flags=re.S)))
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Take down one tag."""
        about = dict(attributes)
        self.ids |= {about[key] for key in ("id", "name") if about.get(key)}
        if about.get(LOADS.get(tag)) and about.get("rel") not in POINTS_ONLY:
            self.loads.append(about[LOADS[tag]])
        if tag == "a" and about.get("href"):
            self.links.append(about["href"])
        if tag == "img":
            self.pictures += 1
            self.mute += [] if (about.get("alt") or "").strip() else [about.get("src", "?")]


def faults(site):
    """Give a sentence for each thing that is not as it should be, and what was counted."""
    files = [path for path in sorted(site.rglob("*.html")) if "_static" not in path.relative_to(site).parts]
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in files}
    found = []
    for path, page in pages.items():
        here = path.relative_to(site)
        found += [f"{here}: a picture without words: {name}" for name in page.mute]
        found += [f"{here}: loaded from outside: {name}" for name in page.loads if _is_outside(name)]
        found += [f"{here}: a dead link: {link}" for link in page.links + page.loads if _is_dead(link, path, pages)]
    for path in sorted(site.rglob("*.css")):
        outside = OUTSIDE_CSS.findall(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(site)}: loaded from outside: {name}" for name in outside]
    pictures, links = (
        sum(counts) for counts in zip(*((p.pictures, len(p.links)) for p in pages.values()), strict=True)
    )
    return found, f"{len(pages)} pages, {pictures} pictures with words, {links:,} links, nothing from outside"


def _is_outside(address):
    return bool(urlsplit(address).netloc)


def _is_dead(link, path, pages):
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.exists():
        return True
    return bool(parts.fragment) and target in pages and unquote(parts.fragment) not in pages[target].ids


def main(site):
    """Print the faults, or the counts where there is none; give 1 where there are any."""
    found, counted = faults(site)
    print(*(found or [counted]), sep="\n", file=sys.stderr if found else sys.stdout)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if sys.argv[1:] else SITE))
