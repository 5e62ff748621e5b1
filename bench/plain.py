"""The star-tier regulation as plain Python: the same sums as the engine's, with nothing kept of how they were made.

What it takes to be traced is measured against this. It knows no policy file: every figure stands in the code.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Calendar", "Entry", "Result", "settle"]

_MOST = {
    "response": Decimal(15),
    "resolution": Decimal(20),
    "satisfaction": Decimal(20),
    "attitude": Decimal(15),
    "knowledge": Decimal(10),
    "teamwork": Decimal(10),
    "discipline": Decimal(10),
}
_RANK = {"probation": 0, "ordinary": 1, "one-star": 2, "two-star": 3}
_ZERO, _CENT, _TENTH = Decimal(0), Decimal("0.01"), Decimal("0.1")
_70, _80, _90, _95 = Decimal(70), Decimal(80), Decimal(90), Decimal(95)
_BASE, _ASSESSMENT, _FULL_ATTENDANCE = Decimal(1100), Decimal(400), Decimal(100)
_STAR, _TWO_STARS = Decimal(200), Decimal(300)
_PRIZES = {1: Decimal(100), 2: Decimal(50)}
_AT_MOST, _MINIMUM_WAGE = Decimal("0.2"), Decimal(1060)
_COMPLAINTS, _RUN = 2, 2


class Calendar(NamedTuple):
    """A month: how many days it has, and the year and quarter in which its transitions take effect."""

    days: int
    effect: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an agent's month.

    ``marks`` is None for whoever was not assessed. ``demoted`` are the quarters in which demotions took effect,
    ``scores`` those of the earlier months that were assessed, newest first.
    """

    agent: str
    tier: str
    marks: Mapping[str, Decimal | None] | None
    commission: Decimal
    full_attendance: bool
    days: int
    complaints: int
    nonconformances: int
    losses: tuple[Decimal, ...]
    owed: Decimal
    demoted: tuple[tuple[int, int], ...]
    scores: tuple[Decimal, ...]


class Result(NamedTuple):
    """What comes of it: all that a statement says, as bare values; ``lines`` are those that are not 0."""

    score: Decimal | None
    rank: int | None
    next_tier: str
    barred: bool
    lines: Mapping[str, Decimal]
    gross: Decimal
    total: Decimal
    owed: Decimal
    review: bool


def settle(month: Calendar, entries: Sequence[Entry]) -> Mapping[str, Result]:
    """Return what a month comes to, by agent."""
    scores = {entry.agent: _score(entry.marks) for entry in entries if entry.marks is not None}
    clean = {
        entry.agent: scores[entry.agent]
        for entry in entries
        if entry.agent in scores and not entry.complaints and not entry.nonconformances
    }
    ranks, places = _ranks(scores), _ranks(clean)
    return {
        entry.agent: _one(entry, month, scores.get(entry.agent), ranks.get(entry.agent), places.get(entry.agent))
        for entry in entries
    }


def _ranks(scores: Mapping[str, Decimal]) -> Mapping[str, int]:
    ascending = sorted(scores.values())
    return {agent: len(ascending) - bisect_right(ascending, score) + 1 for agent, score in scores.items()}


def _score(marks: Mapping[str, Decimal | None]) -> Decimal:
    points = possible = _ZERO
    for item, most in _MOST.items():
        mark = marks[item]
        if mark is not None:
            points += mark
            possible += most
    return (points * 100 / possible).quantize(_TENTH, ROUND_HALF_UP)


def _one(entry: Entry, month: Calendar, score: Decimal | None, rank: int | None, place: int | None) -> Result:
    lines = {"base": _BASE}
    if entry.days != month.days:
        lines["base"] = (_BASE * entry.days / month.days).quantize(_CENT, ROUND_HALF_UP)
    next_tier, barred, review = entry.tier, False, False
    if score is not None:
        _earn(lines, entry, score)
        if place == 1:
            lines["service-star"] = _PRIZES[1]
        elif place == 2:  # noqa: PLR2004 - the second place
            lines["hope-star"] = _PRIZES[2]
        to = _move(entry, score)
        if to is not None and _RANK[to] > _RANK[entry.tier] and month.effect in entry.demoted:
            barred = True
        elif to is not None:
            next_tier = to
        review = _running(score, entry.scores) >= _RUN
    gross = sum(lines.values(), _ZERO)
    due = entry.owed + sum(entry.losses, _ZERO)
    taken = _ZERO
    if due:
        room = min(
            (gross * _AT_MOST).quantize(_CENT, ROUND_FLOOR), (gross - _MINIMUM_WAGE).quantize(_CENT, ROUND_FLOOR)
        )
        taken = max(_ZERO, min(due, room))
        if taken:
            lines["loss"] = -taken
    return Result(score, rank, next_tier, barred, lines, gross, gross - taken, due - taken, review)


def _earn(lines: dict[str, Decimal], entry: Entry, score: Decimal) -> None:
    if _RANK[entry.tier] < _RANK["ordinary"]:
        return
    if score >= _80:
        lines["assessment"] = _ASSESSMENT
    if entry.commission:
        lines["commission"] = entry.commission
    if entry.full_attendance:
        lines["full-attendance"] = _FULL_ATTENDANCE
    if _RANK[entry.tier] >= _RANK["one-star"] and score >= _90:
        lines["star-bonus"] = _TWO_STARS if entry.tier == "two-star" and score >= _95 else _STAR


def _move(entry: Entry, score: Decimal) -> str | None:
    """Return the tier to which the regulation moves the agent; of several the lowest."""
    complaints, tier = entry.complaints >= _COMPLAINTS, entry.tier
    if tier == "probation":
        return "ordinary" if score >= _80 else None
    if score < _70:
        return "probation"
    if tier == "ordinary":
        if complaints or any(mark is not None and not mark for mark in (entry.marks or {}).values()):
            return "probation"
        return "one-star" if score >= _90 else None
    if complaints:
        return "ordinary"
    return _move_star(tier, score)


def _move_star(tier: str, score: Decimal) -> str | None:
    if tier == "one-star":
        return "ordinary" if score < _80 else "two-star" if score >= _95 else None
    return "one-star" if score < _90 else None


def _running(score: Decimal, before: tuple[Decimal, ...]) -> int:
    """Return for how many months running the score was below 70."""
    run = 0
    for each in (score, *before):
        if each >= _70:
            break
        run += 1
    return run
