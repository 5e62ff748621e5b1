"""Layout: what a file looks like afterwards, what is left alone, and that nothing it says is ever changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kpigen.cli import main
from kpigen.layout import alike, kind_of, rearranged, schema_line
from kpigen.reading.syntax import parse
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang
from tests.intake.office import make, put

ROOT = Path(__file__).parent.parent
SHEET = "records/phones/2026-09/scores/day.yaml"
COMPLAINT = "records/phones/2026-09/complaints/C-2026-09-001.yaml"
AGENT = "records/phones/agents/A001.yaml"
GALLERY = sorted((ROOT / "tests" / "gallery").rglob("*.yaml"))


def laid_out(path: str, text: str) -> str:
    result, findings = rearranged(path, text.encode())
    assert result is not None, [finding.message.said(Lang.EN) for finding in findings]
    assert rearranged(path, result.encode()) == (result, ())
    return result


def test_a_sheet_reads_like_a_table() -> None:
    text = """\
# Where the figures are from.

# yaml-language-server: $schema=elsewhere.json
team: day
month: 2026-09   # the month


agents:  # one line each
  A002: {calls: 200, rate: 9,
         quality: 88}   # spoken of
  # moved in September
  A001: {calls: 216, rate: "81.94", bonus: 12345.50}
  A003: {not_assessed: long sick leave}

  A004:
    calls: 1   # low
    quality: n/a
assessed: 2026-10-07
assessor: wang.min
# the end
"""
    assert (
        laid_out(SHEET, text)
        == """\
# yaml-language-server: $schema=../../../../schema/scores.json
# Where the figures are from.

month: 2026-09  # the month
team: day
assessor: wang.min
assessed: 2026-10-07

agents:  # one line each
  A002: {calls: 200,  rate: 9,                        quality: 88}  # spoken of
  # moved in September
  A001: {calls: 216,  rate: "81.94", bonus: 12345.50}
  A003: {not_assessed: long sick leave}

  A004: {calls: 1,                                    quality: n/a}  # low
# the end
"""
    )


def test_a_record_has_the_order_of_its_model() -> None:
    text = (
        "\ufeffstatus: upheld\r\ndecided:\r\n  by: wang.min # who\r\n  on: 2026-09-18\r\nsummary: '等待, 过长'\r\n"
        "category: attitude\r\nchannel: phone\r\n# about whom\r\nagent: A007\r\nreceived: 2026-09-14\r\n"
        "complaint: C-2026-09-001"
    )
    assert (
        laid_out(COMPLAINT, text)
        == """\
# yaml-language-server: $schema=../../../../schema/complaint.json
complaint: C-2026-09-001
# about whom
agent: A007
received: 2026-09-14
channel: phone
category: attitude
summary: '等待, 过长'
status: upheld
decided: {on: 2026-09-18, by: wang.min}  # who
"""
    )


def test_lists_stand_one_entry_a_line() -> None:
    text = (
        "name: {en: Lin Xiao, zh: 林晓}\nagent: A001\njoined: 2026-01-05\n"
        "history: [{team: day, from: 2026-01, tier: junior}]\n"
    )
    assert (
        laid_out(AGENT, text)
        == """\
# yaml-language-server: $schema=../../../schema/agent.json
agent: A001
name: {zh: 林晓, en: Lin Xiao}
joined: 2026-01-05
history:
  - {from: 2026-01, team: day, tier: junior}
