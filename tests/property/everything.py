"""Departments made up by chance under a policy that uses every mechanism of the policy language at least once."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from kpigen.month import Month
from tests.engine.house import CATEGORIES, House, person, policy
from tests.engine.mini import ABSENT, complaint, event

FIRST = Month(2025, 2)
WEIGHTS = '{sum: weights, of: 100, round: {to: 0.1}, clause: "1"}'
GRADES = "low: {from: 0, ~}, mid: {from: 60, ~}, high: {from: 90, ~}"
SO_FAR = 'is: "mean(score, half-year)"'
RATERS = "{of: by_self, weight: 20}, {of: by_peer, weight: 80}"
PARTS = "parts: [{of: known_a, points: 4}, {of: known_b, points: 6}]"
STEPS = "{from: 1, action: spoken}, {from: 3, action: written}, {from: 6, action: dismissal-review}"
YEARLY = '"total(won(star), year)"'

RULES = policy(
    parameters=("aim: {value: 2000, unit: CNY, ~}", "least: {value: 900, unit: CNY, ~}"),
    employment=("full: {~}", "part: {~}"),
    roles=("staff: {~}", "lead: {~}"),
    eligible=(
        "id: regular, ~, when: employment == full or service_months >= 3",
        'id: presence, ~, when: "total(absent, quarter) <= 40"',
    ),
    inputs=(
        "care: {points: 60, weight: 1/3, ~}",
        "sales: {amount: CNY, max: 100000, ~}",
        "absent: {count: days, max: 31, ~}",
        "manner: {rating: [poor, fair, good], ~}",
        "pace: {measure: s, max: 300, roles: staff, ~}",
        "plan: {points: 20, weight: 1/6, roles: lead, ~}",
        "by_self: {points: 10, missing: allowed, ~}",
        "by_peer: {points: 10, missing: allowed, ~}",
        "known_a: {points: 4, ~}",
        "known_b: {points: 6, ~}",
        "exam: {points: 30, weight: 1/12, every: quarter, missing: allowed, ~}",
        "pool: {amount: CNY, stated: team, ~}",
        "on_time: {flag: yes, ~}",
    ),
    events=("slip: {~}", "breach: {~}", "idea: {~}", "passed: {~}", "failed: {~}", "loss: {amount: CNY, ~}"),
    complaints=CATEGORIES,
    procedure='{propose: supervisor, review_days: 9, clause: "1"}',
    duties=("id: evaluation, ~, every: quarter, by: reviewer, due_days: 30",),
    measures=(
        "rate: {is: sales / 1000 * 3 if sales > 0 else 0, round: {to: 0.01, mode: half-even}, ~}",
        "gain: {of: sales, rates: [[0, 1%], [500, 2.5%], [aim, 4%]], kind: marginal, unit: CNY, ~}",
        "bounty: {of: sales, rates: [[0, 0.5%], [1000, 1%]], kind: cliff, unit: CNY, ~}",
        "seniority: {of: service_years, steps: [[0, 0], [1, 50], [2, 100]], unit: CNY, ~}",
        "role_pay: {of: role, words: {staff: 10, lead: 30.5}, unit: CNY, ~}",
        'slips: {is: "total(events(slip), three-months)", ~}',
    ),
    items=(
        "speed: {points: 20, weight: 1/6, of: pace, line: [[0, 20], [60, 10], [300, 0]], roles: staff, ~}",
        "tone: {points: 10, weight: 1/12, of: manner, ratings: {poor: 0, fair: 6, good: 10}, ~}",
        "selling: {points: 10, weight: 1/12, of: rate, share_of: 5, ~}",
        "clean: {points: 10, weight: 1/12, less: [{per: slips, points: 3}, {per: complaints(major), points: 5}], ~}",
        f"shown: {{points: 10, weight: 1/12, {PARTS}, zero_when: events(breach) > 0, ~}}",
        f"seen: {{points: 10, weight: 1/12, raters: [{RATERS}], missing: reweigh, ~}}",
    ),
    score=WEIGHTS,
    grades=("low: {from: 0, ~}", "mid: {from: 60, ~}", "high: {from: 90, ~}"),
    results=(
        f"so_far: {{{SO_FAR}, unit: points, round: {{to: 0.1}}, every: quarter, grades: {{{GRADES}}}, ~}}",
        'losses: {is: "total(amount(loss), twelve-months)", unit: CNY, ~}',
        "better: {is: score - previous(score) if applicable(previous(score)) else 0, unit: points, ~}",
        "worth: {of: grade, words: {low: 0, mid: 20, high: 45.5}, unit: CNY, ~}",
        "ahead: {is: score - team_mean(score), unit: points, ~}",
        'worst: {is: "lowest(score, quarter)", unit: points, ~}',
        "team_sales: {is: team_total(sales), unit: CNY, ~}",
        "part: {pot: pool, by: score, among: grade >= mid and events(breach) == 0, within: team, unit: CNY, ~}",
        "all_part: {pot: least, by: sales + 1, within: department, unit: CNY, ~}",
    ),
    tiers=("one: {~}", "two: {~}", "three: {~}"),
    transitions=(
        'id: up-two, clause: "1", from: one, when: score >= 70, to: two',
        'id: up-three, clause: "1", from: two, when: "count(score >= 70, half-year) >= 2", to: three, every: quarter',
        'id: down-one, clause: "1", from: [two, three], when: score < 40, to: one',
        'id: decided, clause: "1", from: three, when: events(failed) > 0, to: two, unassessed: yes',
    ),
    moves='{no_promotion_after_demotion: quarter, clause: "1"}',
    pay=(
        "id: base, ~, amount: least + seniority, prorate: calendar-days, unassessed: yes",
        "id: gain, ~, when: tier >= two, amount: gain + role_pay",
        "id: bounty, ~, when: on_time, amount: bounty",
        "id: worth, ~, amount: worth",
        "id: part, ~, amount: part",
        "id: all-part, ~, amount: all_part",
        "id: term, ~, when: applicable(so_far) and so_far_grade == high, amount: 77, every: quarter, unassessed: yes",
        "id: loss, ~, deduct: amount(loss), at_most: [gross * 20%, gross - 700], excess: carry, unassessed: yes",
    ),
    awards=(
        "id: star, ~, rank: 1, by: score, among: upheld_complaints == 0, amount: 100, ties: all",
        "id: top-two, ~, places: 2, by: sales, within: team, amount: 30 + seniority, ties: split",
        "id: best, ~, best: 40%, by: score, amount: 0, ties: all",
        "id: idea, ~, when: events(idea) > 0, amount: 20 * events(idea), unassessed: yes",
        "id: loyal, ~, when: anniversary, amount: 500, unassessed: yes",
        "id: best-team, ~, rank: 1, of: teams, by: team_mean(score), amount: 40, ties: split, every: quarter",
        "id: improved, ~, rank: 1, by: better, among: better > 0, amount: 25, ties: all",
        f'id: of-year, ~, rank: 1, by: {YEARLY}, among: {YEARLY[:-1]} > 0", amount: 0, ties: all, every: half-year',
    ),
    actions=(
        "id: talk, ~, when: streak(score < 60) >= 2",
        "id: plan, ~, when: score < 50, due_days: 30, settled_by: [passed, failed]",
        "id: spoken, ~, lapses_months: 6",
        "id: written, ~",
        "id: dismissal-review, ~",
        "id: check, ~, when: events(breach) > 0, unassessed: yes, every: quarter",
    ),
    ladders=(f"id: discipline, ~, counts: events(slip) + 3 * events(breach), within: six-months, steps: [{STEPS}]",),
)


@st.composite
def lines(draw: st.DrawFn, month: Month, role: str) -> str:
    """A line of a sheet; now and then the agent was not assessed."""
    if draw(st.integers(0, 6)) == 6:
        return ABSENT
    cells = {
        "care": draw(st.one_of(st.sampled_from(["0", "60", "n/a", "36"]), st.decimals(0, 60, places=1).map(str))),
        "sales": draw(
            st.one_of(st.sampled_from(["0", "500", "1000", "2000"]), st.decimals(0, 5000, places=2).map(str))
        ),
        "absent": str(draw(st.sampled_from([0, 0, 0, 3, 25]))),
        "manner": draw(st.sampled_from(["poor", "fair", "good", "n/a"])),
        "known_a": draw(st.sampled_from(["0", "2.5", "4", "n/a"])),
        "known_b": str(draw(st.integers(0, 6))),
        "on_time": draw(st.sampled_from(["yes", "no"])),
    }
    if role == "staff":
        cells["pace"] = draw(st.sampled_from(["0", "30", "60", "299.5", "n/a"]))
    else:
        cells["plan"] = draw(st.sampled_from(["0", "13", "20", "n/a"]))
    for name in ("by_self", "by_peer"):
        if draw(st.booleans()):
            cells[name] = str(draw(st.integers(0, 10)))
    if month.number % 3 == 0 and draw(st.booleans()):
        cells["exam"] = str(draw(st.integers(0, 30)))
    return "{" + ", ".join(f"{name}: {cell}" for name, cell in cells.items()) + "}"


@st.composite
def records(draw: st.DrawFn, month: Month, numbers: list[str]) -> dict[str, str]:
    """What happened in a month."""
    found: dict[str, str] = {}
    for index in range(1, draw(st.integers(0, 2)) + 1):
        words = {"severity": draw(st.sampled_from(["minor", "major"])), "agent": draw(st.sampled_from(numbers))}
        found |= complaint(str(month), index, **words)
    for index in range(1, draw(st.integers(0, 4)) + 1):
        stated = {"agent": draw(st.sampled_from(numbers)), "on": f"{month}-{draw(st.integers(1, 28)):02}"}
        kind = draw(st.sampled_from(["slip", "slip", "breach", "idea", "passed", "failed", "loss"]))
        amount = str(draw(st.decimals(Decimal("0.01"), 900, places=2))) if kind == "loss" else ""
        if kind != "loss" and draw(st.integers(0, 4)) == 0:
            stated |= {"agent": "", "team": "day"}
        found |= event(str(month), index, kind=kind, amount=amount, **stated)
    return found


@st.composite
def departments(draw: st.DrawFn) -> dict[str, str]:
    """A department of two teams over some months that hold at least one quarter's end."""
    months = [FIRST.plus(step) for step in range(draw(st.sampled_from([5, 3, 2])))]
    numbers = [f"A{number:03}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    people, roles, begins = {}, {}, {}
    for index, number in enumerate(numbers):
        roles[number] = draw(st.sampled_from(["staff", "staff", "lead"]))
        late = bool(index) and draw(st.integers(0, 3)) == 0
        begins[number] = draw(st.sampled_from(months)) if late else months[0]
        joined = f"{begins[number]}-{draw(st.sampled_from([1, 2, 20, 28])):02}" if late else draw(
            st.sampled_from(["2024-02-29", "2023-03-01", "2024-06-03", "2025-01-31"])
        )  # fmt: skip
        people[number] = person(
            number,
            draw(st.sampled_from(["day", "night"])),
            joined,
            role=roles[number],
            employment=draw(st.sampled_from(["full", "full", "part"])),
            tier=draw(st.sampled_from(["one", "two", "three"])),
        )
    stated, together = {}, {}
    more: dict[str, str] = {}
    for month in months:
        here = [number for number in numbers if begins[number] <= month]
        stated[str(month)] = {number: draw(lines(month, roles[number])) for number in here}
        together[str(month)] = {
            team: f"{{pool: {draw(st.decimals(0, 500, places=2))}}}"
            for team in ("day", "night")
            if any(f"team: {team}" in people[number] for number in here)
        }
        more |= draw(records(month, here))
    return House(RULES, stated, people, together, more).files
