"""Tallies: how many records of a kind there are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Value

__all__ = ["Count"]


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
