"""``kpigen check`` on small repositories: what it prints, and how it exits."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from tests.cli.conftest import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


def spoil(root: Path) -> None:
    """Make three findings: two of the layout, and one in a line of a sheet."""
    root.joinpath("records/small/notes.txt").write_text("x", "utf-8")
    root.joinpath("records/small/2025-01/etc").symlink_to("/etc")
    sheet = root / "records/small/2025-02/scores/day.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("full_attendance: no", "full_attendance: 是"), "utf-8")


def test_a_clean_repository(run: Callable[..., Result]) -> None:
    done = run("check")
    assert (done.exit_code, done.output) == (0, "clean: 2 months, 1 agent\n")
    assert run("check", "--lang", "zh").output == "没有问题：2 个月份，1 名客服\n"
    assert (run("check", "--format", "json").output) == "[]\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_findings_word_for_word(
    run: Callable[..., Result],
    root: Path,
    form: str,
    lang: str,
    bless: bool,  # noqa: FBT001 - a fixture
) -> None:
    spoil(root)
    done = run("check", "--format", form, "--lang", lang)
    assert done.exit_code == 1
    expect(f"check.{lang}.{form}.txt", done.output, bless=bless)


def test_findings_in_chinese_follow_the_locale(
    run: Callable[..., Result], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(root)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    done = run("check")
    assert "records/small/notes.txt: 错误: " in done.output
    assert done.output.splitlines()[-1] == "3 个文件，3 个错误，0 个警告"
    assert run("check", "--lang", "en").output.splitlines()[-1] == "3 errors, 0 warnings in 3 files"


def test_json(run: Callable[..., Result], root: Path) -> None:
    spoil(root)
    found = json.loads(run("check", "--format", "json").output)
    assert [(each["path"], each["rule"], each["line"] > 0) for each in found] == [
        ("records/small/2025-01/etc", "link", False),
        ("records/small/2025-02/scores/day.yaml", "flag-form", True),
        ("records/small/notes.txt", "unexpected-path", False),
    ]


def test_markup_and_escapes_of_a_file_are_shown_as_they_are(run: Callable[..., Result], root: Path) -> None:
    sheet = root / "records/small/2025-02/scores/day.yaml"
    hostile = "[bold]x[/bold] :smile: ::error::\x1b[31m"
    sheet.write_text(sheet.read_text("utf-8").replace("full_attendance: no", f"full_attendance: {hostile}"), "utf-8")
    output = run("check").output
    assert "\x1b" not in output
    assert "[bold]x[/bold] :smile: ::error::\\u001b[31m" in output


def test_a_file_that_is_not_text_is_a_finding(run: Callable[..., Result], root: Path) -> None:
    root.joinpath("records/small/agents/A001.yaml").write_bytes(b"\xff\xfe\x00agent: \x80")
    assert run("check").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--root", "gone"], "kpigen: there is no folder gone\n"),
        (["check", "--root", "gone", "--lang", "zh"], "kpigen: 没有文件夹 gone\n"),
        (["check", "--root", "file"], "kpigen: file is no folder\n"),
        (["check", "--root", "."], "kpigen: . holds neither records/ nor policy/; name the repository with --root\n"),
    ],
)
def test_roots_that_are_none(arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("file").touch()
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, done.output) == (2, said)


@pytest.mark.parametrize(
    "arguments", [["check", "--format", "xml"], ["check", "--lang", "fr"], ["frob"], ["check", "x"]]
)
def test_wrong_usage(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, arguments).exit_code == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be read by root")
def test_a_file_that_may_not_be_read(run: Callable[..., Result], root: Path) -> None:
    sheet = root / "records/small/2025-02/scores/day.yaml"
    sheet.chmod(0)
    done = run("check")
    assert (done.exit_code, done.output) == (2, f"kpigen: {sheet} cannot be used: Permission denied\n")


def test_all_of_it_is_appended_to_the_summary(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    spoil(root)
    note = tmp_path / "summary.md"
    note.write_text("before\n", "utf-8")
    done = run("check", "--format", "github", "--summary", str(note))
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "3 errors, 0 warnings in 3 files")
    before, headline, _, *items = note.read_text("utf-8").splitlines()
    assert (before, headline, len([item for item in items if item])) == (
        "before",
        "**3 errors, 0 warnings in 3 files**",
        3,
    )


def test_a_summary_that_cannot_be_written_is_refused(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("check", "--summary", str(tmp_path))
    assert (done.exit_code, done.output.splitlines()[-1]) == (2, f"kpigen: {tmp_path} cannot be used: it is a folder")


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_programs_get_json_alone(run: Callable[..., Result], root: Path, form: str) -> None:
    spoil(root)
    done = run("check", "--format", form)
    assert done.exit_code == 1
    assert json.loads(done.output)
