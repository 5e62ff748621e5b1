"""S19, star-tier: a test for every sentence of what it asks for, by months of `records/ecommerce` and its examples.

What stands here was worked out by hand from the sheets. `tests/test_ecommerce.py` goes through more months, and
compares all of them with a second computation.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kpigen.ledger import Ledger, keep
from tests.engine.mini import Documents, Files, files_of
from tests.systems.sample import ids, pay

ROOT = Path(__file__).parents[2]
FOLDER = "records/ecommerce"
PROBATION, ORDINARY, ONE_STAR, TWO_STAR = "probation", "ordinary", "one-star", "two-star"

Row = dict[str, Any]


@cache
def files() -> dict[str, str]:
    """The policy and the department, by path."""
    return {
        f"{folder}/{path}": text
        for folder in ("policy/star-tier", FOLDER)
        for path, text in files_of(ROOT / folder).items()
    }


@cache
def kept() -> tuple[Ledger, dict[str, Any]]:
    """The findings, and every document by its path below ``v1/``."""
    sink = Documents()
    ledger = keep(Files(files()), sink=sink)
    return ledger, {path.removeprefix("v1/"): json.loads(document) for path, document in sink.written.items()}


def month(name: str) -> dict[str, Row]:
    """The agents of a month, by id."""
    ledger, documents = kept()
    assert ledger.clean
    return {agent["agent"]: agent for agent in documents[f"ecommerce/{name}.json"]["agents"]}


def of(agent: str, name: str) -> Row:
    """One agent's month."""
    return month(name)[agent]


def policy() -> Row:
    """The policy's document."""
    found: Row = kept()[1]["policy/star-tier/2025-01.json"]
    return found


def example(name: str) -> Row:
    """What a worked example of the policy expects; a policy whose example comes out otherwise is an error."""
    assert kept()[0].clean
    (found,) = (each["expect"] for each in policy()["examples"] if each["name"]["en"] == name)
    expected: Row = found
    return expected


def scored(agent: Row) -> tuple[str, str | None]:
    """The tier and the score of an agent's month."""
    return agent["tier"], agent["score"]


def moved(agent: Row) -> tuple[str, str | None, str]:
    """An agent's tier, the rule that moved it, and the tier from next month."""
    return agent["tier"], agent["transition"] and agent["transition"]["id"], agent["next_tier"]


def points(agent: Row) -> dict[str, str | None]:
    """An agent's items with their points; None where one was not applicable."""
    return {item["id"]: item["points"] for item in agent["items"]}


def complaints(agent: Row) -> list[tuple[str, str]]:
    """An agent's complaints with their status."""
    return [(each["complaint"], each["status"]) for each in agent["complaints"]]


def severities(rule: str, found: dict[str, str]) -> list[str]:
    """How severe the findings of a rule are in a changed repository."""
    return [str(each.severity) for each in keep(Files(found)).findings if each.rule.id == rule]


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """The files with one edit: ``old`` stands exactly once in the file."""
    text = files()[f"{FOLDER}/{path}"]
    assert text.count(old) == 1
    return files() | {f"{FOLDER}/{path}": text.replace(old, new)}


def closed(name: str) -> dict[str, str]:
    """The mark of a closed month, by its path; nothing here compares what it states."""
    text = f"""\
department: ecommerce
month: {name}
policy: {{id: star-tier, version: 2025-01}}
inputs: {{}}
result: "0"
totals: {{gross: 0, deductions: 0, total: 0}}
agents: {{}}
"""
    return {f"{FOLDER}/{name}/close.yaml": text}


# What S19 asks for


def test_s19_is_assessed_every_month_out_of_100_points() -> None:
    assert (policy()["assess"]["every"], policy()["score"]["of"]) == ("month", "100")
    assert sorted(path for path in kept()[1] if path.startswith("ecommerce/"))[:2] == [
        "ecommerce/2025-01.json",
        "ecommerce/2025-02.json",
    ]
    assert of("A005", "2025-01")["score"] == "98.0"  # 15 + 19 + 19 + 15 + 10 + 10 + 10


def test_s19_has_four_tiers_the_lowest_first() -> None:
    assert ids(policy()["tiers"]) == [PROBATION, ORDINARY, ONE_STAR, TWO_STAR]
    assert [of(agent, "2025-01")["tier"] for agent in ("A001", "A002", "A007", "A003")] == ids(policy()["tiers"])


