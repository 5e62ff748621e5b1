"""The figures that texts say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpigen.lint.numerals import figures_in


def digits(text: str) -> list[str]:
    return [figure.written for figure in figures_in(text) if figure.digits]


def said(text: str) -> set[Decimal]:
    return {value for figure in figures_in(text) for value in figure.values}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("得分不低于80分，发1,100元。", ["80", "1,100"]),
        ("90% or more, 3.5 on average", ["90%", "3.5"]),
        ("提成按 12.5 ％ 计算", ["12.5 ％"]),
        ("满1万元的，按2%", ["1万", "2%"]),
        ("2025年1月起执行，3月4日，次月5日至10日", ["5", "10"]),
        ("in force from January 2025; entered from the 5th to the 10th; on 10 February 2028", ["5", "10"]),
        ("见第9.1条和第4条，第6至12条除外；《工资支付暂行规定》第16条", []),
        ("see clause 9.1, clauses 4 and 6 to 12, and article 16 of the Provisions; Article 40(2)", []),
        ("9:00到18:00，每分钟80个字", ["80"]),
        ("劳部发[1995]226号", []),
        ("agent A001 and C-2025-01", []),
        ("clause 4 and 20 points", ["20"]),
    ],
)
def test_digits(text: str, expected: list[str]) -> None:
    assert digits(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("连续两个月", "2"),
        ("二十一天", "21"),
        ("一百二十元", "120"),
        ("两千元", "2000"),
        ("一万二千元", "12000"),
        ("百分之二十", "0.2"),
        ("半年", "0.5"),
        ("twice in a month", "2"),
        ("twenty-one days", "21"),
        ("the third place", "3"),
        ("twenty per cent", "0.2"),
        ("1万元", "10000"),
        ("20%", "0.2"),
        ("20%", "20"),
        ("no complaint", "0"),
    ],
)
def test_words_say_figures_too(text: str, value: str) -> None:
    assert Decimal(value) in said(text)
