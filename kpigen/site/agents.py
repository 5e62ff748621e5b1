"""What an agent's page shows: the newest month in full, the change against the one before, and the history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.site import chart
from kpigen.site.appeals import appeal_by
from kpigen.site.corrections import later
from kpigen.site.statement import compare, correcting, explain, records_of, sections_of, statement, zero_items

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpigen.site.appeals import Filed
    from kpigen.site.chart import Chart
    from kpigen.site.corrections import Book, Later, Told
    from kpigen.site.documents import Action, AgentMonth, Figure, Item, MonthDocument, Person, Published, Result
    from kpigen.site.rulebook import Policy, PolicyRef
    from kpigen.site.statement import Comparison, CorrectingLine, StatementLine, Step
    from kpigen.site.wording import Words

__all__ = ["Past", "View", "histories", "view"]

#: How many earlier statements a page repeats; all months stand in its history table and in the data.
EARLIER_STATEMENTS = 12


@dataclass(frozen=True, slots=True)
class Past:
    """An agent's month, the document that it stands in, and what later months correct of it.

    ``appeal_by`` is the last day on which it could be appealed against.
    """

    document: MonthDocument
    agent: AgentMonth
    later: tuple[Later, ...] = ()
    appeal_by: str | None = None

    @property
    def incidents(self) -> bool:
        """Whether there was a complaint or an event."""
        return bool(self.agent.complaints or self.agent.events)

    @property
    def eventful(self) -> bool:
        """Whether the month stands for something: not one of a longer period in which nothing happened."""
        agent = self.agent
        happened = (
            agent.pay.lines,
            agent.awards,
            agent.actions,
            agent.settled_actions,
            agent.appeals,
            agent.corrections,
            self.later,
        )
        return not agent.waits or self.incidents or any(happened) or agent.next_tier != agent.tier


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A scored item with its clause and the lines of records that its points came from.

    ``breach`` says for which breach it has 0 points, and by which clause.
    """

    name: str
    points: str | None
    of: str
    weight: str | None
    clause: str | None
    places: tuple[str, ...]
    steps: tuple[Step, ...]
    breach: tuple[str, str | None] | None


@dataclass(frozen=True, slots=True)
class View:
    """What the page of an agent with at least one month shows.

    ``assessed`` is the newest month with a score; ``period`` are the first and the last month that a score covers.
    ``corrections`` are those that the newest month holds, ``corrected`` those of all months, the newest first.
    ``shortened``: the history leaves out months in which a longer period went on and nothing happened.
    """

    document: MonthDocument
    month: AgentMonth
    gone: bool
    policy: Policy
    words: Words
    assessed: Past | None
    period: tuple[str, str] | None
    absent_steps: tuple[Step, ...]
    comparison: Comparison | None
    appeal_by: str | None
    lines: tuple[StatementLine, ...]
    corrections: tuple[tuple[Told, tuple[CorrectingLine, ...]], ...]
    score_steps: tuple[Step, ...]
    tier_steps: tuple[Step, ...]
    next_rules: tuple[tuple[str, str, str], ...]
    zero_items: tuple[str, ...]
    actions: tuple[tuple[Action, tuple[Step, ...]], ...]
    results: tuple[tuple[Result, tuple[Step, ...]], ...]
    items: tuple[ItemRow, ...]
    appeals: tuple[Filed, ...]
    corrected: tuple[Told, ...]
    history: tuple[Past, ...]
    shortened: bool
    earlier: tuple[Past, ...]
    chart: Chart

    @property
    def paid(self) -> bool:
        """Whether the policy or a month has to do with money."""
        rules = self.policy.pay or any(award.amount != "0" for award in self.policy.awards)
        return bool(rules or self.document.totals.gross.strip("0.") or self.earlier or self.month.pay.lines)

    @property
    def columns(self) -> frozenset[str]:
        """Which columns the history needs."""
        told = {
            "tier": any(past.agent.tier for past in self.history),
            "score": any(past.agent.score for past in self.history),
            "pay": self.paid,
        }
        return frozenset(name for name, wanted in told.items() if wanted)


def histories(published: Published) -> dict[str, tuple[Past, ...]]:
    """Return every agent's months, oldest first."""
    found: dict[str, list[Past]] = {}
    for document in sorted(published.months.values(), key=lambda document: document.month):
        for agent in document.agents:
            found.setdefault(agent.agent, []).append(Past(document, agent))
    return {agent: tuple(months) for agent, months in found.items()}


