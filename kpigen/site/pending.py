"""What is still missing before a month can be closed, as far as the published data tells.

It is what ``kpigen close --check`` lists (:mod:`kpigen.intake.preflight`), but for two things that only the records
tell: on which day each sheet was assessed, and who approved whose work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpigen.site.appeals import Filed
    from kpigen.site.documents import AgentMonth, Complaint, Department, DutyOf, Event, MonthDocument, Waiting

__all__ = ["Pending", "pending"]


@dataclass(frozen=True, slots=True)
class Pending:
    """What stands against closing a month, then what is overdue but stands in nobody's way.

    Attributes:
        missing: agents whose sheet lacks inputs.
        complaints: complaints that nobody has decided.
        events: events that nobody has reviewed, each with the agents whom it is about, one or a whole team.
        appeals: appeals that nobody has decided.
        unadjusted: upheld appeals about closed months that nothing carries out yet.
        actions: actions of agents that are overdue.
        duties: duties of the department that are overdue; told of with the newest month alone.
    """

    missing: tuple[AgentMonth, ...]
    complaints: tuple[tuple[AgentMonth, Complaint], ...]
    events: tuple[tuple[Event, tuple[AgentMonth, ...]], ...]
    appeals: tuple[Filed, ...]
    unadjusted: tuple[Filed, ...]
    actions: tuple[tuple[AgentMonth, Waiting], ...]
    duties: tuple[DutyOf, ...]

    @property
    def stands(self) -> bool:
        """Whether anything stands against closing the month."""
        return bool(self.missing or self.complaints or self.events or self.appeals or self.unadjusted)

    @property
    def late(self) -> bool:
        """Whether anything is overdue."""
        return bool(self.actions or self.duties)


def pending(department: Department, document: MonthDocument, filed: Sequence[Filed]) -> Pending | None:
    """Return what is missing of a month; None where it is closed.

    Args:
        department: whose month it is.
        document: the month.
        filed: the appeals that the month holds.
    """
    if document.status == "closed":
        return None
    newest = department.months[-1].month == document.month
    return Pending(
        missing=tuple(agent for agent in document.agents if agent.not_assessed and agent.not_assessed.missing),
        complaints=tuple(
            (agent, complaint)
            for agent in document.agents
            for complaint in agent.complaints
            if complaint.status == "open"
        ),
        events=_unreviewed(document),
        appeals=tuple(each for each in filed if each.appeal.status == "open"),
        unadjusted=tuple(each for each in filed if each.waiting),
        actions=tuple((agent, each) for agent in document.agents for each in agent.open_actions if each.overdue),
        duties=tuple(duty for duty in department.duties if duty.overdue) if newest else (),
    )


def _unreviewed(document: MonthDocument) -> tuple[tuple[Event, tuple[AgentMonth, ...]], ...]:
    """Return the events that wait for a reviewer. One of a team stands with each of its agents, and is one event."""
    found: dict[str, tuple[Event, list[AgentMonth]]] = {}
    for agent in document.agents:
        for event in agent.events:
            if not event.reviewed:
                found.setdefault(event.event, (event, []))[1].append(agent)
    return tuple((event, tuple(agents)) for event, agents in found.values())
