"""Shells: pages that the theme has built, cut open where ours differ, so that a thousand pages cost one.

A page under ``site/pages`` whose front matter says ``shell: true`` is titled ``kpigen-title``, has the comment
``kpigen:body`` where its content goes, and links to ``kpigen-file`` in the other language. The theme renders it
once; every page beside it is the same page with these filled in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import escape

from kpigen.site.failure import SiteError
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BODY", "Shell", "capture"]

TITLE, FILE, BODY = "kpigen-title", "kpigen-file", "<!-- kpigen:body -->"
#: How often each mark must stand in a shell: the title is in <title>, in the header and the page's heading.
EXPECTED: Mapping[str, int] = {TITLE: 3, FILE: 1, BODY: 1}
_MARKS = re.compile("|".join(map(re.escape, EXPECTED)))


@dataclass(frozen=True, slots=True)
class Shell:
    """A page cut at its marks."""

    pieces: tuple[str, ...]
    marks: tuple[str, ...]

    def stamp(self, title: str, file: str, body: str) -> str:
        """Return the page with this title (plain text), file name and body (HTML)."""
        fill = {TITLE: str(escape(title)), FILE: file, BODY: body}
        filled = [piece + fill[mark] for piece, mark in zip(self.pieces, self.marks, strict=False)]
        return "".join([*filled, self.pieces[-1]])


def capture(path: str, html: str) -> Shell:
    """Cut a built page at its marks.

    Raises:
        SiteError: when a mark is missing or stands there too often, so that a change of the theme is noticed.
    """
    for mark, expected in EXPECTED.items():
        found = html.count(mark)
        if found != expected:
            raise SiteError(
                say(
                    "{path}: the built page holds {mark} {found} times, not {expected}; the theme or the page changed",
                    path=path,
                    mark=mark,
                    found=found,
                    expected=expected,
                )
            )
    return Shell(tuple(_MARKS.split(html)), tuple(_MARKS.findall(html)))
