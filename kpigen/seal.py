"""The seal of what is closed: digests that tell whether files and results are still what was approved. Pure.

A month is sealed by what is computed of it; a quarter, a half-year or a year by the closes of its months.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from kpigen.exact import ZERO, arithmetic, plain
from kpigen.finding import Finding, Rule
from kpigen.month import Month
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.engine import Statement
    from kpigen.figure import Figure
    from kpigen.policy import Policy
    from kpigen.records import Approved, Close, PaidInPeriod, PeriodClose, Totals
    from kpigen.repository import Filed

__all__ = [
    "Link",
    "Sealed",
    "SealedPeriod",
    "blob",
    "check_period_seal",
    "check_seal",
    "close_digest",
    "seal",
    "seal_period",
]

CLOSE_CHANGED = Rule("close-changed")
CLOSE_RESULT = Rule("close-result")
CLOSE_CHAIN = Rule("close-chain")
PATH_DISAGREES = Rule("path-disagrees")

_UNDO: Final = say("Restore it. A closed month is corrected by an adjustment in the month that is open.")


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """What a close states of a month's result.

    Attributes:
        policy: the id and the version of the policy that governs the month.
        result: the digest of the contract's part of the month's document.
        totals: gross, deductions (positive) and total.
        agents: for each agent the score, the tiers and the pay.
    """

    policy: tuple[str, Month]
    result: str
    totals: Mapping[str, str]
    agents: Mapping[str, Mapping[str, str]]


class SealedPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """What a period's close states of its months.

    Attributes:
        months: the digest of each month's close.
        totals: the sums of the months' totals.
        agents: for each agent the months with a statement, the tier at the end of the last of them, and the pay of all.
    """

    months: Mapping[Month, str]
    totals: Mapping[str, str]
    agents: Mapping[str, Mapping[str, str]]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Where a close hangs in its chain.

    Attributes:
        before: the month or period before; None for the first one of all.
        digest: the digest of its close; None where it is not closed.
    """

    before: str | None
    digest: str | None


def blob(content: bytes) -> str:
    """Return the id that git gives a file, its lines ended by LF, as this repository stores text."""
    stored = content.replace(b"\r\n", b"\n")
    return hashlib.sha1(b"blob %d\0" % len(stored) + stored, usedforsecurity=False).hexdigest()


def close_digest(content: bytes) -> str:
    """Return the digest by which other closes name this one."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


# Sealing


def seal(policy: Policy, statements: Iterable[Statement]) -> Sealed:
    """Return what a close states of a month's result: what the contract names, and nothing of how it was made."""
    listed = tuple(statements)
    with arithmetic():
        totals = _totals(
            _sum(statement.gross for statement in listed),
            abs(_sum(statement.deductions for statement in listed)),
            _sum(statement.total for statement in listed),
        )
    agents = [_agent(statement) for statement in listed]
    result = {"policy": [policy.id, str(policy.month)], "agents": agents, "totals": totals}
    return Sealed(
        policy=(policy.id, policy.month),
        result=hashlib.sha256(_canonical(result)).hexdigest(),
        totals=totals,
        agents={statement.case.agent: _line(statement) for statement in listed},
    )


def seal_period(closes: Mapping[Month, tuple[Close, str]]) -> SealedPeriod:
    """Return what the close of a period states.

    Args:
        closes: the close of each of its months, and its digest.
    """
    records = [closes[month][0] for month in sorted(closes)]
    lines: dict[str, list[Approved]] = {}
    for record in records:
        for agent, line in record.agents.items():
            lines.setdefault(agent, []).append(line)
    with arithmetic():
        totals = _totals(
            sum((record.totals.gross for record in records), ZERO),
            sum((record.totals.deductions for record in records), ZERO),
            sum((record.totals.total for record in records), ZERO),
        )
        agents = {agent: _paid(lines[agent]) for agent in sorted(lines)}
    return SealedPeriod(
        months={month: closes[month][1] for month in sorted(closes)},
        totals=totals,
        agents=agents,
    )


