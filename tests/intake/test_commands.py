"""``kpigen import`` and ``kpigen new`` as people use them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from kpigen.reading.nodes import Table
from kpigen.reading.syntax import parse
from tests.intake.office import SHEET, make, put

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
DAY = "records/phones/2026-09/scores/day.yaml"


def run(root: Path, *words: str, lang: str = "en") -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--lang", lang, *words, "--root", str(root)], catch_exceptions=False)
    return result.exit_code, result.output


def bring(root: Path, sheet: Path, *words: str, month: str = "2026-09") -> tuple[int, str]:
    return run(root, "import", str(sheet), "--department", "phones", "--month", month, *words)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "repository")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return put(tmp_path, "s.csv", "agent,month,calls\nA001,2026-09,217\nA004,2026-09,3\nA001,2026-08,1\n")


def test_import_writes_and_then_has_nothing_to_do(root: Path, sheet: Path) -> None:
    code, output = bring(root, sheet)
    assert code == 0
    assert (
        output
        == """\
records/phones/2026-09/scores/day.yaml: cells changed: 1, agents added: 0
records/phones/2026-09/scores/night.yaml: new, agents: 1
rows of other months passed over: 1
inputs without a column: rate, quality, bonus, present
next: kpigen check, look at the changes, and submit them
"""
    )
    assert (root / DAY).read_text(encoding="utf-8") == SHEET.replace("216", "217")
    code, output = bring(root, sheet)
    assert (code, output.count(": unchanged\n")) == (0, 2)
    assert sorted(path.name for path in (root / DAY).parent.iterdir()) == ["day.yaml", "night.yaml"]


def test_import_writes_all_or_nothing(root: Path, tmp_path: Path) -> None:
    sheet = put(tmp_path, "bad.csv", "agent,calls\nA001,217\nA004,x\n")
    code, output = bring(root, sheet)
    assert code == 1
    assert output == (
        f"{sheet}:3:2: error: “calls” of A004: “x” is no number. [number-form]\n"
        "  hint: Write digits and, if need be, a point: 18 or 18.5.\n\nNothing was written.\n"
    )
    assert (root / DAY).read_text(encoding="utf-8") == SHEET
    assert not (root / DAY).with_name("night.yaml").exists()


def test_import_takes_the_day_of_the_assessment(root: Path, sheet: Path) -> None:
    assert bring(root, sheet, "--assessed", "2026-10-09")[0] == 0
    for name in ("day", "night"):
        assert "assessed: 2026-10-09\n" in (root / DAY).with_name(f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--team", "late"), "kpigen: phones has no team late; it has: day (白班), night (夜班)\n"),
        (("--assessed", "2026-02-30"), "kpigen: “2026-02-30” does not exist: 2026-02 has 28 days."),
        (("--month", "2026-9"), "kpigen: “2026-9” is no month. Write 2026-09.\n"),
        (("--month", "2025-09"), "kpigen: no policy is in force for phones in 2025-09\n"),
        (("--department", "phone"), "kpigen: there is no department phone; did you mean phones?\n"),
        (("--mapping", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_import_misused(root: Path, sheet: Path, words: tuple[str, ...], message: str) -> None:
    code, output = bring(root, sheet, *words)
    assert code == 2
    assert message in output
    assert (root / DAY).read_text(encoding="utf-8") == SHEET


def test_import_of_what_is_no_file(root: Path, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.csv"):
        assert bring(root, path)[0] == 2


def test_import_into_a_closed_month_is_refused(root: Path, sheet: Path) -> None:
    put(root, "records/phones/2026-09/close.yaml", "x: 1\n")
    code, output = bring(root, sheet)
    assert (code, "is closed; it is corrected by an adjustment" in output) == (2, True)


def test_import_needs_sound_files_of_the_department(root: Path, sheet: Path) -> None:
    put(root, "records/phones/agents/A001.yaml", "agent: A001\n")
    code, output = bring(root, sheet)
    assert code == 1
    assert "records/phones/agents/A001.yaml:1:1: error:" in output
    assert output.endswith("Nothing was written.\n")


def test_import_needs_a_department_with_a_policy_that_can_be_read(root: Path, sheet: Path) -> None:
    policy = root / "policy/tiers/2026-01.yaml"
    good = policy.read_text(encoding="utf-8")
    policy.write_text(good.replace("to: 0.1", "to: x"), encoding="utf-8")
    code, output = bring(root, sheet)
    assert (code, "policy/tiers/2026-01.yaml:" in output) == (1, True)
    policy.unlink()
    assert bring(root, sheet) == (2, "kpigen: no policy is in force for phones in 2026-09\n")
    (root / "records/phones/department.yaml").unlink()
    assert bring(root, sheet) == (2, "kpigen: records/phones/department.yaml is missing\n")


def test_import_says_what_it_passed_over(root: Path, tmp_path: Path) -> None:
    sheet = put(tmp_path, "s.csv", "agent,calls,rate,quality,bonus,present\nA001,1,,,,\nA004,1,1,1,1,no\n")
    assert bring(root, sheet, "--team", "day") == (
        0,
        (
            "records/phones/2026-09/scores/day.yaml: cells changed: 1, agents added: 0\n"
            "rows of other teams passed over: 1\nempty cells passed over: 4\n"
            "next: kpigen check, look at the changes, and submit them\n"
        ),
    )


def test_no_repository_is_no_place_to_write_into(tmp_path: Path, sheet: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    message = f"kpigen: {empty} holds neither records/ nor policy/; name the repository with --root\n"
    assert bring(empty, sheet) == (2, message)
    assert not list(empty.iterdir())


def test_import_goes_through_no_link(root: Path, sheet: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.move(root / "records/phones/2026-09", outside)
    (root / "records/phones/2026-09").symlink_to(outside)
    code, output = bring(root, sheet)
    assert code == 2
    assert "is a link; files go into plain folders only" in output
    assert (outside / "scores/day.yaml").read_text(encoding="utf-8") == SHEET


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is refused to this user")
def test_import_into_a_folder_that_is_not_ours(root: Path, sheet: Path) -> None:
    (root / DAY).parent.chmod(0o500)
    assert bring(root, sheet)[0] == 2


def test_a_mapping_s_mistakes_are_shown_in_their_line(root: Path, sheet: Path, tmp_path: Path) -> None:
    mapping = put(tmp_path, "m.yaml", "columns: {call: total}\n")
    code, output = bring(root, sheet, "--mapping", str(mapping))
    assert code == 1
    assert (
        f"{mapping}:1:11: error: The policy has no input call. [unknown-key]\n  1 | columns: {{call: total}}\n"
        in output
    )


# The call centre's own figures


@pytest.fixture
def callcentre(tmp_path: Path) -> Path:
    for path in ("records/callcentre", "policy/call-centre"):
        shutil.copytree(REPOSITORY / path, tmp_path / path, ignore=shutil.ignore_patterns("close.yaml"))
    return tmp_path


def agents_of(path: Path) -> Table:
    document, findings = parse("x.yaml", path.read_bytes())
    assert document is not None
    assert not findings
    agents = next(node for key, node in document.root.items() if key == "agents")
    assert isinstance(agents, Table)
    return agents


def test_a_sheet_with_chinese_headings_needs_no_mapping(callcentre: Path) -> None:
    words = (str(HERE / "callcentre-2021-01.csv"), "--department", "callcentre", "--month", "2021-01")
    code, output = run(callcentre, "import", *words)
    assert (code, output.count(": unchanged\n")) == (0, 2)


# The public sample that the call centre's records come from; it is no part of the repository.
SAMPLE = HERE.parents[2] / "shared/data/phonenow-monthly.csv"


@pytest.mark.skipif(not SAMPLE.exists(), reason="the public sample is not here")
@pytest.mark.parametrize("month", ["2021-01", "2021-02", "2021-03"])
def test_the_call_centre_s_sheets_come_from_its_figures(callcentre: Path, month: str) -> None:
    words = (str(SAMPLE), "--department", "callcentre", "--mapping", str(HERE / "phonenow.yaml"))
    code, output = run(callcentre, "import", *words, "--month", month)
    assert (code, output.count(": unchanged\n")) == (0, 2)
    assert "rows of other months passed over: 16\n" in output
    for name in ("inbound-1.yaml", "inbound-2.yaml"):
        path = callcentre / f"records/callcentre/{month}/scores/{name}"
        before = path.read_text(encoding="utf-8").partition("agents:")[2]
        path.unlink()
        run(callcentre, "import", *words, "--month", month)
        assert path.read_text(encoding="utf-8").partition("agents:")[2] == before


# New records


def test_a_new_sheet_has_a_cell_for_everything(root: Path) -> None:
    code, output = run(root, "new", "scores", "day", "2026-11")
    path = "records/phones/2026-11/scores/day.yaml"
    assert (code, output.partition("\n")[0]) == (0, path)
    assert (
        (root / path).read_text(encoding="utf-8")
        == """\
