"""Figures: what clauses say against what rules state, and what Chinese says against what English says."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.finding import Rule, Severity
from kpigen.lint.numerals import figures_in, values_of
from kpigen.lint.subject import NOT_RULES, clauses_cited
from kpigen.policy.period import LENGTHS, ROLLING
from kpigen.reading.nodes import Scalar, Series, Table
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.lint.numerals import Numeral
    from kpigen.lint.subject import Location, Subject
    from kpigen.reading.nodes import Node
    from kpigen.remark import Remark

__all__ = ["check_figures"]

FIGURE_UNSAID = Rule("figure-unsaid", Severity.WARNING)
FIGURE_UNRULED = Rule("figure-unruled", Severity.WARNING)
FIGURES_DIFFER = Rule("figures-differ", Severity.WARNING)

_FIGURE: Final = re.compile(r"(?<![A-Za-z0-9_.-])(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<sign>%)?(?![A-Za-z0-9_])")
_SILENT: Final = frozenset({"id", "name", "clause", "policy", "version", "title", "unit", "adopted"})
_TECHNICAL: Final = frozenset({"round", "min", "max"})
"""Settings that a clause may put in words: two decimals, whole numbers, no more than can be."""
_PLAIN: Final = frozenset({Decimal(0), Decimal(1), Decimal(100)})
"""Figures that words such as none, any, and full marks say."""
_ARTICLES: Final = frozenset({Decimal(0), Decimal(1)})
"""Figures that the other language says by an article or by a negation: 1个月, a month."""
_WINDOWS: Final = {**LENGTHS, **ROLLING}
"""Words that a clause may say as a number of months."""
_MONEY: Final = re.compile(r"^(元|分(?!钟|之|档|项|类|级|别|成|机|组)|%|yuan|points?|CNY)")


@dataclass(frozen=True, slots=True)
class _Owner:
    """The nearest rule above a figure: the clauses that it cites, and its id."""

    cited: tuple[str, ...]
    id: str


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure of a rule: as it is written, what it can be said as, and where it stands."""

    written: str
    values: frozenset[Decimal]
    where: Location
    owner: _Owner
    technical: bool

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.owner.id

    @property
    def clause(self) -> str:
        """The clause that the rule cites."""
        return self.owner.cited[0]


def check_figures(subject: Subject) -> Iterator[Remark]:
    """Yield figures that only a clause or only a rule has, or only one of the languages."""
    stated = list(_all_stated(subject))
    yield from _unsaid(subject, stated)
    yield from _unruled(subject, stated)
    yield from _differing(subject)


def _unsaid(subject: Subject, stated: Iterable[_Stated]) -> Iterator[Remark]:
    """Yield the figures of rules that no text says: of the rule's clause, or of the clauses of what the rule reads."""
    told: set[tuple[str, str]] = set()
    read = _clauses_read(subject)
    said = {number: frozenset().union(*(_said(each) for each in subject.texts(number))) for number in subject.clauses}
    for figure in stated:
        if figure.technical or figure.values & _PLAIN or (figure.owner.id, figure.written) in told:
            continue
        near = {other for number in (*figure.owner.cited, *read[figure.id]) for other in subject.related(number)}
        if not any(figure.values & said[number] for number in near):
            told.add((figure.owner.id, figure.written))
            yield subject.remark(
                FIGURE_UNSAID,
                subject.place(*figure.where),
                say(
                    "The rule has the figure {figure}, which clause {clause} does not say.",
                    figure=figure.written,
                    clause=figure.clause,
                ),
                say("Say it in the clause in both languages, or cite the clause that says it."),
                about=(figure.clause, figure.id),
            )


def _clauses_read(subject: Subject) -> Mapping[str, set[str]]:
    """Return for each rule the clauses of the inputs, parameters, measures and results that it reads."""
    version = subject.policy.version
    declared = {
        name: each.clause
        for section in (version.parameters, version.inputs, version.measures, version.items, version.results)
        for name, each in section.items()
    }
    counted = {f"{function}({kind})": each.clause for kind, each in version.events.items() for function in _COUNTING}
    declared |= counted
    read: dict[str, set[str]] = defaultdict(set)
    for expression in subject.expressions:
        read[expression.id] |= {declared[name] for name in expression.kinds if name in declared}
    return read


_COUNTING: Final = ("events", "amount")


