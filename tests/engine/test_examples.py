"""Worked examples with what the extended language knows: roles, teams, earlier periods, awards won, results."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.house import CATEGORIES, House, person, policy, without_places


def said(given: str, expect: str, **sections: Any) -> list[str]:  # noqa: ANN401 - as a policy's sections are
    """What is wrong with an example of a policy."""
    example = f'- {{name: {{zh: 例, en: E}}, clauses: ["1"], given: {{{given}}}, expect: {{{expect}}}}}'
    house = House(policy(examples=[example], **sections), people={"A001": person("A001")})
    return [line.removeprefix("error: ") for line in without_places(house.findings())]


def differs(expected: str) -> list[str]:
    return [f"{expected} [example]"]


ROLES: dict[str, Any] = {
    "roles": ("staff: {~}", "lead: {~}"),
    "inputs": ("mark: {points: 100, roles: staff, ~}", "plan: {points: 100, roles: lead, ~}"),
    "pay": ("id: base, ~, amount: 10 if role == lead else 5",),
}


def test_an_example_of_a_role() -> None:
    assert said("role: lead, inputs: {plan: 60}", "score: 60, pay: {base: 10}", **ROLES) == []
    assert said("inputs: {mark: 60}", "score: 60, pay: {base: 5}", **ROLES) == []
    assert said("role: lead, inputs: {mark: 60}", "score: 60", **ROLES) == [
        "Neither a score nor all scored inputs are stated; plan are missing. [example-case]"
    ]
    assert said("role: leed, score: 60", "score: 60", **ROLES) == ["leed is no role that is known here. [example-case]"]


def test_an_example_of_a_form_of_employment_that_is_not_assessed() -> None:
    rules: dict[str, Any] = {
        "employment": ("full: {~}", "temp: {~}"),
        "eligible": ("id: regular, ~, when: employment == full",),
    }
    assert said("employment: temp, inputs: {mark: 60}", "assessed: no", **rules) == []
    assert said("employment: full, inputs: {mark: 60}", "assessed: yes, score: 60", **rules) == []
    assert said("employment: temp, inputs: {mark: 60}", "score: 60", **rules) == differs(
        "Expected score 60, computed none."
    )


def test_assessed_is_said_as_a_policy_says_it() -> None:
    assert said("score: 60", "assessed: no") == differs("Expected assessed no, computed yes.")
    assert said("not_assessed: leave", "assessed: yes") == differs("Expected assessed yes, computed no.")


RESULTS: dict[str, Any] = {
    "results": (
        "double: {is: score * 2, unit: points, ~, grades: {low: {from: 0, ~}, high: {from: 150, ~}}}",
        "before: {is: previous(score) if applicable(previous(score)) else -1, ~}",
        "speed: {is: pace, ~}",
    ),
    "inputs": ("mark: {points: 100, ~}", "pace: {measure: s, ~}"),
}


def test_an_example_states_results_and_their_grades() -> None:
    given = "inputs: {mark: 80, pace: n/a}"
    assert said(given, "results: {double: 160, double_grade: high, before: -1, speed: n/a}", **RESULTS) == []
    assert said(given, "results: {double: 161}", **RESULTS) == differs("Expected results.double 161, computed 160.0.")
    assert said(given, "results: {double_grade: low}", **RESULTS) == differs(
        "Expected results.double_grade low, computed high."
    )
    assert said(given, "results: {double: n/a}", **RESULTS) == differs("Expected results.double none, computed 160.0.")
    assert said(given, "results: {speed: 5}", **RESULTS) == differs("Expected results.speed 5, computed none.")


@pytest.mark.parametrize("wanted", ["n/a", "5"])
def test_an_example_expects_results_that_there_are(wanted: str) -> None:
    assert said("score: 80", f"results: {{dubble: {wanted}}}") != []


def test_earlier_months_of_an_example() -> None:
    before = "before: [{inputs: {mark: 50, pace: n/a}}, {not_assessed: leave}]"
    assert said(f"inputs: {{mark: 80, pace: n/a}}, {before}", "results: {before: 50}", **RESULTS) == []


def test_earlier_periods_of_an_example() -> None:
    rules: dict[str, Any] = {
        "every": "quarter",
        "results": ('half: {is: "mean(score, half-year)", unit: points, ~}',),
        "actions": ("id: talk, ~, when: streak(score < 60) >= 2",),
    }
    # the quarter before June's is March's, of the same half-year; December's lies in another
    assert (
        said("month: 2025-06, score: 50, before: [{score: 55}]", "results: {half: 52.5}, actions: [talk]", **rules)
        == []
    )
    assert (
        said("month: 2025-03, score: 50, before: [{score: 55}]", "results: {half: 50}, actions: [talk]", **rules) == []
    )
    assert said("month: 2025-02, score: 50", "score: 50", **rules) == differs("Expected score 50, computed none.")


def test_an_earlier_month_lacks_nothing_that_is_stated_at_the_end_of_the_quarter() -> None:
    inputs = ("mark: {points: 60, ~}", "exam: {points: 40, every: quarter, ~}")
    before = "before: [{inputs: {mark: 30}}]"
    assert said(f"month: 2025-03, inputs: {{mark: 60, exam: 20}}, {before}", "score: 80", inputs=inputs) == []


AWARDS: dict[str, Any] = {
    "awards": (
        "id: star, ~, rank: 1, by: score, amount: 10, ties: all",
        'id: twice, ~, when: "total(won(star), year) >= 2", amount: 5',
    )
}


def test_awards_won_in_earlier_months_of_an_example() -> None:
    won = "before: [{score: 90, won: [star]}, {score: 80}, {score: 95, won: [star]}]"
    assert said(f"month: 2025-04, score: 80, {won}", "awards: [twice]", **AWARDS) == []
    assert said("month: 2025-04, score: 80, before: [{score: 90, won: [star]}]", "awards: []", **AWARDS) == []
    # with a colleague there are places: the second star of the year is this month's own
    with_one = "month: 2025-02, score: 80, others: [{score: 70}], before: [{score: 90, won: [star]}]"
    assert said(with_one, "awards: [star, twice]", **AWARDS) == []


def test_an_award_won_must_be_one_of_the_policy() -> None:
    found = said("score: 80, before: [{score: 70, won: [stars]}]", "score: 80", **AWARDS)
    assert [line.rpartition("[")[2] for line in found] == ["example-case]"]


COMPLAINED: dict[str, Any] = {
    "complaints": CATEGORIES,
    "results": ("all: {is: upheld_complaints, ~}", "rude: {is: complaints(attitude) + 10 * complaints(major), ~}"),
}


@pytest.mark.parametrize(
    ("given", "results"),
    [
        ("complaints: 2", "{all: 2, rude: 0}"),
        ("complaints: {attitude: 2}", "{all: 2, rude: 2}"),
        ("complaints: {attitude: 1, major: 2}", "{all: 3, rude: 21}"),
        ("complaints: {delay: 0}", "{all: 0, rude: 0}"),
    ],
)
def test_complaints_of_an_example(given: str, results: str) -> None:
    assert said(f"score: 80, {given}", f"results: {results}", **COMPLAINED) == []


def test_a_complaint_of_an_example_is_of_a_word_of_the_policy() -> None:
    found = said("score: 80, complaints: {attitud: 1}", "score: 80", **COMPLAINED)
    assert [line.rpartition("[")[2] for line in found] == ["example-case]"]


def test_colleagues_of_an_example_in_other_teams_and_roles() -> None:
    rules: dict[str, Any] = {
        "results": ("team: {is: team_mean(score), unit: points, ~}",),
        "awards": ("id: first, ~, rank: 1, by: score, within: team, amount: 5, ties: all",),
    }
    others = "others: [{score: 60}, {score: 95, team: other}]"
    assert said(f"score: 80, {others}", "results: {team: 70}, rank: 2, awards: [first]", **rules) == []


def test_what_a_team_shares_in_an_example() -> None:
    rules: dict[str, Any] = {
        "inputs": ("mark: {points: 100, ~}", "pool: {amount: CNY, stated: team, ~}"),
        "results": ("part: {pot: pool, by: score, within: team, unit: CNY, ~}",),
    }
    given = "inputs: {mark: 80, pool: 100}, others: [{inputs: {mark: 20}}]"
    assert said(given, "results: {part: 80}", **rules) == []
    alone = "inputs: {mark: 80, pool: 100}, others: [{not_assessed: leave}]"
    assert said(alone, "results: {part: 100}", **rules) == []


def test_service_in_an_example() -> None:
    rules: dict[str, Any] = {"pay": ("id: years, ~, amount: 100 * service_years, unassessed: yes",)}
    assert said("score: 80, joined: 2022-01-31", "pay: {years: 300}", **rules) == []
    assert said("score: 80, joined: 2022-02-01", "pay: {years: 300}", **rules) == []
    assert said("score: 80, joined: 2022-02-02", "pay: {years: 200}", **rules) == []
    assert said("score: 80", "pay: {years: 200}", **rules) == []  # two years and a half


STEPS = "{from: 1, action: spoken}, {from: 2, action: written}"


def test_an_example_of_a_policy_without_a_score() -> None:
    rules: dict[str, Any] = {
        "score": None,
        "inputs": (),
        "events": ("slip: {~}",),
        "actions": ("id: spoken, ~", "id: written, ~"),
        "ladders": (f"id: steps, ~, counts: events(slip), within: year, steps: [{STEPS}]",),
    }
    assert said("events: {slip: 1}", "actions: [spoken], assessed: no", **rules) == []
    assert said("month: 2025-02, events: {slip: 1}, before: [{events: {slip: 1}}]", "actions: [written]", **rules) == []
