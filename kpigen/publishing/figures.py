"""Figures without money: those that published results were made of; of a hidden one only the name is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Raw

from kpigen.publishing.documents import Figure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kpigen.publishing.money import Money

__all__ = ["CLOSED_OPERATIONS", "OPEN_OPERATIONS", "without_money"]

OPEN_OPERATIONS: Final = frozenset(
    (
        *("applicable", "bands", "count", "demoted", "formula", "grade", "held", "latest", "least", "less"),
        *(
            "line",
            "mean",
            "rank",
            "rates",
            "raters",
            "ratings",
            "rounded",
            "rung",
            "score",
            "settle",
            "share",
            "streak",
        ),
        *("sum", "times", "weighted-score", "zero-items", "zero-when", "pot-share"),
    )
)
"""Operations whose settings are the policy's own."""

CLOSED_OPERATIONS: Final = frozenset(
    {"deducted", "difference", "owed", "prize", "prorated", "remainder", "shared-prize", "where"}
)
"""Operations of pay: their settings are left out wherever they stand."""

_OF_MONTH: Final = re.compile(r" [0-9]{4}-(?:0[1-9]|1[0-2])$")
#: A month of a window, an agent of a team: such a figure is what the one says that is made of it.
_ANONYMOUS: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])|[A-Z][0-9]{3,6}")
_NOTHING: Final = Raw(b"null")
_KINDS: Final = re.compile(rb'"kind":\s*"([^"]*)"')


def without_money(
    figures: Sequence[Figure], roots: Iterable[int], money: Money, counted: Collection[str]
) -> tuple[tuple[Figure, ...], Mapping[int, int]]:
    """Return the figures that may be published, and the new position of each of them by the old one.

    Args:
        figures: an agent's figures, each made of earlier ones.
        roots: the positions of those that published results are.
        money: what may not be shown.
        counted: the ids of events that are no money.
    """
    wanted = set(roots)
    under: dict[int, bool] = {}
    kept: dict[int, Figure] = {}
    for position in range(max(wanted, default=-1), -1, -1):
        if position not in wanted:
            continue
        figure = figures[position]
        label = _OF_MONTH.sub("", figure.name)
        shown = under.get(position, False) if _ANONYMOUS.fullmatch(label) else label in counted or money.shows(label)
        if not shown and money.hides(figure.value):
            kept[position] = Figure(figure.name, None, figure.clause, None, _NOTHING, (), hidden=True)
            continue
        if not _open(figure.op):
            figure = Figure(figure.name, figure.value, figure.clause, figure.at, _NOTHING, ())
        kept[position] = figure
        for part in figure.of:
            wanted.add(part)
            under[part] = under.get(part, True) and shown
    places = {old: new for new, old in enumerate(sorted(kept))}
    moved = (
        msgspec.structs.replace(kept[old], of=tuple(places[part] for part in kept[old].of)) for old in sorted(kept)
    )
    return tuple(moved), places


def _open(operation: Raw) -> bool:
    """Tell whether an operation, with those within it, says nothing but what the policy says."""
    return OPEN_OPERATIONS.issuperset(kind.decode() for kind in _KINDS.findall(bytes(operation)))
