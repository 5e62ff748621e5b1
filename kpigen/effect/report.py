"""The effect as text for a terminal, and as Markdown for a pull request's comment. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.columns import aligned
from kpigen.exact import ZERO
from kpigen.finding import Severity
from kpigen.markdown import code, inert
from kpigen.site.wording import brackets, money, month_name, signed
from kpigen.text import Lang, Text, say, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kpigen.comparison import Row
    from kpigen.effect.changes import Change, Changed, Effect, MonthChange, Uncompared
    from kpigen.effect.stated import Cause
    from kpigen.finding import Finding

__all__ = ["MOST_CHARACTERS", "as_markdown", "as_text"]

MOST_CHARACTERS: Final = 60_000
"""How long a comment may be; a host takes a little more, so that a short note has room behind it."""
MOST_FINDINGS: Final = 20
MOST_MONTHS: Final = 60
MOST_NAMED: Final = 12
MOST_SIGNS: Final = 400


def as_text(found: Effect, lang: Lang) -> str:
    """Return the effect for a terminal."""
    lines = []
    for title, findings in _findings(found):
        lines.append(title.said(lang))
        lines += [f"  {visible(str(each.place))}: {each.message.said(lang)}" for each in findings]
    lines += [_uncompared(each, lang) for each in found.uncompared]
    lines.append(_headline(found, lang))
    for month in found.months:
        lines += ["", _month_title(month, lang)]
        if month.state == "changed":
            for change in month.changes:
                lines += _change_text(change, lang)
        else:
            lines += [f"  {line}" for line in aligned(_table(month, lang), right=_RIGHT)]
        if month.rank_only:
            lines.append(f"  {_rank_only(month, lang)}")
    return "\n".join(lines)


def as_markdown(found: Effect, lang: Lang) -> str:
    """Return the effect as a comment: a headline, a table of months, what to do next, and the details folded away.

    What does not fit is left out and counted.
    """
    parts = [f"**{inert(_headline(found, lang))}**\n"]
    for title, findings in _findings(found):
        parts.append(f"{inert(title.said(lang))}\n\n{''.join(_listed(findings, lang))}")
    parts += [f"> {inert(_uncompared(each, lang))}\n" for each in found.uncompared[:MOST_MONTHS]]
    if found.months:
        parts.append(_months(found.months, lang))
    parts.append(f"{_next(found).said(lang)}\n")
    return _fitting(parts, list(_details(found, lang)), lang)


def _fitting(parts: list[str], details: list[tuple[str, str, str]], lang: Lang) -> str:
    """Add as many details as there is room for; each belongs to a month, whose title comes before the first."""
    text, title = "\n".join(parts), ""
    for number, (head, detail, tail) in enumerate(details):
        left = len(details) - number
        said = say("… and {count} more; kpigen diff shows all.", count=left).said(lang)
        more = f"\n{said}\n"
        added = detail if head == title else f"\n{head}\n{detail}"
        if len(text) + len(added) + len(tail) + len(more) > MOST_CHARACTERS:
            return f"{text}{more}"
        text, title = text + added, head
    return text


# Both


def _headline(found: Effect, lang: Lang) -> str:
    """Say in one breath what changes: whom, what of the pay, and what is new."""
    said = []
    changed = [month for month in found.months if month.state == "changed"]
    agents = {(each.department, each.agent) for month in changed for each in month.changes}
    if agents:
        touched = sum(bool(month.changes) for month in changed)
        difference = sum((month.difference for month in changed), ZERO)
        said.append(
            say(
                "{agents} in {months}: pay {difference}.",
                agents=_agents(len(agents)),
                months=_month_count(touched),
                difference=_signed(difference),
            )
        )
    said += [*_one_sided(found, "new"), *_one_sided(found, "gone")]
    ranks = len({(month.department, agent) for month in changed for agent in month.rank_only})
    if ranks:
        said.append(say("Only the rank changes of {agents}.", agents=_agents(ranks)))
    closed = sum(month.status == ("draft", "closed") for month in found.months)
    if closed:
        said.append(say("{months} closed.", months=_month_count(closed)))
    if not said:
        said.append(_NOT_ALL if found.uncompared else _NOTHING)
    return (" " if lang is Lang.EN else "").join(each.said(lang) for each in said)


def _one_sided(found: Effect, state: str) -> Iterator[Text]:
    """Yield a sentence on the months that are there on one side only."""
    months = [month for month in found.months if month.state == state]
    if not months:
        return
    count = _month_count(len(months))
    agents = _agents(len({(month.department, each.agent) for month in months for each in month.changes}))
    pay = _money(sum((abs(month.difference) for month in months), ZERO))
    if state == "new":
        yield say("{months} new: {agents}, pay {pay}.", months=count, agents=agents, pay=pay)
    else:
        yield say("{months} gone: {agents}, pay {pay}.", months=count, agents=agents, pay=pay)


_PAY: Final[Text] = say("pay")
_POLICY: Final[Text] = say("policy")
_IN_ALL: Final[Text] = say("in all")
_NOTHING: Final[Text] = say("Nothing is computed differently.")
_NOT_ALL: Final[Text] = say("What could be compared is computed as before.")


def _findings(found: Effect) -> Iterator[tuple[Text, Sequence[Finding]]]:
    """Yield the findings below their titles: errors first, then warnings, then those that are gone."""
    errors = [each for each in found.new if each.severity is Severity.ERROR]
    warnings = [each for each in found.new if each.severity is not Severity.ERROR]
    listed: tuple[tuple[Text, Sequence[Finding]], ...] = (
        (say("Errors that this brings ({count}):", count=len(errors)), errors),
        (say("Warnings that this brings ({count}):", count=len(warnings)), warnings),
        (say("Findings that this solves ({count}):", count=len(found.solved)), found.solved),
    )
    return ((title, findings) for title, findings in listed if findings)


def _uncompared(each: Uncompared, lang: Lang) -> str:
    first, last = each.months[0], each.months[-1]
    months = month_name(first, lang) if first == last else f"{month_name(first, lang)} – {month_name(last, lang)}"
    values = {"department": each.department, "months": months}
    if each.before and each.after:
        text = say("{department}, {months}: not compared, for both sides have errors.", **values)
    elif each.before:
        text = say("{department}, {months}: not compared, for the base has errors.", **values)
    else:
        text = say("{department}, {months}: not compared, for errors keep it from being computed.", **values)
    return text.said(lang)


def _month_title(month: MonthChange, lang: Lang) -> str:
    """Name a month with what all are paid in it."""
    parts = [f"{visible(month.called)} · {month_name(month.month, lang)}", _remark(month, lang)]
    before, after = (None if each is None else _money(each) for each in month.pay)
    said = f"{before} → {after}" if before and after and month.difference else (after or before or "")
    if before and after and month.difference:
        opening, closing = brackets(lang)
        said += f"{opening}{signed(month.difference)}{closing}"
    parts.append(f"{_PAY.said(lang)} {said}")
    return " · ".join(filter(None, parts))


def _remark(month: MonthChange, lang: Lang) -> str:
    said = []
    if month.state != "changed":
        said.append(say("new") if month.state == "new" else say("gone"))
    if month.status[0] != month.status[1] and month.status[1] is not None and "closed" in month.status:
        said.append(say("closed") if month.status[1] == "closed" else say("not closed any more"))
    return say(", ").said(lang).join(each.said(lang) for each in said)


def _rank_only(month: MonthChange, lang: Lang) -> str:
    """Say of whom only the rank differs: by id where they are few."""
    shown = month.rank_only[:MOST_NAMED]
    ids = " ".join(shown) + (" …" if len(shown) < len(month.rank_only) else "")
    return say("Only the rank changes of {agents}: {ids}", agents=_agents(len(month.rank_only)), ids=ids).said(lang)


def _table(month: MonthChange, lang: Lang) -> Iterator[Sequence[str]]:
    """Yield the agents of a month that is new or gone, one a line, below their heads."""
    heads = (say("agent"), say("score"), say("tier"), say("pay"), say("awards and what is to be done"))
    yield [each.said(lang) for each in heads]
    side = 0 if month.state == "gone" else 1
    for change in sorted(month.changes, key=lambda each: each.agent):
        rows = {each.row.kind: each.row for each in change.rows}
        more = [each.row.name for each in change.rows if each.row.kind in {"award", "action"}]
        yield (
            f"{change.agent} {visible(change.name)}",
            _side(rows.get("score"), side),
            _tiers(rows.get("tier"), rows.get("next_tier"), side),
            money(change.pay[side] or "0.00"),
            say(", ").said(lang).join(map(visible, more)),
        )


_RIGHT: Final = (1, 3)


def _side(row: Row | None, side: int) -> str:
    return "–" if row is None else visible((row.now, row.then)[side])


def _tiers(tier: Row | None, following: Row | None, side: int) -> str:
    held, then = _side(tier, side), _side(following, side)
    return held if held == then else f"{held} → {then}"


def _state(change: Change, lang: Lang) -> str:
    """Say what an agent is paid before and after."""
    before, after = change.pay
    if before is None:
        return say("new, pay {pay}", pay=money(after or "0")).said(lang)
    if after is None:
        return say("gone, pay {pay}", pay=money(before)).said(lang)
    if not change.difference:
        return say("pay {pay}, the same", pay=money(after)).said(lang)
    return say(
        "pay {before} → {after} ({difference})",
        before=money(before),
        after=money(after),
        difference=signed(change.difference),
    ).said(lang)


def _cause(cause: Cause, lang: Lang) -> str:
    """Say a cause, its place aside."""
    stated = f" {cause.before} → {cause.after}" if cause.before or cause.after else ""
    if cause.kind == "policy":
        opening, closing = brackets(lang)
        clause = say("clause {clause}", clause=cause.id).said(lang)
        where = f"{opening}{clause}{closing}" if cause.id else ""
        return f"{_POLICY.said(lang)} · {cause.name}{where}: {cause.before} → {cause.after}"
    if cause.kind == "earlier":
        text = say("follows from {month}", month=month_name(cause.id, lang)).said(lang)
        return f"{text}: {cause.name}{stated}" if stated else text
    if cause.kind == "others":
        return say("follows from others: {names}", names=cause.name).said(lang)
    return f"{cause.name}{stated}"


def _rule(row: Row, lang: Lang) -> str:
    """Name the rule that a row was made by: its clause, its id, and whether it came or went."""
    if not row.clause:
        return ""
    rule = say("clause {clause}", clause=row.clause).said(lang)
    if row.kind != "result" and row.id:
        rule = f"{rule} {row.id.partition('@')[0]}"
    if "@" in row.id:  # a correction pays the difference, whether its rule applies now or did before
        return rule
    if row.applied == (False, True):
        return say("now applies: {rule}", rule=rule).said(lang)
    return say("no longer applies: {rule}", rule=rule).said(lang) if row.applied == (True, False) else rule


def _because(changed: Changed, causes: Sequence[Cause]) -> str:
    """Refer to causes by their numbers, where there are several."""
    if len(causes) < 2 or not changed.causes:  # noqa: PLR2004 - of a single one it is plain
        return ""
    return "← " + ", ".join(str(each + 1) for each in changed.causes)


def _shown(change: Change) -> list[Changed]:
    """Return the rows of an agent, the total aside, which stands in the title; so does an award that is paid."""
    paid = {each.row.id for each in change.rows if each.row.kind == "line"}
    return [
        each
        for each in change.rows
        if each.row.kind != "pay" and not (each.row.kind == "award" and each.row.id in paid)
    ]


# For a terminal


def _change_text(change: Change, lang: Lang) -> Iterator[str]:
    yield f"  {change.agent} {visible(change.name)} · {_state(change, lang)}"
    several = len(change.causes) > 1
    causes = [
        (f"{number}." if several else "", visible(_cause(cause, lang)), visible(cause.at or ""))
        for number, cause in enumerate(change.causes, start=1)
    ]
    because = say("because").said(lang)
    for line in aligned([(because if not number else "", *cause) for number, cause in enumerate(causes)]):
        yield f"    {line}"
    rows = [
        (
            visible(each.row.name),
            visible(f"{each.row.now} → {each.row.then}"),
            visible(each.row.difference),
            _rule(each.row, lang),
            _because(each, change.causes),
        )
        for each in _shown(change)
    ]
    for line in aligned(rows, right=(2,)):
        yield f"    {line}"


# For a comment


def _listed(findings: Sequence[Finding], lang: Lang) -> Iterator[str]:
    for finding in findings[:MOST_FINDINGS]:
        yield f"- {code(str(finding.place)[:MOST_SIGNS])} {inert(finding.message.said(lang)[:MOST_SIGNS])}\n"
    if len(findings) > MOST_FINDINGS:
        yield f"- {_more(len(findings) - MOST_FINDINGS, lang)}\n"


def _months(months: Sequence[MonthChange], lang: Lang) -> str:
    heads = (say("department"), say("month"), say("agents"), say("before"), say("after"), say("difference"))
    lines = [f"| {' | '.join(each.said(lang) for each in heads)} | |", "|---|---|--:|--:|--:|--:|---|"]
    for month in months[:MOST_MONTHS]:
        before, after = ("–" if each is None else _money(each) for each in month.pay)
        cells = (
            inert(month.called),
            month.month,
            str(len(month.changes)),
            before,
            after,
            _signed(month.difference),
            _remark(month, lang),
        )
        lines.append(f"| {' | '.join(cells)} |")
    if len(months) > MOST_MONTHS:
        lines.append(f"| {_more(len(months) - MOST_MONTHS, lang)} | | | | | | |")
    if len(months) > 1:
        total = sum((month.difference for month in months), ZERO)
        lines.append(f"| **{_IN_ALL.said(lang)}** | | | | | **{_signed(total)}** | |")
    return "\n".join((*lines, ""))


def _next(found: Effect) -> Text:
    """Say what the submitter does next."""
    if any(each.severity is Severity.ERROR for each in found.new):
        return say("Next: put right the lines that are named above and push again; this comment follows.")
    if not found.months:
        return say("Next: nothing in tier or pay is to be approved here.")
    return say(
        "Next: see below whether everything is meant. If not, change the line that is named and push again; "
        "this comment follows. Merging approves it."
    )


def _details(found: Effect, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Yield each agent below the title of the month: the title, the agent, and what ends the month."""
    for month in found.months:
        title = f"#### {inert(_month_title(month, lang))}\n"
        if month.state != "changed":
            head, *rows = (f"| {' | '.join(map(inert, line))} |\n" for line in _table(month, lang))
            title += f"\n{head}|---|--:|---|--:|---|"
            yield from ((title, row, "") for row in rows)
        else:
            yield from ((title, _folded(change, lang), "") for change in month.changes)
        if month.rank_only:
            yield title, f"\n{inert(_rank_only(month, lang))}\n", ""


