"""Functions of the policy language as people say them, in both languages, and what rating words are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from kpigen.site.documents import Figure, read
from kpigen.site.wording import Words
from kpigen.text import Lang
from tests.site import quarterly

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.site.rulebook import Policy


@pytest.fixture(scope="module")
def policy(data: Path) -> Policy:
    policies = read(data / "v1").policies
    return next(each for each in policies.values() if each.policy == quarterly.POLICY and each.version == "2026-07")


CASES = [
    ("total(calls, quarter) > 3", "本季度内来电合计 > 3", "the sum of Calls in the quarter > 3"),
    ("total(events(left-post), year)", "本年内“离岗”次数", "number of “Left the post” in the year"),
    (
        "total(events(left-post) + 2 * calls, twelve-months)",
        "近十二个月内（“离岗”次数 + 2 × 来电）合计",
        "the sum of (number of “Left the post” + 2 × Calls) in twelve months",
    ),
    (
        "mean(previous(score), half-year)",
        "本半年内上次考核的得分的平均",
        "the mean of score at the last assessment in the half-year",
    ),
    ("count(assessed, year) >= 2", "本年内的考核期数 ≥ 2", "number of assessments in the year ≥ 2"),
    (
        "count(grade >= sound, year)",
        "本年内（等级 ≥ 合格）的考核期数",
        "number of assessments in the year with (grade ≥ Sound)",
    ),
    ("streak(score < 60) >= 2", "连续（得分 < 60）的考核期数 ≥ 2", "assessments running with (score < 60) ≥ 2"),
    ("applicable(rate)", "接听率有值", "there is a value for Answer rate"),
    ("number(rate) / 20", "接听率 ÷ 20", "Answer rate ÷ 20"),
    ("number(rate + 1) / 20", "（接听率 + 1）÷ 20", "(Answer rate + 1) ÷ 20"),
    ("complaints(minor) + complaints(any)", None, "upheld complaints “Minor” + upheld complaints"),
    ("won(favourite)", "获“最受欢迎”次数", "times “Favourite” was won"),
    ("min(calls, 0) + max(1, calls)", None, "the lesser of (Calls, 0) + the greater of (1, Calls)"),
    ("round(rate, 10) - floor(rate, 1)", None, "Answer rate rounded to 10 − Answer rate rounded down to 1"),
    ("abs(calls - answered)", None, "the size of (Calls − Answered)"),
    ("team_mean(score) > team_total(score)", None, "the team's mean of score > the team's total of score"),
    ("not assessed and anniversary", None, "not assessed and a year of service completed"),
    ("manner == good", "态度评语 = good", "Manner as rated = good"),
    ("year_score_grade >= fair", "全年得分的等级 ≥ 中", "grade of Score of the year ≥ Fair"),
    ("previous(grade) == sound and shifts < least_shifts", None, None),
    ("count(grade == weak, year) >= least_shifts", None, None),
    ("employment != temporary or role == leader", None, "form of employment ≠ Temporary or role = Leader"),
    ("total(calls)", None, "pay (Calls)"),
    ("what(calls) + (1", None, "what (Calls) + (1"),
]


@pytest.mark.parametrize(("expression", "zh", "en"), CASES)
def test_functions(expression: str, zh: str | None, en: str | None, policy: Policy) -> None:
    if zh is not None:
        assert Words(policy, Lang.ZH).expression(expression) == zh
    if en is not None:
        assert Words(policy, Lang.EN).expression(expression) == en


def test_a_word_is_one_of_what_it_is_compared_with(policy: Policy) -> None:
    said = Words(policy, Lang.EN).expression("previous(grade) == sound and shifts < least_shifts")
    assert said == "grade at the last assessment = Sound and Shifts < Least shifts"
    said = Words(policy, Lang.EN, valued=True).expression("count(grade == weak, year) >= least_shifts")
    assert said == "number of assessments in the year with (grade = Weak) ≥ Least shifts (20 shifts)"


def test_months_where_every_month_is_assessed(policy: Policy) -> None:
    monthly = msgspec.structs.replace(policy, assess={"every": "month"})
    said = Words(monthly, Lang.EN).expression
    assert said("count(assessed, year)") == "number of months in the year with an assessment"
    assert said("streak(score < 60)") == "months running with (score < 60)"


def test_a_rating_word_has_no_name(policy: Policy) -> None:
    """Even where a grade has the same word: the rating is not the grade."""
    named = msgspec.structs.replace(policy.grades[1], id="good")
    words = Words(msgspec.structs.replace(policy, grades=(named,)), Lang.ZH)
    assert words.shown(Figure("manner", "good")) == "good"
    assert words.shown(Figure("grade", "good")) == "合格"
    assert words.expression("manner == good and grade == good") == "态度评语 = good 且 等级 = 合格"


def test_a_record_that_was_counted_has_no_value(policy: Policy) -> None:
    words = Words(policy, Lang.EN)
    assert words.shown(Figure("E-2026-09-001", "yes")) == ""
    assert words.shown(Figure("E-2026-09-001", "16")) == "16"
