"""The history chart: where its lines and marks stand. The template ``chart.svg`` draws it when the site is built.

It is laid out 340 units wide, so that its text is read at its own size on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kpigen.site.conditions import alternatives

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpigen.site.rulebook import Policy

__all__ = ["Chart", "Point", "Threshold", "draw", "thresholds"]

WIDTH = 340
LEFT, RIGHT = 58, 22
TOP, SCORE_HEIGHT = 18, 110
GAP, TIER_STEP = 34, 20
MOST_MONTHS = 24
MOST_LABELS = 6
TEN = Decimal(10)


@dataclass(frozen=True, slots=True)
class Point:
    """A month of the history: its score if assessed, its tier (0: the lowest), and whether it won an award."""

    month: str
    score: Decimal | None
    tier: int
    awarded: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """A score that moves an agent: up when reached, or down below it; ``tier`` is where to."""

    score: Decimal
    up: bool
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn at a place."""

    x: int
    y: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Coordinates, in units of the picture."""

    width: int
    height: int
    left: int
    right: int
    score_lines: tuple[str, ...]
    dots: tuple[Mark, ...]
    stars: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    bounds: tuple[tuple[Mark, Threshold], ...]
    tier_line: str
    tiers: tuple[Mark, ...]
    months: tuple[Mark, ...]

    @property
    def dot_line(self) -> str:
        """All dots as one path of points without length, which round ends make visible."""
        return "".join(f"M{dot.x} {dot.y}h0" for dot in self.dots)


def thresholds(policy: Policy, tier: str | None) -> tuple[Threshold, ...]:
    """Return the scores at which the policy moves an agent of ``tier``, as far as its conditions name them."""
    order = [known.id for known in policy.tiers]
    found = {
        Threshold(bound.bound, up, rule.to)
        for rule in policy.transitions
        if tier in rule.from_ and rule.to in order and tier in order
        for up in (order.index(rule.to) > order.index(tier),)
        for bound in alternatives(rule.when)
        if bound.about == "score" and isinstance(bound.bound, Decimal) and bound.below is not up
    }
    return tuple(sorted(found, key=lambda bound: (bound.score, bound.up, order.index(bound.tier))))


def draw(history: Sequence[Point], tiers: Sequence[str], bounds: Sequence[Threshold]) -> Chart:
    """Lay out the newest months of a history.

    Args:
        history: the months, oldest first.
        tiers: the names of the tiers, lowest first; without any, the score stands alone.
        bounds: the scores to mark.
    """
    points = history[-MOST_MONTHS:]
    step = (WIDTH - LEFT - RIGHT) / max(1, len(points) - 1)
    across = [round(LEFT + step * position) for position in range(len(points))]
    scores = [point.score for point in points if point.score is not None]
    low, high = _range([*scores, *(bound.score for bound in bounds)])

    def down(score: Decimal) -> int:
        return TOP + round((high - score) / (high - low) * SCORE_HEIGHT)

    base = TOP + SCORE_HEIGHT + GAP
    levels = [base + TIER_STEP * (len(tiers) - 1 - level) for level in range(len(tiers))]
    dots = [
        (Mark(x, down(point.score), f"{point.score:f}"), point)
        for x, point in zip(across, points, strict=True)
        if point.score is not None
    ]
    every = -(-len(points) // MOST_LABELS)
    bottom = base + TIER_STEP * (len(tiers) - 1) + 24 if tiers else TOP + SCORE_HEIGHT + 20
    return Chart(
        width=WIDTH,
        height=bottom + 6,
        left=LEFT,
        right=WIDTH - RIGHT,
        score_lines=_lines(across, points, down),
        dots=tuple(dot for dot, _ in dots),
        stars=tuple(Mark(dot.x, dot.y - 7) for dot, point in dots if point.awarded),
        ticks=tuple(
            Mark(LEFT, down(score), f"{score:f}")
            for score in (low, high)
            if all(score != bound.score for bound in bounds)
        ),
        bounds=tuple((Mark(LEFT, down(bound.score), f"{bound.score:f}"), bound) for bound in bounds),
        tier_line=_stairs(across, [levels[point.tier] for point in points]) if tiers else "",
        tiers=tuple(Mark(LEFT, y, name) for y, name in zip(levels, tiers, strict=True)),
        months=tuple(
            Mark(x, bottom, point.month[2:])
            for position, (x, point) in enumerate(zip(across, points, strict=True))
            if (len(points) - 1 - position) % every == 0
        ),
    )


def _range(scores: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return tens below and above all of ``scores``, never the same."""
    low = (min(scores, default=Decimal(0)) / TEN).to_integral_value(ROUND_FLOOR) * TEN
    high = (max(scores, default=Decimal(100)) / TEN).to_integral_value(ROUND_CEILING) * TEN
    return low, max(high, low + TEN)


def _lines(across: Sequence[int], points: Sequence[Point], down: Callable[[Decimal], int]) -> tuple[str, ...]:
    """Return one line for each run of assessed months: a month without a score is a gap, not a slope."""
    runs: list[list[str]] = [[]]
    for x, point in zip(across, points, strict=True):
        if point.score is None:
            runs.append([])
        else:
            runs[-1].append(f"{x},{down(point.score)}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def _stairs(across: Sequence[int], levels: Sequence[int]) -> str:
    """Return a path that keeps its level until the next month begins."""
    if not across:
        return ""
    path = [f"M{across[0]} {levels[0]}"]
    for x, y in zip(across[1:], levels[1:], strict=True):
        path.append(f"H{x}V{y}")
    return "".join([*path, f"H{WIDTH - RIGHT + 6}"])
