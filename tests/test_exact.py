"""Exact arithmetic: rounding by hand, its laws, and plain printing."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.exact import CENT, LARGEST, Mode, arithmetic, plain, quantize, round_to

NUMBERS = st.decimals(-(10**12), 10**12, places=4)
STEPS = st.sampled_from(["0.01", "0.05", "0.1", "0.25", "0.5", "1", "3", "5", "10"]).map(Decimal)


@pytest.mark.parametrize(
    ("value", "step", "mode", "expected"),
    [
        ("89.95", "0.1", Mode.HALF_UP, "90.0"),
        ("89.949", "0.1", Mode.HALF_UP, "89.9"),
        ("89.85", "0.1", Mode.HALF_EVEN, "89.8"),
        ("89.95", "0.1", Mode.HALF_EVEN, "90.0"),
        ("-0.05", "0.1", Mode.HALF_UP, "-0.1"),
        ("-0.04", "0.1", Mode.HALF_UP, "-0.0"),
        ("-1.29", "0.1", Mode.DOWN, "-1.2"),
        ("-1.21", "0.1", Mode.FLOOR, "-1.3"),
        ("-1.29", "0.1", Mode.CEILING, "-1.2"),
        ("1.21", "0.1", Mode.CEILING, "1.3"),
        ("0.025", "0.05", Mode.HALF_UP, "0.05"),
        ("0.075", "0.05", Mode.HALF_EVEN, "0.10"),
        ("0.0249", "0.05", Mode.HALF_UP, "0.00"),
        ("2.5", "5", Mode.HALF_UP, "5"),
        ("7.5", "5", Mode.HALF_EVEN, "10"),
        ("12.4", "5", Mode.DOWN, "10"),
        ("7", "3", Mode.HALF_UP, "6"),
        ("7.5", "3", Mode.HALF_UP, "9"),
        ("1E+3", "0.01", Mode.HALF_UP, "1000.00"),
        ("0", "0.01", Mode.HALF_UP, "0.00"),
    ],
)
def test_rounding(value: str, step: str, mode: Mode, expected: str) -> None:
    assert str(round_to(Decimal(value), Decimal(step), mode)) == expected


@pytest.mark.parametrize("parts", [3, 7, 9, 11, 13, 97])
def test_what_is_divided_and_multiplied_again_is_whole_again(parts: int) -> None:
    with arithmetic():
        found = Decimal(2) / parts * parts
    assert all(str(round_to(found, CENT, mode)) == "2.00" for mode in Mode)


def test_a_third_times_three_is_not_one_before_it_is_rounded() -> None:
    with arithmetic():
        assert Decimal(1) / 3 * 3 < 1
        assert round_to(Decimal(1) / 3 * 3, Decimal(1), Mode.DOWN) == 1


def test_money_is_rounded_to_the_cent_half_up() -> None:
    assert [str(quantize(Decimal(each))) for each in ("1.005", "1.0049", "-1.005", "7")] == [
        "1.01",
        "1.00",
        "-1.01",
        "7.00",
    ]


@given(NUMBERS, STEPS, st.sampled_from(Mode))
def test_a_rounded_number_is_the_right_multiple(value: Decimal, step: Decimal, mode: Mode) -> None:
    rounded = round_to(value, step, mode)
    steps = Fraction(rounded) / Fraction(step)
    off = Fraction(rounded) - Fraction(value)
    assert steps.denominator == 1
    assert abs(off) < Fraction(step)
    if mode in {Mode.HALF_UP, Mode.HALF_EVEN}:
        assert abs(off) <= Fraction(step) / 2
        if abs(off) == Fraction(step) / 2:
            assert abs(rounded) > abs(value) if mode is Mode.HALF_UP else steps.numerator % 2 == 0
    elif mode is Mode.DOWN:
        assert abs(rounded) <= abs(value)
    else:
        assert (off <= 0) if mode is Mode.FLOOR else (off >= 0)
    assert round_to(rounded, step, mode) == rounded
    assert rounded.as_tuple().exponent == step.as_tuple().exponent


@given(NUMBERS, NUMBERS, STEPS, st.sampled_from(Mode))
def test_rounding_keeps_order(one: Decimal, other: Decimal, step: Decimal, mode: Mode) -> None:
    low, high = sorted((one, other))
    assert round_to(low, step, mode) <= round_to(high, step, mode)


def test_what_is_below_the_largest_number_can_be_rounded_to_the_cent() -> None:
    with arithmetic():
        below = LARGEST - CENT
        assert round_to(below / 3 * 3, CENT) == below


def test_the_callers_context_changes_nothing() -> None:
    with decimal.localcontext(prec=3, rounding=decimal.ROUND_UP):
        assert str(round_to(Decimal("123456.785"), CENT)) == "123456.79"


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("-0.00", "0.00"), ("0E-7", "0.0000000"), ("1.50", "1.50"), ("-1.5", "-1.5"), ("-0", "0")],
)
def test_plain_printing(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@given(NUMBERS)
def test_plain_printing_reads_back(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert "E" not in plain(value)
