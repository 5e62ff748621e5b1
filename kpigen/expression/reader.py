"""Finding what an expression means: its names, kinds and units are checked, and its code is put together."""

from __future__ import annotations

import decimal
from typing import TYPE_CHECKING

from kpigen.exact import CONTEXT, arithmetic
from kpigen.expression import calls, closures, spoken
from kpigen.expression.formula import Formula, Undefined
from kpigen.expression.kinds import FLAG, SHARE, Choice, Number, common, product, quotient
from kpigen.expression.meaning import Meaning
from kpigen.expression.mistake import Mistake
from kpigen.expression.tree import (
    Call,
    Chain,
    Compare,
    Conditional,
    Junction,
    Literal,
    Negate,
    Not,
    Truth,
    Word,
    describe,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from kpigen.expression.formula import Code, Reference
    from kpigen.expression.kinds import Kind, Vocabulary
    from kpigen.expression.tree import Node
    from kpigen.figure import Value
    from kpigen.text import Text

__all__ = ["Reader"]

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


class Reader:
    """Reads one tree: collects what it reads, what its names are compared with, and its mistakes."""

    def __init__(self, text: str, vocabulary: Vocabulary, mistakes: list[Mistake]) -> None:
        """Read parts of ``text`` by ``vocabulary``; mistakes are added to ``mistakes``."""
        self.text = text
        self.vocabulary = vocabulary
        self.mistakes = mistakes
        self.inputs: dict[str, Kind] = {}
        self.references: dict[str, Reference] = {}
        self._limits: dict[str, set[Decimal]] = {}

    def inner(self) -> Reader:
        """Return a reader for an argument, which is a formula of its own with the same mistakes."""
        return Reader(self.text, self.vocabulary, self.mistakes)

    def formula(self, meaning: Meaning, text: str) -> Formula:
        """Make a formula of what was read; ``meaning`` must have a kind."""
        names = tuple(sorted(self.inputs))
        return Formula(
            text=text,
            canonical=describe(meaning.node),
            result=Number() if meaning.kind is None or meaning.kind == SHARE else meaning.kind,
            names=names,
            kinds=tuple(self.inputs[name] for name in names),
            references=tuple(self.references[name] for name in names if name in self.references),
            _code=meaning.code,
            _thresholds={name: tuple(sorted(limits)) for name, limits in self._limits.items()},
        )

    def source(self, node: Node) -> str:
        """Return the part of the text that ``node`` was read from."""
        offset, length = node.span
        return self.text[offset : offset + length]

    def mistake(self, node: Node, message: Text, hint: Text | None = None) -> None:
        """Add a mistake at ``node``."""
        self.mistakes.append(Mistake(*node.span, message, hint))

    def read(self, node: Node, wanted: Kind | None = None) -> Meaning:
        """Find what ``node`` means; a bare word is an option if ``wanted`` is a choice that has it."""
        match node:
            case Literal() | Truth():
                meaning = _constant(node)
            case Word():
                meaning = self._word(node, wanted)
            case Call():
                meaning = calls.read_call(self, node)
            case Chain():
                meaning = self._chain(node)
            case Compare():
                meaning = self._compare(node)
            case Conditional():
                meaning = self._conditional(node, wanted)
            case Negate(operand=operand):
                inner = self.read(operand)
                code = closures.negate(inner.code)
                meaning = Meaning(node, self.number(inner, "-"), code, constant=inner.constant)
            case _:
                meaning = self._logic(node)
        return meaning

    def number(self, part: Meaning, operator: str) -> Number | None:
        """Return the kind of ``part`` if it is a number; anything else is a mistake."""
        if part.kind is None or isinstance(part.kind, Number):
            return part.kind
        self.mistake(part.node, spoken.needs_numbers(operator, self.source(part.node), part.kind))
        return None

    def same_unit(self, parts: list[Meaning]) -> Number | None:
        """Return what the sum or the least of numbers is; a mistake at the first in another unit."""
        leader = parts[0]
        for part in parts[1:]:
            kind = self.together(part.node, leader, part)
            if kind is None:
                return None
            # What says the unit is what a later message is about: in 1 + pay + score, that is pay.
            leader = leader if leader.kind == kind else part
        return leader.kind if isinstance(leader.kind, Number) else None

    def together(self, node: Node, left: Meaning, right: Meaning) -> Kind | None:
        """Return what two parts are that must be of one kind; a mistake at ``node`` where they are not."""
        one, other = left.kind, right.kind
        if one is None or other is None:
            return None
        if isinstance(one, Number) and isinstance(other, Number):
            kind = common(one, other)
            if kind is None:
                self.mistake(node, *spoken.different_units(self.source(left.node), one, self.source(right.node), other))
            return kind
        if one != other:
            self.mistake(node, *spoken.different_kinds(self.source(left.node), one, self.source(right.node), other))
            return None
        return one

    def value(self, part: Meaning) -> Value:
        """Return the value of a constant part; None if it has none."""
        try:
            with arithmetic():
                value: Value = part.code({})
        except (Undefined, decimal.InvalidOperation, decimal.Overflow):
            return None
        return value

    def _word(self, node: Word, wanted: Kind | None) -> Meaning:
        name = node.name
        if isinstance(wanted, Choice) and name in wanted.options:
            return Meaning(node, wanted, closures.constant(name), constant=True)
        kind = self.vocabulary.names.get(name)
        if kind is None:
            self.mistake(node, *spoken.unknown_word(name, self.vocabulary, wanted, len(self.mistakes)))
            return Meaning(node, None)
        self.inputs[name] = kind
        return Meaning(node, kind, closures.reading(name, node.span[0]), name)

    def _condition(self, node: Node, operator: str) -> Meaning:
        part = self.read(node)
        if part.kind is not None and part.kind != FLAG:
            self.mistake(node, *spoken.needs_condition(operator, self.source(node), part.kind))
        return part

    def _sides(self, left: Node, right: Node, wanted: Kind | None = None) -> tuple[Meaning, Meaning]:
        """Read two parts of one kind: what may be an option is read after the side that says of what."""
        if self._right_tells(left, right):
            second = self.read(right, wanted)
            return self.read(left, wanted or second.kind), second
        first = self.read(left, wanted)
        return first, self.read(right, wanted or first.kind)

    def _right_tells(self, left: Node, right: Node) -> bool:
        """Return whether it takes the right side to know if the left one is an option."""
        names = self.vocabulary.names
        if not self._tells(left):
            return self._tells(right)
        if not isinstance(left, Word):
            return False
        if isinstance(right, Call):
            return True
        kind = names.get(right.name) if isinstance(right, Word) else None
        return isinstance(kind, Choice) and kind != names[left.name] and left.name in kind.options

    def _tells(self, node: Node) -> bool:
        """Return whether a part has a kind by itself, as all have but words that are no names."""
        if isinstance(node, Conditional):
            return self._tells(node.then) or self._tells(node.otherwise)
        return not isinstance(node, Word) or node.name in self.vocabulary.names

    def _chain(self, node: Chain) -> Meaning:
        operators = [operator for operator, _ in node.rest]
        parts = [self.read(node.first), *(self.read(operand) for _, operand in node.rest)]
        kinds = [self.number(part, operator) for part, operator in zip(parts, [operators[0], *operators], strict=True)]
        kind = kinds[0]
        if None in kinds:
            kind = None
        elif operators[0] in "+-":
            kind = self.same_unit(parts)
        else:
            for operator, part, other in zip(operators, parts[1:], kinds[1:], strict=True):
                kind = self._scaled(kind, operator, part, other)
        rest = tuple(
            (operator, part.code, self.source(part.node), part.node.span[0])
            for operator, part in zip(operators, parts[1:], strict=True)
        )
        return Meaning(node, kind, closures.chain(parts[0].code, rest), constant=all(part.constant for part in parts))

    def _scaled(self, kind: Number | None, operator: str, part: Meaning, other: Number | None) -> Number | None:
        if operator == "/" and part.constant and self.value(part) == 0:
            self.mistake(part.node, spoken.division_by_zero(self.source(part.node)))
        if kind is None or other is None:
            return None
        result = (product if operator == "*" else quotient)(kind, other)
        if result is None:
            self.mistake(part.node, *spoken.no_such_unit(operator, kind, self.source(part.node), other))
        return result

    def _compare(self, node: Compare) -> Meaning:
        left, right = self._sides(node.left, node.right)
        constant = left.constant and right.constant
        kind = self.together(node, left, right)
        if kind is None:
            return Meaning(node, FLAG)
        if kind == FLAG and node.operator not in {"==", "!="}:
            self.mistake(node, *spoken.no_order(node.operator, self.source(left.node)))
            return Meaning(node, FLAG)
        operator = node.operator
        if left.constant and right.name:
            left, right, operator = right, left, _MIRRORED[operator]
        if isinstance(kind, Choice):
            return Meaning(node, FLAG, self._compare_options(operator, left, right, kind), constant=constant)
        limit = self.value(right) if left.name and right.constant else None
        if limit is None or left.name is None:
            return Meaning(node, FLAG, closures.compare(operator, left.code, right.code), constant=constant)
        if isinstance(limit, decimal.Decimal):
            self._limits.setdefault(left.name, set()).add(limit)
        return Meaning(node, FLAG, closures.compare_name(operator, left.name, left.node.span[0], limit))

    def _compare_options(self, operator: str, left: Meaning, right: Meaning, kind: Choice) -> Code:
        if left.name and isinstance(right.node, Word) and right.constant:
            holds, limit = closures.COMPARISONS[operator], kind.options.index(right.node.name)
            outcomes = {option: holds(place, limit) for place, option in enumerate(kind.options)}
            return closures.compare_option(left.name, left.node.span[0], outcomes)
        places = [
            closures.ranked(side.code, kind.options, self.source(side.node), side.node.span[0])
            for side in (left, right)
        ]
        return closures.compare(operator, *places)

    def _conditional(self, node: Conditional, wanted: Kind | None) -> Meaning:
        condition = self._condition(node.condition, "if")
        then, otherwise = self._sides(node.then, node.otherwise, wanted)
        kind = self.together(node, then, otherwise)
        code = closures.conditional(then.code, condition.code, otherwise.code)
        return Meaning(node, kind, code, constant=condition.constant and then.constant and otherwise.constant)

    def _logic(self, node: Not | Junction) -> Meaning:
        if isinstance(node, Not):
            inner = self._condition(node.operand, "not")
            return Meaning(node, FLAG, closures.opposite(inner.code), constant=inner.constant)
        parts = [self._condition(operand, node.operator) for operand in node.operands]
        code = closures.junction(node.operator, tuple(part.code for part in parts))
        return Meaning(node, FLAG, code, constant=all(part.constant for part in parts))


def _constant(node: Literal | Truth) -> Meaning:
    if isinstance(node, Truth):
        return Meaning(node, FLAG, closures.constant(node.value), constant=True)
    # Not a division: under a caller's context that could round.
    value = node.value.scaleb(-2, CONTEXT) if node.percent else node.value
    return Meaning(node, SHARE if node.percent else Number(), closures.constant(value), constant=True)
