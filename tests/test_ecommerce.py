"""The e-commerce department, 22 months of star-tier: every rule occurs, and the oracle agrees throughout."""

from __future__ import annotations

import calendar
import json
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.small import line, write_department
from tests.oracle.star_tier import POINTS, calculate, team_in

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
POLICY = "policy/star-tier/2025-01.yaml"

Results = dict[tuple[str, str], dict[str, Any]]


def in_the_oracles_words(agent: dict[str, Any]) -> dict[str, Any]:
    """What the published document says of one agent-month, in the shape that the oracle gives it."""
    pay = agent["pay"]
    assert agent["assessed"] is (agent["score"] is not None)
    assert agent["grade"] is None
    return {
        "team": agent["team"],
        "score": agent["score"],
        "rank": agent["rank"],
        "tier": agent["tier"],
        "next_tier": agent["next_tier"],
        "moved": agent["transition"] is not None,
        "blocked": agent["blocked"] is not None,
        "lines": {each["id"]: each["amount"] for each in pay["lines"]},
        "gross": pay["gross"],
        "deductions": pay["deductions"],
        "total": pay["total"],
        "awards": {award["id"]: award["amount"] for award in agent["awards"]},
        "actions": [action["id"] for action in agent["actions"]],
        "carried": agent["carried"].get("loss", "0.00"),
    }


def documents(root: Path, department: str) -> list[dict[str, Any]]:
    """Compute the repository at ``root`` as the command line does, and read the department's months."""
    cli = pytest.importorskip("kpigen.cli", reason="the command line is not there yet")
    testing = pytest.importorskip("click.testing")
    with tempfile.TemporaryDirectory() as out:
        run = testing.CliRunner().invoke(cli.main, ["compute", "--root", str(root), "--out", out])
        assert run.exit_code == 0, run.output
        months = sorted(Path(out, "v1", department).glob("????-??.json"))
        return [json.loads(path.read_text("utf-8")) for path in months]


@pytest.fixture(scope="session")
def ecommerce() -> list[dict[str, Any]]:
    """Every month of the department, as published."""
    return documents(ROOT, "ecommerce")


@pytest.fixture(scope="session")
def of(ecommerce: list[dict[str, Any]]) -> Callable[[str, str], dict[str, Any]]:
    """One agent's part of one month."""
    found = {(each["month"], agent["agent"]): agent for each in ecommerce for agent in each["agents"]}
    return lambda agent, month: found[month, agent]


