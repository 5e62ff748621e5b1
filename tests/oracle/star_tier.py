"""S19 star-tier, calculated a second time: naively, from the words of the regulation, with no code of kpigen.

Reads the records as plain text and goes through the months one by one. What it says is compared with the
engine, agent by agent and month by month; where the two differ, one of them is wrong.
"""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

# Clause 7: seven scored items, 100 points.
POINTS = {
    "response": 15,
    "resolution": 20,
    "satisfaction": 20,
    "attitude": 15,
    "knowledge": 10,
    "teamwork": 10,
    "discipline": 10,
}
TIERS = ["probation", "ordinary", "one-star", "two-star"]
MINIMUM_WAGE = 1060


@dataclass
class Agent:
    """What must be remembered of an agent from one month to the next."""

    record: dict[str, Any]
    tier: str
    owed: Fraction = Fraction(0)
    was_below_70: bool = False
    demoted_in: list[tuple[int, int]] = field(default_factory=list)  # quarters in which demotions took effect


def half_up(number: Fraction, places: int) -> Fraction:
    return Fraction(math.floor(number * 10**places + Fraction(1, 2)), 10**places)


def text(number: Fraction, places: int) -> str:
    units = number * 10**places
    assert units.denominator == 1, f"{number} is not rounded"
    whole, rest = divmod(units.numerator, 10**places)
    return f"{whole}.{rest:0{places}}"


def read(path: Path) -> Any:  # noqa: ANN401  # a YAML file may hold anything
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # makes nothing but text, lists and tables


def records(folder: Path) -> list[dict[str, Any]]:
    return [read(path) for path in sorted(folder.glob("*.yaml"))]


