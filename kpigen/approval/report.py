"""How a proposal stands, as text, as Markdown for the host, and as JSON. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kpigen.markdown import code, inert
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.approval.verdict import Answer, Verdict
    from kpigen.text import Lang, Text

__all__ = ["MARKER", "as_json", "as_markdown", "as_text", "headline"]

MARKER: Final = "<!-- kpigen approval -->"
"""The first line, by which a newer comment finds the older one."""

_MOST_PATHS: Final = 5


def headline(verdict: Verdict) -> Text:
    """Say in one line how it stands."""
    if not verdict.answers:
        return say("no approval is needed") if not verdict.findings else say("approvals are not checked")
    return say("approvals: {given} of {needed}", given=verdict.given, needed=len(verdict.answers))


def as_text(verdict: Verdict, lang: Lang) -> str:
    """Return the lines that follow the findings: what is approved and by whom, who does not count, how it stands."""
    lines = [
        say("approved by {people}: {what}", people=", ".join(each.given), what=each.demand.what).said(lang)
        for each in verdict.answers
        if each.given
    ]
    lines += [
        say("does not count: {account}: {why}", account=account, why=why).said(lang)
        for account, why in verdict.uncounted
    ]
    return "\n".join((*lines, headline(verdict).said(lang)))


def as_markdown(verdict: Verdict, lang: Lang) -> str:
    """Return the verdict as a comment or summary: a headline, a table, and the next steps."""
    parts = [MARKER, "", f"**{inert(headline(verdict).said(lang))}**", ""]
    if verdict.answers:
        titles = (say("what"), say("files"), say("approved by"))
        parts += [f"| {' | '.join(each.said(lang) for each in titles)} |", "|---|---|---|"]
        parts += [_row(each, lang) for each in verdict.answers]
        parts.append("")
    for finding in verdict.findings:
        hint = f" {inert(finding.hint.said(lang))}" if finding.hint else ""
        parts.append(f"- {inert(finding.message.said(lang))}{hint}")
    parts += [
        f"- {inert(say('does not count: {account}: {why}', account=account, why=why).said(lang))}"
        for account, why in verdict.uncounted
    ]
    return "\n".join(parts).rstrip() + "\n"


def _row(answer: Answer, lang: Lang) -> str:
    # A table ends its cells at every bar, within code too, unless it is escaped.
    paths = [code(path).replace("|", "\\|") for path in answer.demand.paths[:_MOST_PATHS]]
    if more := len(answer.demand.paths) - len(paths):
        paths.append(say("and {count} more", count=more).said(lang))
    given = inert(", ".join(answer.given)) or say("nobody yet").said(lang)
    return f"| {inert(answer.demand.what.said(lang))} | {', '.join(paths)} | {given} |".replace("\n", " ")


def as_json(verdict: Verdict, lang: Lang) -> str:
    """Return the verdict as JSON."""
    rows = [
        {
            "what": each.demand.what.said(lang),
            "paths": list(each.demand.paths),
            "may": sorted(each.demand.may),
            "given": list(each.given),
        }
        for each in verdict.answers
    ]
    findings = [
        {
            "path": each.place.path,
            "severity": each.severity.value,
            "rule": each.rule.id,
            "message": each.message.said(lang),
            "hint": each.hint.said(lang) if each.hint else None,
        }
        for each in verdict.findings
    ]
    made = {"given": verdict.given, "needed": len(verdict.answers), "approvals": rows, "findings": findings}
    return json.dumps(made, ensure_ascii=False, indent=1)
