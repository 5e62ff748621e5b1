"""Entering a sheet: what is said about every kind of mistake, word for word, and what good cells become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpigen.intake import sheets
from kpigen.intake.grid import MAX_FILE
from kpigen.text import Lang
from tests.intake.office import POLICY, SHEET, enter, make, put, said

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path)


def test_all_that_is_wrong_is_said_at_once(root: Path) -> None:
    entry = enter(
        root,
        "agent,calls,rate,foo\n"
        "李娜,１２,101,x\n"
        "A001,n/a,12%%,\n"
        "A001,1.5,,\n"
        "A009,1,2\n"
        "赵丽,1,2\n"
        ",1,2\n"
        "wang qiang,1234567890123,=1+1\n"
        "王強,-1,1e3\n",
    )
    assert (
        said(entry.findings)
        == """\
s.csv:1:4: warning: Nothing is made of the column “foo”. [sheet-column]
    Name it in the mapping file: as an input under `columns`, or under `ignore`.
s.csv:2:1: error: 李娜 is the name of A003, A004. [sheet-row]
    Write the agent's id.
s.csv:2:2: error: “calls” of 李娜: “１２” is no number. [full-width]
    Write 12.
s.csv:2:3: error: “rate” of 李娜: 101 is not between 0 and 100. [cell]
    Correct the value, or write n/a where the item did not apply.
s.csv:3:2: error: “calls” of A001: “n/a” is only for what is scored. [cell]
    Write 0 or no where there is nothing.
s.csv:3:3: error: “rate” of A001: “12%” is no number. [number-form]
    Write 12 without a sign: the policy says what the number counts.
s.csv:4:1: error: A001 has a row already, row 3. [sheet-row]
    Keep one of the two rows.
s.csv:4:2: error: “calls” of A001: 1.5 is not a whole number. [cell]
    Write how many there were.
s.csv:5:1: error: There is no agent A009 in this department. [unknown-agent]
    Is it written right? The nearest are: A003, A004, A005. For somebody new: kpigen new agent.
s.csv:6:1: error: A005 is not employed in 2026-09. [not-employed]
    See `joined` and `left` in records/phones/agents/A005.yaml.
s.csv:7:1: error: This row does not say whom it is about. [sheet-row]
    Write the agent's id, or remove the row.
s.csv:8:2: error: “calls” of A002: “1234567890123” has 13 digits. [number-form]
    Write at most 12 digits.
s.csv:8:3: error: “rate” of A002: “=1+1” is no number. [number-form]
    Write digits and, if need be, a point: 18 or 18.5.
s.csv:9:1: error: There is no agent 王強 in this department. [unknown-agent]
    Is it written right? The nearest are: 林晓, 王强, 赵丽. For somebody new: kpigen new agent.
s.csv:9:2: error: “calls” of 王強: -1 is below 0, the least that the policy allows. [cell]
    Correct the value, or write n/a where the item did not apply.
s.csv:9:3: error: “rate” of 王強: “1e3” is no number. [number-form]
    Write digits and, if need be, a point: 18 or 18.5."""
    )
    assert entry.sheets == ()
    assert not entry.sound


def test_good_cells_reach_their_lines_and_nothing_else_changes(root: Path) -> None:
    entry = enter(
        root,
        "\ufeff客服,月份,来电数,Answer rate,quality,提成,全勤\r\n"
        "林晓,2026-09,217,81.94%,n/a,356.5,no\r\n"
        "李娜,2026-08,1,1,1,1,no\r\n"
        "\r\n"
        "A003,2026-09,1,,,,\r\n"
        "A004,2026-09-30,12,50,60,70.00,yes\r\n",
    )
    assert said(entry.findings) == ""
    day, night = entry.sheets
    changed = SHEET.replace("calls: 216", "calls: 217") + "  A003: {calls: 1}  # 李娜\n"
    assert (day.text, day.added, day.changed, day.new) == (changed, ("A003",), 1, False)
    assert (night.added, night.changed, night.new) == (("A004",), 0, True)
    assert (
        night.text
        == """\
# yaml-language-server: $schema=../../../../schema/scores.json
month: 2026-09
team: night
assessor: chen.jun
assessed: 2026-10-05
agents:
  A004: {calls: 12,   rate: 50,   quality: 60,   bonus: 70.00, present: yes}  # 李娜
