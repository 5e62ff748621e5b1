"""Delimited text: a CSV file to a grid."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kpigen.finding import Finding, Place
from kpigen.intake.grid import refused, sized
from kpigen.reading.hygiene import NOT_UTF8
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.intake.grid import Grid

__all__ = ["read_csv"]

_SEPARATORS: Final = ",;\t"


def read_csv(path: str, data: bytes) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Read a CSV file: UTF-8, with or without a byte-order mark, separated by commas, semicolons or tabs.

    Args:
        path: the file as it was named, for the findings.
        data: its bytes, from anybody.

    Returns:
        The grid, or None and the finding.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(path, data, error.start),)
    if "\0" in text:
        return None, (_not_utf8(path, data, data.find(0)),)
    try:
        return sized(path, _rows(text))
    except csv.Error:
        message = say("A quoted cell of this file does not end, or goes on after its closing quote.")
        return refused(path, message, say("Save it again as CSV from the spreadsheet."))


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield tuple(cell.strip() for cell in row)


def _not_utf8(path: str, data: bytes, start: int) -> Finding:
    row = data.count(b"\n", 0, start) + 1
    hint = say("In the spreadsheet choose “Save as” and “CSV UTF-8”, or give the XLSX file itself.")
    line = data[data.rfind(b"\n", 0, start) + 1 :].split(b"\n", 1)[0].strip()
    try:
        seen = line.decode("gb18030")
    except UnicodeDecodeError:
        seen = ""
    if not seen or "\0" in seen:
        return Finding.of(NOT_UTF8, Place(path, row, 1), say("The file is not UTF-8 text."), hint)
    message = say("The file is not UTF-8. Read as GBK, this row is “{line}”.", line=seen[:100])
    return Finding.of(NOT_UTF8, Place(path, row, 1), message, hint)
