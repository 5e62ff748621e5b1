"""A case: all that is known about one agent in one month before anything is computed.

These are msgspec structs, not dataclasses: several of each are made for every agent-month, and a frozen
dataclass takes five times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from kpigen.figure import Figure
from kpigen.finding import Place
from kpigen.month import Month
from kpigen.policy.references import Past

__all__ = ["Absence", "Case", "Happening", "OpenAction", "Outcome", "Standing", "advance"]


class OpenAction(Struct, frozen=True, kw_only=True):
    """An action that waits for its outcome: whose month it is, by when, and the events that settle it."""

    action: str
    month: Month
    due: date | None
    settled_by: tuple[str, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """What an agent brings into a month: the tier, since when and why, demotions, what is owed, the past.

    Attributes:
        tier: the tier held; empty where the policy has none.
        since: the month from which it is held.
        by: the transition that led to it; None for the entry tier.
        demoted: the months in which a demotion took effect, oldest first.
        owed: for a deduction that is carried over, what earlier months left.
        past: earlier months, newest first.
        open: actions of earlier months that are not settled yet, oldest first.
    """

    tier: str
    since: Month
    by: str | None = None
    demoted: tuple[Month, ...] = ()
    owed: Mapping[str, Decimal] = {}
    past: tuple[Past, ...] = ()
    open: tuple[OpenAction, ...] = ()


class Outcome(Struct, frozen=True, kw_only=True):
    """What a month leaves for the months after it.

    Attributes:
        tier: the tier from the next month.
        by: the transition that led to it; None when nothing moved.
        demoted: whether that was a demotion.
        owed: for a deduction that is carried over, what is left.
        past: what later conditions may look back at.
        open: actions that are not settled yet.
    """

    tier: str
    by: str | None
    demoted: bool
    owed: Mapping[str, Decimal]
    past: Past
    open: tuple[OpenAction, ...] = ()


def advance(before: Standing, outcome: Outcome) -> Standing:
    """Return what an agent brings into the month after the one with this outcome."""
    effect = outcome.past.month.plus(1)
    return Standing(
        tier=outcome.tier,
        since=effect if outcome.by else before.since,
        by=outcome.by or before.by,
        demoted=(*before.demoted, effect) if outcome.demoted else before.demoted,
        owed=outcome.owed,
        past=(outcome.past, *before.past),
        open=outcome.open,
    )


class Absence(Struct, frozen=True, kw_only=True):
    """Why there is no assessment.

    Attributes:
        reason: one given in the sheet.
        left: the last day employed, of whoever left before the month.
        missing: inputs that the sheet lacks.
        rule: the rule of eligibility that the agent fails, as a figure.
        every: the period that is assessed and has not ended yet; ``never`` where the policy has no score.
        place: where in the sheet it stands.
    """

    reason: str | None = None
    left: date | None = None
    missing: tuple[str, ...] = ()
    rule: Figure | None = None
    every: str | None = None
    place: Place | None = None


class Happening(Struct, frozen=True, kw_only=True):
    """A complaint that was upheld, or an event: the kind, the amount where it carries one, the record's place.

    ``also`` is a complaint's severity, ``on`` an event's day.
    """

    id: str
    kind: str
    also: str | None = None
    on: date | None = None
    amount: Decimal | None = None
    place: Place


class Case(Struct, frozen=True, kw_only=True):
    """One agent in one month.

    Attributes:
        agent: the agent's id.
        team: the team in this month.
        standing: what the agent brings from the months before.
        joined: the day on which the agent joined.
        role: the role, where the policy has roles.
        employment: the form of employment, where the policy has any.
        first: the first day employed within the month.
        last: the last day employed within the month.
        cells: a leaf for every input of the sheet's line; a value of None is not applicable.
        absence: why there is no assessment, or None when there is one.
        complaints: the complaints upheld.
        events: the agent's own events and those of the team.
        stated_score: a score given instead of the scored inputs; only worked examples have one.
        place: the line in the sheet.
    """

    agent: str
    team: str
    standing: Standing
    joined: date
    role: str | None = None
    employment: str | None = None
    first: date
    last: date
    cells: Mapping[str, Figure] = {}
    absence: Absence | None = None
    complaints: tuple[Happening, ...] = ()
    events: tuple[Happening, ...] = ()
    stated_score: Figure | None = None
    place: Place | None = None

    @property
    def days(self) -> int:
        """How many calendar days of the month the agent was employed, first and last included."""
        return (self.last - self.first).days + 1