def test_s19_probation_is_paid_1100() -> None:
    found = of("A001", "2025-01")
    assert scored(found) == (PROBATION, "76.0")
    assert (pay(found), found["pay"]["total"]) == ({"base": "1100.00"}, "1100.00")


def test_s19_ordinary_with_80_is_paid_1100_and_400_and_commission_and_100() -> None:
    found = of("A002", "2025-01")
    assert scored(found) == (ORDINARY, "85.0")
    assert pay(found) == {
        "base": "1100.00",
        "assessment": "400.00",
        "commission": "285.83",
        "full-attendance": "100.00",
    }
    assert found["pay"]["total"] == "1885.83"
    assert scored(of("A004", "2025-08")) == (ORDINARY, "80.0")
    assert pay(of("A004", "2025-08"))["assessment"] == "400.00"
    assert example("Ordinary with 79.9 points: no assessment pay, the rest is paid")["pay"] == {
        "base": "1100",
        "commission": "200",
        "full-attendance": "100",
    }


def test_s19_one_star_with_90_is_paid_200_on_top() -> None:
    found = of("A011", "2025-01")
    assert scored(found) == (ONE_STAR, "90.0")
    assert (pay(found)["star-bonus"], found["pay"]["total"]) == ("200.00", "2076.00")  # 1100 + 400 + 276 + 100 + 200


def test_s19_two_star_with_95_is_paid_300_on_top() -> None:
    found = of("A003", "2025-05")
    assert scored(found) == (TWO_STAR, "95.0")
    assert (pay(found)["star-bonus"], found["pay"]["total"]) == ("300.00", "2217.50")  # 1100 + 400 + 317.50 + 100 + 300


def test_s19_a_loss_is_charged_at_its_actual_amount() -> None:
    found = of("A003", "2025-02")
    assert [(event["kind"], event["amount"]) for event in found["events"]] == [("loss", "35.00")]
    assert (found["pay"]["gross"], pay(found)["loss"], found["pay"]["total"]) == ("2107.50", "-35.00", "2072.50")


@pytest.mark.parametrize(
    ("agent", "name", "score", "why"),
    [
        ("A005", "2025-04", "98.5", "nonconformance"),
        ("A009", "2026-07", "98.0", "complaint"),
    ],
)
def test_s19_awards_are_for_agents_without_nonconformance_and_complaint(
    agent: str, name: str, score: str, why: str
) -> None:
    found = of(agent, name)
    assert (found["score"], found["rank"], found["awards"]) == (score, 1, [])
    upheld = ["complaint" for _, status in complaints(found) if status == "upheld"]
    assert [event["kind"] for event in found["events"]] + upheld == [why]


def test_s19_the_first_by_score_is_the_service_star_and_wins_100() -> None:
    found = of("A005", "2025-01")  # 98.0, before 97.0 and 96.0
    assert (found["rank"], ids(found["awards"]), pay(found)["service-star"]) == (1, ["service-star"], "100.00")


def test_s19_the_second_by_score_is_the_hope_star_and_wins_50() -> None:
    found = of("A009", "2025-01")
    assert (found["rank"], ids(found["awards"]), pay(found)["hope-star"]) == (2, ["hope-star"], "50.00")
    assert of("A003", "2025-01")["awards"] == []  # the third


def test_s19_both_awards_are_kept_for_the_selection_of_the_year() -> None:
    won: dict[str, list[str]] = {}
    for number in range(1, 13):
        for agent, row in month(f"2025-{number:02}").items():
            won.setdefault(agent, []).extend(ids(row["awards"]))
    # A005: 1, 2, 5, and 6; A009: 3, 4, 6, and 1, 2, 5, then on leave; A013: 7, 8, 10 to 12, and 3
    assert won["A005"] == ["service-star"] * 3 + ["hope-star"]
    assert sorted(won["A009"]) == ["hope-star"] * 3 + ["service-star"] * 3
    assert won["A013"] == ["hope-star"] + ["service-star"] * 5
    assert "count towards the selection" in next(
        each["text"]["en"] for each in policy()["clauses"] if each["clause"] == "5"
    )


def test_s19_ordinary_below_70_is_on_probation_from_the_next_month() -> None:
    found = of("A010", "2025-05")
    assert (found["score"], moved(found)) == ("68.0", (ORDINARY, "below-70", PROBATION))
    assert of("A010", "2025-06")["tier"] == PROBATION
    assert (of("A006", "2026-02")["score"], moved(of("A006", "2026-02"))) == ("70.0", (ORDINARY, None, ORDINARY))