"""
    )
    assert entry.gathered is not None
    assert (entry.gathered.other_months, entry.gathered.other_teams, entry.gathered.blank) == (1, 0, 4)


def test_a_value_that_is_written_otherwise_stays(root: Path) -> None:
    entry = enter(root, "agent,rate,bonus,quality\nA002,90.5,120,88.0\n")
    assert [(sheet.text, sheet.changed) for sheet in entry.sheets] == [(SHEET, 0)]
    assert entry.absent == ("calls", "present")


def test_empty_cells_of_a_sheet_to_fill_in_are_filled(root: Path) -> None:
    empty = SHEET.replace("calls: 216", "calls: ").replace("rate: 90.50", "rate: ").replace("bonus: 120.00, ", "")
    put(root, "records/phones/2026-09/scores/day.yaml", empty)
    entry = enter(root, "agent;calls;rate;bonus\nA001;216;81.94;\nA002;;90.50;120.00\n")
    assert said(entry.findings) == ""
    assert [(sheet.text, sheet.changed) for sheet in entry.sheets] == [(SHEET, 3)]


def test_some_cells_may_stay_empty(root: Path) -> None:
    put(root, "records/phones/2026-09/scores/day.yaml", SHEET.replace("calls: 216", "calls: "))
    entry = enter(root, "agent,rate\nA001,82\n")
    assert "A001: {calls: ,     rate: 82, " in entry.sheets[0].text


def test_a_sheet_without_lines_gets_them(root: Path) -> None:
    put(root, "records/phones/2026-09/scores/day.yaml", SHEET.partition("agents:")[0] + "agents:\n")
    entry = enter(root, "agent\tcalls\nA002\t3\nA001\t4\n")
    assert entry.sheets[0].text.endswith("agents:\n  A001: {calls: 4}  # 林晓\n  A002: {calls: 3}  # 王强\n")


def test_who_is_not_assessed_has_the_reason_alone(root: Path) -> None:
    entry = enter(root, 'agent,未考核,calls\nA001,"病假：一月, 长",\nA003,007,\nA004,sick leave,\nA002,,3\n')
    day, night = entry.sheets
    assert '  A001: {not_assessed: "病假：一月, 长"}\n  A003: {not_assessed: "007"}  # 李娜\n' in day.text
    assert "  A004: {not_assessed: sick leave}  # 李娜\n" in night.text
    put(root, day.path, day.text)
    again = enter(root, 'agent,未考核,calls\nA001,"病假：一月, 长",\nA003,,5\n').sheets[0]
    assert again.text == day.text.replace('{not_assessed: "007"}', "{calls: 5}")


def test_a_reason_beside_values_or_too_long_is_wrong(root: Path) -> None:
    entry = enter(root, f"agent,not_assessed,calls\nA001,sick,3\nA003,{'x' * 201},\n")
    assert (
        said(entry.findings)
        == """\
s.csv:2:2: error: A001 is not assessed, and yet has: calls. [sheet-row]
    Empty those cells, or the one with the reason.
s.csv:3:2: error: “not_assessed” of A003: This text has 201 characters. [text-form]
    Write at most 200 characters."""
    )


def test_one_team_alone(root: Path) -> None:
    entry = enter(root, "agent,calls\nA001,3\nA004,4\n", team="night")
    assert [(sheet.path, sheet.added) for sheet in entry.sheets] == [
        ("records/phones/2026-09/scores/night.yaml", ("A004",))
    ]
    assert entry.gathered is not None
    assert entry.gathered.other_teams == 1


def test_an_id_and_a_name_must_agree(root: Path) -> None:
    assert enter(root, "工号,姓名,calls\nA001,林晓,3\nA003,李娜,4\n").sound is False  # the name alone is of two
    assert enter(root, "工号,姓名,calls\nA001,林晓,3\nA003,,4\n").sound
    entry = enter(root, "工号,姓名,calls\nA001,王强,3\n")
    assert (
        said(entry.findings)
        == """\
