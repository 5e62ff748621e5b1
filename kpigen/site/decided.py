"""What each rule of a policy has decided: the agent-months in which it did, counted, the newest named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.site.documents import AgentMonth, Published
    from kpigen.site.rulebook import PolicyRef

__all__ = ["Decided", "decided"]

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Decided:
    """How many agent-months a rule decided, and the newest: agent and month."""

    count: int
    newest: tuple[tuple[str, str], ...]


def decided(published: Published) -> Mapping[PolicyRef, Mapping[str, Decided]]:
    """Return for each policy version what its rules decided, by kind and id, as ``pay:base``: ids are of a kind."""
    found: dict[PolicyRef, dict[str, list[tuple[str, str]]]] = {}
    for document in sorted(published.months.values(), key=lambda document: document.month, reverse=True):
        rules = found.setdefault(document.policy, {})
        for agent in document.agents:
            for rule in dict.fromkeys(_rules(agent)):
                rules.setdefault(rule, []).append((agent.agent, document.month))
    return {
        policy: {rule: Decided(len(listed), tuple(listed[:MOST_NAMED])) for rule, listed in rules.items()}
        for policy, rules in found.items()
    }


def _rules(agent: AgentMonth) -> Iterator[str]:
    """Yield the rules that decided something of an agent's month."""
    if agent.transition:
        yield f"transition:{agent.transition.id}"
    if agent.not_assessed and agent.not_assessed.rule:
        yield f"eligible:{agent.not_assessed.rule}"
    if agent.grade:
        yield f"grade:{agent.grade}"
    yield from (f"pay:{line.id}" for line in agent.pay.lines if line.corrects is None)
    yield from (f"award:{award.id}" for award in agent.awards)
    yield from (f"action:{action.id}" for action in agent.actions)
    yield from (f"ladder:{action.ladder}" for action in agent.actions if action.ladder)
    yield from (f"item:{item.id}" for item in agent.items if item.points is not None)
    yield from (f"result:{result.id}" for result in agent.results if result.value is not None)
