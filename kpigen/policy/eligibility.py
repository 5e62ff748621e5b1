"""Eligibility: who is assessed at all. Whoever fails a rule is not, and the rule is the reason that is shown."""

from __future__ import annotations

from kpigen.policy.fields import ClauseNumber
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, LabelField, Slug

__all__ = ["Eligible", "Kept"]


class Kept(Record):
    """A word for a form of employment or a role, with its name and clause."""

    name: LabelField
    clause: ClauseNumber


class Eligible(Record):
    """Only those are assessed for whom ``when`` holds."""

    id: Slug
    name: LabelField
    clause: ClauseNumber
    when: ExpressionText
