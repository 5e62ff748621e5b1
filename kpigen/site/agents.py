"""What an agent's page shows: the newest month in full, the change against the one before, and the history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.site import chart
from kpigen.site.appeals import appeal_by
from kpigen.site.corrections import later
from kpigen.site.items import apart, items
from kpigen.site.prospects import nearest, prospects
from kpigen.site.statement import (
    OWN_SECTION,
    compare,
    correcting,
    explain,
    sections_of,
    statement,
    zero_items,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kpigen.site.appeals import Filed
    from kpigen.site.audit import Closed
    from kpigen.site.chart import Chart
    from kpigen.site.corrections import Book, Later, Told
    from kpigen.site.documents import (
        Action,
        AgentMonth,
        MonthDocument,
        Person,
        Published,
        Result,
    )
    from kpigen.site.items import ItemRow
    from kpigen.site.medians import Median
    from kpigen.site.prospects import Prospect
    from kpigen.site.rulebook import Policy, PolicyRef
    from kpigen.site.statement import Comparison, CorrectingLine, StatementLine, Step
    from kpigen.site.wording import Words

__all__ = ["Around", "Past", "View", "histories", "view"]

#: How many earlier statements a page repeats; all months stand in its history table and in the data.
EARLIER_STATEMENTS: Final = 12


@dataclass(frozen=True, slots=True)
class Past:
    """An agent's month, the document that it stands in, and what later months correct of it."""

    document: MonthDocument
    agent: AgentMonth
    later: tuple[Later, ...] = ()

    @property
    def incidents(self) -> bool:
        """Whether there was a complaint or an event."""
        return bool(self.agent.complaints or self.agent.events)

    @property
    def eventful(self) -> bool:
        """Whether the month stands for something: not one of a longer period in which nothing happened."""
        agent = self.agent
        happened = (
            agent.lines,
            agent.awards,
            agent.actions,
            agent.settled_actions,
            agent.appeals,
            agent.corrections,
            self.later,
        )
        return not agent.waits or self.incidents or any(happened) or agent.next_tier != agent.tier


@dataclass(frozen=True, slots=True)
class Around:
    """What the page of an agent shows besides the agent's own months, of the newest of these.

    ``medians`` are those of the agent's team; ``close`` is the month's, once it has one.
    """

    medians: tuple[Median, ...] = ()
    close: Closed | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction with those of its lines that are paid, or that are taken back.

    ``explained`` tells whether its grounds stand here, with all its lines; ``every`` are these.
    """

    told: Told
    lines: tuple[CorrectingLine, ...]
    every: tuple[CorrectingLine, ...]
    explained: bool


@dataclass(frozen=True, slots=True)
class View:
    """What the page of an agent with at least one month shows.

    ``close`` is the newest month's close, once it has one.
    ``assessed`` is the newest month with a score; ``period`` are the first and the last month that a score covers.
    ``corrections`` are those that the newest month holds, ``corrected`` those of all months, the newest first.
    ``prospects`` are the rules that can move the tier held now; ``after`` the promotions from another one that follows.
    ``earlier_by`` is the last day on which the newest of the ``earlier`` statements can be appealed against.
    ``shortened``: the history leaves out months in which a longer period went on and nothing happened.
    """

    document: MonthDocument
    month: AgentMonth
    close: Closed | None
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
    prospects: tuple[Prospect, ...]
    after: tuple[tuple[str, str, str], ...]
    zero_items: tuple[str, ...]
    actions: tuple[tuple[Action, tuple[Step, ...]], ...]
    results: tuple[tuple[Result, tuple[Step, ...]], ...]
    items: tuple[ItemRow, ...]
    appeals: tuple[Filed, ...]
    corrected: tuple[Told, ...]
    history: tuple[Past, ...]
    shortened: bool
    earlier: tuple[Past, ...]
    earlier_by: str | None
    chart: Chart

    @property
    def paid(self) -> bool:
        """Whether pay is published, and the policy or a month has to do with it."""
        totals = self.document.totals
        if totals is None:
            return False
        rules = self.policy.pay or any(Decimal(award.amount) for award in self.policy.awards)
        return bool(rules or totals.gross.strip("0.") or self.earlier or self.month.lines)

    @property
    def columns(self) -> frozenset[str]:
        """Which columns the history needs."""
        told = {
            "tier": any(past.agent.tier for past in self.history),
            "score": any(past.agent.score for past in self.history),
            "pay": self.paid,
        }
        return frozenset(name for name, wanted in told.items() if wanted)

    @property
    def moving(self) -> bool:
        """Whether the tier will be another one from the next month."""
        return not self.gone and self.month.next_tier != self.month.tier

    @property
    def highest(self) -> bool:
        """Whether there is no higher tier than that of the next month."""
        return not self.gone and bool(self.policy.tiers) and self.month.next_tier == self.policy.tiers[-1].id

    @property
    def gains(self) -> tuple[Prospect, ...]:
        """The promotions that can still be reached, unless one happens or is barred."""
        if self.moving or self.gone or self.month.blocked:
            return ()
        return tuple(prospect for prospect in self.prospects if prospect.up)

    @property
    def asks_more(self) -> bool:
        """Whether a promotion needs more than a score, or there are several."""
        return len(self.gains) > 1 or any(len(gain.missing) > 1 for gain in self.gains)

    @property
    def losses(self) -> tuple[Prospect, ...]:
        """What would lose the present tier soonest, unless another follows anyway."""
        if self.moving or self.gone:
            return ()
        return nearest([prospect for prospect in self.prospects if not prospect.up])

    @property
    def strong(self) -> tuple[ItemRow, ...]:
        """The items above the team's median, the furthest first."""
        return apart(self.items, above=True)

    @property
    def weak(self) -> tuple[ItemRow, ...]:
        """The items below the team's median, the furthest first."""
        return apart(self.items, above=False)

    @property
    def earned(self) -> tuple[StatementLine, ...]:
        """The lines that make up gross pay, those of corrections aside."""
        return tuple(line for line in self.lines if not line.taken)

    @property
    def deducted(self) -> tuple[StatementLine, ...]:
        """The lines that are deducted, those of corrections aside."""
        return tuple(line for line in self.lines if line.taken)

    @property
    def paid_later(self) -> tuple[Corrected, ...]:
        """The corrections that add to gross pay."""
        return _split(self.corrections, taken=False)

    @property
    def taken_back(self) -> tuple[Corrected, ...]:
        """The corrections that are deducted."""
        return _split(self.corrections, taken=True)


