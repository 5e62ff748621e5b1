"""Every rule of reading has a folder of bad files, each with its findings word for word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpigen.finding import Rule
from kpigen.reading import decode as decoding
from kpigen.reading import fullwidth, hygiene, readers, refusals, syntax, trouble, wording
from kpigen.reading.decode import decode
from kpigen.reading.hygiene import MAX_BYTES
from kpigen.reading.syntax import parse
from kpigen.text import Lang
from tests.reading.sample import Sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.finding import Finding

GALLERY = Path(__file__).parents[1] / "gallery"
MODULES = (decoding, fullwidth, hygiene, readers, refusals, syntax, trouble, wording)
RULES = {value.id: value for module in MODULES for value in vars(module).values() if isinstance(value, Rule)}
DECODED = {
    rule.id for module in (decoding, readers, wording) for rule in vars(module).values() if isinstance(rule, Rule)
}
CASES = sorted(path for rule in RULES for path in (GALLERY / rule).glob("*.yaml"))


def printed(findings: Iterable[Finding]) -> str:
    lines = []
    for finding in findings:
        where = f"{finding.place.line}:{finding.place.column}"
        lines.append(f"{where}: {finding.severity}: {finding.message.said(Lang.EN)} [{finding.rule.id}]")
        assert finding.hint is not None, finding
        lines.append(f"    {finding.hint.said(Lang.EN)}")
    return "".join(f"{line}\n" for line in lines)


def findings_of(path: Path) -> tuple[Finding, ...]:
    document, findings = parse(f"records/{path.name}", path.read_bytes())
    if document is not None and path.parent.name in DECODED:
        findings += decode(document, Sample)[1]
    return findings


def expect(path: Path, text: str, *, bless: bool) -> None:
    if bless:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_bad_file_gets_its_findings(path: Path, bless: bool) -> None:  # noqa: FBT001 - a fixture
    findings = findings_of(path)
    assert path.parent.name in {finding.rule.id for finding in findings}
    expect(path.with_suffix(".expected.txt"), printed(findings), bless=bless)


def test_a_file_that_is_too_large(bless: bool) -> None:  # noqa: FBT001 - a fixture
    _, findings = parse("records/large.yaml", b"#" * (MAX_BYTES + 1))
    expect(GALLERY / "too-large" / "generated.expected.txt", printed(findings), bless=bless)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_its_folder(rule: str) -> None:
    assert list((GALLERY / rule).glob("*.expected.txt"))
