"""What is allowed: cases close to the rules of the gallery in which nothing is wrong."""

from __future__ import annotations

import pytest

from tests.engine.mini import BASE, DEPARTMENT, changed, closed, complaint, event, findings_of, rules_of

APPEAL = """\
appeal: P-2025-02-001
agent: A001
about: {about}
filed: 2025-02-12
grounds: 得分依据有误
status: upheld
decided: {{on: 2025-02-14, by: zhao.lei}}
outcome: 更正
"""
PATH = "records/shop/2025-02/appeals/P-2025-02-001.yaml"


@pytest.mark.parametrize(
    "about",
    [
        "{month: 2025-01, input: care}",
        "{month: 2025-01, award: star}",
        "{month: 2025-01, transition: to-senior}",
        "{complaint: C-2025-01-001}",
        "{event: E-2025-01-001}",
    ],
)
def test_appeals_about_anything(about: str) -> None:
    files = BASE | complaint("2025-01") | event("2025-01")
    assert findings_of(files | {PATH: APPEAL.format(about=about)}) == []


@pytest.mark.parametrize("about", ["{month: 2025-01, input: care}", "{complaint: C-2025-01-001}"])
def test_whoever_left_may_appeal_about_the_time_before(about: str) -> None:
    agent, sheet = "records/shop/agents/A001.yaml", "records/shop/2025-02/scores/day.yaml"
    files = changed((agent, "joined: 2024-11-04", "joined: 2024-11-04\nleft: 2025-01-31")) | complaint("2025-01")
    line = next(line for line in files[sheet].splitlines(keepends=True) if "A001" in line)
    files[sheet] = files[sheet].replace(line, "")
    assert findings_of(files | {PATH: APPEAL.format(about=about)}) == []


def test_an_adjustment_of_a_closed_month() -> None:
    adjustment = "adjustment: J-2025-02-001\ncorrects: 2025-01\nagent: A001\nreason: 复核\nappeal: P-2025-02-001\n"
    adjustment += "inputs: {care: 56, wait: n/a}\n"
    files = closed(BASE, "2025-01") | {PATH: APPEAL.format(about="{month: 2025-01, input: care}")}
    found = findings_of(files | {"records/shop/2025-02/adjustments/J-2025-02-001.yaml": adjustment})
    assert [each for each in found if "adjustments" in each or "appeals" in each] == []


@pytest.mark.parametrize("day", ["2025-02-05", "2025-02-10"])
def test_the_assessment_window_holds_its_first_and_last_day(day: str) -> None:
    assert findings_of(changed(("records/shop/2025-01/scores/day.yaml", "2025-02-06", day))) == []


@pytest.mark.parametrize("day", ["2025-02-04", "2025-02-11", "2025-01-06", "2025-03-06", "2026-02-06"])
def test_a_day_outside_the_assessment_window(day: str) -> None:
    assert rules_of(changed(("records/shop/2025-01/scores/day.yaml", "2025-02-06", day))) == ["assessment-window"]


def test_december_is_assessed_in_january() -> None:
    files = {path.replace("2025-01/", "2024-12/"): text for path, text in BASE.items() if "/2025-02/" not in path}
    files = {
        path: text.replace("month: 2025-01", "month: 2024-12").replace("2025-02-0", "2025-01-0")
        for path, text in files.items()
    }
    files[DEPARTMENT] = BASE[DEPARTMENT].replace("from: 2025-01", "from: 2024-12")
    policy = files.pop("policy/mini/2025-01.yaml").replace("version: 2025-01", "version: 2024-12")
    files["policy/mini/2024-12.yaml"] = policy.replace("on: 2024-12-20", "on: 2024-11-20")
    assert findings_of(files) == []


@pytest.mark.parametrize("day", ["2025-01-01", "2025-01-31"])
def test_a_month_holds_its_first_and_last_day(day: str) -> None:
    assert (
        findings_of(
            BASE
            | event("2025-01", on=day)
            | complaint("2025-01", received=day, decided="{on: 2025-02-03, by: chen.jun}")
        )
        == []
    )


def test_people_of_earlier_years_may_have_signed() -> None:
    files = changed(("records/shop/2025-01/scores/day.yaml", "wang.min", "li.na"))
    assert rules_of(files) == ["unknown-person"]
    files[DEPARTMENT] += "people: [li.na]\n"
    assert findings_of(files) == []


def test_a_word_that_the_policy_does_not_list_is_any_word() -> None:
    policy = "policy/mini/2025-01.yaml"
    text = BASE[policy]
    without = text[: text.index("complaints:\n")] + text[text.index("measures:\n") :]
    assert findings_of(BASE | {policy: without} | complaint("2025-01", category="whatever", severity="odd")) == []


def test_a_team_event_without_an_amount() -> None:
    assert findings_of(BASE | event("2025-01", agent="", team="night", kind="slip", amount="")) == []


def test_an_agent_may_change_teams() -> None:
    agent = "records/shop/agents/A002.yaml"
    day, night = "records/shop/2025-02/scores/day.yaml", "records/shop/2025-02/scores/night.yaml"
    files = changed((agent, "tier: junior}", "tier: junior}\n  - {from: 2025-02, team: night}"))
    line = "  A002: {not_assessed: long sick leave}\n"
    files |= {day: files[day].replace(line, ""), night: files[night] + line}
    assert findings_of(files) == []
