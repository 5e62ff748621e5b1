"""Reading tokens into a tree: operators by how tightly they bind, with caps on size and nesting.

The parser is recursive, but what it can recurse into is capped before it does: a text of 400 characters
nested at most 20 deep needs less than a third of the interpreter's stack.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.expression.mistake import Mistake, Refused
from kpigen.expression.tree import (
    LEVELS,
    Call,
    Chain,
    Compare,
    Conditional,
    Junction,
    Literal,
    Negate,
    Node,
    Not,
    Span,
    Truth,
    Word,
    describe,
)
from kpigen.text import Text, say

if TYPE_CHECKING:
    from kpigen.expression.tokens import Token

__all__ = ["DEEPEST", "MOST_PARTS", "parse"]

MOST_PARTS = 200
DEEPEST = 20

_COMPARE = LEVELS["=="]
_NEGATE = LEVELS["*"] + 1


def parse(tokens: tuple[Token, ...]) -> tuple[Node, tuple[Mistake, ...]]:
    """Read the tokens of one expression, the last of which is the end.

    Returns:
        The tree, and the mistakes that did not keep it from being read.

    Raises:
        Refused: with the first mistake after which nothing can be read.
    """
    parser = _Parser(tokens)
    node = parser.expression(LEVELS["if"])
    if parser.next.sort != "end":
        hint = say("write a number without commas: 1000") if parser.next.text == "," else None
        raise parser.refused(say("expected an operator or the end, but read {read}", read=parser.next.text), hint)
    return node, tuple(parser.mistakes)


class _Parser:
    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0
        self._parts = 0
        self._depth = 0
        self.mistakes: list[Mistake] = []

    @property
    def next(self) -> Token:
        return self._tokens[self._at]

    def refused(self, message: Text, hint: Text | None = None) -> Refused:
        return Refused(Mistake(self.next.offset, self.next.length, message, hint))

    def expression(self, level: int) -> Node:
        """Read an expression whose operators bind at least as tightly as ``level``."""
        start = self.next
        left = self._operand(level)
        while (found := self._level()) >= level:
            left = self._operation(start, left, found)
        return left

    def _level(self) -> int:
        return LEVELS.get(self.next.text, 0) if self.next.sort == "sign" and self.next.text != "not" else 0

    def _take(self) -> Token:
        token = self.next
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise self.refused(say("an expression has at most {most} parts; this one has more", most=MOST_PARTS))
        self._at += 1
        return token

    def _reads(self, sign: str) -> bool:
        if self.next.sort == "sign" and self.next.text == sign:
            self._at += 1
            return True
        return False

    def _span(self, start: Token) -> Span:
        last = self._tokens[self._at - 1]
        return start.offset, last.offset + last.length - start.offset

    def _nested(self, level: int) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.refused(say("an expression is nested at most {most} deep; this one is deeper", most=DEEPEST))
        node = self.expression(level)
        self._depth -= 1
        return node

    def _operand(self, level: int) -> Node:
        start = self.next
        match start.sort, start.text:
            case "number", text:
                self._take()
                return Literal(self._span(start), Decimal(text.removesuffix("%")), text.endswith("%"))
            case "name", name:
                self._take()
                return self._call(start) if self._reads("(") else Word(self._span(start), name)
            case "sign", "yes" | "no":
                self._take()
                return Truth(self._span(start), start.text == "yes")
            case "sign", "-":
                self._take()
                operand = self._nested(_NEGATE)
                return Negate(self._span(start), operand)
            case "sign", "not" if level <= LEVELS["not"]:
                self._take()
                operand = self._nested(LEVELS["not"])
                return Not(self._span(start), operand)
            case "sign", "(":
                self._at += 1
                inner = self._nested(LEVELS["if"])
                self._close(start)
                return inner
            case _:
                raise self._no_operand()

    def _no_operand(self) -> Refused:
        if self.next.sort == "end":
            return self.refused(say("expected a value, but the expression ends"))
        hint = say("put brackets around not and what it denies") if self.next.text == "not" else None
        return self.refused(say("expected a value, but read {read}", read=self.next.text), hint)

    def _close(self, opened: Token) -> None:
        if self._reads(")"):
            return
        hint = say("the bracket opened at character {column} is not closed", column=opened.offset + 1)
        if self.next.sort == "end":
            raise self.refused(say("expected ), but the expression ends"), hint)
        raise self.refused(say("expected ) or an operator, but read {read}", read=self.next.text), hint)

    def _call(self, name: Token) -> Call:
        opened = self._tokens[self._at - 1]
        arguments: list[Node] = []
        if not self._reads(")"):
            arguments.append(self._nested(LEVELS["if"]))
            while self._reads(","):
                arguments.append(self._nested(LEVELS["if"]))
            self._close(opened)
        return Call(self._span(name), name.text, tuple(arguments))

    def _operation(self, start: Token, left: Node, level: int) -> Node:
        match self.next.text:
            case "if":
                return self._conditional(start, left)
            case "and" | "or" as operator:
                operands = [operand for _, operand in self._row(level)]
                return Junction(self._span(start), operator, (left, *operands))
            case "+" | "-" | "*" | "/":
                rest = self._row(level)
                return Chain(self._span(start), left, rest)
            case _:
                return self._comparison(start, left)

    def _row(self, level: int) -> tuple[tuple[str, Node], ...]:
        row: list[tuple[str, Node]] = []
        while self._level() == level:
            operator = self._take().text
            row.append((operator, self.expression(level + 1)))
        return tuple(row)

    def _conditional(self, start: Token, then: Node) -> Node:
        self._take()
        condition = self.expression(LEVELS["or"])
        if not self._reads("else"):
            hint = say("write: a if condition else b")
            if self.next.sort == "end":
                raise self.refused(say("expected else, but the expression ends"), hint)
            raise self.refused(say("expected else, but read {read}", read=self.next.text), hint)
        otherwise = self._nested(LEVELS["if"])
        return Conditional(self._span(start), then, condition, otherwise)

    def _comparison(self, start: Token, left: Node) -> Node:
        """Read ``a < b``; a chain ``a < b < c`` is a mistake, and read as ``a < b``.

        Not as ``a < b and b < c``: a tree that holds ``b`` twice doubles at every level of a hostile nest.
        """
        comparisons: list[Node] = []
        while self._level() == _COMPARE:
            operator = self._take().text
            right = self.expression(_COMPARE + 1)
            comparisons.append(Compare(self._span(start), operator, left, right))
            left = right
        if len(comparisons) > 1:
            span = self._span(start)
            hint = say("write {meant}", meant=describe(Junction(span, "and", tuple(comparisons))))
            self.mistakes.append(Mistake(*span, say("comparisons cannot be chained"), hint))
        return comparisons[0]
