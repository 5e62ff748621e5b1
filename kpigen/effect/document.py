"""The effect as JSON: what another program may rely on. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from kpigen.finding import Severity

if TYPE_CHECKING:
    from decimal import Decimal

    from kpigen.effect.changes import Change, Changed, Effect, MonthChange
    from kpigen.effect.stated import Cause
    from kpigen.finding import Finding
    from kpigen.text import Lang

__all__ = ["EffectDocument", "FindingOf", "as_json", "finding_of", "written"]


class RowOf(Struct, kw_only=True):
    """What differs: ``before`` and ``after`` as the documents of the months write them; null is nothing.

    ``applied`` tells whether its rule applied before and after.
    """

    kind: str
    id: str
    name: str
    before: str | None
    after: str | None
    clause: str | None
    applied: tuple[bool, bool]
    causes: list[int]


class CauseOf(Struct, kw_only=True):
    """From what it follows; ``at`` is ``path:line:column`` or a path."""

    kind: str
    id: str
    name: str
    before: str
    after: str
    at: str | None


class ChangeOf(Struct, kw_only=True):
    """An agent's month; ``causes`` of a row are positions in ``causes``."""

    agent: str
    name: str
    state: str
    pay: tuple[str | None, str | None]
    difference: str
    rows: list[RowOf]
    causes: list[CauseOf]


class MonthOf(Struct, kw_only=True):
    """A department's month; pairs are before and after."""

    department: str
    month: str
    state: str
    status: tuple[str | None, str | None]
    agents: tuple[int, int]
    pay: tuple[str | None, str | None]
    difference: str
    changes: list[ChangeOf]
    rank_only: list[str]


class FindingOf(Struct, kw_only=True):
    """A finding."""

    at: str
    severity: str
    rule: str
    message: str


class UncomparedOf(Struct, kw_only=True):
    """A department's months that errors of the base or of the proposal keep from being compared."""

    department: str
    months: list[str]
    base: bool
    proposal: bool


class FindingsOf(Struct, kw_only=True):
    """The findings of one side only."""

    new: list[FindingOf]
    solved: list[FindingOf]


class EffectDocument(Struct, kw_only=True):
    """All of it; ``schema`` is ``kpigen/effect/v1``."""

    schema: str
    difference: str
    months: list[MonthOf]
    findings: FindingsOf
    uncompared: list[UncomparedOf]


def as_json(found: Effect, lang: Lang) -> str:
    """Return the effect as JSON, its keys and lists in a fixed order."""
    document = EffectDocument(
        schema="kpigen/effect/v1",
        difference=f"{found.difference:.2f}",
        months=[_month(month) for month in found.months],
        findings=FindingsOf(
            new=[finding_of(each, lang) for each in found.new],
            solved=[finding_of(each, lang) for each in found.solved],
        ),
        uncompared=[
            UncomparedOf(department=each.department, months=list(each.months), base=each.before, proposal=each.after)
            for each in found.uncompared
        ],
    )
    return written(document)


def written(document: Struct) -> str:
    """Return a document as JSON that people can read."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode()


def finding_of(finding: Finding, lang: Lang) -> FindingOf:
    """Return a finding as it is written."""
    severity = "error" if finding.severity is Severity.ERROR else "warning"
    return FindingOf(at=str(finding.place), severity=severity, rule=finding.rule.id, message=finding.message.said(lang))


def _month(month: MonthChange) -> MonthOf:
    return MonthOf(
        department=month.department,
        month=month.month,
        state=month.state,
        status=month.status,
        agents=month.agents,
        pay=(_amount(month.pay[0]), _amount(month.pay[1])),
        difference=f"{month.difference:.2f}",
        changes=[_change(change) for change in month.changes],
        rank_only=list(month.rank_only),
    )


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _change(change: Change) -> ChangeOf:
    return ChangeOf(
        agent=change.agent,
        name=change.name,
        state=change.state,
        pay=change.pay,
        difference=f"{change.difference:.2f}",
        rows=[_row(row) for row in change.rows],
        causes=[_cause(cause) for cause in change.causes],
    )


def _row(changed: Changed) -> RowOf:
    row = changed.row
    return RowOf(
        kind=row.kind,
        id=row.id,
        name=row.name,
        before=row.values[0],
        after=row.values[1],
        clause=row.clause,
        applied=row.applied,
        causes=list(changed.causes),
    )


def _cause(cause: Cause) -> CauseOf:
    return CauseOf(kind=cause.kind, id=cause.id, name=cause.name, before=cause.before, after=cause.after, at=cause.at)
