"""Neutral cases: an agent of whom nothing is recorded but a tier, a role and a score, computed by the engine itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.exact import plain
from kpigen.examples import run_example
from kpigen.policy.example import Example, Expected, Given
from kpigen.policy.inputs import Amount
from kpigen.policy.period import last_month
from kpigen.reading.nodes import Scalar
from kpigen.text import Label

if TYPE_CHECKING:
    from kpigen.engine import Statement
    from kpigen.lint.subject import Subject

__all__ = ["AMOUNT", "Neutral", "computed", "gross_of"]

AMOUNT: Final = Decimal(1000)
"""What amounts are taken for where they are to count: any amount would do."""


@dataclass(frozen=True, slots=True)
class Neutral:
    """What is known of the agent: the score (None: no assessment), and the tier and role, the first unless stated.

    With ``full``, inputs that are amounts are 1000 and the month is December, in which every rule applies.
    """

    score: Decimal | None
    tier: str | None = None
    role: str | None = None
    full: bool = False


def computed(subject: Subject, case: Neutral) -> Statement:
    """Compute a month of an agent of whom no more is known than the case says."""
    policy = subject.policy
    given = Given.model_construct(
        month=last_month(policy.month, "year" if case.full else policy.version.assess.every),
        tier=case.tier or next(iter(policy.order), None),
        role=case.role,
        score=case.score,
        inputs={
            name: Scalar(plain(AMOUNT if spec.max is None else min(AMOUNT, spec.max)))
            for name, spec in policy.inputs.items()
            if case.full and isinstance(spec, Amount)
        },
        not_assessed=None if case.score is not None else "no score",
    )
    example = Example.model_construct(name=Label("", ""), clauses=(), given=given, expect=Expected.model_construct())
    return run_example(policy, example, subject.place())[0]


def gross_of(statement: Statement) -> Decimal:
    """Return the gross pay of a statement."""
    value = statement.gross.value
    return value if isinstance(value, Decimal) else Decimal(0)
