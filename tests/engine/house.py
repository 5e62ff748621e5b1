"""A department under a policy of a few rules, written where the test stands, so that its results can be worked out.

Every rule is one line; ``~`` in it stands for a name and a clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kpigen.ledger import keep
from kpigen.text import Lang
from tests.engine.mini import ABSENT, BASE, DEPARTMENT, Files, agent, findings_of, month, sheet

__all__ = ["ABOUT", "CATEGORIES", "House", "found", "lines_of", "person", "policy", "results_of", "without_places"]

ABOUT = 'name: {zh: 名, en: Name}, clause: "1"'
SCORE = '{sum: points, of: 100, round: {to: 0.1}, clause: "1"}'
MARK = "mark: {points: 100, ~}"
CATEGORIES = """{categories: {attitude: {zh: 态度, en: Attitude}, delay: {zh: 拖延, en: Delay}},
  severities: {minor: {zh: 轻微, en: Minor}, major: {zh: 严重, en: Major}}, clause: "1"}"""
LISTS = ("eligible", "transitions", "pay", "awards", "actions", "ladders", "duties")
SECTIONS = (
    "parameters",
    "employment",
    "roles",
    "eligible",
    "inputs",
    "events",
    "complaints",
    "procedure",
    "duties",
    "measures",
    "items",
    "score",
    "grades",
    "results",
    "tiers",
    "transitions",
    "moves",
    "pay",
    "awards",
    "actions",
    "ladders",
    "examples",
)


def policy(
    *,
    every: object = "month",
    name: object = "mini",
    version: object = "2025-01",
    score: object = SCORE,
    inputs: object = (MARK,),
    **sections: object,
) -> str:
    """A policy: in sections that are lists or tables each string is a rule, any other one is the section's text."""
    stated: dict[str, object] = {"score": score, "inputs": inputs, **sections}
    assert stated.keys() <= {*SECTIONS}, stated.keys() - {*SECTIONS}
    text = [
        f"policy: {name}",
        f"version: {version}",
        "title: {zh: 制度, en: A policy}",
        "adopted: {on: 2024-12-20, by: general-manager}",
        "currency: CNY",
        f'assess: {{every: {every}, opens: 5, closes: 10, clause: "1"}}',
        'clauses: {"1": {zh: 一, en: One}, "2": {zh: 二, en: Two}}',
    ]
    for section in SECTIONS:
        given = stated.get(section)
        if isinstance(given, str):
            text.append(f"{section}: {given}")
        elif given:
            assert isinstance(given, list | tuple)
            text.append(f"{section}:")
            text.extend(f"  - {{{rule}}}" if section in LISTS else f"  {rule}" for rule in given)
    return "\n".join(text).replace("~", ABOUT) + "\n"


def person(number: str, team: str = "day", joined: str = "2024-06-03", left: str = "", **stay: str) -> str:
    """An agent who is in one team all the time."""
    stated = "".join(f", {key}: {word}" for key, word in stay.items())
    more = {"left": left} if left else {}
    return agent(number, "", joined=joined, history=f"[{{from: {joined[:7]}, team: {team}{stated}}}]", **more)


Lines = Mapping[str, Any]
"""The lines of each month by agent."""


@dataclass
class House:
    """A department: its policy, who is there, and what the sheets say month by month.

    A line is a mark (``"80"``), a line as it stands in a sheet (``"{mark: 80, sales: 5}"``), or None: not assessed.
    """

    rules: str
    lines: Lines = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    together: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    department: str = BASE[DEPARTMENT]

    @property
    def files(self) -> dict[str, str]:
        """The repository."""
        stated = {line.partition(": ")[0]: line.partition(": ")[2] for line in self.rules.splitlines()[:2]}
        files = {f"policy/{stated['policy']}/{stated['version']}.yaml": self.rules}
        version = stated["version"]
        files[DEPARTMENT] = self.department.replace("from: 2025-01", f"from: {version}")
        numbers = {number for lines in self.lines.values() for number in lines} | {*self.people}
        people = {number: self.people.get(number, person(number)) for number in sorted(numbers)}
        files |= {f"records/shop/agents/{number}.yaml": text for number, text in people.items()}
        for name, lines in self.lines.items():
            teams = sorted({team_in(people[number]) for number in lines} | {*self.together.get(name, {})})
            for team in teams:
                mine = {number: line for number, line in lines.items() if team_in(people[number]) == team}
                written = sheet(name, {number: written_line(line) for number, line in mine.items()}, team)
                shared = self.together.get(name, {}).get(team)
                if shared:
                    written = written.replace("agents:\n", f"together: {shared}\nagents:\n")
                files[f"records/shop/{name}/scores/{team}.yaml"] = written
        return files | dict(self.more)

    def month(self, name: str) -> dict[str, Any]:
        """The agents of a month's document, by id; nothing is wrong with the repository."""
        return month(self.files, name)

    def findings(self) -> list[str]:
        """All findings."""
        return findings_of(self.files)

    def hints(self) -> list[str]:
        """What all findings advise."""
        return [found.hint.said(Lang.EN) if found.hint else "" for found in keep(Files(self.files)).findings]


def team_in(text: str) -> str:
    """The team of an agent's file."""
    return text.rpartition("team: ")[2].partition(",")[0].partition("}")[0]


def written_line(line: str | None) -> str:
    """A line as it stands in a sheet."""
    if line is None:
        return ABSENT
    return line if line.startswith("{") else f"{{mark: {line}}}"


def lines_of(row: dict[str, Any]) -> dict[str, str]:
    """The pay lines of an agent's month."""
    return {line["id"]: line["amount"] for line in row["pay"]["lines"]}


def results_of(row: dict[str, Any]) -> dict[str, str | None]:
    """The results of an agent's month."""
    return {each["id"]: each["value"] for each in row.get("results", ())}


def without_places(findings: list[str]) -> list[str]:
    """Findings as severity, message and rule."""
    return [line.split(": ", 1)[1] for line in findings]


def found(row: dict[str, Any], name: str) -> dict[str, Any]:
    """The first figure of this name in an agent's table."""
    return next(each for each in row["figures"] if each["name"] == name)
