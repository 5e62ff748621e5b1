"""An agent's page where something is different: without pay, without names, without tiers, gone, below the team."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from kpigen.site.documents import read
from kpigen.site.edition import Edition
from kpigen.site.pages.agents import agent_pages, statement_alone
from kpigen.text import Lang
from tests.site.conftest import agent_month, both, index_document, month_document, policy_document, write_example
from tests.site.test_pages import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

Document = dict[str, Any]
#: Writes the newest month of the e-commerce department anew, and returns an edition of it.
Make = Callable[..., Edition]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give a site of the e-commerce department whose newest month holds other agents' months."""

    def made(
        *newest: Document,
        lang: Lang = Lang.EN,
        policy: Document | None = None,
        department: Document | None = None,
        edit: Callable[[Document], Document] = lambda document: document,
    ) -> Edition:
        write_example(tmp_path)
        index = index_document()
        index["departments"][0] |= department or {}
        written = {
            "index.json": index,
            "policy/star-tier/2025-01.json": policy_document() | (policy or {}),
            "ecommerce/2026-08.json": edit(json.loads((tmp_path / "v1/ecommerce/2026-08.json").read_text())),
            "ecommerce/2026-09.json": edit(month_document("2026-09", "draft", list(newest))),
        }
        for path, document in written.items():
            (tmp_path / "v1" / path).write_text(json.dumps(document, ensure_ascii=False))
        return Edition(TEMPLATES, read(tmp_path / "v1"), lang)

    return made


def text(html: str) -> str:
    """Return a page as running text, without a space before a punctuation mark."""
    return re.sub(r" (?=[:).,;])", "", " ".join(unescape(re.sub("<[^>]*>", " ", html)).split()))


def page(site: Edition, agent: str = "A001") -> str:
    """Return the body of an agent's page."""
    department = site.published.departments[0]
    return next(page.body for page in agent_pages(site, department) if page.path == f"agents/{agent}.html")


def without_pay(document: Document) -> Document:
    """Return a month as it is published where pay is hidden."""
    document["totals"] = None
    for agent in document["agents"]:
        agent |= {"pay": None, "carried": {}, "awards": [{**each, "amount": None} for each in agent["awards"]]}
    return document


def test_where_pay_is_hidden_nothing_is_said_of_money(make: Make) -> None:
    award = {"id": "service-star", "clause": "5.1", "amount": "100.00", "rank": 1}
    html = page(make(agent_month("A001", "2026-09", "91.7", "ordinary", awards=[award]), edit=without_pay))
    said = text(html)
    for never in ("Statement", "Pay", "CNY", "100.00", "Gross", "Deductions", "1,300", "Earlier statements"):
        assert never not in said, never
    assert "★ Service star · rank 1 clause 5.1" in said
    assert "Score against August 2026: +3.3" in said
    assert "2026-08 Ordinary 88.4 1 Approval" in said


def test_ids_are_not_told_twice_where_names_are_not_published(make: Make) -> None:
    site = make(agent_month("A001", "2026-09", "91.7", "ordinary"))
    (department, *_) = site.published.departments
    assert next(page.title for page in agent_pages(site, department)) == "<b>林晓</b> A001"
    agents = [
        {**each, "name": both(each["agent"], each["agent"])} for each in index_document()["departments"][0]["agents"]
    ]
    site = make(agent_month("A001", "2026-09", "91.7", "ordinary"), department={"agents": agents})
    (department, *_) = site.published.departments
    assert [page.title for page in agent_pages(site, department)] == ["A001", "A002", "A003"]


def test_the_statement_alone_holds_all_money_and_each_step(make: Make) -> None:
    site = make(agent_month("A001", "2026-09", "91.7", "ordinary"))
    (department, *_) = site.published.departments
    (person, *_) = department.agents
    html = statement_alone(site, department, person, site.histories["A001"])
    said = text(html)
    assert set(re.findall(r' id="([^"]+)"', html)) == {"statement", "changes", "earlier"}
    for told in (
        "Base pay clause 3.1 1,100.00",
        "Gross pay 1,456.50",
        "Deductions 86.00",
        "Pay 1,370.50",
        "Pay against August 2026: +156.50 (Commission +156.50)",
        "August 2026 1,214.00",
    ):
        assert told in said, told


def test_a_negative_pay_is_a_number_like_any_other(make: Make) -> None:
    lines = [{"id": "loss", "clause": "4.1", "amount": "-86.00", "figure": 9}]
    pay = {"gross": "0.00", "deductions": "86.00", "total": "-86.00", "lines": lines}
    said = text(page(make(agent_month("A001", "2026-09", "91.7", "ordinary", pay=pay))))
    assert "Pay −86.00 CNY" in said
    assert "Pay against August 2026: −1,300.00 (Base pay −1,100.00; Commission −200.00)" in said
    assert "Gross pay 0.00 Loss clause 4.1 −86.00" in said


def test_only_the_two_largest_causes_stand_on_the_first_screen(make: Make) -> None:
    pay = {
        "gross": "1700.00",
        "deductions": "50.00",
        "total": "1650.00",
        "lines": [
            {"id": "base", "clause": "3.1", "amount": "1200.00", "figure": 4},
            {"id": "commission", "clause": "3.2", "amount": "500.00", "figure": 3},
            {"id": "loss", "clause": "4.1", "amount": "-50.00", "figure": 9},
        ],
    }
    said = text(page(make(agent_month("A001", "2026-09", "91.7", "ordinary", pay=pay))))
    # 1,650 − 1,214 = 436 = commission 500 − 200, base 1,200 − 1,100, loss −50 − −86.
    assert "Pay against August 2026: +436.00 (Commission +300.00; Base pay +100.00; all of it)" in said
    assert "+436.00 (Commission +300.00; Base pay +100.00; Loss +36.00)" in said


