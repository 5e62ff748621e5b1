"""Movements between tiers as a picture: from the tiers at the beginning of some months to those at their end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.site.distribution import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpigen.site.documents import AgentMonth, MonthDocument
    from kpigen.site.wording import Words

__all__ = ["Flow", "flow"]

MOST_MONTHS: Final = 12
WIDTH: Final = 520
LEFT, RIGHT, BLOCK = 150, 370, 12
_TOP, _HEIGHT, _GAP = 24, 200, 14


@dataclass(frozen=True, slots=True)
class Side:
    """A tier on one side of the picture: its block, its name and how many people."""

    y: int
    height: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Move:
    """People who had one tier and then have another, or the same: the band's outline, and which way it goes."""

    before: str
    after: str
    count: int
    way: str
    path: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture and its numbers.

    Attributes:
        first: the month with whose tiers it begins.
        last: the month after which it ends.
        people: how many were there in both.
        sides: the tiers at the beginning and those at the end, the highest first.
        moves: the bands between them.
        height: the height of the picture.
    """

    first: str
    last: str
    people: int
    sides: tuple[tuple[Side, ...], tuple[Side, ...]]
    moves: tuple[Move, ...]
    height: int


def flow(months: Sequence[tuple[MonthDocument, Sequence[AgentMonth]]], words: Words) -> Flow | None:
    """Return the movements of those who are there in the first and the last of the newest twelve months.

    Args:
        months: each month with those who are counted, oldest first.
        words: the words of the newest month's policy, whose tiers are shown.

    Returns:
        None where the policy has no tiers, or fewer than five people have one in both months.
    """
    order = {tier.id: level for level, tier in enumerate(reversed(words.policy.tiers))}
    within = [each for each in months[-MOST_MONTHS:] if any(agent.tier in order for agent in each[1])]
    if not within:
        return None
    began = {agent.agent: agent.tier for agent in within[0][1]}
    counted = Counter(
        (before, agent.next_tier)
        for agent in within[-1][1]
        for before in (began.get(agent.agent),)
        if before in order and agent.next_tier in order
    )
    people = counted.total()
    if people < LEAST:
        return None
    moved = {(str(before), str(after)): count for (before, after), count in counted.items()}
    pairs = sorted(moved, key=lambda pair: (order[pair[0]], order[pair[1]]))
    tiers = [tier for tier in order if any(tier in pair for pair in pairs)]
    sides = tuple(_side(tiers, [(pair[side], moved[pair]) for pair in pairs], people, words) for side in (0, 1))
    tops = [{tier: block.y for tier, block in zip(tiers, side, strict=True)} for side in sides]
    moves = []
    for pair in pairs:
        height = _share(moved[pair], people)
        way = "stays" if pair[0] == pair[1] else "up" if order[pair[1]] < order[pair[0]] else "down"
        path = _band(tops[0][pair[0]], tops[1][pair[1]], height)
        moves.append(Move(words.name("tier", pair[0]), words.name("tier", pair[1]), moved[pair], way, path))
        tops[0][pair[0]] += height
        tops[1][pair[1]] += height
    bottom = max(block.y + max(block.height, _GAP) for side in sides for block in side)
    return Flow(within[0][0].month, within[-1][0].month, people, (sides[0], sides[1]), tuple(moves), bottom + 8)


def _side(tiers: Iterable[str], counts: Sequence[tuple[str, int]], people: int, words: Words) -> tuple[Side, ...]:
    held: Mapping[str, list[int]] = {tier: [n for other, n in counts if other == tier] for tier in tiers}
    y, found = _TOP, []
    for tier, parts in held.items():
        height = sum(_share(part, people) for part in parts)
        found.append(Side(y, height, words.name("tier", tier), sum(parts)))
        y += max(height, _GAP) + _GAP
    return tuple(found)


def _share(count: int, people: int) -> int:
    """Return how wide a band is; one person is seen as well."""
    return max(2, round(_HEIGHT * count / people))


def _band(left: int, right: int, height: int) -> str:
    one, other, middle = LEFT + BLOCK, RIGHT, (LEFT + BLOCK + RIGHT) // 2
    return (
        f"M{one} {left}C{middle} {left} {middle} {right} {other} {right}V{right + height}"
        f"C{middle} {right + height} {middle} {left + height} {one} {left + height}Z"
    )
