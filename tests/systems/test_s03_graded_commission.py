"""S03, graded assessment with commission, on the hotline department: eighteen months from 2025-05 to 2026-10."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from kpigen.ledger import keep
from tests.engine.mini import Documents, Files, files_of
from tests.systems.sample import ROOT, Agents, ids, pay

if TYPE_CHECKING:
    from kpigen.finding import Finding

SLUG = "graded-commission"
HOTLINE = "records/hotline"
GRADES = ("fail", "pass", "fair", "good", "excellent")


@cache
def files() -> dict[str, str]:
    """The policy as shipped and the department's records, by path."""
    policy = {f"policy/{SLUG}/{path}": text for path, text in files_of(ROOT / "policy" / SLUG).items()}
    records = {f"{HOTLINE}/{path}": text for path, text in files_of(ROOT / HOTLINE).items()}
    return policy | records


def kept(files: dict[str, str]) -> tuple[tuple[Finding, ...], dict[str, Any]]:
    """The findings, and every document by its path below ``v1/``."""
    sink = Documents()
    ledger = keep(Files(files), sink=sink)
    return ledger.findings, {path.removeprefix("v1/"): json.loads(text) for path, text in sink.written.items()}


@cache
def shipped() -> tuple[tuple[Finding, ...], dict[str, Any]]:
    return kept(files())


def of(name: str) -> Agents:
    """The agents of a month, by id."""
    return {agent["agent"]: agent for agent in shipped()[1][f"hotline/{name}.json"]["agents"]}


def everybody() -> list[tuple[str, dict[str, Any]]]:
    """Every agent-month, with the month's name."""
    months = sorted(path[8:15] for path in shipped()[1] if path.startswith("hotline/20"))
    return [(name, agent) for name in months for agent in of(name).values()]


def points(agent: dict[str, Any]) -> dict[str, str | None]:
    """An agent's items with their points, without zeros at the end."""
    return {item["id"]: item["points"] and f"{Decimal(item['points']).normalize():f}" for item in agent["items"]}


def changed(path: str, old: str, new: str) -> list[tuple[str, str]]:
    """The findings, by rule and path, when one thing in the department's records is another."""
    text = files()[f"{HOTLINE}/{path}"]
    assert text.count(old) == 1
    findings, _ = kept(files() | {f"{HOTLINE}/{path}": text.replace(old, new)})
    return [(found.rule.id, found.place.path.removeprefix(f"{HOTLINE}/")) for found in findings]


def test_s03_eighteen_months_without_a_finding() -> None:
    findings, documents = shipped()
    assert findings == ()
    assert len({name for name, _ in everybody()}) == 18
    assert {len(of(name)) for name, _ in everybody()} == {15, 16}
    assert documents["index.json"]["schema"] == "kpigen/index/v1"


# Monthly, on days 5 to 10 of the following month


@pytest.mark.parametrize(("day", "late"), [("04", True), ("05", False), ("10", False), ("11", True)])
def test_s03_assessed_from_the_fifth_to_the_tenth_of_the_following_month(day: str, *, late: bool) -> None:
    sheet = "2025-05/scores/signing.yaml"
    found = changed(sheet, "assessed: 2025-06-10", f"assessed: 2025-06-{day}")
    assert found == ([("assessment-window", sheet)] if late else [])


# Who was away for more than two months in total


def test_s03_away_for_more_than_two_months_is_not_assessed() -> None:
    october = of("2025-10")["H112"]  # August to October: 21 + 30 + 24 = 75 days on secondment
    assert (october["assessed"], october["score"], october["rank"]) == (False, None, None)
    assert (october["not_assessed"]["rule"], october["not_assessed"]["clause"]) == ("presence", "2.1")
    june = of("2026-06")["H107"]  # April to June: 18 + 31 + 16 = 65 days of personal leave
    assert june["not_assessed"]["rule"] == "presence"


def test_s03_away_for_less_is_assessed_against_a_smaller_target() -> None:
    august = of("2025-08")["H112"]  # 21 days away
    # target 29500 × 10 / 31 = 9516.13; 30 × 8750 / 9516.13 = 27.58
    assert points(august)["sales"] == "27.58"
    assert august["score"] == "85.5"  # 27.58 + 14.4 + 15.5 + 10 + 4 + 4 + 5 + 5 = 85.48
    assert of("2025-11")["H112"]["assessed"]  # September to November: 30 + 24 = 54 days
    assert of("2026-07")["H107"]["assessed"]  # May to July: 31 + 16 = 47 days


