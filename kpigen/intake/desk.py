"""The desk: what is known of a department and a month when something is to be entered for them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kpigen.policy.period import ends, last_month
from kpigen.reading.readers import read_agent
from kpigen.records import Department
from kpigen.repository import close_path, read_agents, read_month, read_policy, read_record, survey
from kpigen.roster import Roster
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kpigen.finding import Finding
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.records import Team
    from kpigen.repository import DepartmentFiles, MonthRecords, Survey
    from kpigen.snapshot import Snapshot
    from kpigen.text import Text

__all__ = [
    "Desk",
    "MisuseError",
    "Task",
    "choose_department",
    "open_desk",
    "open_task",
    "require_policy",
    "team_meant",
]


class MisuseError(Exception):
    """What is asked for cannot be done: ``text`` says why. Nothing is wrong with any file."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.template)
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A department as it stands.

    Attributes:
        folder: the department's folder, which is its id.
        roster: its people and policies.
        files: the paths of its records.
        agent_ids: the agents of every department; their ids are unique in the whole repository.
        snapshot: the files that it was opened from.
        kept: the id that the next record gets, because an earlier draft of the same has it.
    """

    folder: str
    roster: Roster
    files: DepartmentFiles
    snapshot: Snapshot
    agent_ids: tuple[str, ...]
    kept: str | None = None

    def closed(self, month: Month) -> bool:
        """Tell whether a month is closed."""
        return close_path(self.folder, month) in self.files.months.get(month, ())

    def records(self, month: Month) -> MonthRecords:
        """Return a month's records; what cannot be read is left out."""
        return read_month(self.snapshot, self.folder, month, self.files.months.get(month, ()))[0]

    def require_open(self, month: Month) -> None:
        """Refuse a month that is closed.

        Raises:
            MisuseError: it is.
        """
        if self.closed(month):
            raise MisuseError(
                say("{month} of {department} is closed; it is corrected by an adjustment in a later month",
                    month=str(month), department=self.folder)
            )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Scores that are to be entered: for which month, of one team or of all, and when they were given."""

    desk: Desk
    policy: Policy
    month: Month
    team: str | None = None
    assessed: date | None = None


def open_task(desk: Desk, month: Month, *, team: str | None = None, assessed: date | None = None) -> Task:
    """Prepare to enter scores.

    Raises:
        MisuseError: the month is closed or has no policy, or the team is unknown.
    """
    policy = require_policy(desk, month)
    desk.require_open(month)
    _require_due(policy, month)
    if team is not None:
        team = team_meant(desk, team)
        _require_team(desk, team)
    return Task(desk=desk, policy=policy, month=month, team=team, assessed=assessed)


def _require_due(policy: Policy, month: Month) -> None:
    """Refuse a month in which nobody is assessed."""
    every = policy.version.assess.every
    if not policy.cards:
        raise MisuseError(say("the policy {policy} gives no score, so that there are no sheets", policy=policy.id))
    if not ends(month, every):
        last = last_month(month, every)
        message = say(
            "{month} is not assessed by itself; the period ends with {last}", month=str(month), last=str(last)
        )
        raise MisuseError(message)


def choose_department(snapshot: Snapshot, stated: str | None, subject: str | None) -> str:
    """Return the department that is stated, or else the only one that has a team or agent.

    Raises:
        MisuseError: there is none, or more than one.
    """
    found, _ = survey(snapshot.entries)
    if stated is not None:
        if stated in found.departments:
            return stated
        raise MisuseError(_unknown_department(stated, found.departments))
    holders = [name for name in sorted(found.departments) if subject is None or _has(snapshot, found, name, subject)]
    if len(holders) == 1:
        return holders[0]
    if holders:
        raise MisuseError(
            say("which department is meant? say --department with one of: {names}", names=", ".join(holders))
        )
    if subject is None or isinstance(read_agent(subject), str):
        raise MisuseError(say("no department has an agent or a team {subject}", subject=subject or ""))
    teams: dict[str, Team] = {}
    for name in sorted(found.departments):
        teams |= _teams(snapshot, found, name)
    raise MisuseError(
        say("no department has an agent or a team {subject}; the teams are: {names}",
            subject=subject, names=_listed(subject, teams))
    )  # fmt: skip


def _teams(snapshot: Snapshot, found: Survey, name: str) -> Mapping[str, Team]:
    files = found.departments[name]
    filed, _ = read_record(snapshot, files.department, Department) if files.department else (None, ())
    return filed.record.teams if filed else {}


def _has(snapshot: Snapshot, found: Survey, name: str, subject: str) -> bool:
    files = found.departments[name]
    if isinstance(read_agent(subject), str):
        return f"records/{name}/agents/{subject}.yaml" in files.agents
    teams = _teams(snapshot, found, name)
    words = {name.casefold() for team in teams.values() for name in (team.name.zh, team.name.en)}
    return subject in teams or subject.strip().casefold() in words


def _unknown_department(stated: str, known: Iterable[str]) -> Text:
    names = sorted(known)
    if near := nearest(stated, names):
        return say("there is no department {stated}; did you mean {near}?", stated=stated, near=near)
    return say("there is no department {stated}; there are: {names}", stated=stated, names=", ".join(names))


def open_desk(snapshot: Snapshot, department: str) -> tuple[Desk | None, tuple[Finding, ...]]:
    """Read a department, its agents and its policies.

    Args:
        snapshot: the files.
        department: a department that exists.

    Returns:
        The desk; or None and the findings, when any of these files has an error.
    """
    found, _ = survey(snapshot.entries)
    files = found.departments[department]
    if files.department is None:
        raise MisuseError(say("{path} is missing", path=f"records/{department}/department.yaml"))
    filed, findings = read_record(snapshot, files.department, Department)
    agents, more = read_agents(snapshot, sorted(files.agents))
    if filed is None or more:
        return None, (*findings, *more)
    used = {line.use for line in filed.record.policy}
    policies: dict[str, dict[Month, Policy]] = {}
    faults: list[Finding] = []
    for name in sorted(used & found.policies.keys()):
        for month, path in found.policies[name].items():
            policy, _, wrong = read_policy(snapshot, path)
            faults.extend(wrong)
            if policy is not None:
                policies.setdefault(name, {})[month] = policy
    if faults:
        return None, tuple(faults)
    roster = Roster(department=filed, agents=agents, policies=policies, stated=found.policies)
    everybody = [path for each in found.departments.values() for path in each.agents]
    ids = tuple(sorted(path.rpartition("/")[2].removesuffix(".yaml") for path in everybody))
    return Desk(folder=department, roster=roster, files=files, snapshot=snapshot, agent_ids=ids), ()


def require_policy(desk: Desk, month: Month) -> Policy:
    """Return the policy version in force in a month.

    Raises:
        MisuseError: there is none.
    """
    policy = desk.roster.policy(month)
    if policy is None:
        raise MisuseError(
            say("no policy is in force for {department} in {month}", department=desk.folder, month=str(month))
        )
    return policy


def team_meant(desk: Desk, team: str) -> str:
    """Return the id of a team that is named by id, or by a name in either language that no other one has."""
    teams = desk.roster.department.record.teams
    word = team.strip().casefold()
    named = [each for each, stated in teams.items() if word in {stated.name.zh.casefold(), stated.name.en.casefold()}]
    return named[0] if team not in teams and len(named) == 1 else team


def _require_team(desk: Desk, team: str) -> None:
    """Refuse a team that the department does not have.

    Raises:
        MisuseError: it does not.
    """
    teams = desk.roster.department.record.teams
    if team not in teams:
        raise MisuseError(
            say("{department} has no team {team}; it has: {names}",
                department=desk.folder, team=team, names=_listed(team, teams))
        )  # fmt: skip


def _listed(word: str, teams: Mapping[str, Team]) -> str:
    """List teams by id and name, those first that are nearest to a word."""
    near = get_close_matches(word.lower(), teams, len(teams), 0)
    return ", ".join(f"{team} ({teams[team].name.zh})" for team in near)