def _folded(change: Change, lang: Lang) -> str:
    """Write an agent's month as a summary line with the rest folded away."""
    title = f"{change.agent} {inert(change.name)} · {inert(_state(change, lang))}"
    several = len(change.causes) > 1
    lines = [
        f"{f'{number}.' if several else '-'} {inert(_cause(cause, lang))}{f' {code(cause.at)}' if cause.at else ''}\n"
        for number, cause in enumerate(change.causes, start=1)
    ]
    because = f"{inert(say('because').said(lang))}\n\n{''.join(lines)}\n" if lines else ""
    heads = ("", say("before").said(lang), say("after").said(lang), say("difference").said(lang), "")
    table = [f"| {' | '.join(heads)} |\n", "|---|--:|--:|--:|---|\n"]
    for each in _shown(change):
        row = each.row
        end = " ".join(filter(None, (_rule(row, lang), _because(each, change.causes))))
        table.append(f"| {' | '.join(map(inert, (row.name, row.now, row.then, row.difference, end)))} |\n")
    return f"<details><summary>{title}</summary>\n\n{because}{''.join(table)}\n</details>\n"


def _more(count: int, lang: Lang) -> str:
    return say("… and {count} more", count=count).said(lang)


def _signed(amount: Decimal) -> str:
    return signed(amount) if amount else "±0"


def _money(amount: Decimal) -> str:
    return money(f"{amount:.2f}")


def _agents(count: int) -> Text:
    return say("1 agent") if count == 1 else say("{count} agents", count=count)


def _month_count(count: int) -> Text:
    return say("1 month") if count == 1 else say("{count} months", count=count)
