"""Workbooks: an XLSX file to a grid. No formula is evaluated, and no number passes through binary arithmetic.

A spreadsheet keeps 81.94 as the nearest binary number and shows 15 digits of it, which give 81.94 again; so
do we. A percentage is taken as it is shown, ``81.94%``, a date as ``2026-09-30``, a tick as yes or no.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from kpigen.exact import plain
from kpigen.finding import Finding, Place, Severity
from kpigen.intake.grid import MAX_COLUMNS, MAX_ROWS, SHEET_FILE, Grid, refused, sized
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cell_text", "read_workbook"]

MAX_UNPACKED: Final = 24 * 1024 * 1024
MAX_PARTS: Final = 1000

# A document type is what XML needs for entities, and so for a file that grows when it is read. No program
# writes one into a workbook. Any part may be read as XML, in any of these encodings.
_DOCTYPE: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_FIXED = re.compile(r'[#,]*0\.(0+)(?:_.|\\.|"[^"]*")*')
_SAVE_AGAIN = say("Open it in the spreadsheet, choose “Save as” and XLSX, and give that file.")


def read_workbook(path: str, data: bytes) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Read the first sheet of an XLSX file.

    Args:
        path: the file as it was named, for the findings.
        data: its bytes, from anybody.

    Returns:
        The grid, or None and the finding.
    """
    unsafe = _unsafe(path, data)
    if unsafe is not None:
        return None, (unsafe,)
    try:
        return _read(path, data)
    except Exception:  # noqa: BLE001 - a broken workbook makes openpyxl raise anything at all
        return refused(path, say("The workbook cannot be read; it is damaged or protected."), _SAVE_AGAIN)


def _unsafe(path: str, data: bytes) -> Finding | None:
    """Look at a workbook's parts before they are read as XML."""
    message = None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            listed = parts.infolist()
            if len(listed) > MAX_PARTS or sum(part.file_size for part in listed) > MAX_UNPACKED:
                message = say("The workbook is larger inside than {limit} bytes.", limit=MAX_UNPACKED)
            elif any(mark in parts.read(part) for part in listed for mark in _DOCTYPE):
                message = say("The workbook holds a document type, which no spreadsheet writes.")
    except Exception:  # noqa: BLE001 - nor does zipfile promise which errors it raises
        message = say("The file is no XLSX workbook, or it is damaged or protected.")
    return Finding.of(SHEET_FILE, Place(path), message, _SAVE_AGAIN) if message else None


def _read(path: str, data: bytes) -> tuple[Grid | None, tuple[Finding, ...]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about features that openpyxl drops; we want the cells alone
        names, rows = _rows(data, results=True)
        _, sources = _rows(data, results=False)
    unknown = frozenset(
        (number, column)
        for number, (row, source) in enumerate(zip_longest(rows, sources, fillvalue=()), 1)
        for column, (text, formula) in enumerate(zip_longest(row, source, fillvalue=""), 1)
        if formula and not text
    )
    grid, findings = sized(path, rows)
    if grid is None:
        return None, findings
    return Grid(path=path, rows=grid.rows, unknown=unknown, notes=tuple(_others(path, names))), ()


def _rows(data: bytes, *, results: bool) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the names of the sheets and the texts of the first one: of results, or of what was typed in."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a fifth of a second that a CSV file does not need

    with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)) as book:
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size is not to be trusted
        rows = []
        for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1):
            texts = [cell_text(cell.value, cell.number_format or "General") for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            rows.append(tuple(texts))
        return book.sheetnames, rows


def _others(path: str, names: list[str]) -> Iterator[Finding]:
    """Say which sheet was read, where there are several."""
    if len(names) > 1:
        message = say(
            "The workbook has {count} sheets; only the first, “{name}”, was read.", count=len(names), name=names[0][:40]
        )
        hint = say("Move the sheet that is to be imported to the front if it is another.")
        yield Finding(place=Place(path), rule=SHEET_FILE, message=message, hint=hint, severity=Severity.WARNING)


def cell_text(value: object, form: str) -> str:
    """Return a cell as text.

    Args:
        value: what the workbook holds.
        form: the cell's number format.

    Returns:
        Digits and a point for a number, with the zeros that a format such as ``0.00`` shows; ``81.94%`` for
        a percentage; ``2026-09-30`` for a date; ``yes`` or ``no`` for a truth value.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(Decimal(format(value, ".15g") if isinstance(value, float) else value), form)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _number(number: Decimal, form: str) -> str:
    if not number.is_finite():
        return str(number)
    if "%" in form:
        return f"{plain((number * 100).normalize())}%"
    text = plain(number)
    shown = _FIXED.fullmatch(form.split(";", maxsplit=1)[0])
    if shown and len(text.partition(".")[2]) < len(shown[1]):
        whole, _, fraction = text.partition(".")
        return f"{whole}.{fraction.ljust(len(shown[1]), '0')}"
    return text
