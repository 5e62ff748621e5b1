"""A policy version as published: its clauses, and its rules in the policy language."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from kpigen.text import Label

__all__ = ["Clause", "Example", "Named", "Policy", "PolicyRef", "Tier", "Transition"]


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


class Example(Struct, frozen=True):
    """A worked example of a policy."""

    name: Label
    clauses: tuple[str, ...]
    given: dict[str, object]
    expect: dict[str, object]


class Rounding(Struct, frozen=True):
    """How a value is rounded."""

    to: str
    mode: str


class Score(Struct, frozen=True):
    """How the score is made of the items."""

    of: str
    clause: str
    round: Rounding | None = None


class Lists(Struct, frozen=True):
    """The words for complaints."""

    categories: tuple[Named, ...] = ()
    severities: tuple[Named, ...] = ()


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
    measures: tuple[Named, ...] = ()
    items: tuple[Named, ...] = ()
    score: Score | None = None
    grades: tuple[Named, ...] = ()
    tiers: tuple[Tier, ...] = ()
    transitions: tuple[Transition, ...] = ()
    moves: dict[str, str | None] | None = None
    pay: tuple[Named, ...] = ()
    awards: tuple[Named, ...] = ()
    actions: tuple[Named, ...] = ()
    events: tuple[Named, ...] = ()
    complaints: Lists | None = None
    examples: tuple[Example, ...] = ()

    @property
    def ref(self) -> PolicyRef:
        """Which version it is."""
        return PolicyRef(self.policy, self.version)
