"""The impact as text for a terminal, and as Markdown for a pull request's comment: tables with bars. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.columns import aligned, bar
from kpigen.exact import ZERO
from kpigen.finding import Severity
from kpigen.markdown import code, inert
from kpigen.site.wording import money, month_name, signed
from kpigen.text import Text, say, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kpigen.impact.trial import Gain, Impact
    from kpigen.text import Lang

__all__ = ["MOST_CHARACTERS", "as_markdown", "as_text"]

MOST_CHARACTERS: Final = 5_000
"""How long the Markdown of all drafts may be: it stands in one comment with the effect."""
MOST_SHOWN: Final = 20
MOST_FINDINGS: Final = 5
WIDEST: Final = 24
NAME: Final = 40

#: A title, the heads of a table, its rows, and which of its columns are set to the right.
_Table = tuple[Text, "Sequence[Text | None]", "Sequence[Sequence[str]]", tuple[int, ...]]


def as_text(found: Impact, lang: Lang) -> str:
    """Return the impact for a terminal."""
    lines = [visible(_title(found, lang)), _headline(found, lang), *_notes(found, lang)]
    lines += [f"  {visible(str(each.place))}: {each.message.said(lang)}" for each in found.findings[:MOST_SHOWN]]
    if len(found.findings) > MOST_SHOWN:
        lines.append(f"  {_more(len(found.findings) - MOST_SHOWN, lang)}")
    for title, heads, rows, right in _tables(found, MOST_SHOWN, lang):
        said = [each.said(lang) if each else "" for each in heads]
        lines += ["", title.said(lang)]
        lines += [f"  {line}" for line in aligned([said, *rows], right)]
    return "\n".join(lines)


def as_markdown(found: Sequence[Impact], lang: Lang) -> str:
    """Return the impact of some drafts for a comment; what does not fit is left out and counted."""
    room = MOST_CHARACTERS // max(len(found), 1)
    return "\n".join(_markdown(each, room, lang) for each in found)


def _markdown(found: Impact, room: int, lang: Lang) -> str:
    parts = [f"#### {inert(_title(found, lang))}\n\n**{inert(_headline(found, lang))}**\n"]
    parts += [f"\n{inert(note)}\n" for note in _notes(found, lang)]
    shown = found.findings[:MOST_FINDINGS]
    parts += [f"- {code(str(each.place))} {inert(each.message.said(lang))}\n" for each in shown]
    if len(shown) < len(found.findings):
        parts.append(f"- {_more(len(found.findings) - len(shown), lang)}\n")
    for title, heads, rows, right in _tables(found, MOST_SHOWN // 2, lang):
        said = " | ".join(each.said(lang) if each else " " for each in heads)
        rule = "|".join("--:" if number in right else "---" for number in range(len(heads)))
        parts.append(f"\n{title.said(lang)}\n\n| {said} |\n|{rule}|\n")
        parts += [f"| {' | '.join(map(inert, row))} |\n" for row in rows]
    text = ""
    for number, part in enumerate(parts):
        more = say("… cut here; {count} more lines: kpigen impact shows all.", count=len(parts) - number).said(lang)
        if len(text) + len(part) + len(more) + 2 > room:
            return f"{text}\n{more}\n"
        text += part
    return text


def _title(found: Impact, lang: Lang) -> str:
    return say("Draft of {policy}: {path}", policy=found.policy, path=found.path).said(lang)


def _headline(found: Impact, lang: Lang) -> str:
    """Say in one breath what it would have cost, and whom."""
    if not found.months:
        return say("Nothing could be computed with this draft.").said(lang)
    first, last = month_name(found.begin, lang), month_name(found.last, lang)
    gained = sum(gain.difference > 0 for gain in found.gains)
    if found.before == found.after and not (found.gains or found.moved or found.decided):
        return say("In force from {first} to {last}, it would have changed nothing.", first=first, last=last).said(lang)
    return say(
        "In force from {first} to {last}, it would have paid {after} instead of {before} ({difference}): "
        "{gained} gain, {lost} lose, {same} as before, {moved} in another tier.",
        first=first,
        last=last,
        before=_money(found.before),
        after=_money(found.after),
        difference=_signed(found.after - found.before),
        gained=gained,
        lost=len(found.gains) - gained,
        same=found.agents - len(found.gains),
        moved=len(found.moved),
    ).said(lang)


def _notes(found: Impact, lang: Lang) -> Iterator[str]:
    """Yield what keeps the numbers from telling all."""
    for each in found.missing:
        yield say(
            "The past sheets lack {name} ({input}): not assessed with this draft in {count} months of agents.",
            name=visible(each.name),
            input=each.input,
            count=each.agent_months,
        ).said(lang)
    if found.uncompared:
        listed = ", ".join(found.uncompared[:MOST_SHOWN]) + (" …" if len(found.uncompared) > MOST_SHOWN else "")
        yield say("Not computed, for there are errors: {months}", months=listed).said(lang)
    if found.findings:
        errors = sum(each.severity is Severity.ERROR for each in found.findings)
        yield say(
            "With this draft there are new findings: {errors} errors, {warnings} warnings.",
            errors=errors,
            warnings=len(found.findings) - errors,
        ).said(lang)


def _tables(found: Impact, most: int, lang: Lang) -> Iterator[_Table]:
    """Yield the tables that have rows."""
    tables = (
        _months(found),
        _gains(found, most, lang),
        _moved(found, most, lang),
        _decided(found, most, lang),
    )
    return (table for table in tables if table[2])


def _months(found: Impact) -> _Table:
    most = max((abs(month.difference) for month in found.months), default=ZERO)
    several = len({month.department for month in found.months}) > 1
    rows = [
        (
            f"{month.department} {month.month}" if several else month.month,
            _money(month.before),
            _money(month.after),
            _signed(month.difference),
            _bar(month.difference, most),
        )
        for month in found.months
    ]
    heads = (say("month"), say("before"), say("after"), say("difference"), None)
    return say("Pay of all, month by month"), heads, rows, (1, 2, 3)


def _gains(found: Impact, most: int, lang: Lang) -> _Table:
    """Return those who gain and lose most; those between are counted."""
    widest = max((abs(gain.difference) for gain in found.gains), default=ZERO)
    rows = [_gain(gain, widest) for gain in found.gains]
    if len(rows) > most:
        between = say("… and {count} more between", count=len(rows) - most // 2 * 2).said(lang)
        rows = [*rows[: most // 2], (between, "", "", "", ""), *rows[-(most // 2) :]]
    heads = (say("agent"), say("before"), say("after"), say("difference"), None)
    return say("Who gains and who loses"), heads, rows, (1, 2, 3)


def _gain(gain: Gain, widest: Decimal) -> Sequence[str]:
    name = f"{gain.agent} {_named(gain.name)}"
    return name, _money(gain.before), _money(gain.after), _signed(gain.difference), _bar(gain.difference, widest)


def _moved(found: Impact, most: int, lang: Lang) -> _Table:
    rows: list[Sequence[str]] = [
        (f"{each.agent} {_named(each.name)}", *map(_named, each.called)) for each in found.moved[:most]
    ]
    if len(found.moved) > most:
        rows.append((_more(len(found.moved) - most, lang), "", ""))
    return say("Tier after the last month"), (say("agent"), say("before"), say("after")), rows, ()


def _decided(found: Impact, most: int, lang: Lang) -> _Table:
    """Return the rules that would have decided more or less often."""
    rows: list[Sequence[str]] = [
        (each.clause, each.id, _named(each.name), str(each.before), str(each.after), f"{each.after - each.before:+}")
        for each in found.decided[:most]
    ]
    if len(found.decided) > most:
        rows.append(("", "", _more(len(found.decided) - most, lang), "", "", ""))
    heads = (say("clause"), say("rule"), None, say("before"), say("after"), say("difference"))
    return say("How often each rule would have applied"), heads, rows, (3, 4, 5)


def _bar(difference: Decimal, most: Decimal) -> str:
    """Return a bar: full for a gain, light for a loss."""
    drawn = bar(abs(difference) / most if most else ZERO, WIDEST)
    return drawn if difference > 0 else drawn.replace("█", "░")


def _named(name: str) -> str:
    shown = visible(name)
    return shown if len(shown) <= NAME else f"{shown[:NAME]}…"


def _more(count: int, lang: Lang) -> str:
    return say("… and {count} more", count=count).said(lang)


def _signed(amount: Decimal) -> str:
    return signed(amount) if amount else "±0"


def _money(amount: Decimal) -> str:
    return money(f"{amount:.2f}")
