"""What is proved of a policy, and where it does not hold."""

from __future__ import annotations

from kpigen.text import Lang
from tests.lint.mini import CLEAN, edited, proofs

PAY_NEVER_FALLS = (
    "Pay never falls when the score rises and all else stays the same: 12 scores in every tier, "
    "with amounts of 1000 and nothing else recorded."
)
PAY_FALLS = (
    "Pay falls although the score rises: junior: 2020.00 with 80.0, but 2320.00 with 79.9; "
    "senior: 2020.00 with 80.0, but 2320.00 with 79.9."
)


def proved(text: str) -> list[str]:
    return [proof.statement.said(Lang.EN) for proof in proofs(text) if proof.holds]


def failed(text: str) -> list[str]:
    return [proof.statement.said(Lang.EN) for proof in proofs(text) if not proof.holds]


def test_all_is_proved_of_the_clean_policy() -> None:
    assert failed(CLEAN) == []
    assert proved(CLEAN) == [
        "The items' points add up to 100; the score is out of 100.",
        "waiting: every figure from 0 to 600 falls into exactly one row.",
        "Every score from 0 to 100 in steps of 0.1 has exactly one grade.",
        "Every tier can be reached from junior.",
        "From every tier there is a way back to junior.",
        PAY_NEVER_FALLS,
        "A higher score never leads to a lower tier: 12 scores in every tier.",
    ]


def test_pay_that_falls_is_told_with_its_tier_and_scores() -> None:
    text = edited(("when: grade == good, amount: 300", "when: grade == low or score > 95, amount: 300"))
    assert failed(text) == [
        PAY_FALLS,
    ]


def test_pay_is_looked_at_where_the_score_is_calculated_with() -> None:
    text = edited(
        ("when: grade == good, amount: 300", "when: score > 50, amount: (number(score) - 75) * (number(score) - 75)")
    )
    assert failed(text)[0].startswith("Pay falls although the score rises: junior: ")


def test_a_higher_score_that_leads_lower() -> None:
    text = edited(("from: junior, when: score >= 90", "from: junior, when: score >= 90 and score < 99"))
    assert failed(text) == ["A higher score leads to a lower tier: junior: 99.0 leads lower than 98.9."]


def test_figures_below_the_first_row() -> None:
    text = edited(("{from: 0, points: 40}, {from: 60", "{from: 30, points: 40}, {from: 60"))
    assert failed(text) == ["waiting: no row holds from 0 to 30."]


def test_tiers_that_cannot_be_reached_or_left() -> None:
    text = edited(("from: junior, when: score >= 90", "from: junior, when: score >= 90 and score < 80"))
    assert failed(text) == ["Nobody who enters as junior ever reaches senior."]
    text = edited(("from: senior, when: score < 80", "from: senior, when: score < 0"))
    assert failed(text) == ["There is no way back to junior from senior."]


def test_what_could_not_be_tried_is_not_proved() -> None:
    rule = 'eligible: [{id: there, name: {zh: 在岗, en: There}, clause: "1", when: service_months < 12}]\ninputs:\n'
    assert failed(edited(("inputs:\n", rule))) == [
        "junior: not tried, since nobody is assessed of whom nothing is recorded."
    ]


def test_a_policy_without_score_has_nothing_to_prove() -> None:
    head = CLEAN[: CLEAN.index("inputs:")]
    assert proofs(head) == []
