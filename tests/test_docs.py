"""What the documentation says is so: verbs, keys and records that it names exist, and all that exist are named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
    named = set(re.findall(r"^\| `kpigen ([a-z]+)", README, flags=re.MULTILINE))
    assert named == set(main.list_commands(None))  # type: ignore[arg-type]


def test_readme_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_what_readme_quotes_of_explain_is_what_explain_says() -> None:
    from click.testing import CliRunner  # noqa: PLC0415 - only here

    quoted = README.partition("$ kpigen explain A012 2026-06\n")[2].partition("```")[0].splitlines()
    said = CliRunner().invoke(
        main, ["--lang", "en", "explain", "A012", "2026-06", "--root", str(ROOT)], env={"COLUMNS": "140"}
    )
    lines = said.output.splitlines()
    assert [line for line in quoted if line != "…" and line not in lines] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_key_of_a_record_is_in_the_reference(kind: str, lang: str) -> None:
    text = (ROOT / f"site/pages/{lang}/guide/records.md").read_text(encoding="utf-8")
    assert [key for key in keys(KINDS[kind]) if not re.search(rf"\b{key}\b", text)] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_section_of_a_policy_is_in_the_reference(lang: str) -> None:
    text = (ROOT / f"site/pages/{lang}/guide/policy-language.md").read_text(encoding="utf-8")
    assert [key for key in keys(Version) if not re.search(rf"^{key}:|`{key}:`", text, flags=re.MULTILINE)] == []