s.csv:2:1: error: This row is about two agents: A001 (A001), 王强 (A002). [sheet-row]
    Correct the id or the name."""
    )


def test_a_spreadsheet_says_yes_no_and_not_applicable_in_its_own_way(root: Path) -> None:
    for yes, no, none in (("是", "否", "不适用"), ("√", "×", "N/A"), ("TRUE", "FALSE", "n/a"), ("Y", "N", "na")):
        entry = enter(root, f"agent,全勤,质量\nA001,{yes},{none}\nA002,{no},80\n")
        assert said(entry.findings) == ""
        assert "quality: n/a,  bonus: 356.50, present: yes}" in entry.sheets[0].text
        assert "quality: 80,   bonus: 120.00, present: no}" in entry.sheets[0].text
    assert not enter(root, "agent,全勤\nA001,也许\n").sound


@pytest.mark.parametrize("header", ["不考核", "not_assessed"])
def test_a_column_says_who_is_not_assessed(root: Path, header: str) -> None:
    day = enter(root, f"agent,{header},calls\nA001,病假,\n").sheets[0]
    assert "  A001: {not_assessed: 病假}\n" in day.text


def test_rows_of_totals_percentages_and_calculated_values(root: Path) -> None:
    entry = enter(
        root, "agent,quality,bonus\nA001,193%,348.7800000001\nA002,93%,348.785\n合计：,1,1\nGrand Total,1,1\n"
    )
    assert (
        said(entry.findings)
        == """\
s.csv:2:2: error: “quality” of A001: 193 is not between 0 and 100. [cell]
    Correct the value, or write n/a where the item did not apply.
s.csv:2:3: error: “bonus” of A001: 348.7800000001 is a calculated value that was not rounded. [number-form]
    Round it in the spreadsheet, with ROUND, or write the rounded number.
s.csv:3:2: error: “quality” of A002: “93%” is no number. [number-form]
    Write 93 without a sign: the policy says what the number counts.
s.csv:3:3: error: “bonus” of A002: 348.785 has fractions of a cent. [cell]
    Write at most two decimals.
s.csv:4:1: error: There is no agent 合计： in this department. [unknown-agent]
    Remove the row of totals.
s.csv:5:1: error: There is no agent Grand Total in this department. [unknown-agent]
    Remove the row of totals."""
    )


EMPTY = """\
s.csv: error: The sheet is empty. [sheet-file]
    It needs a row of headers, and below it one row for each agent."""
NOTHING = "s.csv: error: No row of the sheet has anything for 2026-09. [sheet-row]\n    "
NO_AGENT = """\
s.csv:1:1: error: No column says who a row is about. [sheet-column]
    Give each agent's id or name in a column “agent”, or name its header in the mapping file."""
QUOTE = """\
s.csv: error: A quoted cell of this file does not end, or goes on after its closing quote. [sheet-file]
    Save it again as CSV from the spreadsheet."""
