"""Checking the built site: every link within it leads to a page and an anchor that exist, none leads elsewhere."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

__all__ = ["Page", "broken", "read_page", "scan"]

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
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return False
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    if target not in files:
        return False
    if not parts.fragment or target not in pages:
        return True
    return unquote(parts.fragment) in pages[target].ids
