"""Share of a target: what was reached, as a part of what was to be reached, up to a cap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import ZERO, arithmetic, plain
from kpigen.policy.fields import PositiveNumber
from kpigen.policy.items.conversion import Conversion
from kpigen.policy.items.rows import needs_numbers, out_of_range
from kpigen.reading.scalars import ExpressionText
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation, Value
    from kpigen.policy.items.conversion import Fault, Location

__all__ = ["Share", "ShareItem"]


class ShareItem(Conversion):
    """``of: sales, share_of: 20000, full: 16``: the points for reaching the target, more above it, to the item's most.

    With ``full`` left out, the target reached gives all points and nothing above it gives more.
    """

    key: ClassVar[str] = "share_of"

    of: ExpressionText
    share_of: ExpressionText
    full: PositiveNumber | None = None

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return what was reached and the target."""
        return ((("of",), self.of), (("share_of",), self.share_of))

    def conversion(self) -> Operation:
        """Return the share."""
        return Share(self.full or self.points, self.points)

    def faults(self, kinds: tuple[Kind, ...]) -> Iterator[Fault]:
        """Yield a reward for the target that is above the item's most points, and units that differ."""
        yield from needs_numbers(kinds)
        if self.full is not None and self.full > self.points:
            yield (
                ("full",),
                out_of_range(self.full, self.points),
            )
        reached, target = kinds
        if getattr(target, "unit", None) is not None and target != reached:
            yield ("share_of",), say("The target is stated in another unit than what was reached.")

    def settings(self) -> Mapping[str, object]:
        """Return what was reached, the target and the points for reaching it."""
        return {"of": self.of, "share_of": self.share_of, "full": plain(self.full or self.points)}


@dataclass(frozen=True, slots=True)
class Share:
    """``full`` × what was reached ÷ the target, at least 0 and at most ``most``."""

    full: Decimal
    most: Decimal

    kind: ClassVar[str] = "share"

    def apply(self, *values: Value) -> Value:
        """Return the points; not applicable without a figure, or with a target that is not above 0."""
        reached, target = values
        if not isinstance(reached, Decimal) or not isinstance(target, Decimal) or target <= 0:
            return None
        with arithmetic():
            return max(ZERO, min(self.most, self.full * reached / target))

    def spec(self) -> Mapping[str, object]:
        """Return the points for reaching the target and the most."""
        return {"full": plain(self.full), "most": plain(self.most)}
