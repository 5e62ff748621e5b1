"""What a reference is: a function in expressions whose value is worked out before the expression's."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpigen.expression import Formula, Reference, Signature
    from kpigen.figure import Figure
    from kpigen.month import Month
    from kpigen.policy.references.past import Past

__all__ = ["ReferenceKind", "View", "formula_of", "window_of"]


class View(NamedTuple):
    """What a reference is worked out from.

    Attributes:
        month: the month.
        figures: the agent's own figures of it, by name.
        history: the agent's earlier months, newest first.
        team: the figures of each assessed agent of the team, oneself among them, by agent id.
    """

    month: Month
    figures: Mapping[str, Figure]
    history: Sequence[Past]
    team: Mapping[str, Mapping[str, Figure]]


class ReferenceKind(Protocol):
    """A kind of reference; each is a module with a class like this."""

    name: ClassVar[str]
    signature: ClassVar[Signature]

    def depth(self, reference: Reference, month: Month, history: Sequence[Past]) -> int:
        """Return how many of the earlier months, newest first, the value can depend on."""

    def figure(self, reference: Reference, view: View) -> Figure:
        """Return the value as a figure."""


def formula_of(reference: Reference) -> Formula:
    """Return a reference's first argument, which is an expression."""
    formula = reference.arguments[0]
    if isinstance(formula, str):
        raise TypeError(f"{reference.key} takes an expression")
    return formula


def window_of(reference: Reference) -> str:
    """Return a reference's second argument, which is a word."""
    word = reference.arguments[1]
    if not isinstance(word, str):
        raise TypeError(f"{reference.key} takes a word")
    return word
