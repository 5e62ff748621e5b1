"""The seal of a closed month: digests that tell whether its files and its result are still what was approved. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from kpigen.exact import ZERO, arithmetic, plain
from kpigen.finding import Finding, Rule
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.engine import Statement
    from kpigen.figure import Figure
    from kpigen.policy import Policy
    from kpigen.records import Approved, Close
    from kpigen.repository import Filed

__all__ = ["Sealed", "blob", "check_seal", "close_digest", "seal"]

CLOSE_CHANGED = Rule("close-changed")
CLOSE_RESULT = Rule("close-result")
CLOSE_CHAIN = Rule("close-chain")


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """What a close states of a month's result.

    Attributes:
        result: the digest of the contract's part of the month's document.
        totals: gross, deductions (positive) and total.
        agents: for each agent the score, the tiers and the pay.
    """

    result: str
    totals: Mapping[str, str]
    agents: Mapping[str, Mapping[str, str]]


def blob(content: bytes) -> str:
    """Return the id that git gives a file, its lines ended by LF, as this repository stores text."""
    stored = content.replace(b"\r\n", b"\n")
    return hashlib.sha1(b"blob %d\0" % len(stored) + stored, usedforsecurity=False).hexdigest()


def close_digest(content: bytes) -> str:
    """Return the digest by which the next close names this one."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def seal(policy: Policy, statements: Iterable[Statement]) -> Sealed:
    """Return what a close states of a month's result: what the contract names, and nothing of how it was made."""
    listed = tuple(statements)
    with arithmetic():
        totals = {
            "gross": _sum(statement.gross for statement in listed),
            "deductions": abs(_sum(statement.deductions for statement in listed)),
            "total": _sum(statement.total for statement in listed),
        }
    written = {name: f"{amount:.2f}" for name, amount in totals.items()}
    agents = [_agent(statement) for statement in listed]
    result = {"policy": [policy.id, str(policy.month)], "agents": agents, "totals": written}
    return Sealed(
        result=hashlib.sha256(_canonical(result)).hexdigest(),
        totals=written,
        agents={statement.case.agent: _line(statement) for statement in listed},
    )


def _canonical(result: Mapping[str, object]) -> bytes:
    return json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _agent(statement: Statement) -> dict[str, object]:
    card, moved = statement.card, statement.transition
    return {
        "agent": statement.case.agent,
        "team": statement.case.team,
        "assessed": card is not None,
        "score": _text(card.score) if card else None,
        "grade": card.grade.value if card and card.grade else None,
        "tier": statement.tier.value,
        "next_tier": statement.next_tier.value,
        "transition": moved.id if moved else None,
        "lines": [[line.id, line.clause, _text(line.figure)] for line in statement.lines],
        "awards": [[award.id, _text(award.figure)] for award in statement.awards],
        "actions": [due.rule.id for due in statement.actions],
        "owed": {name: plain(amount) for name, amount in statement.owed.items()},
    }


def _line(statement: Statement) -> Mapping[str, str]:
    line = {
        "score": _text(statement.card.score) if statement.card else None,
        "tier": statement.tier.value,
        "next_tier": statement.next_tier.value,
        "pay": _text(statement.total),
    }
    return {key: str(value) for key, value in line.items() if value is not None}


def _text(figure: Figure) -> str:
    return plain(figure.value) if isinstance(figure.value, Decimal) else str(figure.value)


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum((figure.value for figure in figures if isinstance(figure.value, Decimal)), ZERO)


def check_seal(
    close: Filed[Close], files: Mapping[str, bytes], computed: Sealed, previous: str | None
) -> Iterator[Finding]:
    """Yield what is no longer as it was approved.

    Args:
        close: the month's close.
        files: the month's files and the version of the policy that governs it, by path, the close itself left out.
        computed: the month's result as it is computed now.
        previous: the digest of the close of the month before; None where there is none.
    """
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
        yield Finding.of(CLOSE_CHANGED, close.place("inputs"), message, _UNDO)
    if close.record.previous != previous:
        message = say("The chain of closes is broken: the month before is not the one that this close follows.")
        where = ("previous",) if close.record.previous else ()
        yield Finding.of(CLOSE_CHAIN, close.place(*where), message, _UNDO)
    if computed.result != close.record.result:
        yield from _result_differs(close, computed)


_UNDO = say("Restore it. A closed month is corrected by an adjustment in the month that is open.")


def _result_differs(close: Filed[Close], computed: Sealed) -> Iterator[Finding]:
    found = False
    for agent in sorted({*close.record.agents, *computed.agents}):
        approved = _approved(close.record.agents.get(agent))
        now = computed.agents.get(agent)
        if approved != now:
            found = True
            message = say(
                "{agent} was approved with {approved} and is now computed as {now}.",
                agent=agent,
                approved=_said(approved),
                now=_said(now),
            )
            place = close.place("agents", agent) if agent in close.record.agents else close.place("agents")
            yield Finding.of(CLOSE_RESULT, place, message, _UNDO)
    if not found:
        message = say("The month's result is not the one that was approved.")
        yield Finding.of(CLOSE_RESULT, close.place("result"), message, _UNDO)


def _approved(stated: Approved | None) -> Mapping[str, str] | None:
    if stated is None:
        return None
    line = {"score": stated.score, "tier": stated.tier, "next_tier": stated.next_tier, "pay": stated.pay}
    return {
        key: plain(value) if isinstance(value, Decimal) else str(value)
        for key, value in line.items()
        if value is not None
    }


def _said(line: Mapping[str, str] | None) -> str:
    return "–" if line is None else " · ".join(line.values())
