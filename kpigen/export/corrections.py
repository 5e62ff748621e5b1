"""What a month corrects of closed months, as its document shows it for an agent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.export.plain_json import shown
from kpigen.figure import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.engine import Corrected, Correction, Restated, Statement
    from kpigen.figure import Figure

__all__ = ["corrections"]

_LISTS = {"complaint": "complaints", "event": "events"}


def corrections(statement: Statement) -> list[dict[str, object]]:
    """Return the closed months that a statement corrects, the oldest first."""
    return [_correction(each) for each in statement.corrections]


def _correction(found: Correction) -> dict[str, object]:
    before, after = found.before, found.after
    return {
        "month": str(found.month),
        "adjustments": list(found.adjustments),
        "inputs": [_restated("name", each) for each in found.restated if each.kind == "input"],
        **dict(_happened(found)),
        "score": {"before": _score(before), "after": _score(after)},
        "tier": {"before": before.tier.value, "after": after.tier.value},
        "next_tier": {"before": before.next_tier.value, "after": after.next_tier.value},
        "lines": [_line(each) for each in found.lines],
        **dict(_won_and_due(before, after)),
        "amount": f"{found.amount:.2f}",
    }


def _happened(found: Correction) -> Iterator[tuple[str, object]]:
    """Yield the complaints and the events that are restated, where any are."""
    for kind, key in _LISTS.items():
        listed = [_restated("id", each) for each in found.restated if each.kind == kind]
        if listed:
            yield key, listed


def _won_and_due(before: Statement, after: Statement) -> Iterator[tuple[str, object]]:
    """Yield the awards and the actions of both sides, where they differ."""
    awards = [[award.id for award in each.awards] for each in (before, after)]
    actions = [[due.rule.id for due in each.actions] for each in (before, after)]
    for key, (was, is_now) in (("awards", awards), ("actions", actions)):
        if was != is_now:
            yield key, {"before": was, "after": is_now}


def _restated(key: str, each: Restated) -> dict[str, object]:
    say = _fate if each.kind == "event" else _stated
    return {key: each.name, "before": say(each.before), "after": say(each.after), "at": str(each.place)}


def _stated(figure: Figure | None) -> str | None:
    """Return what was stated as a sheet says it; null where nothing was."""
    if figure is None:
        return None
    return "n/a" if figure.value is None else shown(figure.value)


def _fate(figure: Figure | None) -> str | None:
    """Return the amount of an event, or the word for what became of it."""
    return _money(figure) if figure and isinstance(figure.value, Decimal) else _stated(figure)


def _score(statement: Statement) -> str | None:
    return shown(statement.card.score.value) if statement.card else None


def _line(each: Corrected) -> dict[str, object]:
    return {
        "id": each.id,
        "clause": each.line.clause,
        "before": _money(each.before),
        "after": _money(each.after),
        "amount": _money(each.line.figure),
        "award": each.award,
    }


def _money(figure: Figure) -> str:
    return f"{number(figure.value):.2f}"
