"""Rows: a sheet's one-line tables, read ahead of the parser.

Nearly all of a department's data are lines like ``  A001: {response: 14, resolution: 18.5}``. Here the inside
of such a line's braces is read by splitting, and the parser gets ``{}`` in its place: a third of the time.
Only what YAML can read in no other way is taken: one line, plain words, one space after each colon, one or more
after each comma (cells stand in columns), the brace after ``key: ``, and a file without quotes and blocks of text,
in which such a line might be prose.
Everything else, and everything wrong, is left to the parser. Tests hold both ways to the same nodes.
"""

from __future__ import annotations

import re

from kpigen.reading.nodes import Scalar, Table

__all__ = ["lift"]

_WORD = "[A-Za-z0-9_./+\u4e00-\u9fff-]+"
_PAIR = f"[A-Za-z_][A-Za-z0-9_.-]{{0,63}}: -?[A-Za-z0-9\u4e00-\u9fff](?:{_WORD})?(?: {_WORD})*"
_ROW = re.compile(f"^( +[A-Za-z0-9_][A-Za-z0-9_.-]{{0,63}}: )\\{{({_PAIR}(?:, +{_PAIR})*)\\}}$", re.MULTILINE)
_PROSE = re.compile("[|>'\"]")


def lift(text: str) -> tuple[str, dict[int, Table]]:
    """Take the one-line tables out of a text.

    Args:
        text: the clean text of a file.

    Returns:
        The text with ``{}`` for each table that was taken, every line in its place, and the tables by line.
    """
    if "}\n" not in text or _PROSE.search(text):
        return text, {}
    rows: dict[int, Table] = {}
    pieces: list[str] = []
    line, counted, copied = 1, 0, 0
    for match in _ROW.finditer(text):
        start = match.start()
        line += text.count("\n", counted, start)
        table = _table(match[2], line, match.end(1) - start + 1)
        if table is not None:
            rows[line] = table
            pieces += (text[copied : match.end(1)], "{}")
            copied = match.end()
        counted = start
    pieces.append(text[copied:])
    return "".join(pieces), rows


def _table(inside: str, line: int, column: int) -> Table | None:
    """Read what stands between the braces; None when a key stands there twice: the parser reports it."""
    table = Table()
    table.line, table.column = line, column
    pairs = inside.split(",")
    column += 1
    for pair in pairs:
        padded, _, text = pair.partition(": ")
        name = padded.lstrip(" ")
        key, value = Scalar(name), Scalar(text)
        key.line = value.line = line
        key.column = column + len(padded) - len(name)
        value.column = column + len(padded) + 2
        key.quoted = value.quoted = False
        table[key] = value
        column += len(pair) + 1
    return table if len(table) == len(pairs) else None
