"""A made-up company: valid records of any size, the same for the same size, under the star-tier policy.

``python -m bench.department ROOT AGENTS MONTHS [DEPARTMENTS]`` makes one in an empty folder.
"""

from __future__ import annotations

import random
import shutil
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpigen.month import Month

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FIRST", "TEAM", "Agent", "make_repository", "sheet_path"]

POLICY: Final = Path(__file__).parent.parent / "policy/star-tier/2025-01.yaml"
FIRST: Final = Month(2025, 1)
TEAM: Final = 25
"""How many agents a team has."""

_MOST = {
    "response": 15,
    "resolution": 20,
    "satisfaction": 20,
    "attitude": 15,
    "knowledge": 10,
    "teamwork": 10,
    "discipline": 10,
}
_WIDTH = len(": 123.45, ")
_COMPLAINTS, _EVENTS = 0.04, 0.03
_ABSENT, _NOT_APPLICABLE = 0.02, 0.02
_JOINS_LATER, _LEAVES, _CHANGES_TEAM = 0.05, 0.05, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """An agent: ``level`` is what share of the points the agent usually gets; ``left`` is the last month."""

    id: str
    team: int
    level: float
    joined: Month
    left: Month | None
    moved: tuple[Month, int] | None

    def team_in(self, month: Month) -> int | None:
        """Return the team of a month, None where the agent is not employed."""
        if month < self.joined or (self.left and month > self.left):
            return None
        return self.moved[1] if self.moved and self.moved[0] <= month else self.team


