"""Expressions of the policy language as people say them: names for ids, and sentences for functions.

A function is said around what it is about, so that each language may put it where it belongs: the sum of sales in
the quarter, 本季度内销售额之和. Where an argument is more than one word, brackets keep it together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kpigen.site.periods import WITHIN
from kpigen.text import Lang, Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Speaker"]

_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*|[0-9][0-9.]*%?|[<>=!]=|[(),]|\S")
_WIDE: Final = {"(": "（", ")": "）", ",": "，"}
_SIGNS: Final = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠", "*": "×", "/": "÷", "-": "−"}
_COMPARE: Final = frozenset({"==", "!=", ">=", "<=", ">", "<"})
_JUNCTIONS: Final = frozenset({"and", "or", "not", "if", "else"})
#: Functions of a word, with the kind of names that the word is one of.
_OF_WORDS: Final = {"events": "event", "amount": "event", "complaints": "complaint", "won": "award"}
#: What is a number of a month by itself: over a window it needs no “sum of”.
_COUNTS: Final = frozenset({*_OF_WORDS, "upheld_complaints"})
_ABOUT: Final[Mapping[str, Text]] = {
    "events": say("number of “{what}”"),
    "amount": say("sum of “{what}”"),
    "complaints": say("upheld complaints “{what}”"),
    "won": say("times “{what}” was won"),
    "previous": say("{what} at the last assessment"),
    "applicable": say("there is a value for {what}"),
    "team_mean": say("the team's mean of {what}"),
    "team_total": say("the team's total of {what}"),
    "abs": say("the size of {what}"),
    "round": say("{what} rounded to {step}"),
    "floor": say("{what} rounded down to {step}"),
    "ceiling": say("{what} rounded up to {step}"),
    "min": say("the lesser of {what}"),
    "max": say("the greater of {what}"),
}
_OVER: Final[Mapping[str, Text]] = {
    "total": say("the sum of {what} {within}"),
    "mean": say("the mean of {what} {within}"),
    "lowest": say("the least {what} {within}"),
}
_WINDOWED: Final = frozenset({"count", *_OVER})
_COUNTED: Final = say("{what} {within}")
_MONTHS_WITH: Final = say("number of months {within} with {what}")
_MONTHS_ASSESSED: Final = say("number of months {within} with an assessment")
_PERIODS_WITH: Final = say("number of assessments {within} with {what}")
_PERIODS_ASSESSED: Final = say("number of assessments {within}")
_MONTHS_RUNNING: Final = say("months running with {what}")
_PERIODS_RUNNING: Final = say("assessments running with {what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Says the expressions of one policy version in one language.

    Attributes:
        lang: the language.
        monthly: whether every month is assessed.
        spoken: what a word is called wherever it stands.
        names: what a word is called that a function is about, by kind: event, award, complaint.
        choices: the words of a grade, a tier, a rating …, by its name: a word without a name stands for itself.
    """

    lang: Lang
    monthly: bool
    spoken: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    choices: Mapping[str, Mapping[str, str]]

    def say(self, expression: str) -> str:
        """Say an expression."""
        return self._join(_Reading(self, _TOKEN.findall(expression)).words())

    def word(self, choice: str, word: str) -> str:
        """Say a word of a choice."""
        return self.choices[choice].get(word, word)

    def _join(self, words: Sequence[str]) -> str:
        said = ""
        for word in words:
            glued = not said or said[-1] in "(（），" or word[0] in "),（），"
            said += word if glued else f" {word}"
        return said

    def sign(self, sign: str) -> str:
        """Say a sign or a word that stands for itself."""
        wide = _WIDE if self.lang is Lang.ZH else {}
        return self.spoken.get(sign) or wide.get(sign) or _SIGNS.get(sign, sign)

    def call(self, function: str, arguments: Sequence[Sequence[str]]) -> str | None:
        """Say a function of arguments; None for one that is not known."""
        first = arguments[0]
        if function in _OF_WORDS:
            return self._of_word(function, first[0])
        if function == "number":  # which only takes the unit away
            return self.argument(first)
        if function in _WINDOWED and len(arguments) > 1:
            return _windowed(self, function, *arguments).said(self.lang)
        if function == "streak":
            text = _MONTHS_RUNNING if self.monthly else _PERIODS_RUNNING
            return self._filled(text, what=self.argument(first))
        return self._about(function, arguments)

    def _about(self, function: str, arguments: Sequence[Sequence[str]]) -> str | None:
        if function not in _ABOUT:
            return None
        if function in {"min", "max"}:
            listed = say(", ").said(self.lang).join(self._words(each) for each in arguments)
            return self._filled(_ABOUT[function], what=self._bracketed(listed))
        step = self._words(arguments[1]) if len(arguments) > 1 else ""
        return self._filled(_ABOUT[function], what=self.argument(arguments[0]), step=step)

    def _of_word(self, function: str, word: str) -> str:
        if word == "any":
            return self.spoken["upheld_complaints"]
        kind = self.names[_OF_WORDS[function]]
        return self._filled(_ABOUT[function], what=kind.get(word, word))

    def argument(self, tokens: Sequence[str]) -> str:
        """Say an argument: in brackets where it is more than a word or a function."""
        reading = _Reading(self, tokens)
        said = reading.words()
        return said[0] if len(said) == 1 else self._bracketed(self._join(said))

    def _words(self, tokens: Sequence[str]) -> str:
        return self._join(_Reading(self, tokens).words())

    def _bracketed(self, said: str) -> str:
        return f"（{said}）" if self.lang is Lang.ZH else f"({said})"

    def _filled(self, text: Text, **values: str) -> str:
        return Text(text.template, tuple(values.items())).said(self.lang)


