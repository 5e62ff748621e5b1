"""Actions: what a person must now do or decide; never carried out by the program."""

from __future__ import annotations

from kpigen.policy.fields import ClauseNumber, PositiveWhole, Slugs
from kpigen.policy.period import Every
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, Flag, LabelField, Slug

__all__ = ["Action"]


class Action(Record):
    """An action that is due ``when`` its condition holds; without one, a ladder leads to it.

    ``due_days`` after the month's end it must be done; one with ``settled_by`` stays open until an event of one
    of these kinds is recorded, and is overdue after that day. After ``lapses_months`` it no longer counts.
    ``unassessed`` actions are due also in a month in which the agent was not assessed.
    """

    id: Slug
    name: LabelField
    clause: ClauseNumber
    when: ExpressionText | None = None
    every: Every | None = None
    unassessed: Flag = False
    due_days: PositiveWhole | None = None
    lapses_months: PositiveWhole | None = None
    settled_by: Slugs = ()
