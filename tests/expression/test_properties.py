"""Laws of the expression language, tried on generated expressions."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from kpigen.exact import arithmetic
from kpigen.expression import Choice, Flag, Formula, Number, Undefined, Vocabulary, compile_formula
from kpigen.expression.grammar import parse
from kpigen.expression.tokens import cut
from kpigen.expression.tree import (
    LEVELS,
    Call,
    Chain,
    Compare,
    Conditional,
    Junction,
    Literal,
    Negate,
    Node,
    Not,
    Truth,
    Word,
    describe,
)
from kpigen.text import Lang
from tests.expression.words import VALUES, VOCABULARY

if TYPE_CHECKING:
    from kpigen.figure import Value

HERE = (0, 0)

# --- printing and reading again ---

WORDS = st.sampled_from(["score", "one-star", "a", "x_1", "full-attendance", "loss"])
NUMBERS = st.decimals(0, 999999, places=3, allow_nan=False).map(lambda number: abs(number) + 0)
LEAVES = st.one_of(
    st.builds(Literal, st.just(HERE), NUMBERS, st.booleans()),
    st.builds(Truth, st.just(HERE), st.booleans()),
    st.builds(Word, st.just(HERE), WORDS),
)


def _chains(signs: str, inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Chain]:
    steps = st.lists(st.tuples(st.sampled_from(list(signs)), inner), min_size=1, max_size=3)
    return st.builds(Chain, st.just(HERE), inner, steps.map(tuple))


def _trees(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    comparisons = st.sampled_from([sign for sign, level in LEVELS.items() if level == LEVELS["=="]])
    return st.one_of(
        st.builds(Call, st.just(HERE), st.sampled_from(["min", "streak"]), several),
        st.builds(Negate, st.just(HERE), inner),
        st.builds(Not, st.just(HERE), inner),
        _chains("+-", inner),
        _chains("*/", inner),
        st.builds(Compare, st.just(HERE), comparisons, inner, inner),
        st.builds(Junction, st.just(HERE), st.sampled_from(["and", "or"]), several),
        st.builds(Conditional, st.just(HERE), inner, inner, inner),
    )


@given(st.recursive(LEAVES, _trees, max_leaves=25))
def test_what_is_printed_reads_back_as_the_same_tree(tree: Node) -> None:
    printed = describe(tree)
    again, mistakes = parse(cut(printed).tokens)
    assert (again, mistakes) == (tree, ())
    assert describe(again) == printed


# --- an independent oracle: Python's own grammar, and fractions ---

PLAIN = Vocabulary({"a": Number(), "b": Number(), "c": Number(), "zero": Number()})
ATOMS = st.sampled_from(["a", "b", "c", "1", "2", "0.5", "7", "12.5", "100"])
DIVISORS = st.sampled_from(["2", "4", "5", "0.5", "zero"])


def _bracketed(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda text, around: f"({text})" if around else text, texts, st.booleans())


def _flags(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    comparison = st.builds("{} {} {}".format, numbers, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers)
    flag = st.one_of(comparison, comparison.map("not {}".format), st.sampled_from(["yes", "no"]))
    joined = st.builds("{} {} {}".format, flag, st.sampled_from(["and", "or"]), _bracketed(flag))
    return st.one_of(flag, joined, st.builds("{} {} {}".format, joined, st.sampled_from(["and", "or"]), joined))


def _numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    part = _bracketed(inner)
    return st.one_of(
        st.builds("{} {} {}".format, part, st.sampled_from(["+", "-", "*"]), part),
        st.builds("{} / {}".format, part, DIVISORS),
        part.map("-{}".format),
        st.builds("min({}, {})".format, inner, inner),
        st.builds("max({}, {})".format, inner, inner),
        st.builds("abs({})".format, inner),
        st.builds("({} if {} else {})".format, inner, _flags(inner), inner),
    )


EXPRESSIONS = st.recursive(ATOMS, _numbers, max_leaves=8)
POINTS = st.decimals(-99, 99, places=1, allow_nan=False)


def _oracle(text: str, values: dict[str, Fraction]) -> Fraction | bool | None:
    """Compute what ``text`` would be in Python, which binds as we do; None for a division by zero."""
    python = re.sub(r"\b[0-9.]+\b", lambda number: f"Fraction('{number[0]}')", text)
    names = {"Fraction": Fraction, "min": min, "max": max, "abs": abs, "yes": True, "no": False, **values}
    try:
        result: Fraction | bool = eval(python, {"__builtins__": {}}, names)  # noqa: S307 - text made above
    except ZeroDivisionError:
        return None
    return result


def _ours(text: str, values: dict[str, Value]) -> Value:
    assume(len(text) <= 400)
    compiled = compile_formula(text, PLAIN)
    assert isinstance(compiled, Formula), (text, [m.message.said(Lang.EN) for m in compiled])
    with arithmetic():
        try:
            return compiled.evaluate(values)
        except Undefined:
            return None


@given(st.one_of(EXPRESSIONS, _flags(EXPRESSIONS)), POINTS, POINTS, POINTS)
def test_values_are_those_of_an_independent_oracle(text: str, a: Decimal, b: Decimal, c: Decimal) -> None:
    values = {"a": a, "b": b, "c": c, "zero": Decimal(0)}
    ours = _ours(text, dict(values))
    theirs = _oracle(text, {name: Fraction(value) for name, value in values.items()})
    assert (Fraction(ours) if isinstance(ours, Decimal) else ours) == theirs


@given(EXPRESSIONS, EXPRESSIONS, POINTS)
def test_any_quotient_is_near_the_exact_one(dividend: str, divisor: str, a: Decimal) -> None:
    values = {"a": a, "b": Decimal(3), "c": Decimal(7), "zero": Decimal(1)}
    ours = _ours(f"({dividend}) / max(1, abs({divisor}))", dict(values))
    theirs = _oracle(f"({dividend}) / max(1, abs({divisor}))", {n: Fraction(v) for n, v in values.items()})
    assert isinstance(ours, Decimal)
    assert isinstance(theirs, Fraction)
    assert abs(Fraction(ours) - theirs) <= abs(theirs) / 10**40


# --- whatever is written ---

PIECES = st.sampled_from(
    [
        *("score", "tier", "ordinary", "one-star", "commission", "full-attendance", "demoted", "answer_rate"),
        *(
            "streak",
            "previous",
            "events",
            "count",
            "loss",
            "quarter",
            "min",
            "round",
            "abs",
            "number",
            "bogus",
        ),
        *(
            "and",
            "or",
            "not",
            "if",
            "else",
            "yes",
            "no",
            "(",
            ")",
            "(",
            ")",
            ",",
            "+",
            "-",
            "*",
            "/",
            "<",
            ">=",
        ),
        *("==", "!=", "1", "80", "20%", "0", "0.1", "1e5", "=", "&&", "\uff08", "\u2265", "\u5f97", "'", "."),
    ]
)
SOUP = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(max_codepoint=127), max_size=60),
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("".join),
)


def _computes(made: Formula) -> None:
    references: dict[str, Value] = {
        reference.key: "ordinary" if isinstance(kind, Choice) else isinstance(kind, Flag) or Decimal(2)
        for reference, kind in (
            (reference, made.kinds[made.names.index(reference.key)]) for reference in made.references
        )
    }
    kinds = {Decimal: Number, bool: Flag, str: Choice}
    with arithmetic(), suppress(Undefined):
        assert isinstance(made.result, kinds[type(made.evaluate({**VALUES, **references}))])


@given(SOUP)
def test_every_text_gives_a_formula_or_mistakes_in_place(text: str) -> None:
    compiled = compile_formula(text, VOCABULARY)
    if isinstance(compiled, Formula):
        _computes(compiled)
        again = compile_formula(compiled.canonical, VOCABULARY)
        assert isinstance(again, Formula)
        assert (again.canonical, again.kinds, again.result) == (
            compiled.canonical,
            compiled.kinds,
            compiled.result,
        )
        return
    assert compiled
    assert [m.offset for m in compiled] == sorted(m.offset for m in compiled)
    for mistake in compiled:
        assert 0 <= mistake.offset <= mistake.offset + mistake.length <= len(text)
        assert mistake.message.said(Lang.EN).isprintable()
        assert mistake.hint is None or mistake.hint.said(Lang.EN).isprintable()
