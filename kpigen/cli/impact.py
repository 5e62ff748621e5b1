"""``kpigen impact``: show what a drafted policy version would have changed in the months that are past."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import print_findings
from kpigen.cli.keeping import be_a_repository
from kpigen.cli.options import format_option, option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.text import Lang

__all__ = ["command"]

_MONTHS = 3


@verb(say("Show what a drafted policy version would have changed in past months; nothing is written."), name="impact")
@click.argument("policy_file", type=click.Path(path_type=Path))
@option("--months", type=click.IntRange(1, 120), default=_MONTHS, show_default=True, about=say("How many months."))
@format_option("text", "markdown", "json")
def command(root: Path, lang: Lang, *, policy_file: Path, months: int, form: str) -> None:
    """Print who would have gained and lost, which tiers would have moved, and the payroll."""
    from kpigen.drafting import DraftError, drafted  # noqa: PLC0415 - help does without
    from kpigen.impact import as_json, as_markdown, as_text, impact  # noqa: PLC0415
    from kpigen.ledger import keep  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415
    from kpigen.store import Kept  # noqa: PLC0415

    be_a_repository(root, lang)
    try:
        snapshot = FolderSnapshot.of(root)
        supposed, begin = drafted(snapshot, str(policy_file), policy_file.read_bytes(), months)
        now = Kept({})
        old = keep(snapshot, sink=now)
        then = Kept(now.documents)
        new = keep(supposed, sink=then)
    except DraftError as error:
        print_findings(error.findings, root, lang, "text")
        raise Refusal(error.text, lang) from error
    except OSError as error:
        raise cannot_use(error, lang) from error
    same = {path: now.documents[path] for path in then.same}
    documents = {**same, **then.documents}
    known = {(each.rule.id, each.place.path, each.message) for each in old.findings}
    more = tuple(each for each in new.findings if (each.rule.id, each.place.path, each.message) not in known)
    written = {"text": as_text, "markdown": as_markdown, "json": as_json}[form]
    click.echo(written(impact(now.documents, documents, begin, more, lang), lang))
