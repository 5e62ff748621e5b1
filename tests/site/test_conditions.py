"""Conditions taken apart by the language's own reader."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpigen.site.conditions import alternatives, parts


@pytest.mark.parametrize(
    ("text", "about", "sign", "bound"),
    [
        ("score >= 95", "score", ">=", Decimal(95)),
        ("95 <= score", "score", ">=", Decimal(95)),
        ("90.5 > score", "score", "<", Decimal("90.5")),
        ("score < bar", "score", "<", "bar"),
        ("rate >= 95%", "rate", ">=", Decimal("0.95")),
        ("balance < -5", "balance", "<", Decimal(-5)),
        ("a + b >= 3", "a + b", ">=", Decimal(3)),
        ("streak(grade == low and score < 70) >= 2", "streak(grade == low and score < 70)", ">=", Decimal(2)),
    ],
)
def test_a_comparison(text: str, about: str, sign: str, bound: object) -> None:
    (part,) = parts(text)
    assert (part.about, part.sign, part.bound, part.text) == (about, sign, bound, text)


@pytest.mark.parametrize("text", ["grade == low", "not score < 95", "promoted", "a < b + 1", "score >", "x" * 5000])
def test_what_is_no_comparison_with_a_bound(text: str) -> None:
    assert [(part.text, part.about) for part in parts(text)] == [(text, "")]


def test_only_the_outermost_and_is_taken_apart() -> None:
    assert [part.text for part in parts("a >= 1 and (b >= 2 or c >= 3) and f(d and e)")] == [
        "a >= 1",
        "b >= 2 or c >= 3",
        "f(d and e)",
    ]
    assert [part.text for part in parts("a >= 1 and b >= 2 or c >= 3")] == ["a >= 1 and b >= 2 or c >= 3"]


def test_what_a_part_reads() -> None:
    (part,) = parts("(mean(score, quarter) >= low or -x * 2 > y) and not z if w else yes")
    assert part.reads == {"mean(score, quarter)", "score", "quarter", "low", "x", "y", "z", "w"}


def test_every_alternative_is_found() -> None:
    found = alternatives("score < 70 or score >= 95 and upheld_complaints < 1 or grade == low")
    assert [(part.about, part.sign) for part in found] == [("score", "<"), ("score", ">="), ("upheld_complaints", "<")]
    assert alternatives("score >") == ()


@pytest.mark.parametrize(
    ("text", "below", "at", "above"),
    [
        ("x >= 5", False, True, True),
        ("x > 5", False, False, True),
        ("x <= 5", True, True, False),
        ("x < 5", True, False, False),
    ],
)
def test_on_which_side_it_holds(text: str, below: bool, at: bool, above: bool) -> None:  # noqa: FBT001 - a table
    (part,) = parts(text)
    values = (Decimal("4.9"), Decimal("5.0"), Decimal("5.1"))
    assert [part.holds(value, Decimal(5)) for value in values] == [below, at, above]
