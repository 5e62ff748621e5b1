"""What the department itself must do, and when: duties, the procedure of events, complaints decided in time."""

from __future__ import annotations

import pytest

from tests.engine.house import CATEGORIES, House, policy, without_places
from tests.engine.mini import DEPARTMENT, complaint, documents, event

DUTY = "id: evaluation, ~, every: {every}, by: reviewer, due_days: {days}"


def duties(last: str, done: str = "", every: str = "quarter", days: int = 30, first: str = "2025-01") -> list[str]:
    """The findings of a department whose records reach from January to ``last``, with the duties it has done."""
    begin, end = int(first[5:]), int(last[5:])
    months = {f"2025-{number:02}": {"A001": "80"} for number in range(begin, end + 1)}
    house = House(policy(duties=[DUTY.format(every=every, days=days)]), months)
    if done:
        house.department += f"duties:\n{done}"
    return house.findings()


def entry(period: str, on: str, duty: str = "evaluation", by: str = "zhao.lei") -> str:
    return f"  - {{duty: {duty}, period: {period}, on: {on}, by: {by}}}\n"


# Duties


def test_a_duty_is_not_due_while_its_day_has_not_passed() -> None:
    # March's evaluation is due on 30 April: at the end of April it is not late yet
    assert duties("2025-03") == []
    assert duties("2025-04") == []


def test_a_duty_is_overdue_once_a_month_ends_after_its_day() -> None:
    said = "warning: Name for the period up to 2025-03 was due on 2025-04-30 and is not done. [duty-overdue]"
    assert duties("2025-05") == [f"{DEPARTMENT}:1:1: {said}"]


def test_a_duty_due_in_the_middle_of_a_month_is_overdue_at_its_end() -> None:
    assert without_places(duties("2025-04", days=15)) == [
        "warning: Name for the period up to 2025-03 was due on 2025-04-15 and is not done. [duty-overdue]"
    ]
    assert duties("2025-03", days=15) == []


def test_a_duty_that_was_done_in_time_is_no_finding() -> None:
    assert duties("2025-05", entry("2025-03", "2025-04-30")) == []
    assert duties("2025-05", entry("2025-03", "2025-03-28")) == []


def test_a_duty_that_was_done_late_is_a_warning_at_its_day() -> None:
    assert duties("2025-05", entry("2025-03", "2025-05-01")) == [
        f"{DEPARTMENT}:10:45: warning: Name was due on 2025-04-30 and done on 2025-05-01. [duty-late]"
    ]


def test_every_period_has_its_own_duty() -> None:
    found = duties("2025-11", entry("2025-03", "2025-04-10") + entry("2025-09", "2025-10-05"))
    said = "warning: Name for the period up to 2025-06 was due on 2025-07-30 and is not done. [duty-overdue]"
    assert found == [f"{DEPARTMENT}:9:1: {said}"]


@pytest.mark.parametrize(
    ("every", "last", "periods"),
    [
        ("month", "2025-03", ["2025-01", "2025-02"]),
        ("quarter", "2025-08", ["2025-03", "2025-06"]),
        ("half-year", "2025-11", ["2025-06"]),
        ("year", "2025-12", []),
    ],
)
def test_duties_of_every_period(every: str, last: str, periods: list[str]) -> None:
    found = duties(last, every=every, days=10)
    assert [line.partition("period up to ")[2][:7] for line in found] == periods


def test_a_duty_of_days_0_is_due_at_the_periods_end() -> None:
    assert duties("2025-03", days=0) == []
    assert len(duties("2025-04", days=0)) == 1
    assert duties("2025-04", entry("2025-03", "2025-03-31"), days=0) == []
    assert [line.rpartition("[")[2] for line in duties("2025-04", entry("2025-03", "2025-04-01"), days=0)] == [
        "duty-late]"
    ]