def _canonical(result: Mapping[str, object]) -> bytes:
    return json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _totals(gross: Decimal, deductions: Decimal, total: Decimal) -> Mapping[str, str]:
    return {"gross": f"{gross:.2f}", "deductions": f"{deductions:.2f}", "total": f"{total:.2f}"}


def _agent(statement: Statement) -> dict[str, object]:
    card, moved = statement.card, statement.transition
    return {
        "agent": statement.case.agent,
        "team": statement.case.team,
        "assessed": card is not None,
        "score": _text(card.score) if card else None,
        "grade": card.grade.value if card and card.grade else None,
        "rank": str(statement.rank.value) if statement.rank else None,
        "tier": statement.tier.value,
        "next_tier": statement.next_tier.value,
        "transition": [moved.id, moved.clause] if moved else None,
        "lines": [[line.id, line.clause, _text(line.figure)] for line in statement.lines],
        "awards": [[award.id, award.clause, _text(award.figure)] for award in statement.awards],
        "actions": [[due.rule.id, due.rule.clause] for due in statement.actions],
        "owed": {name: plain(amount) for name, amount in statement.owed.items()},
    }


def _line(statement: Statement) -> Mapping[str, str]:
    return _stated(
        score=_text(statement.card.score) if statement.card else None,
        tier=statement.tier.value,
        next_tier=statement.next_tier.value,
        pay=_text(statement.total),
    )


def _paid(lines: list[Approved]) -> Mapping[str, str]:
    total = sum((line.pay for line in lines), ZERO)
    return _stated(months=len(lines), tier=lines[-1].next_tier, pay=f"{total:.2f}")


def _stated(**line: object) -> Mapping[str, str]:
    """Write a line as a close states it; what there is not is left out."""
    return {
        key: plain(value) if isinstance(value, Decimal) else str(value)
        for key, value in line.items()
        if value is not None
    }


def _text(figure: Figure) -> str:
    return plain(figure.value) if isinstance(figure.value, Decimal) else str(figure.value)


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum((figure.value for figure in figures if isinstance(figure.value, Decimal)), ZERO)


# Comparing


def check_seal(close: Filed[Close], files: Mapping[str, bytes], computed: Sealed, link: Link) -> Iterator[Finding]:
    """Yield what is no longer as it was approved.

    Args:
        close: the month's close.
        files: the month's files and the version of the policy that governs it, by path, the close itself left out.
        computed: the month's result as it is computed now.
        link: the close of the month before.
    """
    record = close.record
    yield from _own_path(close, record.department, str(record.month), "month")
    yield from _files_differ(close, files)
    yield from _chain(close, link, record.previous)
    governs = (record.policy.id, record.policy.version)
    if governs != computed.policy:
        message = say(
            "The month was approved under {approved} and is now governed by {now}.",
            approved=" ".join(map(str, governs)),
            now=" ".join(map(str, computed.policy)),
        )
        yield Finding.of(CLOSE_RESULT, close.place("policy"), message, _UNDO)
    lines = {agent: _approved(line) for agent, line in record.agents.items()}
    differ = _amounts_differ(close, lines, computed.agents, record.totals, computed.totals)
    yield from differ
    if computed.result != record.result and not differ and governs == computed.policy:
        message = say("The month's result is not the one that was approved.")
        yield Finding.of(CLOSE_RESULT, close.place("result"), message, _UNDO)


def check_period_seal(close: Filed[PeriodClose], computed: SealedPeriod, link: Link) -> Iterator[Finding]:
    """Yield where a period's close does not state what the closes of its months do.

    Args:
        close: the period's close.
        computed: what it must state.
        link: the close of the period before.
    """
    record = close.record
    yield from _own_path(close, record.department, str(record.period), "period")
    for month in sorted({*record.months, *computed.months}):
        if record.months.get(month) != computed.months.get(month):
            message = say("The close of {month} is not the one that this period was closed with.", month=str(month))
            known = ("months", str(month)) if month in record.months else ("months",)
            yield Finding.of(CLOSE_CHANGED, close.place(*known), message, _UNDO)
    yield from _chain(close, link, record.previous)
    lines = {agent: _paid_line(line) for agent, line in record.agents.items()}
    yield from _amounts_differ(close, lines, computed.agents, record.totals, computed.totals)


