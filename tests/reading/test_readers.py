from __future__ import annotations

import calendar
import re
import time
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.month import Month
from kpigen.reading.faults import Fault
from kpigen.reading.readers import (
    read_agent,
    read_day,
    read_flag,
    read_identifier,
    read_month,
    read_number,
    read_slug,
    read_text,
    read_whole,
)
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Callable

READERS: tuple[Callable[[str], object], ...] = (
    read_number,
    read_whole,
    read_month,
    read_day,
    read_flag,
    read_slug,
    read_agent,
    partial(read_identifier, prefix="C"),
    partial(read_text, limit=500),
)


def hint(read: object) -> str:
    assert isinstance(read, Fault), read
    return read.hint.said(Lang.EN)


@pytest.mark.parametrize("text", ["0", "14", "-14", "91.50", "0.001", "-0.5", "123456789012", "1234567890.12"])
def test_numbers_keep_the_digits_written(text: str) -> None:
    assert str(read_number(text)) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1,000", "1000"), ("1,234,567.8", "1234567.8"),
        ("1_000", "1000"), ("1 000", "1000"), ("1'000", "1000"),
        ("010", "10"), ("-007.5", "-7.5"), ("00", "0"), ("+5", "5"), ("+05", "5"), (".5", "0.5"),
        ("-.5", "-0.5"), ("5.", "5"),
        ("９０", "90"), ("－１．５", "-1.5"), ("１，０００", "1000"), (" 5", "5"), ("5 ", "5"),
    ],
)  # fmt: skip
def test_a_number_in_another_form_is_shown_in_the_right_one(text: str, right: str) -> None:
    assert hint(read_number(text)) == f"Write {right}."


@pytest.mark.parametrize("text", ["¥90", "￥1,000", "$5", "90%", "90 元", "CNY 90", "８０％"])
def test_a_sign_beside_a_number_is_refused(text: str) -> None:
    digits = re.sub("[^0-9]", "", text.translate({0xFF18: "8", 0xFF10: "0"}))
    assert hint(read_number(text)) == f"Write {digits} without a sign: the policy says what the number counts."


@pytest.mark.parametrize(
    "text",
    ["1e3", "1E3", "0x1F", "0b1", "0o7", ".nan", ".inf", "-.inf", "nan", "Infinity", "1.0e+400", "12:30:45", "1.2.3",
     "--1", "-", ".", "٣", "४२", "¼", "²", "九十", "1/2", "9" * 100_000, "1" * 13, "0." + "1" * 12,
     "1," * 1000, "01,000"],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    assert isinstance(read_number(text), Fault)
    assert isinstance(read_whole(text), Fault)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**7), max_value=10**7))
def test_numbers_round_trip(value: Decimal) -> None:
    text = f"{value:f}"
    assert str(read_number(text)) == text


@given(st.text("0123456789.-+,_eE ９０%", max_size=16))
def test_a_number_is_read_exactly_or_not_at_all(text: str) -> None:
    read = read_number(text)
    if isinstance(read, Fault):
        suggested = re.fullmatch(r"Write (-?[0-9.]+)\.", hint(read))
        assert suggested is None or isinstance(read_number(suggested[1]), Decimal) or len(suggested[1]) > 12
    else:
        assert f"{read:f}" == text


@given(st.text(max_size=40))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    for read in READERS:
        read(text)


@pytest.mark.parametrize("reader", READERS, ids=range(len(READERS)))
def test_nothing_is_a_missing_value_and_much_is_no_value(reader: Callable[[str], object]) -> None:
    missing = reader("")
    assert isinstance(missing, Fault)
    assert missing.rule.id == "missing-value"
    start = time.process_time()
    for text in ("a" * 100_000, "2026" + " " * 100_000 + "x", "9" * 100_000, "，" * 100_000, "1 " * 50_000):
        assert isinstance(reader(text), Fault)
    assert time.process_time() - start < 1


