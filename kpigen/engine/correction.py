"""Corrections: what a closed month would have been beside what it was, and the difference as lines of pay. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from kpigen.engine.facts import held
from kpigen.engine.moves import stay
from kpigen.engine.paying import total
from kpigen.engine.statement import Corrected, Correction, Line, Statement
from kpigen.exact import ZERO, arithmetic
from kpigen.figure import Figure, given, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.engine.case import Case
    from kpigen.engine.statement import Restated
    from kpigen.figure import Value
    from kpigen.month import Month

__all__ = ["Difference", "compare", "departed", "with_corrections"]


class Difference(Struct, frozen=True):
    """What a month's line comes to when it is restated, less what it came to before."""

    kind: ClassVar[str] = "difference"

    def apply(self, *values: Value) -> Value:
        """Return the first value less the second."""
        after, before = map(number, values)
        return after - before

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


_DIFFERENCE = Difference()


def compare(
    before: Statement, after: Statement, adjustments: tuple[str, ...], restated: tuple[Restated, ...]
) -> Correction | None:
    """Return what differs between a closed month and the same month replayed.

    None when nothing does and no adjustment is about this month.
    """
    with arithmetic():
        lines = tuple(_differing(before, after))
    if not adjustments and not lines and _seen(before) == _seen(after):
        return None
    return Correction(
        month=after.month, adjustments=adjustments, restated=restated, before=before, after=after, lines=lines
    )


def _seen(statement: Statement) -> tuple[object, ...]:
    """Return what else than pay is shown of a month."""
    return (
        statement.card.score.value if statement.card else None,
        statement.tier.value,
        statement.next_tier.value,
        [award.id for award in statement.awards],
        [due.rule.id for due in statement.actions],
    )


def _differing(before: Statement, after: Statement) -> Iterator[Corrected]:
    """Yield the lines that differ, those of the restated month first, in the order of the policy."""
    old, new = ({line.id: line for line in each.lines} for each in (before, after))
    awards = {award.id for each in (before, after) for award in each.awards}
    for name in dict.fromkeys((*new, *old)):
        line = new.get(name) or old[name]
        sides = [each[name].figure if name in each else given(name, ZERO, None) for each in (new, old)]
        values = [figure.value for figure in sides]
        if values[0] == values[1]:
            continue
        own = f"{name}@{after.month}"
        figure = Figure(own, _DIFFERENCE.apply(*values), _DIFFERENCE, tuple(sides), line.clause)
        paid = Line(id=own, clause=line.clause, figure=figure, corrects=after.month)
        yield Corrected(name, sides[1], sides[0], paid, name in awards)


def with_corrections(statement: Statement, corrections: Iterable[Correction]) -> Statement:
    """Return a month's statement with what is corrected of earlier months.

    The corrections come on top: no limit of a deduction and no rule of the month has seen them.
    """
    listed = tuple(corrections)
    lines = tuple(each.line for correction in listed for each in correction.lines)
    paid = [line.figure for line in lines if number(line.figure.value) > 0]
    taken = [line.figure for line in lines if number(line.figure.value) < 0]
    with arithmetic():
        return replace(
            statement,
            corrections=listed,
            lines=(*statement.lines, *lines),
            gross=total("gross", (*statement.gross.inputs, *paid)),
            deductions=total("deductions", (*statement.deductions.inputs, *taken)),
            total=total("total", (*statement.total.inputs, *(line.figure for line in lines))),
        )


def departed(month: Month, case: Case) -> Statement:
    """Return the statement of whoever has left before a month: nothing of it is theirs but corrections."""
    nothing = total("gross", ())
    return Statement(
        case=case,
        month=month,
        card=None,
        rank=None,
        tier=held(case),
        next_tier=stay(case).next_tier,
        transition=None,
        barred=None,
        outlook=None,
        lines=(),
        gross=nothing,
        deductions=total("deductions", ()),
        total=total("total", ()),
        awards=(),
        actions=(),
        open=(),
        settled=(),
        results=(),
        absence=case.absence,
        owed=case.standing.owed,
        values={},
    )
