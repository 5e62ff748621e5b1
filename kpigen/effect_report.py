"""The effect as text, as Markdown for a pull request's comment, and as JSON. Pure."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.site.wording import money, signed
from kpigen.text import Text, say, visible

if TYPE_CHECKING:
    from kpigen.effect import Cause, Change, Effect
    from kpigen.text import Lang

__all__ = ["MOST_CHARACTERS", "as_json", "as_markdown", "as_text"]

MOST_CHARACTERS: Final = 60_000
"""How long a comment may be; the host refuses a longer one."""


def as_json(found: Effect, lang: Lang) -> str:
    """Return the effect as JSON."""
    return json.dumps(
        {
            "schema": "kpigen/effect/v1",
            "months": [
                {
                    "department": each.department,
                    "month": each.month,
                    "before": f"{each.before:f}",
                    "after": f"{each.after:f}",
                }
                for each in found.months
            ],
            "changes": [
                {
                    "department": each.department,
                    "month": each.month,
                    "agent": each.agent,
                    "pay": list(each.pay),
                    "rows": [{"name": row.name, "before": row.now, "after": row.then} for row in each.rows],
                    "causes": [
                        {"name": cause.name, "before": cause.before, "after": cause.after, "at": cause.place}
                        for cause in each.causes
                    ],
                }
                for each in found.changes
            ],
            "findings": {
                "new": [f"{each.place}: {each.message.said(lang)}" for each in found.new],
                "solved": [f"{each.place}: {each.message.said(lang)}" for each in found.solved],
            },
        },
        ensure_ascii=False,
        indent=1,
    )


def as_text(found: Effect, lang: Lang) -> str:
    """Return the effect for a terminal."""
    if found.nothing:
        return _NOTHING.said(lang)
    lines = [_headline(found, lang)]
    for month in found.months:
        lines.append(f"{month.department} {month.month}: {_from_to(month.before, month.after)}")
        for change in found.changes:
            if (change.department, change.month) == (month.department, month.month):
                lines.append(f"  {visible(change.name)} {change.agent}{_state(change, lang)}")
                lines += [f"    {visible(row.name)} {row.now} → {row.then}" for row in change.rows]
                lines += [f"    ← {visible(_cause(cause))}" for cause in change.causes]
    for title, findings in ((_NEW, found.new), (_SOLVED, found.solved)):
        if findings:
            lines.append(title.said(lang))
            lines += [f"  {each.place}: {visible(each.message.said(lang))}" for each in findings]
    return "\n".join(lines)


def as_markdown(found: Effect, lang: Lang) -> str:
    """Return the effect as a comment: a headline, a table, and each agent's details folded away.

    What does not fit is left out and counted.
    """
    if found.nothing:
        return f"{_NOTHING.said(lang)}\n"
    parts = [f"**{_inert(_headline(found, lang))}**\n"]
    for title, findings in ((_NEW, found.new), (_SOLVED, found.solved)):
        if findings:
            listed = "".join(f"- `{_code(str(each.place))}` {_inert(each.message.said(lang))}\n" for each in findings)
            parts.append(f"{title.said(lang)}\n\n{listed}")
    if found.months:
        head = [say("month"), say("before"), say("after"), say("difference")]
        titles = " | ".join(each.said(lang) for each in head)
        rows = "".join(
            f"| {_inert(month.department)} {month.month} | {money(f'{month.before:f}')} "
            f"| {money(f'{month.after:f}')} | {signed(month.after - month.before)} |\n"
            for month in found.months
        )
        parts.append(f"| {titles} |\n|---|--:|--:|--:|\n{rows}")
    return _fitting(parts, [_details(change, lang) for change in found.changes], lang)


def _fitting(parts: list[str], details: list[str], lang: Lang) -> str:
    text = "\n".join(parts)
    for number, detail in enumerate(details):
        left = len(details) - number
        more = say("… and {count} more; kpigen diff shows all.", count=left).said(lang)
        if len(text) + len(detail) + len(more) + 2 > MOST_CHARACTERS:
            return f"{text}\n{more}\n"
        text = f"{text}\n{detail}"
    return text


def _details(change: Change, lang: Lang) -> str:
    title = f"{_inert(change.name)} {change.agent} · {change.month}{_inert(_state(change, lang))}"
    body = "".join(f"- {_inert(row.name)}: {_inert(row.now)} → {_inert(row.then)}\n" for row in change.rows)
    body += "".join(f"- ← {_inert(_cause(cause))}\n" for cause in change.causes)
    return f"<details><summary>{title}</summary>\n\n{body}\n</details>\n"


def _headline(found: Effect, lang: Lang) -> str:
    agents = len({change.agent for change in found.changes})
    difference = sum((month.after - month.before for month in found.months), Decimal(0))
    text = say(
        "Computed differently: agents {agents}, months {months}, pay {difference} in all",
        agents=agents,
        months=len(found.months),
        difference=signed(difference) if difference else "±0",
    )
    return text.said(lang)


def _state(change: Change, lang: Lang) -> str:
    before, after = change.pay
    if before is None:
        return say(" (new): {pay}", pay=money(after or "0")).said(lang)
    if after is None:
        return say(" (no more): {pay}", pay=money(before)).said(lang)
    return f": {signed(change.difference)}" if change.difference else ""


def _from_to(before: Decimal, after: Decimal) -> str:
    return f"{money(f'{before:f}')} → {money(f'{after:f}')} ({signed(after - before) if after != before else '±0'})"


def _cause(cause: Cause) -> str:
    return " ".join(filter(None, (cause.name, cause.before, "→", cause.after, cause.place)))


def _inert(text: str) -> str:
    """Write a text so that neither Markdown nor HTML nor a mention finds anything to act upon."""
    plain = visible(text).replace("\n", " ")
    return _ACTIVE.sub(lambda sign: "".join(f"&#{ord(each)};" for each in sign[0]), plain)


def _code(text: str) -> str:
    return visible(text).replace("`", "'")


# What Markdown, HTML or the host makes something of: emphasis, links, tables, mentions, references to issues.
_ACTIVE: Final = re.compile(r"[!#&()*<>@\[\\\]^_`|~]|://|(?<=www)\.")
_NOTHING: Final[Text] = say("Nothing is computed differently.")
_NEW: Final[Text] = say("New findings:")
_SOLVED: Final[Text] = say("Findings that are gone:")
