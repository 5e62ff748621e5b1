"""The document of a department's month: what the contract names first, then all that explains it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kpigen.engine.moves import barring
from kpigen.exact import ZERO, arithmetic, plain
from kpigen.export.corrections import corrections
from kpigen.export.figures import FigureTable, Operations
from kpigen.export.plain_json import encode, encoded, named, shown
from kpigen.policy.inputs import unit_of
from kpigen.policy.period import ends
from kpigen.restating import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kpigen.engine import Due, Line, OpenAction, Statement
    from kpigen.figure import Figure
    from kpigen.policy import Policy
    from kpigen.records import Adjustment, Appeal, Complaint, Event
    from kpigen.repository import Filed, MonthRecords
    from kpigen.roster import Roster

__all__ = ["SCHEMA", "month_document"]

SCHEMA = "kpigen/month/v1"


class _Happened(NamedTuple):
    """What was recorded about an agent besides the sheet."""

    complaints: list[dict[str, object]]
    events: list[dict[str, object]]
    appeals: list[dict[str, object]]


def month_document(roster: Roster, records: MonthRecords, policy: Policy, statements: Iterable[Statement]) -> bytes:
    """Return the document of a month.

    Args:
        roster: the department.
        records: the month's records.
        policy: the version in force.
        statements: the month's statements, by agent id.
    """
    complaints = _by_agent(_complaint(filed) for filed in records.complaints)
    events = _by_agent(_event(filed) for filed in records.events)
    appeals = _by_agent(_appeal(filed) for filed in records.appeals)
    listed, operations = tuple(statements), Operations()
    agents = []
    for statement in listed:
        agent = statement.case.agent
        happened = _Happened(complaints.get(agent, []), _of(events, statement), appeals.pop(agent, []))
        # Encoded one by one: a table is small enough for the processor's cache, those of a month are not.
        agents.append(encoded(_agent(roster, policy, statement, happened, FigureTable(operations))))
    with arithmetic():
        totals = {
            "gross": _sum(statement.gross for statement in listed),
            "deductions": _positive(_sum(statement.deductions for statement in listed)),
            "total": _sum(statement.total for statement in listed),
        }
    adjustments = [_adjustment(filed) for filed in in_order(records.adjustments)]
    return encode(
        {
            "schema": SCHEMA,
            "department": records.department,
            "month": str(records.month),
            "status": "closed" if records.closed else "draft",
            "policy": {"id": policy.id, "version": str(policy.month)},
            "agents": agents,
            "totals": {name: f"{amount:.2f}" for name, amount in totals.items()},
            # Those of whoever is not employed any more in the month in which they object.
            "appeals": [{"agent": agent, **appeal} for agent, filed in sorted(appeals.items()) for appeal in filed],
            **({"adjustments": adjustments} if adjustments else {}),
        }
    )


def _agent(
    roster: Roster,
    policy: Policy,
    statement: Statement,
    happened: _Happened,
    table: FigureTable,
) -> dict[str, object]:
    case, card = statement.case, statement.card
    moved = statement.transition
    lines: list[dict[str, object]] = [_pay_line(line, table) for line in statement.lines if line.corrects is None]
    found: dict[str, object] = {
        "agent": case.agent,
        "team": case.team,
        "assessed": card is not None,
        "score": shown(card.score.value) if card else None,
        "grade": shown(card.grade.value) if card and card.grade else None,
        "rank": int(str(statement.rank.value)) if statement.rank else None,
        "tier": statement.tier.value,
        "next_tier": statement.next_tier.value,
        "transition": {"id": moved.id, "clause": moved.clause} if moved else None,
        "pay": _pay(statement, lines),
        "awards": [
            {"id": award.id, "clause": award.clause, "amount": _money(award.figure), "rank": award.rank}
            for award in statement.awards
        ],
        "actions": [
            {"id": due.rule.id, "clause": due.rule.clause, **_dates(due), "figure": table.add(due.figure)}
            for due in statement.actions
        ],
        "name": named(roster.agents[case.agent].record.name),
        "not_assessed": _absence(statement, table),
        "employed": _employed(statement),
        **_more(policy, statement, table),
        "items": _items(policy, statement, table),
        "inputs": _inputs(policy, statement, table),
        "complaints": happened.complaints,
        "events": happened.events,
        "appeals": happened.appeals,
        "carried": {name: plain(amount) for name, amount in statement.owed.items()},
        "blocked": _blocked(policy, statement),
        "outlook": _outlook(statement),
        "score_figure": table.add(card.score) if card else None,
        "next_tier_figure": table.add(statement.next_tier),
    }
    if statement.corrections:
        # Their figures come last: those of a replayed month have the names of this month's own.
        lines.extend(_pay_line(line, table) for line in statement.lines if line.corrects is not None)
        found["corrections"] = corrections(statement)
    found["figures"] = table.rows
    return found


def _employed(statement: Statement) -> dict[str, object]:
    """Return the days employed in the month: none of whoever has left before."""
    case = statement.case
    days = 0 if case.last < statement.month.first else case.days
    return {"from": str(case.first), "to": str(case.last), "days": days, "of": statement.month.days}


def _pay(statement: Statement, lines: list[dict[str, object]]) -> dict[str, object]:
    return {
        "gross": _money(statement.gross),
        "deductions": f"{_positive(_amount(statement.deductions)):.2f}",
        "total": _money(statement.total),
        "lines": lines,
    }


def _pay_line(line: Line, table: FigureTable) -> dict[str, object]:
    corrects = {} if line.corrects is None else {"corrects": str(line.corrects)}
    return {
        "id": line.id,
        "clause": line.clause,
        "amount": _money(line.figure),
        **corrects,
        "figure": table.add(line.figure),
    }


def _dates(due: Due) -> dict[str, object]:
    """Return what an action says besides its clause, where it does."""
    stated = {"ladder": due.ladder, "due": due.due, "lapses": due.lapses}
    return {key: str(value) for key, value in stated.items() if value is not None}


def _more(policy: Policy, statement: Statement, table: FigureTable) -> dict[str, object]:
    """Return what only some policies have: role and employment, measures, results, actions that wait."""
    case, more = statement.case, dict[str, object]()
    if case.role is not None:
        more["role"] = case.role
    if case.employment is not None:
        more["employment"] = case.employment
    if statement.results:
        more["results"] = _results(policy, statement, table)
    if statement.open or statement.settled:
        more["open_actions"] = [_waiting(each, statement) for each in statement.open]
        more["settled_actions"] = [_waiting(each, statement, done) for each, done in statement.settled]
    return more


def _results(policy: Policy, statement: Statement, table: FigureTable) -> list[dict[str, object]]:
    rules = {rule.measure.id: rule for rule in policy.results}
    return [
        {
            "id": figure.name,
            "value": shown(figure.value),
            "unit": policy.version.results[figure.name].unit,
            "grade": statement.values.get(f"{figure.name}_grade"),
            "every": rules[figure.name].every,
            "final": ends(statement.month, rules[figure.name].every),
            "clause": rules[figure.name].measure.clause,
            "figure": table.add(figure),
        }
        for figure in statement.results
    ]


def _waiting(each: OpenAction, statement: Statement, done: date | None = None) -> dict[str, object]:
    """Return an action that waits, or that was done on a day; it is overdue after the day by which it was due."""
    shown_action: dict[str, object] = {
        "id": each.action,
        "month": str(each.month),
        "due": None if each.due is None else str(each.due),
        "overdue": each.due is not None and each.due < (done or statement.month.last),
    }
    return shown_action if done is None else {**shown_action, "settled": str(done)}


def _absence(statement: Statement, table: FigureTable) -> dict[str, object] | None:
    absence = statement.absence
    if statement.card is not None or absence is None:
        return None
    place = None if absence.place is None else str(absence.place)
    if absence.left is not None:
        return {"reason": "left", "left": str(absence.left), "at": place}
    if absence.reason is not None:
        return {"reason": absence.reason, "at": place}
    if absence.every is not None:
        return {"every": absence.every, "at": None}
    if absence.rule is not None:
        return {
            "rule": absence.rule.name,
            "clause": absence.rule.clause,
            "figure": table.add(absence.rule),
            "at": place,
        }
    return {"missing": list(absence.missing), "at": place}


def _items(policy: Policy, statement: Statement, table: FigureTable) -> list[dict[str, object]]:
    figures = {figure.name: figure for figure in statement.card.items} if statement.card else {}
    return [
        {
            "id": rule.id,
            "points": shown(figures[rule.id].value),
            "of": plain(rule.most),
            "figure": table.add(figures[rule.id]),
        }
        for rule in policy.items
        if rule.id in figures
    ]


def _inputs(policy: Policy, statement: Statement, table: FigureTable) -> list[dict[str, object]]:
    """Return the inputs that are not scored directly; those are items."""
    cells, items = statement.case.cells, {rule.id for rule in policy.items}
    return [
        {
            "id": name,
            "value": "n/a" if cells[name].value is None else shown(cells[name].value),
            "unit": unit_of(spec),
            "figure": table.add(cells[name]),
        }
        for name, spec in policy.inputs.items()
        if name in cells and name not in items
    ]


def _blocked(policy: Policy, statement: Statement) -> dict[str, object] | None:
    rule = statement.barred
    if rule is None or policy.version.moves is None:
        return None
    demoted = [str(month) for month in barring(policy, statement.month, statement.case.standing)]
    return {"transition": rule.id, "demoted": demoted, "clause": policy.version.moves.clause}


def _outlook(statement: Statement) -> dict[str, object] | None:
    found = statement.outlook
    if found is None:
        return None
    rule = found.transition
    return {
        "tier": rule.to,
        "transition": rule.id,
        "clause": rule.clause,
        "score": plain(found.score),
        "gap": plain(found.gap),
    }


def _complaint(filed: Filed[Complaint]) -> tuple[str, str, dict[str, object]]:
    record = filed.record
    shown_record: dict[str, object] = {
        "complaint": record.complaint,
        "received": str(record.received),
        "category": record.category,
        "severity": record.severity,
        "status": record.status,
        "decided": str(record.decided.on) if record.decided else None,
        "at": str(filed.place("status")),
    }
    return record.agent, record.complaint, shown_record


def _event(filed: Filed[Event]) -> tuple[str, str, dict[str, object]]:
    record = filed.record
    shown_record: dict[str, object] = {
        "event": record.event,
        "kind": record.kind,
        "on": str(record.on),
        "amount": None if record.amount is None else f"{record.amount:.2f}",
        "note": record.note,
        "reviewed": record.reviewed is not None,
        "at": str(filed.place("kind")),
    }
    return record.agent or record.team or "", record.event, shown_record


def _appeal(filed: Filed[Appeal]) -> tuple[str, str, dict[str, object]]:
    record = filed.record
    shown_record: dict[str, object] = {
        "appeal": record.appeal,
        "filed": str(record.filed),
        "about": {key: str(value) for key, value in record.about},
        "status": record.status,
        "decided": str(record.decided.on) if record.decided else None,
        "decided_by": record.decided.by if record.decided else None,
        "outcome": record.outcome,
        "at": str(filed.place("status")),
    }
    return record.agent, record.appeal, shown_record


def _adjustment(filed: Filed[Adjustment]) -> dict[str, object]:
    record = filed.record
    return {
        "adjustment": record.adjustment,
        "agent": record.agent,
        "corrects": str(record.corrects),
        "reason": record.reason,
        "appeal": record.appeal,
        "at": str(filed.place("corrects")),
    }


def _by_agent(found: Iterable[tuple[str, str, dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """Group by subject, in the order of ids."""
    grouped: dict[str, list[dict[str, object]]] = {}
    for subject, _, record in sorted(found, key=lambda each: each[1]):
        grouped.setdefault(subject, []).append(record)
    return grouped


def _of(events: Mapping[str, list[dict[str, object]]], statement: Statement) -> list[dict[str, object]]:
    return events.get(statement.case.agent, []) + events.get(statement.case.team, [])


def _amount(figure: Figure) -> Decimal:
    return figure.value if isinstance(figure.value, Decimal) else ZERO


def _money(figure: Figure) -> str:
    return f"{_amount(figure):.2f}"


def _positive(amount: Decimal) -> Decimal:
    return abs(amount)


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum(map(_amount, figures), ZERO)
