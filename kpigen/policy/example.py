"""Worked examples: cases that a policy states itself, computed by the same engine and printed beside its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

from kpigen.policy.fields import ClauseNumber, Name, Numbers
from kpigen.reading.decode import Record
from kpigen.reading.scalars import Day, Flag, LabelField, MonthField, Number, Prose, Raw, Slug, Whole

__all__ = ["ANY_COMPLAINT", "Colleague", "Example", "Expected", "Given", "Past"]


ANY_COMPLAINT: Final = "any"
"""What stands for the kind of a complaint where only the number is stated."""


def _counted(value: object) -> object:
    return {ANY_COMPLAINT: value} if isinstance(value, str) else value


Complaints = Annotated[
    Mapping[Slug, Whole],
    BeforeValidator(_counted),
    WithJsonSchema({"anyOf": [{"type": ["integer", "string"]}, {"type": "object"}]}),
]
"""How many complaints, ``2``, or how many of each category or severity, ``{attitude: 1}``."""


class Colleague(Record):
    """One agent in one month: a stated score, or inputs to work it out from, and what happened.

    ``complaints`` are upheld ones: how many, or how many of each category or severity. Whoever states no ``team``
    is in the same.
    """

    score: Number | None = None
    inputs: Mapping[str, Raw] = Field(default_factory=dict)
    not_assessed: Prose | None = None
    complaints: Complaints = Field(default_factory=dict)
    team: Slug | None = None
    role: Slug | None = None
    employment: Slug | None = None
    events: Mapping[Slug, Numbers] = Field(default_factory=dict)


class Past(Colleague):
    """A month just before the one in question; ``won`` are the awards of that month."""

    won: tuple[Slug, ...] = ()


class Given(Colleague):
    """The case: the month in question, the tier it (or the first month of ``before``) begins with, and colleagues.

    Without ``joined`` the agent has been there for two years and a half.
    """

    month: MonthField | None = None
    tier: Slug | None = None
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
    results: Mapping[Name, Raw] | None = None
    assessed: Flag | None = None


class Example(Record):
    """A named case with the clauses it shows."""

    name: LabelField
    clauses: tuple[ClauseNumber, ...]
    given: Given
    expect: Expected
