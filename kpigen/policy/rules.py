"""A policy ready to run: its version as stated, with every expression compiled and every rule placed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from kpigen.exact import Mode, round_to
from kpigen.policy.inputs import read_cell
from kpigen.policy.pay import Where
from kpigen.policy.period import ends
from kpigen.policy.references import REFERENCES
from kpigen.policy.tier import Settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from kpigen.expression import Reference
    from kpigen.figure import Figure, Operation, Value
    from kpigen.finding import Place
    from kpigen.month import Month
    from kpigen.policy.awards import Award
    from kpigen.policy.computed import Computed
    from kpigen.policy.inputs import InputSpec
    from kpigen.policy.score import GradeOf
    from kpigen.policy.version import Version
    from kpigen.reading.faults import Fault

__all__ = [
    "ActionRule",
    "AwardRule",
    "Card",
    "Deduction",
    "ItemRule",
    "LadderRule",
    "MeasureRule",
    "PayRule",
    "Policy",
    "PotRule",
    "ResultRule",
    "TransitionRule",
]

_COUNTED = ("events", "amount", "complaints")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRule:
    """A measure: an expression as it is, or an ``operation`` on what it ``reads``.

    One that is ``always`` known reads nothing that needs an assessment.
    """

    id: str
    reads: tuple[Computed, ...]
    operation: Operation | None
    always: bool
    clause: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PotRule:
    """How a pot is shared out: among whom, and within each team or the whole department."""

    among: Computed | None
    by_team: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRule:
    """A result: a measure after the score, with the references that are needed first, and its own grades."""

    measure: MeasureRule
    every: str | None
    grade: GradeOf | None
    pot: PotRule | None
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule:
    """A scored item: stated directly (no ``operation``) or computed from what it ``reads``.

    ``breach`` is the condition for which it is 0; the operation then has it as its first input. ``roles`` whose
    scorecard it is on; none: everybody's.
    """

    id: str
    most: Decimal
    reads: tuple[Computed, ...] = ()
    breach: Computed | None = None
    operation: Operation | None = None
    roles: tuple[str, ...] = ()
    clause: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A role's scorecard: its items and how they make a score; ``others`` are inputs and items of other roles."""

    items: tuple[ItemRule, ...]
    others: tuple[str, ...]
    score: Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionRule:
    """A transition: from any of ``origins`` to ``to`` when its condition holds, at the end of ``every`` period."""

    id: str
    clause: str
    origins: frozenset[str]
    to: str
    when: Computed
    every: str | None
    unassessed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """How a deduction is limited, and whether what exceeds the limits is carried to the next month."""

    limits: tuple[Computed, ...]
    carry: bool


