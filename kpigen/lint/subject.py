"""The subject: one policy version as the lint looks at it, with its file, its rules and all of its expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from kpigen.expression import Formula
from kpigen.expression.grammar import parse
from kpigen.expression.tokens import cut
from kpigen.finding import Finding, Place
from kpigen.lint.conditions import Conditions
from kpigen.lint.ranges import Ranges
from kpigen.lint.shown import Shown, run_examples
from kpigen.policy.rules import Policy
from kpigen.reading.nodes import Scalar, Series, Table
from kpigen.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.expression import Kind
    from kpigen.expression.tree import Node
    from kpigen.finding import Rule
    from kpigen.policy.clause import Clause
    from kpigen.reading.nodes import Document
    from kpigen.reading.nodes import Node as Read
    from kpigen.text import Text

__all__ = ["NOT_RULES", "Expression", "Location", "Stated", "Subject", "clauses_cited", "tree_of"]

Location = tuple[str | int, ...]

NOT_RULES = frozenset({"clauses", "examples", "lint", "left_to_people"})
"""The sections of a policy file that state no rule."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule as the file states it: a table that cites a clause."""

    where: Location
    table: Table
    clause: str
    id: str

    @property
    def section(self) -> str:
        """The section of the file that it stands in."""
        return str(self.where[0])

    @property
    def cited(self) -> tuple[str, ...]:
        """Every clause that it cites, its own first: others order a part of it (`prorate_clause`)."""
        return clauses_cited(self.table)


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of the policy: where it stands, its parsed tree, and the kinds of all that it reads."""

    where: Location
    formula: Formula
    place: Place
    id: str
    clause: str | None
    tree: Node
    kinds: Mapping[str, Kind]

    @property
    def section(self) -> str:
        """The section of the file that it stands in."""
        return str(self.where[0]) if self.where else ""

    @property
    def key(self) -> str:
        """The key whose value it is."""
        return next((step for step in reversed(self.where) if isinstance(step, str)), "")

    def at(self, node: Node) -> Place:
        """Return where a part of it stands."""
        return Place(self.place.path, self.place.line, self.place.column + node.span[0])


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A compiled policy with its file; what several rules of the lint ask for is worked out once.

    Its examples show something only where all of them come out as they say (``shows``).
    """

    policy: Policy
    document: Document
    shows: bool = True

    @cached_property
    def rules(self) -> tuple[Stated, ...]:
        """Every rule that the file states, in its order."""
        return tuple(
            rule
            for name, node in self.document.root.items()
            if name not in NOT_RULES
            for rule in _stated(node, (name,))
        )

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression, in the order of the file."""
        return tuple(sorted(self._expressions(), key=lambda each: each.place))

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """The clauses by number."""
        return self.policy.version.clauses

    @cached_property
    def ranges(self) -> Ranges:
        """The ranges of all that expressions read."""
        return Ranges(self)

    @cached_property
    def conditions(self) -> Conditions:
        """What brings conditions into cases."""
        return Conditions(self.ranges, {name: grade.from_ for name, grade in self.policy.version.grades.items()})

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """The policy's examples, computed."""
        return run_examples(self.policy, self.document)

    def texts(self, number: str) -> tuple[str, ...]:
        """Return all that a clause says, its interpretation too; nothing where there is no such clause."""
        clause = self.clauses.get(number)
        if clause is None:
            return ()
        more = clause.interpretation
        return (clause.zh, clause.en, *((more.zh, more.en) if more else ()))

    def related(self, number: str) -> tuple[str, ...]:
        """Return a clause with those that it is part of and those that are parts of it."""
        return tuple(
            other
            for other in self.clauses
            if other == number or number.startswith(f"{other}.") or other.startswith(f"{number}.")
        )

    def expression(self, *where: str | int) -> Expression | None:
        """Return the expression that stands at a location."""
        return self._by_location.get(where)

    def place(self, *where: str | int, key: bool = False) -> Place:
        """Return where a location of the file stands."""
        return self.document.place(where, key=key)

    def remark(
        self,
        rule: Rule,
        place: Place,
        message: Text,
        hint: Text,
        *,
        about: tuple[str | None, str | None] = (None, None),
    ) -> Remark:
        """Make a remark ``about`` a clause and the id of a rule, where there are such."""
        clause, name = about
        return Remark(finding=Finding.of(rule, place, message, hint), clause=clause, id=name)

    @cached_property
    def _by_location(self) -> Mapping[Location, Expression]:
        return {each.where: each for each in self.expressions}

    def _expressions(self) -> Iterator[Expression]:
        locations = {(node.line, node.column + node.quoted): where for where, node in self._scalars()}
        seen: set[Place] = set()
        for rule in _computed(self.policy):
            if rule.place in seen:
                continue
            seen.add(rule.place)
            yield Expression(
                where=locations.get((rule.place.line, rule.place.column), ()),
                formula=rule.formula,
                place=rule.place,
                id=rule.id,
                clause=rule.clause,
                tree=tree_of(rule.formula.text),
                kinds=dict(_kinds(rule.formula)),
            )

    def _scalars(self) -> Iterator[tuple[Location, Scalar]]:
        for name, node in self.document.root.items():
            if name not in NOT_RULES:
                yield from _scalars(node, (name,))


