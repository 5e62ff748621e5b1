"""What is due: the closes that departments owe, before a month. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.repository import close_path, survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.month import Month
    from kpigen.snapshot import Snapshot

__all__ = ["due"]


def due(snapshot: Snapshot, before: Month) -> Iterator[tuple[str, Month]]:
    """Yield each department with its earliest month that is not closed: closes come one after the other.

    A month without records between two with some is closed too.

    Args:
        snapshot: the files.
        before: the first month that is not over yet.
    """
    found, _ = survey(snapshot.entries)
    for name, files in sorted(found.departments.items()):
        month, last = min(files.months, default=before), max(files.months, default=before)
        while month <= last and close_path(name, month) in files.months.get(month, ()):
            month = month.plus(1)
        if month <= last and month < before:
            yield name, month
