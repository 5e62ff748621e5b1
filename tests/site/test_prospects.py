"""What the next tier still needs and what would lose the present one, worked out by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from kpigen.site.documents import AgentMonth, Figure
from kpigen.site.prospects import nearest, prospects
from kpigen.site.rulebook import Named, Policy, Tier, Transition
from kpigen.site.wording import Words
from kpigen.text import Label, Lang
from tests.site.conftest import agent_month, policy_document

if TYPE_CHECKING:
    from kpigen.site.prospects import Prospect

POLICY = msgspec.structs.replace(
    msgspec.convert(policy_document(), Policy),
    tiers=tuple(Tier(id_, Label(id_, id_.title()), "3.1") for id_ in ("low", "middle", "high")),
    parameters=(Named("bar", Label("线", "Bar"), "3.1", "90.5"),),
)


def told(*rules: tuple[str, str, str], tier: str = "middle", lang: Lang = Lang.EN, **policy: object) -> list[Prospect]:
    """Return the prospects of an agent with 55 points for response, a score of 91.7 and one month in a row.

    Args:
        rules: an id, where to from the middle, and a condition.
        tier: the tier held.
        lang: in which language.
        policy: what else differs in the policy.
    """
    made = tuple(Transition(id_, ("middle",), to, when, "3.3") for id_, to, when in rules)
    words = Words(msgspec.structs.replace(POLICY, transitions=made, **policy), lang)
    looked = [
        Figure("response", "55"),
        Figure("score", "91.7"),
        Figure("streak(score >= 90)", "1"),
        Figure("upheld_complaints", "0"),
        Figure("grade", "b"),
    ]
    every = tuple(range(len(looked)))
    held = [Figure(id_, "no", op={"kind": "formula", "text": when}, of=every) for id_, _, when in rules]
    positions = tuple(range(len(looked), len(looked) + len(held)))
    figures = [*looked, *held, Figure("next_tier", tier, op={"kind": "settle"}, of=positions)]
    stated = json.dumps({**agent_month("A001", "2026-09", "91.7", tier), "next_tier_figure": len(figures) - 1})
    return list(prospects(msgspec.json.decode(stated, type=AgentMonth), figures, words))


@pytest.mark.parametrize(
    ("when", "distance", "name", "now"),
    [
        ("score >= 95", "3.3 points", "score", "91.7"),
        ("response >= 56.2", "1.2 points", "Response", "55"),
        ("response > 56", "one point", "Response", "55"),
        ("streak(score >= 90) >= 2", "one month", "months running with (score ≥ 90)", "1"),
        ("streak(score >= 90) >= 6", "5 months", "months running with (score ≥ 90)", "1"),
        ("upheld_complaints >= 2", "2", "upheld complaints", "0"),
    ],
)
def test_how_far_a_promotion_is(when: str, distance: str, name: str, now: str) -> None:
    (prospect,) = told(("up", "high", when))
    (part,) = prospect.missing
    assert (prospect.up, prospect.tier, prospect.clause) == (True, "High", "3.3")
    assert (part.distance, part.name, part.now, part.below) == (distance, name, now, False)


def test_in_chinese_the_gap_is_told_by_item() -> None:
    (prospect,) = told(("up", "high", "response >= 56.2"), lang=Lang.ZH)
    assert prospect.parts[0].name == "响应"
    assert prospect.condition == "响应 ≥ 56.2"


def test_a_condition_is_taken_apart_at_and_and_what_holds_is_not_missing() -> None:
    (prospect,) = told(("up", "high", "score >= 95 and response >= 50 and upheld_complaints < 1"))
    assert [(part.about, part.holds) for part in prospect.parts] == [
        ("score", False),
        ("response", True),
        ("upheld_complaints", True),
    ]
    assert [part.about for part in prospect.missing] == ["score"]


@pytest.mark.parametrize(
    "when",
    ["score >= 95 or response >= 56", "not score < 95", "(score >= 95 and response >= 56) or upheld_complaints == 0"],
)
def test_what_cannot_be_taken_apart_is_told_in_words_with_its_figures(when: str) -> None:
    (prospect,) = told(("up", "high", when))
    (part,) = prospect.parts
    assert (part.distance, part.holds, part.said) == (None, False, prospect.condition)
    assert part.now
    assert "score 91.7" in part.now


def test_a_word_is_told_as_it_stands() -> None:
    (part,) = told(("down", "low", "grade == poor"))[0].parts
    assert part.distance is None
    assert part.now == "grade Pass"


def test_a_parameter_is_a_bound() -> None:
    (part,) = told(("down", "low", "score < bar"))[0].parts
    assert (part.distance, part.below, part.holds) == ("1.2 points", True, False)


def test_assessments_are_counted_where_a_quarter_is_assessed() -> None:
    rule = ("up", "high", "streak(score >= 90) >= 3")
    assert told(rule, assess={"every": "quarter"})[0].parts[0].distance == "2 assessments"


def test_promotions_come_first_and_other_tiers_rules_not_at_all() -> None:
    rules = (("down", "low", "score < 80"), ("up", "high", "score >= 95"))
    assert [one.tier for one in told(*rules)] == ["High", "Low"]
    assert told(*rules, tier="low") == []
    assert told(*rules, tier="unknown") == []


def test_of_two_bounds_on_the_same_the_nearer_one_is_told() -> None:
    rules = (("far", "low", "score < 70"), ("near", "low", "score < 90"), ("other", "low", "upheld_complaints >= 2"))
    assert [one.condition for one in nearest(told(*rules))] == ["score < 90", "upheld complaints ≥ 2"]
    counted = (("far", "low", "upheld_complaints >= 3"), ("near", "low", "upheld_complaints >= 2"))
    assert [one.condition for one in nearest(told(*counted))] == ["upheld complaints ≥ 2"]


def test_no_more_than_three_losses_are_told() -> None:
    rules = [(f"r{number}", "low", f"score < 80 and response < {number}") for number in range(5)]
    assert len(nearest(told(*rules))) == 3
