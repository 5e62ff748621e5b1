"""Automatic zero: a named breach for which an item has no points, whatever else it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Operation, Value

__all__ = ["ZeroWhen"]


@dataclass(frozen=True, slots=True)
class ZeroWhen:
    """Another operation, unless the breach (the first input) has occurred: then 0."""

    inner: Operation

    kind: ClassVar[str] = "zero-when"

    def apply(self, *values: Value) -> Value:
        """Return 0 for a breach, otherwise what the operation gives for the other inputs."""
        return ZERO if values[0] is True else self.inner.apply(*values[1:])

    def spec(self) -> Mapping[str, object]:
        """Return the operation inside."""
        return {"inner": {"kind": self.inner.kind, **self.inner.spec()}}
