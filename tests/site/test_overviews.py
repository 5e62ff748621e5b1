"""What the pages of months, teams and departments work out, with numbers by hand."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from kpigen.site.distribution import score_distribution, tier_distribution
from kpigen.site.documents import AgentMonth, MonthDocument, read
from kpigen.site.flow import flow
from kpigen.site.heat import heat
from kpigen.site.pages import data_pages
from kpigen.site.payroll import payroll
from kpigen.site.rulebook import Policy
from kpigen.site.trend import lines, monthly
from kpigen.site.winners import prizes
from kpigen.site.wording import Words
from kpigen.text import Lang
from tests.site.conftest import ROOT, agent_month, month_document, policy_document

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = ROOT / "site/templates"


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(msgspec.convert(policy_document(), Policy), Lang.EN)


def month(name: str, *agents: dict[str, Any], **rest: object) -> MonthDocument:
    return msgspec.json.decode(json.dumps({**month_document(name, "draft", list(agents)), **rest}), type=MonthDocument)


def people(name: str, *rows: tuple[str | None, str, str]) -> MonthDocument:
    """Return a month of agents by score, tier and next tier."""
    listed = (
        agent_month(f"A{place:03}", name, score, tier, next_tier=after)
        for place, (score, tier, after) in enumerate(rows, 1)
    )
    return month(name, *listed)


def scored(*scores: str) -> tuple[AgentMonth, ...]:
    return people("2026-09", *((score, "ordinary", "ordinary") for score in scores)).agents


def test_scores_fall_into_bands_that_reach_to_just_below_the_next(words: Words) -> None:
    found = score_distribution(scored("80", "84.9", "85.0", "90", "99.9"), words)
    assert found is not None
    counts = {"98": 1, "96": 0, "94": 0, "92": 0, "90": 1, "88": 0, "86": 0, "84": 2, "82": 0, "80": 1}
    assert [(band.name, band.count, band.length) for band in found.bands] == [
        (f"{low} to below {int(low) + 2}", count, count * 50) for low, count in counts.items()
    ]


def test_four_people_have_no_distribution_and_five_have(words: Words) -> None:
    four, five = scored("80", "80", "80", "80"), scored("80", "80", "80", "80", "81")
    for spread in (score_distribution, tier_distribution):
        few, enough = spread(four, words), spread(five, words)
        assert few is not None
        assert (few.people, few.bands) == (4, ())
        assert enough is not None
        assert sum(band.count for band in enough.bands) == 5
    assert score_distribution([], words) is None


def test_tiers_are_counted_the_highest_first(words: Words) -> None:
    agents = people("2026-09", *(("80", tier, tier) for tier in ("star", *["ordinary"] * 4))).agents
    found = tier_distribution(agents, words)
    assert found is not None
    assert [(band.name, band.count, band.length) for band in found.bands] == [("One star", 1, 25), ("Ordinary", 4, 100)]


def test_a_payroll_adds_up_and_stands_beside_the_month_before(words: Words) -> None:
    now = people("2026-09", ("90", "ordinary", "ordinary"), ("91", "ordinary", "ordinary"))
    before = month(
        "2026-08",
        agent_month("A001", "2026-08", "90", "ordinary"),
        totals={"gross": "1300.00", "deductions": "86.00", "total": "1214.00"},
    )
    found = payroll(now, before, words)
    assert found is not None
    # 2 × 1100, 2 × 356.50 and 2 × −86 beside 1100, 200 and −86.
    assert [(row.people, row.amount, row.change) for row in found.rows] == [
        (2, Decimal("2200.00"), Decimal("1100.00")),
        (2, Decimal("713.00"), Decimal("513.00")),
        (2, Decimal("-172.00"), Decimal("-86.00")),
    ]
    assert (found.gross, found.deductions, found.total) == (Decimal("2913.00"), Decimal("172.00"), Decimal("2741.00"))
    assert found.changes == (Decimal("1613.00"), Decimal("86.00"), Decimal("1527.00"))
    assert sum(row.amount for row in found.rows if row.amount > 0) == found.gross
    assert -sum(row.amount for row in found.rows if row.amount < 0) == found.deductions


def test_movements_lead_from_the_first_month_to_after_the_last(words: Words) -> None:
    began = people("2026-08", *[("80", "ordinary", "ordinary")] * 4, ("80", "star", "star"))
    ended = people(
        "2026-09", ("96", "ordinary", "star"), *[("80", "ordinary", "ordinary")] * 3, ("70", "star", "ordinary")
    )
    found = flow([(began, began.agents), (ended, ended.agents)], words)
    assert found is not None
    assert [(move.before, move.after, move.count, move.way) for move in found.moves] == [
        ("One star", "Ordinary", 1, "down"),
        ("Ordinary", "One star", 1, "up"),
        ("Ordinary", "Ordinary", 3, "stays"),
    ]
    assert (found.first, found.last, found.people) == ("2026-08", "2026-09", 5)
    assert flow([(began, began.agents[:4]), (ended, ended.agents)], words) is None


def test_an_item_is_shown_by_the_share_of_its_points(words: Words) -> None:
    given = [{"id": "response", "points": points, "of": "60", "figure": 0} for points in ("55", "40")]
    document = month(
        "2026-09",
        *(agent_month(f"A00{place}", "2026-09", "90", "ordinary", items=[item]) for place, item in enumerate(given)),
    )
    found = heat([(document, document.agents)], lambda _: words)
    assert found is not None
    ((name, (cell,)),) = found.rows
    assert cell is not None
    assert (name, cell.share, cell.shade) == ("Response", Decimal(79), 2)  # 95 of 120 is 79.2 %


def test_a_month_has_its_numbers_and_its_charts() -> None:
    months = [
        people(name, ("80", "star", "star"), (score, "star", "star"))
        for name, score in (("2026-08", "90"), ("2026-09", "90.1"), ("2026-10", None))
    ]
    rows = monthly([(each, each.agents) for each in months])
    assert [(row.agents, row.assessed, row.average) for row in rows] == [
        (2, 2, Decimal("85.0")),
        (2, 2, Decimal("85.1")),  # 85.05, half up
        (2, 1, Decimal("80.0")),
    ]
    average, pay = lines(rows)  # no complaint: no chart of none
    assert (average.kind, average.low, average.high, average.newest[2]) == (
        "average",
        Decimal("80.0"),
        Decimal("85.1"),
        Decimal("80.0"),
    )
    assert (pay.kind, pay.low, pay.high) == ("pay", Decimal("2428.00"), Decimal("2741.00"))


def test_winners_are_named_by_rank_with_ties_and_nobody_else(words: Words) -> None:
    won = [{"id": "service-star", "clause": "5.1", "amount": "100.00", "rank": 1}]
    document = month(
        "2026-09",
        *(agent_month(agent, "2026-09", "90", "ordinary", awards=won) for agent in ("A002", "A001")),
        agent_month("A003", "2026-09", "20", "ordinary"),
    )
    (prize,) = prizes([document], lambda _: words)
    (month_won,) = prize.months
    assert [agent.agent for agent, _ in month_won.winners] == ["A001", "A002"]
    assert (month_won.more, month_won.tied) == (0, frozenset({1}))


def _pages(data: Path, folder: Path, lang: Lang, **agent: object) -> dict[str, str]:
    """Return the pages after a change of every agent of the newest month."""
    shutil.copytree(data / "v1", folder / "v1")
    file = folder / "v1/ecommerce/2026-09.json"
    document = json.loads(file.read_text("utf-8"))
    for each in document["agents"]:
        each.update(agent)
    file.write_text(json.dumps(document), "utf-8")
    return {page.path: page.body for page in data_pages(TEMPLATES, read(folder / "v1"), lang)}


def test_an_open_month_says_what_is_missing(data: Path, tmp_path: Path) -> None:
    absent: dict[str, Any] = {
        "assessed": False,
        "score": None,
        "items": [],
        "not_assessed": {"missing": ["response"], "at": None},
    }
    pages = _pages(data, tmp_path, Lang.EN, **absent)
    page = pages["months/ecommerce_2026-09.html"]
    missing = page[page.index('id="pending"') : page.index('id="before"')]
    assert missing.count("Inputs are missing") == 2
    assert missing.count("An appeal is open") == 1
    assert "A complaint is open" not in missing
    assert 'id="pending"' not in pages["months/ecommerce_2026-08.html"], "it is closed"


def test_a_closed_month_says_who_approves(data: Path) -> None:
    pages = {page.path: page.body for page in data_pages(TEMPLATES, read(data / "v1"), Lang.EN)}
    assert "Approved by its close. Reviewers: zhao.lei" in pages["months/ecommerce_2026-08.html"]
    assert "Not approved yet: closing it does that. Reviewers: zhao.lei" in pages["months/ecommerce_2026-09.html"]


def test_an_empty_repository_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text('{"departments": [], "policies": []}', "utf-8")
    pages = {page.path: page.body for page in data_pages(TEMPLATES, read(tmp_path), Lang.EN)}
    said = "There is no result yet. Once a month's scores are submitted, this page shows it:"
    assert said in pages["index.html"]
    assert "There is no department yet." in pages["departments/index.html"]


def test_more_than_five_hundred_agents_are_listed_by_team(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "v1", tmp_path / "v1")
    index, file = tmp_path / "v1/index.json", tmp_path / "v1/ecommerce/2026-09.json"
    listed, document = json.loads(index.read_text("utf-8")), json.loads(file.read_text("utf-8"))
    numbers = [f"A{place:03}" for place in range(1, 502)]
    (person, *_) = listed["departments"][0]["agents"]
    listed["departments"][0]["agents"] = [{**person, "agent": agent} for agent in numbers]
    document["agents"] = [agent_month(agent, "2026-09", "90", "ordinary") for agent in numbers]
    index.write_text(json.dumps(listed), "utf-8")
    file.write_text(json.dumps(document), "utf-8")
    pages = {page.path: page for page in data_pages(TEMPLATES, read(tmp_path / "v1"), Lang.EN)}
    month_page, people_page = pages["months/ecommerce_2026-09.html"].body, pages["agents/index.html"].body
    assert "agents/A500.html" not in month_page + people_page
    assert 'href="../teams/ecommerce_day.html"' in month_page
    assert 'href="../teams/ecommerce_day.html"' in people_page
    assert "agents/A500.html" in pages["teams/ecommerce_day.html"].body


def test_a_team_that_wins_shares_no_rank(words: Words) -> None:
    rules = {**policy_document(), "awards": [{**policy_document()["awards"][0], "of": "teams"}]}
    won = [{"id": "service-star", "clause": "5.1", "amount": "0.00", "rank": 1}]
    document = month("2026-09", *(agent_month(f"A00{n}", "2026-09", "90", "ordinary", awards=won) for n in (1, 2)))
    of_teams = Words(msgspec.convert(rules, Policy), words.lang)
    (prize,) = prizes([document], lambda _: of_teams)
    assert prize.months[0].tied == frozenset()
