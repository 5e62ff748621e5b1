"""Random departments with random adjustments over several months, against a second, naive computation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpigen.ledger import keep
from tests.engine.mini import BASE, DEPARTMENT, Documents, Files, agent, close, complaint, event, sheet
from tests.oracle.corrected import NOT_ASSESSED, Adjusted, Facts, calculate_corrected
from tests.oracle.small import line, yaml_of
from tests.oracle.star_tier import days_employed, following
from tests.property.replayer import Replayer
from tests.property.test_star_tier import POLICY, SCORES, TEXT, TIERS

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWER = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
MONEY = st.decimals(0, 500, places=2).map(str)


@dataclass
class Story:
    """A department, what was recorded of it, and what was put right afterwards."""

    people: dict[str, dict[str, Any]]
    months: dict[str, Facts]
    filed: dict[str, list[Adjusted]]

    def files(self) -> dict[str, str]:
        """The repository; every month but the last is closed."""
        files = {POLICY: TEXT, DEPARTMENT: BASE[DEPARTMENT].replace("use: mini", "use: star-tier")}
        for name, record in self.people.items():
            days = {key: str(record[key]) for key in ("joined", "left") if key in record}
            files[f"records/shop/agents/{name}.yaml"] = agent(name, record["history"][0]["tier"], **days)
        for month, facts in self.months.items():
            lines = {name: yaml_of(cells) for name, cells in facts.lines.items()}
            files[f"records/shop/{month}/scores/day.yaml"] = sheet(month, lines)
            for name, (who, status) in facts.complaints.items():
                files |= complaint(month, int(name[-3:]), agent=who, status=status)
            for name, stated in facts.events.items():
                files |= event(month, int(name[-3:]), **({"agent": "", "amount": ""} | stated))
            if month != max(self.months):
                files |= close(month)
        for month, listed in self.filed.items():
            for number, each in enumerate(listed, 1):
                files |= written(f"J-{month}-{number:03}", month, each)
        return files


def written(name: str, folder: str, each: Adjusted) -> dict[str, str]:
    record = {
        "adjustment": name,
        "corrects": each.corrects,
        "agent": each.agent,
        "inputs": each.inputs,
        "complaints": each.complaints,
        "events": each.events,
        "reason": "复核",
    }
    text = "".join(f"{key}: {yaml_of(value)}\n" for key, value in record.items() if value)
    return {f"records/shop/{folder}/adjustments/{name}.yaml": text}


@st.composite
def stated_lines(draw: st.DrawFn) -> dict[str, str]:
    full = draw(st.sampled_from(["yes", "no"]))
    found = line(draw(SCORES), draw(MONEY), full)
    if draw(st.integers(0, 5)) == 0:
        found["teamwork"] = draw(st.sampled_from(["0", "n/a"]))
    return found


@st.composite
def employed(draw: st.DrawFn, months: list[str]) -> dict[str, dict[str, Any]]:
    people: dict[str, dict[str, Any]] = {}
    for number in range(1, draw(st.integers(2, 4)) + 1):
        record: dict[str, Any] = {
            "joined": "2024-06-03",
            "history": [{"from": "2024-06", "team": "day", "tier": draw(TIERS)}],
        }
        if number > 1 and draw(st.integers(0, 3)) == 0:
            record["left"] = f"{draw(st.sampled_from(months))}-{draw(st.sampled_from([14, 28]))}"
        people[f"A{number:03}"] = record
    return people


@st.composite
def stories(draw: st.DrawFn) -> Story:
    months = ["2025-01"]
    while len(months) < draw(st.integers(2, 5)):
        months.append(following(months[-1]))
    people = draw(employed(months))
    facts = {}
    for month in months:
        here = [name for name, record in people.items() if days_employed(record, month)]
        lines = {name: dict(NOT_ASSESSED) if draw(st.integers(0, 6)) == 0 else draw(stated_lines()) for name in here}
        found = facts[month] = Facts(lines)
        for number in range(1, draw(st.integers(0, 3)) + 1):
            status = draw(st.sampled_from(["upheld", "dismissed"]))
            found.complaints[f"C-{month}-{number:03}"] = (draw(st.sampled_from(here)), status)
        for number in range(1, draw(st.integers(0, 3)) + 1):
            found.events[f"E-{month}-{number:03}"] = draw(happened(here))
    filed: dict[str, list[Adjusted]] = {}
    for month in months[1:]:
        for name in people:
            for corrects in [each for each in months if each < month and name in facts[each].lines]:
                if draw(st.integers(0, 2)) == 0:
                    earlier = [each for listed in filed.values() for each in listed]
                    filed.setdefault(month, []).append(draw(adjusted(name, corrects, facts[corrects], earlier)))
    return Story(people, facts, filed)


@st.composite
def happened(draw: st.DrawFn, here: list[str]) -> dict[str, str]:
    kind = draw(st.sampled_from(["loss", "loss", "nonconformance", "team"]))
    if kind == "team":
        return {"kind": "nonconformance", "team": "day"}
    stated = {"kind": kind, "agent": draw(st.sampled_from(here))}
    return stated | ({"amount": str(draw(st.decimals("0.01", 900, places=2)))} if kind == "loss" else {})


@st.composite
def adjusted(draw: st.DrawFn, name: str, corrects: str, facts: Facts, earlier: Iterable[Adjusted]) -> Adjusted:
    known = {cell for each in earlier if (each.agent, each.corrects) == (name, corrects) for cell in each.inputs}
    whole = "not_assessed" in facts.lines[name] and not known - {"not_assessed"}
    found = Adjusted(name, corrects)
    what = draw(st.sampled_from(["cells", "cells", "line", "absence", "complaints", "events"]))
    mine = [each for each, (who, _) in facts.complaints.items() if who == name]
    ours = [each for each, stated in facts.events.items() if stated.get("agent", name) == name]
    if what == "absence":
        found.inputs = dict(NOT_ASSESSED)
    elif what == "complaints" and mine:
        found.complaints = {each: draw(st.sampled_from(["upheld", "dismissed"])) for each in mine[:2]}
    elif what == "events" and ours:
        one = draw(st.sampled_from(ours))
        words = ["withdrawn", *(["12.34", "500"] if "amount" in facts.events[one] else [])]
        found.events = {one: draw(st.sampled_from(words))}
    else:
        cells = draw(stated_lines())
        some = (
            list(cells)
            if whole or what == "line"
            else draw(st.lists(st.sampled_from(list(cells)), min_size=1, unique=True))
        )
        found.inputs = {cell: cells[cell] for cell in cells if cell in some}
    return found


def published(files: dict[str, str]) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The agents of each month, and the policy's document; nothing is wrong but marks of closing that state nothing."""
    sink = Documents()
    found = keep(Files(files), sink=sink)
    allowed = {"close-changed", "close-result", "close-chain", "no-change", "total-below-zero"}
    assert {each.rule.id for each in found.findings} <= allowed, found.findings
    documents = (json.loads(text) for path, text in sorted(sink.written.items()) if path.startswith("v1/shop/"))
    policy = json.loads(sink.written["v1/policy/star-tier/2025-01.json"])
    return {each["month"]: {row["agent"]: row for row in each["agents"]} for each in documents}, policy


