"""What a measure is: a named figure worked out from others, before the score; a result is one worked out after it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from kpigen.exact import plain
from kpigen.policy.fields import ClauseNumber, Stated
from kpigen.policy.period import Every
from kpigen.policy.rounding import Rounding
from kpigen.policy.score import Grade
from kpigen.reading.decode import Record
from kpigen.reading.scalars import LabelField, Prose, Slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpigen.expression import Kind
    from kpigen.figure import Operation
    from kpigen.text import Text

__all__ = ["Fault", "Location", "Measure", "Parameters", "Row", "resolved", "rows_named", "written"]

Parameters = Mapping[str, Decimal]
Row = tuple[Stated, Stated]
"""A bound and its value, each a number or the name of a parameter."""

Location = tuple[str | int, ...]
Fault = tuple[Location, "Text"]
"""What is wrong with a measure, with its place within it."""


class Measure(Record):
    """A named figure. Each way to work one out is a module with a model of this class, told by its key.

    ``every`` and ``grades`` are for results: in the last month of which period it is final, and its own bands.
    """

    key: ClassVar[str]
    """The key that tells how it is worked out."""

    unit: Prose | None = None
    round: Rounding | None = None
    every: Every | None = None
    grades: Mapping[Slug, Grade] = Field(default_factory=dict)
    name: LabelField
    clause: ClauseNumber

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the expressions that are read, each with its place within the measure."""
        raise NotImplementedError

    def operation(self, parameters: Parameters) -> Operation | None:
        """Return the operation from the values of :meth:`reads`; None: the one value as it is.

        Args:
            parameters: the value of each parameter; :meth:`named` ones are among them.
        """
        raise NotImplementedError

    def named(self) -> tuple[tuple[Location, str], ...]:
        """Return the parameters that stand for numbers in its settings, each with its place within the measure."""
        return ()

    def faults(self, kinds: tuple[Kind, ...], parameters: Parameters) -> Iterator[Fault]:
        """Yield what is wrong; ``kinds`` are those of :meth:`reads`."""
        raise NotImplementedError

    def settings(self) -> Mapping[str, object]:
        """Return the settings as the documents write them."""
        raise NotImplementedError


def resolved(stated: Decimal | str, parameters: Parameters) -> Decimal:
    """Return a number, or the value of the parameter that stands for it."""
    return parameters[stated] if isinstance(stated, str) else stated


def written(stated: Decimal | str) -> str:
    """Return a number, or the name of a parameter, as the documents write it."""
    return stated if isinstance(stated, str) else plain(stated)


def rows_named(key: str, rows: Sequence[Row]) -> tuple[tuple[Location, str], ...]:
    """Return the parameters that stand in rows."""
    return tuple(
        ((key, index, column), cell)
        for index, row in enumerate(rows)
        for column, cell in enumerate(row)
        if isinstance(cell, str)
    )