def test_s03_without_assessment_commission_is_plain_and_nothing_else_changes() -> None:
    # senior agent, three whole years; 5268 × 1%
    assert pay(of("2025-10")["H112"]) == {
        "post-wage": "3400.00",
        "plain-commission": "52.68",
        "seniority-wage": "150.00",
    }
    assert of("2025-09")["H112"]["not_assessed"]["reason"] == "借调总部，整月不在岗"


def test_s03_statutory_leave_never_counts() -> None:
    for name in ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05"):
        assert of(name)["H113"]["not_assessed"]["reason"] == "产假"
        assert pay(of(name)["H113"])["post-wage"] == "3000.00"
    june = of("2026-06")["H113"]  # 30 + 31 + 2 days of leave within three months, and yet assessed
    # target 31000 × 28 / 30 = 28933.33; 30 × 27333.90 / 28933.33 = 28.34
    assert points(june)["sales"] == "28.34"
    assert june["score"] == "88.8"  # 28.34 + 17 + 15.5 + 10 + 4 + 4 + 5 + 5 = 88.84


# Results, ability, attitude


def test_s03_results_ability_and_attitude_make_the_score() -> None:
    first = of("2026-01")["H108"]
    assert points(first) == {
        "sales": "30",  # 37222 of 32000
        "tasks": "19",  # 95%
        "ability": "17",  # 5.5 + 3 + 4.5 + 4
        "disputes": "10",
        "initiative": "4",  # good
        "responsibility": "4",  # good
        "feedback": "5",  # 3.5 hours
        "order": "5",
    }
    assert first["score"] == "94.0"


def test_s03_what_does_not_apply_is_scaled_openly() -> None:
    first = of("2025-05")["H111"]  # nothing to report back
    assert points(first)["feedback"] is None
    # 30 × 23628 / 27000 = 26.25; 26.25 + 16 + 15 + 10 + 5 + 4 + 5 = 81.25 of 95
    assert first["score"] == "85.5"


def test_s03_customer_disputes_cost_points_by_severity() -> None:
    assert points(of("2025-05")["H104"])["disputes"] == "8"  # one minor
    assert points(of("2025-05")["H110"])["disputes"] == "5"  # one major
    assert points(of("2025-05")["H103"])["disputes"] == "10"  # one that was dismissed
    assert points(of("2026-01")["H114"])["disputes"] == "3"  # one major, one minor
    assert points(of("2025-12")["H109"])["disputes"] == "0"  # two major: exactly all
    assert points(of("2026-03")["H114"])["disputes"] == "0"  # one critical


def test_s03_timely_feedback_goes_by_hours() -> None:
    may = of("2025-05")
    # 1.9 hours, 4.2, 8.1
    assert [points(may[agent])["feedback"] for agent in ("H103", "H101", "H105")] == ["5", "4", "2"]


# Five grades, applied to promotion, training, commission and post wage


def test_s03_all_five_grades_occur() -> None:
    assert {agent["grade"] for _, agent in everybody() if agent["assessed"]} == set(GRADES)


@pytest.mark.parametrize(
    ("grade", "name", "agent", "lines"),
    [
        # 37222: 200 + 17222 × 2% = 544.44, × 120%; 3000 × 10%
        ("excellent", "2026-01", "H108", ("300.00", "653.33")),  # 94.0
        # 26965.80: 200 + 6965.80 × 2% = 339.32, × 110%; 3000 × 5%
        ("good", "2025-05", "H113", ("150.00", "373.25")),  # 89.1
        # 12700.50 × 1% = 127.01 (half up), × 100%
        ("fair", "2025-11", "H105", (None, "127.01")),  # 74.8
        # 21275: 200 + 1275 × 2% = 225.50, × 90%
        ("pass", "2025-05", "H114", (None, "202.95")),  # 69.7
        # 14349.80 × 1% = 143.50, × 80%
        ("fail", "2026-03", "H114", (None, "114.80")),  # 38.1
    ],
)
def test_s03_grades_act_on_post_wage_and_commission(
    grade: str, name: str, agent: str, lines: tuple[str | None, str]
) -> None:
    found = of(name)[agent]
    assert found["grade"] == grade
    assert (pay(found).get("post-addition"), pay(found)["individual-commission"]) == lines


