"""The published JSON as typed values: all that the pages are made from.

Only what the pages show is declared; a key that is not known here is left alone, so that the exporter may add
to the documents without asking the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw, Struct

from kpigen.site.history import History, read_history
from kpigen.site.rulebook import Policy, PolicyRef
from kpigen.text import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = [
    "Action",
    "Adjustment",
    "AgentMonth",
    "Appeal",
    "Award",
    "Cited",
    "Complaint",
    "Correction",
    "Department",
    "Done",
    "DutyOf",
    "Event",
    "Figure",
    "Item",
    "Line",
    "MonthDocument",
    "Outlook",
    "Person",
    "Publish",
    "Published",
    "Team",
    "read",
]


class Publish(Struct, frozen=True):
    """What is published of a department: names ``full`` or ``id``; pay ``full``, ``hidden`` or ``sealed``."""

    names: str = "id"
    pay: str = "hidden"


class Team(Struct, frozen=True):
    """A team of a department."""

    team: str
    name: Label
    supervisor: str | None = None


class Person(Struct, frozen=True):
    """An agent, with the newest team."""

    agent: str
    name: Label
    team: str
    joined: str
    left: str | None = None

    def gone(self, month: str) -> bool:
        """Tell whether ``month`` was the last one, or later than that."""
        return self.left is not None and self.left[:7] <= month


class MonthRef(Struct, frozen=True):
    """A month of a department; without a policy in force it has no results. ``close`` is the digest of its close."""

    month: str
    status: str
    policy: PolicyRef | None
    close: str | None = None


class PeriodRef(Struct, frozen=True):
    """A quarter, a half-year or a year of a department that is closed; ``close`` is the digest of its close."""

    period: str
    close: str


class Done(Struct, frozen=True):
    """When and by whom a duty was done."""

    on: str
    by: str
    note: str | None = None


class DutyOf(Struct, frozen=True):
    """A duty of a department for the period that ends with a month."""

    duty: str
    name: Label
    clause: str
    period: str
    due: str
    done: Done | None = None
    overdue: bool = False


class Department(Struct, frozen=True):
    """A department with its teams, agents and months, the newest month last, and its dated duties."""

    department: str
    name: Label
    teams: tuple[Team, ...]
    agents: tuple[Person, ...]
    months: tuple[MonthRef, ...]
    reviewers: tuple[str, ...] = ()
    duties: tuple[DutyOf, ...] = ()
    periods: tuple[PeriodRef, ...] = ()
    publish: Publish = Publish()

    def policy(self, month: str) -> PolicyRef | None:
        """Return the policy version in force in a month."""
        return next((each.policy for each in self.months if each.month == month), None)


class Index(Struct, frozen=True):
    """``index.json``."""

    departments: tuple[Department, ...]
    policies: tuple[PolicyRef, ...]


class Figure(Struct, frozen=True):
    """A value with how it was made: ``of`` are the positions of earlier figures; a ``hidden`` one is a name only."""

    name: str
    value: str | bool | None
    clause: str | None = None
    at: str | None = None
    op: dict[str, object] | None = None
    of: tuple[int, ...] = ()
    hidden: bool = False


class Cited(Struct, frozen=True):
    """Something that a clause orders: a transition, for one."""

    id: str
    clause: str


class Line(Struct, frozen=True):
    """One line of a statement; ``corrects`` is the closed month whose difference it pays or takes back."""

    id: str
    clause: str
    amount: str
    figure: int | None = None
    corrects: str | None = None


class Pay(Struct, frozen=True):
    """A statement."""

    gross: str
    deductions: str
    total: str
    lines: tuple[Line, ...] = ()


class Award(Struct, frozen=True):
    """An award that an agent won; ``amount`` is None where no pay is published."""

    id: str
    clause: str
    amount: str | None
    rank: int | None = None


class Action(Struct, frozen=True):
    """What a person must now do or decide about an agent."""

    id: str
    clause: str
    figure: int | None = None
    ladder: str | None = None
    due: str | None = None
    lapses: str | None = None


class Waiting(Struct, frozen=True):
    """An action of a month that waits for its outcome, or that has it."""

    id: str
    month: str
    due: str | None = None
    overdue: bool = False
    settled: str | None = None


class Result(Struct, frozen=True):
    """A result worked out after the score; one of a longer period is ``final`` in its last month."""

    id: str
    value: str | None
    clause: str
    unit: str | None = None
    grade: str | None = None
    every: str | None = None
    final: bool = True
    figure: int | None = None


class Item(Struct, frozen=True):
    """A scored item; ``points`` is None when it was not applicable."""

    id: str
    points: str | None
    of: str
    figure: int | None = None


class Input(Struct, frozen=True):
    """What the month's sheet states."""

    id: str
    value: str
    unit: str | None = None
    figure: int | None = None


