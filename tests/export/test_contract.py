"""The contract: the records that the design prints are read as they are, and results have its keys in its order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kpigen.ledger import keep
from tests.engine.mini import BASE, Documents, Files, event, findings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

POLICY = "policy/star-tier/2025-01.yaml"

# As the design prints them; only what it leaves open is filled in, and the agent neither leaves nor changes the team,
# because the printed sheet of September 2026 has them in team day.
DEPARTMENT = """\
# records/ecommerce/department.yaml
department: ecommerce
name: {zh: 电商客服部, en: E-commerce customer service}
policy:
  - {from: 2025-01, use: star-tier}          # exactly one policy governs a month; a gap or an overlap is a finding
teams:
  day: {name: {zh: 白班组, en: Day shift}, supervisor: wang.min}
  night: {name: {zh: 夜班组, en: Night shift}, supervisor: chen.jun}
reviewers: [zhao.lei]
"""
AGENT = """\
# records/ecommerce/agents/A001.yaml
agent: A001
name: 林晓
joined: 2024-11-04
history:
  - {from: 2024-11, team: day, tier: probation}   # the entry tier; later tiers are computed
"""
LEAVER = """\
agent: A009
name: 林晓
joined: 2024-11-04
left: 2026-03-15                              # optional
history:
  - {from: 2024-11, team: day, tier: probation}   # the entry tier; later tiers are computed
  - {from: 2025-06, team: night}
"""
SHEET = """\
# records/ecommerce/2026-09/scores/day.yaml — one line an agent, so that a sheet reads and diffs like a table
month: 2026-09
team: day
assessor: wang.min
assessed: 2026-10-06
agents:
  A001: {response: 14, resolution: 18.5, attitude: n/a, commission: 356.50, full_attendance: yes}
  A002: {not_assessed: long sick leave}
"""
COMPLAINT = """\
# records/ecommerce/2026-09/complaints/C-2026-09-003.yaml
complaint: C-2026-09-003
agent: A007
received: 2026-09-14
channel: phone
category: attitude
severity: minor                               # optional, from the policy's list
summary: 等待时间过长且语气生硬                  # never a customer's name, number or order
status: upheld                                # open | upheld | dismissed
decided: {on: 2026-09-18, by: wang.min}
followed_up: 2026-09-20                        # optional
"""
EVENT = """\
# records/ecommerce/2026-09/events/E-2026-09-001.yaml
event: E-2026-09-001
agent: A003                                   # or team: day
kind: loss                                    # a kind that the policy declares: loss, nonconformance, …
on: 2026-09-12
amount: 86.00                                 # where the kind carries an amount
note: 发错赠品
proposed: wang.min
reviewed: zhao.lei
"""
APPEAL = """\
# records/ecommerce/2026-10/appeals/P-2026-10-001.yaml
appeal: P-2026-10-001
agent: A005
about: {month: 2026-09, input: attitude}      # or a complaint, an event, an award, a transition
filed: 2026-10-09
grounds: …
status: upheld                                # open | upheld | rejected
decided: {on: 2026-10-12, by: zhao.lei}       # never the person who assessed it
outcome: …
"""
ADJUSTMENT = """\
# records/ecommerce/2026-10/adjustments/J-2026-10-001.yaml — how a closed month is corrected
adjustment: J-2026-10-001
corrects: 2026-09
agent: A005
inputs: {attitude: 15}                        # restated inputs; never a total
reason: …
appeal: P-2026-10-001                         # optional
"""
CLAUSE = "{zh: 条文, en: A clause}"
VERSION = f"""\
policy: star-tier
version: 2025-01
title: {{zh: 星级制度, en: Star tiers}}
adopted: {{on: 2024-12-20, by: general-manager, consulted: 2024-12-05}}
currency: CNY
assess: {{every: month, opens: 5, closes: 10}}
parameters: {{minimum_wage: {{value: 1060, unit: CNY, name: Minimum wage, clause: "3.1"}}}}
clauses:
  "3.1": {CLAUSE}
  "3.2": {{zh: 条文, en: A clause, interpretation: {{zh: 解释, en: Our reading}}}}
  "3.3": {CLAUSE}
  "5.1": {CLAUSE}
  "6.1.1": {CLAUSE}
  "6.1.2": {CLAUSE}
  "7": {CLAUSE}
  "7.1": {CLAUSE}
