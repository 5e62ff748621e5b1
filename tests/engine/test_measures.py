"""Measures by steps, words and rates: the value at each bound, just above and just below, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kpigen.exact import arithmetic
from kpigen.policy.items.bands import Bands
from kpigen.policy.measures.rates import Rates
from tests.engine.house import House, lines_of, person, policy, results_of, without_places
from tests.engine.mini import ABSENT
from tests.policy.test_operations import numbers, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

SALES = ("mark: {points: 100, ~}", "sales: {amount: CNY, max: 1000000, ~}")
RATES = "rates: [[0, 1%], [10000, 2%], [30000, 3.5%]]"


def commission(measure: str, sales: str, **more: object) -> str | None:
    """What a measure of 12,345.67 in sales, say, gives as a pay line."""
    rules = policy(
        inputs=SALES,
        measures=[f"gain: {{of: sales, {measure}, unit: CNY, ~}}"],
        pay=["id: gain, ~, amount: gain"],
        **more,
    )
    row = House(rules, {"2025-01": {"A001": f"{{mark: 80, sales: {sales}}}"}}).month("2025-01")["A001"]
    return lines_of(row).get("gain")


# Rates


@pytest.mark.parametrize(
    ("sales", "cliff", "marginal"),
    [
        ("0", None, None),
        ("0.49", None, None),  # 0.0049 is no cent
        ("0.50", "0.01", "0.01"),  # 0.005 is one, half up
        ("9999.99", "100.00", "100.00"),  # 99.9999
        ("10000", "200.00", "100.00"),  # the whole at 2 %; 10000 at 1 %
        ("10000.01", "200.00", "100.00"),  # 200.0002; 100 + 0.01 at 2 %
        ("15000", "300.00", "200.00"),  # 100 + 5000 at 2 %
        ("29999.99", "600.00", "500.00"),  # 599.9998; 100 + 19999.99 at 2 % = 499.9998
        ("30000", "1050.00", "500.00"),
        ("30000.01", "1050.00", "500.00"),
        ("42000", "1470.00", "920.00"),  # 500 + 12000 at 3.5 %
        ("1000000", "35000.00", "34450.00"),  # 500 + 970000 at 3.5 % = 500 + 33950
    ],
)
def test_rates(sales: str, cliff: str | None, marginal: str | None) -> None:
    assert commission(f"{RATES}, kind: cliff", sales) == cliff
    assert commission(f"{RATES}, kind: marginal", sales) == marginal


@pytest.mark.parametrize(
    ("sales", "cliff", "marginal"),
    [
        ("-5", "0", "0"),
        ("4999.99", "0", "0"),  # what lies below the first bound earns nothing
        ("5000", "50", "0"),  # reached: the whole at 1 %; nothing lies above it yet
        ("6000", "60", "10"),
        ("8000", "800", "30"),  # at 10 %; 3000 at 1 %
        ("9000", "900", "130"),
    ],
)
def test_rates_that_begin_above_the_amount(sales: str, cliff: str, marginal: str) -> None:
    rows = pairs(("5000", "0.01"), ("8000", "0.1"))
    with arithmetic():
        assert Rates(rows, marginal=False).apply(Decimal(sales)) == Decimal(cliff)
        assert Rates(rows, marginal=True).apply(Decimal(sales)) == Decimal(marginal)


def test_rates_may_be_numbers_and_fall() -> None:
    rows = "rates: [[0, 0.1], [100, 0.05], [200, 0]]"
    assert commission(f"{rows}, kind: marginal", "150") == "12.50"
    assert commission(f"{rows}, kind: marginal", "300") == "15.00"
    assert commission(f"{rows}, kind: cliff", "199.99") == "10.00"  # 9.9995
    assert commission(f"{rows}, kind: cliff", "200") is None


def test_parameters_are_bounds_and_rates() -> None:
    given = {"parameters": ("aim: {value: 8000, unit: CNY, ~}", "share: {value: 0.1, ~}")}
    for sales, expected in (("7999.99", "80.00"), ("8000", "80.00"), ("9000", "180.00")):
        assert commission("rates: [[0, 1%], [aim, share]], kind: marginal", sales, **given) == expected
    for sales, expected in (("7999.99", "80.00"), ("8000", "800.00")):
        assert commission("rates: [[0, 1%], [aim, share]], kind: cliff", sales, **given) == expected


def test_a_rounding_of_its_own_comes_before_the_cents() -> None:
    assert commission("rates: [[0, 1%]], kind: cliff, round: {to: 1, mode: down}", "12399.99") == "123.00"
    assert commission("rates: [[0, 1%]], kind: cliff", "12399.50") == "124.00"  # 123.995, half up


def test_rates_of_what_is_not_applicable() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "speed: {measure: s, ~}"),
        measures=["gain: {of: speed, rates: [[0, 1]], kind: cliff, ~}"],
        results=["seen: {is: gain if applicable(gain) else -1, ~}"],
    )
    lines = {"2025-01": {"A001": "{mark: 80, speed: n/a}", "A002": "{mark: 80, speed: 7.5}"}}
    rows = House(rules, lines).month("2025-01")
    assert [results_of(row) for row in rows.values()] == [{"seen": "-1"}, {"seen": "7.5"}]


def test_rates_far_above_the_last_bound_and_of_nothing() -> None:
    rows = pairs(("0", "0.01"), ("10000", "0.02"))
    with arithmetic():
        assert Rates(rows, marginal=True).apply(*numbers("1e12")) == 100 + (10**12 - 10000) // 50
        assert Rates(rows, marginal=True).apply(None) is None
        assert Rates(rows, marginal=False).apply(None) is None


# Steps


@pytest.mark.parametrize(
    ("joined", "amount"),
    [
        # whole years at the end of January 2025; steps from 0, 1, 2 and 5 years on
        ("2024-02-02", None),
        ("2024-02-01", "50.00"),
        ("2023-02-02", "50.00"),
        ("2023-02-01", "100.00"),
        ("2020-02-02", "100.00"),
        ("2020-02-01", "300.00"),
        ("2000-01-01", "300.00"),
    ],
)
def test_seniority_by_steps(joined: str, amount: str | None) -> None:
    rules = policy(
        measures=["seniority: {of: service_years, steps: [[0, 0], [1, 50], [2, 100], [5, 300]], unit: CNY, ~}"],
        pay=["id: seniority, ~, amount: seniority, unassessed: yes"],
    )
    for line in ("80", None):
        house = House(rules, {"2025-01": {"A001": line}}, {"A001": person("A001", joined=joined)})
        assert lines_of(house.month("2025-01")["A001"]).get("seniority") == amount, "known without an assessment too"


@pytest.mark.parametrize(
    ("sales", "worth"), [("0", None), ("99.99", None), ("100", "5.00"), ("199.99", "5.00"), ("200", "7.00")]
)
def test_a_step_holds_from_its_bound_up_to_the_next(sales: str, worth: str | None) -> None:
    assert commission("steps: [[0, 0], [100, 5], [200, 7]]", sales) == worth


def test_below_the_first_step_there_is_nothing() -> None:
    steps = Bands(pairs(("100", "5"), ("200", "7")))
    assert [steps.apply(*numbers(each)) for each in ("-1", "99.99", "100")] == [0, 0, 5]


def test_steps_of_parameters() -> None:
    given = {"parameters": ("least: {value: 100, unit: CNY, ~}", "reward: {value: 12.5, unit: CNY, ~}")}
    assert commission("steps: [[0, 0], [least, reward]]", "99.99", **given) is None
    assert commission("steps: [[0, 0], [least, reward]]", "100", **given) == "12.50"


# Words


def words(
    measure: str, more: Mapping[str, object], people: Mapping[str, str] | None = None, line: str = "80"
) -> dict[str, str]:
    rules = policy(measures=[f"worth: {{{measure}, unit: CNY, ~}}"], pay=["id: worth, ~, amount: worth"], **more)
    return lines_of(House(rules, {"2025-01": {"A001": line}}, people or {}).month("2025-01")["A001"])


def test_words_of_a_role_a_form_of_employment_a_tier_and_a_rating() -> None:
    lead = {"A001": person("A001", role="lead")}
    roles = {"roles": ("staff: {~}", "lead: {~}")}
    assert words("of: role, words: {staff: 10, lead: 30}", roles) == {"worth": "10.00"}
    assert words("of: role, words: {staff: 10, lead: 30}", roles, lead) == {"worth": "30.00"}
    forms = {"employment": ("full: {~}", "part: {~}")}
    assert words("of: employment, words: {part: 5, full: 7}", forms) == {"worth": "7.00"}
    tiers = {"tiers": ("low: {~}", "high: {~}")}
    high = {"A001": person("A001", tier="high")}
    assert words("of: tier, words: {low: 0, high: 8}", tiers, high) == {"worth": "8.00"}
    rated = {"inputs": ("mark: {points: 100, ~}", "manner: {rating: [bad, fine], ~}")}
    assert words("of: manner, words: {bad: 0, fine: 9}", rated, line="{mark: 80, manner: fine}") == {"worth": "9.00"}
    assert words("of: manner, words: {bad: 0, fine: 9}", rated, line="{mark: 80, manner: bad}") == {}


def test_words_of_parameters() -> None:
    given = {"roles": ("staff: {~}", "lead: {~}"), "parameters": ("lead_pay: {value: 31.5, unit: CNY, ~}",)}
    people = {"A001": person("A001", role="lead")}
    assert words("of: role, words: {staff: 10, lead: lead_pay}", given, people) == {"worth": "31.50"}


# What a policy may not say


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("of: sales, rates: [[0, 1%], [0, 2%]], kind: cliff", "0 does not come after 0; write them ascending."),
        ("of: sales, rates: [[10, 1%], [5, 2%]], kind: marginal", "5 does not come after 10; write them ascending."),
        ("of: sales, rates: [], kind: marginal", "There are no rates."),
        ("of: sales, steps: []", "There are no steps."),
        ("of: sales, steps: [[1, 2], [1, 3]]", "1 does not come after 1; write them ascending."),
        ("of: sales, steps: [[1, bonus]]", "There is no parameter bonus."),
        ("of: sales, rates: [[goal, 1%]], kind: cliff", "There is no parameter goal."),
        ("of: sales, words: {a: 1}", "Only a grade, a tier, a role or a rating has words to be looked up."),
        ("of: role, words: {staff: 1}", "The values of lead are missing."),
        ("of: role, words: {staff: 1, lead: 2, boss: 3}", "boss is no option of role."),
        ("of: role, words: {staff: 1, lead: much}", "There is no parameter much."),
        ("of: sales, steps: [[0, 1], [aim, 2], [50, 3]]", "50 does not come after 100; write them ascending."),
        (
            "of: sales, rates: [[0, 1%], [aim, 2%], [50, 3%]], kind: cliff",
            "50 does not come after 100; write them ascending.",
        ),
        ("pot: sales, by: mark, within: team", "A pot can only be shared out once everybody has a score."),
        ("is: sales, every: quarter", "Only a result has `every`."),
        ("is: sales, grades: {low: {from: 0, ~}}", "Only a result has `grades`."),
    ],
)
def test_a_measure_that_cannot_be_worked_out(measure: str, said: str) -> None:
    rules = policy(
        inputs=SALES,
        parameters=("aim: {value: 100, unit: CNY, ~}",),
        roles=("staff: {~}", "lead: {~}"),
        measures=[f"gain: {{{measure}, unit: CNY, ~}}"],
    )
    house = House(rules, {"2025-01": {"A001": "{mark: 80, sales: 5}"}})
    assert without_places(house.findings()) == [f"error: {said} [measure]"]


def test_rates_must_say_how_they_are_meant() -> None:
    rules = policy(inputs=SALES, measures=["gain: {of: sales, rates: [[0, 1%]], unit: CNY, ~}"])
    house = House(rules, {"2025-01": {"A001": ABSENT}})
    assert without_places(house.findings()) == ["error: The key “kind” is missing from “gain”. [missing-key]"]


def test_a_measure_of_everybody_is_known_without_an_assessment_and_another_is_not() -> None:
    rules = policy(
        inputs=SALES,
        measures=["gain: {is: sales / 10, unit: CNY, ~}"],
        pay=["id: gain, ~, amount: gain, unassessed: yes"],
    )
    house = House(rules, {"2025-01": {"A001": "{mark: 80, sales: 5}"}})
    assert without_places(house.findings()) == [
        "error: This line is paid also in a month without assessment, where gain cannot be known. [pay-line]"
    ]
    assert house.hints() == ["Leave out `unassessed`, or make two lines of it."]


@pytest.mark.parametrize(
    ("section", "what", "kind"),
    [
        ("measures", "ok", "a yes or no"),
        ("measures", "role", "an option of role"),
        ("results", "score > 3", "a yes or no"),
    ],
)
def test_a_figure_is_a_number(section: str, what: str, kind: str) -> None:
    given = {
        "roles": ("staff: {~}", "lead: {~}"),
        "inputs": ("mark: {points: 100, ~}", "ok: {flag: yes, ~}"),
        section: [f"worth: {{is: {what}, ~}}"],
    }
    house = House(policy(**given), {"2025-01": {"A001": "{mark: 80, ok: yes}"}})
    assert without_places(house.findings()) == [f"error: expected a number, but this is {kind} [expression]"]
