"""The payroll as an XLSX workbook: the table, and a second sheet with the clause of each line.

No cell is a formula, every number is written with the very digits that were computed, and the same payroll gives the
same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from rich.cells import cell_len

from kpigen.payroll.disarming import runs
from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

    from kpigen.payroll.month import Payroll
    from kpigen.payroll.table import Cell, Column, Table

__all__ = ["as_workbook"]

_MONEY: Final = "#,##0.00"
_NARROWEST: Final = 8
_WIDEST: Final = 40
_CLAUSE_WIDTH: Final = 100
#: The first moment that a zip file can name.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_SAVED: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def as_workbook(payroll: Payroll, table: Table) -> bytes:
    """Return the workbook of a month and its table."""
    book = Workbook()
    book.properties.creator = "kpigen"
    sheet = book.worksheets[0]
    month = payroll.document.month
    sheet.title = month if payroll.closed else say("{month} draft", month=month).said(payroll.lang)
    _fill(sheet, (table.head, *table.rows, table.total))
    sheet.freeze_panes = "C2"
    _set_out(sheet, table)
    _clauses(book.create_sheet(say("Clauses").said(payroll.lang)), payroll, table.columns)
    held = io.BytesIO()
    book.save(held)
    return _undated(held.getvalue())


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> None:
    for number, row in enumerate(rows, 1):
        for position, cell in enumerate(row, 1):
            if cell is not None:
                _write(cast("SheetCell", sheet.cell(number, position)), cell)


def _write(place: SheetCell, cell: str | Decimal) -> None:
    """Write a cell; its type is set, never guessed from how it looks."""
    if isinstance(cell, Decimal):
        # openpyxl would take a number through binary arithmetic; as a text that is called a number it is left alone.
        place.value = f"{cell:f}"
        place.data_type = "n"
    else:
        place.value = cell
        place.data_type = "s"
        place.quotePrefix = runs(cell)  # so that it stays a text when somebody edits it


def _set_out(sheet: Worksheet, table: Table) -> None:
    """Set widths, number formats, and what stands out."""
    bold, above = Font(bold=True), Border(top=Side("thin"))
    last = len(table.rows) + 2
    money = range(table.first + 1, table.first + len(table.columns) + 4)
    for position, column in enumerate(zip(table.head, *table.rows, table.total, strict=True), 1):
        widest = max(cell_len(f"{cell:,f}" if isinstance(cell, Decimal) else cell or "") for cell in column)
        sheet.column_dimensions[get_column_letter(position)].width = min(max(widest + 2, _NARROWEST), _WIDEST)
        sheet.cell(1, position).font = bold
        sheet.cell(1, position).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(last, position).font = bold
        sheet.cell(last, position).border = above
        if position in money:
            for row in range(2, last + 1):
                sheet.cell(row, position).number_format = _MONEY


def _clauses(sheet: Worksheet, payroll: Payroll, columns: Sequence[Column]) -> None:
    """Say what the month is, and by which clause each line is paid or deducted."""
    lang, document = payroll.lang, payroll.document
    about: list[tuple[str, ...]] = [
        (say("Department").said(lang), payroll.department.name.said(lang)),
        (say("Month").said(lang), document.month),
        (say("Status").said(lang), payroll.status.said(lang)),
        (say("Digest of the close").said(lang), payroll.close or "–"),
        (),
        tuple(text.said(lang) for text in (say("Line"), say("Policy"), say("Clause"), say("What it says"))),
    ]
    for column in columns:
        clauses = payroll.policies[column.policy].clauses
        text = next((each.text.said(lang) for each in clauses if each.clause == column.clause), "")
        about.append(
            (column.name, f"{column.policy.id} {column.policy.version}", column.clause, " ".join(text.split()))
        )
    _fill(sheet, [[visible(cell) for cell in row] for row in about])
    for position, width in enumerate((_WIDEST // 2, _WIDEST // 2, _NARROWEST, _CLAUSE_WIDTH), 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
        for row in range(1, len(about) + 1):
            sheet.cell(row, position).alignment = Alignment(wrap_text=row > 6, vertical="top")  # noqa: PLR2004 - the head
        sheet.cell(6, position).font = Font(bold=True)


def _undated(book: bytes) -> bytes:
    """Return a workbook without the moment at which it was written."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as parts, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as undated:
        for part in parts.infolist():
            data = parts.read(part)
            if part.filename == "docProps/core.xml":
                data = _SAVED.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            undated.writestr(entry, data)
    return held.getvalue()