inputs:
  response: {{points: 15, name: {{zh: 首响, en: Response}}, clause: "7.1"}}
  resolution: {{points: 20, name: {{zh: 解决, en: Resolution}}, clause: "7.1"}}
  attitude: {{points: 65, name: {{zh: 态度, en: Attitude}}, clause: "7.1"}}
  commission: {{amount: CNY, min: 0, name: 提成, clause: "3.2"}}
  full_attendance: {{flag: true, name: 全勤, clause: "3.2"}}
events:
  loss: {{amount: CNY, name: 损失, clause: "3.2"}}
  nonconformance: {{name: 不规范, clause: "5.1"}}
score: {{sum: points, of: 100, round: {{to: 0.1, mode: half-up}}, clause: "7"}}
tiers:
  probation: {{name: 试用期, clause: "3.1"}}
  ordinary: {{name: 普通, clause: "3.2"}}
  one-star: {{name: 一星级, clause: "3.3"}}
  two-star: {{name: 二星级, clause: "3.3"}}
transitions:
  - {{id: to-ordinary, clause: "3.3", from: probation, when: score >= 80, to: ordinary}}
  - {{id: below-70, clause: "6.1.1", from: ordinary, when: score < 70, to: probation}}
pay:
  - {{id: base, name: 底薪, clause: "3.1", amount: 1100}}
  - {{id: assessment, name: 考核工资, clause: "3.2", when: tier >= ordinary and score >= 80, amount: 400}}
  - {{id: loss, name: 损失, clause: "3.2", deduct: amount(loss), at_most: [gross * 20%], excess: carry}}
awards:
  - id: service-star
    name: 服务之星
    clause: "5.1"
    rank: 1
    by: score
    among: upheld_complaints == 0 and events(nonconformance) == 0
    amount: 100
    ties: all
actions:
  - {{id: dismissal-review, name: 去留审议, clause: "6.1.2", when: streak(score < 70) >= 2}}
examples:
  - {{name: 例, clauses: ["3.1"], given: {{tier: probation, score: 80}}, expect: {{next_tier: ordinary}}}}
