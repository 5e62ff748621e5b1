"""What all items have in common, and what a conversion is: that which turns measures into points."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kpigen.policy.fields import ClauseNumber, PositiveNumber, Slugs, Weight
from kpigen.policy.rounding import Rounding
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, LabelField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation
    from kpigen.text import Text

__all__ = ["Conversion", "Fault", "Location"]

Location = tuple[str | int, ...]
Fault = tuple[Location, "Text"]
"""What is wrong with an item, with its place within the item."""


class Conversion(Record):
    """An item that is computed. Each kind of conversion is a module with a model of this class.

    ``points`` are the most that can be reached. ``zero_when`` is a breach for which the item has 0 points,
    whatever the measure says; the events that it counts are its record; ``zero_clause`` names it
    where it is not the item's own. ``weight``: where the score adds up
    weights. ``roles``: on the scorecards of these roles alone.
    """

    key: ClassVar[str]
    """The key that tells the conversion."""

    points: PositiveNumber
    round: Rounding | None = None
    zero_when: ExpressionText | None = None
    zero_clause: ClauseNumber | None = None
    weight: Weight | None = None
    roles: Slugs = ()
    name: LabelField
    clause: ClauseNumber

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the expressions that are converted, each with its place within the item."""
        raise NotImplementedError

    def conversion(self) -> Operation:
        """Return the operation from the values of :meth:`reads`, in their order, to points; None: not applicable."""
        raise NotImplementedError

    def faults(self, kinds: tuple[Kind, ...]) -> Iterator[Fault]:
        """Yield what is wrong; ``kinds`` are those of :meth:`reads`."""
        raise NotImplementedError

    def settings(self) -> Mapping[str, object]:
        """Return the conversion's settings as the documents write them."""
        raise NotImplementedError
