"""New records: ids, paths, every field, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.intake.desk import MisuseError, choose_department
from kpigen.intake.drafts import draft_agent, draft_complaint, draft_event
from kpigen.reading.syntax import parse
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Label, Lang
from tests.intake.office import DEPARTMENT, desk, make, put, said

DAY = date(2026, 9, 14)
STATED = {"channel": "phone", "category": "attitude", "severity": None, "summary": "等待过长"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path)


def test_a_complaint(root: Path) -> None:
    draft = draft_complaint(desk(root), "A003", DAY, STATED)
    assert draft.sound
    assert draft.path == "records/phones/2026-09/complaints/C-2026-09-001.yaml"
    assert (
        draft.text
        == """\
# yaml-language-server: $schema=../../../../schema/complaint.json
complaint: C-2026-09-001
agent: A003
received: 2026-09-14
channel: phone
category: attitude
summary: 等待过长
status: open
"""
    )


def test_ids_follow_the_highest_one(root: Path) -> None:
    for number in ("001", "007"):
        put(root, f"records/phones/2026-09/events/E-2026-09-{number}.yaml", "x: 1\n")
    put(root, "records/phones/2026-10/events/E-2026-10-020.yaml", "x: 1\n")
    stated = {"kind": "praise", "amount": None, "note": None, "proposed": "wang.min"}
    assert draft_event(desk(root), "day", DAY, stated).path.endswith("/2026-09/events/E-2026-09-008.yaml")
    put(root, "records/phones/2026-09/events/E-2026-09-9999.yaml", "x: 1\n")
    with pytest.raises(MisuseError) as refusal:
        draft_event(desk(root), "day", DAY, stated)
    assert refusal.value.text.said(Lang.EN) == "the ids of 2026-09 have run out"


def test_an_event_of_an_agent_and_of_a_team(root: Path) -> None:
    stated = {"kind": "loss", "amount": "86.00", "note": "发错赠品: 两件", "proposed": "wang.min"}
    draft = draft_event(desk(root), "A003", DAY, stated)
    assert draft.sound
    assert (
        draft.text
        == """\
# yaml-language-server: $schema=../../../../schema/event.json
event: E-2026-09-001
agent: A003
kind: loss
on: 2026-09-14
amount: 86.00
note: "发错赠品: 两件"
proposed: wang.min
"""
    )
    team = draft_event(
        desk(root), "day", DAY, {"kind": "praise", "amount": None, "note": "123", "proposed": "zhao.lei"}
    )
    assert 'team: day\nkind: praise\non: 2026-09-14\nnote: "123"\nproposed: zhao.lei\n' in team.text
    assert team.sound


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"kind": "lost"}, "lost is no kind"),
        ({"amount": None}, "carries an amount"),
        ({"amount": "８６"}, "“８６” is no number."),
        ({"amount": "86; rm"}, "“86; rm” is no number."),
        ({"proposed": "nobody"}, "nobody is nobody of this department"),
        ({"proposed": "a: b"}, "has not the form of this id"),
        ({"note": ""}, "has no value"),
        ({"note": "x\nkind: praise"}, "This text has a line break"),
        ({"note": "a\u202eb"}, "U+202E"),
        ({"note": "x" * 501}, "This text has 501 characters"),
    ],
)
def test_a_wrong_event_is_refused_by_the_checks(root: Path, stated: dict[str, str | None], message: str) -> None:
    good = {"kind": "loss", "amount": "86.00", "note": "x", "proposed": "wang.min"}
    draft = draft_event(desk(root), "A003", DAY, {**good, **stated})
    assert not draft.sound
    assert message in said(draft.findings)


def test_a_wrong_complaint_is_refused_by_the_checks(root: Path) -> None:
    draft = draft_complaint(desk(root), "A005", DAY, {**STATED, "category": "attitud", "severity": "grave"})
    assert not draft.sound
    for message in ("attitud is no category", "grave is no severity", "A005 is not employed in 2026-09"):
        assert message in said(draft.findings)


def test_texts_that_look_like_something_else_are_quoted(root: Path) -> None:
    for text, written in (
        ("007", '"007"'),
        ("yes", '"yes"'),
        ("~", '"~"'),
        ('a "b"', "'a \"b\"'"),
        ("it's", '"it\'s"'),
    ):
        draft = draft_complaint(desk(root), "A003", DAY, {**STATED, "summary": text})
        assert f"summary: {written}\n" in draft.text
        assert draft.sound


@given(st.text(max_size=40))
def test_any_text_comes_back_as_it_was_or_is_refused(text: str) -> None:
    with TemporaryDirectory() as folder:
        draft = draft_complaint(desk(make(Path(folder))), "A003", DAY, {**STATED, "summary": text})
    if draft.sound:
        document, _ = parse(draft.path, draft.text.encode())
        assert document is not None
        assert dict(document.root)["summary"] == text  # type: ignore[index]


def test_an_agent_gets_the_next_id_of_the_repository(root: Path) -> None:
    for place in ("A011", "B900"):
        put(root, f"records/other/agents/{place}.yaml", "x: 1\n")
    draft = draft_agent(desk(root), Label(zh="周婷", en="周婷"), date(2026, 11, 2), {"team": "day", "tier": "junior"})
    assert draft.sound
    assert draft.path == "records/phones/agents/A012.yaml"
    assert (
        draft.text
        == """\