def make_repository(root: Path, size: int, months: int, departments: int = 1) -> None:
    """Write the records of a company and the policy that governs it.

    Args:
        root: an empty folder.
        size: how many agents there are in all; not all of them are employed in every month.
        months: how many months there are records for.
        departments: among how many departments the agents are shared out.
    """
    policy = root / "policy/star-tier" / POLICY.name
    policy.parent.mkdir(parents=True)
    shutil.copyfile(POLICY, policy)
    each = -(-size // departments)
    for number in range(departments):
        first = number * each
        agents = _agents(range(first, min(first + each, size)), months)
        _make_department(root, f"bench-{number + 1}" if number else "bench", agents, months)


def _make_department(root: Path, department: str, everybody: tuple[Agent, ...], months: int) -> None:
    folder = root / "records" / department
    teams = range(1 + (len(everybody) - 1) // TEAM)
    _write(folder / "department.yaml", _department(department, teams))
    for agent in everybody:
        _write(folder / f"agents/{agent.id}.yaml", _agent(agent))
    for month in (FIRST.plus(index) for index in range(months)):
        present = [agent for agent in everybody if agent.team_in(month) is not None]
        for team in teams:
            _write(sheet_path(root, month, team, department), _sheet(month, team, present))
        for number, (agent, dice) in enumerate(_struck(present, month, "complaints", _COMPLAINTS), start=1):
            identity = f"C-{month}-{number:03}"
            _write(folder / f"{month}/complaints/{identity}.yaml", _complaint(identity, agent, month, dice))
        for number, (agent, dice) in enumerate(_struck(present, month, "events", _EVENTS), start=1):
            identity = f"E-{month}-{number:03}"
            _write(folder / f"{month}/events/{identity}.yaml", _event(identity, agent, month, dice))


def sheet_path(root: Path, month: Month, team: int, department: str = "bench") -> Path:
    """Return where the sheet of a team's month stands."""
    return root / f"records/{department}/{month}/scores/team-{team:03}.yaml"


def _agents(numbers: range, months: int) -> tuple[Agent, ...]:
    """Return the agents of a department; a few join later, leave, or change the team once."""
    dice, teams = _dice("agents", *filter(None, [numbers.start])), 1 + (len(numbers) - 1) // TEAM

    def some_month() -> Month:
        return FIRST.plus(dice.randrange(1, max(2, months)))

    made = []
    for position, number in enumerate(numbers):
        joined = some_month() if dice.random() < _JOINS_LATER else FIRST.plus(-1)
        left, moved = some_month(), some_month()
        made.append(
            Agent(
                id=f"A{number:05}",
                team=position // TEAM,
                level=dice.gauss(0.84, 0.08),
                joined=joined,
                left=left if dice.random() < _LEAVES and joined < left else None,
                moved=(moved, dice.randrange(teams)) if dice.random() < _CHANGES_TEAM and joined < moved else None,
            )
        )
    return tuple(made)


def _department(department: str, teams: range) -> str:
    number = department.removeprefix("bench").replace("-", " ")
    lines = [
        f"department: {department}",
        f"name: {{zh: 测试部{number}, en: Bench{number}}}",
        "publish: {names: full, pay: full}",
        "policy:",
        f"  - {{from: {FIRST}, use: star-tier}}",
        "teams:",
        *(
            f"  team-{team:03}: {{name: {{zh: 第{team}组, en: Team {team}}}, supervisor: lead.{team:03}}}"
            for team in teams
        ),
        "reviewers: [zhao.lei]",
    ]
    return _file("department", lines)


def _agent(agent: Agent) -> str:
    lines = [f"agent: {agent.id}", f"name: {{zh: 客服{agent.id}, en: Agent {agent.id}}}"]
    lines.append(f"joined: {agent.joined.first + timedelta(days=10)}")
    if agent.left:
        lines.append(f"left: {agent.left.first + timedelta(days=19)}")
    lines += ["history:", f"  - {{from: {agent.joined}, team: team-{agent.team:03}, tier: {_tier(agent)}}}"]
    if agent.moved:
        lines.append(f"  - {{from: {agent.moved[0]}, team: team-{agent.moved[1]:03}}}")
    return _file("agent", lines)


def _tier(agent: Agent) -> str:
    return "probation" if agent.joined >= FIRST else "ordinary"


def _sheet(month: Month, team: int, present: list[Agent]) -> str:
    after = month.plus(1)
    lines = [
        f"month: {month}",
        f"team: team-{team:03}",
        f"assessor: lead.{team:03}",
        f"assessed: {after}-06",
        "agents:",
    ]
    lines += (f"  {agent.id}: {{{_line(agent, month)}}}" for agent in present if agent.team_in(month) == team)
    return _file("scores", lines if len(lines) > len(_HEAD) else [*lines[:-1], "agents: {}"])


_HEAD = ("month", "team", "assessor", "assessed", "agents")


def _line(agent: Agent, month: Month) -> str:
    """Return an agent's cells, in columns as people keep them."""
    dice = _dice(agent.id, month)
    if dice.random() < _ABSENT:
        return "not_assessed: sick leave"
    cells = {name: _points(dice, agent.level, most) for name, most in _MOST.items()}
    cells["commission"] = f"{dice.randrange(0, 50000) / 100:.2f}"
    cells["full_attendance"] = "yes" if dice.random() < agent.level else "no"
    *before, last = (f"{name}: {text}" for name, text in cells.items())
    return "".join(f"{cell},".ljust(len(name) + _WIDTH) for name, cell in zip(cells, before, strict=False)) + last


def _points(dice: random.Random, level: float, most: int) -> str:
    if dice.random() < _NOT_APPLICABLE:
        return "n/a"
    halves = round(2 * most * min(1.0, max(0.0, dice.gauss(level, 0.08))))
    return f"{halves // 2}.5" if halves % 2 else f"{halves // 2}"


def _struck(present: list[Agent], month: Month, what: str, share: float) -> Iterator[tuple[Agent, random.Random]]:
    """Yield the agents who have a record of a kind in the month, each with dice of its own."""
    for agent in present:
        dice = _dice(what, agent.id, month)
        if dice.random() < share:
            yield agent, dice


def _complaint(identity: str, agent: Agent, month: Month, dice: random.Random) -> str:
    lines = [
        f"complaint: {identity}",
        f"agent: {agent.id}",
        f"received: {month}-{dice.randrange(1, 20):02}",
        "channel: phone",
        f"category: {dice.choice(('attitude', 'delay', 'wrong-answer'))}",
        f"severity: {dice.choice(('minor', 'major'))}",
        "summary: 等待时间过长且语气生硬",
        f"status: {dice.choice(('upheld', 'dismissed'))}",
        f"decided: {{on: {month}-{dice.randrange(20, 28):02}, by: zhao.lei}}",
    ]
    return _file("complaint", lines)


def _event(identity: str, agent: Agent, month: Month, dice: random.Random) -> str:
    loss = dice.random() < 0.5  # noqa: PLR2004 - one half each
    lines = [
        f"event: {identity}",
        f"agent: {agent.id}",
        f"kind: {'loss' if loss else 'nonconformance'}",
        f"on: {month}-{dice.randrange(1, 28):02}",
        *([f"amount: {dice.randrange(500, 60000) / 100:.2f}"] if loss else []),
        "note: 发错赠品",
        f"proposed: lead.{agent.team:03}",
        "reviewed: zhao.lei",
    ]
    return _file("event", lines)


def _file(kind: str, lines: list[str]) -> str:
    return "\n".join([f"# yaml-language-server: $schema=schema/{kind}.json", *lines, ""])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _dice(*seed: object) -> random.Random:
    """Return chance that is the same for the same seed, whatever else was drawn before."""
    return random.Random(" ".join(map(str, seed)))  # noqa: S311 - made-up records are no secret


if __name__ == "__main__":
    make_repository(Path(sys.argv[1]), *map(int, sys.argv[2:]))