def test_s19_two_months_running_below_70_lead_to_a_dismissal_review() -> None:
    # 68.0 in May, 66.5 in June
    assert [ids(of("A010", name)["actions"]) for name in ("2025-05", "2025-06")] == [[], ["dismissal-review"]]


def test_s19_ordinary_with_two_complaints_in_a_month_is_on_probation_from_the_next() -> None:
    found = of("A004", "2025-05")
    assert [status for _, status in complaints(found)] == ["upheld", "upheld"]
    assert (found["score"], moved(found)) == ("78.0", (ORDINARY, "two-complaints", PROBATION))
    assert moved(of("A004", "2025-01")) == (ORDINARY, None, ORDINARY)  # one complaint


def test_s19_ordinary_with_an_item_at_zero_is_on_probation_from_the_next_month() -> None:
    found = of("A013", "2025-02")
    assert (found["score"], points(found)["knowledge"]) == ("88.0", "0")
    assert moved(found) == (ORDINARY, "zero-item", PROBATION)


def test_s19_one_star_below_80_is_ordinary_from_the_next_month() -> None:
    found = of("A011", "2025-10")
    assert (found["score"], moved(found)) == ("78.0", (ONE_STAR, "one-star-below-80", ORDINARY))
    assert (of("A011", "2025-07")["score"], moved(of("A011", "2025-07"))) == ("80.0", (ONE_STAR, None, ONE_STAR))


def test_s19_two_star_below_90_is_one_star_from_the_next_month() -> None:
    found = of("A003", "2025-09")
    assert (found["score"], moved(found)) == ("89.5", (TWO_STAR, "two-star-below-90", ONE_STAR))
    assert (of("A003", "2026-07")["score"], moved(of("A003", "2026-07"))) == ("90.0", (TWO_STAR, None, TWO_STAR))


def test_s19_any_star_below_70_is_on_probation_from_the_next_month() -> None:
    one, two = of("A015", "2025-06"), of("A011", "2026-07")
    assert (one["score"], moved(one)) == ("69.0", (ONE_STAR, "star-below-70", PROBATION))
    assert (two["score"], moved(two)) == ("68.0", (TWO_STAR, "star-below-70", PROBATION))


def test_s19_a_star_with_two_complaints_in_a_month_is_ordinary_from_the_next() -> None:
    found = of("A007", "2026-06")
    assert [status for _, status in complaints(found)] == ["upheld", "upheld"]
    assert (found["score"], moved(found)) == ("96.0", (ONE_STAR, "star-two-complaints", ORDINARY))
    assert of("A007", "2026-07")["tier"] == ORDINARY


def test_s19_whoever_was_demoted_is_not_promoted_in_that_quarter() -> None:
    # two-star until September; 96.0 and 95.5 would have led back up
    for name, score in (("2025-10", "96.0"), ("2025-11", "95.5")):
        found = of("A003", name)
        assert (found["score"], moved(found)) == (score, (ONE_STAR, None, ONE_STAR))
        assert found["blocked"] == {"transition": "to-two-star", "demoted": ["2025-10"], "clause": "6.3"}
    assert moved(of("A003", "2026-01")) == (ONE_STAR, "to-two-star", TWO_STAR)  # 95.0, in the next quarter


def test_s19_the_table_of_100_points_that_the_regulation_does_not_print_is_supplied() -> None:
    table = {each["id"]: int(each["points"]) for each in policy()["inputs"] if each["kind"] == "points"}
    assert (len(table), sum(table.values())) == (7, 100)
    (clause,) = (each for each in policy()["clauses"] if each["clause"] == "7")
    assert "does not print it" in clause["interpretation"]["en"]


# Where S19 is silent


def test_s19_ordinary_with_70_to_79_is_paid_all_but_the_assessment_pay() -> None:
    found = of("A006", "2025-01")
    assert scored(found) == (ORDINARY, "75.0")
    assert pay(found) == {"base": "1100.00", "commission": "187.30", "full-attendance": "100.00"}
    assert found["pay"]["total"] == "1387.30"


def test_s19_one_star_with_85_stays_and_is_paid_no_star_bonus() -> None:
    found = of("A015", "2025-03")
    assert (found["score"], moved(found)) == ("85.0", (ONE_STAR, None, ONE_STAR))
    assert pay(found) == {"base": "1100.00", "assessment": "400.00", "commission": "267.91"}


