"""Texts that a spreadsheet would take for formulas: found, so that what writes a table can disarm them."""

from __future__ import annotations

import unicodedata

__all__ = ["runs"]

_STARTS = frozenset("=+-@\t\r\n")


def runs(text: str) -> bool:
    """Tell whether a spreadsheet might run ``text``: it begins, after spaces, with a sign that a formula begins with.

    Full-width signs count, because a spreadsheet in an East Asian language reads ＝ as =, and so does the minus sign
    of typesetters.
    """
    begin = text.lstrip(" \u3000\u00a0\ufeff\u200b")[:1]
    return unicodedata.normalize("NFKC", begin) in _STARTS or begin == "−"