def _split(corrections: Iterable[tuple[Told, tuple[CorrectingLine, ...]]], *, taken: bool) -> tuple[Corrected, ...]:
    """Return the lines of corrections that are paid, or those that are taken back.

    A correction that has both is explained with those that are paid.
    """
    parts = (
        Corrected(
            told=told,
            lines=tuple(line for line in lines if line.taken is taken),
            every=lines,
            explained=not taken or all(line.taken for line in lines),
        )
        for told, lines in corrections
        if lines
    )
    return tuple(part for part in parts if part.lines)


def histories(published: Published) -> dict[str, tuple[Past, ...]]:
    """Return every agent's months, oldest first."""
    found: dict[str, list[Past]] = {}
    for document in sorted(published.months.values(), key=lambda document: document.month):
        for agent in document.agents:
            found.setdefault(agent.agent, []).append(Past(document, agent))
    return {agent: tuple(months) for agent, months in found.items()}


def view(
    person: Person,
    history: Sequence[Past],
    words_of: Callable[[PolicyRef], Words],
    book: Book,
    around: Around | None = None,
) -> View:
    """Work out what the page of one agent shows.

    Args:
        person: the agent.
        history: the agent's months, oldest first, at least one.
        words_of: gives the words of a policy version.
        book: the department with its appeals and corrections.
        around: what else the page shows; None where the statement stands by itself, and results are explained there.
    """
    department, corrected = book.department, book.of(person.agent)
    if corrected:
        history = [replace(past, later=later(corrected, past.document.month)) for past in history]
    newest = history[-1]
    document, month = newest.document, newest.agent
    words = words_of(document.policy)
    policy = words.policy
    figures = month.figures()
    before, sections = _baseline(history, policy), sections_of(month) if around else OWN_SECTION
    absence = month.not_assessed
    gone = person.gone(department.months[-1].month)
    earlier = tuple(past for past in reversed(history[:-1]) if past.agent.lines)[:EARLIER_STATEMENTS]
    return View(
        document=document,
        month=month,
        close=around.close if around else None,
        gone=gone,
        policy=policy,
        words=words,
        assessed=next((past for past in reversed(history) if past.agent.assessed), None),
        period=words.period(document.month) if month.assessed else None,
        absent_steps=explain(figures, absence.figure, words) if absence else (),
        comparison=compare(before.agent, before.document.month, month, words) if before else None,
        appeal_by=appeal_by(policy, document.month),
        lines=statement(month, figures, words, sections, gone=gone),
        corrections=tuple(
            (told, correcting(month, told.month, figures, words_of(told.policy)))
            for told in corrected
            if told.document is document
        ),
        score_steps=explain(figures, month.score_figure, words, {item.id: "" for item in month.items}),
        tier_steps=() if gone or month.tier is None else explain(figures, month.next_tier_figure, words),
        prospects=() if gone or month.departed else prospects(month, figures, words),
        after=() if gone else _after(policy, month, words),
        zero_items=zero_items(month, words),
        actions=tuple((action, explain(figures, action.figure, words, sections)) for action in month.actions),
        results=tuple((result, explain(figures, result.figure, words, sections)) for result in month.results),
        items=items(month, figures, words, around.medians if around else ()),
        appeals=book.appeals_of(person.agent),
        corrected=corrected,
        history=tuple(past for past in reversed(history) if past.eventful or past is newest),
        shortened=not all(past.eventful for past in history[:-1]),
        earlier=earlier,
        earlier_by=appeal_by(words_of(earlier[0].document.policy).policy, earlier[0].document.month)
        if earlier
        else None,
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
    return earlier[-1] if newest.agent.lines else None


def _after(policy: Policy, month: AgentMonth, words: Words) -> tuple[tuple[str, str, str], ...]:
    """Return the promotions from the tier of the next month, in words, where that is another one."""
    order = [tier.id for tier in policy.tiers]
    if month.next_tier == month.tier or month.next_tier not in order:
        return ()
    return tuple(
        (words.name("tier", rule.to), words.expression(rule.when), rule.clause)
        for rule in policy.transitions
        if month.next_tier in rule.from_ and order.index(rule.to) > order.index(month.next_tier)
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
    bounds = chart.thresholds(policy, history[-1].agent.tier)
    return chart.draw(points, names, [replace(bound, tier=words.name("tier", bound.tier)) for bound in bounds])
