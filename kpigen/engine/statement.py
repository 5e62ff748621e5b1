"""A statement: the whole result of one agent's month, every value of it a figure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from kpigen.engine.case import Case
from kpigen.engine.scorecard import Scorecard
from kpigen.figure import Figure, Value
from kpigen.month import Month
from kpigen.policy.rules import ActionRule, TransitionRule

__all__ = ["Award", "Line", "Outlook", "Statement"]


class Line(Struct, frozen=True, kw_only=True):
    """A pay line; its figure's value is to the cent, negative for a deduction."""

    id: str
    clause: str
    figure: Figure


class Award(Struct, frozen=True, kw_only=True):
    """An award won: the rank among those admitted, and the amount."""

    id: str
    clause: str
    rank: int
    figure: Figure


class Outlook(Struct, frozen=True, kw_only=True):
    """The next promotion: which transition, the score it needs, and how far the score is from it (0: reached)."""

    transition: TransitionRule
    score: Decimal
    gap: Decimal


class Statement(Struct, frozen=True, kw_only=True):
    """One agent-month.

    ``barred`` is the promotion that was due and could not be, because of a demotion in the same quarter.
    ``values`` are those that the conditions could read, by name.
    """

    case: Case
    month: Month
    card: Scorecard | None
    rank: Figure | None
    tier: Figure
    next_tier: Figure
    transition: TransitionRule | None
    barred: TransitionRule | None
    outlook: Outlook | None
    lines: tuple[Line, ...]
    gross: Figure
    deductions: Figure
    total: Figure
    awards: tuple[Award, ...]
    actions: tuple[tuple[ActionRule, Figure], ...]
    owed: Mapping[str, Decimal]
    values: Mapping[str, Value]