def _own_path(close: Filed[Close] | Filed[PeriodClose], department: str, when: str, key: str) -> Iterator[Finding]:
    """The close is that of its own folder."""
    _, folder, named, _ = close.path.split("/")
    for place, said, path in (("department", department, folder), (key, when, named)):
        if said != path:
            message = say("The file says {said}, its path says {named}.", said=said, named=path)
            yield Finding.of(PATH_DISAGREES, close.place(place), message, say("Make the two agree."))


def _files_differ(close: Filed[Close], files: Mapping[str, bytes]) -> Iterator[Finding]:
    stated = close.record.inputs
    for path in sorted({*stated, *files}):
        if path not in files:
            message = say("{path} was approved with this month, and is gone.", path=path)
        elif path not in stated:
            message = say("{path} was added after this month was approved.", path=path)
        elif blob(files[path]) != stated[path]:
            message = say("{path} was changed after this month was approved.", path=path)
        else:
            continue
        place = close.place("inputs", path) if path in stated else close.place("inputs")
        yield Finding.of(CLOSE_CHANGED, place, message, _UNDO)


def _chain(close: Filed[Close] | Filed[PeriodClose], link: Link, stated: str | None) -> Iterator[Finding]:
    if link.before is not None and link.digest is None:
        message = say("This is closed, and {before} before it is not.", before=link.before)
        yield Finding.of(CLOSE_CHAIN, close.place(), message, say("Close what comes first, or remove this close."))
    elif stated != link.digest:
        where = ("previous",) if stated else ()
        message = say("The chain of closes is broken: what comes before is not the close that this one follows.")
        yield Finding.of(CLOSE_CHAIN, close.place(*where), message, _UNDO)


def _amounts_differ(
    close: Filed[Close] | Filed[PeriodClose],
    lines: Mapping[str, Mapping[str, str]],
    computed: Mapping[str, Mapping[str, str]],
    totals: Totals,
    sums: Mapping[str, str],
) -> tuple[Finding, ...]:
    """Return whose line is not as it was approved; the totals only where all lines are."""
    return tuple(_lines_differ(close, lines, computed)) or tuple(_totals_differ(close, totals, sums))


def _totals_differ(
    close: Filed[Close] | Filed[PeriodClose], stated: Totals, computed: Mapping[str, str]
) -> Iterator[Finding]:
    approved = _stated(gross=stated.gross, deductions=stated.deductions, total=stated.total)
    for key, now in computed.items():
        if approved[key] != now:
            message = say(
                "{total} was approved as {approved} and is now {now}.", total=key, approved=approved[key], now=now
            )
            yield Finding.of(CLOSE_RESULT, close.place("totals", key), message, _UNDO)


def _lines_differ(
    close: Filed[Close] | Filed[PeriodClose],
    stated: Mapping[str, Mapping[str, str]],
    computed: Mapping[str, Mapping[str, str]],
) -> Iterator[Finding]:
    for agent in sorted({*stated, *computed}):
        approved, now = stated.get(agent), computed.get(agent)
        if approved != now:
            message = say(
                "{agent} was approved with {approved} and is now computed as {now}.",
                agent=agent,
                approved=_said(approved),
                now=_said(now),
            )
            place = close.place("agents", agent) if agent in stated else close.place("agents")
            yield Finding.of(CLOSE_RESULT, place, message, _UNDO)


def _approved(line: Approved) -> Mapping[str, str]:
    return _stated(score=line.score, tier=line.tier, next_tier=line.next_tier, pay=line.pay)


def _paid_line(line: PaidInPeriod) -> Mapping[str, str]:
    return _stated(months=line.months, tier=line.tier, pay=line.pay)


def _said(line: Mapping[str, str] | None) -> str:
    return "–" if line is None else " · ".join(line.values())
