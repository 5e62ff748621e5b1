"""The explanation of a month says what the pages say."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msgspec
import pytest
from rich.console import Console

from kpigen.explanation import Subject, explanation
from kpigen.site.documents import Outlook, read
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path


def told(data: Path, agent: str, month: str, lang: Lang, **changes: object) -> str:
    published = read(data / "v1")
    document = published.months["ecommerce", month]
    found = next(one for one in document.agents if one.agent == agent)
    subject = Subject(
        agent=msgspec.structs.replace(found, **changes),
        document=document,
        department=published.departments[0],
        policy=published.policies[document.policy],
    )
    console = Console(file=io.StringIO(), width=400)
    console.print(explanation(subject, lang))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            Lang.ZH,
            (
                "· 未月结",
                "赔偿 −86.00（扣 86.00，余 14.00 结转）",
                "赔偿（应扣合计） 100.00",
                "赔偿（限额） 220.00（应发 × 20%）",
                "得分（2026年7月） 85.0",
                "结转下月 赔偿 14.00",
            ),
        ),
        (
            Lang.EN,
            (
                "· not closed yet",
                "Loss −86.00 (86.00 deducted, 14.00 carried over)",
                "Loss, due in all 100.00",
                "Loss, at most 220.00 (gross pay × 20%)",
                "score (July 2026) 85.0",
                "carried to the next month Loss 14.00",
            ),
        ),
    ],
)
def test_a_deduction_and_its_rest(data: Path, lang: Lang, said: tuple[str, ...]) -> None:
    tree = told(data, "A001", "2026-09", lang)
    assert [words for words in said if words not in tree] == []


@pytest.mark.parametrize(
    ("lang", "never", "said"),
    [
        (Lang.ZH, ("结转", "下月", "还差"), ("已离职", "赔偿：离职时未扣完 14.00，不再从工资里扣", "余 14.00 未扣")),
        (
            Lang.EN,
            ("carried", "next month", "more"),
            (
                "no longer employed",
                "Loss: 14.00 left undeducted, no longer taken from pay",
                "86.00 deducted, 14.00 left undeducted",
            ),
        ),
    ],
)
def test_a_leaver_is_promised_nothing(data: Path, lang: Lang, never: tuple[str, ...], said: tuple[str, ...]) -> None:
    tree = told(data, "A002", "2026-09", lang)
    assert [words for words in never if words in tree] == []
    assert [words for words in said if words not in tree] == []
    assert ("下月级别" if lang is Lang.ZH else "tier from next month") in told(data, "A002", "2026-08", lang)


def test_a_score_that_suffices_is_reached(data: Path) -> None:
    outlook = Outlook(tier="star", transition="to-star", clause="3.3", score="90.0", gap="0.0")
    assert "→ 一星级 需 90.0 分，已达到 [3.3]" in told(data, "A001", "2026-09", Lang.ZH, outlook=outlook)
    assert "→ One star needs a score of 90.0, reached [3.3]" in told(
        data, "A001", "2026-09", Lang.EN, outlook=outlook
    ).replace("(", "").replace(")", "")
