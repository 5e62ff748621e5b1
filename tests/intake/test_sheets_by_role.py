"""Sheets of policies with roles, team inputs and periods: blank ones to fill in, and spreadsheets put into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engine.house import House, person, policy
from tests.intake.test_commands import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RULES = policy(
    roles=("staff: {~}", "lead: {~}", "guest: {~}"),
    inputs=(
        "mark: {points: 60, roles: [staff, lead], ~}",
        "care: {points: 40, roles: staff, ~}",
        "plan: {points: 40, roles: lead, ~}",
        "exam: {measure: s, every: quarter, roles: [staff, lead], missing: allowed, ~}",
        "pool: {amount: CNY, stated: team, ~}",
        "prize: {amount: CNY, stated: team, every: quarter, ~}",
    ),
)
PEOPLE = {
    "A001": person("A001"),
    "A002": person("A002", role="lead"),
    "A003": person("A003", role="guest"),
    "A004": person("A004", team="night", joined="2025-02-10"),
}
HEAD = "# yaml-language-server: $schema=../../../../schema/scores.json\n"


def put(root: Path, rules: str, people: Mapping[str, str] = PEOPLE) -> Path:
    for path, text in House(rules, people=people).files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def sheet(root: Path, month: str, team: str = "day") -> str:
    return root.joinpath(f"records/shop/{month}/scores/{team}.yaml").read_text("utf-8")


def test_a_blank_sheet_has_what_each_role_states_and_what_the_team_does(tmp_path: Path) -> None:
    root = put(tmp_path, RULES)
    code, output = run(root, "new", "scores", "day", "2025-01")
    assert (code, output.splitlines()[0]) == (0, "records/shop/2025-01/scores/day.yaml")
    # A003 is a guest, whom nobody scores: without a line
    assert sheet(root, "2025-01") == HEAD + (
        "month: 2025-01\n"
        "team: day\n"
        "assessor: wang.min\n"
        "assessed: 2025-02-05\n"
        "together: {pool: }\n"
        "agents:\n"
        "  A001: {mark: ,                 care: }  # Agent A001\n"
        "  A002: {mark: ,     plan: }  # Agent A002\n"
    )


def test_at_the_end_of_the_quarter_there_is_more_to_state(tmp_path: Path) -> None:
    root = put(tmp_path, RULES)
    assert run(root, "new", "scores", "day", "2025-03")[0] == 0
    assert sheet(root, "2025-03").partition("assessed: 2025-04-05\n")[2] == (
        "together: {pool: , prize: }\n"
        "agents:\n"
        "  A001: {mark: ,                 care: ,     exam: }  # Agent A001\n"
        "  A002: {mark: ,     plan: ,                 exam: }  # Agent A002\n"
    )


def test_a_blank_sheet_lacks_its_values_and_nothing_else(tmp_path: Path) -> None:
    root = put(tmp_path, RULES)
    run(root, "new", "scores", "day", "2025-01")
    code, output = run(root, "check")
    assert code == 0
    assert [line.partition("warning: ")[2] for line in output.splitlines() if "warning: " in line] == [
        "The team's sheet lacks pool. [missing-input]",
        "A001 lacks mark, care. [missing-input]",
        "A002 lacks mark, plan. [missing-input]",
    ]


def test_a_filled_sheet_is_clean(tmp_path: Path) -> None:
    root = put(tmp_path, RULES)
    run(root, "new", "scores", "day", "2025-01")
    path = root / "records/shop/2025-01/scores/day.yaml"
    text = path.read_text("utf-8").replace("pool: ", "pool: 500")
    text = text.replace("mark: ,", "mark: 50,").replace("care: }", "care: 30}").replace("plan: }", "plan: 35}")
    path.write_text(text, encoding="utf-8")
    assert run(root, "check") == (0, "clean: 1 month, 4 agents\n")


def test_whoever_is_never_assessed_has_no_line(tmp_path: Path) -> None:
    rules = policy(employment=("full: {~}", "part: {~}"), eligible=("id: regular, ~, when: employment == full",))
    root = put(tmp_path, rules, {"A001": person("A001"), "A002": person("A002", employment="part")})
    run(root, "new", "scores", "day", "2025-01")
    assert sheet(root, "2025-01").partition("agents:\n")[2] == "  A001: {mark: }  # Agent A001\n"
    assert run(root, "check")[0] == 0


@pytest.mark.parametrize(
    ("every", "month", "said"),
    [
        ("quarter", "2025-01", "2025-01 is not assessed by itself; the period ends with 2025-03"),
        ("half-year", "2025-03", "2025-03 is not assessed by itself; the period ends with 2025-06"),
        ("year", "2025-06", "2025-06 is not assessed by itself; the period ends with 2025-12"),
    ],
)
def test_there_is_no_sheet_within_a_period(tmp_path: Path, every: str, month: str, said: str) -> None:
    root = put(tmp_path, policy(every=every), {"A001": person("A001")})
    assert run(root, "new", "scores", "day", month) == (2, f"kpigen: {said}\n")
    brought = tmp_path / "s.csv"
    brought.write_text("agent,mark\nA001,50\n", encoding="utf-8")
    code, output = run(root, "import", str(brought), "--department", "shop", "--month", month)
    assert (code, output) == (2, f"kpigen: {said}\n")
    assert not (root / "records/shop" / month).exists()
    assert run(root, "new", "scores", "day", "2025-12")[0] == 0


def test_there_is_no_sheet_without_a_score(tmp_path: Path) -> None:
    root = put(tmp_path, policy(score=None, inputs=(), events=("slip: {~}",)), {"A001": person("A001")})
    assert run(root, "new", "scores", "day", "2025-01") == (
        2,
        "kpigen: the policy mini gives no score, so that there are no sheets\n",
    )


# Spreadsheets


def brought(root: Path, text: str, month: str = "2025-01") -> tuple[int, str]:
    path = root / "s.csv"
    path.write_text(text, encoding="utf-8")
    return run(root, "import", str(path), "--department", "shop", "--month", month)


def test_a_spreadsheet_of_two_roles(tmp_path: Path) -> None:
    root = put(tmp_path, RULES)
    code, output = brought(root, "agent,mark,care,plan\nA001,50,30,\nA002,50,,35\n")
    assert code == 0
    assert output.splitlines()[0] == "records/shop/2025-01/scores/day.yaml: new, agents: 2"
    assert sheet(root, "2025-01").partition("together: ")[2] == (
        "{pool: }\n"
        "agents:\n"
        "  A001: {mark: 50,               care: 30}  # Agent A001\n"
        "  A002: {mark: 50,   plan: 35}  # Agent A002\n"
    )


def test_what_was_stated_for_the_team_stays(tmp_path: Path) -> None:
    root = put(tmp_path, RULES)
    brought(root, "agent,mark,care\nA001,50,30\n")
    path = root / "records/shop/2025-01/scores/day.yaml"
    path.write_text(path.read_text("utf-8").replace("pool: ", "pool: 500.50"), encoding="utf-8")
    assert brought(root, "agent,mark,care\nA001,51,30\n")[0] == 0
    assert "together: {pool: 500.50}\n" in sheet(root, "2025-01")
    assert "A001: {mark: 51," in sheet(root, "2025-01")


def test_a_column_of_the_team_is_no_input_of_agents(tmp_path: Path) -> None:
    code, output = brought(put(tmp_path, RULES), "agent,mark,care,pool\nA001,50,30,20\n")
    assert code == 0
    assert "warning: Nothing is made of the column “pool”. [sheet-column]" in output


def test_a_value_of_another_role_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    root = put(tmp_path, RULES)
    code, output = brought(root, "agent,mark,care,plan\nA001,50,30,20\n")
    assert code == 1
    assert ":2:" in output
    assert "plan" in output
    assert not root.joinpath("records/shop/2025-01").exists()


@pytest.mark.parametrize("cell", ["", "n/a"])
def test_what_does_not_apply_to_a_role_is_passed_over(tmp_path: Path, cell: str) -> None:
    root = put(tmp_path, RULES)
    assert brought(root, f"agent,mark,care,plan\nA001,50,30,{cell}\n")[0] == 0
    assert "plan" not in sheet(root, "2025-01")
