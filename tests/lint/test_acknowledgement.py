"""Warnings that a policy acknowledges, and acknowledgements that fit nothing."""

from __future__ import annotations

import pytest

from kpigen.lint import findings_of
from tests.lint.mini import edited, lines, remarks

CONTESTED = "The clause fines people; whether an employer may is contested, and in places it is forbidden."
FINED = ("第一名奖200元。", "第一名奖200元。迟到的罚款。")


def acknowledging(stated: str, *edits: tuple[str, str]) -> str:
    reason = "reason: {zh: 只是说明, en: It only explains}"
    lint = f"lint: {{jurisdiction: cn, acknowledge: [{{{stated}, {reason}}}]}}"
    return edited(("lint: {jurisdiction: cn}", lint), *edits)


@pytest.mark.parametrize("stated", ["rule: law-fine", 'rule: law-fine, clause: "6"'])
def test_a_warning_stands_with_its_reason(stated: str) -> None:
    text = acknowledging(stated, FINED)
    assert lines(text) == []
    (remark,) = remarks(text)
    assert remark.reason is not None
    assert (remark.reason.zh, remark.reason.en) == ("只是说明", "It only explains")
    assert findings_of(remarks(text)) == ()


@pytest.mark.parametrize("stated", ['rule: law-fine, clause: "5"', "rule: law-fine, id: star", "rule: law-unilateral"])
def test_one_that_fits_nothing_is_found(stated: str) -> None:
    assert lines(acknowledging(stated, FINED)) == [
        f"warning: {CONTESTED} [law-fine]",
        "error: Nothing is found that this acknowledges. [acknowledgement]",
    ]


def test_errors_are_not_acknowledged() -> None:
    text = acknowledging("rule: law-dismissal", ("连续两个月不到60分的面谈。", "连续两个月不到60分的予以辞退。"))
    assert lines(text) == [
        "error: “辞退” follows by itself, without a decision. [law-dismissal]",
        "error: law-dismissal is an error, which cannot be acknowledged. [acknowledgement]",
    ]
