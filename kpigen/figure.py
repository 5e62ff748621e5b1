"""Figures: values that know how they were made.

A leaf is read from a line of a record or of the policy. Every other figure is made by its operation, from
the values of its inputs, so that an explanation cannot disagree with its
number, and :func:`replay` gets the value again from the leaves alone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Protocol

from msgspec import Struct

from kpigen.exact import arithmetic
from kpigen.finding import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Figure", "Operation", "Value", "given", "number", "replay"]

Value = Decimal | bool | str | None
"""A number, a yes or no, a word from a list (a tier, a grade), or None: not applicable."""


class Operation(Protocol):
    """How a figure is made from its inputs: pure, and the same for the same values."""

    kind: ClassVar[str]

    def apply(self, *values: Value) -> Value:
        """Compute the value from the inputs' values, in the order of the figure's inputs."""

    def spec(self) -> Mapping[str, object]:
        """Return what the operation consists of, as plain JSON values, without its kind."""


class Figure(Struct, frozen=True):
    """A value with its name, the operation and inputs that made it, the clause that ordered it, and its place.

    ``place`` is the record's line for a leaf and the policy's line for a derived figure.
    """

    name: str
    value: Value
    operation: Operation | None = None
    inputs: tuple[Figure, ...] = ()
    clause: str | None = None
    place: Place | None = None


def given(name: str, value: Value, place: Place | None, clause: str | None = None) -> Figure:
    """Make a leaf: a value that was read, not computed."""
    return Figure(name, value, None, (), clause, place)


def number(value: Value) -> Decimal:
    """Return a value that can only be a number; anything else is a fault of the program."""
    if not isinstance(value, Decimal):
        raise TypeError(f"a number was expected, not {value!r}")
    return value


def replay(figure: Figure) -> Value:
    """Compute a figure's value again from its leaves."""
    if figure.operation is None:
        return figure.value
    with arithmetic():
        return figure.operation.apply(*map(replay, figure.inputs))
