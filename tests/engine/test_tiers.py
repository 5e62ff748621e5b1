"""Tiers, month after month: transitions, what bars them, streaks, and what happens where a policy takes over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.mini import (
    ABSENT,
    BASE,
    DEPARTMENT,
    POLICY,
    agent,
    changed,
    complaint,
    event,
    findings_of,
    month,
    rules_of,
    scored,
    sheet,
    shop,
)


def moves(tier: str, *scores: str | None, first: str = "2025-01", files: dict[str, str] | None = None) -> list[Any]:
    """The tiers of A001 from the first month on, with the transition after each; None is a month not assessed."""
    year, number = map(int, first.split("-"))
    names = [f"{year + (number - 1 + index) // 12}-{(number - 1 + index) % 12 + 1:02}" for index in range(len(scores))]
    lines = {
        name: {"A001": ABSENT if score is None else scored(score)} for name, score in zip(names, scores, strict=True)
    }
    found = shop({"A001": tier}, lines, files)
    result = []
    for name in names:
        row = month(found, name)["A001"]
        result.append((row["tier"], row["transition"] and row["transition"]["id"], row["next_tier"]))
    return result


def test_a_transition_takes_effect_in_the_next_month() -> None:
    assert moves("junior", "80", "90", "79.9") == [
        ("junior", "to-middle", "middle"),
        ("middle", "to-senior", "senior"),
        ("senior", "below-80", "middle"),
    ]


def test_the_lowest_of_several_resulting_tiers_wins() -> None:
    assert moves("senior", "59.9")[0] == ("senior", "below-60", "junior")


def test_a_demotion_beats_a_promotion() -> None:
    files = changed(
        (
            POLICY,
            "from: senior, when: upheld_complaints >= 2, to: middle",
            "from: middle, when: upheld_complaints >= 1, to: junior",
        )
    )
    assert moves("middle", "95", files={POLICY: files[POLICY], **complaint("2025-01")}) == [
        ("middle", "complaints", "junior")
    ]


def test_of_two_transitions_to_one_tier_the_first_is_named() -> None:
    extra = {**complaint("2025-01"), **complaint("2025-01", 2)}
    assert moves("senior", "75", files=extra) == [("senior", "below-80", "middle")]


def test_a_month_not_assessed_moves_nobody() -> None:
    assert moves("senior", None, "95") == [("senior", None, "senior"), ("senior", None, "senior")]


@pytest.mark.parametrize(
    ("first", "scores", "tiers"),
    [
        # Demoted by October's score, from November on: no promotion in November or December, but from January on.
        ("2025-10", ("70", "95", "95", "95"), ["senior", "middle", "middle", "senior"]),
        # Demoted by November's score, from December on.
        ("2025-11", ("70", "95", "95"), ["senior", "middle", "senior"]),
        # Demoted by December's score, from January on: January's and February's scores would promote within Q1.
        ("2025-12", ("70", "95", "95", "95", "95"), ["senior", "middle", "middle", "middle", "senior"]),
    ],
)
def test_quarters_bar_by_the_month_of_effect(first: str, scores: tuple[str, ...], tiers: list[str]) -> None:
    assert [tier for tier, _, _ in moves("senior", *scores, first=first)] == tiers


def test_what_was_barred_is_said() -> None:
    lines = {"2025-12": {"A001": scored("70")}, "2026-01": {"A001": scored("95")}}
    row = month(shop({"A001": "senior"}, lines), "2026-01")["A001"]
    assert row["blocked"] == {"transition": "to-senior", "demoted": ["2026-01"], "clause": "3"}
    assert row["transition"] is None


def test_a_demotion_is_not_barred_by_a_demotion() -> None:
    assert moves("senior", "70", "50")[1] == ("middle", "below-60", "junior")


def test_a_year_bars_longer_than_a_quarter() -> None:
    files = changed((POLICY, "no_promotion_after_demotion: quarter", "no_promotion_after_demotion: year"))
    by_month = moves("senior", "70", *["95"] * 11, files={POLICY: files[POLICY]})
    assert [tier for tier, _, _ in by_month] == ["senior", *["middle"] * 11]
    assert by_month[-1] == ("middle", "to-senior", "senior"), "December's score promotes from January on"


def test_without_moves_nothing_is_barred() -> None:
    files = changed((POLICY, 'moves: {no_promotion_after_demotion: quarter, clause: "3"}\n', ""))
    assert [tier for tier, _, _ in moves("senior", "70", "95", "95", files={POLICY: files[POLICY]})] == [
        "senior",
        "middle",
        "senior",
    ]


# Streaks


def reviews(*scores: str | None, condition: str = "streak(score < 60) >= 2") -> list[bool]:
    files = changed((POLICY, "streak(score < 60) >= 2", condition))
    names = [f"2025-{number:02}" for number in range(1, len(scores) + 1)]
    lines = {
        name: {"A001": ABSENT if score is None else scored(score)} for name, score in zip(names, scores, strict=True)
    }
    found = shop({"A001": "junior"}, lines, {POLICY: files[POLICY]})
    return [bool(month(found, name)["A001"]["actions"]) for name in names]


def test_a_streak_counts_assessed_months_running() -> None:
    assert reviews("50", "60", "59.9", "50", "50") == [False, False, False, True, True]


def test_a_month_not_assessed_neither_breaks_nor_extends_a_streak() -> None:
    assert reviews("50", None, None, "50") == [False, False, False, True]
    assert reviews("50", None, "60", "50") == [False, False, False, False]


def test_a_streak_of_what_nothing_else_reads() -> None:
    assert reviews("70", "70", condition="streak(upheld_complaints == 0 and events(slip) == 0) >= 2") == [False, True]
    assert reviews("70", "70", condition="streak(amount(loss) < 1) >= 2") == [False, True]
    assert reviews("70", "60", condition="streak(care >= 10 and answer_rate > 80%*100) >= 2") == [False, True]


def test_a_streak_within_a_streak() -> None:
    condition = "streak(streak(score < 60) >= 1) >= 2"
    assert reviews("50", "50", "70", "50", condition=condition) == [False, True, False, False]


def test_a_streak_of_a_month_in_which_its_condition_had_no_value_is_broken() -> None:
    files = changed((POLICY, "streak(score < 60) >= 2", "streak(wait >= 0) >= 2"))
    no_wait = scored("60").replace("wait: 0", "wait: n/a")
    lines = {"2025-01": {"A001": scored("60")}, "2025-02": {"A001": no_wait}, "2025-03": {"A001": scored("60")}}
    found = shop({"A001": "junior"}, lines, {POLICY: files[POLICY]})
    assert [month(found, name)["A001"]["actions"] for name in lines] == [[], [], []]


def test_a_streak_goes_on_across_versions_of_a_policy() -> None:
    newer = (
        BASE[POLICY].replace("version: 2025-01", "version: 2025-02").replace("streak(score < 60)", "streak(score < 70)")
    )
    lines = {"2025-01": {"A001": scored("65")}, "2025-02": {"A001": scored("65")}}
    found = shop({"A001": "junior"}, lines, {"policy/mini/2025-02.yaml": newer})
    assert month(found, "2025-01")["A001"]["actions"] == []
    row = month(found, "2025-02")["A001"]
    assert [action["id"] for action in row["actions"]] == ["review"], "the newer version's condition judges both months"


# Versions and policies


def test_the_version_in_force_decides_each_month() -> None:
    newer = (
        BASE[POLICY]
        .replace("version: 2025-01", "version: 2025-02")
        .replace("amount: 1100, prorate", "amount: 1200, prorate")
    )
    newer = newer.replace("pay: {base: 1100", "pay: {base: 1200").replace("total: 1800", "total: 1900")
    lines = {f"2025-0{number}": {"A001": scored("70")} for number in (1, 2, 3)}
    found = shop({"A001": "junior"}, lines, {"policy/mini/2025-02.yaml": newer})
    assert [month(found, name)["A001"]["pay"]["lines"][0]["amount"] for name in lines] == [
        "1100.00",
        "1200.00",
        "1200.00",
    ]


OTHER = BASE[POLICY].replace("policy: mini", "policy: other").replace("junior", "entrant").replace("senior", "chief")
TAKES_OVER = BASE[DEPARTMENT].replace("use: mini}", "use: mini}\n  - {from: 2025-02, use: other}")


def taken_over(history: str, **more: str) -> dict[str, str]:
    lines = {"2025-01": {"A001": scored("75")}, "2025-02": {"A001": scored("95")}, "2025-03": {"A001": scored("95")}}
    stated = {"records/shop/agents/A001.yaml": agent("A001", "senior", history=history, **more)}
    return shop({}, lines, {"policy/other/2025-01.yaml": OTHER, DEPARTMENT: TAKES_OVER} | stated)


def test_another_policy_begins_with_the_tier_stated_anew() -> None:
    found = taken_over("[{from: 2024-06, team: day, tier: senior}, {from: 2025-02, team: day, tier: entrant}]")
    rows = [month(found, name)["A001"] for name in ("2025-01", "2025-02", "2025-03")]
    assert [(row["tier"], row["next_tier"]) for row in rows] == [
        ("senior", "middle"),
        ("entrant", "middle"),  # the demotion under the old policy bars nothing under the new one
        ("middle", "chief"),
    ]


def test_what_is_owed_stays_owed_under_another_policy() -> None:
    found = taken_over("[{from: 2024-06, team: day, tier: senior}, {from: 2025-02, team: day, tier: entrant}]")
    found |= event("2025-01")
    found["records/shop/2025-01/scores/day.yaml"] = sheet("2025-01", {"A001": ABSENT})
    assert month(found, "2025-01")["A001"]["carried"] == {"loss": "46.00"}
    assert month(found, "2025-02")["A001"]["pay"]["deductions"] == "46.00"


def test_a_policy_that_lacks_a_tier_needs_it_stated_anew() -> None:
    found = taken_over("[{from: 2024-06, team: day, tier: senior}]")
    assert rules_of(found) == ["entry-tier"]


def test_a_tier_of_the_policy_before_the_first_month_is_no_fault() -> None:
    found = taken_over("[{from: 2024-06, team: day, tier: senior}, {from: 2025-02, team: day, tier: entrant}]")
    del found["records/shop/2025-01/scores/day.yaml"]
    assert findings_of(found) == []
    assert month(found, "2025-02")["A001"]["tier"] == "entrant"


def test_whoever_joins_after_another_policy_took_over_has_a_tier_of_its_own() -> None:
    found = taken_over("[{from: 2024-06, team: day, tier: senior}]", joined="2025-03-01")
    found["records/shop/2025-01/scores/day.yaml"] = sheet("2025-01", {"A002": scored("75")})
    found["records/shop/2025-02/scores/day.yaml"] = sheet("2025-02", {"A002": scored("75")})
    found["records/shop/2025-03/scores/day.yaml"] = sheet("2025-03", {"A001": scored("75"), "A002": scored("75")})
    history = "[{from: 2024-06, team: day, tier: senior}, {from: 2025-02, team: day, tier: chief}]"
    found["records/shop/agents/A002.yaml"] = agent("A002", "senior", history=history)
    assert rules_of(found) == ["entry-tier"]


def test_a_version_with_other_tiers_lets_the_tier_be_stated_anew() -> None:
    newer = BASE[POLICY].replace("version: 2025-01", "version: 2025-02").replace("senior", "chief")
    lines = {"2025-01": {"A001": scored("95")}, "2025-02": {"A001": scored("95")}}
    found = shop({"A001": "senior"}, lines, {"policy/mini/2025-02.yaml": newer})
    assert rules_of(found) == ["entry-tier"]
    history = "[{from: 2024-06, team: day, tier: senior}, {from: 2025-02, team: day, tier: chief}]"
    found["records/shop/agents/A001.yaml"] = agent("A001", "senior", history=history)
    assert month(found, "2025-02")["A001"]["tier"] == "chief"


# Outlook


@pytest.mark.parametrize(
    ("tier", "score", "condition", "outlook"),
    [
        ("junior", "61.5", "score >= 80", {"score": "80.0", "gap": "18.5"}),
        ("junior", "85", "score >= 80", {"score": "80.0", "gap": "0.0"}),
        ("junior", "61.5", "score > 80", {"score": "80.1", "gap": "18.6"}),
        ("junior", "61.5", "score >= 80.05", {"score": "80.1", "gap": "18.6"}),
        ("junior", "61.5", "score > 100", None),
        ("junior", "61.5", "score >= 80 and 5 / (score - 80) > 1", {"score": "80.1", "gap": "18.6"}),
        ("junior", "61.5", "score >= 80 and upheld_complaints > 0", None),
        ("senior", "61.5", "score >= 80", None),
    ],
)
def test_the_outlook_is_the_least_score_that_promotes(
    tier: str, score: str, condition: str, outlook: dict[str, str] | None
) -> None:
    files = changed(
        (POLICY, "when: score >= 80, to: middle", f"when: {condition}, to: middle"),
        (
            POLICY,
            "from: senior, when: score < 80",
            "from: senior, when: score < 70",
        ),  # or 80 itself would be in neither
    )
    row = month(shop({"A001": tier}, {"2025-01": {"A001": scored(score)}}, {POLICY: files[POLICY]}))["A001"]
    expected = outlook and {"tier": "middle", "transition": "to-middle", "clause": "3"} | outlook
    assert row["outlook"] == expected


def test_a_tier_is_held_since_the_month_it_began() -> None:
    lines = {"2025-01": {"A001": scored("85")}, "2025-02": {"A001": ABSENT}, "2025-03": {"A001": scored("70")}}
    found = shop({"A001": "junior"}, lines)
    for name in ("2025-02", "2025-03"):
        row = month(found, name)["A001"]
        held = [figure["op"] for figure in row["figures"] if figure["op"] and figure["op"]["kind"] == "held"]
        assert held
        assert all(op == {"kind": "held", "since": "2025-02", "by": "to-middle", "tier": "middle"} for op in held)
