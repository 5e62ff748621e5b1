"""What is money in a policy: told by its currency and its pay rules."""

from __future__ import annotations

import pytest

from kpigen.publishing.money import Money, money_of
from tests.payroll.shop import computed
from tests.publishing.shop import files


@pytest.fixture(scope="module")
def money() -> Money:
    return money_of(computed(files())["v1/policy/mini/2025-01.json"])


def test_inputs_in_the_currency_and_those_that_only_pay_reads(money: Money) -> None:
    assert money.inputs == {"commission", "full_attendance"}


def test_results_and_events_in_the_currency(money: Money) -> None:
    assert money.results == {"third"}
    assert money.events == {"loss"}


@pytest.mark.parametrize(
    "name",
    ["score", "calls", "answer_rate", "team_mean(score)", "streak(score < 60)", "events(loss)", "star:rank",
     "total(upheld_complaints, three-months)", "ease", "won(star)", "minimum_wage"],
)  # fmt: skip
def test_names_of_what_is_no_money(money: Money, name: str) -> None:
    assert money.shows(name)


@pytest.mark.parametrize(
    "name",
    ["gross", "commission", "third", "total(commission, quarter)", "team_total(third)", "amount(loss)",
     "mean(amount( loss ), year)", "base", "star", "star:by", "loss:owed", "third:cents", "1 + 2", "unheard_of",
     "full_attendance", "previous(gross)"],
)  # fmt: skip
def test_names_of_what_is_or_could_be_money(money: Money, name: str) -> None:
    assert not money.shows(name)


@pytest.mark.parametrize(
    ("value", "hidden"), [("middle", False), ("yes", False), (None, False), ("12", True), ("x", True)]
)
def test_words_of_the_policy_are_no_money(money: Money, value: str | None, hidden: bool) -> None:  # noqa: FBT001
    assert money.hides(value) is hidden
