"""Workbooks: exact figures out of binary ones, and files made to harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kpigen.intake.entry import read_sheet
from kpigen.intake.workbook import cell_text
from tests.intake.office import enter, make, said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

AGAIN = "\n    Open it in the spreadsheet, choose “Save as” and XLSX, and give that file."
DAMAGED = "s.xlsx: error: The workbook cannot be read; it is damaged or protected. [sheet-file]" + AGAIN
NO_WORKBOOK = "s.xlsx: error: The file is no XLSX workbook, or it is damaged or protected. [sheet-file]" + AGAIN
DOCTYPE = "s.xlsx: error: The workbook holds a document type, which no spreadsheet writes. [sheet-file]" + AGAIN


def book(rows: Sequence[list[Any]], formats: dict[str, str] | None = None, *names: str) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    for name in names:
        workbook.create_sheet(name)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


SMALL = book([["agent", "calls"], ["A001", 5]])


def altered(part: str, change: Callable[[bytes], bytes | None], data: bytes = SMALL) -> bytes:
    """Change one part of a workbook, or take it out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(old.read(name)) if name.endswith(part) else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (81.94, "General", "81.94"),
        (81.93999999999998, "General", "81.94"),  # what is next to it
        (0.1 + 0.2, "General", "0.3"),
        (216.0, "General", "216"),
        (216, "General", "216"),
        (67.2, "0.00", "67.20"),
        (1234.5, "#,##0.00", "1234.50"),
        (1234.5, '#,##0.00_);[Red]"x"', "1234.50"),
        (1.239, "0.00", "1.239"),
        (0.8194, "0.00%", "81.94%"),
        (0.5, "0%", "50%"),
        (1, "0%", "100%"),
        (1e-7, "General", "0.0000001"),
        (1e20, "General", "100000000000000000000"),
        (-0.0, "General", "0"),
        (float("inf"), "General", "Infinity"),
        (1 / 3, "0.00", "0.333333333333333"),
        (True, "General", "yes"),
        (False, "General", "no"),
        (None, "General", ""),
        ("  n/a ", "General", "n/a"),
        ("81.94%", "@", "81.94%"),
        (datetime(2026, 9, 1), "yyyy-mm", "2026-09-01"),  # noqa: DTZ001 - a spreadsheet's dates have no zone
        (datetime(2026, 9, 1, 12, 30), "yyyy-mm", "2026-09-01 12:30:00"),  # noqa: DTZ001 - neither has this
        (date(2026, 9, 1), "yyyy-mm", "2026-09-01"),
        (time(1, 2), "h:mm", "01:02:00"),
    ],
)
def test_cells_are_exact(value: object, form: str, text: str) -> None:
    assert cell_text(value, form) == text


@given(st.decimals(min_value=0, max_value=10**10, places=2))
def test_a_figure_with_two_places_comes_out_as_it_was_typed(number: object) -> None:
    assert cell_text(float(str(number)), "0.00") == str(number)


def test_a_workbook_is_entered_like_a_text(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["agent", "month", "calls", "rate", "quality", "bonus", "present"],
        ["A001", date(2026, 9, 1), 216, 0.8194, 0.1 + 0.2, 67.2, True],
        ["林晓", "2026-08", 1, 1, 1, 1, False],
        [],
        ["A004", datetime(2026, 9, 1), "12", 50, "n/a", 1234.56, False],  # noqa: DTZ001 - a spreadsheet's
    ]
    entry = enter(make(tmp_path), book(rows, {"D2": "0.00%", "F2": "0.00"}, "Other"), name="s.xlsx")
    assert said(entry.findings) == (
        "s.xlsx: warning: The workbook has 2 sheets; only the first, “Sheet”, was read. [sheet-file]\n"
        "    Move the sheet that is to be imported to the front if it is another."
    )
    day, night = entry.sheets
    assert "A001: {calls: 216,  rate: 81.94, quality: 0.3,  bonus: 67.20,  present: yes}" in day.text
    assert day.changed == 3
    assert "A004: {calls: 12,   rate: 50,   quality: n/a,  bonus: 1234.56, present: no}" in night.text


def test_a_formula_without_its_result_is_wrong_where_it_is_used(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["agent", "calls", "rate", "talk"], ["A001", "=1+1", 3, "=2"], ["A002", 2, 1 / 3, None]]
    assert (
        said(enter(make(tmp_path), book(rows), name="s.xlsx").findings)
        == """\
s.xlsx:1:4: warning: Nothing is made of the column “talk”. [sheet-column]
    Name it in the mapping file: as an input under `columns`, or under `ignore`.
s.xlsx:2:2: error: “calls” of A001: The file does not have the result of this formula. [sheet-row]
    Save the sheet again from the spreadsheet, or write the number.
s.xlsx:3:3: error: “rate” of A002: 0.333333333333333 is a calculated value that was not rounded. [number-form]
    Round it in the spreadsheet, with ROUND, or write the rounded number."""
    )


def test_the_result_of_a_formula_is_taken_as_it_stands(tmp_path: Path) -> None:
    data = altered("sheet1.xml", lambda part: part.replace(b"<v>5</v>", b"<f>2+2</f><v>5</v>"))
    assert "A001: {calls: 5, " in enter(make(tmp_path), data, name="s.xlsx").sheets[0].text


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", NO_WORKBOOK),
        (b"agent,calls\nA001,3\n", NO_WORKBOOK),
        (b"PK\x03\x04" + b"0" * 100, NO_WORKBOOK),
        (SMALL[:-50], NO_WORKBOOK),
        (altered("sheet1.xml", lambda _: BOMB.encode()), DOCTYPE),
        (altered("sheet1.xml", lambda _: BOMB.encode("utf-16")), DOCTYPE),
        (altered("styles.xml", lambda _: BOMB.encode("utf-16-be")), DOCTYPE),
        (altered("sheet1.xml", lambda _: None), DAMAGED),
        (altered("workbook.xml", lambda _: None), DAMAGED),
        (altered("Content_Types].xml", lambda _: b"<x/>"), DAMAGED),
        (altered("sheet1.xml", lambda part: part[:-30]), DAMAGED),
        (altered("sheet1.xml", lambda part: part.replace(b"<v>5</v>", b"<v>" + b"9" * 5000 + b"</v>")), DAMAGED),
        (altered("sheet1.xml", lambda part: part.replace(b"<v>5</v>", b"<v>five</v>")), DAMAGED),
        (altered("sheet1.xml", lambda part: part.replace(b"<sheetData>", b"<sheetData>" + b"<x>" * 9999)), DAMAGED),
        (
            altered("styles.xml", lambda _: b"0" * 26_000_000),
            "s.xlsx: error: The workbook is larger inside than 25165824 bytes. [sheet-file]" + AGAIN,
        ),
        (
            altered("sheet1.xml", lambda part: part.replace(b'<row r="2"', b'<row r="1048576"')),
            "s.xlsx: error: The sheet has more than 20000 rows. [sheet-file]\n    Keep the rows of one month only.",
        ),
        (
            book([]),
            (
                "s.xlsx: error: The sheet is empty. [sheet-file]\n"
                "    It needs a row of headers, and below it one row for each agent."
            ),
        ),
    ],
    ids=range(17),
)
def test_files_made_to_harm(data: bytes, expected: str) -> None:
    grid, findings = read_sheet("s.xlsx", data)
    assert grid is None
    assert said(findings) == expected


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255))
def test_no_damage_breaks_it(place: int, byte: int) -> None:
    grid, findings = read_sheet("s.xlsx", SMALL[:place] + bytes([byte]) + SMALL[place + 1 :])
    assert (grid is None) == bool(findings)
