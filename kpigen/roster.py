"""A department's roster: who is in which team, which policy governs which month, who may sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kpigen.policy.period import ends

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.policy.duty import Duty
    from kpigen.records import Agent, Department
    from kpigen.repository import Filed

__all__ = ["Roster", "duties_due", "employed", "employment_of", "role_of", "team_of"]


@dataclass(frozen=True, kw_only=True)
class Roster:
    """What a department's months have in common.

    Attributes:
        department: the department's record.
        agents: its agents by id, in order.
        policies: the versions of each policy that could be read, by the month from which each is in force.
        stated: the months of every policy's versions, those that could not be compiled included.
        unread: the ids of agents whose file could not be read.
    """

    department: Filed[Department]
    agents: Mapping[str, Filed[Agent]]
    policies: Mapping[str, Mapping[Month, Policy]]
    stated: Mapping[str, Collection[Month]]
    unread: Collection[str] = ()

    @property
    def id(self) -> str:
        """The department's id."""
        return self.department.record.department

    def policy_id(self, month: Month) -> str | None:
        """Return the policy that governs a month, or None."""
        governing = [line for line in self.department.record.policy if line.from_ <= month]
        return max(governing, key=lambda line: line.from_).use if governing else None

    def policy(self, month: Month) -> Policy | None:
        """Return the version in force in a month: the newest of the governing policy that is not later.

        None when there is none, or when it could not be read.
        """
        if month not in self._in_force:
            self._in_force[month] = self._find(month)
        return self._in_force[month]

    def _find(self, month: Month) -> Policy | None:
        name = self.policy_id(month) or ""
        begun = [start for start in self.stated.get(name, ()) if start <= month]
        return self.policies.get(name, {}).get(max(begun)) if begun else None

    @cached_property
    def _in_force(self) -> dict[Month, Policy | None]:
        """What :meth:`policy` has found."""
        return {}

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody who may sign a record."""
        record = self.department.record
        supervisors = (team.supervisor for team in record.teams.values())
        return frozenset((*supervisors, *record.reviewers, *record.people))

    def employed(self, month: Month) -> Iterator[tuple[str, Filed[Agent], tuple[date, date]]]:
        """Yield the agents employed in a month, with the first and last day, by id."""
        first, last = month.first, month.last
        for agent, filed in self.agents.items():
            days = _within(filed.record, first, last)
            if days:
                yield agent, filed, days


def employed(agent: Agent, month: Month) -> tuple[date, date] | None:
    """Return the first and last day of a month on which an agent is employed; None for not at all."""
    return _within(agent, month.first, month.last)


def _within(agent: Agent, first: date, last: date) -> tuple[date, date] | None:
    """Return the first and last day of employment between two days."""
    begin = max(agent.joined, first)
    end = min(agent.left, last) if agent.left else last
    return (begin, end) if begin <= end else None


def duties_due(roster: Roster, months: Iterable[Month]) -> Iterator[tuple[Duty, Month, date]]:
    """Yield each duty of a department with the last month of its period and the day by which it is due."""
    for month in months:
        policy = roster.policy(month)
        for duty in policy.version.duties if policy else ():
            if ends(month, duty.every):
                yield duty, month, month.last + timedelta(days=duty.due_days)


def _last_stated(agent: Agent, month: Month, key: str) -> str | None:
    """Return the role or the form of employment that an agent's history states last by a month; None: nowhere."""
    lines = sorted((stay for stay in agent.history if stay.from_ <= month), key=lambda stay: stay.from_)
    return next((found for stay in reversed(lines) if (found := getattr(stay, key))), None)


def role_of(policy: Policy, agent: Agent, month: Month) -> str | None:
    """Return an agent's role in a month, the policy's first unless stated; None where the policy has no roles."""
    return _stated_of(policy.version.roles, agent, month, "role")


def employment_of(policy: Policy, agent: Agent, month: Month) -> str | None:
    """Return an agent's form of employment in a month, the policy's first unless stated; None as for the role."""
    return _stated_of(policy.version.employment, agent, month, "employment")


def _stated_of(words: Iterable[str], agent: Agent, month: Month, key: str) -> str | None:
    listed = tuple(words)
    stated = _last_stated(agent, month, key)
    return stated if stated in listed else next(iter(listed), None)


def team_of(agent: Agent, month: Month) -> str | None:
    """Return the team that an agent is in in a month."""
    newest = None
    for stay in agent.history:
        if stay.from_ <= month and (newest is None or stay.from_ > newest.from_):
            newest = stay
    return newest.team if newest else None