UTF8 = "\n    In the spreadsheet choose “Save as” and “CSV UTF-8”, or give the XLSX file itself."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", EMPTY),
        ("\n \n,,\n", EMPTY),
        ("agent,calls\n", NOTHING + "It needs a row of headers, and below it one row for each agent."),
        ("agent,calls\nA001,\n", NOTHING + "It needs a row of headers, and below it one row for each agent."),
        ("agent,month,calls\nA001,2026-08,3\n", NOTHING + "Rows of other months: 1. Is --month right?"),
        ("calls\n3\n", NO_AGENT),
        (
            "agent\nA001\n",
            (
                "s.csv:1:1: error: No column is an input of the policy. [sheet-column]\n"
                "    The inputs are: calls, rate, quality, bonus, present."
            ),
        ),
        (
            "agent,calls,来电数\nA001,3,4\n",
            (
                "s.csv:1:3: error: Two columns are “calls”: “calls” and “来电数”. [sheet-column]\n"
                "    Remove one of them, or name it under `ignore` in the mapping file."
            ),
        ),
        (
            "month,agent,月份,calls\n2026-09,A001,2026-09,3\n",
            (
                "s.csv:1:3: error: Two columns are “month”: “month” and “月份”. [sheet-column]\n"
                "    Remove one of them, or name it under `ignore` in the mapping file."
            ),
        ),
        (
            "agent,month,calls\nA001,2026/9,3\nA001,,3\nA001,Sep-26,3\n",
            (
                "s.csv:2:2: error: “2026/9” is no month. [month-form]\n    Write 2026-09.\n"
                "s.csv:3:2: error: A value is missing. [missing-value]\n    Write a month such as 2026-09.\n"
                "s.csv:4:2: error: “Sep-26” is no month. [month-form]\n"
                "    Write the year and the month from 01 to 12, such as 2026-09."
            ),
        ),
        ('a,b\n"x,1\n', QUOTE),
        ('a,b\n"x"y,1\n', QUOTE),
        (
            "客服,来电数\nA001,3\n".encode("gb18030"),
            "s.csv:1:1: error: The file is not UTF-8. Read as GBK, this row is “客服,来电数”. [not-utf8]" + UTF8,
        ),
        (b"agent\nA001\n\xff\xff\xff\n", "s.csv:3:1: error: The file is not UTF-8 text. [not-utf8]" + UTF8),
        ("agent,calls\n".encode("utf-16"), "s.csv:1:1: error: The file is not UTF-8 text. [not-utf8]" + UTF8),
        ("agent\0,calls\n", "s.csv:1:1: error: The file is not UTF-8 text. [not-utf8]" + UTF8),
        (
            "agent,calls\n" + "\n" * 20_000,
            "s.csv: error: The sheet has more than 20000 rows. [sheet-file]\n    Keep the rows of one month only.",
        ),
        (
            "agent" + ",x" * 200,
            (
                "s.csv: error: The sheet has more than 200 columns. [sheet-file]\n"
                "    Keep the columns that are to be imported."
            ),
        ),
        (
            b"x" * (MAX_FILE + 1),
            "s.csv: error: The file has more than 4194304 bytes. [sheet-file]\n    Keep one sheet in it.",
        ),
    ],
    ids=range(19),
)
def test_what_is_no_sheet(root: Path, data: str | bytes, expected: str) -> None:
    entry = enter(root, data)
    assert said(entry.findings) == expected
    assert entry.sheets == ()


@pytest.mark.parametrize("name", ["s.xls", "s.ods", "s.txt", "s", "s.csv.gz"])
def test_other_kinds_of_file_are_refused(root: Path, name: str) -> None:
    assert said(enter(root, "agent,calls\nA001,3\n", name=name).findings) == (
        f"{name}: error: This is neither a .csv nor an .xlsx file. [sheet-file]\n"
        "    In the spreadsheet choose “Save as”, and XLSX or “CSV UTF-8”."
    )


def test_a_thousand_mistakes_end_at_a_hundred(root: Path) -> None:
    entry = enter(root, "agent,calls\n" + "nobody,x\n" * 1000)
    assert len(entry.findings) == 101
    assert "This file has 100 findings so far" in said(entry.findings)


def test_an_agent_in_no_team_has_no_sheet(root: Path) -> None:
    path = root / "records/phones/agents/A003.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("from: 2026-01", "from: 2026-10"), encoding="utf-8")
    assert said(enter(root, "agent,calls\nA003,1\n").findings) == (
        "s.csv:2:1: error: A003 is in no team in 2026-09. [sheet-row]\n    Correct the agent's history."
    )


def test_a_header_that_may_be_two_inputs_must_be_mapped(root: Path) -> None:
    put(root, "policy/tiers/2026-01.yaml", POLICY.replace("en: Answer rate", "en: Calls"))
    assert (
        said(enter(root, "agent,Calls (all),来电数,Calls\nA001,1,2,3\n").findings)
        == """\
s.csv:1:2: warning: Nothing is made of the column “Calls (all)”. [sheet-column]
    Name it in the mapping file: as an input under `columns`, or under `ignore`.
s.csv:1:4: error: Two columns are “calls”: “来电数” and “Calls”. [sheet-column]
    Remove one of them, or name it under `ignore` in the mapping file."""
    )
    put(root, "policy/tiers/2026-01.yaml", POLICY.replace("en: Answer rate", "en: 来电数"))
    assert (
        said(enter(root, "agent,来电数\nA001,1\n").findings)
        == """\
s.csv:1:1: error: No column is an input of the policy. [sheet-column]
    The inputs are: calls, rate, quality, bonus, present.
s.csv:1:2: error: The column “来电数” may be: calls, rate. [sheet-column]
    Say which one in the mapping file: columns: {calls: 来电数}."""
    )
    assert enter(root, "agent,来电数\nA001,1\n", mapping="columns: {rate: 来电数}\n").sound


