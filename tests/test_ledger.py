"""The ledger: what stops where something is wrong, what goes on, and odd repositories."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kpigen.ledger import Ledger, keep
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang
from tests.engine.mini import (
    BASE,
    DEPARTMENT,
    POLICY,
    Documents,
    Files,
    agent,
    changed,
    close,
    closed,
    documents,
    event,
    findings_of,
    month,
    rules_of,
    scored,
    sheet,
    shop,
)

if TYPE_CHECKING:
    from pathlib import Path

DAY = "records/shop/2025-01/scores/day.yaml"


def made(files: dict[str, str]) -> set[str]:
    """The months whose documents are made."""
    return {path for path in documents(files) if "/2" in path and "/policy/" not in path}


def test_the_index_lists_everything() -> None:
    index = documents(BASE)["v1/index.json"]
    (department,) = index["departments"]
    assert index["schema"] == "kpigen/index/v1"
    assert department["months"] == [
        {"month": month, "status": "draft", "policy": {"id": "mini", "version": "2025-01"}}
        for month in ("2025-01", "2025-02")
    ]
    assert [(row["agent"], row["team"], row["left"]) for row in department["agents"]] == [
        ("A001", "day", None),
        ("A002", "day", None),
        ("A003", "night", None),
    ]
    assert index["policies"] == [
        {"id": "mini", "version": "2025-01", "title": {"zh": "小型制度", "en": "A small policy"}}
    ]


def test_a_policy_with_mistakes_stops_the_computing_and_hides_no_finding() -> None:
    files = changed(
        (POLICY, "when: score < 80", "when: scoer < 80"),
        (DAY, "care: 54", "care: 61"),
        ("records/shop/agents/A002.yaml", "team: day", "team: dya"),
        ("records/shop/2025-02/scores/night.yaml", "assessed: 2025-03-07", "assessed: 2025-03-11"),
    )
    assert set(rules_of(files)) == {"expression", "cell", "unknown-team", "assessment-window"}
    assert made(files) == set()


def test_a_month_with_errors_stops_the_months_after_it_which_are_still_checked() -> None:
    files = changed((DAY, "care: 54", "care: 61"), ("records/shop/2025-02/scores/day.yaml", "care: 58", "care: 62"))
    assert [found for found in findings_of(files) if "[cell]" in found] == [
        "records/shop/2025-01/scores/day.yaml:6:16: error: 61 is not between 0 and 60. [cell]",
        "records/shop/2025-02/scores/day.yaml:6:16: error: 62 is not between 0 and 60. [cell]",
    ]
    assert made(files) == set()
    files = changed(("records/shop/2025-02/scores/day.yaml", "care: 58", "care: 62"))
    assert made(files) == {"v1/shop/2025-01.json"}


def test_warnings_stop_nothing() -> None:
    files = changed((DAY, "assessed: 2025-02-06", "assessed: 2025-02-11"))
    assert rules_of(files) == ["assessment-window"]
    assert keep(Files(files)).clean
    assert made(files) == {"v1/shop/2025-01.json", "v1/shop/2025-02.json"}


def test_what_a_draft_may_lack_a_closed_month_may_not() -> None:
    files = {path: text for path, text in BASE.items() if path != "records/shop/2025-01/scores/night.yaml"}
    assert keep(Files(files)).clean
    shut = files | close("2025-01")
    assert not keep(Files(shut)).clean
    assert rules_of(files) == rules_of(shut) == ["missing-sheet"]


def test_a_closed_month_is_published_as_closed() -> None:
    found = documents(closed(BASE, "2025-01"))
    assert [found[f"v1/shop/2025-0{number}.json"]["status"] for number in (1, 2)] == ["closed", "draft"]
    assert [row["status"] for row in found["v1/index.json"]["departments"][0]["months"]] == ["closed", "draft"]


def test_an_engines_finding_stops_the_months_after_it() -> None:
    files = changed((DAY, "calls: 200, answered: 170", "calls: 0, answered: 0"))
    assert rules_of(files) == ["undefined"]
    (finding,) = keep(Files(files)).findings
    assert finding.message.said(Lang.EN) == "For A001: calls is 0 here, and nothing can be divided by it"
    assert BASE[POLICY].splitlines()[finding.place.line - 1][finding.place.column - 1 :].startswith("calls * 100")
    assert made(files) == set()


# Departments beside each other

OTHER = {
    path.replace("/shop/", "/depot/").replace("A00", "B00"): text.replace("A00", "B00")
    for path, text in BASE.items()
    if "/shop/" in path
}
OTHER["records/depot/department.yaml"] = BASE[DEPARTMENT].replace("department: shop", "department: depot")


def test_departments_do_not_touch_each_other() -> None:
    assert findings_of(BASE | OTHER) == []
    alone, both = documents(BASE), documents(BASE | OTHER)
    assert all(both[path] == alone[path] for path in alone if "index" not in path)
    files = BASE | OTHER | {"records/depot/department.yaml": "department: depot\n"}
    assert "records/depot" not in str(made(files))
    assert made(files) == {"v1/shop/2025-01.json", "v1/shop/2025-02.json"}


def test_an_agent_of_two_departments_is_an_error_in_both() -> None:
    files = BASE | {path.replace("B00", "A00"): text.replace("B00", "A00") for path, text in OTHER.items()}
    assert rules_of(files) == ["agent-twice"] * 3


def test_a_complaint_about_an_agent_of_another_department() -> None:
    complaint = (
        "complaint: C-2025-01-001\nagent: B001\nreceived: 2025-01-14\nchannel: phone\ncategory: delay\nsummary: x\n"
    )
    complaint += "status: upheld\ndecided: {on: 2025-01-18, by: wang.min}\n"
    files = BASE | OTHER | {"records/shop/2025-01/complaints/C-2025-01-001.yaml": complaint}
    assert rules_of(files) == ["unknown-agent"]


# Odd repositories


def test_nothing_at_all(tmp_path: Path) -> None:
    sink = Documents()
    assert keep(FolderSnapshot.of(tmp_path), sink=sink) == Ledger((), 0)
    assert json.loads(sink.written["v1/index.json"]) == {"schema": "kpigen/index/v1", "departments": [], "policies": []}


def test_an_index_is_made_whatever_is_wrong() -> None:
    files = {POLICY: BASE[POLICY], DEPARTMENT: BASE[DEPARTMENT]}
    files["records/shop/agents/A001.yaml"] = "agent: A001\nname: x\njoined: 2025-01-01\nhistory: []\n"
    (row,) = documents(files)["v1/index.json"]["departments"][0]["agents"]
    assert row["team"] is None


@pytest.mark.parametrize(
    ("joined", "left", "months"),
    [
        ("2030-01-01", None, []),
        ("2020-01-01", "2024-12-31", []),
        ("2025-02-10", None, ["2025-02"]),
        ("2024-01-01", "2025-01-01", ["2025-01"]),
    ],
)
def test_agents_have_statements_while_they_are_employed(joined: str, left: str | None, months: list[str]) -> None:
    stated = {"joined": joined} | ({"left": left} if left else {})
    path = "records/shop/agents/A009.yaml"
    files = BASE | {path: agent("A009", "", history=f"[{{from: {joined[:7]}, team: day, tier: junior}}]", **stated)}
    for name in months:
        day = f"records/shop/{name}/scores/day.yaml"
        files[day] += f"  A009: {scored('70')}\n"
    assert findings_of(files) == []
    assert [name for name in ("2025-01", "2025-02") if "A009" in month(files, name)] == months
    assert [row["team"] for row in documents(files)["v1/index.json"]["departments"][0]["agents"]][-1] == "day"


def test_an_agent_whose_file_cannot_be_read_is_not_called_unknown() -> None:
    files = changed(("records/shop/agents/A001.yaml", "joined: 2024-11-04", "joined: 2024-11-31"))
    assert rules_of(files) == ["date-form"]


def test_the_last_months_there_are() -> None:
    found = shop({"A001": "senior"}, {name: {"A001": scored("70")} for name in ("2999-11", "2999-12")})
    found["records/shop/2999-12/scores/day.yaml"] = found["records/shop/2999-12/scores/day.yaml"].replace(
        "3000-01-06", "2999-12-31"
    )
    assert rules_of(found) == ["assessment-window"]
    assert month(found, "2999-12")["A001"]["next_tier"] == "middle"


def test_many_agents() -> None:
    numbers = [f"A{number:03}" for number in range(1, 301)]
    tiers = dict.fromkeys(numbers, "junior")
    found = shop(tiers, {"2025-01": {number: scored(str(int(number[1:]) % 60 + 40)) for number in numbers}})
    rows = month(found)
    assert len(rows) == 300
    assert max(row["rank"] for row in rows.values()) == 296
    stray = found | {
        "records/shop/2025-01/scores/day.yaml": sheet(
            "2025-01", {f"B{number:03}": scored("50") for number in range(300)}
        )
    }
    assert rules_of(stray).count("unknown-agent") == 300


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing\n", "{}\n", "[]\n", "x\n", "a: b\n", "agents: {\n", "\x00", "agents:\n  A001: yes\n"]
)
def test_no_file_breaks_it(text: str) -> None:
    for path in (*BASE, "records/shop/2025-01/complaints/C-2025-01-001.yaml", "records/shop/2025-01/close.yaml"):
        findings = findings_of(BASE | {path: text})
        assert any(found.startswith(path) for found in findings)


def test_a_kind_of_event_that_a_later_version_no_longer_has() -> None:
    newer = (
        BASE[POLICY]
        .replace("version: 2025-01", "version: 2025-02")
        .replace("  slip: {", "  late: {")
        .replace("events(slip)", "events(late)")
    )
    files = BASE | {"policy/mini/2025-02.yaml": newer}
    slip = event("2025-01", kind="slip", amount="")
    assert findings_of(files | slip) == []
    assert month(files | slip, "2025-02")["A001"]["awards"]
    assert rules_of(files | event("2025-02", kind="slip", amount="")) == ["unknown-word"]


def test_progress_is_told() -> None:
    told = []
    keep(Files(BASE | OTHER), progress=lambda *each: told.append(each))
    assert told == [("depot", 1, 2), ("depot", 2, 2), ("shop", 1, 2), ("shop", 2, 2)]
    assert keep(Files(BASE | OTHER)).months == 4
