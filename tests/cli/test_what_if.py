"""``kpigen what-if``: the month as it is beside the month as it would have been; nothing is written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.engine.house import House, person, policy
from tests.engine.mini import event

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


def named(zh: str, en: str) -> str:
    return f'name: {{zh: {zh}, en: {en}}}, clause: "1"'


RULES = policy(
    roles=(f"staff: {{{named('员工', 'Staff')}}}", f"lead: {{{named('组长', 'Leader')}}}"),
    inputs=(
        f"mark: {{points: 60, {named('质量', 'Quality')}}}",
        f"care: {{points: 40, roles: staff, {named('态度', 'Care')}}}",
        f"plan: {{points: 40, roles: lead, {named('计划', 'Plan')}}}",
        f"sales: {{amount: CNY, {named('销售额', 'Sales')}}}",
        f"pool: {{amount: CNY, stated: team, {named('奖金池', 'Pool')}}}",
    ),
    events=(f"slip: {{{named('差错', 'Slip')}}}",),
    grades=(f"low: {{from: 0, {named('低', 'Low')}}}", f"high: {{from: 80, {named('高', 'High')}}}"),
    results=(f"worth: {{is: number(score) * 2, unit: CNY, {named('绩效', 'Worth')}}}",),
    tiers=(f"one: {{{named('一级', 'Level one')}}}", f"two: {{{named('二级', 'Level two')}}}"),
    transitions=('id: up, clause: "1", from: one, when: score >= 80, to: two',),
    pay=(
        f"id: base, amount: 1000, unassessed: yes, {named('底薪', 'Base')}",
        f"id: worth, when: grade == high, amount: worth, {named('绩效工资', 'Performance pay')}",
        f"id: sold, amount: sales / 10, {named('提成', 'Commission')}",
    ),
    awards=(f"id: star, rank: 1, by: score, amount: 50, ties: all, {named('之星', 'Star')}",),
    actions=(f"id: talk, when: score < 60, {named('面谈', 'Talk')}",),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three agents of one team and a leader of the other; a month between two that are assessed quarterly."""
    people = {number: person(number, tier="one") for number in ("A001", "A002", "A003")}
    people["A004"] = person("A004", team="night", tier="one", role="lead")
    lines = {
        "A001": "{mark: 40, care: 15, sales: 100}",
        "A002": "{mark: 50, care: 20, sales: 0}",
        "A003": None,
        "A004": "{mark: 30, plan: 10, sales: 0}",
    }
    house = House(RULES, {"2025-01": lines}, people, {"2025-01": {"day": "{pool: 5}", "night": "{pool: 6}"}})
    return write(house, tmp_path / "repository")


