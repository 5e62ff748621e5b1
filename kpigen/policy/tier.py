"""Tiers: the standing an agent holds, and the transitions that move it from the next month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from kpigen.policy.fields import ClauseNumber, Slugs
from kpigen.policy.period import Every
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, Flag, LabelField, Slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Value
    from kpigen.month import Month

__all__ = ["Demoted", "Held", "Moves", "Settle", "Tier", "Transition"]


class Tier(Record):
    """A tier's name and the clause that describes it."""

    name: LabelField
    clause: ClauseNumber


class Transition(Record):
    """``from`` one of these tiers, ``when`` this holds, ``to`` that tier from the next month.

    ``every`` quarter, half-year or year: at the end of each. ``unassessed`` ones move also whoever was not assessed
    in the month, such as one that follows from a recorded decision.
    """

    id: Slug
    clause: ClauseNumber
    from_: Slugs = Field(alias="from")
    when: ExpressionText
    to: Slug
    every: Every | None = None
    unassessed: Flag = False


class Moves(Record):
    """What holds for all transitions together.

    Always: of several, the lowest resulting tier wins, so that a demotion beats a promotion; one move a period.
    """

    no_promotion_after_demotion: Literal["quarter", "year"]
    clause: ClauseNumber


@dataclass(frozen=True, slots=True)
class Held:
    """The tier that the month begins with: since when, and by which transition (None: the entry tier)."""

    tier: str
    since: Month
    by: str | None

    kind: ClassVar[str] = "held"

    def apply(self, *_: Value) -> Value:
        """Return the tier."""
        return self.tier

    def spec(self) -> Mapping[str, object]:
        """Return since when it is held and what led to it."""
        return {"since": str(self.since), "by": self.by, "tier": self.tier}


@dataclass(frozen=True, slots=True)
class Demoted:
    """Whether demotions bar a promotion: those that took effect in the same quarter or year."""

    months: tuple[Month, ...]

    kind: ClassVar[str] = "demoted"

    def apply(self, *_: Value) -> Value:
        """Return yes when there is one."""
        return bool(self.months)

    def spec(self) -> Mapping[str, object]:
        """Return the months in which they took effect."""
        return {"months": [str(month) for month in self.months]}


@dataclass(frozen=True, slots=True)
class Settle:
    """The tier of the next month, from the tier held, whether promotion is barred, and the transitions' conditions."""

    order: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]

    kind: ClassVar[str] = "settle"

    def decide(self, tier: str, barred: bool, fired: tuple[bool, ...]) -> tuple[str, str | None]:  # noqa: FBT001
        """Return the next tier and the id of the transition that leads there, or None when nothing moves.

        Args:
            tier: the tier held.
            barred: whether a promotion is barred in this period.
            fired: for each of ``targets``, whether its condition holds.
        """
        rank = self.order.index
        moves = [
            (rank(to), name, to)
            for (name, to), held in zip(self.targets, fired, strict=True)
            if held and to != tier and not (barred and rank(to) > rank(tier))
        ]
        if not moves:
            return tier, None
        lowest = min(position for position, _, _ in moves)
        return next((to, name) for position, name, to in moves if position == lowest)

    def apply(self, *values: Value) -> Value:
        """Return the next tier."""
        tier, barred, *fired = values
        return self.decide(str(tier), bool(barred), tuple(value is True for value in fired))[0]

    def spec(self) -> Mapping[str, object]:
        """Return the tiers' order and the transitions considered."""
        return {"order": list(self.order), "targets": [list(target) for target in self.targets]}
