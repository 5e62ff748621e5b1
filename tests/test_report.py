"""Findings as text, JSON and GitHub commands: word for word, in both languages, and with hostile values."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kpigen.finding import Finding, Place, Rule, Severity
from kpigen.report import as_github, as_gitlab, as_json, as_markdown, as_sarif, as_text, summary
from kpigen.text import Lang, say

SHEET = "records/small/2025-01/scores/day.yaml"
LINES = {
    SHEET: (
        "month: 2025-01",
        "  A001: {note: 长期病假, 响应: 14, commission: [red]5[/red]}",
        "\tA002: 3\r",
        "x" * 300 + "这里" + "y" * 300,
    )
}
BAD = Finding.of(
    Rule("number-form"),
    Place(SHEET, 2, 22),
    say("“{month}” is no month; write it like 2026-09", month="响应"),
    say("there is no folder {path}", path="x"),
    related=(Place("policy/p/2025-01.yaml", 3, 1), Place("records/small")),
)
DOUBT = Finding.of(Rule("odd-script", Severity.WARNING), Place("records/odd"), say("{path} is no folder", path="[b]"))
HOSTILE = "::error::%0A\r\n\x1b[31m\u202e[red]x[/red],:"


def lines(path: str) -> tuple[str, ...]:
    return LINES.get(path, ())


def text(*findings: Finding, lang: Lang = Lang.EN, width: int = 100) -> str:
    return "".join(shown.plain for shown in as_text(findings, lang, lines, width))


def at(line: int, column: int, path: str = SHEET) -> Finding:
    return Finding.of(Rule("rule"), Place(path, line, column), say("{path} is no folder", path="x"))


def test_text_in_english() -> None:
    assert text(BAD, DOUBT) == (
        "records/small/2025-01/scores/day.yaml:2:22: error:"
        " “响应” is no month; write it like 2026-09 [number-form]\n"
        "  2 |   A001: {note: 长期病假, 响应: 14, commission: [red]5[/red]}\n"
        "    |                          ^\n"
        "  hint: there is no folder x\n"
        "  see also: policy/p/2025-01.yaml:3:1\n"
        "  see also: records/small\n"
        "records/odd: warning: [b] is no folder [odd-script]\n"
    )


def test_text_in_chinese() -> None:
    assert text(BAD, DOUBT, lang=Lang.ZH) == (
        "records/small/2025-01/scores/day.yaml:2:22: 错误: “响应”不是月份；请写成 2026-09 这样 [number-form]\n"
        "  2 |   A001: {note: 长期病假, 响应: 14, commission: [red]5[/red]}\n"
        "    |                          ^\n"
        "  提示：没有文件夹 x\n"
        "  另见：policy/p/2025-01.yaml:3:1\n"
        "  另见：records/small\n"
        "records/odd: 警告: [b] 不是文件夹 [odd-script]\n"
    )


def test_a_tab_is_four_cells_wide_and_a_carriage_return_is_nothing() -> None:
    assert "  3 |     A002: 3\n    |           ^\n" in text(at(3, 8))


def test_a_long_line_is_cut_around_the_column() -> None:
    quoted, caret = text(at(4, 301), width=40).splitlines()[1:3]
    assert quoted == "  4 | …" + "x" * 22 + "这里" + "y" * 6 + "…"
    assert caret == "    | " + " " * 23 + "^"


def test_a_place_that_is_not_there_quotes_nothing() -> None:
    for finding in (at(9, 1), at(1, 1, "records/gone.yaml")):
        assert len(text(finding).splitlines()) == 1


def test_the_caret_may_stand_behind_the_end_of_its_line() -> None:
    assert "  1 | month: 2025-01\n    |               ^\n" in text(at(1, 15))


@given(st.text(max_size=60), st.integers(0, 80), st.integers(1, 60))
def test_a_quoted_line_is_never_wider_than_asked(line: str, column: int, width: int) -> None:
    finding = at(1, column)
    (shown,) = as_text([finding], Lang.EN, lambda _: [line], width)
    _, quoted, caret = shown.plain.removesuffix("\n").split("\n")
    assert cell_len(quoted) <= max(width, 10)
    assert cell_len(caret) <= max(width, 10) + 1
    assert quoted.isprintable()


def test_json_in_both_languages() -> None:
    assert json.loads(as_json([BAD, DOUBT], Lang.EN)) == [
        {
            "path": SHEET,
            "line": 2,
            "column": 22,
            "severity": "error",
            "rule": "number-form",
            "message": "“响应” is no month; write it like 2026-09",
            "hint": "there is no folder x",
            "related": [
                {"path": "policy/p/2025-01.yaml", "line": 3, "column": 1},
                {"path": "records/small", "line": 0, "column": 0},
            ],
        },
        {
            "path": "records/odd",
            "line": 0,
            "column": 0,
            "severity": "warning",
            "rule": "odd-script",
            "message": "[b] is no folder",
            "hint": None,
            "related": [],
        },
    ]
    chinese = json.loads(as_json([BAD], Lang.ZH))
    assert chinese[0]["message"] == "“响应”不是月份；请写成 2026-09 这样"
    assert as_json([], Lang.EN) == "[]"


def test_github_commands_errors_first() -> None:
    assert list(as_github([DOUBT, BAD], Lang.EN)) == [
        (
            "::error file=records/small/2025-01/scores/day.yaml,line=2,col=22,title=number-form::"
            "“响应” is no month; write it like 2026-09%0Ahint: there is no folder x"
            "%0Asee also: policy/p/2025-01.yaml:3:1%0Asee also: records/small"
        ),
        "::warning file=records/odd,title=odd-script::[b] is no folder",
    ]
    assert next(as_github([BAD], Lang.ZH)).endswith(
        "::“响应”不是月份；请写成 2026-09 这样%0A提示：没有文件夹 x"
        "%0A另见：policy/p/2025-01.yaml:3:1%0A另见：records/small"
    )


def test_sarif_is_what_code_scanning_reads() -> None:
    said = (
        "“响应” is no month; write it like 2026-09\nhint: there is no folder x\nsee also: {}\nsee also: records/small"
    )
    policy = "policy/p/2025-01.yaml"
    assert json.loads(as_sarif([BAD, DOUBT], Lang.EN)) == {
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "kpigen", "rules": [{"id": "number-form"}, {"id": "odd-script"}]}},
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": "number-form",
                        "level": "error",
                        "message": {"text": said.format(f"{policy}:3:1")},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": SHEET},
                                    "region": {"startLine": 2, "startColumn": 22},
                                }
                            }
                        ],
                        "relatedLocations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": policy},
                                    "region": {"startLine": 3, "startColumn": 1},
                                }
                            },
                            {"physicalLocation": {"artifactLocation": {"uri": "records/small"}}},
                        ],
                    },
                    {
                        "ruleId": "odd-script",
                        "level": "warning",
                        "message": {"text": "[b] is no folder"},
                        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "records/odd"}}}],
                    },
                ],
            }
        ],
    }
    assert "records/%E6%9C%88%20%3F.yaml" in as_sarif([at(1, 1, "records/月 ?.yaml")], Lang.EN)


def test_gitlab_knows_a_finding_again_on_another_line() -> None:
    (bad, doubt) = json.loads(as_gitlab([BAD, DOUBT], Lang.EN))
    assert doubt == {
        "description": "[b] is no folder",
        "check_name": "odd-script",
        "fingerprint": doubt["fingerprint"],
        "severity": "minor",
        "location": {"path": "records/odd", "lines": {"begin": 1}},
    }
    assert (bad["severity"], bad["location"]) == ("major", {"path": SHEET, "lines": {"begin": 2}})
    (here, again), (there,) = (json.loads(as_gitlab(each, Lang.EN)) for each in ([at(1, 1), at(2, 1)], [at(7, 3)]))
    assert here["fingerprint"] == there["fingerprint"] != again["fingerprint"]
    assert as_gitlab([], Lang.EN) == "[]"


def test_markdown_has_all_of_it_errors_first() -> None:
    headline = summary([DOUBT, BAD], 1, 1)
    assert as_markdown([DOUBT, BAD], headline, Lang.EN) == (
        "**1 error, 1 warning in 2 files**\n\n"
        f"- **error** `{SHEET}:2:22` “响应” is no month; write it like 2026-09 hint: there is no folder x"
        " see also: policy/p/2025-01.yaml:3:1 see also: records/small `number-form`\n"
        "- **warning** `records/odd` &#91;b&#93; is no folder `odd-script`\n\n"
    )
    assert as_markdown([], summary([], 3, 1), Lang.ZH) == "**没有问题：3 个月份，1 名客服**\n\n\n"


def test_markdown_ends_before_it_is_too_long_and_says_so() -> None:
    many = [at(line, 1) for line in range(1, 101)]
    shown = as_markdown(many, summary(many, 1, 1), Lang.EN, most=1000)
    assert len(shown.encode()) <= 1000
    listed = shown.count("- **error**")
    assert 5 < listed < 100
    assert shown.endswith(f"\n… and {100 - listed} more\n")


def test_nothing_from_a_file_acts_in_markdown() -> None:
    hostile = "@all <img src=x> [a](b) `c`\n# d"
    finding = Finding.of(Rule("rule"), Place(f"records/{hostile}", 1, 1), say("{path} is no folder", path=hostile))
    _, _, item, *rest = as_markdown([finding], summary([finding], 1, 1), Lang.EN).split("\n")
    assert rest == ["", ""]
    code, _, message = item.removeprefix("- **error** `").partition("`")
    assert code == "records/@all <img src=x> [a](b) 'c'\\u000a# d:1:1"
    assert not set("@<>[]()") & set(message)


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_from_a_file_steers_terminal_or_runner(lang: Lang) -> None:
    finding = Finding.of(
        Rule("rule"),
        Place(HOSTILE, 1, 1),
        say("{path} is no folder", path=HOSTILE),
        say("there is no folder {path}", path=HOSTILE),
        related=(Place(HOSTILE),),
    )
    (shown,) = as_text([finding], lang, lambda _: [HOSTILE.replace("\n", "")], 80)
    assert not any(line.lstrip().startswith("::") for line in shown.plain.splitlines()[1:])
    assert all(line.isprintable() for line in shown.plain.splitlines())
    assert not any("red" in str(span.style) and "bold" not in str(span.style) for span in shown.spans)
    (command,) = as_github([finding], lang)
    assert command.isprintable()
    properties, _, message = command.removeprefix("::error ").partition("::")
    assert properties == (
        "file=%3A%3Aerror%3A%3A%250A\\u000d\\u000a\\u001b[31m\\u202e[red]x[/red]%2C%3A,line=1,col=1,title=rule"
    )
    assert "::error::%250A\\u000d\\u000a" in message
    assert "\n" not in json.loads(as_json([finding], lang))[0]["message"]


@pytest.mark.parametrize(
    ("findings", "months", "agents", "english", "chinese"),
    [
        ((), 3, 1, "clean: 3 months, 1 agent", "没有问题：3 个月份，1 名客服"),
        ((), 1, 0, "clean: 1 month, 0 agents", "没有问题：1 个月份，0 名客服"),
        ((BAD,), 1, 1, "1 error, 0 warnings in 1 file", "1 个文件，1 个错误，0 个警告"),
        ((BAD, BAD, DOUBT), 1, 1, "2 errors, 1 warning in 2 files", "2 个文件，2 个错误，1 个警告"),
    ],
)
def test_the_last_line(findings: tuple[Finding, ...], months: int, agents: int, english: str, chinese: str) -> None:
    text = summary(findings, months, agents)
    assert (text.said(Lang.EN), text.said(Lang.ZH)) == (english, chinese)