def write(house: House, root: Path) -> Path:
    for path, text in house.files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def bytes_of(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_table_word_for_word(run: Callable[..., Result], root: Path) -> None:
    before = bytes_of(root)
    done = run("what-if", "A001", "2025-01", "mark=55", "care=30")
    # 85 points: worth 170, the first of the month, promoted; the talk at less than 60 is no longer due
    assert done.exit_code == 0
    assert rows_of(done.output) == [
        ["as it is", "then", "difference"],
        ["score", "55.0", "85.0", "+30.0"],
        ["grade", "Low", "High"],
        ["tier from next month", "Level one", "Level two"],
        ["rank", "2", "1", "−1"],
        ["Quality", "40", "55", "+15"],
        ["Care", "15", "30", "+15"],
        ["Worth", "110.0", "170.0", "+60.0"],
        ["Performance pay", "0.00", "170.00", "+170.00"],
        ["Star", "0.00", "50.00", "+50.00"],
        ["pay", "1,010.00", "1,230.00", "+220.00"],
        ["awards", "–", "Star"],
        ["to be done", "Talk", "–"],
    ]
    assert bytes_of(root) == before, "nothing is written"


def rows_of(output: str) -> list[list[str]]:
    return [re.split(r" {2,}", line.strip()) for line in output.splitlines() if line.strip()]


def test_in_chinese_everything_is(run: Callable[..., Result]) -> None:
    done = run("what-if", "A001", "2025-01", "mark=55", "care=30", "--lang", "zh")
    assert done.exit_code == 0
    names = [row[0] for row in rows_of(done.output)][1:]
    assert {"质量", "态度", "绩效", "绩效工资", "之星"} <= {*names}
    assert not re.search(r"[A-Za-z]{2}", done.output)


def test_only_what_differs_is_shown(run: Callable[..., Result]) -> None:
    # 12.50 in sales more: 1.25 more in commission, and nothing else
    assert rows_of(run("what-if", "A001", "2025-01", "sales=112.50").output)[1:] == [
        ["Commission", "10.00", "11.25", "+1.25"],
        ["pay", "1,010.00", "1,011.25", "+1.25"],
    ]


@pytest.mark.parametrize("stated", [["mark=40"], ["mark=40.0"], ["mark=40", "care=15", "sales=100.00"]])
def test_the_same_again_makes_no_difference(run: Callable[..., Result], stated: list[str]) -> None:
    done = run("what-if", "A001", "2025-01", *stated)
    assert (done.exit_code, done.output) == (0, "Nothing would have been different.\n")


def test_less_than_it_is(run: Callable[..., Result]) -> None:
    # 20 of 60 and 15 of 40; the leader with 40 is now ahead
    rows = rows_of(run("what-if", "A001", "2025-01", "mark=20").output)
    assert ["score", "55.0", "35.0", "−20.0"] in rows
    assert ["rank", "2", "3", "+1"] in rows


def test_not_applicable_is_a_value_too(run: Callable[..., Result]) -> None:
    # 15 of 40 alone: 37.5
    assert rows_of(run("what-if", "A001", "2025-01", "mark=n/a").output)[1:4] == [
        ["score", "55.0", "37.5", "−17.5"],
        ["rank", "2", "3", "+1"],
        ["Quality", "40", "–"],
    ]


def test_spaces_around_the_sign_do_not_matter(run: Callable[..., Result]) -> None:
    assert run("what-if", "A001", "2025-01", "mark = 55").output == run("what-if", "A001", "2025-01", "mark=55").output


def test_whoever_was_not_assessed_as_if_they_had_been(run: Callable[..., Result]) -> None:
    rows = rows_of(run("what-if", "A003", "2025-01", "mark=50", "care=40", "sales=7").output)
    assert rows[1:5] == [
        ["score", "–", "90.0"],
        ["grade", "–", "High"],
        ["tier from next month", "Level one", "Level two"],
        ["rank", "–", "1"],
    ]
    assert rows[-2:] == [["pay", "1,000.00", "1,230.70", "+230.70"], ["awards", "–", "Star"]]


def test_an_agent_by_name_and_a_role_of_its_own(run: Callable[..., Result]) -> None:
    rows = rows_of(run("what-if", "agent a004", "2025-01", "plan=40").output)
    assert ["Plan", "10", "40", "+30"] in rows
    assert ["score", "40.0", "70.0", "+30.0"] in rows


def test_as_json_both_months_are_whole(run: Callable[..., Result]) -> None:
    done = run("what-if", "A001", "2025-01", "mark=55", "care=30", "--format", "json")
    found = json.loads(done.output)
    assert {key: (found[key]["score"], found[key]["pay"]["total"], found[key]["next_tier"]) for key in found} == {
        "now": ("55.0", "1010.00", "one"),
        "then": ("85.0", "1230.00", "two"),
    }
    assert [item["points"] for item in found["then"]["items"]] == ["55", "30"]
    assert found["now"] == json.loads(run("explain", "A001", "2025-01", "--format", "json").output)


def test_as_json_also_where_nothing_differs(run: Callable[..., Result]) -> None:
    found = json.loads(run("what-if", "A001", "2025-01", "mark=40", "--format", "json").output)
    assert found["now"]["pay"] == found["then"]["pay"]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (("mrk=40",), "there is no input mrk; did you mean mark?"),
        (("zzz=40",), "there is no input zzz; there are: mark, care, sales"),
        (("plan=40",), "there is no input plan; there are: mark, care, sales"),  # of another role
        (("pool=40",), "there is no input pool; there are: mark, care, sales"),  # of the whole team
        (("not_assessed=ill",), "there is no input not_assessed; there are: mark, care, sales"),
        (("mark=61",), "mark: 61 is not between 0 and 60."),
        (("mark=-1",), "mark: -1 is not between 0 and 60."),
        (("mark=１",), "mark: “１” is no number."),
        (("sales=1,000",), "sales: “1,000” is no number."),
        (("sales=0.005",), "sales: 0.005 has fractions of a cent."),
        (("sales=n/a",), "sales: “n/a” is only for what is scored."),
        (("mark=40", "sales=x"), "sales: “x” is no number."),
        (("mark",), "“mark” says no input; write it like attitude=15"),
        (("mark=",), "“mark=” says no input; write it like attitude=15"),
        (("=5",), "“=5” says no input; write it like attitude=15"),
        (("mark=1", "mark=2"), "mark is stated twice"),
    ],
)
def test_inputs_that_cannot_be(run: Callable[..., Result], stated: tuple[str, ...], said: str) -> None:
    done = run("what-if", "A001", "2025-01", *stated)
    assert (done.exit_code, done.output) == (2, f"kpigen: {said}\n")
    chinese = run("what-if", "A001", "2025-01", *stated, "--lang", "zh")
    assert chinese.exit_code == 2
    assert chinese.output != done.output