def test_wholes() -> None:
    assert read_whole("0") == 0
    assert read_whole("999999999999") == 10**12 - 1
    for text in ("-1", "-0", "1.0", "01", "1000000000000"):
        assert isinstance(read_whole(text), Fault), text


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_days_round_trip(day: date) -> None:
    assert read_day(day.isoformat()) == day
    assert read_month(str(Month.of(day))) == Month.of(day)


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2100, 2000])
def test_the_day_after_the_last_does_not_exist(year: int) -> None:
    for month in range(1, 13):
        last = calendar.monthrange(year, month)[1]
        assert read_day(f"{year}-{month:02}-{last}") == date(year, month, 1) + timedelta(days=last - 1)
        assert (
            hint(read_day(f"{year}-{month:02}-{last + 1}"))
            == f"The last day of that month is {year}-{month:02}-{last}."
        )


@pytest.mark.parametrize(
    "text", ["2026-9-3", "2026/09/03", "2026.9.3", "2026年9月3日", "20260903", "２０２６-09-03", " 2026-09-03"]
)
def test_a_date_in_another_form_is_shown_in_the_right_one(text: str) -> None:
    assert hint(read_day(text)) == "Write 2026-09-03."


@pytest.mark.parametrize(
    "text",
    [
        "2026-00-10",
        "2026-13-10",
        "2026-09-00",
        "0000-01-01",
        "1899-12-31",
        "10000-01-01",
        "2026-09-3x",
        "2026/13/01",
        "2026-09-03T00:00",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert isinstance(read_day(text), Fault)


@pytest.mark.parametrize("text", ["2026-9", "2026/9", "202609", "2026年9月", "２０２６－０９"])
def test_a_month_in_another_form_is_shown_in_the_right_one(text: str) -> None:
    assert hint(read_month(text)) == "Write 2026-09."


@pytest.mark.parametrize("text", ["2026-00", "2026-13", "1899-12", "26-09", "2026-09-01", "2026/13"])
def test_what_is_no_month_is_refused(text: str) -> None:
    assert isinstance(read_month(text), Fault)


def test_flags() -> None:
    assert read_flag("yes") is True
    assert read_flag("no") is False
    for text in ("true", "TRUE", "是", "Y", "y", "on", "YES", "Yes", "1", "ｙｅｓ", "√"):
        assert hint(read_flag(text)) == "Write yes."
    for text in ("false", "否", "N", "off", "No", "0", "×"):
        assert hint(read_flag(text)) == "Write no."
    assert hint(read_flag("n/a")) == "Write yes or no, in small letters."


@pytest.mark.parametrize("text", ["wang.min", "a", "x1-2.b"])
def test_slugs(text: str) -> None:
    assert read_slug(text) == text


@pytest.mark.parametrize(
    "text", ["Wang", "1a", "-a", ".a", "a/b", "../x", "a b", "a_b", "á", "\u0430", "a" * 65, "a\n", "A:"]
)
def test_what_is_no_slug_is_refused(text: str) -> None:
    assert isinstance(read_slug(text), Fault)


def test_agents_are_told_from_their_look_alikes() -> None:
    assert read_agent("A001") == "A001"
    assert read_agent("Z999999") == "Z999999"
    for text in ("A01", "A1234567", "AA001", "A001\n", "A٠٠١", "AO01", "a01"):
        assert isinstance(read_agent(text), Fault), text
    assert hint(read_agent("a001")) == hint(read_agent("Ａ００１")) == "Write A001."
    cyrillic = read_agent("\u0410001")
    assert isinstance(cyrillic, Fault)
    assert "U+0410" in cyrillic.message.said(Lang.EN)


@pytest.mark.parametrize("prefix", ["C", "E", "P", "J"])
def test_identifiers(prefix: str) -> None:
    assert read_identifier(f"{prefix}-2026-09-003", prefix) == f"{prefix}-2026-09-003"
    for text in (
        f"X{prefix}-2026-09-003",
        f"{prefix}-2026-13-003",
        f"{prefix}-2026-09-3",
        f"{prefix}-2026-09-003/..",
        f"{prefix}-２０２６-09-003",
    ):
        assert isinstance(read_identifier(text, prefix), Fault), text
    assert hint(read_identifier(f"{prefix.lower()}-2026-09-003", prefix)) == f"Write {prefix}-2026-09-003."


def test_texts() -> None:
    assert read_text(" 好 \n", 5) == "好"
    assert read_text("一\n二", 5, lines=True) == "一\n二"
    assert type(read_text("好", 5)) is str
    for read in (read_text("一\n二", 5), read_text("一二三四五六", 5), read_text(" \n", 5)):
        assert isinstance(read, Fault)
