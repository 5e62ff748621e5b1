"""The oracle against cases that were worked out by hand, each from the words of the regulation.

Every story is that of A001; the others are there to be ranked with. Two of them, at 100 and 99.5 points,
keep the awards away from A001 unless a story is about awards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.oracle.small import line, write_department
from tests.oracle.star_tier import POINTS, calculate

if TYPE_CHECKING:
    from pathlib import Path

MONTHS = ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06"]
AHEAD = {"A008": "100", "A009": "99.5"}
AWAY = {"not_assessed": "病假"}


def month(
    score: str | dict[str, str],
    *,
    complaints: str = "",
    losses: tuple[str, ...] = (),
    nonconformances: tuple[str, ...] = (),
    others: dict[str, str] = AHEAD,
    **stated: Any,  # noqa: ANN401  # what a line may state, see line()
) -> dict[str, Any]:
    """Tell A001's month; ``complaints`` is a word like ``uud``: two upheld, one dismissed."""
    mine = line(score, **stated) if isinstance(score, str) else score
    return {
        "lines": {"day": {"A001": mine} | {agent: line(other) for agent, other in others.items()}},
        "complaints": [("A001", {"u": "upheld", "d": "dismissed"}[letter]) for letter in complaints],
        "events": [("A001", "loss", amount) for amount in losses]
        + [(who, "nonconformance", "") for who in nonconformances],
    }


def tell(root: Path, tier: str, *months: dict[str, Any], first: str = "2025-01", **days: str) -> list[dict[str, Any]]:
    """Return A001's results, month after month."""
    names = MONTHS[MONTHS.index(first) :][: len(months)]
    everybody = {agent: None for told in months for lines in told["lines"].values() for agent in lines}
    history = [{"from": first, "team": "day", "tier": tier}]
    agents: list[dict[str, Any]] = [
        {"agent": agent, "name": agent, "joined": "2024-01-01", "history": history} for agent in everybody
    ]
    agents[0] |= days
    write_department(root, agents, dict(zip(names, months, strict=True)))
    results = calculate(root, "small")
    return [results[name, "A001"] for name in names]


PAY = [
    # tier, month, pay lines, total
    ("probation", month("79.5", commission="200", full_attendance="yes"), {"base": "1100.00"}, "1100.00"),
    ("probation", month("96", commission="200"), {"base": "1100.00"}, "1100.00"),
    (
        "ordinary",
        month("80", commission="200.50", full_attendance="yes"),
        {"base": "1100.00", "assessment": "400.00", "commission": "200.50", "full-attendance": "100.00"},
        "1800.50",
    ),
    (
        "ordinary",
        month("79.9", commission="200", full_attendance="yes"),
        {"base": "1100.00", "commission": "200.00", "full-attendance": "100.00"},
        "1400.00",
    ),
    ("ordinary", month("65", commission="12.3"), {"base": "1100.00", "commission": "12.30"}, "1112.30"),
    ("ordinary", month("97"), {"base": "1100.00", "assessment": "400.00"}, "1500.00"),
    ("one-star", month("89.9"), {"base": "1100.00", "assessment": "400.00"}, "1500.00"),
    (
        "one-star",
        month("90"),
        {"base": "1100.00", "assessment": "400.00", "star-bonus": "200.00"},
        "1700.00",
    ),
    (
        "one-star",
        month("96"),
        {"base": "1100.00", "assessment": "400.00", "star-bonus": "200.00"},
        "1700.00",
    ),
    (
        "two-star",
        month("95"),
        {"base": "1100.00", "assessment": "400.00", "star-bonus": "300.00"},
        "1800.00",
    ),
    (
        "two-star",
        month("94.9"),
        {"base": "1100.00", "assessment": "400.00", "star-bonus": "200.00"},
        "1700.00",
    ),
    ("two-star", month("89.9"), {"base": "1100.00", "assessment": "400.00"}, "1500.00"),
    ("two-star", month(AWAY), {"base": "1100.00"}, "1100.00"),
    # 20 % of 1500.03 is 300.006: 300.00 may be deducted.
    (
        "ordinary",
        month("80", commission="0.03", losses=("500",)),
        {"base": "1100.00", "assessment": "400.00", "commission": "0.03", "loss": "-300.00"},
        "1200.03",
    ),
    # 1100 - 1060: 40 may be deducted, though 20 % would be 220.
    ("probation", month("75", losses=("30", "30.50")), {"base": "1100.00", "loss": "-40.00"}, "1060.00"),
    ("ordinary", month(AWAY, losses=("15",)), {"base": "1100.00", "loss": "-15.00"}, "1085.00"),
    # The award counts towards gross: 20 % of 1600 is 320.
    (
        "ordinary",
        month("80", losses=("320",), others={}),
        {"base": "1100.00", "assessment": "400.00", "service-star": "100.00", "loss": "-320.00"},
        "1280.00",
    ),
]


