"""Whatever anybody is called and whatever reason is given: a payroll shows it and does nothing with it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from kpigen.payroll.disarming import runs
from kpigen.payroll.font import FOLDERS, found, opened
from kpigen.payroll.month import Payroll
from kpigen.payroll.printing import print_statements
from kpigen.payroll.separated import as_csv
from kpigen.payroll.table import tabulate
from kpigen.payroll.workbook import as_workbook
from kpigen.text import Label, visible
from tests.hostile import TEXTS, UNSEEN
from tests.payroll.paper import pages
from tests.payroll.shop import files, paid

if TYPE_CHECKING:
    from kpigen.payroll.font import Face

ALL = (*TEXTS, *UNSEEN)


@pytest.fixture(scope="module")
def harmless() -> Payroll:
    return paid(files())


@pytest.fixture(scope="module")
def face() -> Face:
    font = found(Path(folder).expanduser() for folder in FOLDERS)
    if font is None:
        pytest.skip("no font with Chinese on this machine")
    return opened(font)


def called(payroll: Payroll, text: str) -> Payroll:
    """The payroll with a text in place of every name, of every clause, and of every reason."""
    label = Label(text, text)
    policy = payroll.policy
    renamed = replace(
        policy,
        currency=text,
        clauses=tuple(replace(each, text=label) for each in policy.clauses),
        pay=tuple(replace(each, name=label) for each in policy.pay),
        awards=tuple(replace(each, name=label) for each in policy.awards),
        tiers=tuple(replace(each, name=label) for each in policy.tiers),
        inputs=tuple(replace(each, name=label) for each in policy.inputs),
    )
    document = replace(
        payroll.document,
        agents=tuple(replace(agent, name=label) for agent in payroll.document.agents),
        adjustments=tuple(replace(each, reason=text) for each in payroll.document.adjustments),
    )
    department = replace(
        payroll.department,
        name=label,
        teams=tuple(replace(team, name=label) for team in payroll.department.teams),
        reviewers=(text,),
    )
    return Payroll(document=document, department=department, policies={policy.ref: renamed}, lang=payroll.lang)


def test_there_are_enough_of_them() -> None:
    assert len(set(ALL)) == len(ALL) >= 60


@pytest.mark.parametrize("text", ALL)
def test_a_csv_runs_nothing_and_keeps_its_shape(harmless: Payroll, text: str) -> None:
    expected = list(csv.reader(io.StringIO(as_csv(tabulate(harmless)).decode("utf-8-sig"), newline="")))
    data = as_csv(tabulate(called(harmless, text))).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert [len(row) for row in rows] == [len(row) for row in expected]
    numbers = re.compile(r"-?\d+\.\d+")
    for row, plain in zip(rows, expected, strict=True):
        for cell, was in zip(row, plain, strict=True):
            assert numbers.fullmatch(cell) if numbers.fullmatch(was) else not runs(cell)
            assert not any(unicodedata.category(char) in {"Cc", "Cf"} for char in cell)
    assert rows[1][1] == (f"'{visible(text)}" if runs(visible(text)) else visible(text))


@pytest.mark.parametrize("text", ALL)
def test_a_workbook_holds_texts_and_numbers_alone(harmless: Payroll, text: str) -> None:
    hostile = called(harmless, text)
    data = as_workbook(hostile, tabulate(hostile))
    book = load_workbook(io.BytesIO(data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert book.worksheets[0]["B2"].value == visible(text)
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    with (
        zipfile.ZipFile(io.BytesIO(data)) as parts,
        zipfile.ZipFile(io.BytesIO(as_workbook(harmless, tabulate(harmless)))) as usual,
    ):
        assert parts.namelist() == usual.namelist()
        for name in parts.namelist():
            tags = {element.tag for element in ET.fromstring(parts.read(name)).iter()}  # noqa: S314 - our own
            assert tags <= {element.tag for element in ET.fromstring(usual.read(name)).iter()}, name  # noqa: S314


def on_paper(harmless: Payroll, face: Face, text: str) -> None:
    pdf, missing = print_statements(called(harmless, text), face)
    assert not re.search(rb"/(JavaScript|JS|URI|Launch|AA|Annots|EmbeddedFile|SubmitForm)\b", pdf)
    assert re.findall(rb"/OpenAction (.)", pdf) == [b"["], "it opens at a page, and does nothing else"
    shown = visible(text)
    for char in missing:
        shown = shown.replace(char, f"\\u{ord(char):04x}")
    words = "".join("".join(pages(pdf)[0]).split())
    assert "".join(f"A001 {shown}".split()) in words


@pytest.mark.parametrize("text", ALL[::9])
def test_a_pdf_shows_it_and_no_more(harmless: Payroll, face: Face, text: str) -> None:
    on_paper(harmless, face, text)


@pytest.mark.nightly
@pytest.mark.parametrize("text", ALL)
def test_a_pdf_shows_each_of_them(harmless: Payroll, face: Face, text: str) -> None:
    on_paper(harmless, face, text)
