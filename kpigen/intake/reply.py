"""Replies: what is said below an issue, and as the body of the pull request made of it. Nothing that was typed acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.markdown import code, inert
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.intake.drafts import Draft
    from kpigen.intake.filing import Filing
    from kpigen.text import Text

__all__ = ["MARKER", "recorded", "refused", "title"]

MARKER: Final = "<!-- kpigen form -->"
"""The first line, by which a newer reply finds the older one."""

_LONGEST: Final = 400


def title(filing: Filing, draft: Draft) -> str:
    """Return the pull request's title: ids alone, in one line."""
    identifier = draft.path.rpartition("/")[2].removesuffix(".yaml")
    said = (
        say("Complaint {id} about {agent}", id=identifier, agent=filing.agent)
        if filing.form.kind == "complaint"
        else say("Appeal {id} of {agent}", id=identifier, agent=filing.agent)
    )
    return said.said(filing.form.lang)


def recorded(filing: Filing, draft: Draft, number: int) -> str:
    """Return what is said of a form that became a record."""
    lang = filing.form.lang
    lines = [
        MARKER,
        "",
        say("This became a record:").said(lang) + f" {code(draft.path)}",
        "",
        say(
            "A pull request proposes it. Edit the issue's text to change it, as long as it is not decided; "
            "merging the pull request closes the issue."
        ).said(lang),
        "",
    ]
    if filing.doubts:
        lines += [say("Please look again:").said(lang), "", *_listed(filing, filing.doubts), ""]
    return "\n".join((*lines, f"Closes #{number}", ""))


def refused(filing: Filing) -> str:
    """Return what is said of a form with something wrong."""
    lang = filing.form.lang
    head = say("This could not become a record yet. Edit the issue's text; it is read again at once.")
    if all(not label for label, _ in filing.faults):
        head = say("This did not become a record.")
    return "\n".join((MARKER, "", head.said(lang), "", *_listed(filing, filing.faults), ""))


def _listed(filing: Filing, said: Iterable[tuple[str, Text]]) -> Iterator[str]:
    for label, text in said:
        words = text.said(filing.form.lang)
        short = inert(words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…")
        yield f"- **{inert(label)}**: {short}" if label else f"- {short}"
