"""One agent's statement in words, ready to be printed: what is paid, what is deducted and why, what is left. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.site.appeals import appeal_by
from kpigen.site.corrections import sentence
from kpigen.site.statement import statement
from kpigen.site.wording import comma, money
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.payroll.month import PaidAgent, Payroll
    from kpigen.site.documents import Line
    from kpigen.text import Text

__all__ = ["Entry", "Slip", "slips"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: what it is, its amount, by which clauses, and what it was made of."""

    name: str
    amount: str
    clauses: str
    reason: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A statement. Its amounts are written as they are printed: thousands apart, two decimals.

    Attributes:
        agent: the id and the name.
        facts: what the month is and what the agent was in it, as pairs of a word and what it is here.
        paid: the lines of 应发.
        gross: their sum.
        taken: the lines of 扣减.
        deductions: their sum, without a sign.
        net: 实发.
        notes: what else is to be known: what is carried over, why something is corrected, until when to appeal.
    """

    agent: str
    facts: tuple[tuple[str, str], ...]
    paid: tuple[Entry, ...]
    gross: str
    taken: tuple[Entry, ...]
    deductions: str
    net: str
    notes: tuple[str, ...]


def slips(payroll: Payroll) -> Iterator[Slip]:
    """Yield the statements of a month, in the order of its document."""
    for agent in payroll.document.agents:
        yield _slip(payroll, agent)


def _slip(payroll: Payroll, agent: PaidAgent) -> Slip:
    entries = tuple(_entries(payroll, agent))
    return Slip(
        agent=f"{agent.agent} {agent.name.said(payroll.lang)}",
        facts=tuple((word.said(payroll.lang), said) for word, said in _facts(payroll, agent)),
        paid=tuple(entry for entry, deducted in entries if not deducted),
        gross=money(agent.pay.gross),
        taken=tuple(entry for entry, deducted in entries if deducted),
        deductions=money(agent.pay.deductions),
        net=money(agent.pay.total),
        notes=tuple(_notes(payroll, agent)),
    )


def _facts(payroll: Payroll, agent: PaidAgent) -> Iterator[tuple[Text, str]]:
    words, document = payroll.words(), payroll.document
    yield say("Department"), payroll.department.name.said(payroll.lang)
    yield say("Team"), payroll.team(agent.team)
    if agent.tier is not None:
        yield say("Tier"), words.name("tier", agent.tier)
    if agent.score is not None:
        yield say("Score"), money(agent.score)
    yield say("Policy"), f"{document.policy.id} {document.policy.version}"
    yield say("Currency"), words.unit(payroll.policy.currency)
    if agent.employed and agent.employed.days != agent.employed.of and not agent.departed:
        days = say("{days} of {of} days", days=agent.employed.days, of=agent.employed.of)
        yield say("Employed"), days.said(payroll.lang)


def _entries(payroll: Payroll, agent: PaidAgent) -> Iterator[tuple[Entry, bool]]:
    """Yield the lines, and of each whether it is deducted: as its rule says, or for a correction as its sign does."""
    words, lang = payroll.words(), payroll.lang
    deducting = {rule.id for rule in payroll.policy.pay if rule.deduct}
    own = [line for line in agent.pay.lines if line.corrects is None]
    explained = statement(agent, agent.figures(), words, gone=_gone(payroll, agent))
    for line, told in zip(own, explained, strict=True):
        given = say("; ").said(lang).join(f"{name} {value}".strip() for name, value in told.inputs)
        reason = " → ".join(filter(None, (given, told.rule)))
        yield Entry(told.name, money(line.amount), _cited(payroll, told.clauses), reason), line.id in deducting
    for line in agent.pay.lines:
        if line.corrects is not None:
            entry = Entry(payroll.named(line), money(line.amount), _cited(payroll, (line.clause,)), _why(agent, line))
            yield entry, Decimal(line.amount) < 0


def _gone(payroll: Payroll, agent: PaidAgent) -> bool:
    people = payroll.department.agents
    return any(person.agent == agent.agent and person.gone(payroll.document.month) for person in people)


def _cited(payroll: Payroll, clauses: tuple[str, ...]) -> str:
    numbers = say(", ").said(payroll.lang).join(clauses)
    return say("clause {number}", number=numbers).said(payroll.lang)


def _why(agent: PaidAgent, line: Line) -> str:
    """Return what a line was and is after the correction."""
    made = next((each for each in agent.corrections if each.month == line.corrects), None)
    sides = next((each for each in made.lines if f"{each.id}@{made.month}" == line.id), None) if made else None
    return f"{money(sides.before)} → {money(sides.after)}" if sides else ""


def _notes(payroll: Payroll, agent: PaidAgent) -> Iterator[str]:
    words, lang = payroll.words(), payroll.lang
    for made in agent.corrections:
        told = payroll.words(payroll.governing(made.month))
        said = comma(lang).join(part.text for part in sentence(made, told))
        yield say("Correction of {month}: {told}", month=told.month(made.month), told=said).said(lang)
        for each in payroll.document.adjustments:
            if each.adjustment in made.adjustments:
                yield f"{each.adjustment} {each.reason or ''}".strip()
    gone = _gone(payroll, agent)
    for id_, amount in agent.carried.items():
        name = words.name("pay", id_)
        if gone:
            yield say(
                "{name}: {amount} left undeducted, no longer taken from pay", name=name, amount=money(amount)
            ).said(lang)
        else:
            yield say("{name}: {amount} is carried to the next month", name=name, amount=money(amount)).said(lang)
    day = appeal_by(payroll.policy, payroll.document.month)
    if day and not agent.waits:
        yield say("An appeal against this month can be filed until the end of {day}.", day=day).said(lang)
