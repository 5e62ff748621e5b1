"""Actions: what a person must now do or decide; never carried out by the program."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kpigen.policy.fields import ClauseNumber
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, LabelField, Slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Value

__all__ = ["Action", "Streak"]


class Action(Record):
    """An action that is due ``when`` its condition holds."""

    id: Slug
    name: LabelField
    clause: ClauseNumber
    when: ExpressionText


@dataclass(frozen=True, slots=True)
class Streak:
    """For how many assessed periods running, up to this one, a condition has held."""

    kind: ClassVar[str] = "streak"

    def apply(self, *values: Value) -> Value:
        """Count the leading yes of the periods, newest first."""
        run = 0
        for value in values:
            if value is not True:
                break
            run += 1
        return Decimal(run)

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}
