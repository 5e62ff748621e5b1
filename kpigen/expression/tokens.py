"""Cutting the text of an expression into names, numbers and signs.

What is misspelt in a way that has one obvious meaning (``&&``, full-width digits, capitals) is a mistake with
the right spelling as its hint, and is then read as if it had been right, so that later mistakes show too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from kpigen.expression.mistake import Mistake
from kpigen.expression.spelling import plain_form
from kpigen.text import Text, say

__all__ = ["FUNCTIONS", "KEYWORDS", "MOST_CHARACTERS", "MOST_DIGITS", "Token", "Tokens", "cut"]

MOST_CHARACTERS = 400
MOST_DIGITS = 12
KEYWORDS = frozenset({"and", "or", "not", "if", "else", "yes", "no"})
FUNCTIONS = frozenset({"min", "max", "abs", "number", "round", "floor", "ceiling"})

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<foreign>[A-Za-z0-9_.%-]*[^\x00-\x7f](?:[A-Za-z0-9_.%-]|[^\x00-\x7f])*)
    | (?P<number>\.?[0-9][A-Za-z0-9_.]*%?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)
    | (?P<quoted>"[^"]*"|'[^']*')
    | (?P<odd>===|\*\*|//|&&|\|\||<>|=<|=>|:=|=(?!=)|!(?!=)|[&|])
    | (?P<sign><=|>=|==|!=|[-+*/<>(),])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?%?")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*")
_MEANT = {
    "=": "==",
    "===": "==",
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
}
_TRUTHS = {"true": "yes", "false": "no"}
_ADVICE = {
    **dict.fromkeys(("**", "^"), say("there are no powers: write x * x")),
    "%": say("write a percentage without a space, as in 20%; there is no remainder"),
    "//": say("write floor(x / y, 1)"),
    **dict.fromkeys("[]{}", say("write round brackets")),
    **dict.fromkeys("?:", say("write: a if condition else b")),
    ".": say("write the name alone, as the policy declares it"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A name, a number, a sign (an operator, a bracket, a keyword) or the end, with its place in the text."""

    sort: Literal["name", "number", "sign", "end"]
    text: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into tokens, the mistakes found in it, and whether it can be read in spite of them."""

    tokens: tuple[Token, ...]
    mistakes: tuple[Mistake, ...]
    readable: bool


def cut(text: str) -> Tokens:
    """Cut ``text`` into tokens; the last one is the end.

    Returns:
        Tokens, with a mistake for everything that is not spelt as the language spells it.
    """
    cutter = _Cutter()
    for match in _TOKEN.finditer(text):
        cutter.add(match.lastgroup or "other", match[0], match.start())
    cutter.tokens.append(Token("end", "", len(text), 0))
    return Tokens(tuple(cutter.tokens), tuple(cutter.mistakes), cutter.readable)


class _Cutter:
    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.mistakes: list[Mistake] = []
        self.readable = True

    def add(self, group: str, read: str, offset: int) -> None:
        match group:
            case "space":
                pass
            case "number":
                self._number(read, offset)
            case "name":
                self._name(read, offset)
            case "sign":
                self.tokens.append(Token("sign", read, offset, len(read)))
            case "foreign":
                self._foreign(read, offset)
            case "quoted":
                self._quoted(read, offset)
            case _:
                self._odd(read, offset)

    def _number(self, read: str, offset: int) -> None:
        digits = sum(map(str.isdigit, read))
        if digits > MOST_DIGITS:
            message = say(
                "a number has at most {most} digits; {read} has {digits}",
                most=MOST_DIGITS,
                read=read,
                digits=digits,
            )
            self._mistake(message, None, read, offset)
            self.readable = False
        elif _NUMBER.fullmatch(read):
            self.tokens.append(Token("number", read, offset, len(read)))
        else:
            meant = _number_meant(read)
            hint = _write(meant) if meant else say("write digits with at most one point between them: 1000, 0.5, 20%")
            self._mistake(say("{read} is not a number of the policy language", read=read), hint, read, offset)
            if meant:
                self.tokens.append(Token("number", meant, offset, len(read)))
            self.readable &= bool(meant)

    def _name(self, read: str, offset: int) -> None:
        meant = _TRUTHS.get(read.lower(), read.lower()) if read != read.lower() else read
        if not _NAME.fullmatch(meant):
            message = say("{read} is not a name: a name is small letters, digits, _ and inner hyphens", read=read)
            self._mistake(message, None, read, offset)
            self.readable = False
            return
        if meant != read:
            self._mistake(say("{read} has capital letters", read=read), _write(meant), read, offset)
        self.tokens.append(Token("sign" if meant in KEYWORDS else "name", meant, offset, len(read)))

    def _foreign(self, read: str, offset: int) -> None:
        meant = plain_form(read)
        if meant is None:
            hint = say("write the id that the policy declares, in the letters a–z")
        elif meant.strip():
            hint = _write(meant.strip())
        else:
            hint = say("write a plain space, or nothing")
        self._mistake(
            say("{read} has characters that the policy language does not know", read=read), hint, read, offset
        )
        if meant is None:
            self.readable = False
            return
        # The ASCII form is cut in its turn; its own mistakes show once this one is mended.
        inner = cut(meant)
        self.readable &= inner.readable
        self.tokens.extend(replace(token, offset=offset, length=len(read)) for token in inner.tokens[:-1])

    def _quoted(self, read: str, offset: int) -> None:
        meant = read[1:-1]
        known = bool(_NAME.fullmatch(meant)) and meant not in KEYWORDS
        self._mistake(say("{read} is in quotes", read=read), _write(meant) if known else None, read, offset)
        if known:
            self.tokens.append(Token("name", meant, offset, len(read)))
        self.readable &= known

    def _odd(self, read: str, offset: int) -> None:
        meant = _MEANT.get(read)
        message = say("{read} is not part of the policy language", read=read)
        self._mistake(message, _write(meant) if meant else _ADVICE.get(read), read, offset)
        if meant:
            self.tokens.append(Token("sign", meant, offset, len(read)))
        self.readable &= bool(meant)

    def _mistake(self, message: Text, hint: Text | None, read: str, offset: int) -> None:
        self.mistakes.append(Mistake(offset, len(read), message, hint))


def _write(meant: str) -> Text:
    return say("write {meant}", meant=meant)


def _number_meant(read: str) -> str | None:
    """Return the number without ``_``, needless zeros or a bare point, if that is all that was wrong."""
    whole, point, part = read.replace("_", "").rstrip(".").partition(".")
    meant = (whole.lstrip("0") or "0") + point + part
    return meant if _NUMBER.fullmatch(meant) else None
