"""Actions: what a person must now do or decide; never carried out by the program."""

from __future__ import annotations

from kpigen.policy.fields import ClauseNumber
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, LabelField, Slug

__all__ = ["Action"]


class Action(Record):
    """An action that is due ``when`` its condition holds."""

    id: Slug
    name: LabelField
    clause: ClauseNumber
    when: ExpressionText
