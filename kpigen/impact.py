"""The impact of a draft: who would have gained or lost, which tiers would have moved, what clauses decided. Pure."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from kpigen.exact import ZERO
from kpigen.site.documents import MonthDocument
from kpigen.site.rulebook import Policy
from kpigen.site.wording import Words, money, signed
from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.finding import Finding
    from kpigen.month import Month
    from kpigen.text import Lang

__all__ = ["Gain", "Impact", "Moved", "impact"]

MOST_SHOWN = 20
WIDEST = 30


@dataclass(frozen=True, slots=True)
class Gain:
    """What an agent would have been paid more (or, below 0, less) in all."""

    agent: str
    name: str
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """An agent whose tier would have been another one after the last month."""

    agent: str
    name: str
    tier: str
    then: str


@dataclass(frozen=True, slots=True)
class Impact:
    """All of it.

    Attributes:
        begin: the first month that was tried.
        months: how many months.
        before: what was paid in them.
        after: what would have been.
        gains: agents whose pay differs, the most gained first.
        moved: agents whose tier differs in the end.
        clauses: how often each clause paid, moved, awarded or called for something: before, after.
        findings: what would be wrong or doubtful besides.
    """

    begin: str
    months: int
    before: Decimal
    after: Decimal
    gains: tuple[Gain, ...]
    moved: tuple[Moved, ...]
    clauses: Mapping[str, tuple[int, int]]
    findings: tuple[Finding, ...]


def impact(
    before: Mapping[str, bytes], after: Mapping[str, bytes], begin: Month, findings: tuple[Finding, ...], lang: Lang
) -> Impact:
    """Compare what was computed with what would have been.

    Args:
        before: the documents as they are.
        after: the documents as they would have been.
        begin: the first month that was tried.
        findings: those that would come up besides.
        lang: the language of names.
    """
    pairs = [
        (_month(before[path]), _month(after[path]))
        for path in sorted(before.keys() & after.keys())
        if path.count("/") == 2 and path[-12:-5] >= str(begin) and before[path] != after[path]  # noqa: PLR2004
    ]
    differences: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    tiers: dict[str, tuple[str, str]] = {}
    clauses: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for was, then in pairs:
        words = _words(after, then, lang)
        old = {agent.agent: agent for agent in was.agents}
        for agent in then.agents:
            past = old.get(agent.agent)
            names[agent.agent] = agent.name.said(lang)
            paid = Decimal(past.pay.total) if past else ZERO
            differences[agent.agent] = differences.get(agent.agent, ZERO) + Decimal(agent.pay.total) - paid
            if past:
                tiers[agent.agent] = (words.name("tier", past.next_tier), words.name("tier", agent.next_tier))
        for counter, month in zip(clauses, (was, then), strict=True):
            counter.update(_decided(month))
    return Impact(
        begin=str(begin),
        months=len({then.month for _, then in pairs}),
        before=sum((Decimal(was.totals.total) for was, _ in pairs), ZERO),
        after=sum((Decimal(then.totals.total) for _, then in pairs), ZERO),
        gains=tuple(
            Gain(agent, names[agent], difference)
            for agent, difference in sorted(differences.items(), key=lambda pair: (-pair[1], pair[0]))
            if difference
        ),
        moved=tuple(
            Moved(agent, names[agent], tier, then) for agent, (tier, then) in sorted(tiers.items()) if tier != then
        ),
        clauses={
            clause: (clauses[0][clause], clauses[1][clause])
            for clause in sorted({*clauses[0], *clauses[1]}, key=_in_order)
            if clauses[0][clause] != clauses[1][clause]
        },
        findings=findings,
    )


def _month(document: bytes) -> MonthDocument:
    return msgspec.json.decode(document, type=MonthDocument)


def _words(documents: Mapping[str, bytes], month: MonthDocument, lang: Lang) -> Words:
    policy = documents[f"v1/policy/{month.policy.id}/{month.policy.version}.json"]
    return Words(msgspec.json.decode(policy, type=Policy), lang)


def _decided(month: MonthDocument) -> Iterator[str]:
    for agent in month.agents:
        yield from (line.clause for line in agent.pay.lines)
        yield from (action.clause for action in agent.actions)
        if agent.transition:
            yield agent.transition.clause


def _in_order(clause: str) -> tuple[int, ...]:
    return tuple(int(part) for part in clause.split("."))


def as_text(found: Impact, lang: Lang) -> str:
    """Return the impact as text: the payroll, a chart of gains and losses, tiers moved, clauses."""
    head = say(
        "From {month} on, {months} months: {before} → {after} ({difference})",
        month=found.begin,
        months=found.months,
        before=money(f"{found.before:f}"),
        after=money(f"{found.after:f}"),
        difference=signed(found.after - found.before) if found.after != found.before else "±0",
    )
    lines = [head.said(lang)]
    gained = sum(gain.difference > 0 for gain in found.gains)
    lines.append(say("gain: {gained}, lose: {lost}", gained=gained, lost=len(found.gains) - gained).said(lang))
    lines += _chart(found.gains, lang)
    for moved in found.moved:
        lines.append(f"{visible(moved.name)} {moved.agent}: {moved.tier} → {moved.then}")
    for clause, (was, then) in found.clauses.items():
        lines.append(say("clause {clause}: {before} → {after} times", clause=clause, before=was, after=then).said(lang))
    if found.findings:
        lines.append(
            say("The draft has {count} findings of its own; kpigen lint says which.", count=len(found.findings)).said(
                lang
            )
        )
    return "\n".join(lines)


def _chart(gains: tuple[Gain, ...], lang: Lang) -> Iterator[str]:
    """Yield a bar for each agent, those in the middle left out and counted."""
    most = max((abs(gain.difference) for gain in gains), default=Decimal(1))
    shown = gains if len(gains) <= MOST_SHOWN else (*gains[: MOST_SHOWN // 2], *gains[-MOST_SHOWN // 2 :])
    for number, gain in enumerate(shown):
        if number == MOST_SHOWN // 2 and len(shown) < len(gains):
            yield say("… {count} more between", count=len(gains) - len(shown)).said(lang)
        bar = "█" * max(1, int(abs(gain.difference) / most * WIDEST))
        yield f"{gain.agent} {signed(gain.difference):>12} {bar} {visible(gain.name)}"


def as_markdown(found: Impact, lang: Lang) -> str:
    """Return the impact for a comment: the same text, so that nothing in it is live."""
    return f"```text\n{as_text(found, lang).replace('```', chr(39) * 3)}\n```\n"


def as_json(found: Impact, lang: Lang) -> str:
    """Return the impact as JSON."""
    return json.dumps(
        {
            "schema": "kpigen/impact/v1",
            "from": found.begin,
            "months": found.months,
            "before": f"{found.before:f}",
            "after": f"{found.after:f}",
            "gains": [{"agent": each.agent, "difference": f"{each.difference:f}"} for each in found.gains],
            "moved": [{"agent": each.agent, "tier": each.tier, "then": each.then} for each in found.moved],
            "clauses": {clause: list(counts) for clause, counts in found.clauses.items()},
            "findings": [f"{each.place}: {each.message.said(lang)}" for each in found.findings],
        },
        ensure_ascii=False,
        indent=1,
    )
