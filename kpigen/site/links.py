"""Checking the built site: every link within it leads to a page and an anchor that exist, none leads elsewhere.

Thousands of pages link to the same few places: :class:`Links` keeps each place once, with one page that links to it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Links", "Page", "broken", "read_page", "scan"]

#: Attributes that can be linked to, and those that make a browser follow or fetch something. Everything that the
#: theme and our templates print quotes them, and no text between tags holds a bare quotation mark after "=": a
#: search finds what a parser finds (a test compares them) in a tenth of its time.
_ATTRIBUTE = re.compile(
    r'\s(?:(?P<id>id|name)|href|src|action|formaction|poster|xlink:href)="(?P<value>[^"]+)"', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page links to and what can be linked to on it."""

    links: frozenset[str]
    ids: frozenset[str]


def read_page(html: str) -> Page:
    """Return the links and anchors of a page."""
    links: set[str] = set()
    ids: set[str] = set()
    for found in _ATTRIBUTE.finditer(html):
        (ids if found["id"] else links).add(unescape(found["value"]))
    return Page(frozenset(links), frozenset(ids))


@dataclass(slots=True)
class Links:
    """Where some pages lead.

    Attributes:
        targets: each file, or anchor as ``file#anchor``, that is linked to, with a page and its link there.
        ids: the anchors of each page.
        dead: pages and links that lead out of the site, or to no anchor of the page itself.
        outside: the one address outside of the site below which links may lead, ``/`` at its end; empty for none.
    """

    targets: dict[str, tuple[str, str]] = field(default_factory=dict)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    dead: list[tuple[str, str]] = field(default_factory=list)
    outside: str = ""

    def add(self, path: str, html: str) -> None:
        """Add a page; the error page's links are left out: it is shown at any address."""
        page = read_page(html)
        self.ids[path] = page.ids
        if posixpath.basename(path) == "404.html":
            return
        for link in page.links:
            if self.outside and link.startswith(self.outside):
                continue
            target = _target(path, link)
            if target is None or (target[0] == path and target[1] and target[1] not in page.ids):
                self.dead.append((path, link))
            elif target[0] != path:
                self.targets.setdefault("#".join(filter(None, target)), (path, link))

    def extend(self, others: Links) -> None:
        """Add what others found."""
        for target, source in others.targets.items():
            self.targets.setdefault(target, source)
        self.ids.update(others.ids)
        self.dead.extend(others.dead)

    @property
    def anchors(self) -> list[str]:
        """The anchors that are linked to."""
        return sorted(target for target in self.targets if "#" in target)

    def lost(self, anchors: Iterable[str]) -> list[str]:
        """Return those of some anchors that are on none of these pages, as far as their pages are among these."""
        parted = ((anchor, *anchor.split("#", 1)) for anchor in anchors)
        return [anchor for anchor, path, name in parted if path in self.ids and name not in self.ids[path]]

    def broken(self, files: Collection[str]) -> list[tuple[str, str]]:
        """Return a page and its link for every place that is linked to and not there; pages as they are named."""
        gone = {target for target in self.targets if target.partition("#")[0] not in files}
        gone.update(self.lost(self.anchors))
        return sorted({*self.dead, *(self.targets[target] for target in gone)})


def scan(folder: Path) -> tuple[dict[str, Page], set[str]]:
    """Return the pages of a built site and the paths of all its files."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {
        path: read_page((folder / path).read_text(encoding="utf-8")) for path in sorted(files) if path.endswith(".html")
    }
    return pages, files


def broken(pages: Mapping[str, Page], files: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each page and link that leads nowhere, or out of the site.

    The error page is left out: it is shown at any address, so its links are those of the site's root.
    """
    for path, page in pages.items():
        if posixpath.basename(path) == "404.html":
            continue
        for link in sorted(page.links):
            if not _leads(path, link, pages, files):
                yield path, link


def _leads(path: str, link: str, pages: Mapping[str, Page], files: Collection[str]) -> bool:
    target = _target(path, link)
    if target is None or target[0] not in files:
        return False
    return not target[1] or target[0] not in pages or target[1] in pages[target[0]].ids


def _target(path: str, link: str) -> tuple[str, str] | None:
    """Return the file and the anchor that a page's link leads to; None where it leads out of the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    return file, unquote(parts.fragment)
