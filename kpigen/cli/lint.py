"""``kpigen lint``: find what is wrong or doubtful in the policies themselves, and say what is proved of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import print_findings
from kpigen.cli.keeping import be_a_repository
from kpigen.cli.options import format_option, option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.report import summary
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kpigen.finding import Finding
    from kpigen.lint.reading import Linted
    from kpigen.text import Lang, Text

__all__ = ["command"]


@verb(say("Lint policies: gaps, contradictions, figures, examples and law."), name="lint")
@click.argument("policies", nargs=-1)
@option("--prove", is_flag=True, about=say("Say also what is proved of each version, and where it does not hold."))
@format_option("text", "json", "github")
def command(root: Path, lang: Lang, policies: tuple[str, ...], form: str, *, prove: bool) -> None:
    """Print what was found; exit 1 when one of the findings is an error."""
    from kpigen.finding import Severity  # noqa: PLC0415 - help does without
    from kpigen.lint.reading import read_policies  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    be_a_repository(root, lang)
    try:
        linted = read_policies(FolderSnapshot.of(root))
    except OSError as error:
        raise cannot_use(error, lang) from error
    chosen = _chosen(linted, policies, lang)
    findings = [finding for each in chosen for finding in each.findings]
    print_findings(findings, root, lang, form)
    if prove:
        for each in chosen:
            _print_proofs(each, lang)
    if form != "json":
        click.echo(_standing(findings, chosen).said(lang))
    click.get_current_context().exit(any(each.severity is Severity.ERROR for each in findings))


def _chosen(linted: Sequence[Linted], policies: Iterable[str], lang: Lang) -> Sequence[Linted]:
    """Return the policies that are asked for, all of them unless some are.

    Raises:
        Refusal: there is no such policy.
    """
    wanted = set(policies)
    names = {each.id for each in linted}
    for name in sorted(wanted - names):
        near = nearest(name, names)
        if near:
            raise Refusal(say("there is no policy {name}; did you mean {near}?", name=name, near=near), lang)
        raise Refusal(say("there is no policy {name}", name=name), lang)
    return [each for each in linted if not wanted or each.id in wanted]


def _standing(findings: Sequence[Finding], linted: Sequence[Linted]) -> Text:
    if findings:
        return summary(findings, 0, 0)
    versions = sum(len(each.policies) for each in linted)
    acknowledged = sum(len(each.acknowledged) for each in linted)
    return say("clean: {versions} versions, {count} warnings acknowledged", versions=versions, count=acknowledged)


def _print_proofs(linted: Linted, lang: Lang) -> None:
    from kpigen.lint import prove  # noqa: PLC0415 - help does without

    for policy, document in linted.policies:
        click.echo(f"{policy.id} {policy.month}")
        for proof in prove(policy, document):
            mark = say("proved") if proof.holds else say("not so")
            click.echo(f"  {mark.said(lang)}: {proof.statement.said(lang)}")
