"""Acknowledgements: which pack of laws a policy is linted by, and what it knowingly leaves as it is, with a reason."""

from __future__ import annotations

from typing import Literal

from kpigen.policy.clause import Bilingual
from kpigen.policy.fields import ClauseNumber
from kpigen.reading.decode import Record
from kpigen.reading.scalars import Slug

__all__ = ["Acknowledged", "LeftToPeople", "Lint"]


class Acknowledged(Record):
    """A warning that stands, of this rule, at this clause or about this id."""

    rule: Slug
    clause: ClauseNumber | None = None
    id: Slug | None = None
    reason: Bilingual


class Lint(Record):
    """How the policy is linted."""

    jurisdiction: Literal["cn"] | None = None
    acknowledge: tuple[Acknowledged, ...] = ()


class LeftToPeople(Record):
    """What of a clause is deliberately not computed, and why."""

    clause: ClauseNumber
    why: Bilingual
