"""Measures by an expression."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from kpigen.policy.measures.kind import Measure
from kpigen.reading.scalars import ExpressionText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation
    from kpigen.policy.measures.kind import Fault, Location, Parameters

__all__ = ["ExpressionMeasure"]


class ExpressionMeasure(Measure):
    """``is: answered / calls * 100, unit: "%"``."""

    key: ClassVar[str] = "is"

    is_: ExpressionText = Field(alias="is")

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the expression."""
        return ((("is",), self.is_),)

    def operation(self, parameters: Parameters) -> Operation | None:  # noqa: ARG002 - the base's
        """Return None: the expression is all there is."""
        return None

    def faults(self, kinds: tuple[Kind, ...], parameters: Parameters) -> Iterator[Fault]:  # noqa: ARG002 - the base's
        """Yield nothing: an expression is checked when it is compiled."""
        yield from ()

    def settings(self) -> Mapping[str, object]:
        """Return the expression."""
        return {"is": self.is_}
