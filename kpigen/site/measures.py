"""How a measure or a result is worked out, in words: one sentence for each way of the policy language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.site.periods import EVERY
from kpigen.site.wording import percent
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kpigen.site.rulebook import Measure
    from kpigen.site.wording import Words

__all__ = ["codes", "measure"]


def measure(rule: Measure, words: Words) -> Iterator[str]:
    """Yield how a measure is worked out, its unit and rounding aside, and when a result is final."""
    yield _SAID[rule.way](rule, words)
    if rule.unit:
        yield say("in {unit}", unit=words.unit(rule.unit)).said(words.lang)
    if rule.round:
        yield words.rounding(rule.round.to, rule.round.mode).said(words.lang)
    if rule.every:
        yield say("final {when}", when=EVERY[rule.every]).said(words.lang)
    if rule.grades:
        bands = (
            say("; ")
            .said(words.lang)
            .join(f"{grade.name.said(words.lang) if grade.name else grade.id} ≥ {grade.from_}" for grade in rule.grades)
        )
        yield say("graded: {bands}", bands=bands).said(words.lang)


def codes(rule: Measure) -> tuple[str | None, ...]:
    """Return the expressions of a measure."""
    return rule.is_, rule.of, rule.pot, rule.by, rule.among


def _expression(rule: Measure, words: Words) -> str:
    return words.expression(rule.is_ or "")


def _steps(rule: Measure, words: Words) -> str:
    steps = _rows(rule.steps, words)
    said = say("by {measure}, from each bound on: {steps}", measure=_of(rule, words), steps=steps)
    return said.said(words.lang)


def _values(rule: Measure, words: Words) -> str:
    steps = say("; ").said(words.lang).join(words.row(rule.of or "", *row) for row in rule.values)
    return say("by {measure}: {steps}", measure=_of(rule, words), steps=steps).said(words.lang)


def _rates(rule: Measure, words: Words) -> str:
    rates = _rows(tuple((bound, percent(rate)) for bound, rate in rule.rates), words)
    if rule.kind == "marginal":
        said = say("{measure}, each part at its own rate: {rates}", measure=_of(rule, words), rates=rates)
    else:
        said = say("{measure}, all of it at the rate that it reaches: {rates}", measure=_of(rule, words), rates=rates)
    return said.said(words.lang)


def _pot(rule: Measure, words: Words) -> str:
    values = {
        "pot": words.expression(rule.pot or ""),
        "by": words.expression(rule.by or ""),
        "whom": words.expression(rule.among) if rule.among else say("everybody assessed").said(words.lang),
    }
    if rule.within == "team":
        said = say("{pot}, shared out in the team in proportion to {by} (who: {whom}), to the cent", **values)
    else:
        said = say("{pot}, shared out in the department in proportion to {by} (who: {whom}), to the cent", **values)
    return said.said(words.lang)


def _of(rule: Measure, words: Words) -> str:
    return words.expression(rule.of or "")


def _rows(rows: tuple[tuple[str, str], ...], words: Words) -> str:
    return say("; ").said(words.lang).join(f"{words.value(at)} → {words.value(value)}" for at, value in rows)


_SAID: Final[Mapping[str, Callable[[Measure, Words], str]]] = {
    "is": _expression,
    "steps": _steps,
    "words": _values,
    "rates": _rates,
    "pot": _pot,
}