@FEWER
@given(stories())
def test_corrections_are_those_of_a_naive_computation(story: Story) -> None:
    expected = calculate_corrected(story.people, story.months, story.filed)
    found, policy = published(story.files())
    assert found.keys() == expected.keys()
    for month, results in expected.items():
        assert found[month].keys() >= results.keys()
        for name, row in found[month].items():
            result = results.get(name, {"left": True})  # one who has left, and of whom nothing differs in pay
            lines = {each["id"]: each["amount"] for each in row["pay"]["lines"]}
            assert {each: amount for each, amount in lines.items() if "@" in each} == result.get("corrections", {})
            paid = [Decimal(amount) for amount in lines.values()]
            assert Decimal(row["pay"]["total"]) == sum(paid)
            assert Decimal(row["pay"]["gross"]) == sum(amount for amount in paid if amount > 0)
            if "left" not in result:
                assert {each: amount for each, amount in lines.items() if "@" not in each} == result["lines"]
                assert (row["score"], row["rank"]) == (result["score"], result["rank"])
                assert (row["tier"], row["next_tier"]) == (result["tier"], result["next_tier"])
                assert Decimal(row["carried"].get("loss", "0")) == Decimal(result["carried"])
                assert [each["id"] for each in row["actions"]] == result["actions"]
            replayed = Replayer(policy, row["figures"]).values
            for each in row["pay"]["lines"]:
                assert replayed[each["figure"]] == Fraction(each["amount"])
            told = {name for made in row.get("corrections", []) for name in made["adjustments"]}
            mine = {f"J-{month}-{n:03}" for n, each in enumerate(story.filed.get(month, []), 1) if each.agent == name}
            assert told == mine
