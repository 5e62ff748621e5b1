"""Policies come from strangers: nothing that they write can crash, hang or grow without bounds."""

from __future__ import annotations

import inspect
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from kpigen.expression import (
    FLAG,
    RESERVED,
    Choice,
    Formula,
    Number,
    Signature,
    Vocabulary,
    Words,
    compile_formula,
)
from kpigen.text import Lang
from tests.expression.words import VALUES, VOCABULARY, formula, mistakes, value

if TYPE_CHECKING:
    from collections.abc import Iterator

CHARACTERS, PARTS, DEPTH = 400, 200, 20


@contextmanager
def little_stack(frames: int) -> Iterator[None]:
    """Leave no more than ``frames`` of the interpreter's stack, a third of what it has."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize("text", ["1+" * 500_000, "(" * 1_000_000, " " * 401, "x" * 401, "\u5f97" * 401])
def test_long_texts_are_refused_unread(text: str) -> None:
    message = f"an expression has at most 400 characters; this one has {len(text)}"
    assert mistakes(text) == [(CHARACTERS, len(text) - CHARACTERS, message, None)]


def test_a_text_of_the_greatest_length_is_read() -> None:
    assert value("1".ljust(CHARACTERS)) == 1


def test_parts_are_counted() -> None:
    assert value("+".join(["1"] * 100)) == 100
    message = "an expression has at most 200 parts; this one has more"
    assert mistakes("+".join(["1"] * 101)) == [(200, 1, message, None)]


DEEP = {
    "brackets": ("(", "1", ")"),
    "minus": ("-", "1", ""),
    "calls": ("abs(", "1", ")"),
    "conditionals": ("1 if yes else ", "1", ""),
    "conditions": ("1 if 1 == (", "1", ") else 1"),
    "references": ("mean(", "score", ")"),
}


@pytest.mark.parametrize("case", DEEP)
def test_nesting_is_counted(case: str) -> None:
    opening, core, closing = DEEP[case]
    most = min(DEPTH, (CHARACTERS - len(core)) // len(opening + closing))
    assert formula(opening * most + core + closing * most).text
    if most == DEPTH:
        over = mistakes(opening * (most + 1) + core + closing * (most + 1))
        assert [message for _, _, message, _ in over] == ["an expression is nested at most 20 deep; this one is deeper"]


def test_nots_are_counted() -> None:
    assert value("not " * DEPTH + "yes") is True
    assert mistakes("not " * (DEPTH + 1) + "yes")[0][2].startswith("an expression is nested at most 20 deep")


STEEP = [
    "1 if no or no and not 1==1+1*(" * 12 + "1" + ") else 1" * 1,
    "yes or yes and 1 == 1 + 1 * (" * 13 + "1" + ")" * 13,
    "1+2*(" * 20 + "1" + ")" * 20,
    "yes or yes and not 1<1+1*-abs(" * 11 + "1" + ")" * 11,
    "1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<(1<1" + "<1)" * 19,
    "(" * 400,
    "not " * 100,
    "-" * 400,
    "min(" * 100,
    "a-" * 200,
    "a-a" * 133,
    "1 if " * 80,
    "((1)" * 100,
    "[" * 400,
    "'" * 400,
    "%" * 400,
    "a " * 200,
    "streak(" * 57,
    "\u200b" * 400,
    "\uff08" * 400,
    "\ufdfa" * 400,
]


@pytest.mark.parametrize("text", STEEP)
def test_the_worst_shapes_need_little_stack(text: str) -> None:
    with little_stack(330):
        compiled = compile_formula(text, VOCABULARY)
        if isinstance(compiled, Formula):
            compiled.evaluate(VALUES)
            hash(compiled)


def test_the_deepest_formula_computes_on_little_stack() -> None:
    text = "1+2*(" * 20 + "factor" + ")" * 20
    with little_stack(330):
        assert value(text) == 2**20 - 1 + 2**20 // 2


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__.__bases__[0]",
        "open('/etc/passwd')",
        "lambda: 1",
        "[x for x in score]",
        "score.real",
        "score[0]",
        "f'{score}'",
        "b'x'",
        "9**9**9",
        "1e999999999",
        "0x41",
        "1 << 99",
        "(score := 5)",
        "*score",
        "min(*score)",
        "min(key=score)",
        "await score",
        "yield",
        "score; score",
        "#",
        "score \\\n+ 1",
        "{score}",
        "...",
        "exec(score)",
        "nan",
        "inf > 1",
        "-infinity",
    ],
)
def test_other_languages_are_refused(text: str) -> None:
    assert mistakes(text)


def test_no_more_mistakes_are_reported_than_a_person_can_use() -> None:
    found = mistakes("zz+" * 99 + "zz")
    assert len(found) == 20
    assert {message for _, _, message, _ in found} == {"there is no zz here"}


def test_a_hint_is_not_searched_for_at_every_mistake() -> None:
    found = compile_formula(" + ".join(["scor"] * 30) + " + " + " + ".join(["foo(1)"] * 5), VOCABULARY)
    assert not isinstance(found, Formula)
    assert all(m.hint and m.hint.said(Lang.EN) == "did you mean score?" for m in found)


def test_line_breaks_are_spaces() -> None:
    assert value("1\n+\t1\r\n") == 2


def test_values_in_messages_are_made_visible() -> None:
    (_, _, message, _), *_ = mistakes("\x1b[31m")
    assert message == "\\u001b is not part of the policy language"


def test_the_words_of_the_language_are_known() -> None:
    assert sorted(RESERVED) == [
        *(
            "abs",
            "and",
            "ceiling",
            "else",
            "floor",
            "if",
            "max",
            "min",
            "no",
            "not",
            "number",
            "or",
            "round",
            "yes",
        )
    ]


def test_a_reference_must_have_a_kind() -> None:
    for parameters in ((), (Words(("loss",)),)):
        with pytest.raises(ValueError, match="needs an expression as its first argument"):
            Signature(parameters, None)


def test_a_choice_without_options_has_none_to_show() -> None:
    empty = Vocabulary({"tier": Choice("tier", ()), "flag": FLAG, "score": Number()})
    for text in ("tier and flag", "tier == score", "tier == gold", "tier > tier"):
        compile_formula(text, empty)
