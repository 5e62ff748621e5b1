"""Cases: a month's records put together, agent by agent, for the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpigen.engine import Absence, Case, Happening, Standing
from kpigen.engine.eligibility import not_due
from kpigen.records import NOT_ASSESSED, vacant
from kpigen.restating import cell_figure, completed
from kpigen.roster import employment_of, role_of, team_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kpigen.figure import Figure
    from kpigen.finding import Place
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.policy.inputs import InputSpec
    from kpigen.reading.nodes import Scalar
    from kpigen.records import Agent, Complaint, Event, Sheet
    from kpigen.repository import Filed, MonthRecords
    from kpigen.roster import Roster

__all__ = ["bring", "month_cases"]


def month_cases(
    roster: Roster, records: MonthRecords, policy: Policy, standings: Mapping[str, Standing]
) -> tuple[Case, ...]:
    """Put together a case for every agent employed in the month.

    Args:
        roster: the department.
        records: the month's records, free of errors.
        policy: the version in force.
        standings: what each agent brings into the month.
    """
    sheets = {sheet.stem: sheet for sheet in records.sheets}
    upheld = (filed for filed in records.complaints if filed.record.status == "upheld")
    complaints = _by_subject((filed.record.agent, _complaint(filed)) for filed in upheld)
    events = _by_subject((filed.record.agent or filed.record.team or "", _event(filed)) for filed in records.events)
    cases = []
    for agent, filed, (first, last) in roster.employed(records.month):
        team = team_of(filed.record, records.month) or ""
        role = role_of(policy, filed.record, records.month)
        cells, absence, place = _line(policy, records.month, sheets.get(team), agent, role)
        cases.append(
            Case(
                agent=agent,
                team=team,
                standing=standings[agent],
                joined=filed.record.joined,
                role=role,
                employment=employment_of(policy, filed.record, records.month),
                first=first,
                last=last,
                cells=cells,
                absence=not_due(policy, records.month, role) or absence,
                complaints=complaints.get(agent, ()),
                events=events.get(agent, ()) + events.get(team, ()),
                place=place,
            )
        )
    return tuple(cases)


def bring(agent: Agent, month: Month, before: Standing | None, tiers: Collection[str]) -> Standing:
    """Return what an agent brings into ``month``.

    Args:
        agent: the agent's record, free of errors.
        month: a month in which the agent is employed.
        before: what the months before left, or None for the agent's first month.
        tiers: those of the version in force; with none, nobody has a tier.

    Returns:
        The tier stated last for an agent's first month, else what the months before left. Where another policy
        takes over, the tier is stated anew in the history and demotions under the old one no longer count; what
        is owed stays owed.
    """
    if before is None:
        stated = [stay for stay in agent.history if stay.tier and stay.from_ <= month] if tiers else []
        return (
            Standing(tier=stated[-1].tier or "", since=stated[-1].from_) if stated else Standing(tier="", since=month)
        )
    if not tiers:
        return replace(before, tier="", by=None, demoted=()) if before.tier else before
    for stay in agent.history:
        if stay.tier and stay.from_ == month:
            return replace(before, tier=stay.tier, since=month, by=None, demoted=())
    return before


def _line(
    policy: Policy, month: Month, sheet: Filed[Sheet] | None, agent: str, role: str | None
) -> tuple[Mapping[str, Figure], Absence | None, Place | None]:
    """Return a line's cells as leaves, why there is no assessment, and the line's place."""
    own, together = policy.own_inputs(role, month), policy.team_inputs(month)
    stated = sheet.record.agents.get(agent) if sheet else None
    if sheet is None:
        return {}, Absence(missing=(*own, *together)), None
    cells = _cells(policy, sheet, together, sheet.record.together)
    if stated is None:
        return cells, Absence(missing=tuple(own)), None
    place = sheet.place("agents", agent)
    if NOT_ASSESSED in stated:
        return (
            cells,
            Absence(reason=str(stated[NOT_ASSESSED]), place=sheet.place("agents", agent, NOT_ASSESSED)),
            place,
        )
    cells |= _cells(policy, sheet, own, stated)
    filled, absence = completed(policy, month, role, cells, place)
    return filled, absence, place


def _cells(
    policy: Policy, sheet: Filed[Sheet], inputs: Mapping[str, InputSpec], stated: Mapping[str, Scalar]
) -> dict[str, Figure]:
    """Return the cells that are filled in as leaves."""
    return {
        name: cell_figure(policy, name, spec, sheet, cell)
        for name, spec in inputs.items()
        if (cell := stated.get(name)) is not None and not vacant(cell)
    }


def _complaint(filed: Filed[Complaint]) -> Happening:
    record = filed.record
    return Happening(id=record.complaint, kind=record.category, also=record.severity, place=filed.place("status"))


def _event(filed: Filed[Event]) -> Happening:
    record = filed.record
    place = filed.place("kind") if record.amount is None else filed.place("amount")
    return Happening(id=record.event, kind=record.kind, on=record.on, amount=record.amount, place=place)


def _by_subject(pairs: Iterable[tuple[str, Happening]]) -> Mapping[str, tuple[Happening, ...]]:
    """Group by agent or team, in the order of ids, whatever the order of the files."""
    grouped: dict[str, list[Happening]] = {}
    for subject, happening in pairs:
        grouped.setdefault(subject, []).append(happening)
    return {subject: tuple(sorted(found, key=lambda each: each.id)) for subject, found in grouped.items()}
