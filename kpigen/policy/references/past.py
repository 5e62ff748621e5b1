"""The past: what conditions may look back at of an earlier month, and how a formula is worked out there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from kpigen.expression import Undefined
from kpigen.figure import Figure, Value, given
from kpigen.finding import Place
from kpigen.month import Month

if TYPE_CHECKING:
    from kpigen.expression import Formula

__all__ = ["Past", "now", "then", "value_of"]


class Past(Struct, frozen=True, kw_only=True):
    """What later conditions may look back at of an earlier month."""

    month: Month
    assessed: bool
    values: Mapping[str, Value]
    place: Place | None


def value_of(formula: Formula, values: Mapping[str, Value]) -> Value:
    """Return a formula's value; None where it has none (something is not there, or a division by zero)."""
    for name in formula.names:
        if name not in values:
            return None
    try:
        return formula.evaluate(values)
    except Undefined:
        return None


def now(formula: Formula, month: Month, figures: Mapping[str, Figure]) -> Figure:
    """Return the figure of a formula in the month itself; its value is None where it has none."""
    values = {name: figures[name].value for name in formula.names if name in figures}
    value = value_of(formula, values)
    if value is None:
        return given(str(month), None, None)
    return Figure(str(month), value, formula, tuple(figures[name] for name in formula.names))


def then(formula: Formula, past: Past) -> Figure:
    """Return the figure of a formula in an earlier month."""
    month, value = str(past.month), value_of(formula, past.values)
    if value is None:
        return given(month, None, None)
    leaves = [given(f"{name} {month}", past.values[name], past.place) for name in formula.names]
    return Figure(month, value, formula, tuple(leaves))
