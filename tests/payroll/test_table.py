"""The payroll as a table, as CSV and as a workbook: to the cent, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from kpigen.payroll.disarming import runs
from kpigen.payroll.separated import as_csv
from kpigen.payroll.table import tabulate
from kpigen.payroll.workbook import as_workbook
from kpigen.text import Lang
from tests.payroll.shop import FEBRUARY, JANUARY, files, paid

EXPECTED = """\
Agent id,Name,Team,Tier,Score,Base,Bonus,Commission,Attendance,Star,Runner-up,Loss,\
"Commission, correction of January 2025",Gross pay,Deductions,Pay,Month,Status,Digest of the close
A001,Agent A001,Day shift,Middle,85.0,1100.00,400.00,20.00,0.00,0.00,50.00,-314.00,150.50,1720.50,314.00,1406.50,\
2025-02,"draft, not closed yet",
A008,Agent A008,Day shift,Senior,100.0,1100.00,600.00,0.00,0.00,100.00,0.00,0.00,0.00,1800.00,0.00,1800.00,\
2025-02,"draft, not closed yet",
Total of 2,,,,,2200.00,1000.00,20.00,0.00,100.00,50.00,-314.00,150.50,3520.50,314.00,3206.50,\
2025-02,"draft, not closed yet",
"""
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    "−1",
    " =1",
    "\u3000=1",
    "\ufeff=1",
    "\t=1",
    "\r=1",
    "\n1",
)


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_as_it_was_worked_out() -> None:
    data = as_csv(tabulate(paid(files())))
    assert data == b"\xef\xbb\xbf" + EXPECTED.replace("\n", "\r\n").encode()


def test_the_sums_are_those_of_the_document() -> None:
    payroll = paid(files())
    head, *agents, total = rows(as_csv(tabulate(payroll)))
    for name in head[5:16]:
        at = head.index(name)
        assert sum(Decimal(row[at]) for row in agents) == Decimal(total[at]), name
    document = payroll.document.totals
    assert total[13:16] == [document.gross, document.deductions, document.total]
    for row in agents:
        assert sum(map(Decimal, row[5:13])) == Decimal(row[15])
        assert Decimal(row[13]) - Decimal(row[14]) == Decimal(row[15])


def test_a_closed_month_bears_the_digest_of_its_close() -> None:
    payroll = paid(files(), JANUARY)
    assert payroll.close
    assert len(payroll.close) == 64
    for row in rows(as_csv(tabulate(payroll)))[1:]:
        assert row[-3:] == [JANUARY, "closed", payroll.close]


def test_a_draft_says_so() -> None:
    payroll = paid(files())
    assert {tuple(row[-3:]) for row in rows(as_csv(tabulate(payroll)))[1:]} == {(FEBRUARY, "draft, not closed yet", "")}
    assert load_workbook(io.BytesIO(as_workbook(payroll, tabulate(payroll)))).sheetnames == ["2025-02 draft", "Clauses"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_spreadsheet_would_run_is_found(formula: str) -> None:
    assert runs(formula)


@pytest.mark.parametrize("text", ["", "林晓", "A-1", "–", "'=1", "1+1"])
def test_what_it_would_not_run_is_left_alone(text: str) -> None:
    assert not runs(text)


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "＝1+1", "＠x"])
def test_a_name_that_a_spreadsheet_would_run_is_disarmed(formula: str) -> None:
    payroll = paid(files(formula))
    table = tabulate(payroll)
    assert rows(as_csv(table))[1][1] == f"'{formula}"
    assert rows(as_csv(table))[1][11].startswith("-"), "an amount below 0 stays a number"
    cell = load_workbook(io.BytesIO(as_workbook(payroll, table))).worksheets[0]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (formula, "s", True)


@pytest.mark.parametrize("lang", Lang)
def test_the_workbook_holds_the_table(lang: Lang) -> None:
    payroll = paid(files(), lang=lang)
    table = tabulate(payroll)
    book = load_workbook(io.BytesIO(as_workbook(payroll, table)))
    sheet, clauses = book.worksheets
    for number, row in enumerate((table.head, *table.rows, table.total), 1):
        for position, cell in enumerate(row, 1):
            held = sheet.cell(number, position)
            if isinstance(cell, Decimal):
                assert (held.data_type, Decimal(str(held.value))) == ("n", cell)
            else:
                assert held.value == (cell or None)
    assert sheet.freeze_panes == "C2"
    assert sheet["F2"].number_format == "#,##0.00"
    listed = [[cell.value for cell in row] for row in clauses.iter_rows(min_row=7)]
    assert [row[0] for row in listed] == [column.name for column in table.columns]
    assert all(row[3] for row in listed)


def test_every_number_of_the_workbook_has_the_digits_that_were_computed() -> None:
    payroll = paid(files())
    with zipfile.ZipFile(io.BytesIO(as_workbook(payroll, tabulate(payroll)))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in parts.namelist() if "external" in name or "vba" in name]
    written = re.findall(r'<c r="[A-Z]+\d+"[^>]* t="n"[^>]*><v>([^<]*)</v>', sheet)
    cells = [cell for row in (*tabulate(payroll).rows, tabulate(payroll).total) for cell in row]
    assert written == [f"{cell:f}" for cell in cells if isinstance(cell, Decimal)]
    assert "<f>" not in sheet


def test_the_same_payroll_gives_the_same_bytes() -> None:
    payroll = paid(files())
    assert as_workbook(payroll, tabulate(payroll)) == as_workbook(payroll, tabulate(paid(files())))