def test_a_duty_that_the_policy_does_not_have() -> None:
    found = duties("2025-03", entry("2025-03", "2025-04-10", duty="evaluations"))
    assert found == [f"{DEPARTMENT}:10:12: error: There is no duty evaluations. [unknown-duty]"]


def test_a_duty_done_by_nobody_of_the_department() -> None:
    found = duties("2025-03", entry("2025-03", "2025-04-10", by="li.si"))
    assert found == [f"{DEPARTMENT}:10:61: error: li.si is nobody of this department. [unknown-person]"]


def test_a_duty_done_for_a_month_in_which_no_period_ends() -> None:
    assert duties("2025-03", entry("2025-02", "2025-03-10")) == [
        f"{DEPARTMENT}:10:32: error: No period of evaluation ends with 2025-02. [unknown-duty]"
    ]


def test_a_duty_that_stands_twice() -> None:
    assert duties("2025-04", entry("2025-03", "2025-04-10") + entry("2025-03", "2025-04-11")) == [
        f"{DEPARTMENT}:10:12: error: evaluation of 2025-03 stands here twice. [unknown-duty]"
    ]


def test_a_duty_done_while_the_last_month_of_its_period_has_no_records_yet() -> None:
    # marks of June are entered in July: the evaluation of the quarter may be done before
    assert duties("2025-05", entry("2025-03", "2025-04-10") + entry("2025-06", "2025-06-28")) == []


def test_a_new_policy_brings_its_duties_and_the_old_one_takes_its_own_along() -> None:
    months = {f"2025-{number:02}": {"A001": "80"} for number in range(1, 9)}
    house = House(policy(duties=[DUTY.format(every="quarter", days=10)]), months)
    other = policy(
        name="other", version="2025-04", duties=["id: survey, ~, every: quarter, by: reviewer, due_days: 10"]
    )
    house.department = house.department.replace("use: mini}", "use: mini}\n  - {from: 2025-04, use: other}")
    house.department += "duties:\n" + entry("2025-03", "2025-04-09")
    house.more = {"policy/other/2025-04.yaml": other}
    assert without_places(house.findings()) == [
        "warning: Name for the period up to 2025-06 was due on 2025-07-10 and is not done. [duty-overdue]"
    ]


def test_duties_are_published_with_their_days() -> None:
    months = {f"2025-{number:02}": {"A001": "80"} for number in range(1, 9)}
    house = House(policy(duties=[DUTY.format(every="quarter", days=30)]), months)
    house.department += "duties:\n" + entry("2025-03", "2025-04-20").replace("}", ", note: 已讨论}")
    (listed,) = (each["duties"] for each in documents(house.files)["v1/index.json"]["departments"])
    assert listed == [
        {
            "duty": "evaluation",
            "name": {"zh": "名", "en": "Name"},
            "clause": "1",
            "period": "2025-03",
            "due": "2025-04-30",
            "done": {"on": "2025-04-20", "by": "zhao.lei", "note": "已讨论"},
            "overdue": False,
        },
        {
            "duty": "evaluation",
            "name": {"zh": "名", "en": "Name"},
            "clause": "1",
            "period": "2025-06",
            "due": "2025-07-30",
            "done": None,
            "overdue": True,
        },
    ]


def test_a_duty_that_is_not_due_yet_is_published_and_not_overdue() -> None:
    months = {f"2025-{number:02}": {"A001": "80"} for number in range(1, 4)}
    house = House(policy(duties=[DUTY.format(every="quarter", days=30)]), months)
    (listed,) = (each["duties"] for each in documents(house.files)["v1/index.json"]["departments"])
    assert [(each["period"], each["done"], each["overdue"]) for each in listed] == [("2025-03", None, False)]


# The procedure of events


def reviewed(procedure: str, **stated: str) -> list[str]:
    rules = policy(events=("slip: {~}",), procedure=f'{{{procedure}, clause: "1"}}')
    house = House(rules, {"2025-01": {"A001": "80"}})
    house.department += "people: [li.si]\n"
    house.more = event("2025-01", 1, **({"kind": "slip", "amount": ""} | stated))
    return house.findings()