def _unruled(subject: Subject, stated: list[_Stated]) -> Iterator[Remark]:
    """Yield the figures that a clause says and no rule has.

    Of clauses that no rule cites, only points, money and percentages are looked at: the rest is conduct or procedure.
    """
    known = {value for figure in stated for value in figure.values} | _derived(subject)
    cited = {clause for rule in subject.rules for clause in rule.cited}
    left = {each.clause for each in subject.policy.version.left_to_people}
    for number, clause in subject.clauses.items():
        family = set(subject.related(number))
        if family & left:
            continue
        told: set[Decimal] = set()
        for lang, text in (("zh", clause.zh), ("en", clause.en)):
            for figure in _worth_a_rule(text, ruled=bool(family & cited)):
                if not figure.values & known and figure.value not in told:
                    told.add(figure.value)
                    yield subject.remark(
                        FIGURE_UNRULED,
                        subject.place("clauses", number, lang),
                        say("Clause {clause} says {figure}, which no rule has.", clause=number, figure=figure.written),
                        say("Correct the clause or the rule; what people decide belongs under `left_to_people`."),
                        about=(number, None),
                    )


def _derived(subject: Subject) -> set[Decimal]:
    """Return figures that follow from others: the day of the month until which appeals can be filed."""
    version = subject.policy.version
    return set() if version.appeals is None else {Decimal(version.assess.closes + version.appeals.within_days)}


def _worth_a_rule(text: str, *, ruled: bool) -> Iterator[Numeral]:
    for figure in figures_in(text):
        if figure.digits and not figure.values & _PLAIN and (ruled or figure.percent or _MONEY.match(figure.unit)):
            yield figure


def _differing(subject: Subject) -> Iterator[Remark]:
    """Yield figures that a clause says in one language alone."""
    for number, clause in subject.clauses.items():
        zh: list[tuple[Location, str]] = [(("zh",), clause.zh)]
        en: list[tuple[Location, str]] = [(("en",), clause.en)]
        if clause.interpretation is not None:
            zh.append((("interpretation", "zh"), clause.interpretation.zh))
            en.append((("interpretation", "en"), clause.interpretation.en))
        for texts, others in ((zh, en), (en, zh)):
            said = frozenset().union(*(_said(text) for _, text in others))
            for (where, text), (there, _) in zip(texts, others, strict=True):
                lost = [
                    each.written
                    for each in figures_in(text)
                    if each.digits and each.value not in _ARTICLES and not each.values & said
                ]
                if lost:
                    yield subject.remark(
                        FIGURES_DIFFER,
                        subject.place("clauses", number, *there),
                        say("The other language says {figures}, this one does not.", figures=", ".join(lost)),
                        say("Say the same figures in both languages."),
                        about=(number, None),
                    ).relating(subject.place("clauses", number, *where))


def _said(text: str) -> frozenset[Decimal]:
    return frozenset(value for figure in figures_in(text) for value in figure.values)


def _all_stated(subject: Subject) -> Iterator[_Stated]:
    for name, node in subject.document.root.items():
        if name not in NOT_RULES and name not in _SILENT:
            yield from _figures(node, (str(name),), _Owner((), str(name)), technical=False)


def _figures(node: Node, where: Location, owner: _Owner, *, technical: bool) -> Iterator[_Stated]:
    if isinstance(node, Scalar):
        technical = technical or not owner.cited
        if node in _WINDOWS:
            months = Decimal(_WINDOWS[node])
            yield _Stated(str(node), frozenset({months, months - 1}), where, owner, technical=True)
        for match in _FIGURE.finditer(node):
            values = values_of(Decimal(match["number"]), percent=bool(match["sign"]))
            yield _Stated(match[0], values, where, owner, technical=technical)
    elif isinstance(node, Table):
        owner = _owner(node, where, owner)
        for key, value in node.items():
            if key not in _SILENT and not key.endswith("_clause"):
                yield from _figures(value, (*where, str(key)), owner, technical=technical or key in _TECHNICAL)
    elif isinstance(node, Series):
        for index, value in enumerate(node):
            yield from _figures(value, (*where, index), owner, technical=technical)


def _owner(table: Table, where: Location, above: _Owner) -> _Owner:
    cited, stated = clauses_cited(table), table.get(Scalar("id"))
    name = str(stated) if isinstance(stated, Scalar) else str(where[-1])
    return _Owner(cited, name) if cited else above