@pytest.mark.parametrize(("tier", "told", "lines", "total"), PAY)
def test_pay(tmp_path: Path, tier: str, told: dict[str, Any], lines: dict[str, str], total: str) -> None:
    (result,) = tell(tmp_path, tier, told)
    assert result["lines"] == lines
    assert result["total"] == total


PRORATED = [
    # joined or left, month, base: 1100 times the days, first and last counted
    ({"joined": "2025-01-17"}, "2025-01", "532.26"),  # 15/31 = 532.258...
    ({"joined": "2025-02-24"}, "2025-02", "196.43"),  # 5/28 = 196.428...
    ({"joined": "2025-01-01"}, "2025-01", "1100.00"),
    ({"left": "2025-01-31"}, "2025-01", "1100.00"),
    ({"left": "2025-04-18"}, "2025-04", "660.00"),  # 18/30
    ({"joined": "2025-04-30"}, "2025-04", "36.67"),  # 1/30 = 36.666...
    ({"joined": "2025-01-10", "left": "2025-01-12"}, "2025-01", "106.45"),  # 3/31 = 106.451...
]


@pytest.mark.parametrize(("days", "name", "base"), PRORATED)
def test_base_is_prorated_and_nothing_else(tmp_path: Path, days: dict[str, str], name: str, base: str) -> None:
    told = month("80", commission="50", full_attendance="yes")
    (result,) = tell(tmp_path, "ordinary", told, first=name, **days)
    assert result["lines"] == {
        "base": base,
        "assessment": "400.00",
        "commission": "50.00",
        "full-attendance": "100.00",
    }


MOVES = [
    # tier, month, next tier
    ("probation", month("79.9"), "probation"),
    ("probation", month("80"), "ordinary"),
    ("probation", month("100"), "ordinary"),
    ("probation", month("85", complaints="uuu"), "ordinary"),
    ("probation", month("60", complaints="uu", discipline="0"), "probation"),
    ("ordinary", month("89.9"), "ordinary"),
    ("ordinary", month("90"), "one-star"),
    ("ordinary", month("99"), "one-star"),
    ("ordinary", month("70"), "ordinary"),
    ("ordinary", month("69.9"), "probation"),
    ("ordinary", month("75", complaints="ud"), "ordinary"),
    ("ordinary", month("75", complaints="uu"), "probation"),
    ("ordinary", month("95", complaints="uu"), "probation"),
    ("ordinary", month("100", discipline="0"), "probation"),
    ("ordinary", month("100", discipline="0.5"), "one-star"),
    ("ordinary", month("80", discipline="n/a"), "ordinary"),
    ("one-star", month("80"), "one-star"),
    ("one-star", month("79.9"), "ordinary"),
    ("one-star", month("69.9"), "probation"),
    ("one-star", month("94.9"), "one-star"),
    ("one-star", month("95"), "two-star"),
    ("one-star", month("95", complaints="uu"), "ordinary"),
    ("one-star", month("100", discipline="0"), "one-star"),
    ("two-star", month("90"), "two-star"),
    ("two-star", month("89.9"), "one-star"),
    ("two-star", month("75"), "one-star"),
    ("two-star", month("69.9"), "probation"),
    ("two-star", month("98", complaints="uu"), "ordinary"),
    ("two-star", month("85", complaints="uu"), "ordinary"),
    ("two-star", month("65", complaints="uu"), "probation"),
    ("two-star", month(AWAY, complaints="uu"), "two-star"),
]


@pytest.mark.parametrize(("tier", "told", "next_tier"), MOVES)
def test_move(tmp_path: Path, tier: str, told: dict[str, Any], next_tier: str) -> None:
    (result,) = tell(tmp_path, tier, told)
    assert (result["next_tier"], result["moved"]) == (next_tier, next_tier != tier)


NOTHING: dict[str, Any] = dict.fromkeys(POINTS, "n/a")
SCORES: list[tuple[str, dict[str, Any], str]] = [
    ("90", {}, "90.0"),
    ("100", {"knowledge": "n/a", "response": "10"}, "94.4"),  # 85 of 90 = 94.444...
    ("100", {"satisfaction": "15", "resolution": "n/a"}, "93.8"),  # 75 of 80 = 93.75
    ("100", NOTHING | {"resolution": "13.99"}, "70.0"),  # 69.95
    ("100", NOTHING | {"resolution": "13.98"}, "69.9"),
    ("100", NOTHING | {"discipline": "0", "teamwork": "n/a"}, "0.0"),
]


@pytest.mark.parametrize(("score", "stated", "printed"), SCORES)
def test_score(tmp_path: Path, score: str, stated: dict[str, Any], printed: str) -> None:
    (result,) = tell(tmp_path, "probation", month(score, **stated))
    assert result["score"] == printed


