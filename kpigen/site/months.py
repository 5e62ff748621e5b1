"""What the page of a month shows: who moved, who won, what is to be done, and averages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.month import Month
from kpigen.site import distribution
from kpigen.site.trend import average, monthly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from kpigen.site.distribution import Distribution
    from kpigen.site.documents import Action, AgentMonth, Award, Department, MonthDocument, Published, Waiting
    from kpigen.site.rulebook import Policy
    from kpigen.site.trend import Monthly
    from kpigen.site.wording import Words

__all__ = [
    "MOST_COMMITS",
    "MOST_LISTED",
    "MOST_NAMED",
    "Overview",
    "Spread",
    "overview",
    "overviews",
    "present",
    "spread",
]

MOST_LISTED: Final = 500
"""The rule for large departments: with more agents than this a page lists teams, and the teams' pages their agents."""

MOST_NAMED: Final = 30
"""How many agents a page names of those who moved, won, or have something to do; it says how many more there are."""

MOST_COMMITS: Final = 12
"""How many commits a page names, the newest; the audit page has the others."""

DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Closing:
    """The close of a month, by the beginning of its digest; ``previous`` is empty where the chain begins."""

    digest: str
    before: str
    previous: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How tiers and scores are spread; None where there are none."""

    tiers: Distribution | None
    scores: Distribution | None

    @property
    def shown(self) -> bool:
        """Whether there is a distribution of enough people to be shown."""
        return any(each is not None and bool(each.bands) for each in (self.tiers, self.scores))

    @property
    def few(self) -> bool:
        """Whether there is a distribution that is not shown, of too few people."""
        return any(each is not None and not each.bands for each in (self.tiers, self.scores))


@dataclass(frozen=True, slots=True)
class Overview:
    """A department's month: agents by rank, and what stands out.

    ``waiting`` are the actions of earlier months that are open, the overdue ones first; ``before`` is the month before,
    if it has results.
    """

    department: Department
    month: MonthDocument
    before: MonthDocument | None
    policy: Policy
    agents: tuple[AgentMonth, ...]
    assessed: int
    average: Decimal | None
    up: tuple[AgentMonth, ...]
    down: tuple[AgentMonth, ...]
    awards: tuple[tuple[AgentMonth, Award], ...]
    actions: tuple[tuple[AgentMonth, Action], ...]
    waiting: tuple[tuple[AgentMonth, Waiting], ...]
    complaints: tuple[tuple[str, Counter[str]], ...]
    closing: Closing | None

    @property
    def every(self) -> str | None:
        """The period that goes on, or ``never``, where that alone is why nobody is assessed; otherwise None."""
        here = [agent for agent in self.month.agents if not agent.departed]
        reasons = {agent.not_assessed.every if agent.not_assessed else None for agent in here}
        return reasons.pop() if len(reasons) == 1 else None

    @property
    def paid(self) -> bool:
        """Whether the policy has to do with money, and what is paid is published."""
        totals = self.month.totals
        if totals is None:
            return False
        prizes = any(award.amount != "0" for award in self.policy.awards)
        return bool(self.policy.pay or prizes or totals.gross.strip("0."))

    @property
    def listed(self) -> bool:
        """Whether the agents are few enough to be listed one by one."""
        return len(self.agents) <= MOST_LISTED

    @property
    def against(self) -> tuple[Monthly, Monthly] | None:
        """The numbers of the month before and of this one, where both have something to tell."""
        if self.before is None:
            return None
        rows = monthly([(document, present(document.agents)) for document in (self.before, self.month)])
        return (rows[0], rows[1]) if len(rows) == 2 else None  # noqa: PLR2004 - both of them

    @property
    def teams(self) -> tuple[tuple[str, Monthly], ...]:
        """The numbers of each team that has agents."""
        members: dict[str, list[AgentMonth]] = {}
        for agent in present(self.month.agents):
            members.setdefault(agent.team, []).append(agent)
        return tuple((team, row) for team in sorted(members) for row in monthly([(self.month, members[team])]))


def present(agents: Iterable[AgentMonth]) -> list[AgentMonth]:
    """Return those who had not left before the month."""
    return [agent for agent in agents if not agent.departed]


def overviews(published: Published, department: Department) -> Iterator[Overview]:
    """Yield a department's months, oldest first."""
    before = None
    for ref in department.months:
        document = published.months[department.department, ref.month]
        yield overview(published, department, document, before)
        before = document


def overview(
    published: Published, department: Department, month: MonthDocument, before: MonthDocument | None = None
) -> Overview:
    """Return what stands out of a month; ``before`` is the month before, if it is at hand."""
    policy = published.policies[month.policy]
    order = {tier.id: level for level, tier in enumerate(policy.tiers)}
    gone = {person.agent for person in department.agents if person.gone(month.month)}
    moved = [agent for agent in month.agents if agent.next_tier != agent.tier and agent.agent not in gone]
    up = [agent for agent in moved if order.get(agent.next_tier or "", 0) > order.get(agent.tier or "", 0)]
    raised = {agent.agent for agent in up}
    return Overview(
        department=department,
        month=month,
        before=before,
        policy=policy,
        agents=tuple(sorted(month.agents, key=lambda agent: (agent.rank is None, agent.rank or 0, agent.agent))),
        assessed=sum(agent.assessed for agent in month.agents),
        average=average(month.agents),
        up=tuple(up),
        down=tuple(agent for agent in moved if agent.agent not in raised),
        awards=tuple((agent, award) for agent in month.agents for award in agent.awards),
        actions=tuple((agent, action) for agent in month.agents for action in agent.actions),
        waiting=_waiting(month),
        complaints=_complaints(month.agents),
        closing=_closing(department, month.month),
    )


def spread(agents: Iterable[AgentMonth], words: Words) -> Spread:
    """Return how tiers and scores are spread over some agents."""
    listed = list(agents)
    return Spread(distribution.tier_distribution(listed, words), distribution.score_distribution(listed, words))


def _waiting(month: MonthDocument) -> tuple[tuple[AgentMonth, Waiting], ...]:
    found = [
        (agent, waiting)
        for agent in month.agents
        for waiting in agent.open_actions
        if waiting.overdue or waiting.month != month.month
    ]
    return tuple(sorted(found, key=lambda each: (not each[1].overdue, each[1].due or "9", each[0].agent)))


def _closing(department: Department, month: str) -> Closing | None:
    """Return the close of a month with the one that it follows in the chain, that of the month before."""
    closes = {ref.month: ref.close for ref in department.months if ref.close}
    parsed, digest = Month.parse(month), closes.get(month)
    if parsed is None or digest is None:
        return None
    before = str(parsed.plus(-1))
    return Closing(digest[:DIGEST_SHOWN], before, closes.get(before, "")[:DIGEST_SHOWN])


def _complaints(agents: Iterable[AgentMonth]) -> tuple[tuple[str, Counter[str]], ...]:
    """Return how many complaints of each category have which status."""
    counted: dict[str, Counter[str]] = {}
    for agent in agents:
        for complaint in agent.complaints:
            counted.setdefault(complaint.category, Counter())[complaint.status] += 1
    return tuple(sorted(counted.items()))
