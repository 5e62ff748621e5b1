"""Worked examples: cases that a policy states itself, computed by the same engine and printed beside its clauses."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from kpigen.policy.fields import ClauseNumber, Numbers
from kpigen.reading.decode import Record
from kpigen.reading.scalars import Day, LabelField, MonthField, Number, Prose, Raw, Slug, Whole

__all__ = ["Colleague", "Example", "Expected", "Given", "Past"]


class Colleague(Record):
    """One agent in one month: a stated score, or inputs to work it out from, and what happened."""

    score: Number | None = None
    inputs: Mapping[str, Raw] = Field(default_factory=dict)
    not_assessed: Prose | None = None
    complaints: Whole = 0
    events: Mapping[Slug, Numbers] = Field(default_factory=dict)


class Past(Colleague):
    """A month just before the one in question."""


class Given(Colleague):
    """The case: the month in question, the tier it (or the first month of ``before``) begins with, and colleagues."""

    month: MonthField | None = None
    tier: Slug
    joined: Day | None = None
    left: Day | None = None
    carried: Mapping[Slug, Number] = Field(default_factory=dict)
    before: tuple[Past, ...] = ()
    others: tuple[Colleague, ...] = ()


class Expected(Record):
    """What must come out; whatever is left out is not compared."""

    score: Number | None = None
    grade: Slug | None = None
    rank: Whole | None = None
    tier: Slug | None = None
    next_tier: Slug | None = None
    transition: Slug | None = None
    pay: Mapping[Slug, Number] | None = None
    gross: Number | None = None
    deductions: Number | None = None
    total: Number | None = None
    awards: tuple[Slug, ...] | None = None
    actions: tuple[Slug, ...] | None = None
    carried: Mapping[Slug, Number] | None = None


class Example(Record):
    """A named case with the clauses it shows."""

    name: LabelField
    clauses: tuple[ClauseNumber, ...]
    given: Given
    expect: Expected
