"""S09, the awards programme: results worked out by hand for the department below ``awards-programme/records``."""

from __future__ import annotations

from tests.systems.sample import ids, kept, month, pay

SLUG = "awards-programme"
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05")


def _line(name: str, line: str) -> dict[str, str]:
    return {agent: pay(each)[line] for agent, each in month(SLUG, name).items() if line in pay(each)}


def _waiting(name: str, agent: str) -> list[tuple[str, str, bool]]:
    return [(each["id"], each["due"], each["overdue"]) for each in month(SLUG, name)[agent].get("open_actions", [])]


def test_s09_five_sides_make_the_score() -> None:
    # A001: 30 + 28 + 15 + 10 + 15; A002: 24 + 25 + 12 + 7 + 15; A003: 18 + 27 + 10 + 4 + 13 (late twice)
    # A004: 24 + 29 + 12 + 7 + 15; A005: 24 + 24 + 9 + 4 + 15; A006: 12 + 28 + (9*60% + 14*40% = 11) + 7 + 15
    scores = {agent: each["score"] for agent, each in month(SLUG, "2025-01").items()}
    assert scores == {"A001": "98.0", "A002": "83.0", "A003": "72.0", "A004": "87.0", "A005": "76.0", "A006": "73.0"}


def test_s09_three_highest_satisfaction_results_win() -> None:
    # January: 95, then 88 twice; A005 has 88 on 9 replies only
    assert _line("2025-01", "top-three") == {"A001": "200.00", "A002": "200.00", "A004": "200.00"}


def test_s09_three_prizes_are_shared_where_places_are_shared() -> None:
    # February: 88 twice take places 1 and 2; 81 twice share the third prize
    assert _line("2025-02", "top-three") == {"A001": "200.00", "A002": "100.00", "A003": "100.00", "A005": "200.00"}
    # March: 95, 91.5, then 88 twice
    assert _line("2025-03", "top-three") == {"A001": "200.00", "A002": "100.00", "A004": "200.00", "A005": "100.00"}


def test_s09_best_team_of_the_quarter() -> None:
    # blue: (14.33 + 12 + 10) / 3 = 12.11; green: ((12+14)/2 + 9 + (11+10+13)/3 = 11.33) / 3 = 11.11
    assert _line("2025-03", "best-team") == {"A001": "150.00", "A002": "150.00", "A003": "150.00"}
    assert all(_line(name, "best-team") == {} for name in MONTHS if name != "2025-03")


def test_s09_suggestion_adopted_is_paid_once() -> None:
    assert {name: _line(name, "innovation-award") for name in MONTHS if _line(name, "innovation-award")} == {
        "2025-03": {"A001": "300.00"}
    }


def test_s09_loyalty_award_on_the_anniversary_by_performance() -> None:
    # A001 joined on 2019-03-18: six years; (98 + 88 + 91) / 3 = 92.333…: 92.3, so 800
    # A004 joined on 2020-02-20: five years; 87 in January, the only assessed month: 500
    assert {name: _line(name, "loyalty") for name in MONTHS if _line(name, "loyalty")} == {
        "2025-02": {"A004": "500.00"},
        "2025-03": {"A001": "800.00"},
    }


def test_s09_loyalty_award_is_not_lost_to_sick_leave() -> None:
    # A004 completed five years in February, on sick leave: no bonus, but the award, and nothing to settle
    february = month(SLUG, "2025-02")["A004"]
    assert not february["assessed"]
    assert (ids(february["awards"]), pay(february)) == (["loyalty"], {"loyalty": "500.00"})
    assert ids(february["actions"]) == []


def test_s09_special_contribution_has_a_limit() -> None:
    # 1200 proposed, at most 1000
    assert _line("2025-03", "special") == {"A006": "1000.00"}


def test_s09_errors_are_counted_by_severity_over_twelve_months() -> None:
    # A002: 1, 1 + 1 = 2, 2 + 3 = 5, 5 + 1 = 6
    found = {
        name: [each for each in ids(month(SLUG, name)["A002"]["actions"]) if each not in {"coaching", "post-review"}]
        for name in MONTHS
    }
    assert found == {
        "2025-01": [],
        "2025-02": ["error-warning"],
        "2025-03": ["error-warning"],
        "2025-04": ["error-written-warning"],
        "2025-05": ["demotion-review"],
    }


def test_s09_a_dismissed_complaint_counts_nothing() -> None:
    agent = month(SLUG, "2025-03")["A005"]
    assert ids(agent["actions"]) == []
    assert pay(agent)["bonus"] == "300.00"


def test_s09_the_bonus_is_not_earned_and_nothing_is_deducted() -> None:
    without = {
        name: [agent for agent, each in month(SLUG, name).items() if "bonus" not in pay(each)] for name in MONTHS
    }
    # February: A004 not assessed; April: a total of 5, and a violation; May: a total of 6, and a grave violation
    assert without == {
        "2025-01": [],
        "2025-02": ["A004"],
        "2025-03": [],
        "2025-04": ["A002", "A006"],
        "2025-05": ["A002", "A006"],
    }
    assert all(each["pay"]["deductions"] == "0.00" for name in MONTHS for each in month(SLUG, name).values())