AWARDS = [
    # A001's score and the others', awards of A001, its rank
    (month("95", others={"A002": "94"}), ["service-star"], 1),
    (month("95", others={"A002": "96", "A003": "94"}), ["hope-star"], 2),
    (month("95", others={"A002": "96", "A003": "95"}), ["hope-star"], 2),
    (month("95", others={"A002": "95", "A003": "94"}), ["service-star"], 1),
    (month("94", others={"A002": "95", "A003": "95"}), [], 3),
    (month("98", complaints="u", others={"A002": "95"}), [], 1),
    (month("98", complaints="d", others={"A002": "95"}), ["service-star"], 1),
    (month("98", nonconformances=("A001",), others={"A002": "95"}), [], 1),
    (month("98", nonconformances=("day",), others={"A002": "95"}), [], 1),
    (month("94", nonconformances=("A002",), others={"A002": "95", "A003": "90"}), ["service-star"], 2),
    (month("98", nonconformances=("night",), others={"A002": "95"}), ["service-star"], 1),
    (month("98", losses=("10",), others={"A002": "95"}), ["service-star"], 1),
    (month(AWAY, others={"A002": "95"}), [], None),
]


@pytest.mark.parametrize("tier", ["probation", "two-star"])
@pytest.mark.parametrize(("told", "awards", "rank"), AWARDS)
def test_awards(tmp_path: Path, tier: str, told: dict[str, Any], awards: list[str], rank: int | None) -> None:
    (result,) = tell(tmp_path, tier, told)
    assert (list(result["awards"]), result["rank"]) == (awards, rank)


BLOCKS = [
    # first month, tier, scores, tiers of the months that follow each score
    # Down in February: 95 in February would be up in March, the same quarter; 95 in March is up in April.
    ("2025-01", "one-star", ["75", "95", "95"], ["ordinary", "ordinary", "one-star"]),
    # Down in March; up in April is another quarter.
    ("2025-02", "one-star", ["75", "95"], ["ordinary", "one-star"]),
    # Down in April: May and June are blocked, July is not.
    ("2025-03", "one-star", ["75", "95", "95", "95"], ["ordinary", "ordinary", "ordinary", "one-star"]),
    # A second demotion in the quarter is never blocked.
    ("2025-01", "two-star", ["85", "75"], ["one-star", "ordinary"]),
    # Up, then down in the same quarter: only the other order is blocked.
    ("2025-01", "ordinary", ["90", "75"], ["one-star", "ordinary"]),
]


@pytest.mark.parametrize(("first", "tier", "scores", "tiers"), BLOCKS)
def test_no_promotion_in_the_quarter_of_a_demotion(
    tmp_path: Path, first: str, tier: str, scores: list[str], tiers: list[str]
) -> None:
    told = tell(tmp_path, tier, *map(month, scores), first=first)
    assert [result["next_tier"] for result in told] == tiers
    assert [result["tier"] for result in told[1:]] == tiers[:-1]


REVIEWS = [
    (["69.9", "69.9"], [False, True]),
    (["69.9", "70", "69.9"], [False, False, False]),
    (["65", AWAY, "65"], [False, False, True]),
    (["65", AWAY, AWAY, "65", "65"], [False, False, False, True, True]),
]


@pytest.mark.parametrize(("scores", "reviews"), REVIEWS)
@pytest.mark.parametrize("tier", ["probation", "ordinary", "two-star"])
def test_dismissal_review(tmp_path: Path, tier: str, scores: list[str | dict[str, str]], reviews: list[bool]) -> None:
    told = tell(tmp_path, tier, *map(month, scores))
    assert [result["actions"] == ["dismissal-review"] for result in told] == reviews


def test_a_loss_is_carried_until_it_is_paid(tmp_path: Path) -> None:
    # Gross 1500 in each month: at most 300 a month; the third month brings 50 more.
    told = tell(tmp_path, "ordinary", month("80", losses=("700",)), month("80"), month("80", losses=("50",)))
    assert [result["deductions"] for result in told] == ["300.00", "300.00", "150.00"]
    assert [result["carried"] for result in told] == ["400.00", "100.00", "0.00"]


def test_nothing_is_deducted_below_the_minimum_wage(tmp_path: Path) -> None:
    told = tell(
        tmp_path,
        "probation",
        month("75", losses=("60",)),  # 30 of 31 days: 1064.52, so 4.52 may be deducted
        month("75"),  # the full 1100: 40.00
        month(AWAY, losses=("1",)),  # 15.48 + 1 = 16.48
        joined="2025-01-02",
    )
    assert [result["deductions"] for result in told] == ["4.52", "40.00", "16.48"]
    assert [result["total"] for result in told] == ["1060.00", "1060.00", "1083.52"]


def test_a_leaver_keeps_what_could_not_be_deducted(tmp_path: Path) -> None:
    told = tell(tmp_path, "ordinary", month(AWAY, losses=("100",)), left="2025-01-30")
    assert [(result["deductions"], result["carried"]) for result in told] == [("4.52", "95.48")]
