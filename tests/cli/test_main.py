"""The command line as a whole: its languages, its help, and real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from kpigen.cli import main
from kpigen.cli.options import preferred
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path

VERBS = ["check", "compute", "build", "explain", "import", "new", "fmt", "schema", "serve"]
HEAVY = ("pydantic", "openpyxl", "ruamel.yaml", "jinja2", "yaml", "mkdocs", "kpigen.ledger")


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "kpigen", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, Lang.EN),
        ({"LANG": "zh_CN.UTF-8"}, Lang.ZH),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, Lang.ZH),
        ({"LC_ALL": "C", "LANG": "zh_CN"}, Lang.EN),
        ({"LC_ALL": "", "LC_MESSAGES": "zh"}, Lang.ZH),
        ({"LANGUAGE": "zh:en"}, Lang.ZH),
        ({"LANG": "de_DE.UTF-8"}, Lang.EN),
    ],
)
def test_the_language_follows_the_locale(environment: dict[str, str], lang: Lang) -> None:
    assert preferred(environment) is lang


def test_help_lists_every_verb_in_either_language() -> None:
    english = CliRunner().invoke(main, ["--help"])
    chinese = CliRunner().invoke(main, ["--lang", "zh", "--help"])
    assert (english.exit_code, chinese.exit_code) == (0, 0)
    for verb in VERBS:
        assert f"\n  {verb} " in english.output
        assert f"\n  {verb} " in chinese.output
    assert "Check every record and every policy." in english.output
    assert "检查全部记录和制度。" in chinese.output


@pytest.mark.parametrize("verb", [verb if verb != "new" else "new complaint" for verb in VERBS])
def test_every_verb_has_help_root_and_language(verb: str) -> None:
    english = CliRunner().invoke(main, [*verb.split(), "--help"])
    chinese = CliRunner().invoke(main, [*verb.split(), "--help", "--lang", "zh"])
    for done in (english, chinese):
        assert done.exit_code == 0
        assert "--root" in done.output
        assert "--lang" in done.output
    assert "输出所用语言；不写则随系统。" in chinese.output
    assert "follows the locale" in " ".join(english.output.split())


def test_help_imports_nothing_heavy() -> None:
    code = f"""\
import sys
from kpigen.cli import main
main(["--help"], standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_real_process_speaks_the_language_of_the_locale(root: Path) -> None:
    done = process("check", "--root", str(root), LC_ALL="zh_CN.UTF-8", PYTHONUTF8="1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "没有问题：2 个月份，1 名客服\n", "")


def test_an_output_without_chinese_letters_gets_escapes(root: Path) -> None:
    done = process("check", "--root", str(root), "--lang", "zh", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert done.stdout.startswith("\\u6ca1\\u6709")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_colour_and_lines_of_its_width(root: Path) -> None:
    import pty  # noqa: PLC0415 - not everywhere

    sheet = root / "records/small/2025-02/scores/day.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("full_attendance: no", "full_attendance: 是"), "utf-8")
    ours, theirs = pty.openpty()
    running = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "kpigen", "check", "--root", str(root)],
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "60"},
    )
    os.close(theirs)
    written = b""
    try:
        while piece := os.read(ours, 65536):
            written += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    assert running.wait(60) == 1
    assert b"\x1b[1;31merror\x1b[0m" in written
    assert "small: months" in written.decode()
    (quoted,) = (line for line in written.decode().splitlines() if line.startswith("  5 | "))
    assert "full_attendance: 是" in quoted
    assert cell_len(quoted) <= 60
    assert "1 error, 0 warnings in 1 file" in written.decode()
