"""What an expression may read and what each thing is: kinds, units, and the words of a policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.text import Text

__all__ = [
    "FLAG",
    "SHARE",
    "Choice",
    "Flag",
    "Kind",
    "Number",
    "Parameter",
    "Signature",
    "Vocabulary",
    "Words",
    "common",
    "described",
    "product",
    "quotient",
]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, in a unit (``CNY``, ``points``, ``%`` …) or, with None, in none: it fits any unit."""

    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes or no."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a list, such as the tiers; ``options`` stand lowest first."""

    name: str
    options: tuple[str, ...]


Kind = Number | Flag | Choice

FLAG: Final = Flag()

# What a percentage such as 20% is: it multiplies anything, but is never itself money, points or seconds. Its
# own unit keeps `satisfaction >= 95%` from passing as `satisfaction >= 0.95` where records say 95.
SHARE: Final = Number("")


@dataclass(frozen=True, slots=True)
class Words:
    """A parameter that takes one word of a list, as in ``events(loss)``."""

    options: tuple[str, ...]


Parameter = Literal["condition", "number", "any"] | Words


@dataclass(frozen=True, slots=True)
class Signature:
    """What a reference takes and gives; a ``result`` of None is the kind of its first argument.

    ``by_word`` are the results that differ with the word that is the first argument.
    """

    parameters: tuple[Parameter, ...]
    result: Kind | None
    by_word: Mapping[str, Kind] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a result that depends on a first argument that has no kind."""
        if self.result is None and (not self.parameters or isinstance(self.parameters[0], Words)):
            message = "a reference without a result of its own needs an expression as its first argument"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that an expression may read: names, and references with arguments."""

    names: Mapping[str, Kind]
    references: Mapping[str, Signature] = field(default_factory=dict)


def described(kind: Kind) -> Text:
    """Say what ``kind`` is, to stand after "is"."""
    if isinstance(kind, Flag):
        return say("a yes or no")
    if isinstance(kind, Choice):
        return say("an option of {choice}", choice=kind.name)
    if kind == SHARE:
        return say("a share")
    return say("a number in {unit}", unit=kind.unit) if kind.unit else say("a number")


def common(left: Number, right: Number) -> Number | None:
    """Return what two numbers are when added, compared or chosen between; None when their units differ."""
    if left.unit is None:
        return right
    return left if right in (left, Number()) else None


def product(left: Number, right: Number) -> Number | None:
    """Return what ``left`` times ``right`` is: one unit at most, or a rate times what it is a rate of."""
    if right.unit is None or right == SHARE:
        return left if left != SHARE else right
    if left.unit is None or left == SHARE:
        return right
    for rate, base in ((left.unit, right.unit), (right.unit, left.unit)):
        unit, _, per = rate.partition("/")
        if per == base:
            return Number(unit)
    return None


def quotient(left: Number, right: Number) -> Number | None:
    """Return what ``left`` divided by ``right`` is: the same unit cancels, two make a rate."""
    if left == right:
        return Number()
    if right.unit is None or right == SHARE:
        return left if left != SHARE else Number()
    if left.unit is None or left == SHARE:
        return Number()
    unit, _, per = right.unit.partition("/")
    if unit == left.unit:
        return Number(per)
    if "/" in left.unit or per:
        return None
    return Number(f"{left.unit}/{right.unit}")
