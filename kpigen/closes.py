"""The closes of a department: a quarter, a half-year or a year is closed from its months, which are all closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.finding import Finding
from kpigen.records import Close, PeriodClose
from kpigen.repository import close_path, read_record
from kpigen.seal import CLOSE_CHAIN, Link, check_period_seal, close_digest, seal_period
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.month import Month, Period
    from kpigen.seal import SealedPeriod
    from kpigen.snapshot import Snapshot

__all__ = ["check_period", "counted", "gather", "period_files", "period_link"]


def counted(period: Period, months: Iterable[Month]) -> tuple[Month, ...]:
    """Return the months of a period from the department's first one on.

    Args:
        period: the period.
        months: the months that the department has records for.
    """
    first = min(months, default=None)
    return tuple(month for month in period.months if first is not None and month >= first)


def period_link(snapshot: Snapshot, closed: Mapping[Period, str], period: Period) -> Link:
    """Return where a period's close hangs in the chain of those of its length.

    The first one that a department closes follows none: nobody must begin with the department's first quarter.

    Args:
        snapshot: the files.
        closed: the paths of the closes of periods.
        period: the period.
    """
    if not any(each.length == period.length and each < period for each in closed):
        return Link(before=None, digest=None)
    before = period.plus(-1)
    return Link(before=str(before), digest=close_digest(snapshot.read(closed[before])) if before in closed else None)


def period_files(folder: str, months: Iterable[Month], closed: Mapping[Period, str], period: Period) -> list[str]:
    """Return every file that the close of a period is compared with, itself among them; not all must be there."""
    beside = [path for path in (closed.get(period), closed.get(period.plus(-1))) if path]
    return [*beside, *(close_path(folder, month) for month in counted(period, months))]


def gather(snapshot: Snapshot, folder: str, months: Iterable[Month]) -> SealedPeriod | None:
    """Return what the close of a period of these months states; None when one of their closes cannot be read."""
    read: dict[Month, tuple[Close, str]] = {}
    for month in months:
        path = close_path(folder, month)
        filed, _ = read_record(snapshot, path, Close)
        if filed is None:
            return None
        read[month] = (filed.record, close_digest(snapshot.read(path)))
    return seal_period(read)


def check_period(
    snapshot: Snapshot, folder: str, months: Mapping[Month, Iterable[str]], closed: Mapping[Period, str], period: Period
) -> Iterator[Finding]:
    """Yield what is wrong with the close of a period.

    Args:
        snapshot: the files.
        folder: the department's folder.
        months: the paths of the files of each of its months.
        closed: the paths of its closes of periods.
        period: one of these.
    """
    filed, findings = read_record(snapshot, closed[period], PeriodClose)
    yield from findings
    if filed is None:
        return
    within = counted(period, months)
    opened = [month for month in within if close_path(folder, month) not in months.get(month, ())]
    if opened or not within:
        message = (
            say("{period} is closed, and {month} in it is not.", period=str(period), month=str(opened[0]))
            if (opened)
            else say("{period} is closed, and the department has no records of it.", period=str(period))
        )
        yield Finding.of(CLOSE_CHAIN, filed.place("period"), message, say("Remove this close."))
        return
    computed = gather(snapshot, folder, within)
    if computed is not None:  # else what is wrong with a month's close is said there
        yield from check_period_seal(filed, computed, period_link(snapshot, closed, period))
