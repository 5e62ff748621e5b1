"""What the library for command lines says is said in our words, and names that people use lead where ids do."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from kpigen.cli import main
from kpigen.cli.refusal import cannot_use
from kpigen.cli.words import CLICKS_WORDS
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

ROOT = Path(__file__).parents[2]

TRY = "用法： kpigen explain [OPTIONS] AGENT MONTH\n运行 'kpigen explain --help' 可看说明。\n\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["explain"], f"{TRY}错误：缺少参数 'AGENT'.\n"),
        (["explain", "A001", "2026-01", "x"], f"{TRY}错误：多出参数（x）\n"),
        (["explain", "--foo"], f"{TRY}错误：没有选项 '--foo'。 （是不是想写其中之一：'--format', '--root'？）\n"),
        (["explain", "--format", "pdf"], f"{TRY}错误：'--format' 的值有误：'pdf' 不在 'text', 'json' 之中。\n"),
        (["explain", "--format"], "错误：选项 '--format' 后面要写值。\n"),
        (
            ["chek"],
            "用法： kpigen [OPTIONS] COMMAND [ARGS]...\n运行 'kpigen --help' 可看说明。\n\n错误：没有命令 'chek'。\n",
        ),
        (
            ["serve", "--port", "x"],
            (
                "用法： kpigen serve [OPTIONS]\n运行 'kpigen serve --help' 可看说明。\n\n"
                "错误：'--port' 的值有误：'x' 不是合法的数。\n"
            ),
        ),
        (
            ["import", "nowhere.csv"],
            (
                "用法： kpigen import [OPTIONS] SHEET\n运行 'kpigen import --help' 可看说明。\n\n"
                "错误：'SHEET' 的值有误：文件 'nowhere.csv' 不存在。\n"
            ),
        ),
        (
            ["import", "/"],
            (
                "用法： kpigen import [OPTIONS] SHEET\n运行 'kpigen import --help' 可看说明。\n\n"
                "错误：'SHEET' 的值有误：'/' 是文件夹，不是文件。\n"
            ),
        ),
    ],
)
def test_wrong_usage_in_chinese(words: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["--lang", "zh", *words])
    assert (done.exit_code, done.output) == (2, said)


def test_help_in_chinese_and_then_in_english() -> None:
    chinese = CliRunner().invoke(main, ["--lang", "zh", "import", "--help"]).output
    assert [word for word in ("Usage", "Options", "Show this", "required") if word in chinese] == []
    assert [word for word in ("用法：", "\n选项:\n", "显示这段说明。", "[必填]") if word not in chinese] == []
    english = CliRunner().invoke(main, ["import", "--help"]).output
    assert "Usage: kpigen import" in english
    assert "Show this message and exit." in english
    assert "\n命令:\n" in CliRunner().invoke(main, ["--lang", "zh", "--help"]).output


def test_click_still_says_what_is_translated() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    lines = [text.template.replace("\n", "\\n").replace("\t", "\\t") for text in CLICKS_WORDS]
    assert [line for line in lines if f'"{line}"' not in source] == []


def test_the_version() -> None:
    done = CliRunner().invoke(main, ["--version"])
    assert (done.exit_code, done.output) == (0, "kpigen 0.1.0\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "x", "r/.day.yaml.123.new"), "r/day.yaml cannot be used: permission denied"),
        (
            OSError(errno.ENOSPC, "x", "build/.data-ab_12cd9/v1/a.json"),
            "build/data/v1/a.json cannot be used: the disk is full",
        ),
        (OSError(errno.EIO, "Input/output error"), "the system refuses: Input/output error"),
    ],
)
def test_what_the_system_refuses_is_said_of_the_file_that_is_meant(error: OSError, said: str) -> None:
    assert cannot_use(error, Lang.EN).message == f"kpigen: {said}"


def test_an_agent_is_explained_by_name(run: Callable[..., Result]) -> None:
    assert run("explain", "林晓", "2025-02").output == run("explain", "A001", "2025-02").output


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("林小", "kpigen: nobody has the name 林小; there are: A001 林晓\n"),
        ("Bob", "kpigen: nobody has the name Bob; there are: A001 林晓\n"),
    ],
)
def test_a_name_that_nobody_has(run: Callable[..., Result], agent: str, said: str) -> None:
    done = run("explain", agent, "2025-02")
    assert (done.exit_code, done.output) == (2, said)


def test_a_name_that_two_have(run: Callable[..., Result], root: Path) -> None:
    agent = root / "records/small/agents/A001.yaml"
    twin = agent.read_text(encoding="utf-8").replace("A001", "A002")
    agent.with_name("A002.yaml").write_text(twin, encoding="utf-8")
    done = run("explain", "林晓", "2025-02")
    assert (done.exit_code, done.output) == (2, "kpigen: 林晓 is the name of A001, A002; say which id\n")