@lru_cache(2**12)
def tree_of(text: str) -> Node:
    """Parse an expression that has been compiled before."""
    return parse(cut(text).tokens)[0]


def _computed(part: object) -> Iterator[Any]:
    """Yield every compiled expression below a part of a policy."""
    if is_dataclass(part) and not isinstance(part, type):
        if isinstance(getattr(part, "formula", None), Formula):
            yield part
            return
        skipped = _NOT_WALKED if isinstance(part, Policy) else ()
        for each in fields(part):
            if each.name not in skipped:
                yield from _computed(getattr(part, each.name))
    elif isinstance(part, tuple | list):
        for each_part in part:
            yield from _computed(each_part)
    elif isinstance(part, Mapping):
        for each_part in part.values():
            yield from _computed(each_part)


_NOT_WALKED = frozenset({"version", "inputs", "constants", "references", "early", "late", "unassessed"})


def _kinds(formula: Formula) -> Iterator[tuple[str, Kind]]:
    yield from zip(formula.names, formula.kinds, strict=True)
    for reference in formula.references:
        for argument in reference.arguments:
            if isinstance(argument, Formula):
                yield from _kinds(argument)


def _stated(node: Read, where: Location) -> Iterator[Stated]:
    if isinstance(node, Table):
        clause = node.get(_CLAUSE)
        if isinstance(clause, Scalar):
            stated = node.get(_ID)
            yield Stated(where, node, str(clause), str(stated) if isinstance(stated, Scalar) else str(where[-1]))
        for key, value in node.items():
            yield from _stated(value, (*where, str(key)))
    elif isinstance(node, Series):
        for index, value in enumerate(node):
            yield from _stated(value, (*where, index))


_CLAUSE, _ID = Scalar("clause"), Scalar("id")


def clauses_cited(table: Table) -> tuple[str, ...]:
    """Return the clauses that a table of the file cites, that of the whole first."""
    own = [str(value) for key, value in table.items() if key == _CLAUSE and isinstance(value, Scalar)]
    parts = [str(value) for key, value in table.items() if key.endswith("_clause") and isinstance(value, Scalar)]
    return (*own, *parts)


def _scalars(node: Read, where: Location) -> Iterator[tuple[Location, Scalar]]:
    if isinstance(node, Scalar):
        yield where, node
    elif isinstance(node, Table):
        for key, value in node.items():
            yield from _scalars(value, (*where, str(key)))
    else:
        for index, value in enumerate(node):
            yield from _scalars(value, (*where, index))