@dataclass(frozen=True, kw_only=True)
class PayRule:
    """A pay line; ``deduction`` is None for one that is paid."""

    id: str
    clause: str
    when: Computed | None
    amount: Computed
    deduction: Deduction | None
    prorated: bool
    prorate_clause: str
    unassessed: bool
    every: str | None
    place: Place

    @cached_property
    def where(self) -> Operation:
        """The amount where the line's condition holds."""
        return Where(self.amount.operation)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRule:
    """An award: for places ``by`` a figure among those for whom ``among`` holds, or (no ``by``) for all of these.

    ``stated`` says which places; ``references`` are needed first.
    """

    id: str
    clause: str
    stated: Award
    by: Computed | None
    among: Computed | None
    amount: Computed
    by_team: bool
    of_teams: bool
    split: bool
    unassessed: bool
    every: str | None
    references: tuple[Reference, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRule:
    """An action that is due when its condition holds; without one, a ladder leads to it."""

    id: str
    clause: str
    when: Computed | None
    unassessed: bool
    every: str | None
    due_days: int | None
    lapses_months: int | None
    settled_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRule:
    """A ladder: what it counts now and within its window, and the action from each count on, ascending."""

    id: str
    clause: str
    now: Computed
    total: Computed
    steps: tuple[tuple[Decimal, ActionRule], ...]
    within: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of a policy, compiled.

    One that is not ``sound`` has errors: it tells what records may state, and nothing is computed by it.
    ``cards`` are told by role; a policy without roles has one, of the role None. ``barring`` references are
    needed to tell who is eligible, ``early`` ones for the scorecard, ``late`` ones for what comes last, and
    ``unassessed`` ones for whoever was not assessed; results and awards have their own.
    """

    id: str
    month: Month
    path: str
    version: Version
    inputs: Mapping[str, InputSpec]
    constants: Mapping[str, Figure]
    eligible: tuple[Computed, ...]
    measures: tuple[MeasureRule, ...]
    items: tuple[ItemRule, ...]
    cards: Mapping[str | None, Card]
    score_place: Place
    grade: GradeOf | None
    results: tuple[ResultRule, ...]
    order: tuple[str, ...]
    transitions: tuple[TransitionRule, ...]
    pay: tuple[PayRule, ...]
    awards: tuple[AwardRule, ...]
    actions: tuple[ActionRule, ...]
    ladders: tuple[LadderRule, ...]
    barring: tuple[Reference, ...]
    early: tuple[Reference, ...]
    late: tuple[Reference, ...]
    unassessed: tuple[Reference, ...]
    references: tuple[Reference, ...]
    sound: bool

    @cached_property
    def readers(self) -> Mapping[str, Callable[[str], Value | Fault]]:
        """For each input, what reads a cell of it.

        They remember: a cell is read to be checked and again to be computed with, and the cells of a column are
        few different texts.
        """
        return {name: lru_cache(2**14)(partial(read_cell, spec)) for name, spec in self.inputs.items()}

    def card(self, role: str | None) -> Card | None:
        """Return a role's scorecard; None where nobody is scored."""
        return self.cards.get(role)

    @cached_property
    def periodic(self) -> tuple[str, ...]:
        """The inputs that are stated at the end of a period only."""
        return tuple(name for name, spec in self.inputs.items() if spec.every)

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """The inputs that are stated once for a whole team."""
        return tuple(name for name, spec in self.inputs.items() if spec.stated)

    def team_inputs(self, month: Month) -> Mapping[str, InputSpec]:
        """Return the inputs that are stated once for a whole team in a month."""
        return _due(month, {name: spec for name, spec in self.inputs.items() if spec.stated == "team"})

    def own_inputs(self, role: str | None, month: Month) -> Mapping[str, InputSpec]:
        """Return the inputs that an agent's own line states in a month, in this role."""
        return _due(month, self._own[role] if role in self._own else self._own[None])

    @cached_property
    def _own(self) -> Mapping[str | None, Mapping[str, InputSpec]]:
        own = {name: spec for name, spec in self.inputs.items() if spec.stated != "team"}
        roles: dict[str | None, Mapping[str, InputSpec]] = {None: own}
        for role in self.version.roles:
            roles[role] = {name: spec for name, spec in own.items() if not spec.roles or role in spec.roles}
        return roles

    @cached_property
    def settles(self) -> Mapping[str, tuple[tuple[TransitionRule, ...], Settle]]:
        """For each tier, the transitions that may leave it and the operation that settles among them."""
        by_tier = {tier: tuple(rule for rule in self.transitions if tier in rule.origins) for tier in self.order}
        return {
            tier: (rules, Settle(self.order, tuple((rule.id, rule.to) for rule in rules)))
            for tier, rules in by_tier.items()
        }

    @cached_property
    def promotions(self) -> Mapping[str, tuple[tuple[TransitionRule, Decimal], ...]]:
        """For each tier, the promotions from it, nearest first, with the scores from which each may be due."""
        if self.version.score is None:
            return {}
        rank, step, most = self.order.index, self.version.score.round.to, self.version.score.of
        found: dict[str, tuple[tuple[TransitionRule, Decimal], ...]] = {}
        for tier, (rules, _) in self.settles.items():
            promotions = sorted((rule for rule in rules if rank(rule.to) > rank(tier)), key=lambda rule: rank(rule.to))
            found[tier] = tuple(
                (rule, score)
                for rule in promotions
                for threshold in rule.when.formula.thresholds("score")
                for reached in (round_to(threshold, step, Mode.CEILING),)
                for score in (reached, reached + step)
                if score <= most
            )
        return found

    @cached_property
    def moves_unassessed(self) -> bool:
        """Whether a transition may move whoever was not assessed."""
        return any(rule.unassessed for rule in self.transitions)

    @cached_property
    def derived(self) -> tuple[Reference, ...]:
        """The references that look at other months or other agents, those that others read first."""
        return tuple(reference for reference in self.references if reference.function in REFERENCES)

    @cached_property
    def tallies(self) -> tuple[Reference, ...]:
        """The references that count a month's own records."""
        return tuple(reference for reference in self.references if reference.function in _COUNTED)

    @cached_property
    def asked_awards(self) -> frozenset[str]:
        """The keys of the references that ask whether an award was won."""
        return frozenset(reference.key for reference in self.references if reference.function == "won")

    @cached_property
    def remembered(self) -> frozenset[str]:
        """The names whose past values this version's conditions look back at."""
        return frozenset(
            name
            for reference in self.references
            for argument in reference.arguments
            if not isinstance(argument, str)
            for name in argument.names
        )


def _due(month: Month, inputs: Mapping[str, InputSpec]) -> Mapping[str, InputSpec]:
    """Leave out the inputs that are stated at the end of a period only, in any other month."""
    if all(spec.every is None for spec in inputs.values()):
        return inputs
    return {name: spec for name, spec in inputs.items() if ends(month, spec.every)}