def test_s03_no_grade_lowers_the_post_wage() -> None:
    wages = {"agent": "3000.00", "senior": "3400.00", "lead": "3900.00"}
    for _, agent in everybody():
        if agent["employed"]["days"] == agent["employed"]["of"]:
            assert pay(agent)["post-wage"] == wages[agent["role"]]


def test_s03_grades_act_on_training() -> None:
    for _, agent in everybody():
        due = ids(agent["actions"])
        assert ("training-plan" in due) is (agent["grade"] == "fail")
        assert ("coaching" in due) is (agent["grade"] == "pass")
    june, july = of("2025-06")["H115"], of("2025-07")["H115"]
    assert june["actions"][0]["due"] == "2025-08-14"  # 45 days after 30 June
    assert ids(july["settled_actions"]) == ["training-plan"]  # finished on 25 July


def test_s03_grades_act_on_promotion() -> None:
    due = [(name, agent["agent"]) for name, agent in everybody() if "promotion-review" in ids(agent["actions"])]
    # July to December: H103 six times excellent, H108 five; January to June: H103 four times, H108 five
    assert due == [("2025-12", "H103"), ("2025-12", "H108"), ("2026-06", "H103"), ("2026-06", "H108")]
    excellent = [name for name, agent in everybody() if agent["agent"] == "H101" and agent["grade"] == "excellent"]
    assert len([name for name in excellent if name.startswith("2026")]) >= 4  # a team lead is not put forward
    decided = of("2026-01")["H103"]
    assert ids(decided["settled_actions"]) == ["promotion-review"]
    assert (decided["role"], of("2026-02")["H103"]["role"]) == ("agent", "senior")  # as people decided


# The month's wage


def test_s03_the_wage_is_post_individual_shared_and_seniority() -> None:
    assert pay(of("2025-05")["H111"]) == {
        "post-wage": "3900.00",  # team lead
        "post-addition": "195.00",  # good: 5%
        "individual-commission": "299.82",  # 23628: 200 + 3628 × 2% = 272.56, × 110% = 299.816
        "shared-commission": "383.92",  # 1773.23 × 85.5 / 394.9
        "seniority-wage": "250.00",  # seven whole years
    }
    assert of("2025-05")["H111"]["pay"]["total"] == "5028.74"


def test_s03_nothing_is_ever_deducted() -> None:
    assert {agent["pay"]["deductions"] for _, agent in everybody()} == {"0.00"}


def test_s03_the_shared_commission_is_a_pot_that_adds_up() -> None:
    may = of("2025-05")
    shares = {agent: pay(may[agent])["shared-commission"] for agent in ("H111", "H112", "H113", "H114", "H115")}
    # 1773.23 in proportion to 85.5, 84.7, 89.1, 69.7 and 65.9 (together 394.9), all of them 31 days
    assert shares == {"H111": "383.92", "H112": "380.33", "H113": "400.09", "H114": "312.98", "H115": "295.91"}
    assert sum(map(Decimal, shares.values())) == Decimal("1773.23")


def test_s03_every_pot_is_shared_out_to_the_cent() -> None:
    pots: dict[tuple[str, str], Decimal] = {}
    for name, agent in everybody():
        share = Decimal(pay(agent).get("shared-commission", "0"))
        pots[name, agent["team"]] = pots.get((name, agent["team"]), Decimal(0)) + share
    for (name, team), shared in pots.items():
        (line,) = (
            line for line in files()[f"{HOTLINE}/{name}/scores/{team}.yaml"].splitlines() if line.startswith("together")
        )
        assert f"public_commission: {shared}}}" in line


def test_s03_who_failed_takes_no_share() -> None:
    assert "shared-commission" not in pay(of("2026-03")["H114"])


def test_s03_joiners_and_leavers_are_paid_for_their_days() -> None:
    joiner = of("2026-03")["H118"]  # joined on the 16th: 16 of 31 days
    assert pay(joiner)["post-wage"] == "1548.39"  # 3000 × 16 / 31
    # target 28000 × 16 / 31 = 14451.61; 30 × 10167.90 / 14451.61 = 21.11
    assert points(joiner)["sales"] == "21.11"
    leaver = of("2025-11")["H105"]  # left on the 21st
    assert (pay(leaver)["post-wage"], pay(leaver)["seniority-wage"]) == ("2100.00", "35.00")  # 21 of 30 days


def test_s03_seniority_grows_with_whole_years() -> None:
    years = [pay(of(name)["H114"]).get("seniority-wage") for name in ("2025-05", "2025-06", "2026-05", "2026-06")]
    assert years == [None, "50.00", "50.00", "100.00"]  # joined on 17 June 2024


