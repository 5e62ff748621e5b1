"""A small policy of which the lint finds nothing, and ways to change it a little."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpigen.lint import lint_version, lint_versions, prove
from kpigen.policy import Policy, Version, compile_policy
from kpigen.reading.decode import decode
from kpigen.reading.syntax import parse
from kpigen.text import Lang

if TYPE_CHECKING:
    from kpigen.finding import Finding
    from kpigen.lint import Proof, Remark
    from kpigen.reading.nodes import Document

PATH = "policy/demo/2025-01.yaml"

CLEAN = (Path(__file__).parent / "demo.yaml").read_text(encoding="utf-8")


def edited(*edits: tuple[str, str], base: str = CLEAN) -> str:
    """The policy with ``(old, new)`` edits: ``old`` stands exactly once."""
    text = base
    for old, new in edits:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def saying(number: str, *figures: str) -> tuple[tuple[str, str], ...]:
    """The edits that let a clause say more figures, in both languages."""
    line = next(line for line in CLEAN.splitlines() if line.startswith(f'  "{number}": '))
    more = "、".join(figures)
    zh = line.replace('。, en: "', f'。{more}。, en: "')
    return ((line, f"{zh[: -len(QUOTED)]} {more}.{QUOTED}"),)


QUOTED = '"}'


def read(text: str, path: str = PATH) -> tuple[Policy, Document]:
    """A policy that is sound."""
    document, findings = parse(path, text.encode())
    assert document is not None, said(findings)
    version, more = decode(document, Version)
    assert version is not None, said(more)
    policy, wrong = compile_policy(document, version)
    assert policy.sound, said(wrong)
    return policy, document


def said(findings: tuple[Finding, ...], lang: Lang = Lang.EN) -> list[str]:
    """Findings as lines."""
    return [f"{finding.place}: {finding.message.said(lang)} [{finding.rule.id}]" for finding in findings]


def remarks(text: str, path: str = PATH) -> tuple[Remark, ...]:
    """What the lint finds in a policy."""
    return lint_version(*read(text, path))


def lines(text: str, path: str = PATH) -> list[str]:
    """What the lint finds: severity, message and rule of each, without those acknowledged."""
    return [
        f"{each.finding.severity}: {each.finding.message.said(Lang.EN)} [{each.finding.rule.id}]"
        for each in remarks(text, path)
        if each.reason is None
    ]


def rules(text: str) -> list[str]:
    """The rules of what the lint finds, sorted."""
    return sorted({each.finding.rule.id for each in remarks(text) if each.reason is None})


def proofs(text: str) -> list[Proof]:
    """What is proved of a policy."""
    return list(prove(*read(text)))


def between(*texts: str) -> list[str]:
    """What the lint finds between versions of one policy, from 2025-01 on."""
    versions = {}
    for number, text in enumerate(texts, start=1):
        month = f"2025-{number:02}"
        policy, document = read(text.replace("version: 2025-01", f"version: {month}"), f"policy/demo/{month}.yaml")
        versions[policy.month] = (policy, document)
    return said(tuple(remark.finding for remark in lint_versions(versions)))
