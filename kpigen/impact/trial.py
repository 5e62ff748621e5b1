"""The impact of a draft: who would have gained or lost, which tiers would have moved, what rules decided. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from kpigen.exact import ZERO
from kpigen.site.documents import MonthDocument
from kpigen.site.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpigen.effect.sides import Side
    from kpigen.finding import Finding
    from kpigen.impact.drafting import Draft
    from kpigen.site.documents import AgentMonth
    from kpigen.site.rulebook import PolicyRef
    from kpigen.text import Lang

__all__ = ["Decided", "Gain", "Impact", "Missing", "MonthPaid", "Moved", "impact"]


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """A department's month: what was paid in it, and what would have been."""

    department: str
    month: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """What would have been paid more; below 0, less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Gain:
    """What an agent was paid in all these months, and would have been."""

    agent: str
    name: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """What the agent would have gained; below 0, lost."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Moved:
    """An agent whose tier would have been another one after the last month; the tiers by id and by name."""

    agent: str
    name: str
    tiers: tuple[str | None, str | None]
    called: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """How often a rule paid, awarded, moved or called for something: as it was, and as it would have been."""

    kind: str
    id: str
    clause: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Missing:
    """An input of the draft that past sheets lack, so that so many months of agents could not be assessed."""

    input: str
    name: str
    agent_months: int


@dataclass(frozen=True, slots=True)
class Impact:
    """All of it.

    Attributes:
        path: the draft's file.
        policy: its policy.
        begin: the first month that was tried.
        last: the last one.
        months: what each department's month would have paid.
        agents: how many agents there are in them.
        gains: the agents whose pay would have been another, who gain most first.
        moved: the agents whose tier would have been another in the end.
        decided: the rules that would have decided more or less often, by clause.
        missing: what the sheets of these months lack.
        unassessed: months of agents that were assessed and could not have been.
        uncompared: the months that errors keep from being computed, ``department month``.
        findings: what would be wrong or doubtful besides.
    """

    path: str
    policy: str
    begin: str
    last: str
    months: tuple[MonthPaid, ...]
    agents: int
    gains: tuple[Gain, ...]
    moved: tuple[Moved, ...]
    decided: tuple[Decided, ...]
    missing: tuple[Missing, ...]
    unassessed: int
    uncompared: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def before(self) -> Decimal:
        """What was paid."""
        return sum((month.before for month in self.months), ZERO)

    @property
    def after(self) -> Decimal:
        """What would have been paid."""
        return sum((month.after for month in self.months), ZERO)


_MONTH: Final = msgspec.json.Decoder(MonthDocument)
_Rule = tuple[str, str, str]


@dataclass
class _Tally:
    """What is added up month after month."""

    lang: Lang
    months: list[MonthPaid] = field(default_factory=list)
    uncompared: list[str] = field(default_factory=list)
    paid: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    tiers: dict[str, tuple[tuple[str | None, str | None], tuple[str, str]]] = field(default_factory=dict)
    decided: tuple[Counter[_Rule], Counter[_Rule]] = field(default_factory=lambda: (Counter(), Counter()))
    called: dict[_Rule, str] = field(default_factory=dict)
    missing: Counter[tuple[str, str]] = field(default_factory=Counter)
    unassessed: int = 0

    def add(self, was: MonthDocument, then: MonthDocument, words: tuple[Words, Words]) -> None:
        """Add a month."""
        paid = (Decimal(was.paid.total), Decimal(then.paid.total))
        self.months.append(MonthPaid(was.department, was.month, *paid))
        for counter, month, said in zip(self.decided, (was, then), words, strict=True):
            for agent in month.agents:
                for rule, name in _decided(agent, said):
                    counter[rule] += 1
                    self.called[rule] = name
        old = {agent.agent: agent for agent in was.agents}
        for agent in then.agents:
            self._agent(old[agent.agent], agent, words)

    def _agent(self, was: AgentMonth, then: AgentMonth, words: tuple[Words, Words]) -> None:
        before, after = self.paid.get(then.agent, (ZERO, ZERO))
        self.paid[then.agent] = (before + Decimal(was.paid.total), after + Decimal(then.paid.total))
        self.names[then.agent] = then.name.said(self.lang)
        called = (words[0].name("tier", was.next_tier), words[1].name("tier", then.next_tier))
        self.tiers[then.agent] = ((was.next_tier, then.next_tier), called)
        if was.assessed and not then.assessed:
            self.unassessed += 1
            for name in then.not_assessed.missing if then.not_assessed else ():
                self.missing[name, words[1].name("item", name)] += 1


