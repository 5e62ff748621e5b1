"""Every rule has a folder of cases: the base repository with a few things wrong, and all findings word for word.

A case is a folder. A file in it stands at its path of the repository, in place of the base's; a file that ends in
``.edit`` changes lines of the base's (``- `` the old lines, ``+ `` the new ones); one that ends in ``.gone``
removes it. Cases that are a single YAML file belong to the tests of reading.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kpigen
from kpigen.finding import Finding, Rule
from kpigen.ledger import keep
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang
from tests.engine.mini import BASE, Files, files_of

if TYPE_CHECKING:
    from collections.abc import Iterable

GALLERY = Path(__file__).parent / "gallery"
CASES = sorted(path for path in GALLERY.glob("*/*") if path.is_dir() and path.name != "in-the-test")
# Their rules are about other programs' sheets, the layout of files, and what policies say; their own tests show them.
ELSEWHERE = ("kpigen.approval", "kpigen.guarding", "kpigen.intake", "kpigen.layout", "kpigen.lint")


def rules() -> dict[str, list[str]]:
    """Every rule of the package, with the modules that know it."""
    found: dict[str, list[str]] = {}
    for module in pkgutil.walk_packages(kpigen.__path__, "kpigen."):
        if not module.name.endswith("__main__"):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Rule):
                    found.setdefault(value.id, []).append(module.name)
    return found


def edited(text: str, edit: str) -> str:
    """Change whole lines: each run of ``- `` lines stands once, and makes way for the ``+ `` lines after it."""
    runs = [
        (sign, "".join(f"{line[2:]}\n" for line in lines))
        for sign, lines in itertools.groupby(edit.splitlines(), lambda line: line[0])
    ]
    for (sign, old), (follows, new) in itertools.pairwise([*runs, ("", "")]):
        if sign == "-":
            assert f"\n{text}".count(f"\n{old}") == 1, old
            text = text.replace(old, new if follows == "+" else "")
    return text


def case_files(folder: Path) -> dict[str, str]:
    files = dict(BASE)
    for path, text in files_of(folder).items():
        if path.endswith(".edit"):
            name = path.removesuffix(".edit")
            files[name] = edited(files[name], text)
        elif path.endswith(".gone"):
            del files[path.removesuffix(".gone")]
        elif path != "expected.txt":
            files[path] = text
    return files


def printed(findings: Iterable[Finding]) -> str:
    lines = []
    for finding in findings:
        lines.append(f"{finding.place}: {finding.severity}: {finding.message.said(Lang.EN)} [{finding.rule.id}]")
        if finding.hint:
            lines.append(f"    {finding.hint.said(Lang.EN)}")
        lines.extend(f"    see {place}" for place in finding.related)
    return "".join(f"{line}\n" for line in lines)


def is_readable(finding: Finding) -> bool:
    """Whether message and hint say something in both languages, with every value in its place."""
    texts = [text for text in (finding.message, finding.hint) if text]
    return all(text.said(lang).strip() for text in texts for lang in Lang)


def expect(folder: Path, findings: tuple[Finding, ...], *, bless: bool) -> None:
    text, path = printed(findings), folder / "expected.txt"
    if bless:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert folder.parent.name in {finding.rule.id for finding in findings}
    assert all(map(is_readable, findings))


def test_the_base_is_clean() -> None:
    assert keep(Files(BASE)).findings == ()


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_case_gets_its_findings(folder: Path, bless: bool) -> None:  # noqa: FBT001 - a fixture
    expect(folder, keep(Files(case_files(folder))).findings, bless=bless)


def test_links_are_not_followed(tmp_path: Path, bless: bool) -> None:  # noqa: FBT001 - a fixture
    for path, text in BASE.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.joinpath("secret.yaml").write_text("secret: yes\n", encoding="utf-8")
    tmp_path.joinpath("records/shop/agents/A009.yaml").symlink_to(elsewhere / "secret.yaml")
    tmp_path.joinpath("records/shop/2025-03").symlink_to(elsewhere)
    tmp_path.joinpath("records/depot").symlink_to("shop")
    tmp_path.joinpath("policy/other").symlink_to("nowhere")
    expect(GALLERY / "link" / "in-the-test", keep(FolderSnapshot.of(tmp_path)).findings, bless=bless)


def test_every_rule_has_its_folder() -> None:
    shown = {path.name for path in GALLERY.iterdir() if path.is_dir()}
    elsewhere = {rule for rule, modules in rules().items() if all(name.startswith(ELSEWHERE) for name in modules)}
    assert shown - elsewhere == rules().keys() - elsewhere


@pytest.mark.parametrize("rule", sorted(path.name for path in GALLERY.iterdir() if path.is_dir()))
def test_every_folder_has_a_case(rule: str) -> None:
    assert [*GALLERY.glob(f"{rule}/*.expected.txt"), *GALLERY.glob(f"{rule}/*/expected.txt")]