"""
    )


def test_text_over_several_lines_stays_as_it_is() -> None:
    body = "grounds: |  # the agent's words\n  First.\n\n  # Second.\nstatus: open\n"
    text = f"agent: A001\nfiled: 2026-10-09\n{body}about: {{input: quality, month: 2026-09}}\nappeal: P-2026-10-001\n"
    laid = laid_out("records/phones/2026-10/appeals/P-2026-10-001.yaml", text)
    assert laid.endswith(f"about: {{month: 2026-09, input: quality}}\nfiled: 2026-10-09\n{body}")


def test_what_moves_into_braces_is_quoted_where_it_must_be() -> None:
    text = (
        "department: phones\nname: x\npolicy: []\nreviewers: [a]\n"
        "teams:\n  day:\n    supervisor: a\n    name: Day, and [night]\n"
    )
    assert '  day: {name: "Day, and [night]", supervisor: a}\n' in laid_out("records/phones/department.yaml", text)


def test_a_policy_keeps_the_layout_of_its_author() -> None:
    text = (ROOT / "policy/star-tier/2025-01.yaml").read_text(encoding="utf-8")
    untidy = text.replace("\n", "  \r\n").replace("# yaml-language-server", "# note\n# yaml-language-server") + "\n\n"
    first, _, rest = text.partition("\n")
    assert laid_out("policy/star-tier/2025-01.yaml", untidy) == f"{first}\n# note\n{rest}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("month: 2026-09\nmonth: 2026-10\n", "“month” stands twice in one table: in line 1 and in line 2."),
        ("month: 2026-13\n", "“2026-13” is no month."),
        ("a: b: c\n", "“a: b: c”"),
        ("x", "The file is one piece of text; a record is a table of “key: value”."),
        ("", "The file holds nothing."),
    ],
)
def test_a_file_with_findings_is_left_alone(text: str, said: str) -> None:
    result, findings = rearranged(SHEET, text.encode())
    assert result is None
    assert any(said in finding.message.said(Lang.EN) or said == "“a: b: c”" for finding in findings)


def test_what_would_change_is_left_alone() -> None:
    text = "agent: A001\nfiled: 2026-10-09\nabout: {input: quality, month: 2026-09}\nappeal: P-2026-10-001\n"
    kept = f"{text}grounds: |+\n  Blank lines that are kept.\n\n\nstatus: open\n"
    result, findings = rearranged("records/phones/2026-10/appeals/P-2026-10-001.yaml", kept.encode())
    assert result is None
    assert [finding.message.said(Lang.EN) for finding in findings] == [
        "This file cannot be laid out without changing what it says; it is left as it is."
    ]


@pytest.mark.parametrize("name", [SHEET, COMPLAINT, AGENT, "policy/tiers/2026-01.yaml"])
def test_no_bad_file_breaks_it(name: str) -> None:
    for path in GALLERY:
        result, findings = rearranged(name, path.read_bytes())
        assert (result is None) == bool(findings), path


def test_all_that_is_committed_is_laid_out() -> None:
    snapshot = FolderSnapshot.of(ROOT)
    files = [entry.path for entry in snapshot.entries if entry.kind == "file"]
    closed = tuple(path.removesuffix("close.yaml") for path in files if path.endswith("/close.yaml"))
    for path in files:
        if kind_of(path) and not path.startswith(closed or "-"):
            data = snapshot.read(path)
            assert rearranged(path, data) == (data.decode(), ()), path


def test_paths_tell_kinds() -> None:
    assert schema_line("policy/tiers/2026-01.yaml") == "# yaml-language-server: $schema=../../schema/policy.json"
    assert kind_of("records/phones/2026-09/close.yaml") == "close"
    assert kind_of("records/phones/2026-09/other/x.yaml") is None
    assert kind_of("README.md") is None


# Whatever a sheet says and however it is written, laying it out changes nothing of it and is done in one go.

VALUES = st.sampled_from(["1", "12.5", "n/a", '"14"', "'a, b'", "长 病假", '"# no comment"', "x#y", "''"])
COMMENTS = st.sampled_from(["", "  # c", " # 备注: {a}", "  #x"])
ABOVE = st.sampled_from(["", "\n", "  # own\n", "# left\n\n", "      # deep\n"])


@st.composite
def sheets(draw: st.DrawFn) -> str:
    lines = ["agents:" + draw(COMMENTS) + "\n"]
    for number in range(draw(st.integers(1, 5))):
        names = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5, unique=True))
        cells = [f"{name}: {draw(VALUES)}" for name in names]
        lines.append(draw(ABOVE))
        if draw(st.booleans()):
            gap = draw(st.sampled_from([", ", ",\n    ", ",   # in\n    ", ",\n\n    # deep\n    "]))
            lines.append(f"  A{number:03}: {{{gap.join(cells)}}}{draw(COMMENTS)}\n")
        else:
            lines.append(f"  A{number:03}:{draw(COMMENTS)}\n")
            lines.extend(f"{draw(ABOVE)}    {cell}{draw(COMMENTS)}\n" for cell in cells)
    head = [
        f"{line}{draw(COMMENTS)}\n" for line in ("team: day", "month: 2026-09", "assessor: a.b", "assessed: 2026-10-07")
    ]
    split = draw(st.integers(0, 4))
    order = draw(st.permutations(head))
    return draw(ABOVE) + "".join((*order[:split], *lines, *order[split:])) + draw(ABOVE)


@given(sheets())
def test_nothing_is_lost(text: str) -> None:
    before, findings = parse(SHEET, text.encode())
    assert before is not None
    assert not findings
    result = laid_out(SHEET, text)
    after, _ = parse(SHEET, result.encode())
    assert after is not None
    assert alike(before.root, after.root)
    for comment in ("# own", "# left", "# deep", "# in", "# c", "# 备注: {a}", "#x"):
        assert text.count(comment) == result.count(comment)


@given(st.text(alphabet="ab:{}[],#\"'|>- \n?&*!%0", max_size=60))
def test_any_text_is_laid_out_or_left_alone(text: str) -> None:
    for path in (SHEET, "policy/tiers/2026-01.yaml"):
        result, findings = rearranged(path, text.encode())
        assert (result is None) == bool(findings)


# The command


def run(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--lang", "en", "fmt", *words, "--root", str(root)], catch_exceptions=False)
    return result.exit_code, result.output


def test_fmt_names_then_writes_then_is_done(tmp_path: Path) -> None:
    make(tmp_path)
    sheet = put(tmp_path, SHEET, "team: day\nmonth: 2026-09\nassessor: a\nassessed: 2026-10-07\nagents: {}\n")
    before = sheet.read_bytes()
    code, output = run(tmp_path, "--check", SHEET)
    assert (code, output) == (1, f"{SHEET}: would change\n")
    assert sheet.read_bytes() == before
    assert run(tmp_path, "records/phones/2026-09") == (0, f"{SHEET}: laid out\n")
    assert run(tmp_path, "--check", str(sheet)) == (0, "")
    assert [path.name for path in sheet.parent.iterdir()] == ["day.yaml"]
    assert run(tmp_path)[0] == 0
    assert run(tmp_path, "--check") == (0, "")


def test_fmt_leaves_closed_months_alone(tmp_path: Path) -> None:
    make(tmp_path)
    run(tmp_path)
    put(tmp_path, SHEET, "team: day\nmonth: 2026-09\nassessor: a\nassessed: 2026-10-07\nagents: {}\n")
    put(tmp_path, "records/phones/2026-09/close.yaml", "department: phones\n")
    assert run(tmp_path, "--check") == (0, "")


def test_fmt_reports_what_it_cannot_read(tmp_path: Path) -> None:
    make(tmp_path)
    sheet = put(tmp_path, SHEET, "month: 2026-09\nmonth: 2026-09\n")
    code, output = run(tmp_path, SHEET)
    assert code == 1
    assert f"{SHEET}:2:1: error: “month” stands twice" in output
    assert sheet.read_text(encoding="utf-8") == "month: 2026-09\nmonth: 2026-09\n"


def test_fmt_is_told_of_other_files(tmp_path: Path) -> None:
    make(tmp_path)
    for path in ("nowhere.yaml", "/", "records/phones/agents/A999.yaml"):
        code, output = run(tmp_path, path)
        assert code == 2
        assert "is no file or folder of records/ or policy/" in output
    code, output = run(tmp_path / "nowhere")
    assert (code, output) == (2, f"kpigen: there is no folder {tmp_path / 'nowhere'}\n")


def test_fmt_follows_no_link(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/day.yaml", "x: 1\n")
    root = make(tmp_path / "in")
    (root / SHEET).unlink()
    (root / SHEET).symlink_to(outside)
    run(root)
    assert outside.read_text(encoding="utf-8") == "x: 1\n"