# What S19 says, whose month shows it, and what comes out: the oracle's words, the transition, a pay line.
RULES: list[tuple[str, str, str, dict[str, Any]]] = [
    # 3.1 to 3.4: pay
    ("probation is paid base only", "A001", "2025-01", {"tier": "probation", "lines": {"base": "1100.00"}}),
    (
        "ordinary at 80 or more is paid all four lines",
        "A002",
        "2025-01",
        {
            "score": "85.0",
            "lines": {
                "base": "1100.00",
                "assessment": "400.00",
                "commission": "285.83",
                "full-attendance": "100.00",
            },
        },
    ),
    ("exactly 80 is 80", "A004", "2025-08", {"score": "80.0", "tier": "ordinary", "assessment": "400.00"}),
    ("ordinary at 70 to 79 has no assessment pay", "A006", "2025-01", {"score": "75.0", "assessment": None}),
    (
        "ordinary below 70 keeps commission and attendance",
        "A010",
        "2025-05",
        {"score": "68.0", "assessment": None, "commission": "159.50", "full-attendance": "100.00"},
    ),
    ("full attendance lost", "A003", "2025-09", {"tier": "two-star", "full-attendance": None}),
    (
        "one-star at 90 is paid 200",
        "A011",
        "2025-01",
        {"tier": "one-star", "score": "90.0", "star-bonus": "200.00"},
    ),
    (
        "one-star with 96 is still paid 200",
        "A003",
        "2025-10",
        {"tier": "one-star", "score": "96.0", "star-bonus": "200.00"},
    ),
    (
        "one-star at 80 to 89 keeps the tier without bonus",
        "A007",
        "2025-03",
        {"tier": "one-star", "score": "88.0", "next_tier": "one-star", "star-bonus": None},
    ),
    (
        "two-star at 95 is paid 300",
        "A003",
        "2025-05",
        {"tier": "two-star", "score": "95.0", "star-bonus": "300.00"},
    ),
    (
        "two-star at 90 to 94 is paid 200 and stays",
        "A001",
        "2026-03",
        {"tier": "two-star", "score": "92.0", "star-bonus": "200.00", "next_tier": "two-star"},
    ),
    (
        "two-star at exactly 90 stays",
        "A003",
        "2026-07",
        {"tier": "two-star", "score": "90.0", "star-bonus": "200.00", "next_tier": "two-star"},
    ),
    (
        "two-star below 90 has no bonus",
        "A005",
        "2025-09",
        {"tier": "two-star", "score": "87.0", "star-bonus": None, "assessment": "400.00"},
    ),
    # 7, 12, 13: the score
    ("an item not applicable drops out", "A012", "2025-04", {"score": "82.9"}),  # 70.5 of 85
    ("rounded half up", "A009", "2026-01", {"score": "91.3"}),  # 73 of 80 is 91.25
    ("half points", "A002", "2025-09", {"score": "89.5"}),
    # 9.1: promotions
    (
        "probation to ordinary at exactly 80",
        "A014",
        "2025-03",
        {"score": "80.0", "transition": "to-ordinary", "next_tier": "ordinary"},
    ),
    ("79.5 is not 80", "A017", "2025-04", {"score": "79.5", "transition": None, "next_tier": "probation"}),
    (
        "ordinary to one-star at exactly 90",
        "A001",
        "2025-07",
        {"score": "90.0", "transition": "to-one-star", "next_tier": "one-star"},
    ),
    (
        "89.5 is not 90",
        "A002",
        "2025-09",
        {"tier": "ordinary", "score": "89.5", "next_tier": "ordinary"},
    ),
    (
        "one-star to two-star at exactly 95",
        "A001",
        "2025-11",
        {"score": "95.0", "transition": "to-two-star", "next_tier": "two-star", "star-bonus": "200.00"},
    ),
    (
        "a promotion counts from the next month",
        "A001",
        "2025-12",
        {"tier": "two-star", "star-bonus": "300.00"},
    ),
    (
        "one step at a time, whatever the score",
        "A013",
        "2025-03",
        {"tier": "probation", "score": "97.0", "next_tier": "ordinary"},
    ),
    (
        "complaints do not stop a promotion from probation",
        "A004",
        "2025-06",
        {"tier": "probation", "next_tier": "ordinary"},
    ),
    (
        "an item at zero does not stop a promotion from probation",
        "A020",
        "2026-06",
        {"tier": "probation", "score": "81.0", "next_tier": "ordinary"},
    ),
    # 6.1: ordinary agents
    (
        "ordinary below 70",
        "A010",
        "2025-05",
        {"tier": "ordinary", "transition": "below-70", "next_tier": "probation"},
    ),
    (
        "ordinary at exactly 70 stays",
        "A006",
        "2026-02",
        {"tier": "ordinary", "score": "70.0", "next_tier": "ordinary"},
    ),
    (
        "ordinary with two complaints",
        "A004",
        "2025-05",
        {"score": "78.0", "transition": "two-complaints", "next_tier": "probation"},
    ),
    (
        "ordinary with an item at zero",
        "A012",
        "2025-09",
        {"score": "81.0", "transition": "zero-item", "next_tier": "probation"},
    ),
    (
        "two months below 70",
        "A010",
        "2025-06",
        {"actions": ["dismissal-review"], "tier": "probation", "next_tier": "probation"},
    ),
    (
        "a second review after a better month",
        "A010",
        "2025-09",
        {"score": "62.0", "actions": ["dismissal-review"]},
    ),
    ("a better month breaks the run", "A010", "2025-08", {"score": "64.0", "actions": []}),
    (
        "a month not assessed does not break the run",
        "A017",
        "2026-08",
        {"score": "66.0", "actions": ["dismissal-review"]},
    ),
    # 6.2: stars
    (
        "one-star below 80",
        "A011",
        "2025-10",
        {"score": "78.0", "transition": "one-star-below-80", "next_tier": "ordinary"},
    ),
    (
        "one-star at exactly 80 stays",
        "A011",
        "2025-07",
        {"tier": "one-star", "score": "80.0", "next_tier": "one-star"},
    ),
    (
        "two-star below 90",
        "A003",
        "2025-09",
        {"score": "89.5", "transition": "two-star-below-90", "next_tier": "one-star"},
    ),
    (
        "star below 70",
        "A015",
        "2025-06",
        {"tier": "one-star", "score": "69.0", "transition": "star-below-70", "next_tier": "probation"},
    ),
    (
        "star with two complaints, in spite of 96 points",
        "A007",
        "2026-06",
        {
            "tier": "one-star",
            "score": "96.0",
            "transition": "star-two-complaints",
            "next_tier": "ordinary",
        },
    ),
    (
        "an item at zero moves no star",
        "A015",
        "2025-03",
        {"tier": "one-star", "score": "85.0", "next_tier": "one-star"},
    ),
    (
        "a demotion beats a promotion",
        "A004",
        "2026-02",
        {"score": "91.0", "transition": "two-complaints", "next_tier": "probation"},
    ),
    (
        "of two demotions the lower: complaints below the score's",
        "A007",
        "2025-11",
        {
            "tier": "two-star",
            "score": "85.0",
            "transition": "star-two-complaints",
            "next_tier": "ordinary",
        },
    ),
    (
        "of three demotions the lowest",
        "A011",
        "2026-07",
        {"tier": "two-star", "score": "68.0", "transition": "star-below-70", "next_tier": "probation"},
    ),
    (
        "a dismissed complaint does not count",
        "A013",
        "2025-11",
        {"awards": {"service-star": "100.00"}, "next_tier": "two-star"},
    ),
    # 6.3: no promotion in the quarter of a demotion
    (
        "blocked: down in October, up would be November",
        "A003",
        "2025-10",
        {"score": "96.0", "blocked": True, "transition": None, "next_tier": "one-star"},
    ),
    (
        "still blocked in December",
        "A003",
        "2025-11",
        {"score": "95.5", "blocked": True, "next_tier": "one-star"},
    ),
    (
        "allowed: down in October, up in January",
        "A012",
        "2025-12",
        {"tier": "probation", "blocked": False, "next_tier": "ordinary"},
    ),
    (
        "blocked twice, then free: down in July",
        "A015",
        "2025-08",
        {"score": "88.0", "blocked": True, "next_tier": "probation"},
    ),
    ("free in October", "A015", "2025-09", {"blocked": False, "next_tier": "ordinary"}),
    (
        "the same quarter still allows a second demotion",
        "A005",
        "2025-10",
        {"tier": "one-star", "score": "78.0", "next_tier": "ordinary"},
    ),
    # 5: awards
    ("service star", "A005", "2025-01", {"awards": {"service-star": "100.00"}, "rank": 1}),
    ("hope star", "A009", "2025-01", {"awards": {"hope-star": "50.00"}, "rank": 2}),
    ("equal second, both win in full", "A003", "2025-03", {"awards": {"hope-star": "50.00"}}),
    ("equal ranks are one rank", "A003", "2026-02", {"score": "96.0", "rank": 2}),
    ("and the rank behind them is skipped", "A009", "2026-02", {"score": "95.0", "rank": 4, "awards": {}}),
    (
        "probation takes part",
        "A013",
        "2025-03",
        {"tier": "probation", "awards": {"hope-star": "50.00"}, "total": "1150.00"},
    ),
    ("equal first, both win in full", "A001", "2026-07", {"awards": {"service-star": "100.00"}}),
    ("equal first, the other", "A019", "2026-07", {"awards": {"service-star": "100.00"}}),
    ("no hope star behind two firsts", "A013", "2026-07", {"score": "95.5", "awards": {}}),
    ("the best score with a complaint", "A009", "2026-07", {"score": "98.0", "rank": 1, "awards": {}}),
    ("the best score with a nonconformance", "A005", "2025-04", {"score": "98.5", "rank": 1, "awards": {}}),
    ("a nonconformance of the whole team", "A013", "2025-09", {"score": "95.0", "rank": 1, "awards": {}}),
    (
        "then the other team's best",
        "A011",
        "2025-09",
        {"rank": 4, "awards": {"service-star": "100.00"}},
    ),
    ("a loss bars from no award", "A013", "2025-12", {"loss": "-73.20", "service-star": "100.00"}),
    # 4: losses
    (
        "a loss is charged as it is",
        "A003",
        "2025-02",
        {"loss": "-35.00", "deductions": "35.00", "carried": "0.00"},
    ),
    (
        "at most a fifth of gross",
        "A008",
        "2025-03",
        {"gross": "1816.26", "deductions": "363.25", "carried": "916.75"},
    ),
    (
        "the fifth is rounded down",
        "A012",
        "2026-06",
        {"gross": "2015.09", "deductions": "403.01", "carried": "510.39"},
    ),
    ("carried", "A008", "2025-04", {"deductions": "362.09", "carried": "554.66"}),
    ("carried, and a new loss on top", "A008", "2025-05", {"deductions": "374.08", "carried": "245.08"}),
    ("carried to the end", "A008", "2025-06", {"deductions": "245.08", "carried": "0.00"}),
    (
        "not below the minimum wage",
        "A018",
        "2025-11",
        {"gross": "1100.00", "deductions": "40.00", "total": "1060.00", "carried": "168.50"},
    ),
    (
        "nothing from less than the minimum wage",
        "A021",
        "2026-10",
        {"gross": "461.29", "loss": None, "carried": "45.00"},
    ),
    (
        "a loss in a month not assessed",
        "A008",
        "2026-02",
        {"score": None, "deductions": "40.00", "carried": "280.00"},
    ),
    (
        "what a leaver still owes is not deducted",
        "A010",
        "2025-09",
        {"gross": "660.00", "loss": None, "carried": "110.00"},
    ),
    # 10, 11: part months and months not assessed
    ("joined on the 17th of 31 days", "A017", "2025-03", {"lines": {"base": "532.26"}}),
    (
        "left on the 16th of 31 days: only base is split",
        "A012",
        "2026-10",
        {"base": "567.74", "assessment": "400.00", "full-attendance": "100.00"},
    ),
    ("left on the last day: a whole month", "A020", "2026-08", {"base": "1100.00"}),
    (
        "not assessed: base only, no rank, no move",
        "A009",
        "2025-08",
        {
            "score": None,
            "rank": None,
            "tier": "two-star",
            "next_tier": "two-star",
            "transition": None,
            "lines": {"base": "1100.00"},
        },
    ),
    ("not assessed and a part month", "A018", "2026-02", {"score": None, "lines": {"base": "392.86"}}),
    ("moved to another team", "A001", "2025-06", {"team": "night"}),
    ("and not before", "A001", "2025-05", {"team": "day"}),
]


