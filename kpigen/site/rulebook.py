"""A policy version as published: its clauses, and its rules in the policy language."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from kpigen.text import Label

__all__ = [
    "Action",
    "Award",
    "Clause",
    "Duty",
    "Example",
    "Ladder",
    "Measure",
    "Named",
    "Policy",
    "PolicyRef",
    "Remark",
    "Tier",
    "Transition",
]


class PolicyRef(Struct, frozen=True):
    """Which version of which policy."""

    id: str
    version: str

    @property
    def page(self) -> str:
        """The file name of its page, without the ending."""
        return f"{self.id}_{self.version}"


class Clause(Struct, frozen=True):
    """A numbered clause of a policy."""

    clause: str
    text: Label
    interpretation: Label | None = None


class Named(Struct, frozen=True):
    """Anything of a policy that has an id, a name and a clause, with whatever else its kind states."""

    id: str
    name: Label | None = None
    clause: str | None = None
    value: str | None = None
    unit: str | None = None
    kind: str | None = None
    points: str | None = None
    is_: str | None = msgspec.field(name="is", default=None)
    of: str | None = None
    line: tuple[tuple[str, str], ...] = ()
    bands: tuple[tuple[str, str], ...] = ()
    conversion: str | None = None
    ratings: tuple[tuple[str, str], ...] = ()
    share_of: str | None = None
    full: str | None = None
    less: tuple[tuple[str, str], ...] = ()
    floor: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    raters: tuple[tuple[str, str], ...] = ()
    missing: str | None = None
    zero_when: str | None = None
    words: tuple[str, ...] = ()
    from_: str | None = msgspec.field(name="from", default=None)
    when: str | None = None
    amount: str | None = None
    deduct: str | None = None
    at_most: tuple[str, ...] = ()
    excess: str | None = None
    prorate: str | None = None
    unassessed: bool = False
    rank: int | str | None = None
    by: str | None = None
    among: str | None = None
    ties: str | None = None
    every: str | None = None
    weight: str | None = None
    roles: tuple[str, ...] = ()
    stated: str | None = None


class Rounding(Struct, frozen=True):
    """How a value is rounded."""

    to: str
    mode: str


class Measure(Struct, frozen=True):
    """A measure, worked out before the score, or a result, worked out after it; ``way`` tells how."""

    id: str
    name: Label
    clause: str
    way: str = "is"
    is_: str | None = msgspec.field(name="is", default=None)
    of: str | None = None
    steps: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    rates: tuple[tuple[str, str], ...] = ()
    kind: str | None = None
    pot: str | None = None
    by: str | None = None
    among: str | None = None
    within: str | None = None
    unit: str | None = None
    round: Rounding | None = None
    every: str | None = None
    grades: tuple[Named, ...] = ()


class Award(Struct, frozen=True):
    """An award: for one place, several, the best share, or everybody for whom a condition holds."""

    id: str
    name: Label
    clause: str
    amount: str
    rank: int | None = None
    places: int | None = None
    best: str | None = None
    by: str | None = None
    among: str | None = None
    within: str | None = None
    of: str | None = None
    ties: str | None = None
    when: str | None = None
    every: str | None = None
    unassessed: bool = False


class Action(Struct, frozen=True):
    """What a person must do or decide; without a condition, a ladder leads to it."""

    id: str
    name: Label
    clause: str
    when: str | None = None
    every: str | None = None
    unassessed: bool = False
    due_days: int | None = None
    lapses_months: int | None = None
    settled_by: tuple[str, ...] = ()


class Rung(Struct, frozen=True):
    """A step of a ladder."""

    from_: str = msgspec.field(name="from")
    action: str


class Ladder(Struct, frozen=True):
    """Sanctions that grow with what is counted within a window."""

    id: str
    name: Label
    clause: str
    counts: str
    within: str
    steps: tuple[Rung, ...] = ()


class Duty(Struct, frozen=True):
    """What the department itself must do, so many days after each period."""

    id: str
    name: Label
    clause: str
    every: str
    by: str
    due_days: int


class Left(Struct, frozen=True):
    """What of a clause is deliberately left to people, and why."""

    clause: str
    why: Label


class Acknowledged(Struct, frozen=True):
    """A warning of the lint that stands, with the reason."""

    rule: str
    reason: Label
    clause: str | None = None
    id: str | None = None


class Remark(Struct, frozen=True):
    """What the lint has to say, beside a clause or of the whole; with a ``reason`` it is left as it is."""

    rule: str
    message: Label
    clause: str | None = None
    id: str | None = None
    reason: Label | None = None


class Tier(Struct, frozen=True):
    """A standing."""

    id: str
    name: Label
    clause: str | None = None


class Transition(Struct, frozen=True):
    """A rule that moves an agent to another tier."""

    id: str
    from_: tuple[str, ...] = msgspec.field(name="from")
    to: str
    when: str
    clause: str
    every: str | None = None


class Example(Struct, frozen=True):
    """A worked example of a policy."""

    name: Label
    clauses: tuple[str, ...]
    given: dict[str, object]
    expect: dict[str, object]


class Score(Struct, frozen=True):
    """How the score is made of the items."""

    of: str
    clause: str
    round: Rounding | None = None
    sum: str = "points"
    points: str | None = None


class Lists(Struct, frozen=True):
    """The words for complaints."""

    categories: tuple[Named, ...] = ()
    severities: tuple[Named, ...] = ()
    decide_days: int | None = None
    follow_up_days: int | None = None
    clause: str | None = None


class Policy(Struct, frozen=True):
    """``policy/<policy>/<YYYY-MM>.json``."""

    policy: str
    version: str
    title: Label
    currency: str
    clauses: tuple[Clause, ...]
    adopted: dict[str, str | None] = {}
    assess: dict[str, str | int | None] = {}
    appeals: dict[str, str | int | None] | None = None
    parameters: tuple[Named, ...] = ()
    inputs: tuple[Named, ...] = ()
    measures: tuple[Measure, ...] = ()
    items: tuple[Named, ...] = ()
    score: Score | None = None
    employment: tuple[Named, ...] = ()
    roles: tuple[Named, ...] = ()
    eligible: tuple[Named, ...] = ()
    grades: tuple[Named, ...] = ()
    results: tuple[Measure, ...] = ()
    tiers: tuple[Tier, ...] = ()
    transitions: tuple[Transition, ...] = ()
    moves: dict[str, str | None] | None = None
    pay: tuple[Named, ...] = ()
    awards: tuple[Award, ...] = ()
    actions: tuple[Action, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    procedure: dict[str, str | int | None] | None = None
    duties: tuple[Duty, ...] = ()
    left_to_people: tuple[Left, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    remarks: tuple[Remark, ...] = ()
    events: tuple[Named, ...] = ()
    complaints: Lists | None = None
    examples: tuple[Example, ...] = ()

    @property
    def ref(self) -> PolicyRef:
        """Which version it is."""
        return PolicyRef(self.policy, self.version)