def test_s19_two_star_with_92_stays_and_is_paid_200() -> None:
    found = of("A001", "2026-03")
    assert (found["score"], moved(found)) == ("92.0", (TWO_STAR, None, TWO_STAR))
    assert pay(found)["star-bonus"] == "200.00"


@pytest.mark.parametrize(
    ("agent", "name", "score", "move", "following"),
    [
        ("A014", "2025-03", "80.0", (PROBATION, "to-ordinary", ORDINARY), "2025-04"),
        ("A001", "2025-07", "90.0", (ORDINARY, "to-one-star", ONE_STAR), "2025-08"),
        ("A001", "2025-11", "95.0", (ONE_STAR, "to-two-star", TWO_STAR), "2025-12"),
        ("A013", "2025-03", "97.0", (PROBATION, "to-ordinary", ORDINARY), "2025-04"),  # no tier is skipped
    ],
)
def test_s19_a_promotion_is_one_step_from_the_next_month(
    agent: str, name: str, score: str, move: tuple[str, str, str], following: str
) -> None:
    found = of(agent, name)
    assert (found["score"], moved(found)) == (score, move)
    assert of(agent, following)["tier"] == move[2]


def test_s19_just_below_the_mark_there_is_no_promotion() -> None:
    assert (of("A017", "2025-04")["score"], moved(of("A017", "2025-04"))) == ("79.5", (PROBATION, None, PROBATION))
    assert (of("A002", "2025-09")["score"], moved(of("A002", "2025-09"))) == ("89.5", (ORDINARY, None, ORDINARY))
    assert example("One-star with 94.9 points stays")["next_tier"] == ONE_STAR


def test_s19_of_several_demotions_the_lowest_tier_wins() -> None:
    # below 90: one-star; two complaints: ordinary
    assert moved(of("A007", "2025-11")) == (TWO_STAR, "star-two-complaints", ORDINARY)
    # below 90: one-star; two complaints: ordinary; below 70: probation
    assert moved(of("A011", "2026-07")) == (TWO_STAR, "star-below-70", PROBATION)
    # 91.0 would promote, two complaints demote
    assert moved(of("A004", "2026-02")) == (ORDINARY, "two-complaints", PROBATION)


def test_s19_moves_belong_to_the_quarter_in_which_they_take_effect() -> None:
    # on June's score down in July: July and August are barred; September's 90.0 takes effect in October
    found = [of("A015", f"2025-0{number}") for number in (6, 7, 8, 9)]
    assert [row["score"] for row in found] == ["69.0", "86.0", "88.0", "90.0"]
    assert [row["blocked"] is not None for row in found] == [False, True, True, False]
    assert (of("A015", "2025-09")["next_tier"], of("A015", "2025-10")["tier"]) == (ORDINARY, ORDINARY)


def test_s19_the_run_of_two_months_counts_assessed_months_and_any_tier() -> None:
    # 68.0 as an ordinary agent, ill in July, 66.0 on probation
    assert [of("A017", f"2026-0{number}")["score"] for number in (6, 7, 8)] == ["68.0", None, "66.0"]
    assert [ids(of("A017", f"2026-0{number}")["actions"]) for number in (6, 7, 8)] == [[], [], ["dismissal-review"]]
    # 66.5 in June and 64.0 in August, but 71.0 in between
    assert [ids(of("A010", f"2025-0{number}")["actions"]) for number in (7, 8)] == [[], []]
    assert example("A star agent two months running below 70 is reviewed as well")["actions"] == ["dismissal-review"]


def test_s19_the_review_dismisses_nobody() -> None:
    assert moved(of("A010", "2025-06")) == (PROBATION, None, PROBATION)
    assert of("A010", "2025-07")["pay"]["total"] == "1100.00"


def test_s19_an_item_at_zero_moves_ordinary_agents_only() -> None:
    found = of("A015", "2025-03")
    assert (points(found)["discipline"], moved(found)) == ("0", (ONE_STAR, None, ONE_STAR))


def test_s19_an_item_that_was_not_applicable_is_not_zero() -> None:
    found = of("A012", "2025-04")
    assert (points(found)["response"], moved(found)) == (None, (ORDINARY, None, ORDINARY))


