"""The words for what is wrong with the meaning of an expression: each message with its hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.expression.kinds import SHARE, Choice, Number, described
from kpigen.expression.mistake import MOST_MISTAKES
from kpigen.expression.tokens import FUNCTIONS
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.expression.kinds import Kind, Vocabulary, Words
    from kpigen.text import Text

__all__ = [
    "different_kinds",
    "different_units",
    "division_by_zero",
    "needs_condition",
    "needs_numbers",
    "no_order",
    "no_such_unit",
    "too_few_arguments",
    "unexpected",
    "unknown_function",
    "unknown_word",
    "wrong_arguments",
    "wrong_step",
    "wrong_word",
]

Said = tuple["Text", "Text | None"]
_LONGEST_QUOTE = 40


def _short(source: str) -> str:
    return source if len(source) <= _LONGEST_QUOTE else source[: _LONGEST_QUOTE - 1] + "…"


def needs_numbers(operator: str, source: str, kind: Kind) -> Text:
    """Say that ``operator`` was given something that is not a number."""
    return say(
        "{operator} needs a number, but {part} is {kind}",
        operator=operator,
        part=_short(source),
        kind=described(kind),
    )


def needs_condition(operator: str, source: str, kind: Kind) -> Said:
    """Say that ``operator`` was given something that is neither yes nor no."""
    part = _short(source)
    hint = None
    if isinstance(kind, Number):
        hint = say("compare it, as in {meant}", meant=f"{part} > 0")
    elif isinstance(kind, Choice) and kind.options:
        hint = say("compare it, as in {meant}", meant=f"{part} == {kind.options[0]}")
    return say(
        "{operator} needs a condition, but {part} is {kind}",
        operator=operator,
        part=part,
        kind=described(kind),
    ), hint


def different_kinds(left: str, left_kind: Kind, right: str, right_kind: Kind) -> Said:
    """Say that two parts that must be of one kind are not."""
    choices = [kind for kind in (left_kind, right_kind) if isinstance(kind, Choice)]
    hint = _options(choices[0].options) if len(choices) == 1 else None
    return _contrast(left, left_kind, right, right_kind), hint


def different_units(left: str, left_kind: Number, right: str, right_kind: Number) -> Said:
    """Say that two numbers cannot be added or compared."""
    hint = _share_hint(left_kind, right_kind) or say("only numbers in the same unit go together")
    return _contrast(left, left_kind, right, right_kind), hint


def _contrast(left: str, left_kind: Kind, right: str, right_kind: Kind) -> Text:
    return say(
        "{left} is {kind}, but {right} is {other}",
        left=_short(left),
        kind=described(left_kind),
        right=_short(right),
        other=described(right_kind),
    )


def _options(options: Iterable[str]) -> Text:
    return say("the options are: {options}", options=", ".join(options))


def _share_hint(one: Number, other: Number) -> Text | None:
    if SHARE not in (one, other):
        return None
    if "%" in (one.unit, other.unit):
        return say("leave out the % sign: the unit is % already")
    return say("say of what, as in 20% * x")


def no_such_unit(operator: str, kind: Number, source: str, other: Number) -> Said:
    """Say that a product or a quotient would have a unit that means nothing."""
    part, left, right = _short(source), kind.unit or "", other.unit or ""
    hint = say("number(x) is x without its unit, as in number({part})", part=part)
    if operator == "*":
        return say("{left} times {right} has no meaning", left=left, right=right), hint
    return say("{left} divided by {right} has no meaning", left=left, right=right), hint


def division_by_zero(source: str) -> Text:
    """Say that a divisor is always 0."""
    return say("{part} is 0, and nothing can be divided by it", part=_short(source))


def no_order(operator: str, source: str) -> Said:
    """Say that flags cannot be compared by size."""
    message = say("{operator} needs an order, but {part} is a yes or no", operator=operator, part=_short(source))
    return message, say("write == or !=")


def unexpected(expected: Kind, kind: Kind) -> Said:
    """Say that the whole expression is not what it has to be."""
    hint = _share_hint(expected, kind) if isinstance(expected, Number) and isinstance(kind, Number) else None
    return say("expected {expected}, but this is {kind}", expected=described(expected), kind=described(kind)), hint


def unknown_word(word: str, vocabulary: Vocabulary, wanted: Kind | None, found: int) -> Said:
    """Say that a word is neither a name nor an option here; ``found`` counts the mistakes before it."""
    names, references = vocabulary.names, vocabulary.references
    if word in references or word in FUNCTIONS:
        return say("{word} needs an argument", word=word), say("write {word}(…)", word=word)
    if found >= MOST_MISTAKES:
        return say("there is no {word} here", word=word), None
    if apart := _apart(word, names):
        return say("there is no {word} here", word=word), say("put spaces around minus: {meant}", meant=apart)
    if isinstance(wanted, Choice):
        message = say("{word} is not an option of {choice}", word=word, choice=wanted.name)
        near = nearest(word, {*wanted.options, *names})
        return message, _meant(near) or _options(wanted.options)
    # A name called as its choice is, such as `tier`, is the likeliest to be meant.
    choices = [(kind.name != name, name, kind) for name, kind in names.items() if isinstance(kind, Choice)]
    for _, name, kind in sorted(choices, key=lambda choice: choice[:2]):
        if word in kind.options:
            message = say("{word} stands alone, but is an option of {choice}", word=word, choice=kind.name)
            return message, say("compare: {name} == {word}", name=name, word=word)
    return say("there is no {word} here", word=word), _meant(nearest(word, {*names, *references}))


def _apart(word: str, names: Iterable[str]) -> str | None:
    """Return ``a - b`` for ``a-b`` where both parts are known, or numbers; None where they are not."""
    pieces = word.split("-")
    known = set(names)
    # The shortest way to read the pieces up to each hyphen as known names, from left to right.
    ways: list[list[str] | None] = [[]]
    for end in range(1, len(pieces) + 1):
        way = None
        for start in range(end):
            before, part = ways[start], "-".join(pieces[start:end])
            if before is not None and (part in known or part.isdigit()):
                way = [*before, part]
                break
        ways.append(way)
    found = ways[-1]
    return " - ".join(found) if found and len(found) > 1 else None


def _meant(near: str | None) -> Text | None:
    return say("did you mean {near}?", near=near) if near else None


def unknown_function(function: str, vocabulary: Vocabulary, found: int) -> Said:
    """Say that what stands before a bracket takes no arguments; ``found`` counts the mistakes before it."""
    if function in vocabulary.names:
        return say("{word} takes no argument", word=function), say("write {meant}", meant=function)
    near = nearest(function, {*FUNCTIONS, *vocabulary.references}) if found < MOST_MISTAKES else None
    return say("there is no function {word} here", word=function), _meant(near)


def wrong_arguments(function: str, expected: int, given: int, *, with_step: bool) -> Said:
    """Say that a call has too many or too few arguments."""
    message = say(
        "the number of arguments of {function} is {expected}, not {given}",
        function=function,
        given=given,
        expected=expected,
    )
    return message, say(
        "write {function}(x, 0.1): the second number is the step", function=function
    ) if with_step else None


def too_few_arguments(function: str, given: int) -> Text:
    """Say that a function of many arguments has fewer than two."""
    return say("the number of arguments of {function} is two or more, not {given}", function=function, given=given)


def wrong_step(function: str, operand: str, step: str) -> Said:
    """Say that the step of a rounding is not a number above zero."""
    message = say(
        "the step of {function} must be a number above zero, not {step}", function=function, step=_short(step)
    )
    return message, say("write {function}({part}, 0.1)", function=function, part=_short(operand))


def wrong_word(function: str, source: str, words: Words) -> Said:
    """Say that an argument is not one of the words that are allowed."""
    message = say("{word} is not a word that {function} takes", word=_short(source), function=function)
    near = nearest(source, words.options)
    return message, _meant(near) or say("it takes one of: {options}", options=", ".join(words.options))