def _windowed(speaker: Speaker, function: str, what: Sequence[str], window: Sequence[str]) -> Text:
    if function == "count":
        assessed = _MONTHS_ASSESSED if speaker.monthly else _PERIODS_ASSESSED
        held = _MONTHS_WITH if speaker.monthly else _PERIODS_WITH
        text = assessed if list(what) == ["assessed"] else held
    else:
        counted = function == "total" and what[0] in _COUNTS and _closes(what) == len(what)
        text = _COUNTED if counted else _OVER[function]
    return Text(text.template, (("what", speaker.argument(what)), ("within", WITHIN[window[0]])))


def _closes(tokens: Sequence[str]) -> int:
    """Return where the word or the function that begins ``tokens`` ends."""
    if len(tokens) == 1 or tokens[1] != "(":
        return 1
    depth = 0
    for position, sign in enumerate(tokens):
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and not depth:
            return position + 1
    return len(tokens)


def _arguments(tokens: Sequence[str]) -> list[Sequence[str]]:
    """Part what stands between a function's brackets at the commas that are its own."""
    parts: list[list[str]] = [[]]
    depth = 0
    for sign in tokens:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(sign)
    return [part for part in parts if part]


@dataclass(slots=True)
class _Reading:
    """Goes through the tokens of an expression; ``choice`` is what a word would be compared with."""

    speaker: Speaker
    tokens: Sequence[str]
    choice: str | None = None
    said: list[str] = field(default_factory=list)

    def words(self) -> list[str]:
        """Return what is said, part by part."""
        position = 0
        while position < len(self.tokens):
            position += self._part(self.tokens[position:])
        return self.said

    def _part(self, rest: Sequence[str]) -> int:
        """Say what comes first, and return how many tokens that were."""
        token, end = rest[0], _closes(rest)
        if list(rest[:2]) == ["not", "assessed"]:
            self.said.append(self.speaker.spoken["not assessed"])
            return 2
        if token in _JUNCTIONS:
            self.choice = None
        if token[0].isalpha() and end > 1:
            arguments = _arguments(rest[2 : end - 1])
            said = self.speaker.call(token, arguments) if arguments else None
            if said is not None:
                self.said.append(said)
                self.choice = next((word for word in rest[2:end] if word in self.speaker.choices), None)
                return end
        if token in self.speaker.choices:
            self.choice = token
        elif self.choice and token in self.speaker.choices[self.choice] and self._compared(rest):
            self.said.append(self.speaker.word(self.choice, token))
            return 1
        self.said.append(self.speaker.sign(token))
        return 1

    def _compared(self, rest: Sequence[str]) -> bool:
        """Tell whether the next token is the word that a choice is compared with."""
        return self.tokens[len(self.tokens) - len(rest) - 1] in _COMPARE