@pytest.mark.parametrize(
    ("agent", "month", "said"),
    [
        ("A009", "2025-01", "there is no agent A009; the nearest are A002, A003, A004"),
        ("A001", "2025-02", "A001 has no month 2025-02; the nearest are 2025-01"),
        ("A001", "january", "“january” is no month; write it like 2026-09"),
    ],
)
def test_an_agent_or_a_month_that_is_not_there(run: Callable[..., Result], agent: str, month: str, said: str) -> None:
    done = run("what-if", agent, month, "mark=1")
    assert (done.exit_code, done.output) == (2, f"kpigen: {said}\n")


def test_without_inputs_there_is_nothing_to_suppose(run: Callable[..., Result]) -> None:
    done = run("what-if", "A001", "2025-01")
    assert done.exit_code == 2
    assert "Missing argument 'INPUT=VALUE...'." in done.output


def test_errors_of_the_records_come_first(run: Callable[..., Result], root: Path) -> None:
    sheet = root / "records/shop/2025-01/scores/day.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("mark: 50", "mark: 70"), encoding="utf-8")
    done = run("what-if", "A001", "2025-01", "mark=1")
    assert done.exit_code == 1
    assert "70 is not between 0 and 60. [cell]" in done.output


def test_what_would_leave_nothing_to_score_is_said_without_a_line_of_the_files(run: Callable[..., Result]) -> None:
    done = run("what-if", "A001", "2025-01", "mark=n/a", "care=n/a")
    assert done.exit_code != 0
    assert "Nothing of A001 is applicable, so that there is no score." in done.output
    assert "A002" not in done.output, "no line of the file as it stands is shown for what was only supposed"


def test_in_a_month_that_is_not_assessed_there_is_no_sheet(
    run: Callable[..., Result], root: Path, tmp_path: Path
) -> None:
    quarterly = policy(every="quarter", events=("slip: {~}",), pay=("id: base, ~, amount: 5, unassessed: yes",))
    lines = {"2025-03": {"A001": "80"}, "2025-06": {"A001": "80"}}
    write(House(quarterly, lines, more=event("2025-04", kind="slip", amount="")), tmp_path / "quarterly")
    root.rename(tmp_path / "aside")
    tmp_path.joinpath("quarterly").rename(root)
    for month in ("2025-04", "2025-05"):
        done = run("what-if", "A001", month, "mark=1")
        assert (done.exit_code, done.output) == (2, f"kpigen: there is no sheet of team day in {month}\n")
    assert rows_of(run("what-if", "A001", "2025-06", "mark=81").output)[1] == ["score", "80.0", "81.0", "+1.0"]


def test_a_later_month_is_not_touched_by_what_an_earlier_one_might_have_been(
    run: Callable[..., Result], root: Path, tmp_path: Path
) -> None:
    rules = policy(results=('so_far: {is: "mean(score, quarter)", unit: points, ~}',))
    house = House(rules, {"2025-01": {"A001": "60"}, "2025-02": {"A001": "80"}})
    root.rename(tmp_path / "aside")
    write(house, root)
    # (60 + 90) ÷ 2 in February itself; January stays as it is
    rows = rows_of(run("what-if", "A001", "2025-02", "mark=90").output)
    assert rows[-2:] == [["Name", "80", "90", "+10"], ["Name", "70.0", "75.0", "+5.0"]]
