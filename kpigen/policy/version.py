"""A policy version as its file states it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from kpigen.policy.action import Action
from kpigen.policy.award import Award
from kpigen.policy.clause import Clause
from kpigen.policy.example import Example
from kpigen.policy.fields import ClauseNumber, Name
from kpigen.policy.inputs import InputField
from kpigen.policy.items import ItemField
from kpigen.policy.pay import PayLine
from kpigen.policy.rounding import Rounding
from kpigen.policy.score import Grade, Score
from kpigen.policy.tier import Moves, Tier, Transition
from kpigen.reading.decode import Record
from kpigen.reading.scalars import Day, ExpressionText, LabelField, MonthField, Number, Prose, Slug, Whole

__all__ = ["Version"]


class Adopted(Record):
    """When and by whom the version was adopted; consultation and publication where they are known."""

    on: Day
    by: Slug
    consulted: Day | None = None
    published: Day | None = None


class Assess(Record):
    """The assessment window: from day ``opens`` to day ``closes`` of the month after the one assessed."""

    every: Literal["month"]
    opens: Whole
    closes: Whole
    clause: ClauseNumber | None = None


class Appeals(Record):
    """Within how many calendar days after the assessment window closes an appeal may be filed."""

    within_days: Whole
    clause: ClauseNumber


class Parameter(Record):
    """A figure that a company sets, named, so that the rules can refer to it."""

    value: Number
    unit: Prose | None = None
    name: LabelField
    clause: ClauseNumber


class EventKind(Record):
    """A kind of event; one with ``amount`` carries money in that currency."""

    name: LabelField
    clause: ClauseNumber
    amount: Prose | None = None


class Complaints(Record):
    """The categories and severities that a complaint may have; any word where they are not listed."""

    categories: Mapping[Slug, LabelField] = Field(default_factory=dict)
    severities: Mapping[Slug, LabelField] = Field(default_factory=dict)
    clause: ClauseNumber


class MeasureRule(Record):
    """A measure worked out from inputs and earlier measures."""

    is_: ExpressionText = Field(alias="is")
    unit: Prose | None = None
    round: Rounding | None = None
    name: LabelField
    clause: ClauseNumber


class Version(Record):
    """The whole file."""

    policy: Slug
    version: MonthField
    title: LabelField
    adopted: Adopted
    currency: Prose
    assess: Assess
    appeals: Appeals | None = None
    parameters: Mapping[Name, Parameter] = Field(default_factory=dict)
    clauses: Mapping[ClauseNumber, Clause]
    inputs: Mapping[Name, InputField]
    events: Mapping[Slug, EventKind] = Field(default_factory=dict)
    complaints: Complaints | None = None
    measures: Mapping[Name, MeasureRule] = Field(default_factory=dict)
    items: Mapping[Name, ItemField] = Field(default_factory=dict)
    score: Score
    grades: Mapping[Slug, Grade] = Field(default_factory=dict)
    tiers: Mapping[Slug, Tier]
    transitions: tuple[Transition, ...] = ()
    moves: Moves | None = None
    pay: tuple[PayLine, ...]
    awards: tuple[Award, ...] = ()
    actions: tuple[Action, ...] = ()
    examples: tuple[Example, ...] = ()
