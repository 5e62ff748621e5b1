"""How scores and tiers are spread over the people of a department or a team, from five people up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.site.documents import AgentMonth
    from kpigen.site.wording import Words

__all__ = ["LEAST", "Band", "Distribution", "score_distribution", "tier_distribution"]

LEAST: Final = 5
"""Below so many people a distribution tells of persons, not of a group, and is not shown."""

_STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10), Decimal(20), Decimal(50), Decimal(100), Decimal(1000))
_MOST_BANDS: Final = 10


@dataclass(frozen=True, slots=True)
class Band:
    """One bar: what it stands for, how many people, and its length in hundredths of the longest."""

    name: str
    count: int
    length: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """The bars, and how many people they count; there are none where those are too few."""

    people: int
    bands: tuple[Band, ...]


def tier_distribution(agents: Iterable[AgentMonth], words: Words) -> Distribution | None:
    """Return how many people have which tier, the highest first; None where nobody has one."""
    counted = Counter(agent.tier for agent in agents if agent.tier is not None and not agent.departed)
    order = [tier.id for tier in words.policy.tiers]
    listed = [*reversed(order), *sorted(counted.keys() - set(order))]
    return _distribution([(words.name("tier", tier), counted[tier]) for tier in listed])


def score_distribution(agents: Iterable[AgentMonth], words: Words) -> Distribution | None:
    """Return how many people have a score of which band, the highest first; None where nobody has one.

    The bands are as narrow as ten of them allow; each reaches from its lower bound to just below the next.
    """
    scores = [Decimal(agent.score) for agent in agents if agent.score]
    if not scores:
        return None
    step = next((each for each in _STEPS if _bands(scores, each) <= _MOST_BANDS), _STEPS[-1])
    counted = Counter(_floor(score, step) for score in scores)
    lowest, bands = min(counted), []
    for place in reversed(range(_bands(scores, step))):
        low = lowest + place * step
        said = say("{low} to below {high}", low=f"{low:f}", high=f"{low + step:f}").said(words.lang)
        bands.append((said, counted[low]))
    return _distribution(bands)


def _bands(scores: list[Decimal], step: Decimal) -> int:
    return int((_floor(max(scores), step) - _floor(min(scores), step)) / step) + 1


def _floor(score: Decimal, step: Decimal) -> Decimal:
    return (score / step).to_integral_value(ROUND_FLOOR) * step


def _distribution(bands: list[tuple[str, int]]) -> Distribution | None:
    people = sum(count for _, count in bands)
    if not people:
        return None
    if people < LEAST:
        return Distribution(people, ())
    most = max(count for _, count in bands)
    return Distribution(people, tuple(Band(name, count, round(100 * count / most)) for name, count in bands))
