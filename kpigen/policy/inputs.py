"""Inputs: what a line of a score sheet states about an agent, and how each cell is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from kpigen.exact import CENT, ZERO, plain, round_to
from kpigen.expression import FLAG, Choice, Kind, Number
from kpigen.finding import Rule
from kpigen.policy.fields import ClauseNumber, PositiveNumber, Slugs, Weight
from kpigen.policy.period import Every
from kpigen.reading.decode import Record, by_key
from kpigen.reading.faults import Fault
from kpigen.reading.readers import read_flag, read_number
from kpigen.reading.scalars import Flag, LabelField, Prose, Slug
from kpigen.reading.scalars import Number as NumberField
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from decimal import Decimal

    from kpigen.figure import Value

__all__ = ["NOT_APPLICABLE", "InputField", "InputSpec", "kind_of", "kind_word", "read_cell", "unit_of"]

CELL: Final = Rule("cell")
NOT_APPLICABLE: Final = "n/a"


class _Stated(Record):
    """What every input has.

    ``missing: allowed`` lets a line leave it out (a rater who did not rate): it is then not applicable, never 0.
    ``applicable: always`` refuses ``n/a``. ``stated: team``: once for a whole team. ``roles``: on the scorecards of
    these roles alone. ``every`` quarter, half-year or year: in the last month of each alone.
    """

    name: LabelField
    clause: ClauseNumber
    stated: Literal["team"] | None = None
    every: Every | None = None
    roles: Slugs = ()
    missing: Literal["allowed"] | None = None
    applicable: Literal["always"] | None = None


class Points(_Stated):
    """Points given directly by the assessor, from 0 to ``points``; ``weight`` where the score adds up weights."""

    points: PositiveNumber
    weight: Weight | None = None


class Amount(_Stated):
    """An amount of money in the named currency."""

    amount: Prose
    min: NumberField = ZERO
    max: NumberField | None = None


class FlagInput(_Stated):
    """A yes or a no."""

    flag: Flag


class Count(_Stated):
    """A whole number of things."""

    count: Prose
    min: NumberField = ZERO
    max: NumberField | None = None


class Measure(_Stated):
    """A measured value with its unit; may be not applicable."""

    measure: Prose
    min: NumberField = ZERO
    max: NumberField | None = None


class Rating(_Stated):
    """A word of a rating, the worst first; may be not applicable."""

    rating: tuple[Slug, ...]


InputSpec = Points | Amount | FlagInput | Count | Measure | Rating

InputField = Annotated[
    InputSpec, by_key(points=Points, amount=Amount, flag=FlagInput, count=Count, measure=Measure, rating=Rating)
]
"""The declaration of an input, its kind told by its key."""


def kind_word(spec: InputSpec) -> str:
    """Return the key that declares the input's kind: points, amount, flag, count or measure."""
    match spec:
        case Points():
            return "points"
        case Amount():
            return "amount"
        case FlagInput():
            return "flag"
        case Count():
            return "count"
        case Measure():
            return "measure"
        case Rating():
            return "rating"


def unit_of(spec: InputSpec) -> str | None:
    """Return the unit an input is stated in, or None for a flag."""
    match spec:
        case Points():
            return "points"
        case Amount(amount=unit) | Count(count=unit) | Measure(measure=unit):
            return unit
        case FlagInput() | Rating():
            return None


def kind_of(spec: InputSpec) -> Kind:
    """Return the input's kind in expressions."""
    if isinstance(spec, Rating):
        return Choice("rating", spec.rating)
    return FLAG if isinstance(spec, FlagInput) else Number(unit_of(spec))


def read_cell(spec: InputSpec, text: str) -> Value | Fault:
    """Read a cell as the input that the policy declares.

    Args:
        spec: the input's declaration.
        text: the cell's exact text.

    Returns:
        the value (None for ``n/a``), or the fault that says what is wrong with it.
    """
    if text == NOT_APPLICABLE:
        return _not_applicable(spec)
    if isinstance(spec, Rating):
        return _word(spec, text)
    return read_flag(text) if isinstance(spec, FlagInput) else _number(spec, text)


def _not_applicable(spec: InputSpec) -> Fault | None:
    if not isinstance(spec, Points | Measure | Rating):
        message = say("“n/a” is only for what is scored.")
        return Fault(CELL, message, say("Write 0 or no where there is nothing."))
    if spec.applicable:
        message = say("The policy does not let this be “n/a”.")
        return Fault(CELL, message, say("Write the value, or not_assessed: with the reason for the whole line."))
    return None


def _word(spec: Rating, text: str) -> str | Fault:
    if text in spec.rating:
        return text
    near = nearest(text, spec.rating)
    hint = (
        say("Did you mean {near}?", near=near) if near else say("The words are: {words}.", words=", ".join(spec.rating))
    )
    return Fault(CELL, say("{text} is no word of this rating.", text=text), hint)


def _number(spec: Points | Amount | Count | Measure, text: str) -> Decimal | Fault:
    number = read_number(text)
    if isinstance(number, Fault):
        meant = read_number(text.removesuffix("%"))
        return number if isinstance(meant, Fault) else _in_range(spec, text, meant) or number
    if isinstance(spec, Count) and number != number.to_integral_value():
        return Fault(CELL, say("{text} is not a whole number.", text=text), say("Write how many there were."))
    if isinstance(spec, Amount) and number != round_to(number, CENT):
        return Fault(CELL, say("{text} has fractions of a cent.", text=text), say("Write at most two decimals."))
    return _in_range(spec, text, number) or number


def _in_range(spec: Points | Amount | Count | Measure, text: str, number: Decimal) -> Fault | None:
    """Return the fault of a number that the input cannot be."""
    least, most = (ZERO, spec.points) if isinstance(spec, Points) else (spec.min, spec.max)
    if number < least or (most is not None and number > most):
        return _out_of_range(text, least, most)
    return None


def _out_of_range(text: str, least: Decimal, most: Decimal | None) -> Fault:
    if most is None:
        message = say("{text} is below {least}, the least that the policy allows.", text=text, least=plain(least))
    else:
        message = say("{text} is not between {least} and {most}.", text=text, least=plain(least), most=plain(most))
    return Fault(CELL, message, say("Correct the value, or write n/a where the item did not apply."))
