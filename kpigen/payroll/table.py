"""The payroll as a table: a row an agent, a column a line of pay, the totals last. Pure, exact, unformatted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import CENT, ZERO, arithmetic
from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpigen.payroll.month import PaidAgent, Payroll
    from kpigen.site.documents import Line
    from kpigen.site.rulebook import PolicyRef
    from kpigen.text import Text

__all__ = ["Cell", "Column", "Table", "tabulate"]

#: A text, a number, or nothing at all.
Cell = str | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A line of pay that the month has: its id, what it is called, and the clause of which policy that orders it."""

    id: str
    name: str
    clause: str
    policy: PolicyRef


@dataclass(frozen=True, slots=True)
class Table:
    """What a month pays.

    Attributes:
        head: what each column is called.
        rows: an agent's cells each; texts are as they are shown, numbers as they were computed.
        total: the last row.
        columns: the lines of pay among the columns.
        first: at which position these begin; the three sums follow them.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...]
    columns: tuple[Column, ...]
    first: int


_BEFORE = (say("Agent id"), say("Name"), say("Team"), say("Tier"), say("Score"))
_AFTER = (say("Gross pay"), say("Deductions"), say("Pay"), say("Month"), say("Status"), say("Digest of the close"))


def tabulate(payroll: Payroll) -> Table:
    """Return the table of a month.

    The lines stand in the order of the policy: what is paid, awards, what is deducted; then what corrects closed
    months, the oldest first. An agent who does not have a line has 0.00 there; whoever has no score has none.
    """
    columns = tuple(_columns(payroll))
    totals = payroll.document.totals
    after = (payroll.document.month, payroll.status.said(payroll.lang), payroll.close)
    with arithmetic():
        rows = tuple((*_row(payroll, agent, columns), *after) for agent in payroll.document.agents)
        sums = tuple(sum((_number(row[len(_BEFORE) + at]) for row in rows), ZERO) for at in range(len(columns)))
    whole = tuple(map(Decimal, (totals.gross, totals.deductions, totals.total)))
    said = say("Total of {count}", count=len(rows)).said(payroll.lang)
    return Table(
        head=tuple(
            visible(name)
            for name in (*_said(_BEFORE, payroll), *(one.name for one in columns), *_said(_AFTER, payroll))
        ),
        rows=rows,
        total=(said, None, None, None, None, *(amount.quantize(CENT) for amount in sums), *whole, *after),
        columns=columns,
        first=len(_BEFORE),
    )


def _said(texts: Sequence[Text], payroll: Payroll) -> Iterator[str]:
    return (text.said(payroll.lang) for text in texts)


def _columns(payroll: Payroll) -> Iterator[Column]:
    """Yield the columns: every pay line of the policy, the awards that somebody won, and the corrections there are."""
    policy, words = payroll.policy, payroll.words()
    lines = {line.id: line for agent in payroll.document.agents for line in agent.pay.lines}
    own = [(rule.id, rule.clause or "", bool(rule.deduct)) for rule in policy.pay]
    won = [(award.id, award.clause, False) for award in policy.awards if award.id in lines]
    listed = sorted((*own, *won), key=lambda each: each[2])  # what is deducted comes last
    for id_, clause, _ in listed:
        yield Column(id_, words.name("pay", id_), clause, payroll.document.policy)
    order = {id_: position for position, (id_, _, _) in enumerate(listed)}
    corrections = [line for line in lines.values() if line.corrects is not None]
    for line in sorted(corrections, key=lambda line: _when(line, order)):
        yield Column(line.id, payroll.named(line), line.clause, payroll.governing(line.corrects))


def _when(line: Line, order: dict[str, int]) -> tuple[str, int, str]:
    """Return where a correcting line stands; one that the policy has no more, after those that it has."""
    rule, _, _ = line.id.partition("@")
    return line.corrects or "", order.get(rule, len(order)), rule


def _row(payroll: Payroll, agent: PaidAgent, columns: Sequence[Column]) -> tuple[Cell, ...]:
    amounts = {line.id: Decimal(line.amount) for line in agent.pay.lines}
    texts = (agent.agent, agent.name.said(payroll.lang), payroll.team(agent.team), _tier(payroll, agent))
    return (
        *map(visible, texts),
        None if agent.score is None else Decimal(agent.score),
        *(amounts.get(column.id, ZERO).quantize(CENT) for column in columns),
        *map(Decimal, (agent.pay.gross, agent.pay.deductions, agent.pay.total)),
    )


def _tier(payroll: Payroll, agent: PaidAgent) -> str:
    return "" if agent.tier is None else payroll.words().name("tier", agent.tier)


def _number(cell: Cell) -> Decimal:
    return cell if isinstance(cell, Decimal) else ZERO
