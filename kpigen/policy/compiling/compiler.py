"""The compiler's desk: expressions to formulas with their places, findings, and which references are needed when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpigen.expression import FLAG, Formula, Number, Vocabulary, compile_formula
from kpigen.finding import Finding, Place, Rule
from kpigen.policy.compiling.vocabulary import signatures
from kpigen.policy.computed import Computed
from kpigen.policy.references import REFERENCES
from kpigen.policy.rounding import Rounded
from kpigen.reading.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.expression import Kind, Reference
    from kpigen.policy.rounding import Rounding
    from kpigen.policy.version import Version
    from kpigen.reading.nodes import Document
    from kpigen.text import Text

__all__ = ["ANY_NUMBER", "Compiler", "Location", "Owner", "Wanted", "derived", "needed"]

EXPRESSION = Rule("expression")

Location = tuple[str | int, ...]
Owner = tuple[str, str]
"""The id and the clause of the rule that an expression belongs to."""

ANY_NUMBER = Number()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an expression may name besides what is known by then, what it must give, and how that is rounded.

    ``kind`` is a number in any unit unless stated; None: anything.
    """

    kind: Kind | None = ANY_NUMBER
    rounding: Rounding | None = None
    more: Mapping[str, Kind] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Compiler:
    """A version being compiled; what is known grows from section to section, in the order in which it is computed.

    Attributes:
        document: the file, for the places.
        version: its content.
        names: what expressions may read by now.
        scored: whether everybody has a score by now.
        won: the awards that are decided by now.
        findings: what is wrong.
        references: every reference, those that others read first.
        always: the measures that are known also of whoever was not assessed.
    """

    document: Document
    version: Version
    names: dict[str, Kind]
    scored: bool = False
    won: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    references: dict[str, Reference] = field(default_factory=dict)
    always: set[str] = field(default_factory=set)

    def formula(self, owner: Owner, where: Location, text: str, wanted: Wanted) -> Computed:
        """Compile one expression; one with mistakes stands in as 0 or no, its findings noted.

        Args:
            owner: the rule that it belongs to.
            where: its place in the file.
            text: the expression.
            wanted: what it must give.
        """
        names = {**self.names, **wanted.more} if wanted.more else self.names
        vocabulary = Vocabulary(names, signatures(self.version, scored=self.scored, won=self.won))
        formula = compile_formula(text, vocabulary, wanted.kind)
        place = self.place(*where)
        if isinstance(text, Scalar) and text.quoted:
            place = Place(place.path, place.line, place.column + 1)  # the text begins after the quotation mark
        if not isinstance(formula, Formula):
            for mistake in formula:
                at = Place(place.path, place.line, place.column + mistake.offset)
                self.findings.append(Finding.of(EXPRESSION, at, mistake.message, mistake.hint))
            formula = _stand_in(wanted.kind)
        self.references.update((reference.key, reference) for reference in _all_references(formula))
        operation = Rounded(formula, wanted.rounding) if wanted.rounding else formula
        return Computed(id=owner[0], formula=formula, operation=operation, clause=owner[1], place=place)

    def condition(self, owner: Owner, where: Location, text: str) -> Computed:
        """Compile a condition."""
        return self.formula(owner, where, text, Wanted(FLAG))

    def amount(self, owner: Owner, where: Location, text: str, rounding: Rounding | None) -> Computed:
        """Compile an amount of money."""
        return self.formula(owner, where, text, Wanted(Number(self.version.currency), rounding))

    def place(self, *where: str | int) -> Place:
        """Return a place in the file."""
        return self.document.place(where)

    def find(self, rule: Rule, where: Location, message: Text, hint: Text | None = None) -> None:
        """Note a finding."""
        self.findings.append(Finding.of(rule, self.document.place(where), message, hint))


def needed(computed: Iterable[Computed | None]) -> Iterator[Reference]:
    """Yield the references that expressions need, those within the arguments of another one first."""
    for each in computed:
        if each is not None:
            yield from _all_references(each.formula)


def derived(computed: Iterable[Computed | None]) -> tuple[Reference, ...]:
    """Return the references that expressions need and that are worked out before them, once each."""
    found = {reference.key: reference for reference in needed(computed) if reference.function in REFERENCES}
    return tuple(found.values())


def _all_references(formula: Formula) -> Iterator[Reference]:
    for reference in formula.references:
        for argument in reference.arguments:
            if isinstance(argument, Formula):
                yield from _all_references(argument)
        yield reference


def _stand_in(expect: Kind | None) -> Formula:
    """Return a formula that stands in for one with mistakes, so that the rest can be compiled too."""
    formula = compile_formula("no" if expect == FLAG else "0", Vocabulary({}))
    if not isinstance(formula, Formula):
        raise TypeError("a literal is a formula")
    return formula