def test_s09_lateness_and_absence_cost_points_and_add_up_in_the_quarter() -> None:
    # A003: late twice (2), once more (3), absent (3 + 4 = 7)
    points = {
        name: next(item["points"] for item in month(SLUG, name)["A003"]["items"] if item["id"] == "discipline")
        for name in MONTHS
    }
    assert points == {"2025-01": "13", "2025-02": "14", "2025-03": "10", "2025-04": "15", "2025-05": "15"}
    assert ids(month(SLUG, "2025-01")["A003"]["actions"]) == []
    assert ids(month(SLUG, "2025-02")["A003"]["actions"]) == ["attendance-talk"]
    assert "attendance-warning" in ids(month(SLUG, "2025-03")["A003"]["actions"])


def test_s09_violations_lead_up_to_a_review_of_the_employment() -> None:
    assert ids(month(SLUG, "2025-04")["A006"]["actions"]) == ["violation-warning"]
    assert ids(month(SLUG, "2025-05")["A006"]["actions"]) == ["dismissal-review"]


def test_s09_three_months_below_target_lead_to_coaching_with_a_date_and_an_outcome() -> None:
    # A002: 90, 95, 99, 98, 97 of 100; 60 days after March 31 is May 30
    coached = [name for name in MONTHS if "coaching" in ids(month(SLUG, name)["A002"]["actions"])]
    assert coached == ["2025-03"]
    assert _waiting("2025-03", "A002") == [("coaching", "2025-05-30", False)]
    assert _waiting("2025-04", "A002") == [("coaching", "2025-05-30", False)]
    may = month(SLUG, "2025-05")["A002"]
    assert [(each["id"], each["settled"]) for each in may["settled_actions"]] == [("coaching", "2025-05-26")]
    assert may["open_actions"] == []
    assert ids(may["actions"]) == ["demotion-review", "post-review"]


def test_s09_two_months_below_target_are_not_three() -> None:
    # A005: 80, 85, 100
    assert all("coaching" not in ids(month(SLUG, name)["A005"]["actions"]) for name in MONTHS)


def test_s09_a_marked_fall_in_satisfaction_is_looked_into_and_then_warned_about() -> None:
    # A003: 81 to 67 in March; the cause, due by April 20, was found in May only
    march, may = month(SLUG, "2025-03")["A003"], month(SLUG, "2025-05")["A003"]
    assert ids(march["actions"]) == ["attendance-warning", "fall-inquiry"]
    assert _waiting("2025-03", "A003") == [("fall-inquiry", "2025-04-20", False)]
    assert _waiting("2025-04", "A003") == [("fall-inquiry", "2025-04-20", True)]
    # the one event settles the older inquiry, too late; 81 to 67 again in May is a new one
    assert may["settled_actions"] == [
        {"id": "fall-inquiry", "month": "2025-03", "due": "2025-04-20", "overdue": True, "settled": "2025-05-08"}
    ]
    assert ids(may["actions"]) == ["fall-inquiry", "fall-warning"]
    assert _waiting("2025-05", "A003") == [("fall-inquiry", "2025-06-20", False)]
    assert pay(may)["bonus"] == "300.00"  # the first within twelve months


def test_s09_a_fall_that_does_not_lie_with_the_agent_has_no_consequence() -> None:
    # A004: 95 to 84 in April, a fault of the billing system
    assert ids(month(SLUG, "2025-04")["A004"]["actions"]) == ["fall-inquiry"]
    may = month(SLUG, "2025-05")["A004"]
    assert ids(may["settled_actions"]) == ["fall-inquiry"]
    assert ids(may["actions"]) == []


def test_s09_satisfaction_is_not_compared_with_a_month_without_ratings() -> None:
    # A001: 91.5 in March, none in April, 81 in May
    assert all("fall-inquiry" not in ids(month(SLUG, name)["A001"]["actions"]) for name in MONTHS)


def test_s09_an_appeal_is_decided_by_the_panel() -> None:
    ledger, _ = kept(SLUG)
    assert [found for found in ledger.findings if "/appeals/" in found.place.path] == []


def test_s09_the_scheme_is_checked_every_year() -> None:
    _, documents = kept(SLUG)
    policy = next(document for path, document in documents.items() if path.endswith(f"{SLUG}/2025-01.json"))
    (duty,) = policy["duties"]
    assert (duty["id"], duty["every"]) == ("yearly-check", "year")


def test_s09_totals_of_every_agent() -> None:
    totals = {name: [each["pay"]["total"] for each in month(SLUG, name).values()] for name in MONTHS}
    assert totals == {
        "2025-01": ["500.00", "500.00", "300.00", "500.00", "300.00", "300.00"],
        # A004: the loyalty award alone
        "2025-02": ["500.00", "400.00", "400.00", "500.00", "500.00", "300.00"],
        # 300 + 200 + 150 + 300 + 800; 300 + 100 + 150; 300 + 150; 300 + 200; 300 + 100; 300 + 1000
        "2025-03": ["1750.00", "550.00", "450.00", "500.00", "400.00", "1300.00"],
        # 300; 200 (88 first with A005); 300; 300 + 200 (84, third); 300 + 200; nothing
        "2025-04": ["300.00", "200.00", "300.00", "500.00", "500.00", "0.00"],
        # 300; 200 (88 second with A004); 300; 300 + 200; 300 + 200 (95 first); nothing
        "2025-05": ["300.00", "200.00", "300.00", "500.00", "500.00", "0.00"],
    }
