"""Where the lines and marks of a chart stand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.site.chart import MOST_MONTHS, WIDTH, Point, Threshold, draw, thresholds
from kpigen.site.documents import read

if TYPE_CHECKING:
    from pathlib import Path

TIERS = ["Probation", "Ordinary", "One star"]


def points(*scores: str | None) -> list[Point]:
    return [Point(f"2026-{n:02}", Decimal(score) if score else None, 1) for n, score in enumerate(scores, start=1)]


def test_a_month_without_score_is_a_gap() -> None:
    chart = draw(points("80", "85", None, "90", "91"), TIERS, ())
    assert len(chart.score_lines) == 2
    assert len(chart.dots) == 4


def test_a_higher_score_stands_higher() -> None:
    chart = draw(points("71", "99", "71"), TIERS, ())
    low, high, again = (dot.y for dot in chart.dots)
    assert high < low == again


def test_tiers_are_steps() -> None:
    history = [Point("2026-01", Decimal(80), 0), Point("2026-02", Decimal(80), 2)]
    chart = draw(history, TIERS, ())
    bottom, _, top = (mark.y for mark in chart.tiers)
    assert top < bottom
    assert f" {bottom}H" in chart.tier_line
    assert f"V{top}" in chart.tier_line


def test_everything_stands_within_the_picture() -> None:
    chart = draw(
        points(*["55.5"] * 40), TIERS, (Threshold(Decimal("99.5"), up=True), Threshold(Decimal("12.5"), up=False))
    )
    assert len(chart.dots) == MOST_MONTHS
    marks = [*chart.dots, *chart.months, *chart.tiers, *chart.ticks, *(mark for mark, _ in chart.bounds)]
    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= chart.height for mark in marks)


def test_dots_are_one_path() -> None:
    chart = draw(points("71", None, "99"), TIERS, ())
    first, last = chart.dots
    assert chart.dot_line == f"M{first.x} {first.y}h0M{last.x} {last.y}h0"


def test_a_single_equal_and_an_absent_score_can_be_drawn() -> None:
    assert len(draw(points("100"), TIERS, ()).dots) == 1
    assert draw(points("0"), TIERS, ()).ticks[1].text == "10"
    assert draw((), TIERS, ()).tier_line == ""
    assert draw(points(None), TIERS, ()).dots == ()


def test_an_award_is_marked() -> None:
    assert len(draw([Point("2026-01", Decimal(90), 1, awarded=True)], TIERS, ()).stars) == 1


def test_thresholds_are_those_of_the_present_tier(data: Path) -> None:
    policy = next(iter(read(data / "v1").policies.values()))
    assert thresholds(policy, "ordinary") == (Threshold(Decimal(95), up=True, tier="star"),)
    assert thresholds(policy, "star") == (Threshold(Decimal(80), up=False, tier="ordinary"),)
    assert thresholds(policy, "unknown") == ()
