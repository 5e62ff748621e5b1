"""``kpigen approval``: say which approvals a pull request needs, and which it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import print_findings
from kpigen.cli.options import format_option, option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.approval.verdict import Verdict
    from kpigen.text import Lang

__all__ = ["command", "read_notice"]

_FILE = click.Path(path_type=Path)


@verb(say("Say which approvals a pull request needs, by whom, and which it has."), name="approval")
@option("--event", type=_FILE, required=True, about=say("The host's event of the pull request, a JSON file."))
@option("--reviews", type=_FILE, required=True, about=say("The pull request's reviews, as the host lists them, JSON."))
@option("--base", required=True, about=say("The revision that is approved, such as origin/main."))
@option("--summary", type=_FILE, about=say("Also append the result to this file, as Markdown."))
@format_option("text", "json", "github", "markdown")
def command(  # noqa: PLR0913 - a verb has its options
    root: Path, lang: Lang, *, event: Path, reviews: Path, base: str, summary: Path | None, form: str
) -> None:
    """Print what is missing; exit 1 when something is."""
    from kpigen.approval.report import as_json, as_markdown, as_text  # noqa: PLC0415 - help does without
    from kpigen.finding import Severity  # noqa: PLC0415

    verdict = _judged(root, lang, event, reviews, base)
    if summary is not None:
        try:
            with summary.open("a", encoding="utf-8") as stream:
                stream.write(as_markdown(verdict, lang))
        except OSError as error:
            raise cannot_use(error, lang) from error
    if form == "json":
        click.echo(as_json(verdict, lang))
    elif form == "markdown":
        click.echo(as_markdown(verdict, lang), nl=False)
    else:
        print_findings(verdict.findings, root, lang, form)
        click.echo(as_text(verdict, lang))
    click.get_current_context().exit(any(each.severity is Severity.ERROR for each in verdict.findings))


def _judged(root: Path, lang: Lang, event: Path, reviews: Path, base: str) -> Verdict:
    """Read everything and judge.

    Raises:
        Refusal: a file is not what it should be, or git does not know a commit.
    """
    from dataclasses import replace  # noqa: PLC0415 - help does without

    from kpigen.approval.demand import Proposal  # noqa: PLC0415
    from kpigen.approval.notice import NoticeError, read_pull, read_reviews  # noqa: PLC0415
    from kpigen.approval.signature import check_signatures  # noqa: PLC0415
    from kpigen.approval.verdict import judge  # noqa: PLC0415
    from kpigen.revision import Revision, RevisionError, changed_between, merge_base  # noqa: PLC0415

    try:
        pull = read_pull(str(event), read_notice(event, lang))
        said = read_reviews(str(reviews), read_notice(reviews, lang))
        approved, proposed = Revision.of(root, base), Revision.of(root, pull.head)
        changed = changed_between(root, merge_base(root, base, pull.head), proposed.commit)
        signatures = check_signatures(root, base, pull.head)
    except NoticeError as error:
        raise Refusal(error.text, lang) from error
    except RevisionError as error:
        raise Refusal(error.text, lang) from error
    except OSError as error:
        raise cannot_use(error, lang) from error
    verdict = judge(Proposal(approved, proposed, changed), pull, said, signatures.people)
    return replace(verdict, findings=(*verdict.findings, *signatures.findings))


def read_notice(path: Path, lang: Lang) -> bytes:
    """Return what a file of the host says, one byte more than is read at most.

    Raises:
        Refusal: the system does not let us.
    """
    from kpigen.approval.notice import MAX_NOTICE  # noqa: PLC0415 - help does without

    try:
        with path.open("rb") as stream:
            return stream.read(MAX_NOTICE + 1)
    except OSError as error:
        raise cannot_use(error, lang) from error
