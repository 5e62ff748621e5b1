"""Compiling: a policy version as stated, to rules ready to run, or to findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from kpigen.exact import ZERO
from kpigen.expression import FLAG, Choice, Formula, Number, Signature, Vocabulary, Words, compile_formula
from kpigen.figure import given
from kpigen.finding import Finding, Place, Rule
from kpigen.policy.consistency import check_consistency
from kpigen.policy.inputs import Points, kind_of
from kpigen.policy.items.breach import ZeroWhen
from kpigen.policy.references import REFERENCES
from kpigen.policy.rounding import CENTS, Rounded
from kpigen.policy.rules import (
    ActionRule,
    AwardRule,
    Computed,
    Deduction,
    ItemRule,
    PayRule,
    Policy,
    TransitionRule,
)
from kpigen.policy.score import GradeOf, ScoreOf
from kpigen.reading.nodes import Scalar
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.expression import Kind, Reference
    from kpigen.figure import Figure, Operation
    from kpigen.policy.items import Conversion
    from kpigen.policy.pay import PayLine
    from kpigen.policy.rounding import Rounding
    from kpigen.policy.version import Version
    from kpigen.reading.nodes import Document
    from kpigen.text import Text

__all__ = ["compile_policy"]

EXPRESSION = Rule("expression")
UNKNOWN_TIER = Rule("unknown-tier")
POINTS_TOTAL = Rule("points-total")
CONVERSION = Rule("conversion")
GRADE_BANDS = Rule("grade-bands")
PAY_LINE = Rule("pay-line")

Location = tuple[str | int, ...]

_ANY_NUMBER = Number()

_RESULTS = ("gross", "rank")
"""What is only known when a month is computed, besides what every expression may read."""

_ALWAYS = ("tier", "assessed", "upheld_complaints", "days_employed", "days_in_month", "gross")
"""What is known also of an agent who was not assessed."""


def compile_policy(document: Document, version: Version) -> tuple[Policy, tuple[Finding, ...]]:
    """Compile a version.

    Args:
        document: the file it was read from, for the places.
        version: the file's content.

    Returns:
        the policy, which is not sound when there are findings, and every finding.
    """
    compiler = _Compiler(document=document, version=version)
    policy = compiler.policy()
    return policy, tuple(compiler.findings)


@dataclass(frozen=True, slots=True)
class _As:
    """How an expression is to be read: what it may name, what it must give, and how that is rounded."""

    names: Mapping[str, Kind]
    kind: Kind = _ANY_NUMBER
    rounding: Rounding | None = None
    past: bool = True


@dataclass(slots=True, kw_only=True)
class _Compiler:
    document: Document
    version: Version
    findings: list[Finding] = field(default_factory=list)
    references: dict[str, Reference] = field(default_factory=dict)

    def policy(self) -> Policy:
        version = self.version
        self.findings.extend(check_consistency(self.document, version, (*self._facts(), *_RESULTS)))
        measures, names = self._measures(self._stated_names())
        items, names = self._items({**names, **self._facts(before_score=True)})
        names = {**names, **self._facts()}
        return Policy(
            id=version.policy,
            month=version.version,
            path=self.document.path,
            version=version,
            inputs=version.inputs,
            constants=self._constants(),
            measures=measures,
            items=items,
            score=Rounded(ScoreOf(tuple(item.most for item in items), version.score.of), version.score.round),
            score_place=self._place("score"),
            grade=self._grades(),
            order=tuple(version.tiers),
            transitions=self._transitions(names),
            pay=tuple(self._pay(index, line, names) for index, line in enumerate(version.pay)),
            awards=self._awards(names),
            actions=tuple(
                ActionRule(
                    id=action.id,
                    clause=action.clause,
                    when=self._condition(("actions", index), action, names),
                )
                for index, action in enumerate(version.actions)
            ),
            references=tuple(self.references.values()),
            sound=not self.findings,
        )

    # What expressions may read

    def _stated_names(self) -> Mapping[str, Kind]:
        version = self.version
        parameters: dict[str, Kind] = {name: Number(given.unit) for name, given in version.parameters.items()}
        return parameters | {name: kind_of(spec) for name, spec in version.inputs.items()}

    def _facts(self, *, before_score: bool = False) -> Mapping[str, Kind]:
        """Return what expressions can ask of a month; before there is a score, what does not depend on it."""
        facts: dict[str, Kind] = {
            "tier": Choice("tier", tuple(self.version.tiers)),
            "assessed": FLAG,
            "upheld_complaints": Number(),
            "days_employed": Number(),
            "days_in_month": Number(),
        }
        if before_score:
            return facts
        facts |= {"score": Number("points"), "items_at_zero": Number()}
        if self.version.grades:
            facts["grade"] = Choice("grade", tuple(self.version.grades))
        return facts

    def _signatures(self, *, past: bool) -> Mapping[str, Signature]:
        kinds = tuple(self.version.events)
        with_amount = tuple(name for name, kind in self.version.events.items() if kind.amount)
        signatures = {name: kind.signature for name, kind in REFERENCES.items()} if past else {}
        if kinds:
            signatures["events"] = Signature((Words(kinds),), Number())
        if with_amount:
            signatures["amount"] = Signature((Words(with_amount),), Number(self.version.currency))
        return signatures

    def _constants(self) -> Mapping[str, Figure]:
        return {
            name: given(name, parameter.value, self._place("parameters", name, "value"), parameter.clause)
            for name, parameter in self.version.parameters.items()
        }

    # Rules

    def _measures(self, names: Mapping[str, Kind]) -> tuple[tuple[Computed, ...], Mapping[str, Kind]]:
        measures = []
        for name, rule in self.version.measures.items():
            wanted = _As(names, Number(rule.unit), rule.round, past=False)
            measures.append(self._formula((name, rule.clause), ("measures", name, "is"), rule.is_, wanted))
            names = {**names, name: Number(rule.unit)}
        return tuple(measures), names

    def _items(self, names: Mapping[str, Kind]) -> tuple[tuple[ItemRule, ...], Mapping[str, Kind]]:
        """Compile the items: inputs that are points and no part of another item, then those that are computed."""
        computed = {name: self._item(name, item, names) for name, item in self.version.items.items()}
        used = {read for rule in computed.values() for each in rule.reads for read in each.formula.names}
        stated = tuple(
            ItemRule(id=name, most=spec.points, clause=spec.clause, place=self._place("inputs", name))
            for name, spec in self.version.inputs.items()
            if isinstance(spec, Points) and name not in used
        )
        items = (*stated, *computed.values())
        self._points_add_up(items)
        return items, {**names, **{name: Number("points") for name in computed}}

    def _item(self, name: str, item: Conversion, names: Mapping[str, Kind]) -> ItemRule:
        where: Location = ("items", name)
        about, plainly = (name, item.clause), _As(names, past=False)
        reads = tuple(self._formula(about, (*where, *at), text, plainly) for at, text in item.reads())
        faults = tuple(item.faults(tuple(each.formula.result for each in reads)))
        for at, message in faults:
            self._find(CONVERSION, (*where, *at), message)
        breach = None
        operation: Operation | None = None if faults else item.conversion()
        if operation and item.round:
            operation = Rounded(operation, item.round)
        if item.zero_when is not None:
            breach = self._formula(
                (name, item.clause), (*where, "zero_when"), item.zero_when, _As(names, FLAG, past=False)
            )
            operation = operation and ZeroWhen(operation)
        return ItemRule(
            id=name,
            most=item.points,
            reads=reads,
            breach=breach,
            operation=operation,
            clause=item.clause,
            place=self._place(*where),
        )

    def _points_add_up(self, items: Iterable[ItemRule]) -> None:
        total = sum((item.most for item in items), ZERO)
        stated = self.version.score.points or self.version.score.of
        if total != stated:
            self._find(
                POINTS_TOTAL,
                ("score", "of" if self.version.score.points is None else "points"),
                say("The items' points add up to {total}, the score is out of {of}.", total=total, of=stated),
                say(
                    "Change the items' points, or state `points: {total}` beside `of`: they are then scaled openly.",
                    total=total,
                ),
            )

    def _grades(self) -> GradeOf | None:
        bounds = tuple((grade.from_, name) for name, grade in self.version.grades.items())
        if not bounds:
            return None
        if bounds[0][0] != 0:
            self._find(GRADE_BANDS, ("grades", bounds[0][1], "from"), say("The lowest grade must begin at 0."))
        for (before, _), (bound, name) in pairwise(bounds):
            if bound <= before:
                message = say(
                    "{bound} does not come after {before}; write the lowest grade first.",
                    bound=bound,
                    before=before,
                )
                self._find(GRADE_BANDS, ("grades", name, "from"), message)
        return GradeOf(bounds)

    def _transitions(self, names: Mapping[str, Kind]) -> tuple[TransitionRule, ...]:
        rules = []
        for index, transition in enumerate(self.version.transitions):
            where: Location = ("transitions", index)
            for tier in transition.from_:
                self._tier_exists((*where, "from"), tier)
            self._tier_exists((*where, "to"), transition.to)
            rules.append(
                TransitionRule(
                    id=transition.id,
                    clause=transition.clause,
                    origins=frozenset(transition.from_),
                    to=transition.to,
                    when=self._condition(where, transition, names),
                )
            )
        return tuple(rules)

    def _tier_exists(self, where: Location, tier: str) -> None:
        if tier not in self.version.tiers:
            listed = ", ".join(self.version.tiers)
            self._find(
                UNKNOWN_TIER,
                where,
                say("There is no tier {tier}.", tier=tier),
                say("The tiers are: {tiers}.", tiers=listed),
            )

    def _pay(self, index: int, line: PayLine, names: Mapping[str, Kind]) -> PayRule:
        where: Location = ("pay", index)
        money = Number(self.version.currency)
        text, key = (line.amount, "amount") if line.amount is not None else (line.deduct, "deduct")
        if (line.amount is None) == (line.deduct is None):
            self._find(PAY_LINE, where, say("A pay line needs either an amount or a deduct, and exactly one of them."))
        deduction = None
        if line.deduct is not None:
            limited = {**names, "gross": money}
            deduction = Deduction(
                limits=tuple(
                    self._formula((line.id, line.clause), (*where, "at_most", place), limit, _As(limited, money))
                    for place, limit in enumerate(line.at_most)
                ),
                carry=line.excess == "carry",
            )
        self._pay_line_is_whole(where, line)
        when = None if line.when is None else self._condition(where, line, names)
        amount = self._formula((line.id, line.clause), (*where, key), text or "0", _As(names, money, CENTS))
        if line.unassessed:
            self._known_unassessed((amount, *((when,) if when else ()), *(deduction.limits if deduction else ())))
        return PayRule(
            id=line.id,
            clause=line.clause,
            when=when,
            amount=amount,
            deduction=deduction,
            prorated=line.prorate is not None,
            prorate_clause=line.prorate_clause or line.clause,
            unassessed=line.unassessed,
            place=self._place(*where),
        )

    def _pay_line_is_whole(self, where: Location, line: PayLine) -> None:
        if line.deduct is None and (line.at_most or line.excess):
            self._find(PAY_LINE, where, say("at_most and excess belong to a deduct; this line pays an amount."))
        if line.deduct is not None and line.prorate:
            self._find(PAY_LINE, (*where, "prorate"), say("A deduction is not prorated."))
        if line.at_most and not line.excess:
            self._find(
                PAY_LINE,
                where,
                say("The deduction has limits, but not what becomes of the excess."),
                say("Add `excess: carry` (to the next months) or `excess: waive`."),
            )

    def _known_unassessed(self, parts: Iterable[Computed]) -> None:
        """Refuse what a line that is paid also in a month without assessment cannot know in such a month."""
        for part in parts:
            tallies = {each.key for each in part.formula.references if each.function not in REFERENCES}
            unknown = [
                name for name in part.formula.names if name not in {*_ALWAYS, *self.version.parameters, *tallies}
            ]
            if unknown:
                message = say(
                    "This line is paid also in a month without assessment, where {names} cannot be known.",
                    names=", ".join(unknown),
                )
                hint = say("Leave out `unassessed`, or make two lines of it.")
                self.findings.append(Finding.of(PAY_LINE, part.place, message, hint))

    def _awards(self, names: Mapping[str, Kind]) -> tuple[AwardRule, ...]:
        money = Number(self.version.currency)
        rules = []
        for index, award in enumerate(self.version.awards):
            where: Location = ("awards", index)
            owner = (award.id, award.clause)
            among = award.among and self._formula(owner, (*where, "among"), award.among, _As(names, FLAG))
            rules.append(
                AwardRule(
                    id=award.id,
                    clause=award.clause,
                    rank=award.rank,
                    by=self._formula(owner, (*where, "by"), award.by, _As(names)),
                    among=among or None,
                    amount=self._formula(owner, (*where, "amount"), award.amount, _As(names, money, CENTS)),
                    place=self._place(*where),
                )
            )
        return tuple(rules)

    # Parts

    def _condition(self, where: Location, rule: object, names: Mapping[str, Kind]) -> Computed:
        name, text, clause = rule.id, rule.when, rule.clause  # type: ignore[attr-defined]
        return self._formula((name, clause), (*where, "when"), text, _As(names, FLAG))

    def _formula(self, owner: tuple[str, str], where: Location, text: str, wanted: _As) -> Computed:
        """Compile one expression; one with mistakes stands in as 0 or no, its findings noted.

        Args:
            owner: the id and the clause of the rule that it belongs to.
            where: its place in the file.
            text: the expression.
            wanted: what it may read, what it must give, and how that is rounded.
        """
        vocabulary = Vocabulary(wanted.names, self._signatures(past=wanted.past))
        formula = compile_formula(text, vocabulary, None if wanted.kind == _ANY_NUMBER else wanted.kind)
        place = self._place(*where)
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

    def _place(self, *where: str | int) -> Place:
        return self.document.place(where)

    def _find(self, rule: Rule, where: Location, message: Text, hint: Text | None = None) -> None:
        self.findings.append(Finding.of(rule, self.document.place(where), message, hint))


def _all_references(formula: Formula) -> Iterator[Reference]:
    """Yield a formula's references, those within the arguments of another one first."""
    for reference in formula.references:
        for argument in reference.arguments:
            if isinstance(argument, Formula):
                yield from _all_references(argument)
        yield reference


def _stand_in(expect: Kind) -> Formula:
    """Return a formula that stands in for one with mistakes, so that the rest can be compiled too."""
    formula = compile_formula("no" if expect == FLAG else "0", Vocabulary({}))
    if not isinstance(formula, Formula):
        raise TypeError("a literal is a formula")
    return formula
