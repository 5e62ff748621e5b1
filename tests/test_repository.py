"""The survey of a repository: which path is what, and what has no place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.month import Month
from kpigen.repository import survey
from kpigen.snapshot import Entry
from tests.engine.mini import BASE, Files, files_of, findings_of, rules_of


@pytest.mark.parametrize(
    "path",
    [
        "records/shop/department.yaml",
        "records/shop/agents/A001.yaml",
        "records/shop/agents/Z123456.yaml",
        "records/shop/2026-09/scores/day.yaml",
        "records/shop/2026-09/scores/day-2.a.yaml",
        "records/shop/2026-09/complaints/C-2026-09-003.yaml",
        "records/shop/2026-09/events/E-2026-09-0031.yaml",
        "records/shop/2026-09/appeals/P-2026-09-003.yaml",
        "records/shop/2026-09/adjustments/J-2026-09-003.yaml",
        "records/shop/2026-09/close.yaml",
        "records/shop/2026-Q3/close.yaml",
        "records/shop/2026-H2/close.yaml",
        "records/shop/2026/close.yaml",
        "policy/star-tier/2025-01.yaml",
    ],
)
def test_what_belongs_to_the_layout(path: str) -> None:
    _, findings = survey([Entry(path, "file")])
    assert "unexpected-path" not in [finding.rule.id for finding in findings]


@pytest.mark.parametrize(
    "path",
    [
        "records/Shop/department.yaml",
        "records/department.yaml",
        "records/shop/department.yml",
        "records/shop/agents/a001.yaml",
        "records/shop/agents/A01.yaml",
        "records/shop/agents/A001.yaml.bak",
        "records/shop/2026-13/scores/day.yaml",
        "records/shop/1899-01/scores/day.yaml",
        "records/shop/2026-09/scores/Day.yaml",
        "records/shop/2026-09/scores/more/day.yaml",
        "records/shop/2026-09/complaints/E-2026-09-003.yaml",
        "records/shop/2026-09/complaints/C-2026-13-1.yaml",
        "records/shop/2026-09/close.yaml\n",
        "records/shop/2026-Q5/close.yaml",
        "records/shop/2026-H3/close.yaml",
        "records/shop/1899/close.yaml",
        "records/shop/2026-Q3/scores/day.yaml",
        "records/ｓhop/department.yaml",
        "policy/star-tier/2025-1.yaml",
        "policy/star-tier/1800-01.yaml",
        "policy/2025-01.yaml",
        "policy/star-tier/examples/2025-01.yaml",
    ],
)
def test_what_does_not(path: str) -> None:
    found, findings = survey([Entry(path, "file")])
    assert [finding.rule.id for finding in findings] == ["unexpected-path"]
    assert not found.departments
    assert not found.policies


@given(st.permutations(Files(BASE).entries))
def test_the_order_of_names_changes_nothing(entries: list[Entry]) -> None:
    found, findings = survey(entries)
    assert found == survey(Files(BASE).entries)[0]
    assert findings == ()
    assert sorted(found.departments["shop"].months) == [Month(2025, 1), Month(2025, 2)]


@given(st.text(max_size=40), st.sampled_from(["records/", "policy/", "records/shop/", "records/shop/2025-01/"]))
def test_no_name_breaks_it(name: str, folder: str) -> None:
    for kind in ("file", "folder", "link", "other"):
        survey([Entry(folder + name, kind)])


def test_no_records_no_policy_nothing_at_all() -> None:
    assert findings_of({}) == []
    assert findings_of({path: text for path, text in BASE.items() if path.startswith("policy")}) == []
    assert rules_of({path: text for path, text in BASE.items() if path.startswith("records")}) == ["unknown-policy"]


def test_a_department_without_months() -> None:
    assert findings_of({path: text for path, text in BASE.items() if "/2025-0" not in path or "policy" in path}) == []


def test_everything_readable_is_reported_beside_a_department_that_is_not() -> None:
    files = dict(BASE)
    files["records/shop/department.yaml"] = "department: [\n"
    files["records/shop/agents/A001.yaml"] = "agent: A1\n"
    files["records/shop/2025-01/scores/day.yaml"] = "month: 2025-1\n"
    paths = {finding.split(":")[0] for finding in findings_of(files)}
    assert paths == {
        "records/shop/department.yaml",
        "records/shop/agents/A001.yaml",
        "records/shop/2025-01/scores/day.yaml",
    }


def test_the_repository_itself_is_clean() -> None:
    from pathlib import Path  # noqa: PLC0415

    root = Path(__file__).parents[1]
    files = {f"{top}/{path}": text for top in ("policy", "records") for path, text in files_of(root / top).items()}
    assert [finding for finding in findings_of(files) if ": error: " in finding] == []
