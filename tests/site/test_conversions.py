"""How the policy's page says what an item is worth: one sentence for each conversion, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpigen.site.conversions import conversion
from kpigen.site.documents import read
from kpigen.site.rulebook import Named
from kpigen.site.wording import Words
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path

CASES = [
    (
        Named(id="x", points="20", of="response", conversion="ratings", ratings=(("poor", "0"), ("good", "20"))),
        "by the word of Response: poor → 0; good → 20",
        "按响应的评语：poor → 0；good → 20",
    ),
    (
        Named(id="x", points="25", of="commission", conversion="share_of", share_of="20000", full="20"),
        "20 points × Commission ÷ 20000, at most 25",
        "20 分 × 提成 ÷ 20000，最多 25 分",
    ),
    (
        Named(id="x", points="10", conversion="less", less=(("upheld_complaints", "2"),), floor="0"),
        "10 points, less for each: upheld complaints → 2; at least 0",
        "满分 10 分，每发生一次扣：成立的投诉数 → 2；最低 0 分",
    ),
    (
        Named(id="x", points="30", conversion="parts", parts=(("response", "10"), ("commission", "20"))),
        "added up from these, at most: Response (10); Commission (20)",
        "由以下各项相加（括号内为上限）：响应（10）；提成（20）",
    ),
    (
        Named(
            id="x", points="15", conversion="raters", raters=(("response", "70"), ("commission", "30")), missing="drop"
        ),
        "by the raters' weights (Response 70%; Commission 30%); not applicable when one is missing",
        "按评分人权重（响应 70%；提成 30%）；有人未评的，该项不适用",
    ),
    (
        Named(
            id="x",
            points="10",
            of="response",
            conversion="bands",
            bands=(("0", "10"),),
            zero_when="upheld_complaints >= 1",
        ),
        "by Response, in bands from 0 → 10, at most 10 points; 0 points when upheld complaints ≥ 1",
        "按响应分档：0 → 10，满分 10 分；成立的投诉数 ≥ 1 时计 0 分",
    ),
]


@pytest.mark.parametrize(("item", "english", "chinese"), CASES)
def test_a_conversion_in_words(data: Path, item: Named, english: str, chinese: str) -> None:
    policy = next(iter(read(data / "v1").policies.values()))
    said = [conversion(item, Words(policy, lang)) for lang in (Lang.EN, Lang.ZH)]
    assert said[0] == english
    assert said[1].replace(" ", "") == chinese.replace(" ", "")
