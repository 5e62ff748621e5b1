"""The index: departments, months, agents and policies, so that a reader finds every other document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.export.plain_json import encode, named
from kpigen.month import Period
from kpigen.roster import duties_due, team_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.records import Agent
    from kpigen.roster import Roster

__all__ = ["index_document"]


def index_document(
    departments: Iterable[tuple[Roster, Mapping[Month, str], Mapping[Month | Period, str]]], policies: Iterable[Policy]
) -> bytes:
    """Return the index.

    Args:
        departments: each roster with the status of each of its months, and the digest of each of its closes,
            those of longer periods among them.
        policies: every version.
    """
    return encode(
        {
            "schema": "kpigen/index/v1",
            "departments": [_department(*each) for each in departments],
            "policies": [
                {"id": policy.id, "version": str(policy.month), "title": named(policy.version.title)}
                for policy in sorted(policies, key=lambda policy: (policy.id, policy.month))
            ],
        }
    )


def _department(roster: Roster, months: Mapping[Month, str], closes: Mapping[Month | Period, str]) -> dict[str, object]:
    record = roster.department.record
    newest = max(months, default=None)
    return {
        "department": record.department,
        "name": named(record.name),
        "publish": {"names": record.publish.names, "pay": record.publish.pay},
        "teams": [
            {"team": team, "name": named(each.name), "supervisor": each.supervisor}
            for team, each in record.teams.items()
        ],
        "reviewers": list(record.reviewers),
        "months": [
            {"month": str(month), "status": status, "policy": _policy(roster, month), **_close(closes.get(month))}
            for month, status in sorted(months.items())
        ],
        **_periods(closes),
        "duties": list(_duties(roster, sorted(months))),
        "agents": [
            {
                "agent": agent,
                "name": named(filed.record.name),
                "team": _team(filed.record, newest),
                "joined": str(filed.record.joined),
                "left": str(filed.record.left) if filed.record.left else None,
            }
            for agent, filed in sorted(roster.agents.items())
        ],
    }


def _duties(roster: Roster, months: Sequence[Month]) -> Iterator[dict[str, object]]:
    """Yield every duty of every period; one that is not done is overdue once the newest month ends after its day."""
    entries = {(entry.duty, entry.period): entry for entry in roster.department.record.duties}
    for duty, period, due in duties_due(roster, months):
        done = entries.get((duty.id, period))
        yield {
            "duty": duty.id,
            "name": named(duty.name),
            "clause": duty.clause,
            "period": str(period),
            "due": str(due),
            "done": {"on": str(done.on), "by": done.by, "note": done.note} if done else None,
            "overdue": done is None and due < months[-1].last,
        }


def _periods(closes: Mapping[Month | Period, str]) -> dict[str, object]:
    """Return the closes of quarters, half-years and years, where there are any."""
    found = sorted((each.last, each.length, each) for each in closes if isinstance(each, Period))
    return {"periods": [{"period": str(each), "close": closes[each]} for *_, each in found]} if found else {}


def _close(digest: str | None) -> dict[str, str]:
    return {} if digest is None else {"close": digest}


def _team(agent: Agent, newest: Month | None) -> str | None:
    """Return the team in the newest month; the first team of whoever joins after it."""
    first = agent.history[0].team if agent.history else None
    return (team_of(agent, newest) if newest else None) or first


def _policy(roster: Roster, month: Month) -> dict[str, str] | None:
    policy = roster.policy(month)
    return {"id": policy.id, "version": str(policy.month)} if policy else None
