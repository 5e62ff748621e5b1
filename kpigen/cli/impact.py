"""``kpigen impact``: show what a drafted policy version would have changed in the months that are past."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.comparing import cache_of
from kpigen.cli.findings import print_findings
from kpigen.cli.keeping import be_a_repository
from kpigen.cli.options import format_option, option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpigen.impact.trial import Impact
    from kpigen.revision import Revision
    from kpigen.snapshot import Snapshot
    from kpigen.text import Lang

__all__ = ["command"]

_MONTHS = 12


@verb(say("Show what a drafted policy version would have changed in past months; nothing is written."), name="impact")
@click.argument("policy_file", type=click.Path(path_type=Path), required=False)
@option("--base", about=say("Try every policy version that differs from this revision, instead of one file."))
@option("--months", type=click.IntRange(1, 120), default=_MONTHS, show_default=True, about=say("How many months."))
@format_option("text", "markdown", "json")
def command(  # noqa: PLR0913 - a verb has its options
    root: Path, lang: Lang, *, policy_file: Path | None, base: str | None, months: int, form: str
) -> None:
    """Print who would have gained and lost, which tiers would have moved, and the payroll."""
    from kpigen.finding import Severity  # noqa: PLC0415
    from kpigen.impact.drafting import DraftError  # noqa: PLC0415 - help does without
    from kpigen.revision import RevisionError  # noqa: PLC0415

    if (policy_file is None) == (base is None):
        raise Refusal(say("name either a policy file or --base, and not both"), lang)
    be_a_repository(root, lang)
    try:
        trial = _Trial(root, lang, months)
        found = _of_base(trial, base) if base else [_of_file(trial, policy_file or Path())]
    except DraftError as error:
        print_findings(error.findings, root, lang)
        raise click.exceptions.Exit(1) from error
    except RevisionError as error:
        raise Refusal(error.text, lang) from error
    except OSError as error:
        raise cannot_use(error, lang) from error
    _print(found, lang, form)
    errors = [each for impact in found for each in impact.findings if each.severity is Severity.ERROR]
    click.get_current_context().exit(bool(errors))


def _print(found: Sequence[Impact], lang: Lang, form: str) -> None:
    from kpigen.impact.document import as_json  # noqa: PLC0415 - help does without
    from kpigen.impact.report import as_markdown, as_text  # noqa: PLC0415

    if not found:
        return
    if form == "text":
        click.echo("\n\n".join(as_text(each, lang) for each in found))
    else:
        written = as_markdown if form == "markdown" else as_json
        click.echo(written(found, lang), nl=form == "json")


@dataclass(frozen=True, slots=True)
class _Trial:
    """What every draft is tried with."""

    root: Path
    lang: Lang
    months: int

    def of(self, snapshot: Snapshot, path: str, content: bytes) -> Impact:
        """Try a draft."""
        from kpigen.effect.sides import sides  # noqa: PLC0415
        from kpigen.impact.drafting import drafted  # noqa: PLC0415 - help does without
        from kpigen.impact.trial import impact  # noqa: PLC0415

        draft = drafted(snapshot, path, content, self.months)
        before, after = sides(snapshot, draft.snapshot, cache_of(self.root))
        return impact(before, after, draft, self.lang)


def _of_file(trial: _Trial, path: Path) -> Impact:
    """Try one file; one that lies in ``policy/`` is compared with what git has approved there, if there is git."""
    from kpigen.revision import Revision, RevisionError  # noqa: PLC0415 - help does without
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    content, snapshot = path.read_bytes(), FolderSnapshot.of(trial.root)
    here = path.resolve()
    inside = here.is_relative_to((trial.root / "policy").resolve())
    if not inside:
        return trial.of(snapshot, str(path), content)
    filed = here.relative_to(trial.root.resolve()).as_posix()
    try:
        approved = _approved(snapshot, Revision.of(trial.root, "HEAD"), (filed,))
    except RevisionError:
        approved = snapshot
    return trial.of(approved, filed, content)


def _of_base(trial: _Trial, base: str) -> list[Impact]:
    """Try every version that differs from a revision and governs something."""
    from kpigen.impact.drafting import UnusedError  # noqa: PLC0415 - help does without
    from kpigen.revision import Revision  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    revision, snapshot = Revision.of(trial.root, base), FolderSnapshot.of(trial.root)
    here = {each.path for each in snapshot.entries if each.kind == "file" and each.path.startswith("policy/")}
    there = {path for path in revision.blobs if path.startswith("policy/")}
    changed = sorted(
        path
        for path in here | there
        if path not in here or path not in there or snapshot.read(path) != revision.read(path)
    )
    approved, found = _approved(snapshot, revision, changed), []
    for path in (path for path in changed if path in here and path.endswith(".yaml")):
        try:
            found.append(trial.of(approved, path, snapshot.read(path)))
        except UnusedError:
            continue
    return found


def _approved(snapshot: Snapshot, revision: Revision, paths: Sequence[str]) -> Snapshot:
    """Return the files with some of them as a revision has them."""
    from kpigen.snapshot import Overlaid  # noqa: PLC0415 - help does without

    put = {path: revision.read(path) for path in paths if path in revision.blobs}
    return Overlaid(snapshot, put, frozenset(path for path in paths if path not in put))
