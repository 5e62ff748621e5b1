"""``kpigen guard``: refuse a proposal that changes what its base has closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import print_findings
from kpigen.cli.keeping import be_a_repository
from kpigen.cli.options import format_option, option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Refuse changes to closed months, to their policies, and to what checks and publishes."), name="guard")
@option("--base", required=True, about=say("The revision that is approved, such as origin/main."))
@format_option("text", "json", "github", "sarif", "gitlab")
def command(root: Path, lang: Lang, *, base: str, form: str) -> None:
    """Print what the proposal may not change; exit 1 when there is an error."""
    from kpigen.finding import Severity  # noqa: PLC0415 - help does without
    from kpigen.guarding import guard  # noqa: PLC0415
    from kpigen.revision import Revision, RevisionError, changed_paths, merge_base  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    be_a_repository(root, lang)
    try:
        approved = Revision.of(root, base)
        changed = changed_paths(root, merge_base(root, base))
        findings = guard(approved, FolderSnapshot.of(root), changed)
    except RevisionError as error:
        raise Refusal(error.text, lang) from error
    except OSError as error:
        raise cannot_use(error, lang) from error
    print_findings(findings, root, lang, form)
    if form == "text" and not findings:
        click.echo(say("Nothing that is closed is touched.").said(lang))
    click.get_current_context().exit(any(each.severity is Severity.ERROR for each in findings))
