"""Clauses: the numbered text of a policy, in both languages, with our reading where the text is silent."""

from __future__ import annotations

from kpigen.policy.fields import ClauseNumber
from kpigen.reading.decode import Record
from kpigen.reading.scalars import LongProse

__all__ = ["Bilingual", "Clause", "ClauseNumber"]


class Bilingual(Record):
    """A text in both languages."""

    zh: LongProse
    en: LongProse


class Clause(Bilingual):
    """One clause; ``interpretation`` says openly how we decided what its text leaves open."""

    interpretation: Bilingual | None = None