EVENT = "records/shop/2025-01/events/E-2025-01-001.yaml"


def test_supervisors_propose() -> None:
    assert reviewed("propose: supervisor") == []
    assert reviewed("propose: supervisor", proposed="chen.jun") == [], "of whichever team"
    assert reviewed("propose: supervisor", proposed="li.si") == [
        f"{EVENT}:5:11: error: li.si supervises no team, and supervisors propose. [not-supervisor]"
    ]
    assert reviewed("propose: anybody", proposed="li.si") == []


def test_somebody_unknown_is_said_once() -> None:
    assert without_places(reviewed("propose: supervisor", proposed="nobody")) == [
        "error: nobody is nobody of this department. [unknown-person]"
    ]


@pytest.mark.parametrize(("on", "late"), [("2025-01-12", False), ("2025-01-15", False), ("2025-01-16", True)])
def test_an_event_is_reviewed_within_days(on: str, late: bool) -> None:  # noqa: FBT001 - a column
    # it happened on the 12th
    assert reviewed("review_days: 3", reviewed_on=on) == (
        [f"{EVENT}:7:14: warning: {on} is later than 2025-01-15, 3 days after 2025-01-12. [late]"] if late else []
    )


def test_without_a_day_or_a_deadline_nothing_is_late() -> None:
    assert reviewed("review_days: 3") == []
    assert reviewed("propose: anybody", reviewed_on="2025-04-30") == []


def test_a_review_does_not_come_before_the_event() -> None:
    assert without_places(reviewed("review_days: 3", reviewed_on="2025-01-11")) == [
        "error: 2025-01-11 is before 2025-01-12. [date-order]"
    ]


# Complaints in time


def handled(**stated: str) -> list[str]:
    rules = policy(complaints=CATEGORIES.replace("clause:", "decide_days: 7, follow_up_days: 10, clause:"))
    return House(rules, {"2025-01": {"A001": "80"}}, more=complaint("2025-01", 1, **stated)).findings()


COMPLAINT = "records/shop/2025-01/complaints/C-2025-01-001.yaml"


@pytest.mark.parametrize(
    ("on", "late"), [("2025-01-14", False), ("2025-01-21", False), ("2025-01-22", True), ("2025-02-01", True)]
)
def test_a_complaint_is_decided_within_days(on: str, late: bool) -> None:  # noqa: FBT001 - a column
    # it was received on the 14th
    assert handled(decided=f"{{on: {on}, by: wang.min}}") == (
        [f"{COMPLAINT}:8:15: warning: {on} is later than 2025-01-21, 7 days after 2025-01-14. [late]"] if late else []
    )


@pytest.mark.parametrize(("on", "late"), [("2025-01-24", False), ("2025-01-25", True)])
def test_a_complaint_is_followed_up_within_days(on: str, late: bool) -> None:  # noqa: FBT001 - a column
    assert handled(followed_up=on) == (
        [f"{COMPLAINT}:9:14: warning: {on} is later than 2025-01-24, 10 days after 2025-01-14. [late]"] if late else []
    )


def test_a_follow_up_does_not_come_before_the_complaint() -> None:
    assert without_places(handled(followed_up="2025-01-13")) == ["error: 2025-01-13 is before 2025-01-14. [date-order]"]


def test_a_dismissed_complaint_is_decided_in_time_too() -> None:
    assert without_places(handled(status="dismissed", decided="{on: 2025-01-30, by: wang.min}")) == [
        "warning: 2025-01-30 is later than 2025-01-21, 7 days after 2025-01-14. [late]"
    ]


def test_a_complaint_that_is_open_is_not_decided_yet() -> None:
    assert without_places(handled(status="open", decided="")) == [
        "warning: C-2025-01-001 is not decided yet. [open-complaint]"
    ]
