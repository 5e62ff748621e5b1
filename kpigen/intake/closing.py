"""Closing: what a ``close.yaml`` says, and what must be so before it can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen import closes
from kpigen.intake.desk import Desk, MisuseError, require_policy
from kpigen.intake.fresh import table
from kpigen.layout import arrange
from kpigen.month import Month, Period
from kpigen.reading.nodes import Document
from kpigen.repository import close_path, read_month
from kpigen.seal import blob, close_digest
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpigen.reading.nodes import Node
    from kpigen.seal import Sealed, SealedPeriod
    from kpigen.snapshot import Snapshot

__all__ = [
    "assessors",
    "close_text",
    "period_text",
    "require_closable",
    "require_closer",
    "when_meant",
]


def when_meant(text: str) -> Month | Period:
    """Return the month or the longer period that is named.

    Raises:
        MisuseError: it is neither.
    """
    when = Month.parse(text) or Period.parse(text.upper())
    if when is None:
        raise MisuseError(
            say("“{text}” is no month and no longer period; write it like 2026-09, 2026-Q3, 2026-H2 or 2026", text=text)
        )
    return when


def require_closable(desk: Desk, when: Month | Period) -> None:
    """Refuse what has no records, is closed already, or comes after something that is open.

    Raises:
        MisuseError: which of these it is.
    """
    if isinstance(when, Month):
        _require_month_closable(desk, when)
    else:
        _require_period_closable(desk, when)


def _require_month_closable(desk: Desk, month: Month) -> None:
    """Refuse a month that has no records, that is closed already, or before which one is open.

    A month without records between two that have some is closed as well, so that nothing comes into it later.

    Raises:
        MisuseError: which of these it is.
    """
    _require_records(desk, [month])
    if desk.closed(month):
        raise MisuseError(say("{month} of {department} is closed already", month=str(month), department=desk.folder))
    earlier = min(desk.files.months)
    while desk.closed(earlier):
        earlier = earlier.plus(1)
    if earlier < month:
        raise MisuseError(say("{earlier} is not closed; months are closed one after the other", earlier=str(earlier)))


def _require_period_closable(desk: Desk, period: Period) -> None:
    """Refuse a period that has no records, that is closed already, of which a month is open, or that is out of turn.

    Raises:
        MisuseError: which of these it is.
    """
    within = closes.counted(period, desk.files.months)
    _require_records(desk, within or period.months)
    if period in desk.files.periods:
        raise MisuseError(say("{month} of {department} is closed already", month=str(period), department=desk.folder))
    opened = next((month for month in within if not desk.closed(month)), None)
    if opened is not None:
        message = say(
            "{month} is not closed; {period} is closed when all its months are", month=str(opened), period=str(period)
        )
        raise MisuseError(message)
    alike = [each for each in desk.files.periods if each.length == period.length]
    before, later = period.plus(-1), [each for each in sorted(alike) if each > period]
    if later:
        raise MisuseError(
            say("{later} is closed already; {period} comes before it", later=str(later[0]), period=str(period))
        )
    if alike and before not in alike:
        raise MisuseError(
            say("{earlier} is not closed; periods are closed one after the other", earlier=str(max(alike).plus(1)))
        )


def _require_records(desk: Desk, months: Iterable[Month]) -> None:
    """Refuse months of which none lies among those that the department has records for.

    Raises:
        MisuseError: none does.
    """
    named, known = list(months), desk.files.months
    if not known:
        raise MisuseError(say("{department} has no records of any month yet", department=desk.folder))
    first, last = min(known), max(known)
    if not any(first <= month <= last for month in named):
        raise MisuseError(
            say(
                "{department} has no records of {month}; they reach from {first} to {last}",
                department=desk.folder,
                month=str(named[0]),
                first=str(first),
                last=str(last),
            )
        )


def assessors(snapshot: Snapshot, desk: Desk, month: Month) -> Mapping[str, tuple[str, ...]]:
    """Return who assessed a month, each with the sheets."""
    records, _ = read_month(snapshot, desk.folder, month, desk.files.months.get(month, ()))
    found: dict[str, tuple[str, ...]] = {}
    for sheet in sorted(records.sheets, key=lambda sheet: sheet.stem):
        found[sheet.record.assessor] = (*found.get(sheet.record.assessor, ()), sheet.stem)
    return found


def require_closer(snapshot: Snapshot, desk: Desk, when: Month | Period, person: str) -> None:
    """Refuse somebody who does not review for the department, or who assessed the month.

    Raises:
        MisuseError: which of these it is.
    """
    reviewers = desk.roster.department.record.reviewers
    if person not in reviewers:
        near = nearest(person, reviewers)
        if near:
            raise MisuseError(say("{person} is no reviewer; did you mean {near}?", person=person, near=near))
        raise MisuseError(say("{person} is no reviewer; there are: {names}", person=person, names=", ".join(reviewers)))
    own = assessors(snapshot, desk, when).get(person) if isinstance(when, Month) else None
    if own:
        raise MisuseError(
            say("{person} assessed {teams} and cannot close the month", person=person, teams=", ".join(own))
        )


def close_text(snapshot: Snapshot, desk: Desk, month: Month, sealed: Sealed) -> str:
    """Return the close of a month.

    Args:
        snapshot: the files.
        desk: the department.
        month: the month, which can be closed.
        sealed: its result.
    """
    policy = require_policy(desk, month)
    paths = sorted((policy.path, *desk.files.months.get(month, ())))
    stated: dict[str, Node | str] = {
        "department": desk.folder,
        "month": str(month),
        "policy": table({"id": policy.id, "version": str(policy.month)}),
        "inputs": table({path: blob(snapshot.read(path)) for path in paths}),
        "result": sealed.result,
    }
    before = close_path(desk.folder, month.plus(-1))
    if before in desk.files.months.get(month.plus(-1), ()):
        stated["previous"] = close_digest(snapshot.read(before))
    return _arranged(desk, month, stated, sealed)


def period_text(snapshot: Snapshot, desk: Desk, period: Period, sealed: SealedPeriod) -> str:
    """Return the close of a quarter, a half-year or a year.

    Args:
        snapshot: the files.
        desk: the department.
        period: the period, which can be closed.
        sealed: what its months come to.
    """
    stated: dict[str, Node | str] = {
        "department": desk.folder,
        "period": str(period),
        "months": table({str(month): digest for month, digest in sealed.months.items()}),
    }
    link = closes.period_link(snapshot, desk.files.periods, period)
    if link.digest:
        stated["previous"] = link.digest
    return _arranged(desk, period, stated, sealed)


def _arranged(desk: Desk, when: Month | Period, stated: Mapping[str, Node | str], sealed: Sealed | SealedPeriod) -> str:
    """Write a close down, with what every close states at its end."""
    sums = {
        "totals": table(dict(sealed.totals)),
        "agents": table({agent: table(dict(line)) for agent, line in sealed.agents.items()}),
    }
    return arrange(Document(close_path(desk.folder, when), table({**stated, **sums})), "")
