"""Results: what is worked out once everybody has a score, with grades of its own, and pots that are shared out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.engine.house import House, found, lines_of, person, policy, results_of, without_places
from tests.engine.mini import event

GRADES = "grades: {low: {from: 0, ~}, mid: {from: 60, ~}, high: {from: 90, ~}}"
BANDS = ("low: {from: 0, ~}", "mid: {from: 60, ~}", "high: {from: 90, ~}")


# Results


def test_a_result_reads_score_grade_rank_and_earlier_results() -> None:
    rules = policy(
        grades=BANDS,
        results=(
            "double: {is: score * 2, unit: points, ~}",
            "more: {is: double + 1 if grade == high else double, unit: points, ~}",
            "behind: {is: rank - 1, ~}",
        ),
    )
    rows = House(rules, {"2025-01": {"A001": "80", "A002": "90"}}).month("2025-01")
    assert {name: results_of(row) for name, row in rows.items()} == {
        "A001": {"double": "160.0", "more": "160.0", "behind": "1"},
        "A002": {"double": "180.0", "more": "181.0", "behind": "0"},
    }


def test_a_bonus_by_grade() -> None:
    rules = policy(
        grades=BANDS,
        results=("bonus: {of: grade, words: {low: 0, mid: 400, high: 800}, unit: CNY, ~}",),
        pay=("id: bonus, ~, amount: bonus",),
    )
    lines = {"A001": "59.9", "A002": "60", "A003": "89.9", "A004": "90"}
    rows = House(rules, {"2025-01": lines}).month("2025-01")
    assert [lines_of(row).get("bonus") for row in rows.values()] == [None, "400.00", "400.00", "800.00"]


def test_a_result_with_grades_of_its_own() -> None:
    rules = policy(
        results=(f'so_far: {{is: "mean(score, quarter)", unit: points, round: {{to: 0.1}}, ~, {GRADES}}}',),
        pay=(
            "id: good, ~, when: so_far_grade >= mid, amount: 10",
            "id: best, ~, when: so_far_grade == high, amount: 5",
        ),
    )
    scores = ("59.8", "60.1", "100")
    lines = {f"2025-0{number}": {"A001": score} for number, score in enumerate(scores, start=1)}
    house = House(rules, lines)
    rows = [house.month(name)["A001"] for name in lines]
    # 59.8; (59.8 + 60.1) ÷ 2 = 59.95, rounded to 60.0; 219.9 ÷ 3 = 73.3
    assert [(row["results"][0]["value"], row["results"][0]["grade"]) for row in rows] == [
        ("59.8", "low"),
        ("60.0", "mid"),
        ("73.3", "mid"),
    ]
    assert [lines_of(row) for row in rows] == [{}, {"good": "10.00"}, {"good": "10.00"}]


def test_the_grade_of_a_result_is_explained_by_it() -> None:
    rules = policy(
        results=(f"twice: {{is: score, unit: points, ~, {GRADES}}}",),
        pay=("id: good, ~, when: twice_grade == high, amount: 10",),
    )
    row = House(rules, {"2025-01": {"A001": "95"}}).month("2025-01")["A001"]
    grade = found(row, "twice_grade")
    assert (grade["value"], grade["op"]["kind"], [row["figures"][each]["name"] for each in grade["of"]]) == (
        "high",
        "grade",
        ["twice"],
    )


def test_a_result_that_is_not_applicable_has_no_grade() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "speed: {measure: s, ~}"),
        results=(f"pace: {{is: speed, unit: s, ~, {GRADES}}}",),
    )
    row = House(rules, {"2025-01": {"A001": "{mark: 80, speed: n/a}"}}).month("2025-01")["A001"]
    assert (row["results"][0]["value"], row["results"][0]["grade"]) == (None, None)


def test_words_of_a_results_grade() -> None:
    rules = policy(
        results=(
            f"so_far: {{is: score, unit: points, ~, {GRADES}}}",
            "worth: {of: so_far_grade, words: {low: 1, mid: 2, high: 3}, ~}",
        )
    )
    rows = House(rules, {"2025-01": {"A001": "59.9", "A002": "60", "A003": "90"}}).month("2025-01")
    assert [results_of(row)["worth"] for row in rows.values()] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("results", "said"),
    [
        (("a: {is: b, ~}", "b: {is: score, ~}"), "there is no b here [expression]"),
        (("a: {is: score, ~, grades: {low: {from: 1, ~}}}",), "The lowest grade must begin at 0. [grade-bands]"),
        (
            ("a: {is: score, ~, grades: {low: {from: 0, ~}, high: {from: 0, ~}}}",),
            "0 does not come after 0; write the lowest grade first. [grade-bands]",
        ),
        (
            ("mark: {is: score, ~}",),
            "mark is named twice; it stands at policy/mini/2025-01.yaml:9:3 already. [twice-named]",
        ),
        (("rank: {is: score, ~}",), "rank is a word of the policy language. [twice-named]"),
        (
            ("a: {is: score, ~, grades: {low: {from: 0, ~}}}", "a_grade: {is: score, ~}"),
            "a_grade is a word of the policy language. [twice-named]",
        ),
    ],
)
def test_results_that_cannot_be(results: tuple[str, ...], said: str) -> None:
    house = House(policy(results=results), {"2025-01": {"A001": "80"}})
    assert without_places(house.findings()) == [f"error: {said}"]


# Whoever was not assessed, or is on leave at the period's end


def test_what_looks_back_is_known_of_whoever_is_on_leave_at_the_end_of_the_year() -> None:
    rules = policy(
        events=("slip: {~}",),
        results=(
            f'year_score: {{is: "mean(score, year)", unit: points, every: year, ~, {GRADES}}}',
            'slips: {is: "total(events(slip), year)", every: year, ~}',
            "now: {is: score, unit: points, ~}",
        ),
        pay=('id: year-end, ~, amount: "100 if year_score_grade == high else 50", every: year, unassessed: yes',),
    )
    months = {f"2025-{number:02}": {"A001": "90.5"} for number in range(9, 12)}
    house = House(
        rules,
        {**months, "2025-12": {"A001": None}},
        more={**event("2025-10", kind="slip", amount=""), **event("2025-12", kind="slip", amount="")},
    )
    row = house.month("2025-12")["A001"]
    assert results_of(row) == {"year_score": "90.5", "slips": "2"}, "and none that needs this month's score"
    assert (row["results"][0]["grade"], row["results"][0]["final"]) == ("high", True)
    assert lines_of(row) == {"year-end": "100.00"}


def test_a_window_that_an_earlier_result_needs_too_is_known_of_everybody() -> None:
    rules = policy(
        events=("slip: {~}",),
        results=(
            'weighed: {is: "number(score) - total(events(slip), year)", ~}',
            'slips: {is: "total(events(slip), year)", ~}',
        ),
    )
    house = House(rules, {"2025-01": {"A001": "80", "A002": None}}, more=event("2025-01", kind="slip", amount=""))
    assert {name: results_of(row) for name, row in house.month("2025-01").items()} == {
        "A001": {"weighed": "79.0", "slips": "1"},
        "A002": {"slips": "0"},
    }


def test_without_an_assessed_month_in_the_window_there_is_no_mean() -> None:
    rules = policy(results=('so_far: {is: "mean(score, quarter)", unit: points, ~}',))
    house = House(rules, {"2025-03": {"A001": "80"}, "2025-04": {"A001": None}})
    assert results_of(house.month("2025-04")["A001"]) == {"so_far": None}


# Pots


def pot(  # noqa: PLR0913 - all that a pot depends on
    amount: str,
    shares: dict[str, str],
    *,
    among: str = "",
    within: str = "team",
    by: str = "share",
    people: dict[str, str] | None = None,
    night: str = "",
) -> dict[str, str]:
    """What each gets of a pot; the shares are stated in the sheet."""
    rules = policy(
        grades=BANDS,
        inputs=(
            "mark: {points: 100, ~}",
            "share: {measure: parts, max: 1000000, ~}",
            "pool: {amount: CNY, stated: team, ~}",
        ),
        results=(f"part: {{pot: pool, by: {by}, {among}within: {within}, unit: CNY, ~}}",),
        pay=("id: part, ~, amount: part",),
    )
    lines = {
        name: share if share.startswith("{") else f"{{mark: 80, share: {share}}}" for name, share in shares.items()
    }
    together = {"day": f"{{pool: {amount}}}"} | ({"night": f"{{pool: {night}}}"} if night else {})
    house = House(rules, {"2025-01": lines}, people or {}, together={"2025-01": together})
    rows = house.month("2025-01")
    parts = {name: results_of(row)["part"] or "none" for name, row in rows.items() if row["assessed"]}
    for name, row in rows.items():
        assert Decimal(lines_of(row).get("part", 0)) == Decimal(parts.get(name, 0))
    return parts


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        ("100", ("1", "1"), ("50.00", "50.00")),
        # 33.33 each, one cent is left: equal remainders, the first id gets it
        ("100", ("1", "1", "1"), ("33.34", "33.33", "33.33")),
        ("200", ("1", "1", "1"), ("66.67", "66.67", "66.66")),
        ("0.02", ("1", "1", "1"), ("0.01", "0.01", "0")),
        ("0.01", ("1", "2", "3"), ("0", "0", "0.01")),
        # sevenths: 14.2857…, 28.5714…, 57.1428…, the largest remainder is 0.57 of a cent; 14.28 + 28.57 + 57.14 = 99.99
        ("100", ("1", "2", "4"), ("14.29", "28.57", "57.14")),
        ("100", ("4", "2", "1"), ("57.14", "28.57", "14.29")),
        # a share of 0 gets nothing, not even a cent that is left
        ("0.05", ("0", "1", "1"), ("0", "0.03", "0.02")),
        ("100", ("0.5", "1.5"), ("25.00", "75.00")),
        ("0", ("1", "1"), ("0.00", "0.00")),
    ],
)
def test_a_pot_is_shared_out_to_the_cent(amount: str, shares: tuple[str, ...], parts: tuple[str, ...]) -> None:
    got = pot(amount, {f"A00{number}": share for number, share in enumerate(shares, start=1)})
    assert [Decimal(each) for each in got.values()] == [Decimal(each) for each in parts]
    assert sum(map(Decimal, got.values())) == Decimal(amount)


def test_equal_remainders_go_by_agent_id_whatever_the_order_of_the_sheet() -> None:
    got = pot("100", {"A003": "1", "A001": "1", "A002": "1"})
    assert got == {"A001": "33.34", "A002": "33.33", "A003": "33.33"}


def test_only_those_admitted_share() -> None:
    lines = {"A001": "{mark: 59.9, share: 5}", "A002": "{mark: 60, share: 5}", "A003": "{mark: 90, share: 5}"}
    assert pot("100", lines, among="among: grade >= mid, ") == {"A001": "0", "A002": "50.00", "A003": "50.00"}


def test_where_nobody_is_admitted_nobody_gets_anything() -> None:
    lines = {"A001": "{mark: 50, share: 5}", "A002": "{mark: 50, share: 5}"}
    assert pot("100", lines, among="among: grade >= mid, ") == {"A001": "0", "A002": "0"}
    assert pot("100", {"A001": "0", "A002": "0"}) == {"A001": "0", "A002": "0"}
    assert pot("100", {"A001": "n/a", "A002": "3"}) == {"A001": "0", "A002": "100.00"}


def test_whoever_was_not_assessed_has_no_part() -> None:
    assert pot("100", {"A001": "{not_assessed: long sick leave}", "A002": "3"}) == {"A002": "100.00"}


def test_a_pot_within_each_team_or_the_department() -> None:
    people = {"A003": person("A003", team="night")}
    shares = {"A001": "1", "A002": "3", "A003": "4"}
    assert pot("100", shares, people=people, night="60") == {"A001": "25.00", "A002": "75.00", "A003": "60.00"}
    # in the department the amounts must agree: it is one pot
    assert pot("100", shares, within="department", people=people, night="100") == {
        "A001": "12.50",
        "A002": "37.50",
        "A003": "50.00",
    }


def test_a_pot_by_score() -> None:
    lines = {"A001": "{mark: 60, share: 0}", "A002": "{mark: 90, share: 0}"}
    assert pot("1500", lines, by="score") == {"A001": "600.00", "A002": "900.00"}


def test_a_part_says_how_it_was_made() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "pool: {amount: CNY, stated: team, ~}"),
        results=("part: {pot: pool, by: score, within: team, unit: CNY, ~}",),
    )
    house = House(
        rules, {"2025-01": {"A001": "80", "A002": "80", "A003": "80"}}, together={"2025-01": {"day": "{pool: 10}"}}
    )
    row = house.month("2025-01")["A002"]
    part = found(row, "part")
    assert part["op"] == {"kind": "pot-share"}
    # 3.333…: one cent is left for the first place; A002 has the second
    assert [(row["figures"][each]["name"], row["figures"][each]["value"]) for each in part["of"]] == [
        ("pool", "10"),
        ("score", "80.0"),
        ("part:all", "240.0"),
        ("part:cents", "1"),
        ("part:place", "2"),
    ]


POOL = "pool: {value: 90, unit: CNY, ~}"


def test_a_pot_that_reads_what_is_known_of_everybody_is_shared_among_the_assessed() -> None:
    rules = policy(
        parameters=(POOL,),
        results=(f"part: {{pot: pool, by: service_months, within: department, unit: CNY, ~, {GRADES}}}",),
    )
    rows = House(rules, {"2025-01": {"A001": "80", "A002": None}}).month("2025-01")
    assert [results_of(row) for row in rows.values()] == [{"part": "90.00"}, {}]


def test_a_part_is_not_known_of_whoever_was_not_assessed() -> None:
    rules = policy(
        parameters=(POOL,),
        results=("part: {pot: pool, by: service_months, within: department, unit: CNY, ~}",),
        pay=("id: part, ~, amount: part, unassessed: yes",),
    )
    assert without_places(House(rules, {"2025-01": {"A001": "80", "A002": None}}).findings()) == [
        "error: This line is paid also in a month without assessment, where part cannot be known. [pay-line]"
    ]


@pytest.mark.parametrize(
    ("pot_rule", "said"),
    [
        ("pot: pool, by: grade", "Only a number can be converted like this. [measure]"),
        ("pot: pool, by: score, among: score", "expected a yes or no, but this is a number in points [expression]"),
    ],
)
def test_a_pot_that_cannot_be_shared_out(pot_rule: str, said: str) -> None:
    rules = policy(grades=BANDS, parameters=(POOL,), results=(f"part: {{{pot_rule}, within: team, unit: CNY, ~}}",))
    assert without_places(House(rules, {"2025-01": {"A001": "80"}}).findings()) == [f"error: {said}"]


def parts_of(amount: str, *scores: str) -> list[str | None]:
    """The parts of an amount by scores."""
    rules = policy(
        parameters=("pool: {value: 100.01, unit: CNY, ~}",),
        results=(f"part: {{pot: {amount}, by: score, within: team, unit: CNY, ~}}",),
    )
    lines = {f"A00{number}": score for number, score in enumerate(scores, start=1)}
    return [results_of(row)["part"] for row in House(rules, {"2025-01": lines}).month("2025-01").values()]


def test_an_amount_that_is_no_whole_number_of_cents_is_rounded_before_it_is_shared() -> None:
    # 100.01 ÷ 3 = 33.336…: 33.34
    assert parts_of("pool / 3", "80", "80") == ["16.67", "16.67"]
    assert parts_of("pool / 3", "80", "80", "80") == ["11.12", "11.11", "11.11"]
    assert parts_of("pool / 3", "80") == ["33.34"]


def test_there_is_one_amount_for_all_who_share_it() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "pool: {amount: CNY, stated: team, ~}"),
        results=("part: {pot: pool, by: score, within: department, unit: CNY, ~}",),
    )
    house = House(
        rules,
        {"2025-01": {"A001": "80", "A002": "80"}},
        {"A002": person("A002", team="night")},
        together={"2025-01": {"day": "{pool: 100}", "night": "{pool: 60}"}},
    )
    assert len(house.findings()) == 1


def test_the_parts_of_a_pot_are_rounded_to_the_cent_alone() -> None:
    rules = policy(
        parameters=(POOL,),
        results=("part: {pot: pool, by: score, within: team, unit: CNY, round: {to: 10}, ~}",),
    )
    found_ = House(rules, {"2025-01": {"A001": "80", "A002": "70", "A003": "60"}}).findings()
    assert [line.rpartition("[")[2] for line in found_] == ["measure]"]
