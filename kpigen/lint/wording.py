"""Wording: both languages are there, every rule has its clause, and a clause that a text names exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpigen.finding import Rule, Severity
from kpigen.reading.nodes import Scalar, Series, Table
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.lint.subject import Location, Subject
    from kpigen.reading.nodes import Node
    from kpigen.remark import Remark

__all__ = ["check_wording"]

ONE_LANGUAGE = Rule("one-language", Severity.WARNING)
NO_CLAUSE = Rule("no-clause", Severity.WARNING)
CLAUSE_MENTIONED = Rule("clause-mentioned", Severity.WARNING)

_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z]*[a-z]{2}")
_NAMES: Final = frozenset({"name", "title"})
_NUMBER: Final = r"[0-9]{1,3}(?:\.[0-9]{1,3})*"
_ZH_CLAUSE: Final = re.compile(
    rf"(?P<before>.?)第\s*(?P<numbers>{_NUMBER}(?:\s*[、，和及与至到~～—–\-]\s*第?\s*{_NUMBER})*)\s*条"
)
_EN_CLAUSE: Final = re.compile(
    rf"\b[Cc]lauses?\s+(?P<numbers>{_NUMBER}(?:(?:,\s*|\s+and\s+|\s+or\s+|\s+to\s+|,\s*and\s+){_NUMBER})*)(?!\.?[0-9])"
)


def check_wording(subject: Subject) -> Iterator[Remark]:
    """Yield names and texts that lack a language, rules without a clause, and clauses that do not exist."""
    for name, node in subject.document.root.items():
        if name not in {"lint", "left_to_people"}:
            yield from _names(subject, node, (str(name),))
    for number, clause in subject.clauses.items():
        texts: list[tuple[Location, str]] = [(("zh",), clause.zh), (("en",), clause.en)]
        if clause.interpretation is not None:
            texts += [
                (("interpretation", "zh"), clause.interpretation.zh),
                (("interpretation", "en"), clause.interpretation.en),
            ]
        for where, text in texts:
            yield from _language(subject, ("clauses", number, *where), text, number)
            yield from _mentions(subject, ("clauses", number, *where), text, number)
    assess = subject.document.root.get(Scalar("assess"))
    if isinstance(assess, Table) and Scalar("clause") not in assess:
        yield subject.remark(
            NO_CLAUSE,
            subject.place("assess", key=True),
            say("No clause says when marks are entered."),
            say('Add a clause that says it, and cite it: clause: "…".'),
            about=(None, "assess"),
        )


def _names(subject: Subject, node: Node, where: Location) -> Iterator[Remark]:
    """Yield names that are one text in one of the languages, and the wrong language in a pair."""
    if isinstance(node, Scalar):
        if where[-1] in _NAMES and (_HAN.search(node) or _LATIN.search(node)):
            lacks = "en" if _HAN.search(node) else "zh"
            yield subject.remark(
                ONE_LANGUAGE,
                subject.place(*where),
                say("This name stands in one language only; its {lang} is missing.", lang=lacks),
                say("Write {{zh: …, en: …}}."),
                about=(None, _owner(where)),
            )
    elif isinstance(node, Table):
        if where[-1] in _NAMES:
            for lang in ("zh", "en"):
                text = node.get(Scalar(lang))
                if isinstance(text, Scalar):
                    yield from _language(subject, (*where, lang), text, None)
        else:
            for key, value in node.items():
                yield from _names(subject, value, (*where, str(key)))
    elif isinstance(node, Series):
        for index, value in enumerate(node):
            yield from _names(subject, value, (*where, index))


def _owner(where: Location) -> str:
    return str(where[-2] if len(where) > 1 else where[-1])


def _language(subject: Subject, where: Location, text: str, clause: str | None) -> Iterator[Remark]:
    lang = where[-1]
    wrong = (lang == "en" and _mostly_han(text)) or (lang == "zh" and not _HAN.search(text) and _words(text) > 3)  # noqa: PLR2004
    if wrong:
        yield subject.remark(
            ONE_LANGUAGE,
            subject.place(*where),
            say("This text is not {lang}.", lang=str(lang)),
            say("Write it in both languages."),
            about=(clause, None),
        )


def _mostly_han(text: str) -> bool:
    return len(_HAN.findall(text)) * 2 > len(text.replace(" ", ""))


def _words(text: str) -> int:
    return len(_LATIN.findall(text))


def _mentions(subject: Subject, where: Location, text: str, clause: str) -> Iterator[Remark]:
    """Yield clauses of this policy that a text names and that do not exist; those of laws stand behind 》."""
    for pattern in (_ZH_CLAUSE, _EN_CLAUSE):
        for match in pattern.finditer(text):
            if match.groupdict().get("before") in {"》", "法", "例", "定"}:
                continue
            missing = [number for number in re.findall(_NUMBER, match["numbers"]) if number not in subject.clauses]
            if missing:
                yield subject.remark(
                    CLAUSE_MENTIONED,
                    subject.place(*where),
                    say("The text names clause {number}, which does not exist.", number=missing[0]),
                    say("Correct the number."),
                    about=(clause, None),
                )
