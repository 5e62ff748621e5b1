"""A new repository under any policy: clean at once, laid out, and its month can be closed."""

from __future__ import annotations

import shutil
import subprocess
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pytest
import yaml

from kpigen.layout import kind_of
from kpigen.schema import schema_files
from kpigen.text import Lang
from tests.founding.conftest import POLICIES, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

REVIEWER = {"zh": "zhao.lei", "en": "kim.ward"}
TEST_CASES = [(policy, list(Lang)[number % 2].value) for number, policy in enumerate(POLICIES)]


def month_of(root: Path) -> str:
    return next(path.name for path in (root / "records/shop").iterdir() if path.name[0].isdigit())


@pytest.mark.parametrize(("policy", "lang"), TEST_CASES)
def test_is_clean_and_can_be_closed(
    kpigen: Callable[..., Result], found: Callable[..., Path], policy: str, lang: str
) -> None:
    root = found(policy, "--lang", lang)
    said = {verb: kpigen(*verb.split(), "--root", str(root)) for verb in ("check", "fmt --check", "owners --check")}
    assert {verb: (done.exit_code, done.output) for verb, done in said.items()} == {
        "check": (0, "clean: 1 month, 4 agents\n"),
        "fmt --check": (0, ""),
        "owners --check": (0, ".github/CODEOWNERS is up to date\n"),
    }
    assert kpigen("lint", "--root", str(root)).exit_code == 0
    month = month_of(root)
    done = kpigen("close", "shop", month, "--by", REVIEWER[lang], "--root", str(root))
    assert (done.exit_code, (root / f"records/shop/{month}/close.yaml").is_file()) == (0, True), done.output
    assert kpigen("check", "--root", str(root)).output == "clean: 1 month, 4 agents\n"


@pytest.mark.parametrize(
    ("policy", "month"),
    [("star-tier", "2025-01"), ("call-centre", "2021-01"), ("property-quarterly", "2025-03"),
     ("property-semiannual", "2025-06"), ("weighted-indicators", "2026-03")],
)  # fmt: skip
def test_the_sample_is_the_first_month_that_the_newest_version_assesses(
    found: Callable[..., Path], policy: str, month: str
) -> None:
    root = found(policy)
    assert month_of(root) == month
    versions = sorted(path.name for path in (ROOT / "policy" / policy).iterdir())
    assert [path.name for path in (root / "policy" / policy).iterdir()] == versions[-1:]


def test_an_earlier_month_has_the_version_of_its_time(found: Callable[..., Path]) -> None:
    root = found("weighted-indicators", "--month", "2025-09")
    copied = root / "policy/weighted-indicators/2025-01.yaml"
    assert copied.read_bytes() == (ROOT / "policy/weighted-indicators/2025-01.yaml").read_bytes()
    assert month_of(root) == "2025-09"
    department = (root / "records/shop/department.yaml").read_text("utf-8")
    assert "policy:\n  - {from: 2025-07, use: weighted-indicators}\n" in department


def test_the_sheet_of_star_tier(found: Callable[..., Path]) -> None:
    """Of 15, 20, 20, 15, 10, 10 and 10 points A001 has 85 % and 80 % by turns, to half a point: 83 in all."""
    root = found("star-tier", "--lang", "zh")
    sheet = yaml.load((root / "records/shop/2025-01/scores/team-a.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
    points = dict(list(sheet["agents"]["A001"].items())[:7])
    assert list(points.values()) == ["13", "16", "17", "12", "8.5", "8", "8.5"]
    tiers = [
        yaml.load((root / f"records/shop/agents/A00{number}.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
        for number in range(1, 5)
    ]
    assert [(each["name"], each["history"][0]["tier"]) for each in tiers] == [
        ("林晓", "probation"), ("周楠", "ordinary"), ("许静", "one-star"), ("孟阳", "two-star"),
    ]  # fmt: skip


def test_every_role_with_a_scorecard_is_there(found: Callable[..., Path]) -> None:
    root = found("graded-commission")
    roles = [
        path.read_text("utf-8").rpartition("role: ")[2] for path in sorted((root / "records/shop/agents").iterdir())
    ]
    assert roles == ["agent}\n", "agent}\n", "senior}\n", "lead}\n"]


def test_a_policy_without_a_score_has_a_month_all_the_same(found: Callable[..., Path]) -> None:
    root = found("department-charter")
    assert [path.name for path in (root / "records/shop/2025-01").iterdir()] == ["complaints"]
    assert "kpigen new scores" not in (root / "README.md").read_text("utf-8")


def test_an_editor_finds_the_schema_of_every_record(found: Callable[..., Path]) -> None:
    root = found("star-tier")
    schemas = yaml.safe_load((root / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {path.removeprefix("./") for path in schemas} == set(schema_files())
    assert all((root / path).read_text("utf-8") == text for path, text in schema_files().items())
    written = [
        path.relative_to(root).as_posix() for top in ("records", "policy") for path in (root / top).rglob("*.yaml")
    ]
    period = ["records/shop/2025/close.yaml", "records/shop/2025-Q1/close.yaml", "records/shop/2025-01/close.yaml"]
    for path in written + period:
        forms = {name: [globs] if isinstance(globs, str) else globs for name, globs in schemas.items()}
        kinds = [name for name, globs in forms.items() if any(fnmatchcase(path, form) for form in globs)]
        assert kinds == [f"./schema/{kind_of(path)}.json"], path


def test_what_is_committed_is_guarded(kpigen: Callable[..., Result], found: Callable[..., Path]) -> None:
    root = found("star-tier", "--lang", "en")

    def git(*arguments: str) -> None:
        command = [shutil.which("git") or "git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
        subprocess.run(command, cwd=root, check=True, capture_output=True)  # noqa: S603 - a test's own

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "begin")
    guard = ("guard", "--base", "main", "--root", str(root))
    kpigen("close", "shop", "2025-01", "--by", "kim.ward", "--root", str(root))
    assert (kpigen(*guard).exit_code, kpigen(*guard).output) == (0, "Nothing that is closed is touched.\n")
    git("add", "-A")
    git("commit", "-qm", "close")
    sheet = root / "records/shop/2025-01/scores/team-a.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("attitude: 12", "attitude: 15"), "utf-8")
    assert kpigen(*guard).exit_code == 1