@pytest.mark.parametrize(("agent", "month", "expected"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_rule(of: Callable[[str, str], dict[str, Any]], agent: str, month: str, expected: dict[str, Any]) -> None:
    found = of(agent, month)
    words = in_the_oracles_words(found)
    words["transition"] = found["transition"] and found["transition"]["id"]
    assert {word: words.get(word, words["lines"].get(word)) for word in expected} == expected


def test_nobody_is_hope_star_behind_two_firsts(ecommerce: list[dict[str, Any]]) -> None:
    (month,) = (each for each in ecommerce if each["month"] == "2026-07")
    won = [award["id"] for agent in month["agents"] for award in agent["awards"]]
    assert won == ["service-star", "service-star"]


def test_nobody_is_listed_before_joining_or_after_leaving(ecommerce: list[dict[str, Any]]) -> None:
    months = {
        agent: [each["month"] for each in ecommerce if agent in {one["agent"] for one in each["agents"]}]
        for agent in ("A010", "A017", "A018", "A020")
    }
    assert {agent: (listed[0], listed[-1]) for agent, listed in months.items()} == {
        "A010": ("2025-01", "2025-09"),
        "A017": ("2025-03", "2026-10"),
        "A018": ("2025-10", "2026-02"),
        "A020": ("2026-05", "2026-08"),
    }


def compare(published: list[dict[str, Any]], oracle: Results) -> None:
    """Every agent-month, and every month's totals, as the oracle has them."""
    engine = {
        (each["month"], agent["agent"]): in_the_oracles_words(agent) for each in published for agent in each["agents"]
    }
    assert engine == oracle
    for each in published:
        statements = [result for (month, _), result in oracle.items() if month == each["month"]]
        for sum_of, total in each["totals"].items():
            assert Decimal(total) == sum(Decimal(statement[sum_of]) for statement in statements)


def test_every_figure_is_the_oracles(ecommerce: list[dict[str, Any]]) -> None:
    assert len(ecommerce) == 22
    compare(ecommerce, calculate(ROOT, "ecommerce"))


# Scores near every threshold, on it, and anywhere.
TARGETS = ["50", "69.5", "70", "79.5", "80", "89.5", "90", "94.5", "95", "95.5", "100"]
SCORES = st.one_of(st.sampled_from(TARGETS), st.integers(80, 400).map(lambda quarters: str(quarters / 4)))
MONEY = st.integers(0, 200_000).map(lambda cents: str(Decimal(cents) / 100))
STATED = st.dictionaries(st.sampled_from(sorted(POINTS)), st.sampled_from(["0", "n/a", "7.25"]), max_size=3)
WORKED = st.builds(
    lambda score, commission, attendance, stated: line(score, commission, attendance, **stated),
    SCORES,
    MONEY,
    st.sampled_from(["yes", "no"]),
    st.one_of(st.just({}), st.just({}), STATED),
)
AWAY = st.just({"not_assessed": "病假"})
LINES = st.sampled_from([WORKED] * 5 + [AWAY]).flatmap(lambda kind: kind)


@st.composite
def departments(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Draw one to four agents over one to six months, with transfers, joiners and leavers."""
    start = draw(st.integers(0, 11))
    count = draw(st.integers(1, 6))
    months = [f"{2025 + index // 12}-{index % 12 + 1:02}" for index in range(start, start + count)]
    agents: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 4))):
        first = draw(st.sampled_from([0, 0, 0, *range(count)]))
        last = draw(st.sampled_from([*range(first, count), count, count, count]))
        newcomer = first > 0 or draw(st.booleans())
        joined = f"{months[first]}-{draw(st.integers(1, 14)):02}" if newcomer else "2024-06-03"
        tier = draw(st.sampled_from(["probation", "ordinary", "one-star", "two-star"]))
        team = draw(st.sampled_from(["day", "night"]))
        history = [{"from": months[first], "team": team, "tier": tier}]
        if last > first + 1 and draw(st.booleans()):
            history.append({"from": months[first + 1], "team": draw(st.sampled_from(["day", "night"]))})
        agent: dict[str, Any] = {"agent": f"A{number + 1:03}", "name": "某某"}
        agent |= {"joined": joined, "history": history}
        if last < count:
            days = calendar.monthrange(*map(int, months[last].split("-")))[1]
            agent["left"] = f"{months[last]}-{draw(st.integers(14, days))}"
        agents.append(agent)
    told: dict[str, Any] = {}
    for month in months:
        lines: dict[str, dict[str, Any]] = {}
        here = [a for a in agents if a["joined"][:7] <= month <= a.get("left", "9999")[:7]]
        for agent in here:
            team = team_in(agent, month)
            lines.setdefault(team, {})[agent["agent"]] = draw(LINES)
        known = [agent["agent"] for agent in here]
        whom = st.sampled_from(known) if known else st.nothing()
        statuses = st.sampled_from(["upheld", "upheld", "dismissed"])
        losses = st.tuples(whom, st.just("loss"), MONEY.filter(lambda amount: amount != "0"))
        nonconformances = st.tuples(
            st.one_of(whom, st.sampled_from(["day", "night"])), st.just("nonconformance"), st.just("")
        )
        told[month] = {
            "lines": lines,
            "complaints": draw(st.lists(st.tuples(whom, statuses), max_size=4)) if known else [],
            "events": draw(st.lists(st.one_of(losses, nonconformances), max_size=3)) if known else [],
        }
    return agents, told


@settings(max_examples=40)
@given(departments())
def test_random_departments_agree_with_the_oracle(
    department: tuple[list[dict[str, Any]], dict[str, Any]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.joinpath(POLICY).parent.mkdir(parents=True)
        shutil.copy(ROOT / POLICY, root / POLICY)
        write_department(root, *department)
        compare(documents(root, "small"), calculate(root, "small"))
