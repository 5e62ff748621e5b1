"""Wages: losses without their limits, fines as deductions, and pay below what the law of mainland China asks for."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kpigen.exact import ZERO, plain
from kpigen.expression.tree import Call, Word
from kpigen.finding import Rule, Severity
from kpigen.lint.law import LAW_FINE
from kpigen.lint.neutral import Neutral, computed, gross_of
from kpigen.lint.phrases import FINE, LOSS, MINIMUM_WAGE, PROBATION
from kpigen.lint.shown import value_in
from kpigen.lint.statutes import FINES, LOSSES, PROBATION_WAGE, WAGE_FLOOR, advised
from kpigen.lint.trees import below
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.lint.subject import Subject
    from kpigen.policy.pay import PayLine
    from kpigen.remark import Remark

__all__ = ["check_wages"]

LAW_LOSS = Rule("law-loss")
LAW_MINIMUM_WAGE = Rule("law-minimum-wage", Severity.WARNING)
LAW_PROBATION_WAGE = Rule("law-probation-wage", Severity.WARNING)

_FIFTH: Final = Decimal("0.2")
_LEAST_SHARE: Final = Decimal("0.8")
_GROSS: Final = (Decimal(2000), Decimal(10000))


def check_wages(subject: Subject) -> Iterator[Remark]:
    """Yield what the pay lines do against the law of mainland China."""
    for index, line in enumerate(subject.policy.version.pay):
        if line.deduct is not None:
            if _is_loss(subject, index, line):
                yield from _loss(subject, index, line)
            else:
                yield _fine(subject, index, line)
    yield from _minimum(subject)
    yield from _on_probation(subject)


def _is_loss(subject: Subject, index: int, line: PayLine) -> bool:
    """Tell whether a deduction charges what records state as the actual amount of a loss."""
    expression = subject.expression("pay", index, "deduct")
    events = subject.policy.version.events
    amounts = [
        events[node.arguments[0].name].name
        for node in (below(expression.tree) if expression is not None else ())
        if isinstance(node, Call) and node.function == "amount" and isinstance(node.arguments[0], Word)
    ]
    names = " ".join(f"{each.zh} {each.en}" for each in (line.name, *amounts))
    return FINE.search(names) is None and (bool(amounts) or LOSS.search(names) is not None)


def _loss(subject: Subject, index: int, line: PayLine) -> Iterator[Remark]:
    advice = say("Add `at_most: [gross * 20%, gross - minimum_wage]` and `excess: carry`.")
    capped = all(_most(subject, index, line, gross) <= gross * _FIFTH for gross in _GROSS)
    least = minimum_wage(subject)
    kept = least is not None and all(
        _most(subject, index, line, gross) <= max(ZERO, gross - least) for gross in (least, least + 1, *_GROSS)
    )
    if not capped or not kept:
        message = (
            say(
                "{line} charges a loss without the cap of 20% of the month's wage and the minimum wage as its floor.",
                line=line.id,
            )
            if not capped and not kept
            else say("{line} charges a loss without the cap of 20% of the month's wage.", line=line.id)
            if not capped
            else say("{line} charges a loss without the local minimum wage as the floor of what is left.", line=line.id)
        )
        yield subject.remark(
            LAW_LOSS, subject.place("pay", index), message, advised(advice, LOSSES), about=(line.clause, line.id)
        )


def _most(subject: Subject, index: int, line: PayLine, gross: Decimal) -> Decimal:
    """Return the most that a line deducts of so much gross pay."""
    values = {name: each.value for name, each in subject.policy.version.parameters.items()} | {"gross": gross}
    limits = [gross]
    for number in range(len(line.at_most)):
        expression = subject.expression("pay", index, "at_most", number)
        limit = None if expression is None else value_in(expression.tree, values, expression.kinds)
        if isinstance(limit, Decimal):
            limits.append(max(ZERO, limit))
    return min(limits)


def minimum_wage(subject: Subject) -> Decimal | None:
    """Return the parameter that is the local minimum wage; None where the policy has none."""
    for name, parameter in subject.policy.version.parameters.items():
        if MINIMUM_WAGE.search(f"{name.replace('_', ' ')} {parameter.name.zh} {parameter.name.en}"):
            return parameter.value
    return None


def _fine(subject: Subject, index: int, line: PayLine) -> Remark:
    return subject.remark(
        LAW_FINE,
        subject.place("pay", index),
        say("{line} takes money from people for what is no loss; whether an employer may is contested.", line=line.id),
        advised(say("Let points or a bonus be not earned instead."), FINES),
        about=(line.clause, line.id),
    )


def _minimum(subject: Subject) -> Iterator[Remark]:
    """Yield tiers whose pay for a whole month without any extra lies below the minimum wage."""
    least, version = minimum_wage(subject), subject.policy.version
    if least is None or not version.pay:
        return
    score = None if version.score is None else ZERO
    for tier in subject.policy.order or (None,):
        paid = gross_of(computed(subject, Neutral(score, tier)))
        if paid < least:
            where = ("tiers", tier) if tier else ("pay",)
            yield subject.remark(
                LAW_MINIMUM_WAGE,
                subject.place(*where, key=True),
                say(
                    "A whole month without any extra pays {paid}, below the minimum wage of {least}, if that is all.",
                    paid=plain(paid),
                    least=plain(least),
                ),
                advised(say("Raise the fixed pay, or say in the clause what is paid outside this policy."), WAGE_FLOOR),
                about=(version.tiers[tier].clause if tier else version.pay[0].clause, tier or version.pay[0].id),
            )


def _on_probation(subject: Subject) -> Iterator[Remark]:
    """Yield a tier of probation that pays less than four fifths of the tier above it, at the same full score."""
    version, order = subject.policy.version, subject.policy.order
    for tier, above in pairwise(order):
        name = version.tiers[tier].name
        if version.score is None or not PROBATION.search(f"{name.zh} {name.en}"):
            continue
        paid, agreed = (gross_of(computed(subject, Neutral(version.score.of, each))) for each in (tier, above))
        if paid < agreed * _LEAST_SHARE:
            yield subject.remark(
                LAW_PROBATION_WAGE,
                subject.place("tiers", tier, key=True),
                say(
                    "{tier} pays {paid}, {above} {agreed} at the same score: below 80%, though how that is counted is "
                    "uncertain.",
                    tier=name,
                    above=version.tiers[above].name,
                    paid=plain(paid),
                    agreed=plain(agreed),
                ),
                advised(say("Raise it to four fifths, or name the tier for what it is."), PROBATION_WAGE),
                about=(version.tiers[tier].clause, tier),
            )
