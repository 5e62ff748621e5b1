"""A policy version as its file states it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from kpigen.policy.acknowledgement import LeftToPeople, Lint
from kpigen.policy.action import Action
from kpigen.policy.awards import AwardField
from kpigen.policy.clause import Clause
from kpigen.policy.duty import Duty, Procedure
from kpigen.policy.eligibility import Eligible, Kept
from kpigen.policy.example import Example
from kpigen.policy.fields import ClauseNumber, Name, PositiveWhole
from kpigen.policy.inputs import InputField
from kpigen.policy.items import ItemField
from kpigen.policy.ladder import Ladder
from kpigen.policy.measures import MeasureField
from kpigen.policy.pay import PayLine
from kpigen.policy.period import Every
from kpigen.policy.score import Grade, Score
from kpigen.policy.tier import Moves, Tier, Transition
from kpigen.reading.decode import Record
from kpigen.reading.scalars import Day, LabelField, MonthField, Number, Prose, Slug, Whole

__all__ = ["Version"]


class Adopted(Record):
    """When and by whom the version was adopted; consultation and publication where they are known."""

    on: Day
    by: Slug
    consulted: Day | None = None
    published: Day | None = None


class Assess(Record):
    """How often agents are assessed, and the window: from day ``opens`` to day ``closes`` of the month after.

    Whoever assesses quarters writes sheets in the last month of each, for the whole quarter.
    """

    every: Literal["month"] | Every
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
    """The categories and severities that a complaint may have; any word where they are not listed.

    Within ``decide_days`` and ``follow_up_days`` of its receipt it is to be decided and followed up.
    """

    categories: Mapping[Slug, LabelField] = Field(default_factory=dict)
    severities: Mapping[Slug, LabelField] = Field(default_factory=dict)
    decide_days: PositiveWhole | None = None
    follow_up_days: PositiveWhole | None = None
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
    employment: Mapping[Slug, Kept] = Field(default_factory=dict)
    roles: Mapping[Slug, Kept] = Field(default_factory=dict)
    eligible: tuple[Eligible, ...] = ()
    inputs: Mapping[Name, InputField] = Field(default_factory=dict)
    events: Mapping[Slug, EventKind] = Field(default_factory=dict)
    complaints: Complaints | None = None
    procedure: Procedure | None = None
    duties: tuple[Duty, ...] = ()
    measures: Mapping[Name, MeasureField] = Field(default_factory=dict)
    items: Mapping[Name, ItemField] = Field(default_factory=dict)
    score: Score | None = None
    grades: Mapping[Slug, Grade] = Field(default_factory=dict)
    results: Mapping[Name, MeasureField] = Field(default_factory=dict)
    tiers: Mapping[Slug, Tier] = Field(default_factory=dict)
    transitions: tuple[Transition, ...] = ()
    moves: Moves | None = None
    pay: tuple[PayLine, ...] = ()
    awards: tuple[AwardField, ...] = ()
    actions: tuple[Action, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    left_to_people: tuple[LeftToPeople, ...] = ()
    lint: Lint | None = None
    examples: tuple[Example, ...] = ()
