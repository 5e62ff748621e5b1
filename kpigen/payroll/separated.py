"""The payroll as CSV, as the spreadsheets of those who pay open it by a double click."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.payroll.disarming import runs

if TYPE_CHECKING:
    from kpigen.payroll.table import Cell, Table

__all__ = ["as_csv"]


def as_csv(table: Table) -> bytes:
    """Return the table as CSV.

    It is UTF-8 with a byte order mark, without which a Chinese Excel reads it as GBK; its lines end as RFC 4180 says.
    Numbers have neither thousands apart nor a currency; a text that a spreadsheet would run begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(_text, table.head))
    writer.writerows(map(_text, row) for row in (*table.rows, table.total))
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return f"'{cell}" if runs(cell) else cell
