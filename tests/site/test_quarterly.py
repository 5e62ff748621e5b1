"""Pages of a department that is assessed by the quarter and has no tiers: what they say, and what they leave out."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING

import msgspec
import pytest
from rich.console import Console

from kpigen.explanation import Subject, explanation
from kpigen.site.documents import Published, read
from kpigen.site.pages import data_pages, policy_pages
from kpigen.text import Lang
from tests.site import quarterly
from tests.site.test_pages import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path


def _text(html: str) -> str:
    """Return a page as running text, without a space before a punctuation mark."""
    spaced = " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())
    return re.sub(r" (?=[:).,;])", "", spaced)


@pytest.fixture(scope="module")
def pages(data: Path) -> dict[str, str]:
    """The English pages as running text."""
    return {page.path: _text(page.body) for page in data_pages(TEMPLATES, read(data / "v1"), Lang.EN)}


def test_while_the_quarter_goes_on(pages: dict[str, str]) -> None:
    page = pages["agents/D001.html"]
    for said in (
        "Not assessed: assessed at the end of the quarter",
        "Last assessed in September 2026: 56.0 Sound",
        "! Talk · overdue since 2026-07-30",
        "! Talk · open, to be done by 2026-10-30",
        "Nothing is paid or deducted in this month.",
        "until one of these is recorded: Talked",
    ):
        assert said in page, said
    newest = page[: page.index("Earlier statements")]
    for never in ("Tier", "Pay against", "You can appeal", "From next month"):
        assert never not in newest, never
    history = page[page.index("newest first") :]
    assert re.findall("2026-[0-9]{2} (?:–|[0-9.]+)", history) == ["2026-10 –", "2026-09 56.0", "2026-06 70.0"]


def test_whom_a_rule_leaves_out(pages: dict[str, str]) -> None:
    page = pages["agents/D002.html"]
    assert "Agent · Temporary · left on 2026-09-30" in page
    assert "Not assessed: Too few shifts clause 8" in page
    assert "Shifts = 9 shifts clause 8" in page
    assert "Too few shifts = no ← Shifts ≥ Least shifts" in page


def test_an_assessed_quarter(pages: dict[str, str]) -> None:
    page = pages["agents/D003.html"]
    for said in (
        "for July 2026 to September 2026",
        "Conduct 0 20 30% 0 points for a breach: number of “Left the post” > 0 clause 2.2",
        "(80 ÷ 100 × 70% + 0 ÷ 20 × 30%) ÷ 100% × 100",
        "The team's pool = 1,000.00 ← stated once for the whole team",
        "the cents left by the largest remainder: 1,000.00 × 56.0 ÷ 120.0",
        "Score of the year clause 6 63.0 Fair provisional, until the period ends",
        "Manner as rated = good",
        "★ Favourite · rank 1 clause 6",
        "! Talk · Conduct · to be done by 2026-10-30 clause 7",
        "! Plan · lapses after 2027-03-31 clause 7",
        "number of “Left the post” in twelve months = 2 ← added up: 1 + 1",
        "✓ Talk (June 2026) · settled on 2026-09-02 · after the day it was due, 2026-07-30 clause 7",
    ):
        assert said in page, said
    assert page.count("Part of the pool = 466.67 ← ") == 1  # explained once, referred to elsewhere


def test_a_month_without_scores(pages: dict[str, str]) -> None:
    page = pages["months/desk_2026-08.html"]
    assert "Nobody is assessed in this month: assessed at the end of the quarter." in page
    for never in ("Score", "Rank", "Tier", "Average", "Gross pay"):
        assert never not in page, never


def test_what_waits_stands_on_the_month(pages: dict[str, str]) -> None:
    assert "Talk (June 2026): Anna D001 · overdue since 2026-07-30" in pages["months/desk_2026-09.html"]


def test_a_team_without_tiers(pages: dict[str, str]) -> None:
    page = pages["teams/desk_front.html"]
    assert "Tier" not in page
    assert "2026-09 3 2 56.0 1,733.34 0 2" in page  # 866.67 each for two of the three
    assert "2026-08" not in page  # a month in which nothing happened


def test_a_team_of_which_nothing_is_told(data: Path) -> None:
    published = read(data / "v1")
    key = (quarterly.DESK, "2026-08")
    (desk,) = (one for one in published.departments if one.department == quarterly.DESK)
    alone = msgspec.structs.replace(desk, months=tuple(one for one in desk.months if one.month == key[1]))
    only = Published((alone,), published.policies, {key: published.months[key]})
    made = {page.path: _text(page.body) for page in data_pages(TEMPLATES, only, Lang.EN)}
    assert "Anna D001 0.00" in made["teams/desk_front.html"]
    assert "There is no result yet." in made["teams/desk_front.html"]


def test_duties_on_the_page_of_months(pages: dict[str, str]) -> None:
    page = pages["months/index.html"]
    overdue, open_, done = (
        "! Survey (June 2026) clause 9 · overdue since 2026-07-10",
        "Survey (September 2026) clause 9 · open, to be done by 2026-11-10",
        "✓ Survey (March 2026) · done on 2026-04-08 by wu.tong",
    )
    assert page.index(overdue) < page.index(open_) < page.index(done)
    assert "after the day it was due, 2026-01-10 · <b>60</b> replies" in page
    assert page.count("Duties of the department") == 1


def test_the_policy_says_each_mechanism(data: Path) -> None:
    page = dict(policy_pages(TEMPLATES, read(data / "v1"), Lang.EN))["policies/weighing_2026-07.md"]
    text = unescape(page)
    for said in (
        "Least shifts: 20 shifts (by version: 2026-01: 15 shifts, 2026-07: 20 shifts)",
        "assessed only when Shifts ≥ Least shifts (20 shifts)",
        "weighs 70%",
        "only for: Agent",
        "0 points when number of “Left the post” > 0",
        "by grade: Weak → 0; Sound → 400",
        "The team's pool, shared out in the team in proportion to score (who: grade ≥ Sound), to the cent",
        "the mean of score in the year; in points; final at the end of every year; graded: Poor ≥ 0; Fair ≥ 60",
        "the first 1 by Score of the year; within each team; among those with number of assessments in the year with",
        "for the honour, without money; equal ranks share the prizes of their places",
        "counts number of “Left the post” in twelve months; from 2: Talk",
        "to be done within 30 days of the month's end; open until one of these is recorded: Talked",
        "lapses after 6 months",
        "decided within 7 days of receipt; followed up within 10 days of receipt",
        "by category: Tone; by severity: Minor",
        "a supervisor proposes; a reviewer reviews; within 5 days of the event",
        "at the end of every quarter; due within 10 days of the period's end; by: the reviewer",
        "marks are entered from day 5 to day 10 of the next month",
        "<!-- kpigen:decided:award:favourite -->",
        "Check this. **Left as it is:** It was checked.",
        "- No trial.",
        "[What changed since version 2026-01](weighing_2026-01_2026-07.md)",
    ):
        assert said in text, said


@pytest.mark.parametrize(
    ("agent", "month", "said"),
    [
        ("D001", "2026-10", ("assessed at the end of every quarter", "Talk of June 2026, waiting for its outcome")),
        ("D002", "2026-09", ("not assessed Too few shifts [8]", "Too few shifts no (Shifts ≥ Least shifts) [8]")),
        (
            "D003",
            "2026-09",
            (
                "Conduct 0 of 20 (0 for a breach: number of “Left the post” > 0) [2.2]",
                "Manner as rated good [2.1]",
                "to be done by 2026-10-30",
                "lapses after 2027-03-31",
                "grade Fair",
            ),
        ),
    ],
)
def test_the_tree_in_the_terminal(data: Path, agent: str, month: str, said: tuple[str, ...]) -> None:
    published = read(data / "v1")
    document = published.months[quarterly.DESK, month]
    subject = Subject(
        agent=next(one for one in document.agents if one.agent == agent),
        document=document,
        department=published.departments[1],
        policy=published.policies[document.policy],
    )
    out = io.StringIO()
    Console(file=out, width=400).print(explanation(subject, Lang.EN))
    assert [words for words in said if words not in out.getvalue()] == []
