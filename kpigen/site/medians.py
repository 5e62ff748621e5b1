"""Medians of a team: what stands in the middle of its points for an item, from five people up.

Fewer would tell of somebody in particular rather than of a team.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import arithmetic, plain
from kpigen.site.distribution import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpigen.site.documents import AgentMonth

__all__ = ["Median", "medians", "of_teams"]

#: An item, the points that it gives at most, and the median of those who have points of it.
Median = tuple[str, str, str]


def of_teams(agents: Iterable[AgentMonth]) -> dict[str, tuple[Median, ...]]:
    """Return the medians of each team of a month."""
    teams: dict[str, list[AgentMonth]] = {}
    for agent in agents:
        teams.setdefault(agent.team, []).append(agent)
    return {team: medians(members) for team, members in teams.items()}


def medians(members: Iterable[AgentMonth]) -> tuple[Median, ...]:
    """Return the medians of a team's items; those who can have other points of an item are not compared with."""
    points: dict[tuple[str, str], list[Decimal]] = {}
    for agent in members:
        for item in agent.items:
            if item.points is not None:
                points.setdefault((item.id, item.of), []).append(Decimal(item.points))
    return tuple((item, of, plain(_median(values))) for (item, of), values in points.items() if len(values) >= LEAST)


def _median(values: Sequence[Decimal]) -> Decimal:
    """Return the value in the middle, or what lies halfway between the two that stand there."""
    listed, half = sorted(values), len(values) // 2
    if len(listed) % 2:
        return listed[half]
    with arithmetic():
        return (listed[half - 1] + listed[half]) / 2
