"""A statement: the whole result of one agent's month, every value of it a figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from kpigen.engine.case import Absence, Case, OpenAction
from kpigen.engine.scorecard import Scorecard
from kpigen.figure import Figure, Value
from kpigen.month import Month
from kpigen.policy.rules import ActionRule, TransitionRule

__all__ = ["Award", "Due", "Line", "Outlook", "Statement"]


class Line(Struct, frozen=True, kw_only=True):
    """A pay line; its figure's value is to the cent, negative for a deduction."""

    id: str
    clause: str
    figure: Figure


class Award(Struct, frozen=True, kw_only=True):
    """An award won: the rank among those admitted (None: there are no places), and the amount, which may be 0."""

    id: str
    clause: str
    rank: int | None
    figure: Figure


class Outlook(Struct, frozen=True, kw_only=True):
    """The next promotion: which transition, the score it needs, and how far the score is from it (0: reached)."""

    transition: TransitionRule
    score: Decimal
    gap: Decimal


class Due(Struct, frozen=True, kw_only=True):
    """An action that is due: the rule, why, by when it must be done, and until when it counts.

    ``ladder`` is the ladder that led to it.
    """

    rule: ActionRule
    figure: Figure
    ladder: str | None = None
    due: date | None = None
    lapses: date | None = None


class Statement(Struct, frozen=True, kw_only=True):
    """One agent-month.

    ``barred`` is the promotion that was due and could not be, because of a demotion in the same quarter.
    ``open`` are actions that wait for their outcome, ``settled`` those that this month has settled, and on which day.
    ``results`` are the policy's results, ``absence`` is why there is no assessment.
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
    actions: tuple[Due, ...]
    open: tuple[OpenAction, ...]
    settled: tuple[tuple[OpenAction, date], ...]
    results: tuple[Figure, ...]
    absence: Absence | None
    owed: Mapping[str, Decimal]
    values: Mapping[str, Value]
