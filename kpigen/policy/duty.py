"""Duties and procedure: what the department itself must do, by when, and who proposes and reviews."""

from __future__ import annotations

from typing import Literal

from kpigen.policy.fields import ClauseNumber, PositiveWhole
from kpigen.policy.period import Every
from kpigen.reading.decode import Record
from kpigen.reading.scalars import LabelField, Slug, Whole

__all__ = ["Duty", "Procedure"]


class Duty(Record):
    """What is due ``due_days`` after the end of every month, quarter, half-year or year, such as an evaluation.

    It is done when ``department.yaml`` says so for that period, and overdue otherwise.
    """

    id: Slug
    name: LabelField
    clause: ClauseNumber
    every: Literal["month"] | Every
    by: Slug
    due_days: Whole


class Procedure(Record):
    """Who proposes and who reviews an event, and within how many calendar days of it."""

    propose: Literal["supervisor", "anybody"] = "anybody"
    review: Literal["reviewer"] = "reviewer"
    review_days: PositiveWhole | None = None
    clause: ClauseNumber