""".replace("flag: true", "flag: yes")

FOLDER = "records/ecommerce"
LINE = "  A00{}: {{response: 9, resolution: 9, attitude: 9, commission: 0, full_attendance: no}}\n"
DESIGN = {
    POLICY: VERSION,
    f"{FOLDER}/department.yaml": DEPARTMENT,
    **{f"{FOLDER}/agents/A00{number}.yaml": AGENT.replace("A001", f"A00{number}") for number in (1, 2, 3, 5, 7)},
    f"{FOLDER}/agents/A009.yaml": LEAVER,
    f"{FOLDER}/2026-09/scores/day.yaml": SHEET + "".join(map(LINE.format, (3, 5, 7))),
    f"{FOLDER}/2026-09/complaints/C-2026-09-003.yaml": COMPLAINT,
    f"{FOLDER}/2026-09/events/E-2026-09-001.yaml": EVENT,
    f"{FOLDER}/2026-10/scores/day.yaml": SHEET.replace("2026-10", "2026-11").replace("2026-09", "2026-10")
    + "".join(map(LINE.format, (3, 5, 7))),
    f"{FOLDER}/2026-10/appeals/P-2026-10-001.yaml": APPEAL,
    f"{FOLDER}/2026-10/adjustments/J-2026-10-001.yaml": ADJUSTMENT,
}


def test_the_records_of_the_design_are_read_as_they_are_printed() -> None:
    assert findings_of(DESIGN) == [
        f"{FOLDER}/2026-10/adjustments/J-2026-10-001.yaml:3:11: error: 2026-09 is not closed. [not-closed]"
    ]
    assert [
        found.rsplit("[")[-1]
        for found in findings_of(DESIGN | {f"{FOLDER}/2026-09/close.yaml": CLOSE})
        if "/close.yaml" not in found
    ] == []


CLOSE = """\
department: ecommerce
month: 2026-09
policy: {id: star-tier, version: 2025-01}
inputs: {}
result: "0"
totals: {gross: 0, deductions: 0, total: 0}
agents: {}
"""

MONTH = ["schema", "department", "month", "status", "policy", "agents", "totals"]
AGENT_KEYS = [
    "agent",
    "team",
    "assessed",
    "score",
    "grade",
    "rank",
    "tier",
    "next_tier",
    "transition",
    "pay",
    "awards",
    "actions",
]


def september() -> dict[str, Any]:
    sink = Documents()
    keep(Files({path: text for path, text in DESIGN.items() if "2026-10" not in path}), sink=sink)
    return json.loads(sink.written["v1/ecommerce/2026-09.json"])  # type: ignore[no-any-return]


def test_results_have_the_keys_of_the_contract_in_its_order() -> None:
    found = september()
    assert list(found)[: len(MONTH)] == MONTH
    assert {key: found[key] for key in MONTH[:5]} == {
        "schema": "kpigen/month/v1",
        "department": "ecommerce",
        "month": "2026-09",
        "status": "draft",
        "policy": {"id": "star-tier", "version": "2025-01"},
    }
    assert list(found["totals"]) == ["gross", "deductions", "total"]
    for agent in found["agents"]:
        assert list(agent)[: len(AGENT_KEYS)] == AGENT_KEYS
        assert list(agent["pay"]) == ["gross", "deductions", "total", "lines"]
        assert all(list(line)[:3] == ["id", "clause", "amount"] for line in agent["pay"]["lines"])
        assert all(list(award)[:3] == ["id", "clause", "amount"] for award in agent["awards"])
        assert all(list(action)[:2] == ["id", "clause"] for action in agent["actions"])


def test_results_have_the_values_of_the_contract() -> None:
    by_agent = {agent["agent"]: agent for agent in september()["agents"]}
    assert list(by_agent) == ["A001", "A002", "A003", "A005", "A007"]
    first = by_agent["A001"]
    assert {key: first[key] for key in AGENT_KEYS if key != "pay"} == {
        "agent": "A001",
        "team": "day",
        "assessed": True,
        "score": "92.9",  # 32.5 of 35 points
        "grade": None,
        "rank": 1,
        "tier": "probation",
        "next_tier": "ordinary",
        "transition": {"id": "to-ordinary", "clause": "3.3"},
        "awards": [{"id": "service-star", "clause": "5.1", "amount": "100.00", "rank": 1}],
        "actions": [],
    }
    assert [{key: line[key] for key in ("id", "clause", "amount")} for line in first["pay"]["lines"]] == [
        {"id": "base", "clause": "3.1", "amount": "1100.00"},
        {"id": "service-star", "clause": "5.1", "amount": "100.00"},
    ]
    assert by_agent["A002"]["assessed"] is False
    assert by_agent["A003"]["pay"]["lines"][-1]["amount"] == "-86.00"
    assert by_agent["A003"]["pay"]["deductions"] == "86.00"
    assert by_agent["A007"]["complaints"][0]["complaint"] == "C-2026-09-003"


def test_amounts_are_strings_with_two_decimals_and_no_number_is_a_float() -> None:
    def numbers(value: object) -> Iterator[float]:
        if isinstance(value, dict):
            for part in value.values():
                yield from numbers(part)
        elif isinstance(value, list):
            for part in value:
                yield from numbers(part)
        elif isinstance(value, float):
            yield value

    sink = Documents()
    keep(Files(BASE | event("2025-01", amount="86")), sink=sink)
    for document in map(json.loads, sink.written.values()):
        assert list(numbers(document)) == []
        for agent in document.get("agents", []):
            assert all(line["amount"][-3] == "." for line in agent["pay"]["lines"])
            assert all(each["amount"] == "86.00" for each in agent["events"])
