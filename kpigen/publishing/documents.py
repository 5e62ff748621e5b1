"""Documents as they may be published: only what has a field here can get into one.

A key that the exporter adds is left out until somebody gives it a field, or names it in ``WITHHELD``: a test asks for
one of the two.
"""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, Raw, Struct, UnsetType

from kpigen.text import Label

__all__ = [
    "WITHHELD",
    "Adjustment",
    "AgentMonth",
    "Appeal",
    "Award",
    "CorrectedLine",
    "Correction",
    "Department",
    "Done",
    "Duty",
    "Event",
    "Figure",
    "Index",
    "Input",
    "MonthDocument",
    "NotAssessed",
    "Pay",
    "PayLine",
    "Person",
    "Restated",
    "Result",
]

WITHHELD: Final[frozenset[str]] = frozenset()
"""Keys of the exporter's that are never published, as ``agents.key``."""


class PolicyRef(Struct):
    """A version of a policy."""

    id: str
    version: str


class Cited(Struct):
    """A rule with the clause that orders it."""

    id: str
    clause: str


class Figure(Struct):
    """A figure; of one that is ``hidden`` only the name is told. ``op`` is JSON, as it stands."""

    name: str
    value: str | None
    clause: str | None
    at: str | None
    op: Raw
    of: tuple[int, ...]
    hidden: bool | UnsetType = UNSET


class PayLine(Struct):
    """A line of a statement."""

    id: str
    clause: str
    amount: str
    corrects: str | UnsetType = UNSET
    figure: int | UnsetType = UNSET


class Pay(Struct):
    """A statement."""

    gross: str
    deductions: str
    total: str
    lines: tuple[PayLine, ...]


class Totals(Struct):
    """The sums of a month."""

    gross: str
    deductions: str
    total: str


class Award(Struct):
    """An award; its amount is pay."""

    id: str
    clause: str
    amount: str | None
    rank: int | None


class Action(Struct):
    """What is to be done."""

    id: str
    clause: str
    ladder: str | UnsetType = UNSET
    due: str | UnsetType = UNSET
    lapses: str | UnsetType = UNSET
    figure: int | UnsetType = UNSET


class NotAssessed(Struct):
    """Why there is no assessment; a stated ``reason`` is prose, but for the word ``left``."""

    reason: str | UnsetType | None = UNSET
    left: str | UnsetType = UNSET
    every: str | UnsetType = UNSET
    rule: str | UnsetType = UNSET
    clause: str | UnsetType = UNSET
    figure: int | UnsetType = UNSET
    missing: tuple[str, ...] | UnsetType = UNSET
    at: str | UnsetType | None = UNSET


class Employed(Struct, rename={"from_": "from"}):
    """The days employed."""

    from_: str
    to: str
    days: int
    of: int


class Result(Struct):
    """A result."""

    id: str
    value: str | None
    unit: str | None
    grade: str | None
    every: str | None
    final: bool
    clause: str
    figure: int | UnsetType = UNSET


class Waiting(Struct):
    """An action that waits, or waited."""

    id: str
    month: str
    due: str | None
    overdue: bool
    settled: str | UnsetType = UNSET


class Item(Struct):
    """A scored item."""

    id: str
    points: str | None
    of: str
    figure: int | UnsetType = UNSET


class Input(Struct):
    """An input of the sheet."""

    id: str
    value: str | None
    unit: str | None
    figure: int | UnsetType = UNSET


class Complaint(Struct):
    """A complaint, coded."""

    complaint: str
    received: str
    category: str
    severity: str | None
    status: str
    decided: str | None
    at: str


class Event(Struct):
    """An event; an amount of money is pay, a note is prose."""

    event: str
    kind: str
    on: str
    amount: str | None
    note: str | None
    reviewed: bool
    at: str


class Appeal(Struct):
    """An appeal; its outcome is prose."""

    appeal: str
    filed: str
    about: dict[str, str]
    status: str
    decided: str | None
    decided_by: str | None
    outcome: str | None
    at: str
    agent: str | UnsetType = UNSET


class Restated(Struct):
    """An input, a complaint or an event that is restated; an input has a ``name``, the others an ``id``."""

    before: str | None
    after: str | None
    at: str | None
    name: str | UnsetType = UNSET
    id: str | UnsetType = UNSET


class Sides(Struct):
    """Something before and after a correction."""

    before: str | None
    after: str | None