def view(
    published: Published,
    person: Person,
    history: Sequence[Past],
    words_of: Callable[[PolicyRef], Words],
    book: Book,
) -> View:
    """Work out what the page of one agent shows.

    Args:
        published: everything published.
        person: the agent.
        history: the agent's months, oldest first, at least one.
        words_of: gives the words of a policy version.
        book: the department's appeals and corrections.
    """
    corrected = book.of(person.agent)
    history = tuple(_told(published, past, corrected) for past in history)
    newest = history[-1]
    document, month = newest.document, newest.agent
    policy = published.policies[document.policy]
    words = words_of(document.policy)
    figures = month.figures()
    before, sections = _baseline(history, policy), sections_of(month)
    absence = month.not_assessed
    gone = person.gone(
        max(month.month for month in published.months.values() if month.department == document.department)
    )
    return View(
        document=document,
        month=month,
        gone=gone,
        policy=policy,
        words=words,
        assessed=next((past for past in reversed(history) if past.agent.assessed), None),
        period=words.period(document.month) if month.assessed else None,
        absent_steps=explain(figures, absence.figure, words) if absence else (),
        comparison=compare(before.agent, before.document.month, month, words) if before else None,
        appeal_by=appeal_by(policy, document.month),
        lines=statement(month, figures, words, gone=gone),
        corrections=tuple(
            (told, correcting(month, told.month, figures, words_of(told.policy)))
            for told in corrected
            if told.document is document
        ),
        score_steps=explain(figures, month.score_figure, words, {item.id: "" for item in month.items}),
        tier_steps=() if gone or month.tier is None else explain(figures, month.next_tier_figure, words),
        next_rules=() if gone or month.outlook or month.blocked else _next_rules(policy, month, words),
        zero_items=zero_items(month, words),
        actions=tuple((action, explain(figures, action.figure, words, sections)) for action in month.actions),
        results=tuple((result, explain(figures, result.figure, words, sections)) for result in month.results),
        items=tuple(_item(item, figures, words) for item in month.items),
        appeals=book.appeals_of(person.agent),
        corrected=corrected,
        history=tuple(past for past in reversed(history) if past.eventful or past is newest),
        shortened=not all(past.eventful for past in history[:-1]),
        earlier=tuple(past for past in reversed(history[:-1]) if past.agent.pay.lines)[:EARLIER_STATEMENTS],
        chart=_chart(history, policy, words),
    )


def _baseline(history: Sequence[Past], policy: Policy) -> Past | None:
    """Return the month that the newest is compared with: where a period is assessed, the one before it."""
    *earlier, newest = history
    if newest.agent.departed:
        return None
    if policy.assess.get("every", "month") == "month" or not earlier:
        return earlier[-1] if earlier else None
    if newest.agent.assessed:
        return next((past for past in reversed(earlier) if past.agent.assessed), None)
    return earlier[-1] if newest.agent.pay.lines else None


def _told(published: Published, past: Past, corrected: Sequence[Told]) -> Past:
    """Add to a month what later months correct of it, and until when it can be appealed against."""
    document = past.document
    return replace(
        past,
        later=later(corrected, document.month),
        appeal_by=appeal_by(published.policies[document.policy], document.month),
    )


def _item(item: Item, figures: Sequence[Figure], words: Words) -> ItemRow:
    figure = figures[item.figure] if item.figure is not None else None
    breach = words.breach(figure, [figures[one] for one in figure.of]) if figure else None
    return ItemRow(
        name=words.name("item", item.id),
        points=item.points,
        of=item.of,
        weight=words.weight(item.id),
        clause=figure.clause if figure else None,
        places=records_of(figures, item.figure),
        steps=explain(figures, item.figure, words) if figure and figure.op else (),
        breach=(words.operation(breach.op), breach.clause) if breach else None,
    )


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
    """Draw the months whose tier the newest policy knows, without those in which a longer period goes on."""
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
        if past.agent.tier in levels and not past.agent.waits and not past.agent.departed
    ]
    names = [words.name("tier", tier) for tier in levels if tier]
    return chart.draw(points, names, chart.thresholds(policy, history[-1].agent.tier))
