"""Ladders: sanctions that grow with severity and repetition within a window, and lapse with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from kpigen.exact import plain
from kpigen.figure import number
from kpigen.policy.fields import ClauseNumber, PositiveNumber
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, LabelField, Slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from kpigen.figure import Value

__all__ = ["Ladder", "Rung"]


class Step(Record):
    """``{from: 2, action: written-warning}``: the action once the window's count has reached ``from``."""

    from_: PositiveNumber = Field(alias="from")
    action: Slug


class Ladder(Record):
    """``counts: events(late) + 3 * events(leak), within: twelve-months, steps: [{from: 1, action: …}, …]``.

    It leads to a step in a month in which it counts something: to the highest that the window's count has reached.
    """

    id: Slug
    name: LabelField
    clause: ClauseNumber
    counts: ExpressionText
    within: Literal["quarter", "half-year", "year", "three-months", "six-months", "twelve-months"]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """Whether a step is the one reached: something counted now, and the window's count from here to the next."""

    least: Decimal
    below: Decimal | None

    kind: ClassVar[str] = "rung"

    def apply(self, *values: Value) -> Value:
        """Return whether the step is reached, from this month's count and the window's."""
        now, total = map(number, values)
        return now > 0 and total >= self.least and (self.below is None or total < self.below)

    def spec(self) -> Mapping[str, object]:
        """Return the step's count and the next one's."""
        return {"least": plain(self.least), "below": None if self.below is None else plain(self.below)}
