"""Teams: ``team_mean(score)`` and ``team_total(sales)``, over the team's assessed agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kpigen.expression import Signature
from kpigen.figure import Figure, given
from kpigen.policy.references.kind import formula_of
from kpigen.policy.references.past import value_of
from kpigen.policy.references.window import Averaged
from kpigen.policy.tally import Sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpigen.expression import Reference
    from kpigen.figure import Operation
    from kpigen.month import Month
    from kpigen.policy.references.kind import View
    from kpigen.policy.references.past import Past

__all__ = ["TeamMean", "TeamTotal"]


class _OfTeam:
    """What both have in common: the figure of each member, of which the table has the value and the agent's id."""

    signature: ClassVar[Signature] = Signature(("number",), None)
    operation: ClassVar[Operation]

    def depth(self, reference: Reference, month: Month, history: Sequence[Past]) -> int:  # noqa: ARG002 - the protocol's
        """Return 0: it looks at the month alone."""
        return 0

    def figure(self, reference: Reference, view: View) -> Figure:
        """Return the value over the team."""
        formula = formula_of(reference)
        inputs = []
        for agent, figures in view.team.items():
            value = value_of(formula, {name: figures[name].value for name in formula.names if name in figures})
            if value is not None:
                inputs.append(given(agent, value, None))
        return Figure(
            reference.key, self.operation.apply(*[figure.value for figure in inputs]), self.operation, tuple(inputs)
        )


class TeamMean(_OfTeam):
    """The mean over the team."""

    name: ClassVar[str] = "team_mean"
    operation: ClassVar[Operation] = Averaged()


class TeamTotal(_OfTeam):
    """The sum over the team."""

    name: ClassVar[str] = "team_total"
    operation: ClassVar[Operation] = Sum()