# yaml-language-server: $schema=../../../../schema/scores.json
month: 2026-11
team: day
assessor: wang.min
assessed: 2026-12-05
agents:
  A001: {calls: ,     rate: ,     quality: ,     bonus: ,     present: }  # 林晓
  A002: {calls: ,     rate: ,     quality: ,     bonus: ,     present: }  # 王强
  A003: {calls: ,     rate: ,     quality: ,     bonus: ,     present: }  # 李娜
"""
    )
    code, output = run(root, "check")
    # An empty cell is a missing input, named once for each agent; it blocks the close, not the draft.
    assert (code, output.count(" lacks calls, rate, quality, bonus, present. [missing-input]")) == (1, 3)
    assert "month-gap" in output  # the one error: there is no month between
    assert run(root, "new", "scores", "day", "2026-11") == (2, f"kpigen: {path} is there already\n")


def test_a_new_sheet_is_filled_by_an_import(root: Path, tmp_path: Path) -> None:
    assert run(root, "new", "scores", "day", "2026-11", "--assessed", "2026-12-07")[0] == 0
    rows = "".join(f"A00{number},{number},90,80,1.00,yes\n" for number in (1, 2, 3))
    sheet = put(tmp_path, "s.csv", f"agent,calls,rate,quality,bonus,present\n{rows}")
    assert bring(root, sheet, month="2026-11")[0] == 0
    text = (root / "records/phones/2026-11/scores/day.yaml").read_text(encoding="utf-8")
    assert "assessed: 2026-12-07\n" in text
    assert "  A003: {calls: 3,    rate: 90,   quality: 80,   bonus: 1.00, present: yes}  # 李娜\n" in text


def test_new_records_are_written_and_never_over_others(root: Path) -> None:
    complaint = ["new", "complaint", "A003", "--received", "2026-09-14", "--channel", "phone"]
    complaint += ["--category", "attitude", "--summary", "等待过长"]
    for number in ("001", "002"):
        code, output = run(root, *complaint)
        path = f"records/phones/2026-09/complaints/C-2026-09-{number}.yaml"
        assert (code, output.partition("\n")[0]) == (0, path)
        assert (root / path).is_file()
    event = ("new", "event", "A003", "loss", "--on", "2026-09-12", "--amount", "86.00", "--proposed", "wang.min")
    assert run(root, *event)[1].startswith("records/phones/2026-09/events/E-2026-09-001.yaml\n")
    agent = ("new", "agent", "--name", "周婷", "--joined", "2026-11-02", "--team", "day", "--tier", "junior")
    assert run(root, *agent)[1].startswith("records/phones/agents/A006.yaml\n")
    assert run(root, "fmt", "--check", "records/phones/agents/A006.yaml") == (0, "")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (
            ("scores", "late", "2026-11"),
            2,
            "kpigen: no department has an agent or a team late; the teams are: day (白班), night (夜班)\n",
        ),
        (("scores", "late", "2026-11", "--department", "phones"), 2, "kpigen: phones has no team late; it has:"),
        (("scores", "day", "2026/11"), 2, "kpigen: “2026/11” is no month. Write 2026-11.\n"),
        (("scores", "night", "2026-01", "--assessed", "x"), 2, "kpigen: “x” is no date."),
        (("event", "A009", "loss", "--on", "2026-09-12", "--proposed", "wang.min"), 2, "agent or a team A009"),
        (("event", "day", "lost", "--on", "2026-09-12", "--proposed", "wang.min"), 1, "lost is no kind"),
        (("agent", "--name", "x", "--joined", "2026-11-02", "--team", "day", "--tier", "z"), 1, "no tier z"),
        (("agent", "--name", "x"), 2, "Missing option"),
        (("nothing",), 2, "nothing"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else None,
)
def test_new_misused(root: Path, words: tuple[str, ...], code: int, message: str) -> None:
    before = sorted((root / "records").rglob("*"))
    found, output = run(root, "new", *words)
    assert found == code
    assert message in output
    assert sorted((root / "records").rglob("*")) == before


def test_nobody_is_in_the_team(root: Path) -> None:
    (root / "records/phones/agents/A004.yaml").unlink()
    code, output = run(root, "new", "scores", "night", "2026-11")
    assert (code, output) == (2, "kpigen: nobody is in team night in 2026-11\n")


def test_help_is_there_in_both_languages(root: Path) -> None:
    for words in (("import",), ("new",), ("new", "scores"), ("new", "complaint"), ("fmt",), ("schema",)):
        for lang in ("zh", "en"):
            result = CliRunner().invoke(main, ["--lang", lang, *words, "--help"])
            assert result.exit_code == 0
    assert (
        run(root.parent, "import", str(put(root.parent, "s.csv", "x")), "--department", "a", "--month", "2026-01")[0]
        == 2
    )


def test_a_team_may_be_named_as_people_name_it(root: Path) -> None:
    code, output = run(root, "new", "scores", "夜班", "2026-10")
    assert (code, output.splitlines()[0]) == (0, "records/phones/2026-10/scores/night.yaml")
    code, output = run(root, "new", "scores", "Day", "2026-10")
    assert (code, output.splitlines()[0]) == (0, "records/phones/2026-10/scores/day.yaml")
    code, output = run(root, "new", "scores", "nihgt", "2026-10")
    assert (code, output) == (
        2,
        "kpigen: no department has an agent or a team nihgt; the teams are: night (夜班), day (白班)\n",
    )