def test_a_policy_without_tiers_says_nothing_of_any(make: Make) -> None:
    policy: Document = {"tiers": [], "transitions": [], "moves": None}

    def without_tiers(document: Document) -> Document:
        for agent in document["agents"]:
            agent |= {"tier": None, "next_tier": None, "outlook": None}
        return document

    said = text(page(make(agent_month("A001", "2026-09", "91.7", ""), policy=policy, edit=without_tiers)))
    newest = said[: said.index("History")]
    for never in ("Tier", "Up to", "Down to", "There is no higher tier", "points short"):
        assert never not in newest, never


def test_who_has_left_has_no_prospects(make: Make) -> None:
    people = [{**each, "left": "2026-09-30"} for each in index_document()["departments"][0]["agents"]]
    said = text(page(make(agent_month("A001", "2026-09", "91.7", "ordinary"), department={"agents": people})))
    assert "left on 2026-09-30" in said
    assert "No longer employed" in said
    for never in ("Up to", "Down to", "points short", "From next month"):
        assert never not in said, never


def test_who_is_not_assessed_learns_why_and_what_the_rules_are(make: Make) -> None:
    absence = {"reason": "sick leave", "at": "records/ecommerce/2026-09/scores/day.yaml:6:3"}
    said = text(page(make(agent_month("A001", "2026-09", None, "star", outlook=None, not_assessed=absence))))
    assert "Score not assessed" in said
    assert "Not assessed: sick leave" in said
    assert "▼ Down to Ordinary: score < 80" in said
    assert "There is no score in this month. Not assessed: sick leave" in said


TEAM = ("50", "58", "52", "55", "60")


@pytest.mark.parametrize("known", [5, 4])
def test_the_median_of_a_team_stands_there_from_five_people_up(known: int, make: Make) -> None:
    def member(number: int) -> Document:
        month = agent_month(f"A{number:03d}", "2026-09", "91.7", "ordinary")
        points = TEAM[number - 1] if number <= known else None
        month["items"] = [{"id": "response", "points": points, "of": "60", "figure": 0}]
        return month

    people = [
        {"agent": f"A{number:03d}", "name": both("甲", "Jia"), "team": "day", "joined": "2025-01-01"}
        for number in range(1, 6)
    ]
    site = make(*(member(number) for number in range(1, 6)), department={"agents": people})
    first, fourth, fifth = (text(page(site, agent)) for agent in ("A001", "A004", "A005"))
    if known < 5:
        assert "median" not in first
        return
    # In order: 50, 52, 55, 58, 60.
    assert "Below the team's median: Response −5." in first
    assert "Team's median 55, 5 below it" in first
    assert "Team's median 55, just that" in fourth
    assert "Above the team's median: Response +5." in fifth


def test_a_name_of_thirty_characters_is_told_whole(make: Make) -> None:
    name = "阿卜杜热合曼·买买提吐尔逊·伊布拉音江·努尔艾合买提"
    people = [{**each, "name": both(name, name)} for each in index_document()["departments"][0]["agents"]]
    site = make(agent_month("A001", "2026-09", "91.7", "ordinary"), department={"agents": people})
    assert next(agent_pages(site, site.published.departments[0])).title == f"{name} A001"


def test_who_closed_the_month_and_its_digest(make: Make, tmp_path: Path) -> None:
    digest = "5f" * 32
    months = [
        {**each, "status": "closed", "close": digest if each["month"] == "2026-09" else None}
        for each in index_document()["departments"][0]["months"]
    ]
    close = "records/ecommerce/2026-09/close.yaml"
    history = {
        "prose": True,
        "files": [{"commit": "c0ffee", "on": "2026-10-08T09:00:00+08:00", "paths": [close]}],
        "commits": [{"commit": "c0ffee", "on": "2026-10-08T09:00:00+08:00", "changes": [], "author": "Zhao Lei"}],
    }
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1/history.json").write_text(json.dumps(history))
    site = make(agent_month("A001", "2026-09", "91.7", "ordinary"), department={"months": months})
    html = page(site)
    assert (
        "This month was checked and closed on 8 October 2026. Merged or entered by Zhao Lei."
        " Reviewers of the department: zhao.lei." in text(html)
    )
    assert (
        f'<a href="../audit/index.html#ecommerce">The close</a> SHA-256 <code class="k-digest">{digest}</code>' in html
    )


def test_a_promotion_that_needs_more_than_a_score_says_what_is_missing_of_each(make: Make) -> None:
    rule = {
        "id": "to-star",
        "from": ["ordinary"],
        "to": "star",
        "when": "score >= 95 and response >= 56.2",
        "clause": "3.3",
    }
    month = agent_month("A001", "2026-09", "91.7", "ordinary")
    # The figures of the example, the transition's, and the next tier made of it.
    moved = {
        "name": "to-star",
        "value": "no",
        "clause": "3.3",
        "op": {"kind": "formula", "text": rule["when"]},
        "of": [0, 2],
    }
    settled = {"name": "next_tier", "value": "ordinary", "op": {"kind": "settle", "targets": []}, "of": [11]}
    month |= {"figures": [*month["figures"], moved, settled], "next_tier_figure": 12}
    said = text(page(make(month, policy={"transitions": [rule]})))
    assert "▲ Up to One star: score: 3.3 points short; Response: 1.2 points short clause 3.3" in said
    assert "3.3 points short of One star" not in said