# yaml-language-server: $schema=../../../schema/agent.json
agent: A012
name: 周婷
joined: 2026-11-02
history:
  - {from: 2026-11, team: day, tier: junior}
"""
    )


def test_the_first_agent_of_a_department_begins_a_letter(root: Path) -> None:
    for path in (root / "records/phones/agents").iterdir():
        path.unlink()
    put(root, "records/other/agents/A0999.yaml", "x: 1\n")
    draft = draft_agent(desk(root), Label(zh="周婷", en="Zhou"), date(2026, 11, 2), {"team": "day", "tier": "junior"})
    assert draft.path == "records/phones/agents/B001.yaml"
    assert "name: {zh: 周婷, en: Zhou}\n" in draft.text


def test_ids_grow_a_digit(root: Path) -> None:
    put(root, "records/other/agents/A999.yaml", "x: 1\n")
    draft = draft_agent(desk(root), Label(zh="周婷", en="Zhou"), date(2026, 11, 2), {"team": "day", "tier": "junior"})
    assert draft.path == "records/phones/agents/A1000.yaml"
    put(root, "records/other/agents/A999999.yaml", "x: 1\n")
    with pytest.raises(MisuseError):
        draft_agent(desk(root), Label(zh="周婷", en="Zhou"), date(2026, 11, 2), {"team": "day", "tier": "junior"})


def test_a_wrong_agent_is_refused_by_the_checks(root: Path) -> None:
    draft = draft_agent(desk(root), Label(zh="周婷", en="周婷"), date(2026, 11, 2), {"team": "late", "tier": "chief"})
    assert not draft.sound
    assert "There is no team late" in said(draft.findings)
    assert not draft_agent(desk(root), Label(zh="", en=""), date(2026, 11, 2), {"team": "day", "tier": "junior"}).sound


def test_a_closed_month_takes_nothing(root: Path) -> None:
    put(root, "records/phones/2026-09/close.yaml", "x: 1\n")
    with pytest.raises(MisuseError) as refusal:
        draft_complaint(desk(root), "A003", DAY, STATED)
    assert refusal.value.text.said(Lang.EN) == (
        "2026-09 of phones is closed; it is corrected by an adjustment in a later month"
    )


def test_a_month_without_policy_takes_nothing(root: Path) -> None:
    with pytest.raises(MisuseError) as refusal:
        draft_complaint(desk(root), "A003", date(2025, 9, 14), STATED)
    assert refusal.value.text.said(Lang.EN) == "no policy is in force for phones in 2025-09"


# Which department


def chosen(root: Path, stated: str | None, subject: str | None) -> str:
    try:
        return choose_department(FolderSnapshot.of(root), stated, subject)
    except MisuseError as refusal:
        return refusal.text.said(Lang.EN)


def test_the_department_is_found_where_only_one_is_possible(root: Path) -> None:
    assert chosen(root, None, "A003") == "phones"
    assert chosen(root, None, "night") == "phones"
    assert chosen(root, "phones", "whoever") == "phones"
    put(root, "records/chats/department.yaml", DEPARTMENT.replace("department: phones", "department: chats"))
    assert chosen(root, None, "A003") == "phones"
    assert chosen(root, None, "night") == "which department is meant? say --department with one of: chats, phones"
    assert chosen(root, None, "late") == (
        "no department has an agent or a team late; the teams are: day (白班), night (夜班)"
    )
    assert chosen(root, None, "A999") == "no department has an agent or a team A999"
    assert chosen(root, None, "夜班") == "which department is meant? say --department with one of: chats, phones"
    assert chosen(root, "phone", None) == "there is no department phone; did you mean phones?"
    assert chosen(root, "sales", None) == "there is no department sales; there are: chats, phones"


def test_a_name_where_an_id_belongs_gets_the_id(root: Path) -> None:
    draft = draft_complaint(desk(root), "A003", DAY, {**STATED, "category": "态度"})
    assert said(draft.findings).endswith("[id-form]\n    Did you mean attitude (Attitude)?")
    draft = draft_event(desk(root), "A003", DAY, {"kind": "奖励", "amount": None, "note": None, "proposed": "wang.min"})
    assert said(draft.findings).endswith("[id-form]\n    Write one of the ids: loss (Loss), praise (Praise).")
