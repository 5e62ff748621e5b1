"""A record that has a field of every type, for the tests of reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from kpigen.reading.decode import Record, by_key
from kpigen.reading.scalars import (
    AgentId,
    ComplaintId,
    Day,
    ExpressionText,
    Flag,
    LabelField,
    LongProse,
    MonthField,
    Number,
    Prose,
    Raw,
    Slug,
    Whole,
)


class Decided(Record):
    on: Day
    by: Slug


class Points(Record):
    points: Number
    max: Number | None = None


class Amount(Record):
    amount: Literal["CNY"]


Input = Annotated[Points | Amount, by_key(points=Points, amount=Amount)]


class Sample(Record):
    complaint: ComplaintId
    name: LabelField
    agent: AgentId | None = None
    start: MonthField | None = Field(default=None, alias="from")
    status: Literal["open", "upheld", "dismissed"] = "open"
    summary: Prose | None = None
    story: LongProse | None = None
    decided: Decided | None = None
    score: Number | None = None
    scores: tuple[Number, ...] = ()
    count: Whole | None = None
    days: tuple[Day, ...] = ()
    months: tuple[MonthField, ...] = ()
    flags: tuple[Flag, ...] = ()
    people: Annotated[tuple[Slug, ...], Field(min_length=1)] = ("wang.min",)
    when: ExpressionText | None = None
    inputs: Mapping[Slug, Input] | None = None
    agents: Mapping[AgentId, Mapping[str, Raw]] | None = None
