"""What is still missing before a month can be closed, as far as the published data tells.

``kpigen close --check`` looks at the records themselves, and at the days on which the sheets were assessed too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpigen.site.appeals import Filed
    from kpigen.site.documents import AgentMonth, Complaint, Department, DutyOf, MonthDocument, Waiting

__all__ = ["Pending", "pending"]


@dataclass(frozen=True, slots=True)
class Pending:
    """What stands against closing a month, then what is overdue but stands in nobody's way.

    Attributes:
        missing: agents whose sheet lacks inputs.
        complaints: complaints that nobody has decided.
        appeals: appeals that nobody has decided.
        unadjusted: upheld appeals about closed months that nothing carries out yet.
        actions: actions of agents that are overdue.
        duties: duties of the department that are overdue; told of with the newest month alone.
    """

    missing: tuple[AgentMonth, ...]
    complaints: tuple[tuple[AgentMonth, Complaint], ...]
    appeals: tuple[Filed, ...]
    unadjusted: tuple[Filed, ...]
    actions: tuple[tuple[AgentMonth, Waiting], ...]
    duties: tuple[DutyOf, ...]

    @property
    def stands(self) -> bool:
        """Whether anything stands against closing the month."""
        return bool(self.missing or self.complaints or self.appeals or self.unadjusted)

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
        appeals=tuple(each for each in filed if each.appeal.status == "open"),
        unadjusted=tuple(each for each in filed if each.waiting),
        actions=tuple((agent, each) for agent in document.agents for each in agent.open_actions if each.overdue),
        duties=tuple(duty for duty in department.duties if duty.overdue) if newest else (),
    )
