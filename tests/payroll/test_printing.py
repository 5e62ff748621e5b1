"""Statements on paper: what a page shows, read back from the PDF; which font is taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from kpigen.payroll.font import FOLDERS, Face, FontError, found, opened
from kpigen.payroll.printing import print_statements
from kpigen.payroll.slip import slips
from kpigen.text import Lang
from tests.payroll.paper import pages
from tests.payroll.shop import JANUARY, files, paid

FONT = found(Path(folder).expanduser() for folder in FOLDERS)


@pytest.fixture(scope="module")
def face() -> Face:
    if FONT is None:
        pytest.skip("no font with Chinese on this machine")
    return opened(FONT)


def test_a_page_for_each_agent_with_every_amount(face: Face) -> None:
    payroll = paid(files())
    pdf, missing = print_statements(payroll, face)
    shown = pages(pdf)
    assert (len(shown), missing) == (2, frozenset())
    for page, slip in zip(shown, slips(payroll), strict=True):
        amounts = [text for text in page if re.fullmatch(r"−?[\d,]+\.\d\d", text)]
        lines = [*(entry.amount for entry in slip.paid), slip.gross]
        lines += [*(entry.amount for entry in slip.taken), slip.deductions, slip.net]
        assert amounts == lines
        assert slip.agent in page


def test_what_is_paid_and_what_is_deducted_as_it_was_worked_out() -> None:
    one, _ = slips(paid(files()))
    assert [(entry.name, entry.amount) for entry in one.paid] == [
        ("Base", "1,100.00"),
        ("Bonus", "400.00"),
        ("Commission", "20.00"),
        ("Runner-up", "50.00"),
        ("Commission, correction of January 2025", "150.50"),
    ]
    assert [(entry.name, entry.amount) for entry in one.taken] == [("Loss", "−314.00")]
    assert (one.gross, one.deductions, one.net) == ("1,720.50", "314.00", "1,406.50")
    assert one.paid[-1].reason == "100.00 → 250.50"
    assert one.taken[0].reason.endswith("314.00 deducted, 686.00 carried over")
    assert "J-2025-02-001 misread" in one.notes


def test_a_draft_says_so_on_every_page_and_a_closed_month_bears_its_proof(face: Face) -> None:
    draft = pages(print_statements(paid(files()), face)[0])
    assert all("draft, not closed yet" in page and "Not approved yet." in page for page in draft)
    payroll = paid(files(), JANUARY)
    for page in pages(print_statements(payroll, face)[0]):
        assert "draft" not in " ".join(page)
        assert "Approved with the close of the month; reviewers: zhao.lei" in page
        assert f"Digest of the close: {payroll.close}" in page


def test_a_long_statement_goes_on_with_its_head_repeated(face: Face) -> None:
    name = " ".join(["Agent"] * 12)
    payroll = paid(files(name))
    agent = payroll.document.agents[0]
    lines = agent.pay.lines
    longer = type(agent.pay)(agent.pay.gross, agent.pay.deductions, agent.pay.total, (*lines[:-1] * 5, lines[-1]))
    document = replace(payroll.document, agents=(replace(agent, pay=longer), *payroll.document.agents[1:]))
    shown = pages(
        print_statements(
            type(payroll)(
                document=document, department=payroll.department, policies=payroll.policies, lang=payroll.lang
            ),
            face,
        )[0]
    )
    assert [page[-1] for page in shown] == ["Page 1", "Page 2", "Page 1"]
    assert shown[0][0] == shown[1][0] == "Statement of February 2025"
    assert shown[1][2] == f"A001 {name}"[: len(shown[1][2])]
    assert "A001" in shown[1][-2]
    assert "A008 Agent A008" in shown[2]


def test_the_same_payroll_gives_the_same_bytes(face: Face) -> None:
    assert print_statements(paid(files()), face) == print_statements(paid(files()), face)


def test_chinese_can_be_read_back(face: Face) -> None:
    first = pages(print_statements(paid(files("林晓"), lang=Lang.ZH), face)[0])[0]
    assert "A001 林晓" in first
    assert {"应发", "扣减", "实发"} <= set(first)


def test_a_character_that_the_font_lacks_is_printed_as_its_number() -> None:
    if FONT is None:
        pytest.skip("no font with Chinese on this machine")
    able = opened(FONT)
    poorer = Face(able.path, able.number, able.characters - {ord("晓")})
    pdf, missing = print_statements(paid(files("林晓")), poorer)
    assert missing == {"晓"}
    assert "A001 林\\u6653" in pages(pdf)[0]


def test_the_clearest_font_is_taken_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("b/simsun.ttc", "a/deeper/notosanscjk-regular.TTC", "c/Other.ttf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert found([tmp_path / "nowhere", tmp_path]) == tmp_path / "a/deeper/notosanscjk-regular.TTC"
    assert found([tmp_path / "c"]) is None


@pytest.mark.parametrize("data", [b"", b"ttcf", b"no font at all", b"\x00\x01\x00\x00" + b"\x00" * 64])
def test_what_is_no_font_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "font.ttf"
    path.write_bytes(data)
    with pytest.raises(FontError) as raised:
        opened(path)
    assert not raised.value.readable