class Complaint(Struct, frozen=True):
    """A complaint about an agent."""

    complaint: str
    received: str
    category: str
    status: str
    at: str
    severity: str | None = None
    decided: str | None = None


class Event(Struct, frozen=True):
    """An event: a loss, an adopted suggestion."""

    event: str
    kind: str
    on: str
    at: str
    reviewed: bool = True
    amount: str | None = None
    note: str | None = None


class Appeal(Struct, frozen=True):
    """An objection, in the month in which it was filed; ``agent`` where it stands outside of an agent's month."""

    appeal: str
    filed: str
    about: dict[str, str]
    status: str
    at: str
    decided: str | None = None
    decided_by: str | None = None
    outcome: str | None = None
    agent: str | None = None


class Restated(Struct, frozen=True):
    """An input that an adjustment states anew; None is what was not there."""

    name: str
    before: str | None = None
    after: str | None = None
    at: str | None = None


class RestatedRecord(Struct, frozen=True):
    """A complaint or an event that an adjustment states anew: its status, or its amount."""

    id: str
    before: str | None = None
    after: str | None = None
    at: str | None = None


class Listed(Struct, frozen=True):
    """The ids of what there was, and of what there is after the correction."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Sides(Struct, frozen=True):
    """Something as it was approved, and as it is after the correction."""

    before: str | None = None
    after: str | None = None


class CorrectedLine(Struct, frozen=True):
    """A pay line of a closed month as it was approved and as it is after the correction; ``amount`` is paid now."""

    id: str
    clause: str
    before: str
    after: str
    amount: str
    award: bool = False


class Correction(Struct, frozen=True):
    """What a month corrects of a closed one, for one agent.

    ``adjustments`` restate that very month; there are none where it only follows from an earlier one's correction.
    ``amount`` is None, and there are no ``lines``, where no pay is published.
    """

    month: str
    amount: str | None
    adjustments: tuple[str, ...] = ()
    inputs: tuple[Restated, ...] = ()
    complaints: tuple[RestatedRecord, ...] = ()
    events: tuple[RestatedRecord, ...] = ()
    score: Sides | None = None
    tier: Sides | None = None
    next_tier: Sides | None = None
    lines: tuple[CorrectedLine, ...] = ()
    awards: Listed | None = None
    actions: Listed | None = None


class Adjustment(Struct, frozen=True):
    """An adjustment record, in the month that holds it; ``reason`` is None where no prose is published."""

    adjustment: str
    agent: str
    corrects: str
    reason: str | None
    at: str
    appeal: str | None = None


class NotAssessed(Struct, frozen=True):
    """Why an agent has no score: a stated reason, inputs that are missing, a rule, or a period that goes on.

    ``left`` is the last day of whoever left before the month and stands in it for corrections alone.
    """

    reason: str | None = None
    left: str | None = None
    at: str | None = None
    missing: tuple[str, ...] = ()
    rule: str | None = None
    clause: str | None = None
    every: str | None = None
    figure: int | None = None


class Outlook(Struct, frozen=True):
    """The next promotion: the score that it needs, and how many points are short of it."""

    tier: str
    transition: str
    clause: str
    score: str
    gap: str


class Blocked(Struct, frozen=True):
    """A promotion that was due and may not happen."""

    transition: str
    clause: str
    demoted: tuple[str, ...] = ()


class Employed(Struct, frozen=True):
    """The days of the month on which the agent was employed."""

    days: int
    of: int


class AgentMonth(Struct, frozen=True):
    """One agent's month; ``pay`` is None where none is published."""

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
    not_assessed: NotAssessed | None = None
    employed: Employed | None = None
    items: tuple[Item, ...] = ()
    inputs: tuple[Input, ...] = ()
    role: str | None = None
    employment: str | None = None
    results: tuple[Result, ...] = ()
    open_actions: tuple[Waiting, ...] = ()
    settled_actions: tuple[Waiting, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    events: tuple[Event, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    corrections: tuple[Correction, ...] = ()
    carried: dict[str, str] = {}
    blocked: Blocked | None = None
    outlook: Outlook | None = None
    score_figure: int | None = None
    next_tier_figure: int | None = None
    raw_figures: Raw = msgspec.field(name="figures", default=Raw(b"[]"))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the statement; none where no pay is published."""
        return self.pay.lines if self.pay else ()

    @property
    def paid(self) -> Pay:
        """The statement, for readers of documents that were computed here: those have all of it.

        Raises:
            TypeError: the document is a published one, without pay.
        """
        if self.pay is None:
            raise TypeError(f"{self.agent}: no pay is published")
        return self.pay

    @property
    def departed(self) -> bool:
        """Whether the agent left before the month, which holds nothing but corrections."""
        return self.not_assessed is not None and self.not_assessed.left is not None

    @property
    def waits(self) -> bool:
        """Whether the agent is not assessed because a longer period goes on, or never is."""
        return self.not_assessed is not None and self.not_assessed.every is not None

    def figures(self) -> tuple[Figure, ...]:
        """Decode the figures: many, and wanted only where a statement is explained."""
        return msgspec.json.decode(self.raw_figures, type=tuple[Figure, ...])


class Totals(Struct, frozen=True):
    """What a department pays in a month."""

    gross: str
    deductions: str
    total: str


class MonthDocument(Struct, frozen=True):
    """``<department>/<YYYY-MM>.json``; ``totals`` are None where no pay is published."""

    department: str
    month: str
    status: str
    policy: PolicyRef
    agents: tuple[AgentMonth, ...]
    totals: Totals | None
    appeals: tuple[Appeal, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def paid(self) -> Totals:
        """What is paid, for readers of documents that were computed here, as :attr:`AgentMonth.paid`.

        Raises:
            TypeError: the document is a published one, without pay.
        """
        if self.totals is None:
            raise TypeError(f"{self.department} {self.month}: no pay is published")
        return self.totals


class Published(Struct, frozen=True):
    """Everything that is published."""

    departments: tuple[Department, ...]
    policies: dict[PolicyRef, Policy]
    months: dict[tuple[str, str], MonthDocument]
    history: History = History()


def read(data: Path, wanted: Callable[[Department], Iterable[str]] | None = None) -> Published:
    """Read the documents below ``data``, the folder that holds ``index.json``.

    Args:
        data: the folder.
        wanted: which months of each department are read; all of them unless stated.
    """
    index = msgspec.json.decode((data / "index.json").read_bytes(), type=Index)
    departments = tuple(
        msgspec.structs.replace(department, months=tuple(month for month in department.months if month.policy))
        for department in index.departments
    )
    months = msgspec.json.Decoder(MonthDocument)
    policies = msgspec.json.Decoder(Policy)
    return Published(
        departments,
        {
            ref: policies.decode((data / "policy" / ref.id / f"{ref.version}.json").read_bytes())
            for ref in index.policies
        },
        {
            (department.department, month): months.decode((data / department.department / f"{month}.json").read_bytes())
            for department in departments
            for month in (wanted(department) if wanted else (ref.month for ref in department.months))
        },
        read_history(data),
    )
