"""Corrections of the star-tier regulation, calculated a second time: everything from the first month on, each time.

Nothing is compared step by step: in every month that holds adjustments, an agent's whole history is calculated
anew as it is now known, everybody else left as approved, and what is due by it is set against what was ever paid.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.star_tier import Agent, calculate_month, text

NOT_ASSESSED = {"not_assessed": "病假"}


@dataclass
class Facts:
    """What the records of a month say: lines by agent, complaints by id, events by id."""

    lines: dict[str, dict[str, str]]
    complaints: dict[str, tuple[str, str]] = field(default_factory=dict)  # agent, status
    events: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Adjusted:
    """An adjustment: of whom, of which month, and what it says."""

    agent: str
    corrects: str
    inputs: dict[str, str] = field(default_factory=dict)
    complaints: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)


def as_known(facts: Facts, agent: str, adjusted: list[Adjusted]) -> Facts:
    """What a month's records say of an agent, with adjustments about that month written into them."""
    known = deepcopy(facts)
    cells = {name: cell for name, cell in known.lines.get(agent, {}).items() if name != "not_assessed"}
    for each in adjusted:
        if "not_assessed" in each.inputs:
            known.lines[agent] = dict(NOT_ASSESSED)
        elif each.inputs:
            cells |= each.inputs
            known.lines[agent] = dict(cells)
        for name, status in each.complaints.items():
            known.complaints[name] = (agent, status)
        for name, word in each.events.items():
            if word == "withdrawn":
                known.events.pop(name, None)
            else:
                known.events[name] = deepcopy(facts.events[name]) | {"amount": word}
    return known


def result(month: str, agents: dict[str, Agent], facts: Facts) -> dict[str, dict[str, Any]]:
    upheld = [agent for agent, status in facts.complaints.values() if status == "upheld"]
    return calculate_month(month, agents, facts.lines, upheld, list(facts.events.values()))


def calculate_corrected(
    people: dict[str, dict[str, Any]], months: dict[str, Facts], filed: dict[str, list[Adjusted]]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the results of every month by agent; ``corrections`` are the lines paid for earlier months.

    Args:
        people: the agents' records.
        months: what was recorded, month by month, in order.
        filed: the adjustments by the month that holds them, in order.
    """
    entry = {agent: Agent(record, record["history"][0]["tier"]) for agent, record in people.items()}
    now, brought = deepcopy(entry), dict[str, dict[str, Agent]]()
    results: dict[str, dict[str, dict[str, Any]]] = {}
    paid: dict[tuple[str, str], dict[str, Fraction]] = {}  # agent and month: all that was ever paid for it, by line
    for month, facts in months.items():
        corrections: dict[str, dict[str, str]] = {}
        for agent in sorted({each.agent for each in filed.get(month, [])}):
            known = [each for when, listed in filed.items() if when <= month for each in listed if each.agent == agent]
            own = deepcopy(entry[agent])
            for earlier in [name for name in months if name < month]:
                everybody = deepcopy(brought[earlier]) | {agent: own}
                about = [each for each in known if each.corrects == earlier]
                anew = result(earlier, everybody, as_known(months[earlier], agent, about)).get(agent)
                if anew is None:
                    continue
                due = {line: Fraction(amount) for line, amount in anew["lines"].items()}
                before = paid[agent, earlier]
                for line in sorted({*due, *before}):
                    more = due.get(line, Fraction(0)) - before.get(line, Fraction(0))
                    if more:
                        amount = ("-" if more < 0 else "") + text(abs(more), 2)
                        corrections.setdefault(agent, {})[f"{line}@{earlier}"] = amount
                paid[agent, earlier] = due
            now[agent] = own
        brought[month] = deepcopy(now)
        results[month] = result(month, now, facts)
        for agent, found in results[month].items():
            paid[agent, month] = {line: Fraction(amount) for line, amount in found["lines"].items()}
        for agent, lines in corrections.items():
            results[month].setdefault(agent, {"left": True})["corrections"] = lines
    return results
