"""Items by month: of the points that were possible, how many hundredths a department or a team has."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.exact import ZERO, arithmetic, round_to

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpigen.site.documents import AgentMonth, MonthDocument
    from kpigen.site.rulebook import PolicyRef
    from kpigen.site.wording import Words

__all__ = ["Cell", "Heat", "heat"]

MOST_MONTHS: Final = 12
_BOUNDS: Final = (60, 70, 80, 90)
_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A share in hundredths, and which of five shades it has: 0 is below 60, 4 is from 90."""

    share: Decimal
    shade: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The newest months, the newest first, and each item with its cell of each; None where nobody has points."""

    months: tuple[MonthDocument, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


def heat(
    months: Sequence[tuple[MonthDocument, Sequence[AgentMonth]]], words_of: Callable[[PolicyRef], Words]
) -> Heat | None:
    """Return the items of the newest twelve months in which anybody has points; None where nobody ever has.

    Args:
        months: each month with those who are counted, oldest first.
        words_of: gives the words of a policy version; an item is called what the newest month calls it.
    """
    found: list[tuple[MonthDocument, dict[str, Cell]]] = []
    names: dict[str, str] = {}
    for document, agents in reversed(months):
        cells = _cells(agents)
        if cells and len(found) < MOST_MONTHS:
            found.append((document, cells))
            words = words_of(document.policy)
            names = {**{id_: words.name("item", id_) for id_ in cells if id_ not in names}, **names}
    if not found:
        return None
    newest = words_of(found[0][0].policy)
    order = {item.id: place for place, item in enumerate((*newest.policy.inputs, *newest.policy.items))}
    listed = sorted(names, key=lambda id_: (order.get(id_, len(order)), id_))
    rows = tuple((names[id_], tuple(cells.get(id_) for _, cells in found)) for id_ in listed)
    return Heat(tuple(document for document, _ in found), rows)


def _cells(agents: Sequence[AgentMonth]) -> dict[str, Cell]:
    points: dict[str, tuple[Decimal, Decimal]] = {}
    with arithmetic():
        for agent in agents:
            for item in agent.items:
                if item.points is not None:
                    had, of = points.get(item.id, (ZERO, ZERO))
                    points[item.id] = had + Decimal(item.points), of + Decimal(item.of)
        shares = {id_: round_to(100 * had / of, _ONE) for id_, (had, of) in points.items() if of}
    return {id_: Cell(share, sum(share >= bound for bound in _BOUNDS)) for id_, share in shares.items()}
