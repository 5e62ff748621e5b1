"""Expressions, operations and numbers as people say them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kpigen.site.documents import Figure, read
from kpigen.site.wording import Words, money, month_name, share, signed
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def words(data: Path) -> dict[Lang, Words]:
    policy = next(iter(read(data / "v1").policies.values()))
    return {lang: Words(policy, lang) for lang in Lang}


@pytest.mark.parametrize(
    ("expression", "zh", "en"),
    [
        ("score >= 80", "得分 ≥ 80", "score ≥ 80"),
        ("tier == star and not full", "级别 = 一星级 且 非 全勤", "tier = One star and not Full attendance"),
        ("streak(score < 70) >= 2", "连续（得分 < 70）的月数 ≥ 2", "months running with (score < 70) ≥ 2"),
        ("gross * 20%", "应发 × 20%", "gross pay × 20%"),
        ("unknown_name / (1 - 2)", "unknown_name ÷（1 − 2）", "unknown_name ÷ (1 − 2)"),
    ],
)
def test_expressions(expression: str, zh: str, en: str, words: dict[Lang, Words]) -> None:
    assert words[Lang.ZH].expression(expression) == zh
    assert words[Lang.EN].expression(expression) == en


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (None, ""),
        ({"kind": "never heard of"}, ""),
        ({"kind": "rounded", "mode": "half-up", "to": "0.01", "inner": {"kind": "formula", "text": "400"}}, "400"),
        (
            {"kind": "rounded", "mode": "half-up", "to": "0.01", "inner": {"kind": "formula", "text": "gross * 20%"}},
            "gross pay × 20%, then rounded half up to 0.01",
        ),
        ({"kind": "rounded", "mode": "floor", "to": "1"}, "rounded down to 1"),
        ({"kind": "held", "since": "2026-02"}, "held since February 2026"),
        ({"kind": "where", "inner": {"kind": "sum"}}, "added up"),
        ({"kind": "prize", "place": 1, "inner": {"kind": "formula", "text": "100"}}, "100 for rank 1"),
        (
            {"kind": "shared-prize", "first": 1, "last": 3, "tied": 2, "inner": {"kind": "formula", "text": "200"}},
            "200 for ranks 1 to 3, shared among 2 of equal rank",
        ),
    ],
)
def test_operations(operation: dict[str, object] | None, said: str, words: dict[Lang, Words]) -> None:
    assert words[Lang.EN].operation(operation) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "not applicable"),
        (True, "yes"),
        ("no", "no"),
        ("1234.50", "1,234.50"),
        ("star", "One star"),
        ("a\u202eb", "a\\u202eb"),
    ],
)
def test_values(value: str | bool | None, said: str, words: dict[Lang, Words]) -> None:  # noqa: FBT001
    assert words[Lang.EN].value(value) == said


def test_figures_have_names(words: dict[Lang, Words]) -> None:
    english = words[Lang.EN]
    names = ["2026-02", "below", "base:when", "streak(score < 70)", "score"]
    said = [
        "February 2026",
        "One star → Ordinary",
        "condition of Base pay",
        "months running with (score < 70)",
        "score",
    ]
    assert [english.figure(Figure(name, "1")) for name in names] == said


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("score 2025-08", "得分（2025年8月）", "score (August 2025)"),
        ("loss:due", "赔偿（应扣合计）", "Loss, due in all"),
        ("loss:limit", "赔偿（限额）", "Loss, at most"),
        ("service-star:rank:ahead", "服务之星：领先人数", "Service star: how many are ahead"),
    ],
)
def test_parts_and_past_months_of_figures(name: str, zh: str, en: str, words: dict[Lang, Words]) -> None:
    assert [words[lang].figure(Figure(name, "1")) for lang in (Lang.ZH, Lang.EN)] == [zh, en]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("loss:limit", "403.0180", "403.01"), ("loss:limit", "-0.0010", "−0.01"), ("a", "1", "1")],
)
def test_a_limit_is_shown_to_the_cent(name: str, value: str, said: str, words: dict[Lang, Words]) -> None:
    assert words[Lang.EN].shown(Figure(name, value)) == said


@pytest.mark.parametrize(
    ("about", "zh", "en"),
    [
        ({"month": "2026-08", "input": "response"}, "2026年8月 响应", "August 2026: Response"),
        ({"month": "2026-08", "award": "service-star"}, "2026年8月 服务之星", "August 2026: Service star"),
        ({"month": "2026-08", "transition": "to-star"}, "2026年8月 普通 → 一星级", "August 2026: Ordinary → One star"),
        ({"complaint": "C-2026-08-001"}, "投诉 C-2026-08-001", "complaint C-2026-08-001"),
        ({"event": "E-2026-08-001"}, "事件 E-2026-08-001", "event E-2026-08-001"),
        ({}, "", ""),
    ],
)
def test_what_an_appeal_is_about(about: dict[str, str], zh: str, en: str, words: dict[Lang, Words]) -> None:
    assert [words[lang].about(about) for lang in (Lang.ZH, Lang.EN)] == [zh, en]


@pytest.mark.parametrize(
    ("weight", "said"), [("3/10", "30%"), ("1", "100%"), ("1/8", "12.5%"), ("1/3", "1/3"), ("1/6", "1/6")]
)
def test_weights(weight: str, said: str) -> None:
    assert share(weight) == said


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("90.00", "%", "90.00%", "90.00%"),
        ("60", "calls", "60 通", "60 calls"),
        ("1", "calls", "1 通", "1"),
        ("2.50", "calls/h", "2.50 通/小时", "2.50 calls/h"),
        ("1200.00", "CNY", "1,200.00", "1,200.00"),
        ("7", "points", "7", "7"),
        ("good", "calls", "good", "good"),
        (None, "calls", "不适用", "not applicable"),
        ("3", "furlongs", "3 furlongs", "3 furlongs"),
    ],
)
def test_units(value: str | None, unit: str, zh: str, en: str, words: dict[Lang, Words]) -> None:
    assert [words[lang].measured(value, unit) for lang in (Lang.ZH, Lang.EN)] == [zh, en]


def test_numbers() -> None:
    assert money("-1234567.80") == "−1,234,567.80"
    assert signed(Decimal("1234.5")) == "+1,234.5"
    assert signed(Decimal("-0.10")) == "−0.10"


def test_months() -> None:
    assert month_name("2026-09", Lang.ZH) == "2026年9月"
    assert month_name("2026-09", Lang.EN) == "September 2026"
    assert month_name("soon", Lang.EN) == "soon"