def impact(before: Side, after: Side, draft: Draft, lang: Lang) -> Impact:
    """Compare what was computed with what would have been.

    Args:
        before: the repository as it is.
        after: the repository as it would have been.
        draft: the draft.
        lang: the language of names.
    """
    tally, words = _Tally(lang), _Words(before, after, lang)
    for department in sorted(after.months):
        for month in sorted(after.months[department]):
            path = f"v1/{department}/{month}.json"
            documents = (before.documents.get(path), after.documents.get(path))
            if before.lacks(department, month) or after.lacks(department, month):
                tally.uncompared.append(f"{department} {month}")
            elif month >= str(draft.begin) and documents[0] and documents[1]:
                was, then = _MONTH.decode(documents[0]), _MONTH.decode(documents[1])
                if draft.policy in {was.policy.id, then.policy.id}:
                    tally.add(was, then, (words.of(0, was.policy), words.of(1, then.policy)))
    return _told(tally, draft, _besides(before, after, draft))


class _Words:
    """The words of the versions, each made once."""

    def __init__(self, before: Side, after: Side, lang: Lang) -> None:
        self._sides, self._lang = (before, after), lang
        self._known: dict[tuple[int, PolicyRef], Words] = {}

    def of(self, side: int, ref: PolicyRef) -> Words:
        """Return the words of a version of one of the sides."""
        if (side, ref) not in self._known:
            self._known[side, ref] = Words(self._sides[side].policy(ref), self._lang)
        return self._known[side, ref]


def _decided(agent: AgentMonth, words: Words) -> Iterator[tuple[_Rule, str]]:
    """Yield the rules that decided something of an agent's month, with what they are called."""
    awards = {each.id for each in agent.awards}
    for line in agent.lines:
        if "@" not in line.id and line.id not in awards:
            yield ("line", line.id, line.clause), words.name("pay", line.id)
    for award in agent.awards:
        yield ("award", award.id, award.clause), words.name("award", award.id)
    for action in agent.actions:
        yield ("action", action.id, action.clause), words.name("action", action.id)
    if agent.transition:
        yield ("transition", agent.transition.id, agent.transition.clause), words.move(agent.transition.id)


def _besides(before: Side, after: Side, draft: Draft) -> tuple[Finding, ...]:
    """Return the findings that only the draft brings; what its sheets lack is told by itself."""
    known = {(each.rule, each.place.path, each.message) for each in before.findings}
    return tuple(
        draft.own(each)
        for each in after.findings
        if (each.rule, each.place.path, each.message) not in known and each.rule.id != "missing-input"
    )


def _told(tally: _Tally, draft: Draft, findings: tuple[Finding, ...]) -> Impact:
    gains = (Gain(agent, tally.names[agent], *paid) for agent, paid in tally.paid.items() if paid[0] != paid[1])
    moved = (
        Moved(agent, tally.names[agent], ids, called)
        for agent, (ids, called) in sorted(tally.tiers.items())
        if ids[0] != ids[1]
    )
    was, then = tally.decided
    rules: Sequence[_Rule] = sorted({*was, *then}, key=lambda rule: (_in_order(rule[2]), rule))
    return Impact(
        path=draft.path,
        policy=draft.policy,
        begin=str(draft.begin),
        last=str(draft.last),
        months=tuple(tally.months),
        agents=len(tally.paid),
        gains=tuple(sorted(gains, key=lambda gain: (-gain.difference, gain.agent))),
        moved=tuple(moved),
        decided=tuple(
            Decided(*rule, tally.called[rule], was[rule], then[rule]) for rule in rules if was[rule] != then[rule]
        ),
        missing=tuple(Missing(*key, count) for key, count in sorted(tally.missing.items())),
        unassessed=tally.unassessed,
        uncompared=tuple(tally.uncompared),
        findings=findings,
    )


def _in_order(clause: str) -> tuple[int, ...]:
    """Order clauses as they are numbered: 3.10 after 3.9."""
    return tuple(int(part) if part.isdecimal() else 0 for part in clause.split("."))
