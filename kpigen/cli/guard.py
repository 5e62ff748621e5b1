"""``kpigen guard``: refuse a proposal that changes what its base has closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import FORMATS, print_findings, summarize, summary_option
from kpigen.cli.options import format_option, option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["command"]

_UNTOUCHED = say("Nothing that is closed is touched.")


@verb(say("Refuse changes to closed months, to their policies, and to what checks and publishes."), name="guard")
@option("--base", required=True, about=say("The revision that is approved, such as origin/main."))
@format_option(*FORMATS)
@summary_option
def command(root: Path, lang: Lang, *, base: str, form: str, note: Path | None) -> None:
    """Print what the proposal may not change; exit 1 when there is an error."""
    from kpigen.finding import Severity  # noqa: PLC0415 - help does without
    from kpigen.guarding import guard  # noqa: PLC0415
    from kpigen.revision import Revision, RevisionError, changed_paths, merge_bases  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    if not root.is_dir():  # whether it still holds records is what the guard finds out
        raise Refusal(say("there is no folder {path}", path=str(root)), lang)
    try:
        approved = Revision.of(root, base)
        changed = {path for commit in merge_bases(root, base) for path in changed_paths(root, commit)}
        findings = guard(approved, FolderSnapshot.of(root), changed)
    except RevisionError as error:
        raise Refusal(error.text, lang) from error
    except OSError as error:
        raise cannot_use(error, lang) from error
    print_findings(findings, root, lang, form)
    stands = say("What is closed, or checks and publishes, is touched.") if findings else _UNTOUCHED
    summarize(findings, stands, note, lang)
    if form == "text" and not findings:
        click.echo(_UNTOUCHED.said(lang))
    click.get_current_context().exit(any(each.severity is Severity.ERROR for each in findings))
