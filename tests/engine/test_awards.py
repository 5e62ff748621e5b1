"""Awards: by place, by share, by a condition; of agents and of teams; equal ranks, and what somebody has won."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engine.house import CATEGORIES, House, lines_of, person, policy, results_of, without_places
from tests.engine.mini import complaint, event

if TYPE_CHECKING:
    from collections.abc import Mapping

Won = dict[str, tuple[int | None, str]]


def won(award: str, lines: Mapping[str, str | None], people: Mapping[str, str] | None = None, **more: object) -> Won:
    """Who wins, with the rank and the amount."""
    house = House(policy(awards=[f"id: prize, ~, {award}"], **more), {"2025-01": lines}, people or {})
    result = {}
    for name, row in house.month("2025-01").items():
        for each in row["awards"]:
            result[name] = (each["rank"], each["amount"])
            line = next((line for line in row["pay"]["lines"] if line["id"] == "prize"), None)
            assert (line["amount"] if line else "0.00") == each["amount"]
    return result


def marks(*scores: str) -> dict[str, str]:
    return {f"A{number:03}": score for number, score in enumerate(scores, start=1)}


# Places


def test_exactly_one_place() -> None:
    scores = marks("80", "95", "90", "90", "85")
    assert won("rank: 1, by: score, amount: 100, ties: all", scores) == {"A002": (1, "100.00")}
    assert won("rank: 2, by: score, amount: 100, ties: all", scores) == {"A003": (2, "100.00"), "A004": (2, "100.00")}
    assert won("rank: 3, by: score, amount: 100, ties: all", scores) == {}, "1, 2, 2, 4: nobody is third"
    assert won("rank: 4, by: score, amount: 100, ties: all", scores) == {"A005": (4, "100.00")}
    assert won("rank: 9, by: score, amount: 100, ties: all", scores) == {}


def test_the_first_places() -> None:
    scores = marks("80", "95", "90", "90", "85")
    assert won("places: 3, by: score, amount: 30, ties: all", scores) == {
        "A002": (1, "30.00"),
        "A003": (2, "30.00"),
        "A004": (2, "30.00"),
    }
    assert won("places: 1, by: score, amount: 30, ties: all", scores) == {"A002": (1, "30.00")}
    assert len(won("places: 9, by: score, amount: 30, ties: all", scores)) == 5


def test_equal_ranks_at_the_last_place_all_win_or_share() -> None:
    scores = marks("95", "90", "85", "85", "85")
    assert won("places: 3, by: score, amount: 30, ties: all", scores) == {
        "A001": (1, "30.00"),
        "A002": (2, "30.00"),
        "A003": (3, "30.00"),
        "A004": (3, "30.00"),
        "A005": (3, "30.00"),
    }
    # the third prize alone is left for three: 10 each
    assert won("places: 3, by: score, amount: 30, ties: split", scores) == {
        "A001": (1, "30.00"),
        "A002": (2, "30.00"),
        "A003": (3, "10.00"),
        "A004": (3, "10.00"),
        "A005": (3, "10.00"),
    }


@pytest.mark.parametrize(
    ("award", "scores", "amounts"),
    [
        # one prize shared by two, by three (rounded down to the cent)
        ("rank: 1", ("90", "90", "80"), {1: "50.00", 2: "50.00"}),
        ("rank: 1", ("90", "90", "90"), {1: "33.33", 2: "33.33", 3: "33.33"}),
        # three prizes: two firsts share the prizes of places 1 and 2, the third takes the one of place 3
        ("places: 3", ("90", "90", "80", "70"), {1: "100.00", 2: "100.00", 3: "100.00"}),
        # a first, then three for the prizes of places 2 and 3: 200 ÷ 3
        ("places: 3", ("95", "90", "90", "90"), {1: "100.00", 2: "66.66", 3: "66.66", 4: "66.66"}),
        ("places: 3", ("90", "90", "90", "90"), {1: "75.00", 2: "75.00", 3: "75.00", 4: "75.00"}),
        ("rank: 2", ("95", "90", "90", "80"), {2: "50.00", 3: "50.00"}),
    ],
)
def test_equal_ranks_share_the_prizes_of_their_places(
    award: str, scores: tuple[str, ...], amounts: dict[int, str]
) -> None:
    got = won(f"{award}, by: score, amount: 100, ties: split", marks(*scores))
    assert {int(name[1:]): amount for name, (_, amount) in got.items()} == amounts


def test_a_prize_is_split_of_what_each_would_get() -> None:
    inputs = ("mark: {points: 100, ~}", "sales: {amount: CNY, ~}")
    lines = {"A001": "{mark: 90, sales: 100}", "A002": "{mark: 90, sales: 50}"}
    got = won("rank: 1, by: score, amount: sales * 10%, ties: split", lines, inputs=inputs)
    assert got == {"A001": (1, "5.00"), "A002": (1, "2.50")}


def test_whoever_is_not_admitted_leaves_the_place_to_the_next() -> None:
    award = "rank: 1, by: score, among: upheld_complaints == 0, amount: 100, ties: all"
    house = House(
        policy(awards=[f"id: prize, ~, {award}"], complaints=CATEGORIES),
        {"2025-01": marks("95", "90")},
        more=complaint("2025-01"),
    )
    rows = house.month("2025-01")
    assert [row["rank"] for row in rows.values()] == [1, 2]
    assert [[each["rank"] for each in row["awards"]] for row in rows.values()] == [[], [1]]


def test_ranked_by_another_figure() -> None:
    inputs = ("mark: {points: 100, ~}", "calls: {count: calls, ~}")
    lines = {"A001": "{mark: 90, calls: 5}", "A002": "{mark: 80, calls: 9}"}
    assert won("rank: 1, by: calls, amount: 1, ties: all", lines, inputs=inputs) == {"A002": (1, "1.00")}
    assert won("rank: 1, by: 0 - calls, amount: 1, ties: all", lines, inputs=inputs) == {"A001": (1, "1.00")}


def test_within_each_team() -> None:
    people = {name: person(name, team="night") for name in ("A003", "A004")}
    scores = marks("95", "90", "70", "60")
    assert won("rank: 1, by: score, within: team, amount: 10, ties: all", scores, people) == {
        "A001": (1, "10.00"),
        "A003": (1, "10.00"),
    }
    assert won("rank: 1, by: score, within: department, amount: 10, ties: all", scores, people) == {
        "A001": (1, "10.00"),
    }
    assert won("places: 2, by: score, within: team, amount: 10, ties: all", scores, people) == {
        name: (rank, "10.00") for name, rank in (("A001", 1), ("A002", 2), ("A003", 1), ("A004", 2))
    }


def test_whoever_was_not_assessed_wins_no_place() -> None:
    assert won("rank: 2, by: score, amount: 10, ties: all", {"A001": "90", "A002": None, "A003": "80"}) == {
        "A003": (2, "10.00")
    }


# The best share


@pytest.mark.parametrize(
    ("admitted", "share", "winners"),
    [
        (1, "10%", 1),  # at least one
        (9, "10%", 1),
        (10, "10%", 1),
        (19, "10%", 1),  # rounded down
        (20, "10%", 2),
        (7, "30%", 2),  # 2.1
        (10, "0.3", 3),
        (3, "33.4%", 1),  # 1.002
        (3, "33.3%", 1),  # 0.999: at least one
        (4, "100%", 4),
    ],
)
def test_the_best_share_of_those_admitted(admitted: int, share: str, winners: int) -> None:
    got = won(f"best: {share}, by: score, amount: 5, ties: all", marks(*(f"{100 - n}" for n in range(admitted))))
    assert [*got] == [f"A{number:03}" for number in range(1, winners + 1)]


def test_the_share_is_of_those_admitted_and_nobody_is_best_of_none() -> None:
    scores = marks("95", "94", "93", "92", "61", "50")
    assert [*won("best: 50%, by: score, among: score < 94, amount: 5, ties: all", scores)] == ["A003", "A004"]
    assert won("best: 50%, by: score, among: score > 99, amount: 5, ties: all", scores) == {}


def test_equal_ranks_at_the_end_of_the_best_share() -> None:
    scores = marks("95", "90", "90", "80")
    assert [*won("best: 50%, by: score, amount: 10, ties: all", scores)] == ["A001", "A002", "A003"]
    assert won("best: 50%, by: score, amount: 10, ties: split", scores) == {
        "A001": (1, "10.00"),
        "A002": (2, "5.00"),
        "A003": (2, "5.00"),
    }


@pytest.mark.parametrize("share", ["0%", "-10%", "101%", "1.5"])
def test_a_share_that_is_none(share: str) -> None:
    house = House(
        policy(awards=[f"id: prize, ~, best: {share}, by: score, amount: 5, ties: all"]), {"2025-01": marks("80")}
    )
    assert without_places(house.findings()) == [f"error: {share} is no share of the whole. [weight-form]"]


# A condition


def test_everybody_for_whom_the_condition_holds() -> None:
    assert won("when: score >= 80, amount: 5", marks("80", "79.9", "95")) == {
        "A001": (None, "5.00"),
        "A003": (None, "5.00"),
    }


def test_once_for_every_event() -> None:
    house = House(
        policy(events=("idea: {~}",), awards=["id: idea, ~, when: events(idea) > 0, amount: 200 * events(idea)"]),
        {"2025-01": marks("80", "80")},
        more={**event("2025-01", kind="idea", amount=""), **event("2025-01", 2, kind="idea", amount="")},
    )
    assert [lines_of(row) for row in house.month("2025-01").values()] == [{"idea": "400.00"}, {}]


@pytest.mark.parametrize(("unassessed", "winners"), [("", ["A001"]), (", unassessed: yes", ["A001", "A002"])])
def test_also_for_whoever_was_not_assessed(unassessed: str, winners: list[str]) -> None:
    assert [*won(f"when: service_months >= 6, amount: 5{unassessed}", {"A001": "80", "A002": None})] == winners


def test_an_award_for_the_unassessed_reads_what_is_known_of_them() -> None:
    house = House(
        policy(awards=["id: prize, ~, when: score >= 80, amount: 5, unassessed: yes"]), {"2025-01": marks("80")}
    )
    assert without_places(house.findings()) == [
        "error: This award is for those not assessed too, of whom score cannot be known. [award]"
    ]
    assert house.hints() == ["Leave out `unassessed`."]


def test_an_award_for_the_unassessed_in_a_month_between() -> None:
    house = House(
        policy(every="quarter", awards=["id: loyal, ~, when: anniversary, amount: 50, unassessed: yes"]),
        {"2025-03": marks("80"), "2025-06": marks("80")},
        {"A001": person("A001", joined="2024-05-01")},
    )
    assert [lines_of(house.month(name)["A001"]) for name in ("2025-03", "2025-04", "2025-05", "2025-06")] == [
        {},
        {"loyal": "50.00"},
        {},
        {},
    ]


# Teams


TEAMS = {name: person(name, team="night") for name in ("A003", "A004")}


def test_the_members_of_the_best_team_win() -> None:
    # day: (95 + 61) ÷ 2 = 78; night: (80 + 78) ÷ 2 = 79
    award = "rank: 1, of: teams, by: team_mean(score), amount: 30, ties: all"
    assert won(award, marks("95", "61", "80", "78"), TEAMS) == {"A003": (1, "30.00"), "A004": (1, "30.00")}
    assert won(award.replace("rank: 1", "rank: 2"), marks("95", "61", "80", "78"), TEAMS) == {
        "A001": (2, "30.00"),
        "A002": (2, "30.00"),
    }
    assert len(won(award.replace("rank: 1", "places: 2"), marks("95", "61", "80", "78"), TEAMS)) == 4


def test_equal_teams_all_win_or_share_the_amount() -> None:
    scores = marks("90", "70", "85", "75")
    award = "rank: 1, of: teams, by: team_mean(score), amount: 30, ties: "
    assert {amount for _, amount in won(f"{award}all", scores, TEAMS).values()} == {"30.00"}
    assert {amount for _, amount in won(f"{award}split", scores, TEAMS).values()} == {"15.00"}


def test_only_the_assessed_members_of_a_team_count_and_win() -> None:
    # night: 80 alone; day: 78
    lines = {"A001": "95", "A002": "61", "A003": "80", "A004": None}
    award = "rank: 1, of: teams, by: team_mean(score), amount: 30, ties: all"
    assert won(award, lines, TEAMS) == {"A003": (1, "30.00")}


def test_the_best_share_of_teams_is_one_of_two() -> None:
    award = "best: 50%, of: teams, by: team_total(score), amount: 30, ties: all"
    assert [*won(award, marks("50", "50", "60", "39.9"), TEAMS)] == ["A001", "A002"]


def test_teams_are_not_ranked_within_a_team() -> None:
    award = "id: prize, ~, rank: 1, of: teams, within: team, by: team_mean(score), amount: 30, ties: all"
    house = House(policy(awards=[award]), {"2025-01": marks("80")})
    assert without_places(house.findings()) == ["error: Teams are ranked in the department, not within a team. [award]"]
    assert house.hints() == ["Leave `within` out."]


# For the honour, improvement, at the end of a period


def test_an_award_of_nothing_is_an_honour() -> None:
    assert won("rank: 1, by: score, amount: 0, ties: all", marks("80")) == {"A001": (1, "0.00")}
    assert won("rank: 1, by: score, amount: 0, ties: split", marks("80", "80")) == {
        "A001": (1, "0.00"),
        "A002": (1, "0.00"),
    }


def test_the_most_improved() -> None:
    among = "applicable(previous(score)) and score > previous(score)"
    award = f"id: improved, ~, rank: 1, by: score - previous(score), among: {among}, amount: 100, ties: all"
    house = House(
        policy(awards=[award]),
        {"2025-01": {"A001": "60", "A002": "80"}, "2025-02": {"A001": "70", "A002": "80", "A003": "95"}},
        {"A003": person("A003", joined="2025-02-01")},
    )
    rows = house.month("2025-02")
    assert [[each["id"] for each in row["awards"]] for row in rows.values()] == [["improved"], [], []]


def test_an_award_of_the_quarter() -> None:
    award = 'id: prize, ~, rank: 1, by: "total(score, quarter)", amount: 30, ties: all, every: quarter'
    lines = {"2025-01": marks("90", "80"), "2025-02": marks("90", "80"), "2025-03": marks("60", "81")}
    house = House(policy(awards=[award]), lines)
    # 240 and 241
    winners = [[name for name, row in house.month(month).items() if row["awards"]] for month in lines]
    assert winners == [[], [], ["A002"]]


# What was won


YEAR = "rank: 1, ties: all, every: year"
SELECTION = (
    "id: star, ~, rank: 1, by: score, amount: 10, ties: all",
    "id: hope, ~, rank: 2, by: score, amount: 5, ties: all",
    f'id: of-year, ~, {YEAR}, by: "total(won(star) + won(hope), year)", among: "total(won(star), year) > 0", amount: 0',
)


def test_the_selection_of_the_year_by_awards_won() -> None:
    lines = {
        "2025-10": marks("90", "80", "70"),
        "2025-11": marks("90", "70", "80"),
        "2025-12": marks("60", "80", "90"),
    }
    house = House(policy(awards=SELECTION), lines)
    # A001 was star twice, A002 hope twice, A003 hope once and star once
    rows = house.month("2025-12")
    assert {name: [each["id"] for each in row["awards"]] for name, row in rows.items()} == {
        "A001": ["of-year"],
        "A002": ["hope"],
        "A003": ["star", "of-year"],
    }
    assert {name: row["awards"][-1]["rank"] for name, row in rows.items() if "of-year" in row["awards"][-1]["id"]} == {
        "A001": 1,
        "A003": 1,
    }


def test_won_is_1_or_0_and_for_awards_declared_before() -> None:
    rules = policy(
        awards=(
            "id: star, ~, rank: 1, by: score, amount: 10, ties: all",
            "id: again, ~, when: won(star) == 1, amount: 1",
        ),
        pay=("id: bonus, ~, amount: 7 * won(star) + 3 * won(again)",),
    )
    rows = House(rules, {"2025-01": marks("80", "70")}).month("2025-01")
    assert [lines_of(row) for row in rows.values()] == [{"bonus": "10.00", "star": "10.00", "again": "1.00"}, {}]


@pytest.mark.parametrize(
    "awards",
    [
        ("id: again, ~, when: won(star) == 1, amount: 1", "id: star, ~, rank: 1, by: score, amount: 10, ties: all"),
        ("id: star, ~, when: won(star) == 1, amount: 1",),
    ],
)
def test_an_award_that_is_not_decided_yet_cannot_be_asked(awards: tuple[str, ...]) -> None:
    house = House(policy(awards=awards), {"2025-01": marks("80")})
    assert without_places(house.findings()) == ["error: there is no function won here [expression]"]


def test_an_award_won_in_a_month_is_still_known_when_not_assessed_later() -> None:
    rules = policy(
        awards=("id: star, ~, rank: 1, by: score, amount: 10, ties: all",),
        pay=('id: honours, ~, amount: "100 * total(won(star), year)", every: quarter, unassessed: yes',),
    )
    lines = {"2025-01": marks("80"), "2025-02": marks("80"), "2025-03": {"A001": None}}
    assert lines_of(House(rules, lines).month("2025-03")["A001"]) == {"honours": "200.00"}


def test_an_award_at_the_end_of_the_quarter_is_not_won_before() -> None:
    rules = policy(
        awards=("id: star, ~, rank: 1, by: score, amount: 10, ties: all, every: quarter",),
        pay=("id: plus, ~, amount: 1 + won(star)",),
    )
    lines = {f"2025-0{number}": marks("80") for number in (1, 2, 3)}
    house = House(rules, lines)
    assert [lines_of(house.month(name)["A001"])["plus"] for name in lines] == ["1.00", "1.00", "2.00"]


# Refused


@pytest.mark.parametrize(
    ("award", "said"),
    [
        ("rank: 0, by: score, amount: 1, ties: all", "0 is not above 0. [not-positive]"),
        ("places: 0, by: score, amount: 1, ties: all", "0 is not above 0. [not-positive]"),
        ("rank: 1, by: grade, amount: 1, ties: all", "there is no grade here [expression]"),
        ("rank: 1, by: score > 3, amount: 1, ties: all", "expected a number, but this is a yes or no [expression]"),
        ("rank: 1, by: role, amount: 1, ties: all", "expected a number, but this is an option of role [expression]"),
        ("when: 5, amount: 1", "expected a yes or no, but this is a number [expression]"),
        ("when: score > 5, amount: score", "expected a number in CNY, but this is a number in points [expression]"),
    ],
)
def test_awards_that_cannot_be(award: str, said: str) -> None:
    house = House(policy(roles=("staff: {~}",), awards=[f"id: prize, ~, {award}"]), {"2025-01": marks("80")})
    assert without_places(house.findings()) == [f"error: {said}"]


@pytest.mark.parametrize(
    ("award", "said"),
    [
        (
            "by: score, amount: 1, ties: all",
            "This table does not say what it is: none of its keys is one of rank, places, best, when. [missing-key]",
        ),
        (
            "rank: 1, places: 2, by: score, amount: 1, ties: all",
            "“rank” and “places” exclude each other. [ambiguous-keys]",
        ),
        (
            "rank: 1, when: score > 3, by: score, amount: 1, ties: all",
            "“rank” and “when” exclude each other. [ambiguous-keys]",
        ),
        ("rank: 1, by: score, amount: 1", "The key “ties” is missing from “awards”. [missing-key]"),
        ("when: score > 3, amount: 1, ties: all", "“ties” is no key of this table. [unknown-key]"),
    ],
)
def test_an_award_is_won_in_exactly_one_way(award: str, said: str) -> None:
    house = House(policy(awards=[f"id: prize, ~, {award}"]), {"2025-01": marks("80")})
    assert without_places(house.findings()) == [f"error: {said}"]


def test_an_award_below_0_is_a_finding() -> None:
    house = House(policy(awards=["id: prize, ~, when: score > 3, amount: 5 - number(score)"]), {"2025-01": marks("80")})
    assert without_places(house.findings()) == [
        "error: For A001: the amount of prize is -75.00, below 0. [negative-amount]"
    ]


def test_results_and_awards_agree_on_the_rank() -> None:
    rules = policy(
        results=("place: {is: rank, ~}",), awards=("id: all, ~, places: 100, by: score, amount: 1, ties: all",)
    )
    rows = House(rules, {"2025-01": marks("80", "90", "90", "70")}).month("2025-01")
    assert [results_of(row)["place"] for row in rows.values()] == [
        str(row["awards"][0]["rank"]) for row in rows.values()
    ]
    assert [row["rank"] for row in rows.values()] == [3, 1, 1, 4]
