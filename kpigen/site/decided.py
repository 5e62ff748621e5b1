"""What each rule of a policy has decided: the agent-months in which it did, counted, the newest named.

A policy's page is Markdown that MkDocs builds, which takes long. What it says of the data is filled in afterwards,
where the page has a mark for each rule, so that a change of a sheet does not run MkDocs.
"""

from __future__ import annotations

import re
from functools import reduce
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from msgspec import Struct

from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.site.documents import AgentMonth, MonthDocument, Published
    from kpigen.site.rulebook import PolicyRef
    from kpigen.text import Lang

__all__ = ["Decided", "decided", "fill", "mark", "merged", "rulings"]

MOST_NAMED: Final = 3
_RULE: Final = r"[a-z]+:[A-Za-z0-9._-]+"
_MARK: Final = re.compile(rf"<!-- kpigen:decided:({_RULE}) -->")


class Decided(Struct, frozen=True):
    """How many agent-months a rule decided, and the newest: agent and month."""

    count: int
    newest: tuple[tuple[str, str], ...]


def rulings(document: MonthDocument) -> dict[str, Decided]:
    """Return what the rules decided in a department's month, by kind and id, as ``pay:base``: ids are of a kind."""
    found: dict[str, list[str]] = {}
    for agent in document.agents:
        for rule in dict.fromkeys(_rules(agent)):
            found.setdefault(rule, []).append(agent.agent)
    return {
        rule: Decided(len(agents), tuple((agent, document.month) for agent in agents[:MOST_NAMED]))
        for rule, agents in found.items()
    }


def merged(each: Iterable[Mapping[str, Decided]]) -> dict[str, Decided]:
    """Return what the rules of a policy version decided in several departments' months, given in any order."""
    found: dict[str, list[Decided]] = {}
    for month in each:
        for rule, ruled in month.items():
            found.setdefault(rule, []).append(ruled)
    return {rule: reduce(_added, listed) for rule, listed in found.items()}


def _added(one: Decided, other: Decided) -> Decided:
    """Add two counts. Of the same month, whose agent has the lower id is named first, whichever was counted first."""
    newest = merge(one.newest, other.newest, key=lambda named: (_backwards(named[1]), named[0]))
    return Decided(one.count + other.count, tuple(islice(newest, MOST_NAMED)))


def _backwards(month: str) -> int:
    return -int(month.replace("-", ""))


def decided(published: Published) -> Mapping[PolicyRef, Mapping[str, Decided]]:
    """Return for each policy version what its rules decided in all the months that are loaded."""
    found: dict[PolicyRef, list[Mapping[str, Decided]]] = {}
    for document in published.months.values():
        found.setdefault(document.policy, []).append(rulings(document))
    return {policy: merged(listed) for policy, listed in found.items()}


def mark(rule: str) -> Markup:
    """Return the mark that stands in a policy's page for what a rule decided."""
    if not re.fullmatch(_RULE, rule):
        raise ValueError(f"not a rule of ours: {rule!r}")
    return Markup(f"<!-- kpigen:decided:{rule} -->")  # noqa: S704 - just checked


def fill(html: str, ruled: Mapping[str, Decided], lang: Lang) -> str:
    """Return a policy's page with what its rules decided in place of their marks."""

    def told(found: re.Match[str]) -> str:
        one = ruled.get(found[1])
        return _said(one, lang) if one else ""

    return _MARK.sub(told, html)


def _said(one: Decided, lang: Lang) -> str:
    named = say(", ").said(lang).join(_link(agent, month) for agent, month in one.newest)
    counted = say("agent-months decided: {count}, the newest:", count=one.count).said(lang)
    return Markup('<span class="k-decided">{} {}</span>').format(counted, Markup(named))  # noqa: S704 - made by _link


def _link(agent: str, month: str) -> Markup:
    return Markup('<a href="../agents/{agent}.html">{agent}</a> {month}').format(agent=agent, month=month)


def _rules(agent: AgentMonth) -> Iterator[str]:
    """Yield the rules that decided something of an agent's month."""
    if agent.transition:
        yield f"transition:{agent.transition.id}"
    if agent.not_assessed and agent.not_assessed.rule:
        yield f"eligible:{agent.not_assessed.rule}"
    if agent.grade:
        yield f"grade:{agent.grade}"
    yield from (f"pay:{line.id}" for line in agent.lines if line.corrects is None)
    yield from (f"award:{award.id}" for award in agent.awards)
    yield from (f"action:{action.id}" for action in agent.actions)
    yield from (f"ladder:{action.ladder}" for action in agent.actions if action.ladder)
    yield from (f"item:{item.id}" for item in agent.items if item.points is not None)
    yield from (f"result:{result.id}" for result in agent.results if result.value is not None)
