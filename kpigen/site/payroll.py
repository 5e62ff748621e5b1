"""What a department pays in a month, line by line, beside the month before."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import ZERO, arithmetic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.site.documents import Line, MonthDocument
    from kpigen.site.wording import Words

__all__ = ["Payroll", "Row", "payroll"]


@dataclass(frozen=True, slots=True)
class Row:
    """A pay line, what all agents have of it, and the difference to the month before.

    Attributes:
        name: what the line is called.
        clause: the clause that orders it; that of a correction stands on the corrected month's page.
        people: how many agents have the line.
        amount: the sum; deductions are below 0.
        change: the difference to the month before; None where there is no such month.
    """

    name: str
    clause: str | None
    people: int
    amount: Decimal
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Payroll:
    """The lines of a month, which add up to gross pay less deductions; ``before`` is the month beside it."""

    rows: tuple[Row, ...]
    gross: Decimal
    deductions: Decimal
    total: Decimal
    before: str | None
    changes: tuple[Decimal, Decimal, Decimal] | None


def payroll(document: MonthDocument, before: MonthDocument | None, words: Words) -> Payroll | None:
    """Return the payroll of a month; None where no pay is published, or nobody was paid anything.

    Args:
        document: the month.
        before: the month before, if it has results.
        words: the words of the policy in force.
    """
    if not any(agent.lines for agent in document.agents):
        return None
    told = before if before and before.totals else None
    with arithmetic():
        now, people, first = _summed(document)
        then: Mapping[str, Decimal] = _summed(told)[0] if told else {}
        order = {rule: place for place, rule in enumerate(_ordered(words))}
        listed = sorted(now.keys() | then.keys(), key=lambda id_: ("@" in id_, order.get(id_, len(order)), id_))
        rows = tuple(
            Row(
                name=words.name("pay", id_),
                clause=first[id_].clause if id_ in first and first[id_].corrects is None else None,
                people=people[id_],
                amount=now.get(id_, ZERO),
                change=now.get(id_, ZERO) - then.get(id_, ZERO) if told else None,
            )
            for id_ in listed
            if id_ in now or "@" not in id_  # what only the month before corrected is not missing now
        )
        sums = _totals(document)
        changes = _less(sums, _totals(told)) if told else None
    return Payroll(rows, sums[0], sums[1], sums[2], told.month if told else None, changes)


def _ordered(words: Words) -> list[str]:
    return [*(line.id for line in words.policy.pay), *(award.id for award in words.policy.awards)]


def _summed(document: MonthDocument) -> tuple[dict[str, Decimal], Counter[str], dict[str, Line]]:
    """Return of each line its sum, how many agents have it, and one of them."""
    amounts: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    people = Counter[str]()
    first: dict[str, Line] = {}
    for agent in document.agents:
        for line in agent.lines:
            amounts[line.id] += Decimal(line.amount)
            people[line.id] += 1
            first.setdefault(line.id, line)
    return dict(amounts), people, first


def _totals(document: MonthDocument) -> tuple[Decimal, Decimal, Decimal]:
    totals = document.paid
    return Decimal(totals.gross), Decimal(totals.deductions), Decimal(totals.total)


def _less(
    now: tuple[Decimal, Decimal, Decimal], then: tuple[Decimal, Decimal, Decimal]
) -> tuple[Decimal, Decimal, Decimal]:
    return now[0] - then[0], now[1] - then[1], now[2] - then[2]
