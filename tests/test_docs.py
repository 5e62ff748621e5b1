"""What the documentation says is so: verbs, keys and records that it names exist, and all that exist are named."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from kpigen.policy import Version
from kpigen.records import KINDS

if TYPE_CHECKING:
    from kpigen.reading.decode import Record

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def keys(model: type[Record]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def test_readme_names_every_verb() -> None:
    named = set(re.findall(r"^\| `kpigen ([a-z-]+)", README, flags=re.MULTILINE))
    assert named == set(main.list_commands(None))  # type: ignore[arg-type]


def test_readme_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def tour() -> list[tuple[str, str]]:
    """Each command of the README's tour with what it is said to print."""
    told = README.partition("## How a month goes")[2].partition("\n## ")[0]  # the story after it has a test of its own
    blocks = re.findall(r"```console\n(.*?)```", told, flags=re.DOTALL)
    commands = [part.partition("\n") for block in blocks for part in f"\n{block}".split("\n$ kpigen ")[1:]]
    return [(command, printed.rstrip("\n")) for command, _, printed in commands]


def slips(root: Path) -> None:
    """Make the mistakes that the tour's check finds, in place of the new month's empty sheet."""
    shutil.rmtree(root / "records/ecommerce/2026-11")
    sheet = root / "records/ecommerce/2026-10/scores/day.yaml"
    lines = sheet.read_text(encoding="utf-8").split("\n")
    lines[6] = lines[6].replace(" attitude:", " atitude:")
    lines[7] = lines[7].replace("resolution: 19", "resolution: 29")
    sheet.write_text("\n".join(lines), encoding="utf-8")


def test_the_tour_says_what_it_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("records", "policy", "tests/intake"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KPIGEN_CACHE", str(tmp_path / "cache"))
    shown = ["new", "new", "import", "check", "explain", "what-if", "lint"]
    assert [command.split()[0] for command, _ in tour()] == shown
    for command, quoted in tour():
        if command == "check":
            slips(tmp_path)
        said = CliRunner().invoke(main, shlex.split(command), env={"LC_ALL": "C.UTF-8"}).output.rstrip("\n")
        if "\n…\n" in quoted:
            lines = iter(said.split("\n"))
            assert [line for line in quoted.split("\n") if line != "…" and line not in lines] == []
        else:
            assert said == quoted


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_key_of_a_record_is_in_the_reference(kind: str, lang: str) -> None:
    text = (ROOT / f"site/pages/{lang}/guide/records.md").read_text(encoding="utf-8")
    assert [key for key in keys(KINDS[kind]) if not re.search(rf"\b{key}\b", text)] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_section_of_a_policy_is_in_the_reference(lang: str) -> None:
    text = (ROOT / f"site/pages/{lang}/guide/policy-language.md").read_text(encoding="utf-8")
    assert [key for key in keys(Version) if not re.search(rf"^{key}:|`{key}:`", text, flags=re.MULTILINE)] == []
