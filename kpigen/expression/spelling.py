"""Characters that look like the language's own: full-width forms, typographic signs, foreign letters."""

from __future__ import annotations

import unicodedata

__all__ = ["plain_form"]

_LETTERS = {
    # Cyrillic and Greek letters that print like Latin ones: so is a second `score` smuggled past a reader.
    **dict(
        zip(
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb",
            "aeopcyxijsdh",
            strict=True,
        )
    ),
    **dict(zip("\u03bf\u03b1\u03bd\u03c1\u0131\u0261", "oavpig", strict=True)),
}
_SIGNS = {
    **dict.fromkeys("\u2265\u2267\u2a7e", ">="),
    **dict.fromkeys("\u2264\u2266\u2a7d", "<="),
    "\u2260": "!=",
    **dict.fromkeys("\u00d7\u2217\u2715\u22c5\u00b7", "*"),
    **dict.fromkeys("\u00f7\u2215\u2044", "/"),
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\u2015", "-"),
    **dict.fromkeys("\u201c\u201d\u2018\u2019\u300c\u300d\u300e\u300f", ""),
    "\u3001": ",",
    "\u3002": ".",
}
_SAME = ("<wide>", "<narrow>", "<font>", "<small>", "<noBreak>")


def plain_form(text: str) -> str | None:
    """Return ``text`` with every character outside ASCII in its ASCII form, or None where one has none.

    Only forms of the same character count: a superscript two is no 2, for that would change the meaning.
    """
    forms = [char if char.isascii() else _plain(char) for char in text]
    known = [form for form in forms if form is not None]
    return "".join(known) if len(known) == len(forms) else None


def _plain(char: str) -> str | None:
    if char in _LETTERS or char in _SIGNS:
        return _LETTERS.get(char) or _SIGNS[char]
    if unicodedata.category(char) == "Cf":
        return ""
    if unicodedata.category(char) in {"Zs", "Zl", "Zp"}:
        return " "
    form = unicodedata.normalize("NFKC", char)
    return form if form.isascii() and unicodedata.decomposition(char).startswith(_SAME) else None
