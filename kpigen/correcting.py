"""Correcting: closed months replayed with their adjustments, one agent at a time. Pure.

Each replay is the whole department's month with one agent's case put in its place and everybody else as
approved, so that what is paid for a month in the end depends neither on the order in which its adjustments
were filed nor on those about other agents. An award that is won now is paid; nobody else's is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as replaced
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpigen.cases import bring, month_cases
from kpigen.engine import (
    Absence,
    Case,
    advance,
    compare,
    compute_month,
    departed,
    outcome,
    with_corrections,
)
from kpigen.figure import number
from kpigen.finding import Finding, Rule, Severity
from kpigen.restating import differences, in_order, restated
from kpigen.roster import team_of
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kpigen.engine import Correction, Standing, Statement
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.records import Adjustment
    from kpigen.repository import Filed, MonthRecords
    from kpigen.roster import Roster

__all__ = ["Approved", "Replay", "corrected", "replays"]

TOTAL_BELOW_ZERO = Rule("total-below-zero", Severity.WARNING)


@dataclass(frozen=True, kw_only=True)
class Approved:
    """A closed month as it was approved.

    Attributes:
        roster: the department.
        policy: the version in force in the month.
        records: the month's records, free of errors.
        standings: what each agent really brought into it.
    """

    roster: Roster
    policy: Policy
    records: MonthRecords
    standings: Mapping[str, Standing]

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """Everybody's case."""
        return {case.agent: case for case in month_cases(self.roster, self.records, self.policy, self.standings)}

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Everybody's statement, corrections of earlier months left aside."""
        found, _ = compute_month(self.policy, self.records.month, self.cases.values())
        return {each.case.agent: each for each in found}

    def with_case(self, case: Case) -> tuple[Statement, tuple[Finding, ...]]:
        """Compute the month with one agent's case in the place of the approved one."""
        if case == self.cases[case.agent]:
            return self.statements[case.agent], ()
        everybody = {**self.cases, case.agent: case}
        (statement,), findings = compute_month(self.policy, self.records.month, everybody.values(), {case.agent})
        return statement, findings


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What the replay of an agent's closed months comes to: the standing after them, and what is corrected."""

    standing: Standing
    corrections: tuple[Correction, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Course:
    """An agent's months one after the other, as certain adjustments say them."""

    agent: str
    adjustments: Sequence[Filed[Adjustment]]
    remembered: Iterable[str]
    standing: Standing | None = None
    findings: list[Finding] = field(default_factory=list)

    def through(self, approved: Approved) -> Statement:
        """Go through a month and take its outcome along."""
        case, month = approved.cases[self.agent], approved.records.month
        if self.standing is not None:
            record = approved.roster.agents[self.agent].record
            case = replace(case, standing=bring(record, month, self.standing, approved.policy.order))
        about = [filed for filed in self.adjustments if filed.record.corrects == month]
        statement, findings = approved.with_case(restated(approved.policy, approved.records, case, about))
        self.standing = advance(statement.case.standing, outcome(approved.policy, statement, self.remembered))
        self.findings.extend(findings)
        return statement


def replays(
    month: Month,
    filed: Mapping[Month, Sequence[Filed[Adjustment]]],
    approved: Callable[[Month], Approved],
    remembered: Iterable[str],
) -> Mapping[str, Replay]:
    """Replay the closed months of every agent for whom a month holds adjustments.

    Args:
        month: the month that holds them.
        filed: the adjustments of this month and of all months before it, by their folders, free of errors.
        approved: gives an earlier month as it was approved.
        remembered: the names whose values later months may look back at.

    Returns:
        by agent, what comes of it.
    """
    found = {}
    for agent in sorted({each.record.agent for each in filed.get(month, ())}):
        own = [
            (when, each)
            for when, adjustments in sorted(filed.items())
            for each in in_order(adjustments)
            if when <= month and each.record.agent == agent
        ]
        found[agent] = _replay(month, agent, own, approved, tuple(remembered))
    return found


def _replay(
    month: Month,
    agent: str,
    own: Sequence[tuple[Month, Filed[Adjustment]]],
    approved: Callable[[Month], Approved],
    remembered: Iterable[str],
) -> Replay:
    """Replay an agent's months twice, with the adjustments of earlier months and with those of this month too."""
    new = [each for when, each in own if when == month]
    before = _Course(agent, [each for when, each in own if when < month], remembered)
    after = _Course(agent, [each for _, each in own], remembered)
    corrections = []
    now = min(each.record.corrects for _, each in own)
    while now < month:
        chapter = approved(now)
        if agent in chapter.cases:
            was, is_now = before.through(chapter), after.through(chapter)
            about = [each for each in new if each.record.corrects == now]
            ids = tuple(each.record.adjustment for each in about)
            found = compare(was, is_now, ids, differences(was.case, is_now.case, about))
            corrections.extend([found] if found else [])
        now = now.plus(1)
    if after.standing is None:
        raise TypeError("an agent is corrected only for months in which they were employed")
    place = new[0].place("corrects")
    findings = (replaced(each, related=(*each.related, place)) for each in after.findings)
    return Replay(standing=after.standing, corrections=tuple(corrections), findings=tuple(findings))


def corrected(
    roster: Roster,
    records: MonthRecords,
    statements: Sequence[Statement],
    found: Mapping[str, Replay],
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """Return a month's statements with the corrections, those of whoever has left among them, and findings.

    Args:
        roster: the department.
        records: the month that holds the adjustments.
        statements: the month's own results.
        found: the replays, by agent.
    """
    by_agent = {statement.case.agent: statement for statement in statements}
    findings: list[Finding] = []
    for agent, replay in found.items():
        own = by_agent.get(agent) or departed(records.month, _gone(roster, records.month, agent, replay.standing))
        by_agent[agent] = with_corrections(own, replay.corrections)
        findings.extend(_below_zero(records, by_agent[agent]))
    return tuple(statement for _, statement in sorted(by_agent.items())), tuple(findings)


def _gone(roster: Roster, month: Month, agent: str, standing: Standing) -> Case:
    """Return the case of whoever has left before a month."""
    filed = roster.agents[agent]
    record = filed.record
    if record.left is None:
        raise TypeError(f"{agent} has not left")
    return Case(
        agent=agent,
        team=team_of(record, month) or "",
        standing=standing,
        joined=record.joined,
        first=record.joined,
        last=record.left,
        absence=Absence(left=record.left, place=filed.place("left")),
        place=filed.place("left"),
    )


def _below_zero(records: MonthRecords, statement: Statement) -> Iterator[Finding]:
    """Warn of a statement by which an agent would have to pay."""
    total = number(statement.total.value)
    if total >= 0:
        return
    agent = statement.case.agent
    filed = next(each for each in in_order(records.adjustments) if each.record.agent == agent)
    message = say("{agent} is paid {total} in {month}.", agent=agent, total=f"{total:.2f}", month=str(records.month))
    hint = say("Agree with them in writing how and until when it is paid back.")
    yield Finding.of(TOTAL_BELOW_ZERO, filed.place("corrects"), message, hint)
