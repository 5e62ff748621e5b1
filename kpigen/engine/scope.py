"""A scope: the figures of one agent-month by name, and their values as expressions read them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import ZERO, plain
from kpigen.expression import Undefined
from kpigen.figure import Figure
from kpigen.finding import Finding, Place, Rule
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpigen.figure import Operation, Value
    from kpigen.policy.computed import Computed

__all__ = ["Scope"]

UNDEFINED = Rule("undefined")
NEGATIVE_AMOUNT = Rule("negative-amount")


class Scope:
    """Figures by name. It grows while an agent-month is computed and is dropped with it."""

    __slots__ = ("agent", "figures", "findings", "values")

    def __init__(self, agent: str, constants: Mapping[str, Figure]) -> None:
        """Begin with the policy's parameters."""
        self.agent = agent
        self.figures: dict[str, Figure] = dict(constants)
        self.values: dict[str, Value] = {name: figure.value for name, figure in constants.items()}
        self.findings: list[Finding] = []

    def add(self, figure: Figure) -> Figure:
        """Make a figure readable under its name."""
        self.figures[figure.name] = figure
        self.values[figure.name] = figure.value
        return figure

    def add_all(self, figures: Iterable[Figure]) -> None:
        """Make figures readable, each under its name."""
        for figure in figures:
            self.figures[figure.name] = figure
            self.values[figure.name] = figure.value

    def compute(self, rule: Computed, *, otherwise: Value, name: str | None = None) -> Figure:
        """Compute a rule's formula from the figures that it names.

        Args:
            rule: the compiled rule.
            otherwise: the value when the formula is undefined here (a division by zero, or a value that is not
                applicable); that is also noted as a finding.
            name: the figure's name, where it is not the rule's id.
        """
        try:
            if name is None and rule.constant:
                return rule.constant
            inputs = tuple(map(self.figures.__getitem__, rule.formula.names))
            value = rule.value(self.values)
        except Undefined as undefined:
            self.findings.append(self._undefined(rule, undefined))
            return Figure(name or rule.id, otherwise, None, (), rule.clause, rule.place)
        return Figure(name or rule.id, value, rule.operation, inputs, rule.clause, rule.place)

    def value(self, rule: Computed, *, otherwise: Value) -> Value:
        """Compute a rule's value alone, where it is not shown how it was made; see :meth:`compute`."""
        try:
            return rule.value(self.values)
        except Undefined as undefined:
            self.findings.append(self._undefined(rule, undefined))
            return otherwise

    def pay(self, rule: Computed, name: str | None = None) -> Figure:
        """Compute an amount of money. One below 0 is a finding: what is taken away stands as a deduction of its own."""
        figure = self.compute(rule, otherwise=ZERO, name=name)
        if isinstance(figure.value, Decimal) and figure.value < 0:
            message = say(
                "For {agent}: the amount of {line} is {amount}, below 0.",
                agent=self.agent,
                line=rule.id,
                amount=plain(figure.value),
            )
            hint = say("Correct the record, or the expression; what is taken away is a `deduct` above 0.")
            self.findings.append(Finding.of(NEGATIVE_AMOUNT, rule.place, message, hint))
        return figure

    def part(self, rule: Computed, name: str) -> Figure:
        """Compute a part of a measure or an item.

        Where something that it reads is not applicable, it is not either, unless a condition leaves that aside.
        """
        inputs = tuple(map(self.figures.__getitem__, rule.formula.names))
        if all(figure.value is not None for figure in inputs):
            return self.compute(rule, otherwise=None, name=name)
        try:
            return Figure(name, rule.value(self.values), rule.operation, inputs, rule.clause, rule.place)
        except Undefined:
            return Figure(name, None, None, (), rule.clause, rule.place)

    def derive(
        self,
        name: str,
        operation: Operation,
        inputs: tuple[Figure, ...],
        clause: str | None,
        place: Place | None,
    ) -> Figure:
        """Make a figure from others and make it readable under its name."""
        value = operation.apply(*[figure.value for figure in inputs])
        return self.add(Figure(name, value, operation, inputs, clause, place))

    def _undefined(self, rule: Computed, undefined: Undefined) -> Finding:
        place = Place(rule.place.path, rule.place.line, rule.place.column + undefined.offset)
        return Finding.of(
            UNDEFINED,
            place,
            say("For {agent}: {reason}", agent=self.agent, reason=undefined.message),
            say("Correct the record, or guard the expression with a condition."),
        )