# Ranked first three months running


def test_s03_first_three_months_running_is_awarded_200_once() -> None:
    won = [(name, agent["agent"]) for name, agent in everybody() if agent["awards"]]
    assert won == [("2026-01", "H108")]  # first in November, December and January
    assert pay(of("2026-01")["H108"])["three-firsts"] == "200.00"
    february = of("2026-02")["H108"]
    assert (february["rank"], february["awards"]) == (1, [])  # the same run, and not again


def test_s03_twice_first_and_then_second_is_no_run() -> None:
    assert [of(name)["H103"]["rank"] for name in ("2026-05", "2026-06", "2026-07")] == [1, 1, 2]
    assert of("2026-07")["H103"]["awards"] == []


# Failing three months running


@pytest.mark.parametrize(
    ("name", "score", "actions"),
    [
        ("2026-01", "43.9", ["training-plan"]),
        ("2026-02", "52.0", ["training-plan"]),
        ("2026-03", "38.1", ["training-plan", "post-review"]),
        ("2026-04", "72.7", []),
    ],
)
def test_s03_three_failed_months_running_call_for_a_review(name: str, score: str, actions: list[str]) -> None:
    found = of(name)["H114"]
    assert (found["score"], ids(found["actions"])) == (score, actions)


def test_s03_nobody_resigns_by_rule() -> None:
    april, may = of("2026-04")["H114"], of("2026-05")["H114"]
    assert "post-review" in ids(april["settled_actions"])  # decided by people on 17 April
    assert (april["team"], may["team"]) == ("signing", "inbound")  # another post, at the same wage
    assert pay(may)["post-wage"] == "3000.00"


# Drafted by the staff office, approved by the general manager, in force


def test_s03_approved_by_the_general_manager_and_in_force() -> None:
    document = shipped()[1]["policy/graded-commission/2025-01.json"]
    assert document["adopted"] == {
        "on": "2024-12-19",
        "by": "general-manager",
        "consulted": "2024-12-04",
        "published": "2024-12-24",
    }
    texts = {clause["clause"]: clause for clause in document["clauses"]}
    assert set(map(str, range(1, 16))) <= set(texts)  # articles 1 to 14 and the second part
    assert "2010" in texts["14"]["interpretation"]["en"]
    assert {each["clause"] for each in document["left_to_people"]} <= set(texts)


# Part 2: the workplace


def test_s03_conduct_costs_points_for_each_occurrence() -> None:
    assert points(of("2025-05")["H115"])["order"] == "3"  # loud once
    assert points(of("2025-05")["H104"])["order"] == "4"  # an untidy desk
    assert points(of("2025-06")["H110"])["order"] == "4"  # private things
    assert points(of("2025-06")["H115"])["order"] == "3"  # wandering about, and an untidy desk
    assert points(of("2026-08")["H118"])["order"] == "2"  # loud once, wandering about once


def test_s03_conduct_never_goes_below_the_floor() -> None:
    assert points(of("2026-01")["H114"])["order"] == "0"  # 2 + 2 + 1: exactly all
    assert points(of("2026-03")["H114"])["order"] == "0"  # 2 + 2 + 2, and not -1


# Our own supplements


def test_s03_events_are_reviewed_within_five_days() -> None:
    event = "2025-05/events/E-2025-05-002.yaml"  # 14 May
    assert changed(event, "reviewed_on: 2025-05-16", "reviewed_on: 2025-05-19") == []
    assert changed(event, "reviewed_on: 2025-05-16", "reviewed_on: 2025-05-20") == [("late", event)]


def test_s03_complaints_are_decided_within_seven_days() -> None:
    complaint = "2025-05/complaints/C-2025-05-001.yaml"  # received on 9 May, followed up on 14 May
    assert changed(complaint, "on: 2025-05-12", "on: 2025-05-16") == []
    assert changed(complaint, "on: 2025-05-12", "on: 2025-05-17") == [("late", complaint)]


def test_s03_appeals_correct_what_was_entered() -> None:
    upheld = [
        (name, agent["agent"])
        for name, agent in everybody()
        for appeal in agent["appeals"]
        if appeal["status"] == "upheld"
    ]
    assert len(upheld) == 2
    assert points(of("2025-11")["H110"])["tasks"] == "18.4"  # 92%, corrected from 84%
    assert points(of("2026-09")["H113"])["feedback"] == "4"  # 5.2 hours, corrected from 7.4
