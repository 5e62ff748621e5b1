"""An agent's items: the points of each, how they were made, and how they stand to the team's median."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import ZERO, arithmetic
from kpigen.site.statement import explain, records_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpigen.site.documents import AgentMonth, Figure, Item
    from kpigen.site.medians import Median
    from kpigen.site.statement import Step
    from kpigen.site.wording import Words

__all__ = ["ItemRow", "apart", "items"]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A scored item with its clause and the lines of records that its points came from.

    ``breach`` says for which breach it has 0 points, and by which clause; ``median`` is the team's.
    """

    name: str
    points: str | None
    of: str
    weight: str | None
    clause: str | None
    places: tuple[str, ...]
    steps: tuple[Step, ...]
    breach: tuple[str, str | None] | None
    median: str | None

    @property
    def ahead(self) -> Decimal | None:
        """How far it lies above the team's median; below 0, how far below it."""
        return None if self.points is None or self.median is None else Decimal(self.points) - Decimal(self.median)

    @property
    def reach(self) -> tuple[int, int] | None:
        """Its points and the team's median in hundredths of those possible."""
        of = Decimal(self.of)
        if self.points is None or self.median is None or not of:
            return None
        with arithmetic():
            return round(100 * Decimal(self.points) / of), round(100 * Decimal(self.median) / of)


def items(month: AgentMonth, figures: Sequence[Figure], words: Words, medians: Iterable[Median]) -> tuple[ItemRow, ...]:
    """Return the items of an agent's month.

    Args:
        month: the agent's month.
        figures: its figures.
        words: what to call things.
        medians: those of the agent's team.
    """
    middle = {(item, of): median for item, of, median in medians}
    return tuple(_item(item, figures, words, middle) for item in month.items)


def apart(rows: Iterable[ItemRow], *, above: bool) -> tuple[ItemRow, ...]:
    """Return the items above the team's median, or those below it, the furthest first."""
    wanted = [row for row in rows if row.ahead and (row.ahead > 0) is above]
    return tuple(sorted(wanted, key=_nearness))


def _nearness(row: ItemRow) -> Decimal:
    return -abs(row.ahead or ZERO)


def _item(item: Item, figures: Sequence[Figure], words: Words, middle: Mapping[tuple[str, str], str]) -> ItemRow:
    figure = figures[item.figure] if item.figure is not None else None
    breach = words.breach(figure, [figures[one] for one in figure.of]) if figure else None
    return ItemRow(
        name=words.name("item", item.id),
        points=item.points,
        of=item.of,
        weight=words.weight(item.id),
        clause=figure.clause if figure else None,
        places=records_of(figures, item.figure),
        steps=explain(figures, item.figure, words) if figure and figure.op else (),
        breach=(words.operation(breach.op), breach.clause) if breach else None,
        median=middle.get((item.id, item.of)),
    )