def following(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"


def quarter(month: str) -> tuple[int, int]:
    year, number = map(int, month.split("-"))
    return year, (number - 1) // 3


def days_employed(record: dict[str, Any], month: str) -> int:
    """Calendar days of the month from joining to leaving, both counted."""
    last = calendar.monthrange(*map(int, month.split("-")))[1]
    days = (f"{month}-{day:02}" for day in range(1, last + 1))
    return sum(record["joined"] <= day <= record.get("left", "9999-12-31") for day in days)


def team_in(record: dict[str, Any], month: str) -> str:
    return str([entry["team"] for entry in record["history"] if entry["from"] <= month][-1])


def score_of(line: dict[str, str]) -> Fraction:
    """Clause 7: points out of those that applied, on a scale of 100."""
    applicable = [item for item in POINTS if line[item] != "n/a"]
    reached = sum((Fraction(line[item]) for item in applicable), Fraction(0))
    return half_up(reached / sum(POINTS[item] for item in applicable) * 100, 1)


def moves(tier: str, score: Fraction, complaints: int, line: dict[str, str]) -> list[str]:
    """Return every tier that some rule of clauses 3 and 6 would move the agent to."""
    zero = any(line[item] != "n/a" and Fraction(line[item]) == 0 for item in POINTS)
    rules = {
        "probation": [(score >= 80, "ordinary")],
        "ordinary": [
            (score >= 90, "one-star"),
            (score < 70, "probation"),  # 6, ordinary, first
            (complaints >= 2, "probation"),  # 6, ordinary, third
            (zero, "probation"),  # 6, ordinary, fourth
        ],
        "one-star": [
            (score >= 95, "two-star"),
            (score < 80, "ordinary"),  # 6, star, first
            (score < 70, "probation"),  # 6, star, third
            (complaints >= 2, "ordinary"),  # 6, star, fourth
        ],
        "two-star": [
            (score < 90, "one-star"),  # 6, star, second
            (score < 70, "probation"),  # 6, star, third
            (complaints >= 2, "ordinary"),  # 6, star, fourth
        ],
    }
    return [to for applies, to in rules[tier] if applies]


def earned(tier: str, score: Fraction, line: dict[str, str]) -> dict[str, Fraction]:
    """Return clause 3's lines other than base, for an assessed month; on probation there are none."""
    if tier == "probation":
        return {}
    star = {"ordinary": 0, "one-star": 200, "two-star": 300 if score >= 95 else 200}[tier]
    return {
        "assessment": Fraction(400 if score >= 80 else 0),
        "commission": Fraction(line["commission"]),
        "full-attendance": Fraction(100 if line["full_attendance"] == "yes" else 0),
        "star-bonus": Fraction(star if score >= 90 else 0),
    }


def calculate(root: Path, department: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return, for every month and every agent employed in it, what the contract's result states."""
    folder = root / "records" / department
    agents = {r["agent"]: Agent(r, r["history"][0]["tier"]) for r in records(folder / "agents")}
    results: dict[tuple[str, str], dict[str, Any]] = {}
    for month in sorted(path.name for path in folder.glob("????-??")):
        lines = {k: v for sheet in records(folder / month / "scores") for k, v in sheet["agents"].items()}
        upheld = [c["agent"] for c in records(folder / month / "complaints") if c["status"] == "upheld"]
        found = calculate_month(month, agents, lines, upheld, records(folder / month / "events"))
        results |= {(month, a): result for a, result in found.items()}
    return results


def calculate_month(
    month: str,
    agents: dict[str, Agent],
    lines: dict[str, dict[str, str]],
    upheld: list[str],
    events: list[dict[str, str]],
) -> dict[str, dict[str, Any]]:
    """Return a month's results by agent; what the agents take along to the next month is noted with them.

    ``upheld`` names the agent of each upheld complaint.
    """
    results: dict[str, dict[str, Any]] = {}
    bad = [e.get("agent", e.get("team")) for e in events if e["kind"] == "nonconformance"]
    here = [a for a in agents if days_employed(agents[a].record, month)]
    scores = {a: score_of(lines[a]) for a in here if "not_assessed" not in lines[a]}
    # Clause 5: no complaint and no nonconformance, the agent's own or the team's.
    clean = {a for a in scores if not {a, team_in(agents[a].record, month)} & {*upheld, *bad}}
    for a in here:
        agent, line, score = agents[a], lines[a], scores.get(a)
        tier = next_tier = agent.tier
        days = calendar.monthrange(*map(int, month.split("-")))[1]
        # Clause 3: pay.
        pay = {"base": half_up(Fraction(1100 * days_employed(agent.record, month), days), 2)}
        awards, actions, blocked = {}, [], False
        if score is not None:
            pay |= earned(tier, score, line)
            # Clause 5: awards; equal ranks all win, and the rank behind them is skipped.
            if a in clean:
                place = 1 + sum(scores[other] > score for other in clean)
                awards = {1: {"service-star": 100}, 2: {"hope-star": 50}}.get(place, {})
            pay |= {award: Fraction(amount) for award, amount in awards.items()}
            # Clause 6: the lowest tier wins; after a demotion no promotion in the same quarter.
            to = min(moves(tier, score, upheld.count(a), line), key=TIERS.index, default=tier)
            if TIERS.index(to) > TIERS.index(tier):
                blocked = quarter(following(month)) in agent.demoted_in
                next_tier = tier if blocked else to
            elif to != tier:
                next_tier = to
                agent.demoted_in.append(quarter(following(month)))
            # Clause 6, second: two assessed months running below 70.
            if score < 70 and agent.was_below_70:
                actions = ["dismissal-review"]
            agent.was_below_70 = score < 70
        # Clause 4: losses, within a fifth of the gross and above the minimum wage; the rest is carried.
        gross = sum(pay.values(), Fraction(0))
        due = agent.owed + sum(Fraction(e["amount"]) for e in events if e["kind"] == "loss" and e.get("agent") == a)
        fifth = Fraction(math.floor(gross / 5 * 100), 100)
        loss = max(min(due, fifth, gross - MINIMUM_WAGE), Fraction(0))
        agent.owed, agent.tier = due - loss, next_tier
        pay["loss"] = -loss
        results[a] = {
            "team": team_in(agent.record, month),
            "score": None if score is None else text(score, 1),
            "rank": None if score is None else 1 + sum(other > score for other in scores.values()),
            "tier": tier,
            "next_tier": next_tier,
            "moved": tier != next_tier,
            "blocked": blocked,
            "lines": {k: ("-" if v < 0 else "") + text(abs(v), 2) for k, v in pay.items() if v},
            "gross": text(gross, 2),
            "deductions": text(loss, 2),
            "total": text(gross - loss, 2),
            "awards": {award: f"{amount}.00" for award, amount in awards.items()},
            "actions": actions,
            "carried": text(agent.owed, 2),
        }
    return results
