"""Pay: lines, proration, deductions with their limits and what is carried over, awards and their ties."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.engine.mini import ABSENT, BASE, POLICY, agent, changed, complaint, event, month, rules_of, scored, shop


def lines_of(row: dict[str, Any]) -> dict[str, str]:
    return {line["id"]: line["amount"] for line in row["pay"]["lines"]}


def with_policy(old: str, new: str, *more: tuple[str, str]) -> dict[str, str]:
    return {POLICY: changed(*((POLICY, *pair) for pair in ((old, new), *more)))[POLICY]}


def one(
    score: str | None = "85", tier: str = "middle", more: dict[str, str] | None = None, **cells: str
) -> dict[str, Any]:
    """January of A001, who is alone."""
    line = ABSENT if score is None else scored(score, **cells)
    row: dict[str, Any] = month(shop({"A001": tier}, {"2025-01": {"A001": line}}, more))["A001"]
    return row


def test_lines_stand_in_the_order_of_the_policy_and_those_of_0_are_left_out() -> None:
    row = one(commission="12.50", full_attendance="yes")
    assert list(lines_of(row).items()) == [
        ("base", "1100.00"),
        ("bonus", "400.00"),
        ("commission", "12.50"),
        ("attendance", "100.00"),
        ("star", "100.00"),
    ]
    assert "commission" not in lines_of(one())


def test_a_month_not_assessed_is_paid_what_is_paid_then() -> None:
    row = one(None)
    assert lines_of(row) == {"base": "1100.00"}
    assert (row["score"], row["grade"], row["rank"], row["outlook"], row["items"]) == (None, None, None, None, [])
    assert row["not_assessed"] == {"reason": "long sick leave", "at": "records/shop/2025-01/scores/day.yaml:6:24"}


def test_a_line_may_ask_whether_the_agent_was_assessed() -> None:
    more = with_policy("amount: 1100, prorate", "amount: 1100 if assessed else 900, prorate")
    assert lines_of(one(None, more=more)) == {"base": "900.00"}
    assert lines_of(one("50", more=more))["base"] == "1100.00"


@pytest.mark.parametrize(
    ("name", "joined", "left", "base"),
    [
        ("2025-01", "2025-01-01", "2025-01-31", "1100.00"),
        ("2025-01", "2025-01-31", None, "35.48"),  # 1100 / 31 = 35.483...
        ("2025-02", "2024-06-03", "2025-02-27", "1060.71"),  # 1100 * 27 / 28 = 1060.714...
        ("2028-02", "2028-02-15", None, "568.97"),  # 1100 * 15 / 29 = 568.965...
        ("2025-04", "2024-06-03", "2025-04-01", "36.67"),  # 1100 / 30 = 36.666...
        ("2025-06", "2025-06-10", "2025-06-20", "403.33"),  # 1100 * 11 / 30 = 403.333...
    ],
)
def test_proration_counts_the_first_and_the_last_day(name: str, joined: str, left: str | None, base: str) -> None:
    found = shop({"A001": "junior"}, {name: {"A001": ABSENT}})
    stated = {"joined": joined} | ({"left": left} if left else {})
    found["records/shop/agents/A001.yaml"] = agent("A001", "junior", **stated)
    row = month(found, name)["A001"]
    assert lines_of(row) == {"base": base}
    assert row["employed"]["days"] == (1 + int(row["employed"]["to"][-2:]) - int(row["employed"]["from"][-2:]))


def test_a_prorated_amount_is_rounded_once() -> None:
    # 1234.565 * 15 / 30 = 617.2825; rounded to 1234.57 before it is halved it would be 617.29.
    more = with_policy(
        "amount: 1100, prorate",
        "amount: 1234.565, prorate",
        ("pay: {base: 1100", "pay: {base: 1234.57"),
        ("total: 1800", "total: 1934.57"),
    )
    found = shop({}, {"2025-04": {"A001": ABSENT}}, more)
    found["records/shop/agents/A001.yaml"] = agent(
        "A001", "junior", joined="2025-04-16", history="[{from: 2025-04, team: day, tier: junior}]"
    )
    assert lines_of(month(found, "2025-04")["A001"]) == {"base": "617.28"}


# Deductions


def test_a_loss_is_limited_to_a_share_of_gross() -> None:
    # gross 1100 + 400 + 100 = 1600, a fifth of it 320, above the minimum wage 540
    row = one(more=event("2025-01", amount="900"))
    assert row["pay"] == row["pay"] | {"gross": "1600.00", "deductions": "320.00", "total": "1280.00"}
    assert row["carried"] == {"loss": "580.00"}


def test_a_loss_leaves_the_minimum_wage() -> None:
    row = one(None, more=event("2025-01", amount="50"))
    assert row["pay"] == row["pay"] | {"gross": "1100.00", "deductions": "40.00", "total": "1060.00"}
    assert row["carried"] == {"loss": "10.00"}


def test_nothing_is_deducted_of_less_than_the_minimum_wage() -> None:
    more = with_policy(
        "amount: 1100, prorate",
        "amount: 1000, prorate",
        ("pay: {base: 1100", "pay: {base: 1000"),
        ("total: 1800", "total: 1700"),
    )
    row = one(None, more=more | event("2025-01", amount="50"))
    assert row["pay"] == row["pay"] | {"gross": "1000.00", "deductions": "0.00", "total": "1000.00"}
    assert "loss" not in lines_of(row)
    assert row["carried"] == {"loss": "50.00"}


def test_a_limit_is_rounded_down_to_the_cent() -> None:
    # 20% of 1600.04 is 320.008; the commission alone makes the cents
    row = one(commission="0.04", more=event("2025-01", amount="900"))
    assert row["pay"]["deductions"] == "320.00"


def test_the_excess_is_carried_until_it_is_gone() -> None:
    months = ["2025-01", "2025-02", "2025-03", "2025-04"]
    lines = {name: {"A001": ABSENT} for name in months} | {"2025-03": {"A001": scored("85")}}
    found = shop({"A001": "middle"}, lines, event("2025-01", amount="100") | event("2025-03", amount="5.55"))
    rows = [month(found, name)["A001"] for name in months]
    assert [row["pay"]["deductions"] for row in rows] == ["40.00", "40.00", "25.55", "0.00"]
    assert [row["carried"] for row in rows] == [{"loss": "60.00"}, {"loss": "20.00"}, {}, {}]


def test_the_excess_may_be_waived() -> None:
    more = with_policy("excess: carry", "excess: waive") | event("2025-01", amount="900")
    row = one(more=more)
    assert (row["pay"]["deductions"], row["carried"]) == ("320.00", {})


def test_several_losses_add_up() -> None:
    row = one(more=event("2025-01", amount="10.10") | event("2025-01", 2, amount="0.95"))
    assert lines_of(row)["loss"] == "-11.05"


def test_an_event_of_the_team_counts_for_each_of_its_agents_and_for_no_other() -> None:
    lines = {"2025-01": {"A001": scored("90"), "A002": scored("80")}}
    slip = event("2025-01", agent="", team="day", kind="slip", amount="")
    rows = month(shop({"A001": "middle", "A002": "middle"}, lines, slip))
    assert [row["awards"] for row in rows.values()] == [[], []]
    assert [[each["event"] for each in row["events"]] for row in rows.values()] == [["E-2025-01-001"]] * 2
    rows = month(BASE | event("2025-01", agent="", team="day", kind="slip", amount=""))
    assert [row["events"] for row in (rows["A001"], rows["A003"])] == [
        [dict(rows["A001"]["events"][0], kind="slip", amount=None)],
        [],
    ]
    assert [award["id"] for award in rows["A003"]["awards"]] == ["star"]


# Ranks and awards


def ranked(*scores: str, more: dict[str, str] | None = None) -> dict[str, Any]:
    numbers = [f"A{number:03}" for number in range(1, len(scores) + 1)]
    lines = {"2025-01": dict(zip(numbers, map(scored, scores), strict=True))}
    return month(shop(dict.fromkeys(numbers, "junior"), lines, more))


def won(rows: dict[str, Any]) -> list[list[str]]:
    return [[award["id"] for award in row["awards"]] for row in rows.values()]


def test_equal_scores_share_a_rank_and_the_next_ones_stay_empty() -> None:
    rows = ranked("90", "95", "90", "60", "95")
    assert [row["rank"] for row in rows.values()] == [3, 1, 3, 5, 1]
    assert won(rows) == [[], ["star"], [], [], ["star"]]
    assert lines_of(rows["A002"])["star"] == lines_of(rows["A005"])["star"] == "100.00"


def test_all_of_the_second_rank_win() -> None:
    assert won(ranked("95", "90", "90", "80")) == [["star"], ["runner-up"], ["runner-up"], []]


def test_whoever_is_excluded_is_excluded_before_ranking() -> None:
    rows = ranked("95", "90", "85", more=complaint("2025-01"))
    assert [row["rank"] for row in rows.values()] == [1, 2, 3], "the rank counts everybody"
    assert won(rows) == [[], ["star"], ["runner-up"]]
    assert rows["A002"]["awards"] == [{"id": "star", "clause": "5", "amount": "100.00", "rank": 1}]


def test_an_award_without_winners() -> None:
    rows = ranked("95", more=complaint("2025-01"))
    assert won(rows) == [[]]


def test_a_dismissed_complaint_excludes_nobody_and_an_open_one_does_not_count_yet() -> None:
    for status, decided in (("dismissed", "{on: 2025-01-18, by: wang.min}"), ("open", "")):
        assert won(ranked("95", more=complaint("2025-01", status=status, decided=decided))) == [["star"]]


def test_an_award_may_be_ranked_by_anything() -> None:
    more = with_policy("rank: 1, by: score, among: upheld_complaints == 0 and events(slip) == 0", "rank: 1, by: -score")
    rows = ranked("95", "60", "70", more=more)
    assert won(rows) == [[], ["star"], ["runner-up"]]


# Drafts and closed months


@pytest.mark.parametrize("missing", ["line", "sheet", "input"])
def test_what_is_missing_from_a_draft_leaves_the_agent_unassessed(missing: str) -> None:
    found = shop({"A001": "middle", "A002": "middle"}, {"2025-01": {"A001": scored("85"), "A002": scored("80")}})
    path = "records/shop/2025-01/scores/day.yaml"
    if missing == "line":
        found[path] = "".join(line for line in found[path].splitlines(keepends=True) if "A001:" not in line)
    elif missing == "input":
        found[path] = found[path].replace("calls: 100, ", "", 1)
    else:
        found["records/shop/2025-01/scores/night.yaml"] = (
            found.pop(path).replace("team: day", "team: night").replace("wang.min", "chen.jun")
        )
        found["records/shop/2025-01/scores/night.yaml"] = (
            found["records/shop/2025-01/scores/night.yaml"].split("  A001")[0] + "  A003: " + scored("70") + "\n"
        )
        found["records/shop/agents/A003.yaml"] = agent(
            "A003", "middle", history="[{from: 2024-06, team: night, tier: middle}]"
        )
    row = month(found)["A001"]
    assert (row["assessed"], lines_of(row)) == (False, {"base": "1100.00"})
    assert row["not_assessed"]["missing"] == (["calls"] if missing == "input" else list(INPUTS))


INPUTS = ("care", "calls", "answered", "wait", "commission", "full_attendance")


def test_n_a_is_neither_missing_nor_0() -> None:
    line = "{care: 54, calls: 100, answered: 90, wait: n/a, commission: 0, full_attendance: no}"
    row = month(shop({"A001": "junior"}, {"2025-01": {"A001": line}}))["A001"]
    assert row["score"] == "92.9", "(54 + 25) / 85 * 100"
    assert [(item["id"], item["points"]) for item in row["items"]] == [
        ("care", "54"),
        ("answering", "25.00"),
        ("promptness", None),
    ]
    line = line.replace("care: 54", "care: 0")
    row = month(shop({"A001": "junior"}, {"2025-01": {"A001": line}}))["A001"]
    assert row["score"] == "29.4"


def test_the_printed_score_is_the_one_that_rules_use() -> None:
    # 54 + 20.95 + 15 is 89.95, printed as 90.0; 89.94 as 89.9
    assert one("89.95")["grade"] == "high"
    assert one("89.95")["score"] == "90.0"
    assert (one("89.949")["score"], one("89.949")["grade"]) == ("89.9", "mid")


# What cannot be computed


def test_a_pay_line_below_0_is_an_error_and_a_deduction_below_0_too() -> None:
    more = with_policy("amount: 600 if grade == high else 400", "amount: 400 - commission")
    found = shop({"A001": "middle"}, {"2025-01": {"A001": scored("85", "500")}}, more)
    assert "negative-amount" in rules_of(found)
    more = with_policy("deduct: amount(loss)", "deduct: amount(loss) - 10")
    found = shop({"A001": "middle"}, {"2025-01": {"A001": scored("85")}}, more)
    assert "negative-amount" in rules_of(found)


def test_totals_are_the_sums_of_the_printed_lines() -> None:
    for row in month(BASE).values():
        amounts = [Decimal(line["amount"]) for line in row["pay"]["lines"]]
        assert Decimal(row["pay"]["total"]) == sum(amounts)


def test_an_award_of_nothing_is_won_and_makes_no_line() -> None:
    more = with_policy("amount: 100, ties: all", "amount: 0, ties: all")
    row = one(more=more)
    assert row["awards"] == [{"id": "star", "clause": "5", "amount": "0.00", "rank": 1}]
    assert list(lines_of(row)) == ["base", "bonus"]
