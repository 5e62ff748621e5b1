"""What an agent's page shows: the newest month in full, the change against the one before, and the history."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.site import chart
from kpigen.site.statement import appeal_by, compare, explain, records_of, statement, zero_items

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpigen.site.chart import Chart
    from kpigen.site.documents import Action, AgentMonth, Appeal, Figure, Item, MonthDocument, Person, Published, Result
    from kpigen.site.rulebook import Policy, PolicyRef
    from kpigen.site.statement import Comparison, StatementLine, Step
    from kpigen.site.wording import Words

__all__ = ["Filed", "Past", "View", "histories", "view"]

#: How many earlier statements a page repeats; all months stand in its history table and in the data.
EARLIER_STATEMENTS = 12


@dataclass(frozen=True, slots=True)
class Past:
    """An agent's month and the document that it stands in."""

    document: MonthDocument
    agent: AgentMonth

    @property
    def incidents(self) -> bool:
        """Whether there was a complaint or an event."""
        return bool(self.agent.complaints or self.agent.events)


@dataclass(frozen=True, slots=True)
class Filed:
    """An appeal and the document of the month in which it was filed."""

    document: MonthDocument
    appeal: Appeal


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A scored item with its clause and the lines of records that its points came from."""

    name: str
    points: str | None
    of: str
    clause: str | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What the page of an agent with at least one month shows."""

    document: MonthDocument
    month: AgentMonth
    gone: bool
    policy: Policy
    words: Words
    comparison: Comparison | None
    appeal_by: str | None
    lines: tuple[StatementLine, ...]
    score_steps: tuple[Step, ...]
    tier_steps: tuple[Step, ...]
    next_rules: tuple[tuple[str, str, str], ...]
    zero_items: tuple[str, ...]
    actions: tuple[tuple[Action, tuple[Step, ...]], ...]
    results: tuple[tuple[Result, tuple[Step, ...]], ...]
    items: tuple[ItemRow, ...]
    appeals: tuple[Filed, ...]
    history: tuple[Past, ...]
    earlier: tuple[Past, ...]
    chart: Chart


def histories(published: Published) -> dict[str, tuple[Past, ...]]:
    """Return every agent's months, oldest first."""
    found: dict[str, list[Past]] = {}
    for document in sorted(published.months.values(), key=lambda document: document.month):
        for agent in document.agents:
            found.setdefault(agent.agent, []).append(Past(document, agent))
    return {agent: tuple(months) for agent, months in found.items()}


def view(published: Published, person: Person, history: Sequence[Past], words_of: Callable[[PolicyRef], Words]) -> View:
    """Work out what the page of one agent shows.

    Args:
        published: everything published.
        person: the agent.
        history: the agent's months, oldest first, at least one.
        words_of: gives the words of a policy version.
    """
    newest = history[-1]
    document, month = newest.document, newest.agent
    policy = published.policies[document.policy]
    words = words_of(document.policy)
    figures = month.figures()
    before = history[-2] if len(history) > 1 else None
    gone = person.gone(
        max(month.month for month in published.months.values() if month.department == document.department)
    )
    return View(
        document=document,
        month=month,
        gone=gone,
        policy=policy,
        words=words,
        comparison=compare(before.agent, before.document.month, month, words) if before else None,
        appeal_by=appeal_by(policy, document.month),
        lines=statement(month, figures, words, gone=gone),
        score_steps=explain(figures, month.score_figure, words),
        tier_steps=() if gone else explain(figures, month.next_tier_figure, words),
        next_rules=() if gone or month.outlook or month.blocked else _next_rules(policy, month, words),
        zero_items=zero_items(month, words),
        actions=tuple((action, explain(figures, action.figure, words)) for action in month.actions),
        results=tuple((result, explain(figures, result.figure, words)) for result in month.results),
        items=tuple(_item(item, figures, words) for item in month.items),
        appeals=_appeals(published, person, document.department),
        history=tuple(reversed(history)),
        earlier=tuple(reversed(history[-1 - EARLIER_STATEMENTS : -1])),
        chart=_chart(history, policy, words),
    )


def _appeals(published: Published, person: Person, department: str) -> tuple[Filed, ...]:
    """Return an agent's appeals, the last filed first."""
    found = [
        Filed(document, appeal)
        for document in published.months.values()
        if document.department == department
        for appeal in (
            *(appeal for agent in document.agents if agent.agent == person.agent for appeal in agent.appeals),
            *(appeal for appeal in document.appeals if appeal.agent == person.agent),
        )
    ]
    return tuple(sorted(found, key=lambda filed: (filed.appeal.filed, filed.appeal.appeal), reverse=True))


def _item(item: Item, figures: Sequence[Figure], words: Words) -> ItemRow:
    clause = figures[item.figure].clause if item.figure is not None else None
    return ItemRow(words.name("item", item.id), item.points, item.of, clause, records_of(figures, item.figure))


def _next_rules(policy: Policy, month: AgentMonth, words: Words) -> tuple[tuple[str, str, str], ...]:
    """Return the promotions open to an agent, in words, where no single score tells how far they are."""
    if month.next_tier != month.tier or month.tier is None:
        return ()
    order = [tier.id for tier in policy.tiers]
    return tuple(
        (words.name("tier", rule.to), words.expression(rule.when), rule.clause)
        for rule in policy.transitions
        if month.tier in rule.from_ and order.index(rule.to) > order.index(month.tier)
    )


def _chart(history: Sequence[Past], policy: Policy, words: Words) -> Chart:
    """Draw the months whose tier the newest policy knows; the table beside the chart has them all."""
    levels: dict[str | None, int] = {tier.id: level for level, tier in enumerate(policy.tiers)}
    if not levels:
        levels[None] = 0
    points = [
        chart.Point(
            past.document.month,
            Decimal(past.agent.score) if past.agent.score else None,
            levels[past.agent.tier],
            bool(past.agent.awards),
        )
        for past in history
        if past.agent.tier in levels
    ]
    names = [words.name("tier", tier) for tier in levels if tier]
    return chart.draw(points, names, chart.thresholds(policy, history[-1].agent.tier))
