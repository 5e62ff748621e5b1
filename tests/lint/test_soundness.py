"""What the lint knows of expressions is never narrower than the truth: random expressions against random values."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kpigen.exact import arithmetic
from kpigen.expression import FLAG, Choice, Formula, Kind, Number, Vocabulary, compile_formula
from kpigen.lint.bounds import Bounds
from kpigen.lint.conditions import holds_with
from kpigen.lint.shown import value_in
from kpigen.lint.span import Span
from kpigen.lint.subject import Subject, tree_of
from tests.lint.mini import CLEAN, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.expression.tree import Node
    from kpigen.figure import Value
    from kpigen.lint.conditions import Cases

SUBJECT = Subject(policy=read(CLEAN)[0], document=read(CLEAN)[1])
TIERS = ("junior", "senior")
KINDS: dict[str, Kind] = {
    "score": Number(),
    "wait": Number(),
    "sales": Number(),
    "upheld_complaints": Number(),
    "present": FLAG,
    "tier": Choice("tier", TIERS),
    "grade": Choice("grade", ("low", "good")),
}

numbers = st.sampled_from(["0", "60", "79.9", "80", "90.05", "100", "600", "3"])
terms = st.recursive(
    st.one_of(numbers, st.sampled_from(["score", "wait", "sales", "upheld_complaints"])),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*"]), inner),
        st.builds("-{}".format, inner),
        st.builds("({} / (wait + 1))".format, inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
        st.builds("{}({}, 0.5)".format, st.sampled_from(["round", "floor", "ceiling"]), inner),
        st.builds("abs({})".format, inner),
        st.builds("({} if present else {})".format, inner, inner),
    ),
    max_leaves=4,
)
signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
conditions = st.recursive(
    st.one_of(
        st.builds("{} {} {}".format, terms, signs, terms),
        st.builds("score {} {}".format, signs, numbers),
        st.builds("tier {} {}".format, signs, st.sampled_from(TIERS)),
        st.builds("grade {} {}".format, signs, st.sampled_from(["low", "good"])),
        st.sampled_from(["present", "yes", "no"]),
    ),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("(not {})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
    ),
    max_leaves=5,
)


@st.composite
def values(draw: st.DrawFn) -> dict[str, Value]:
    score = Decimal(draw(st.one_of(st.integers(0, 1000), st.sampled_from([799, 800, 801])))) / 10
    return {
        "score": score,
        "wait": Decimal(draw(st.one_of(st.integers(0, 600), st.just(60)))),
        "sales": Decimal(draw(st.integers(0, 100_000))) / 100,
        "upheld_complaints": Decimal(draw(st.integers(0, 4))),
        "present": draw(st.booleans()),
        "tier": draw(st.sampled_from(TIERS)),
        "grade": "good" if score >= 80 else "low",
    }


def evaluated(text: str, at: Mapping[str, Value]) -> tuple[Node, Value] | None:
    """The tree and the value of an expression; None for one that is refused."""
    formula = compile_formula(text, Vocabulary(KINDS))
    if not isinstance(formula, Formula):
        return None
    with arithmetic():
        return tree_of(text), formula.evaluate(at)


def fits(cases: Cases, at: Mapping[str, Value]) -> bool:
    """Whether values lie in one of the cases."""

    def within(key: str, allowed: object) -> bool:
        value = value_in(tree_of(key), at, KINDS)
        if not isinstance(allowed, Bounds):
            return value in allowed  # type: ignore[operator]
        assert isinstance(value, Decimal)
        point = Bounds(value, value)
        return not Bounds(allowed.low, allowed.high, allowed.low_open, allowed.high_open).met(point).empty

    return any(all(within(key, allowed) for key, allowed in case.items()) for case in cases)


@given(st.one_of(terms, conditions), values())
def test_a_value_lies_in_its_range(text: str, at: dict[str, Value]) -> None:
    found = evaluated(text, at)
    if found is None:
        return
    tree, value = found
    span = SUBJECT.ranges.of(tree, KINDS)
    if not isinstance(span, Span):
        assert value in span
        return
    assert isinstance(value, Decimal)
    assert span.low is None or value >= span.low
    assert span.high is None or value <= span.high


@given(conditions, values())
def test_a_condition_that_holds_holds_in_one_of_its_cases(text: str, at: dict[str, Value]) -> None:
    found = evaluated(text, at)
    if found is None:
        return
    tree, value = found
    assert fits(SUBJECT.conditions.cases(tree, KINDS, holds=value is True), at)


@given(conditions, conditions, values())
def test_conditions_that_hold_together_are_not_said_to_exclude_each_other(
    one: str, other: str, at: dict[str, Value]
) -> None:
    found = [evaluated(text, at) for text in (one, other)]
    cases = [SUBJECT.conditions.cases(each[0], KINDS) for each in found if each and each[1] is True]
    assert len(cases) < 2 or holds_with(*cases)


@given(st.one_of(terms, conditions), values())
def test_the_examples_evaluator_agrees_with_the_engines(text: str, at: dict[str, Value]) -> None:
    found = evaluated(text, at)
    if found is not None:
        assert value_in(found[0], at, KINDS) == found[1]
