"""A statement: the whole result of one agent's month, every value of it a figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from kpigen.engine.case import Absence, Case, OpenAction
from kpigen.engine.scorecard import Scorecard
from kpigen.exact import ZERO
from kpigen.figure import Figure, Value, number
from kpigen.finding import Place
from kpigen.month import Month
from kpigen.policy.rules import ActionRule, TransitionRule

__all__ = ["Award", "Corrected", "Correction", "Due", "Line", "Outlook", "Restated", "Statement"]


class Line(Struct, frozen=True, kw_only=True):
    """A pay line; its figure's value is to the cent, negative for a deduction.

    ``corrects`` is the closed month whose line it puts right.
    """

    id: str
    clause: str
    figure: Figure
    corrects: Month | None = None


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


class Restated(Struct, frozen=True):
    """What an adjustment restates: an ``input``, a ``complaint`` or an ``event``, and its name.

    ``before`` and ``after`` are leaves; None is what was not stated, a leaf of None what is not applicable.
    ``place`` is the adjustment's.
    """

    kind: str
    name: str
    place: Place
    before: Figure | None
    after: Figure | None


class Corrected(Struct, frozen=True):
    """A line of a restated month: before, after, and their difference as a line of the month that corrects it."""

    id: str
    before: Figure
    after: Figure
    line: Line
    award: bool


class Correction(Struct, frozen=True, kw_only=True):
    """What is corrected of one closed month.

    Attributes:
        month: the closed month.
        adjustments: those that restate that very month; none where it only follows from an earlier one's.
        restated: what they restate.
        before: the month as it stood, with every earlier adjustment.
        after: the month as it is now.
        lines: the lines of pay that differ.
    """

    month: Month
    adjustments: tuple[str, ...]
    restated: tuple[Restated, ...]
    before: Statement
    after: Statement
    lines: tuple[Corrected, ...]

    @property
    def amount(self) -> Decimal:
        """What is paid for the month now; below 0 where too much was paid."""
        return sum((number(each.line.figure.value) for each in self.lines), ZERO)


class Statement(Struct, frozen=True, kw_only=True):
    """One agent-month.

    ``barred`` is the promotion that was due and could not be, because of a demotion in the same quarter.
    ``open`` are actions that wait for their outcome, ``settled`` those that this month has settled, and on which day.
    ``results`` are the policy's results, ``absence`` is why there is no assessment.
    ``values`` are those that the conditions could read, by name; ``corrections`` are those of closed months.
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
    corrections: tuple[Correction, ...] = ()