def test_s19_a_complaint_counts_in_the_month_in_which_it_was_received() -> None:
    august = of("A002", "2025-08")  # decided on 1 September
    assert [(each["received"], each["decided"]) for each in august["complaints"]] == [("2025-08-27", "2025-09-01")]
    assert of("A002", "2025-09")["complaints"] == []


def test_s19_a_dismissed_complaint_never_counts() -> None:
    found = of("A013", "2025-11")
    assert complaints(found) == [("C-2025-11-005", "dismissed")]
    assert ids(found["awards"]) == ["service-star"]


def test_s19_an_open_complaint_blocks_the_months_close() -> None:
    decided = "status: upheld\ndecided: {on: 2025-05-23, by: wang.min}\nfollowed_up: 2025-05-26\n"
    found = changed("2025-05/complaints/C-2025-05-002.yaml", decided, "status: open\n")
    assert severities("open-complaint", found) == ["warning"]
    assert severities("open-complaint", found | closed("2025-05")) == ["error"]
    assert severities("open-complaint", files() | closed("2025-05")) == []


def test_s19_probation_is_paid_neither_commission_nor_full_attendance() -> None:
    found = of("A001", "2025-01")
    stated = {each["id"]: each["value"] for each in found["inputs"]}
    assert stated == {"commission": "241.74", "full_attendance": "yes"}
    assert pay(found) == {"base": "1100.00"}


def test_s19_complaints_and_items_at_zero_move_nobody_down_from_probation() -> None:
    august = of("A010", "2025-08")
    assert [status for _, status in complaints(august)] == ["upheld", "upheld"]
    assert moved(august) == (PROBATION, None, PROBATION)
    june = of("A010", "2025-06")
    assert (points(june)["knowledge"], moved(june)) == ("0", (PROBATION, None, PROBATION))


def test_s19_complaints_and_items_at_zero_do_not_stop_a_promotion_from_probation() -> None:
    found = of("A020", "2026-06")
    assert (found["score"], points(found)["knowledge"], complaints(found)) == (
        "81.0",
        "0",
        [("C-2026-06-003", "upheld")],
    )
    assert moved(found) == (PROBATION, "to-ordinary", ORDINARY)


def test_s19_a_month_not_assessed_is_paid_base_only() -> None:
    found = of("A009", "2025-08")
    assert (found["not_assessed"]["reason"], pay(found)) == ("产假", {"base": "1100.00"})
    assert pay(of("A019", "2026-02")) == {"base": "196.43"}  # 1100 * 5 / 28 = 196.428...


def test_s19_a_month_not_assessed_has_no_move_no_award_and_no_rank() -> None:
    found = of("A009", "2025-08")
    assert (moved(found), found["awards"], found["rank"]) == ((TWO_STAR, None, TWO_STAR), [], None)


def test_s19_a_loss_is_charged_in_a_month_not_assessed() -> None:
    found = of("A008", "2026-02")
    assert (found["score"], pay(found)) == (None, {"base": "1100.00", "loss": "-40.00"})
    assert found["carried"] == {"loss": "280.00"}  # of 320


def test_s19_two_complaints_bring_either_star_to_ordinary_unless_another_rule_brings_it_lower() -> None:
    assert moved(of("A007", "2026-06")) == (ONE_STAR, "star-two-complaints", ORDINARY)
    assert moved(of("A007", "2025-11")) == (TWO_STAR, "star-two-complaints", ORDINARY)
    lower = of("A011", "2026-07")
    assert len(complaints(lower)) == 2
    assert moved(lower) == (TWO_STAR, "star-below-70", PROBATION)


def test_s19_every_assessed_tier_takes_part_in_the_awards() -> None:
    found = of("A013", "2025-03")
    assert (scored(found), pay(found)) == ((PROBATION, "97.0"), {"base": "1100.00", "hope-star": "50.00"})


def test_s19_equal_scores_share_a_rank_and_the_next_one_stays_empty() -> None:
    february = month("2026-02")  # 97.0, 96.0, 96.0, 95.0
    assert [february[agent]["rank"] for agent in ("A013", "A001", "A003", "A009")] == [1, 2, 2, 4]


def test_s19_equal_ranks_all_win_the_full_amount() -> None:
    july = month("2026-07")  # 96.0 and 96.0 are first among those admitted, 95.5 and 95.5 are third
    assert [pay(july[agent]).get("service-star") for agent in ("A001", "A019")] == ["100.00", "100.00"]
    assert [agent for agent, row in july.items() if "hope-star" in ids(row["awards"])] == []


