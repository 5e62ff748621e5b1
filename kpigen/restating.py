"""Restating: an agent's case of a closed month, as the adjustments about that month say it. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpigen.engine import Absence, Happening, Restated
from kpigen.figure import Figure, given
from kpigen.reading.faults import Fault
from kpigen.records import NOT_ASSESSED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpigen.engine import Case
    from kpigen.figure import Value
    from kpigen.finding import Place
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.policy.inputs import InputSpec
    from kpigen.reading.decode import Record
    from kpigen.reading.nodes import Scalar
    from kpigen.records import Adjustment
    from kpigen.repository import Filed, MonthRecords

__all__ = ["cell_figure", "completed", "differences", "in_order", "last_words", "restated"]


def in_order(adjustments: Iterable[Filed[Adjustment]]) -> tuple[Filed[Adjustment], ...]:
    """Return adjustments by their ids, so that of two about one thing the later counts."""

    def numbers(filed: Filed[Adjustment]) -> tuple[str, int]:
        stated = filed.record.adjustment
        return stated[:9], int(stated[10:])

    return tuple(sorted(adjustments, key=numbers))


def cell_figure(policy: Policy, name: str, spec: InputSpec, filed: Filed[Record], cell: Scalar) -> Figure:
    """Return a cell that can be read as a leaf, which stands where the cell stands."""
    value = policy.readers[name](cell)
    if isinstance(value, Fault):
        raise TypeError("records with errors are not computed")
    return Figure(name, value, None, (), spec.clause, filed.at(cell))


def completed(
    policy: Policy, month: Month, role: str | None, cells: Mapping[str, Figure], place: Place | None
) -> tuple[Mapping[str, Figure], Absence | None]:
    """Return a line's cells with those that may be missing, and why there is no assessment where others are.

    Args:
        policy: the version in force in ``month``.
        month: the month of the line.
        role: the agent's role in it.
        cells: those that are filled in.
        place: where the line stands.
    """
    due = {**policy.own_inputs(role, month), **policy.team_inputs(month)}
    filled = dict(cells)
    for name, spec in due.items():
        if name not in filled and spec.missing:
            filled[name] = Figure(name, None, None, (), spec.clause, place)
    missing = tuple(name for name in due if name not in filled)
    return filled, Absence(missing=missing, place=place) if missing else None


def restated(policy: Policy, records: MonthRecords, case: Case, adjustments: Iterable[Filed[Adjustment]]) -> Case:
    """Return a case with what adjustments restate put in.

    Args:
        policy: the version in force in the case's month.
        records: that month's records, free of errors.
        case: the case as it was approved.
        adjustments: those about this month and this agent, free of errors, in any order.
    """
    ordered = in_order(adjustments)
    if not ordered:
        return case
    cells, absence = _line(policy, records.month, case, ordered)
    return replace(
        case,
        cells=cells,
        absence=absence,
        complaints=_complaints(records, case, ordered),
        events=_events(case, ordered),
        place=ordered[-1].place("corrects"),  # where later months find what they look back at
    )


def _line(
    policy: Policy, month: Month, case: Case, adjustments: Sequence[Filed[Adjustment]]
) -> tuple[Mapping[str, Figure], Absence | None]:
    """Return the line's cells and why there is no assessment."""
    own, together = policy.own_inputs(case.role, month), policy.team_inputs(month)
    cells, said = dict(case.cells), case.absence
    for filed in adjustments:
        inputs = filed.record.inputs
        if NOT_ASSESSED in inputs:
            said = Absence(reason=str(inputs[NOT_ASSESSED]), place=filed.place("inputs", NOT_ASSESSED))
        elif inputs:
            said = None
            cells |= {
                name: cell_figure(policy, name, own[name] if name in own else together[name], filed, cell)
                for name, cell in inputs.items()
            }
    if case.absence and case.absence.every is not None:
        return cells, case.absence  # no assessment is due, whatever is stated
    if said is None:
        return completed(policy, month, case.role, cells, case.place)
    if said.reason is not None:
        return {name: cell for name, cell in cells.items() if name in together}, said
    return cells, said


def last_words(
    adjustments: Iterable[Filed[Adjustment]], key: str
) -> Mapping[str, tuple[str | Decimal, Filed[Adjustment]]]:
    """Return what adjustments, in their order, say last about each complaint or event, and which of them says it."""
    return {name: (value, filed) for filed in adjustments for name, value in sorted(getattr(filed.record, key).items())}


def _complaints(records: MonthRecords, case: Case, adjustments: Sequence[Filed[Adjustment]]) -> tuple[Happening, ...]:
    """Return the complaints that are upheld after all."""
    found = {each.id: each for each in case.complaints}
    listed = {filed.record.complaint: filed.record for filed in records.complaints}
    for name, (status, filed) in last_words(adjustments, "complaints").items():
        if status == "dismissed":
            found.pop(name, None)
        elif name not in found:
            record, place = listed[name], filed.place("complaints", name)
            found[name] = Happening(id=name, kind=record.category, also=record.severity, place=place)
    return tuple(sorted(found.values(), key=lambda each: each.id))


def _events(case: Case, adjustments: Sequence[Filed[Adjustment]]) -> tuple[Happening, ...]:
    """Return the events that still count, with the amounts that they have now."""
    said = last_words(adjustments, "events")
    kept = []
    for event in case.events:
        amount, filed = said.get(event.id, (None, None))
        if filed is None:
            kept.append(event)
        elif isinstance(amount, Decimal):
            kept.append(replace(event, amount=amount, place=filed.place("events", event.id)))
    return tuple(kept)


def differences(before: Case, after: Case, adjustments: Iterable[Filed[Adjustment]]) -> tuple[Restated, ...]:
    """Return what adjustments restate of one month, as it was before them and as it is with them.

    Args:
        before: the case with all earlier adjustments.
        after: the case with these too.
        adjustments: these, in any order.
    """
    found: dict[tuple[str, str], Restated] = {}

    def note(kind: str, name: str, place: Place, sides: list[Figure | None]) -> None:
        found[kind, name] = Restated(kind, name, place, *sides)

    cases = (before, after)
    for filed in in_order(adjustments):
        record = filed.record
        for name in record.inputs:
            sides = [_reason(case) if name == NOT_ASSESSED else case.cells.get(name) for case in cases]
            note("input", name, filed.place("inputs", name), sides)
        if record.inputs and _reason(before) and NOT_ASSESSED not in record.inputs:
            note("input", NOT_ASSESSED, filed.place("inputs"), [_reason(case) for case in cases])
        for name in sorted(record.complaints):
            sides = [_fate(name, case.complaints, "upheld", "dismissed") for case in cases]
            note("complaint", name, filed.place("complaints", name), sides)
        for name in sorted(record.events):
            sides = [_fate(name, case.events, "counted", WITHDRAWN) for case in cases]
            note("event", name, filed.place("events", name), sides)
    return tuple(found.values())


def _reason(case: Case) -> Figure | None:
    absence = case.absence
    return given(NOT_ASSESSED, absence.reason, absence.place) if absence and absence.reason is not None else None


def _fate(name: str, happened: Iterable[Happening], counts: str, not_any_more: str) -> Figure | None:
    """Return the word for a complaint or an event that counts or not; of an event with an amount, the amount."""
    each = next((each for each in happened if each.id == name), None)
    word: Value = counts if each and each.amount is None else each.amount if each else not_any_more
    return given(name, word, each.place if each else None)
