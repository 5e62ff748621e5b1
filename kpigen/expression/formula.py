"""Formulas: expressions whose names and kinds are known to be right, ready to be computed."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from kpigen.figure import Value
from kpigen.text import Text, say

if TYPE_CHECKING:
    from decimal import Decimal

    from kpigen.expression.kinds import Kind

__all__ = ["Code", "Formula", "Reference", "Undefined"]

# The kinds were checked before a formula exists, so that its code need not check them again at every step.
Code = Callable[[Mapping[str, Value]], Any]


class Undefined(Exception):  # noqa: N818 - not an error of the program: the engine makes a finding of it
    """A formula has no value for these inputs: a division by zero, or something that is not applicable.

    ``offset`` counts in the whole text that was compiled, also for the argument of a reference.
    """

    def __init__(self, offset: int, message: Text) -> None:
        """Keep where in the text the value was lost, and why."""
        super().__init__(offset, message)
        self.offset = offset
        self.message = message


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in a formula, such as ``streak(score < 70)``: its value is found before the formula's.

    ``key`` is its canonical text, under which the formula reads it; an argument is a formula, or a word.
    """

    key: str
    function: str
    arguments: tuple[Formula | str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A compiled expression.

    Two formulas are equal when their texts and the kinds of all they read are: they give the same values.

    Attributes:
        text: The expression as written; for the argument of a reference its canonical text.
        canonical: The expression in its canonical printing.
        result: What it computes.
        names: All that it reads, sorted, with the keys of its references among them.
        references: Its own references; those inside their arguments are references of the arguments.
    """

    kind: ClassVar[str] = "formula"

    text: str
    canonical: str = field(repr=False)
    result: Kind
    names: tuple[str, ...]
    kinds: tuple[Kind, ...] = field(repr=False)
    references: tuple[Reference, ...]
    _code: Code = field(repr=False, compare=False)
    _thresholds: Mapping[str, tuple[Decimal, ...]] = field(repr=False, compare=False)

    def __str__(self) -> str:
        """Return the canonical printing."""
        return self.canonical

    def evaluate(self, values: Mapping[str, Value]) -> Value:
        """Compute the value from the values of :attr:`names`; under :func:`kpigen.exact.arithmetic`.

        Raises:
            Undefined: when something is divided by zero, is not applicable, or grows beyond all numbers.
        """
        try:
            result: Value = self._code(values)
        except (decimal.InvalidOperation, decimal.Overflow) as error:
            raise Undefined(0, say("the number grows too large to be computed")) from error
        return result

    def apply(self, *values: Value) -> Value:
        """Compute the value from the values of :attr:`names` in their order.

        Raises:
            Undefined: as :meth:`evaluate` does.
        """
        return self.evaluate(dict(zip(self.names, values, strict=True)))

    def spec(self) -> Mapping[str, object]:
        """Return the text, which is all that the operation consists of."""
        return {"text": self.text}

    def thresholds(self, name: str) -> tuple[Decimal, ...]:
        """Return the constant numbers that ``name`` is compared with, ascending and once each."""
        return self._thresholds.get(name, ())