def test_s19_whoever_is_excluded_is_excluded_before_ranking() -> None:
    march = month("2025-03")  # 97.5, then 97.0 three times, one of them with a complaint
    assert complaints(march["A005"]) == [("C-2025-03-001", "upheld")]
    assert [ids(march[agent]["awards"]) for agent in ("A009", "A003", "A005", "A013")] == [
        ["service-star"],
        ["hope-star"],
        [],
        ["hope-star"],
    ]
    assert ids(of("A009", "2025-04")["awards"]) == ["service-star"]  # second, behind a nonconformance


def test_s19_a_loss_takes_at_most_a_fifth_and_the_rest_is_carried() -> None:
    # 1280.00: 20% of 1816.26 = 363.252; 20% of 1810.46 = 362.092; 64.50 more: 20% of 1870.42 = 374.084; the rest
    found = [of("A008", f"2025-0{number}") for number in (3, 4, 5, 6)]
    assert [pay(row)["loss"] for row in found] == ["-363.25", "-362.09", "-374.08", "-245.08"]
    assert [row["carried"].get("loss") for row in found] == ["916.75", "554.66", "245.08", None]


def test_s19_a_loss_leaves_the_minimum_wage() -> None:
    found = of("A018", "2025-11")  # 208.50: 20% of 1100 would be 220, but 1060 must be left
    assert (pay(found)["loss"], found["pay"]["total"], found["carried"]) == ("-40.00", "1060.00", {"loss": "168.50"})
    wage = next(each for each in policy()["parameters"] if each["id"] == "minimum_wage")
    assert (wage["value"], wage["unit"]) == ("1060", "CNY")


def test_s19_joiners_and_leavers_are_paid_base_by_calendar_days_and_the_rest_in_full() -> None:
    assert pay(of("A017", "2025-03")) == {"base": "532.26"}  # from the 17th: 1100 * 15 / 31 = 532.258...
    found = of("A012", "2026-10")  # until the 16th: 1100 * 16 / 31 = 567.741...
    assert found["employed"] == {"from": "2026-10-01", "to": "2026-10-16", "days": 16, "of": 31}
    assert pay(found) == {"base": "567.74", "assessment": "400.00", "commission": "153.15", "full-attendance": "100.00"}
    assert found["pay"]["total"] == "1220.89"


def test_s19_scores_and_money_are_rounded_half_up() -> None:
    assert of("A009", "2026-01")["score"] == "91.3"  # 73 of 80 is 91.25
    assert pay(of("A017", "2025-03"))["base"] == "532.26"
    assert example("89.949 is published as 89.9 and is below 90")["score"] == "89.9"


def test_s19_the_printed_figure_is_the_one_that_rules_use() -> None:
    promoted = example("89.95 is published as 90.0 and treated as 90")
    assert (promoted["score"], promoted["transition"]) == ("90.0", "to-one-star")
    kept_tier = example("69.95 is published as 70.0 and is no demotion")
    assert (kept_tier["score"], kept_tier["next_tier"]) == ("70.0", ORDINARY)


def test_s19_a_missing_mark_blocks_the_months_close() -> None:
    found = changed("2025-01/scores/day.yaml", "discipline: 8,    commission: 241.74", "commission: 241.74")
    assert severities("missing-input", found) == ["warning"]
    assert severities("missing-input", found | closed("2025-01")) == ["error"]


def test_s19_an_item_that_was_not_applicable_is_left_out_and_the_rest_scaled() -> None:
    found = of("A012", "2025-04")
    # 16.5 + 17 + 13 + 8 + 7 + 9 = 70.5 of 85: 82.941...
    assert (points(found)["response"], found["score"]) == (None, "82.9")
    (figure,) = (each for each in found["figures"] if each["name"] == "score")
    shown = [found["figures"][index]["value"] for index in figure["of"]]  # the figure says so itself
    assert shown == [None, "16.5", "17", "13", "8", "7", "9"]
    assert figure["op"]["inner"]["most"] == ["15", "20", "20", "15", "10", "10", "10"]


def test_s19_an_item_at_zero_is_zero() -> None:
    found = of("A013", "2025-02")
    assert points(found)["knowledge"] == "0"
    # 88 of 100, where 88 of 90 would be 97.8
    assert found["score"] == "88.0"
