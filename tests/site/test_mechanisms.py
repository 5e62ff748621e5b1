"""What a policy's page says of each mechanism of the language, what its rules have decided, and the list of systems."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from kpigen.ledger import keep
from kpigen.site.decided import decided
from kpigen.site.documents import Index, MonthDocument, Published
from kpigen.site.policies import rules
from kpigen.site.rulebook import Policy, PolicyRef
from kpigen.site.systems import systems
from kpigen.site.wording import Words
from kpigen.text import Lang
from tests.engine.house import House, person, policy
from tests.engine.mini import Documents, Files, event

if TYPE_CHECKING:
    from collections.abc import Mapping


def about(zh: str, en: str) -> str:
    return f'name: {{zh: {zh}, en: {en}}}, clause: "1"'


def grades(*stated: tuple[str, int, str, str]) -> list[str]:
    return [f"{word}: {{from: {bound}, {about(zh, en)}}}" for word, bound, zh, en in stated]


BANDS = grades(("fail", 0, "不合格", "Fail"), ("pass", 60, "合格", "Pass"), ("good", 80, "良好", "Good"))
STEPS = "[{from: 1, action: spoken}, {from: 3, action: written}]"
YEARS = "[[0, 0], [1, 50], [2, 100]]"
OWN = ", ".join(grades(("low", 0, "低", "Low"), ("high", 90, "高", "High")))
TERM = f'is: "mean(score, quarter)", unit: points, round: {{to: 0.1}}, every: quarter, grades: {{{OWN}}}'
OF_TEAMS = "id: team, rank: 1, of: teams, by: team_mean(score), amount: 30, ties: all, every: quarter"
OF_YEAR = 'id: year, places: 2, of: teams, by: "total(won(star), year)", amount: 0, ties: all, every: year'
RULES = policy(
    parameters=(f"aim: {{value: 20000, unit: CNY, {about('目标', 'Target')}}}",),
    employment=(f"full: {{{about('全职', 'Full-time')}}}", f"temp: {{{about('临时', 'Temporary')}}}"),
    roles=(f"staff: {{{about('员工', 'Staff')}}}", f"lead: {{{about('组长', 'Leader')}}}"),
    eligible=(
        f"id: regular, when: employment == full, {about('正式员工', 'Regular staff')}",
        f'id: presence, when: "total(absent, quarter) <= 20", {about("出勤", "Presence")}',
    ),
    inputs=(
        f"mark: {{points: 60, weight: 3/5, {about('质量', 'Quality')}}}",
        f"care: {{points: 10, weight: 2/5, roles: staff, {about('态度', 'Care')}}}",
        f"plan: {{points: 10, weight: 2/5, roles: lead, {about('计划', 'Plan')}}}",
        f"sales: {{amount: CNY, {about('销售额', 'Sales')}}}",
        f"absent: {{count: days, {about('缺勤', 'Absent days')}}}",
        f"pool: {{amount: CNY, stated: team, {about('提成池', 'Pool')}}}",
    ),
    events=(
        f"slip: {{{about('差错', 'Slip')}}}",
        f"passed: {{{about('通过', 'Passed')}}}",
        f"failed: {{{about('未通过', 'Failed')}}}",
        f"loss: {{amount: CNY, {about('损失', 'Loss')}}}",
    ),
    complaints="""{categories: {rude: {zh: 粗鲁, en: Rudeness}}, severities: {major: {zh: 严重, en: Major}},
  decide_days: 7, follow_up_days: 10, clause: "1"}""",
    procedure='{propose: supervisor, review: reviewer, review_days: 3, clause: "1"}',
    duties=(
        f"id: evaluation, every: quarter, by: reviewer, due_days: 30, {about('评估', 'Evaluation')}",
        f"id: stocktaking, every: year, by: supervisor, due_days: 0, {about('盘点', 'Stocktaking')}",
    ),
    measures=(
        f"seniority: {{of: service_years, steps: {YEARS}, unit: CNY, {about('工龄', 'Seniority')}}}",
        f"gain: {{of: sales, rates: [[0, 1%], [aim, 2.5%]], kind: marginal, unit: CNY, {about('提成', 'Gain')}}}",
        f"bounty: {{of: sales, rates: [[0, 1%], [500, 2%]], kind: cliff, unit: CNY, {about('奖励', 'Bounty')}}}",
        f"by_role: {{of: role, words: {{staff: 10, lead: 20}}, unit: CNY, {about('岗位', 'By role')}}}",
    ),
    score='{sum: weights, of: 100, round: {to: 0.1}, clause: "1"}',
    grades=BANDS,
    results=(
        f"term: {{{TERM}, {about('季度分', 'Term')}}}",
        f"share: {{pot: pool, by: score, among: grade >= pass, within: team, unit: CNY, {about('份额', 'Share')}}}",
        f"all: {{pot: aim, by: score, within: department, unit: CNY, {about('总额', 'All')}}}",
    ),
    pay=(
        f"id: gain, amount: gain, unassessed: no, {about('提成线', 'Commission')}",
        f"id: tenure, amount: seniority, every: half-year, unassessed: yes, {about('工龄工资', 'Seniority pay')}",
    ),
    awards=(
        f"id: star, rank: 1, by: score, amount: 100, ties: all, {about('之星', 'Star')}",
        f"id: three, places: 3, by: sales, within: team, amount: 30, ties: split, {about('前三', 'Top three')}",
        f"id: tenth, best: 12.5%, by: score, among: grade == good, amount: 0, ties: all, {about('前列', 'Best')}",
        f"id: loyal, when: anniversary, amount: 50, unassessed: yes, {about('周年', 'Loyalty')}",
        f"{OF_TEAMS}, {about('团队', 'Best team')}",
        f"{OF_YEAR}, {about('年度', 'Of the year')}",
    ),
    actions=(
        f"id: plan, when: grade == fail, due_days: 30, settled_by: [passed, failed], {about('改进', 'Plan')}",
        f"id: spoken, lapses_months: 6, {about('口头', 'Spoken warning')}",
        f"id: written, {about('书面', 'Written warning')}",
        f"id: check, when: events(slip) > 0, unassessed: yes, every: quarter, {about('核查', 'Check')}",
    ),
    ladders=(f"id: steps, counts: events(slip), within: twelve-months, steps: {STEPS}, {about('处分', 'Discipline')}",),
)

LINE = "{mark: 54, care: 5, sales: 1000, absent: 0}"


@cache
def published() -> Published:
    """Three months of two agents and a leader under this policy: slips in January and February."""
    people = {
        "A001": person("A001", joined="2023-03-01"),
        "A002": person("A002", employment="temp"),
        "A003": person("A003", role="lead"),
    }
    months = {
        "2025-01": {"A001": LINE, "A003": "{mark: 30, plan: 2, sales: 0, absent: 0}"},
        "2025-02": {"A001": LINE.replace("care: 5", "care: 10"), "A003": None},
        "2025-03": {"A001": LINE, "A003": "{mark: 60, plan: 10, sales: 0, absent: 0}"},
    }
    together = {name: {"day": "{pool: 100}"} for name in months}
    more = {
        **event("2025-01", kind="slip", amount=""),
        **event("2025-02", kind="slip", amount=""),
        **event("2025-02", 2, kind="slip", amount=""),
    }
    sink = Documents()
    ledger = keep(Files(House(RULES, months, people, together, more).files), sink=sink)
    assert ledger.clean, [finding.message.said(Lang.EN) for finding in ledger.findings]
    index = msgspec.json.decode(sink.written["v1/index.json"], type=Index)
    documents = {
        (found[1], found[2]): msgspec.json.decode(document, type=MonthDocument)
        for path, document in sink.written.items()
        if (found := re.fullmatch(r"v1/(shop)/(\d{4}-\d\d)\.json", path))
    }
    read = msgspec.json.decode(sink.written["v1/policy/mini/2025-01.json"], type=Policy)
    return Published(index.departments, {PolicyRef("mini", "2025-01"): read}, documents)


@cache
def prose(lang: Lang = Lang.EN) -> Mapping[str, str]:
    """What the page says of each rule, by its sort and name."""
    (read,) = published().policies.values()
    found = rules(read, Words(read, lang), (read,))
    return {f"{rule.sort} {rule.name}".strip(): rule.said for _, rule in found}


GOLDEN = Path(__file__).parent / "golden" / "mechanisms.en.txt"


def test_each_mechanism_in_words(bless: bool) -> None:  # noqa: FBT001 - a fixture
    said = "".join(f"{rule}: {said}\n" for rule, said in prose().items() if said)
    if bless:
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


def test_whatever_is_said_in_english_is_said_in_chinese() -> None:
    (read,) = published().policies.values()
    english, chinese = ([said for _, said in rules(read, Words(read, lang), (read,))] for lang in (Lang.EN, Lang.ZH))
    assert len(english) == len(chinese)
    for one, other in zip(english, chinese, strict=True):
        assert bool(one.said) == bool(other.said), one
        assert (one.id, one.code) == (other.id, other.code)
        assert not re.search(r"[a-z]{3,}", other.said), other


# What the rules have decided


def counted() -> dict[str, tuple[int, tuple[tuple[str, str], ...]]]:
    (found,) = decided(published()).values()
    return {rule: (each.count, each.newest) for rule, each in found.items()}


def test_what_rules_have_decided_the_newest_first() -> None:
    found = counted()
    # A002 is temporary in every month; A001 completed a year of service in February
    assert found["eligible:regular"] == (3, (("A002", "2025-03"), ("A002", "2025-02"), ("A002", "2025-01")))
    assert found["award:loyal"] == (1, (("A001", "2025-02"),))
    # 74 (54 + 20), 94 (54 + 40) and 74 points: A003 has 38, and 100 in March
    assert found["award:star"] == (3, (("A003", "2025-03"), ("A001", "2025-02"), ("A001", "2025-01")))
    assert found["grade:pass"] == (2, (("A001", "2025-03"), ("A001", "2025-01")))
    assert found["grade:good"] == (2, (("A003", "2025-03"), ("A001", "2025-02")))
    assert found["grade:fail"] == (1, (("A003", "2025-01"),))
    # one slip in January, two more in February
    assert found["action:spoken"] == (1, (("A001", "2025-01"),))
    assert found["action:written"] == (1, (("A001", "2025-02"),))
    assert found["ladder:steps"] == (2, (("A001", "2025-02"), ("A001", "2025-01")))
    # at the end of the quarter
    assert found["award:team"] == (2, (("A001", "2025-03"), ("A003", "2025-03")))
    assert "eligible:presence" not in found
    assert "award:year" not in found
    assert "pay:tenure" not in found


def test_only_three_are_named_however_many_there_are() -> None:
    found = counted()
    assert found["item:mark"] == (5, (("A001", "2025-03"), ("A003", "2025-03"), ("A001", "2025-02")))


def test_an_action_is_not_counted_with_an_item_of_the_same_id() -> None:
    (read,) = published().policies.values()
    (found,) = decided(published()).values()
    listed = [(rule.sort, rule.id) for _, rule in rules(read, Words(read, Lang.EN), (read,))]
    ids = {sort: rule_id for sort, rule_id in listed if rule_id and rule_id.rpartition(":")[2] == "plan"}
    assert found[ids["action"]].newest == (("A003", "2025-01"),)


# The systems


def test_what_a_system_computes() -> None:
    (system,) = systems(published(), Lang.EN)
    assert (system.policy.policy, [each.department for each in system.departments], system.left) == (
        "mini",
        ["shop"],
        (),
    )
    assert system.computes == (
        "a score every month, from 3 items",
        "roles: 2",
        "rules of who is assessed: 2",
        "grades: 3",
        "results beyond the score: 3",
        "pay lines: 2",
        "awards: 6",
        "actions: 4",
        "ladders of sanctions: 1",
        "dated duties: 2",
        "complaints decided within 7 days",
        "worked examples: 0",
    )


def read_policy(text: str) -> Policy:
    """The published document of a policy."""
    sink = Documents()
    ledger = keep(Files(House(text, people={"A001": person("A001")}).files), sink=sink)
    assert ledger.clean, [finding.message.said(Lang.EN) for finding in ledger.findings]
    return msgspec.json.decode(sink.written["v1/policy/mini/2025-01.json"], type=Policy)


def computed(text: str) -> tuple[str, ...]:
    (system,) = systems(Published((), {PolicyRef("mini", "2025-01"): read_policy(text)}, {}), Lang.EN)
    return system.computes


def test_a_system_without_a_score() -> None:
    assert computed(policy(score=None, inputs=(), events=("slip: {~}",))) == ("no score", "worked examples: 0")


@pytest.mark.parametrize(
    ("every", "when"),
    [
        ("quarter", "at the end of every quarter"),
        ("half-year", "at the end of every half-year"),
        ("year", "at the end of every year"),
    ],
)
def test_a_system_of_longer_periods(every: str, when: str) -> None:
    assert computed(policy(every=every))[0] == f"a score {when}, from 1 items"


def test_inputs_that_are_parts_of_an_item_are_no_items() -> None:
    text = policy(
        inputs=("mark: {points: 90, ~}", "known: {points: 4, ~}", "shown: {points: 6, ~}"),
        items=("skill: {points: 10, parts: [{of: known, points: 4}, {of: shown, points: 6}], ~}",),
    )
    assert computed(text)[0] == "a score every month, from 2 items"


def test_a_department_that_no_policy_governs_any_more_uses_none() -> None:
    versions = {PolicyRef("mini", "2025-01"): read_policy(policy()), PolicyRef("old", "2025-01"): read_policy(policy())}
    assert [system.departments for system in systems(Published((), versions, {}), Lang.EN)] == [()]