class Listed(Struct):
    """Ids before and after a correction."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class CorrectedLine(Struct):
    """A pay line before and after a correction."""

    id: str
    clause: str
    before: str
    after: str
    amount: str
    award: bool


class Correction(Struct):
    """What a month corrects of a closed one; its lines and its amount are pay."""

    month: str
    adjustments: tuple[str, ...]
    inputs: tuple[Restated, ...]
    score: Sides
    tier: Sides
    next_tier: Sides
    complaints: tuple[Restated, ...] | UnsetType = UNSET
    events: tuple[Restated, ...] | UnsetType = UNSET
    lines: tuple[CorrectedLine, ...] | UnsetType = UNSET
    awards: Listed | UnsetType = UNSET
    actions: Listed | UnsetType = UNSET
    amount: str | None = None


class Blocked(Struct):
    """A promotion that may not happen."""

    transition: str
    demoted: tuple[str, ...]
    clause: str


class Outlook(Struct):
    """The next promotion."""

    tier: str
    transition: str
    clause: str
    score: str
    gap: str


class AgentMonth(Struct):
    """An agent's month; ``pay`` and ``carried`` are pay."""

    agent: str
    team: str
    assessed: bool
    score: str | None
    grade: str | None
    rank: int | None
    tier: str | None
    next_tier: str | None
    transition: Cited | None
    pay: Pay | None
    awards: tuple[Award, ...]
    actions: tuple[Action, ...]
    name: Label
    not_assessed: NotAssessed | None
    employed: Employed
    items: tuple[Item, ...]
    inputs: tuple[Input, ...]
    complaints: tuple[Complaint, ...]
    events: tuple[Event, ...]
    appeals: tuple[Appeal, ...]
    blocked: Blocked | None
    outlook: Outlook | None
    score_figure: int | None
    next_tier_figure: int | None
    figures: tuple[Figure, ...]
    role: str | UnsetType = UNSET
    employment: str | UnsetType = UNSET
    results: tuple[Result, ...] | UnsetType = UNSET
    open_actions: tuple[Waiting, ...] | UnsetType = UNSET
    settled_actions: tuple[Waiting, ...] | UnsetType = UNSET
    carried: dict[str, str] | UnsetType = UNSET
    corrections: tuple[Correction, ...] | UnsetType = UNSET


class Adjustment(Struct):
    """An adjustment; its reason is prose."""

    adjustment: str
    agent: str
    corrects: str
    reason: str | None
    appeal: str | None
    at: str


class MonthDocument(Struct):
    """A department's month; ``totals`` are pay."""

    schema: str
    department: str
    month: str
    status: str
    policy: PolicyRef
    agents: tuple[AgentMonth, ...]
    totals: Totals | None
    appeals: tuple[Appeal, ...]
    adjustments: tuple[Adjustment, ...] | UnsetType = UNSET


class Publish(Struct, frozen=True):
    """The rule: names ``full`` or ``id``; pay ``full``, ``hidden`` or ``sealed``."""

    names: str
    pay: str

    @property
    def full(self) -> bool:
        """Whether everything is published as it is."""
        return self.names == "full" and self.pay == "full"


class Team(Struct):
    """A team."""

    team: str
    name: Label
    supervisor: str


class MonthRef(Struct):
    """A month of a department."""

    month: str
    status: str
    policy: PolicyRef | None
    close: str | UnsetType = UNSET


class PeriodRef(Struct):
    """A closed quarter, half-year or year."""

    period: str
    close: str


class Done(Struct):
    """When and by whom a duty was done; its note is prose."""

    on: str
    by: str
    note: str | None


class Duty(Struct):
    """A duty of a department."""

    duty: str
    name: Label
    clause: str
    period: str
    due: str
    done: Done | None
    overdue: bool


class Person(Struct):
    """An agent."""

    agent: str
    name: Label
    team: str | None
    joined: str
    left: str | None


class Department(Struct):
    """A department."""

    department: str
    name: Label
    publish: Publish
    teams: tuple[Team, ...]
    reviewers: tuple[str, ...]
    months: tuple[MonthRef, ...]
    duties: tuple[Duty, ...]
    agents: tuple[Person, ...]
    periods: tuple[PeriodRef, ...] | UnsetType = UNSET


class PolicyEntry(Struct):
    """A version of a policy, with its title."""

    id: str
    version: str
    title: Label


class Index(Struct):
    """``index.json``."""

    schema: str
    departments: tuple[Department, ...]
    policies: tuple[PolicyEntry, ...]
