"""A policy ready to run: its version as stated, with every expression compiled and every rule placed."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from kpigen.exact import LARGEST, Mode, round_to
from kpigen.expression import Undefined
from kpigen.figure import Figure
from kpigen.policy.inputs import read_cell
from kpigen.policy.pay import Where
from kpigen.policy.references import REFERENCES
from kpigen.policy.rounding import Rounded
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kpigen.expression import Formula, Reference
    from kpigen.figure import Operation, Value
    from kpigen.finding import Place
    from kpigen.month import Month
    from kpigen.policy.inputs import InputSpec
    from kpigen.policy.tier import Settle
    from kpigen.policy.version import Version
    from kpigen.reading.faults import Fault

__all__ = [
    "ActionRule",
    "AwardRule",
    "Computed",
    "Deduction",
    "ItemRule",
    "PayRule",
    "Policy",
    "TransitionRule",
]


_TOO_LARGE = say("the number grows too large to be computed")


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A named result of a formula: ``operation`` is the formula itself or the formula rounded."""

    id: str
    formula: Formula
    operation: Operation
    clause: str | None
    place: Place

    @cached_property
    def constant(self) -> Figure | None:
        """The figure of a formula that reads nothing, the same for everybody; None for one that reads something."""
        if self.formula.names:
            return None
        return Figure(self.id, self.value({}), self.operation, (), self.clause, self.place)

    def value(self, values: Mapping[str, Value]) -> Value:
        """Compute what ``operation`` gives for the values of these names, among which are those that it reads.

        Raises:
            Undefined: when the formula has no value; a number too large to be rounded to the cent is none either.
        """
        try:
            value = self.formula.evaluate(values)
            if isinstance(self.operation, Rounded):
                value = self.operation.rounded(value)
        except (decimal.InvalidOperation, decimal.Overflow) as error:
            raise Undefined(0, _TOO_LARGE) from error
        if isinstance(value, Decimal) and abs(value) >= LARGEST:
            raise Undefined(0, _TOO_LARGE)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule:
    """A scored item: stated directly (no ``operation``) or computed from what it ``reads``.

    ``breach`` is the condition for which it is 0; the operation then has it as its first input.
    """

    id: str
    most: Decimal
    reads: tuple[Computed, ...] = ()
    breach: Computed | None = None
    operation: Operation | None = None
    clause: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionRule:
    """A transition: from any of ``origins`` to ``to`` when its condition holds."""

    id: str
    clause: str
    origins: frozenset[str]
    to: str
    when: Computed


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
    place: Place

    @cached_property
    def where(self) -> Operation:
        """The amount where the line's condition holds."""
        return Where(self.amount.operation)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRule:
    """An award for the ``rank``-th by ``by`` among those for whom ``among`` holds."""

    id: str
    clause: str
    rank: int
    by: Computed
    among: Computed | None
    amount: Computed
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRule:
    """An action that is due when its condition holds."""

    id: str
    clause: str
    when: Computed


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of a policy, compiled.

    One that is not ``sound`` has errors: it tells what records may state, and nothing is computed by it.
    """

    id: str
    month: Month
    path: str
    version: Version
    inputs: Mapping[str, InputSpec]
    constants: Mapping[str, Figure]
    measures: tuple[Computed, ...]
    items: tuple[ItemRule, ...]
    score: Operation
    score_place: Place
    grade: Operation | None
    order: tuple[str, ...]
    transitions: tuple[TransitionRule, ...]
    pay: tuple[PayRule, ...]
    awards: tuple[AwardRule, ...]
    actions: tuple[ActionRule, ...]
    references: tuple[Reference, ...]
    sound: bool

    @cached_property
    def readers(self) -> Mapping[str, Callable[[str], Value | Fault]]:
        """For each input, what reads a cell of it.

        They remember: a cell is read to be checked and again to be computed with, and the cells of a column are
        few different texts.
        """
        return {name: lru_cache(2**14)(partial(read_cell, spec)) for name, spec in self.inputs.items()}

    @cached_property
    def settles(self) -> Mapping[str, tuple[tuple[TransitionRule, ...], Settle]]:
        """For each tier, the transitions that may leave it and the operation that settles among them."""
        from kpigen.policy.tier import Settle  # noqa: PLC0415 - types only above

        by_tier = {tier: tuple(rule for rule in self.transitions if tier in rule.origins) for tier in self.order}
        return {
            tier: (rules, Settle(self.order, tuple((rule.id, rule.to) for rule in rules)))
            for tier, rules in by_tier.items()
        }

    @cached_property
    def promotions(self) -> Mapping[str, tuple[tuple[TransitionRule, Decimal], ...]]:
        """For each tier, the promotions from it, nearest first, with the scores from which each may be due."""
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
    def derived(self) -> tuple[Reference, ...]:
        """The references that look at earlier months, those that others read first."""
        return tuple(reference for reference in self.references if reference.function in REFERENCES)

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
