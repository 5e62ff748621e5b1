"""Tallies: how many records of a kind there are, and what amounts come to together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import CONTEXT, ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Value

__all__ = ["Count", "Sum"]


@dataclass(frozen=True, slots=True)
class Count:
    """The number of its inputs, each of them a record."""

    kind: ClassVar[str] = "count"

    def apply(self, *values: Value) -> Value:
        """Count."""
        return Decimal(len(values))

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of its inputs; what is not applicable is left out."""

    kind: ClassVar[str] = "sum"

    def apply(self, *values: Value) -> Value:
        """Add up."""
        total = ZERO
        for value in values:
            if isinstance(value, Decimal):
                total = CONTEXT.add(total, value)
        return total

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}