# Mapping files


def test_a_mapping_names_columns_and_ignores_others(root: Path) -> None:
    mapping = "columns: {agent: Mitarbeiter, calls: 总量, quality: calls}\nignore: [z, Note]\n"
    entry = enter(root, "Mitarbeiter,总量,CALLS,z,note\nA001,1,2,3,4\n", mapping=mapping)
    assert said(entry.findings) == ""
    assert "A001: {calls: 1,    rate: 81.94, quality: 2, " in entry.sheets[0].text


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        (
            "columns: {calls: total, bonus: zz}\n",
            (
                "m.yaml:1:18: error: The sheet has no column “total”. [sheet-column]\n    Its columns are: agent, q.\n"
                "m.yaml:1:32: error: The sheet has no column “zz”. [sheet-column]\n    Its columns are: agent, q.\n"
                "s.csv:1:1: error: No column is an input of the policy. [sheet-column]\n"
                "    The inputs are: calls, rate, quality, bonus, present.\n"
                "s.csv:1:2: warning: Nothing is made of the column “q”. [sheet-column]\n"
                "    Name it in the mapping file: as an input under `columns`, or under `ignore`."
            ),
        ),
        (
            "columns: {call: q}\n",
            "m.yaml:1:11: error: The policy has no input call. [unknown-key]\n    Did you mean calls?",
        ),
        (
            "columns: {zzz: q}\n",
            (
                "m.yaml:1:11: error: The policy has no input zzz. [unknown-key]\n"
                "    Possible are: calls, rate, quality, bonus, present, agent, month, not_assessed."
            ),
        ),
        (
            "column: {calls: q}\n",
            "m.yaml:1:1: error: “column” is no key of this table. [unknown-key]\n    Did you mean “columns”?",
        ),
        ("columns: {calls: [q]}\n", None),
        ("columns: {calls: q, calls: agent}\n", None),
        ("a: b: c\n", None),
        ("", None),
    ],
)
def test_mistakes_in_a_mapping(root: Path, mapping: str, expected: str | None) -> None:
    entry = enter(root, "agent,q\nA001,1\n", mapping=mapping)
    assert not entry.sound
    if expected is not None:
        assert said(entry.findings) == expected
    assert entry.findings[0].place.path == "m.yaml"


# The sheet that is there


def test_a_sheet_that_cannot_be_read_is_left_alone(root: Path) -> None:
    put(root, "records/phones/2026-09/scores/day.yaml", SHEET.replace("agents:", "agents:\n  A001: {calls: 1}"))
    entry = enter(root, "agent,calls\nA001,3\nA004,1\n")
    assert entry.sheets == ()
    assert "“A001” stands twice" in said(entry.findings)


def test_a_sheet_of_another_month_or_team_is_left_alone(root: Path) -> None:
    put(
        root,
        "records/phones/2026-09/scores/day.yaml",
        SHEET.replace("2026-09\n", "2026-08\n").replace("team: day", "team: x"),
    )
    entry = enter(root, "agent,calls\nA001,3\n")
    assert (
        said(entry.findings)
        == """\
records/phones/2026-09/scores/day.yaml:3:8: error: The file says 2026-08, its path says 2026-09. [unwritable]
    Make the two agree.
records/phones/2026-09/scores/day.yaml:4:7: error: The file says x, its path says day. [unwritable]
    Make the two agree."""
    )


def test_a_sheet_that_would_say_something_else_is_not_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "arrange", lambda *_: SHEET)
    entry = enter(root, "agent,calls\nA001,3\n")
    assert entry.sheets == ()
    assert (
        said(entry.findings)
        == """\
records/phones/2026-09/scores/day.yaml: error: The sheet cannot be written so that it says what was meant. [unwritable]
    Write its long texts and comments more simply, or enter the values by hand."""
    )


@pytest.mark.parametrize("lang", list(Lang))
def test_everything_can_be_said(root: Path, lang: Lang) -> None:
    entry = enter(root, "agent,calls,foo\nA009,x,1\n")
    assert said(entry.findings, lang)
