"""Closing: what a month's ``close.yaml`` says, once everything that may stand against it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.intake.desk import Desk, MisuseError, require_policy
from kpigen.intake.fresh import table
from kpigen.layout import arrange
from kpigen.reading.nodes import Document
from kpigen.repository import read_month
from kpigen.seal import blob, close_digest
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from kpigen.month import Month
    from kpigen.reading.nodes import Node
    from kpigen.seal import Sealed
    from kpigen.snapshot import Snapshot

__all__ = ["close_path", "close_text", "require_closable", "require_closer"]


def close_path(desk: Desk, month: Month) -> str:
    """Return where a month's close lies."""
    return f"records/{desk.folder}/{month}/close.yaml"


def require_closable(desk: Desk, month: Month) -> None:
    """Refuse a month that has no records, that is closed already, or before which one is open.

    Raises:
        MisuseError: which of these it is.
    """
    months = sorted(desk.files.months)
    if not months or not months[0] <= month <= months[-1]:
        raise MisuseError(say("{department} has no records of {month}", department=desk.folder, month=str(month)))
    if desk.closed(month):
        raise MisuseError(say("{month} of {department} is closed already", month=str(month), department=desk.folder))
    earlier = next((each for each in months if each < month and not desk.closed(each)), None)
    if earlier is not None:
        raise MisuseError(say("{earlier} is not closed; months are closed one after the other", earlier=str(earlier)))


def require_closer(snapshot: Snapshot, desk: Desk, month: Month, person: str) -> None:
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
    records, _ = read_month(snapshot, desk.folder, month, desk.files.months.get(month, ()))
    own = sorted(sheet.stem for sheet in records.sheets if sheet.record.assessor == person)
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
    before = close_path(desk, month.plus(-1))
    if before in desk.files.months.get(month.plus(-1), ()):
        stated["previous"] = close_digest(snapshot.read(before))
    stated["totals"] = table(dict(sealed.totals))
    stated["agents"] = table({agent: table(dict(line)) for agent, line in sealed.agents.items()})
    names = {agent: filed.record.name.zh for agent, filed in desk.roster.agents.items() if agent in sealed.agents}
    return arrange(Document(close_path(desk, month), table(stated)), "", names)
