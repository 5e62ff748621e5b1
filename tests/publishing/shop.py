"""A department in which every field that a person can write, and every amount, can be told from all others.

Its policy is the small one with rules in which money lies below what is published: actions that look at pay, at sums of
past commissions and at the whole team's; a result in the currency.
"""

from __future__ import annotations

from tests.engine.mini import BASE, DEPARTMENT, POLICY, agent, changed, closed, complaint, event, scored, shop

JANUARY, FEBRUARY, MARCH = "2025-01", "2025-02", "2025-03"

NAMES = ("欧阳金丝雀", "Canaria Oriole", "Linnet Finchley", "Wagtail Pipit")
"""Of A001 in both languages, of A002, of A008."""

PROSE = {
    "note": "hush-note 4321.09",
    "reason": "hush-reason",
    "outcome": "hush-outcome",
    "absence": "hush-absence",
    "duty": "hush-duty",
    "summary": "hush-summary",
    "grounds": "hush-grounds",
    "author": "hush.author",
    "subject": "hush-subject",
}

STATED = ("1234.56", "2345.67", "876.54", "3456.78", "4567.89")
"""Amounts that records state: commissions, a loss, what a correction restates."""

RULES = changed(
    (
        POLICY,
        "pay:\n",
        """\
results:
  third: {is: commission / 3, unit: CNY, round: {to: 0.01, mode: half-up}, name: {zh: 三分之一, en: Third}, clause: "4"}
  ease: {of: wait, steps: [[0, 9], [10, 7]], unit: marks, name: {zh: 从容, en: Ease}, clause: "2"}

duties:
  - {id: training, name: {zh: 培训, en: Training}, clause: "5", every: quarter, by: supervisor, due_days: 30}

pay:
""",
    ),
    (
        POLICY,
        "actions:\n",
        """\
actions:
  - {id: steady, name: {zh: 提成谈话, en: Talk about commission}, clause: "3", when: "total(commission, quarter) >= 1"}
  - {id: strong, name: {zh: 班组谈话, en: Talk about the team}, clause: "3", when: "team_total(commission) >= 1"}
  - {id: lossy, name: {zh: 损失谈话, en: Talk about losses}, clause: "3", when: "amount(loss) >= 1"}
  - {id: good, name: {zh: 好班组, en: A good team}, clause: "3", when: "team_mean(score) >= 1"}
""",
    ),
)[POLICY]

APPEAL = f"""\
appeal: P-2025-02-001
agent: A001
about: {{month: 2025-01, input: commission}}
filed: 2025-02-04
grounds: {PROSE["grounds"]}
status: upheld
decided: {{on: 2025-02-06, by: zhao.lei}}
outcome: {PROSE["outcome"]}
"""

ADJUSTMENT = f"""\
adjustment: J-2025-02-001
corrects: 2025-01
agent: A001
inputs: {{commission: 2345.67}}
reason: {PROSE["reason"]}
appeal: P-2025-02-001
"""


def files(names: str = "full", pay: str = "full") -> dict[str, str]:
    """Return the repository with a rule."""
    months = {
        JANUARY: {"A001": scored("85", "1234.56"), "A002": scored("82", "3456.78", "yes"), "A008": scored("100")},
        FEBRUARY: {
            "A001": scored("85", "4567.89"),
            "A002": f"{{not_assessed: {PROSE['absence']}}}",
            "A008": scored("100"),
        },
        MARCH: {"A001": scored("55", "20"), "A002": scored("82", "11.11"), "A008": scored("100")},
    }
    found = shop({"A001": "middle", "A002": "middle", "A008": "senior"}, months)
    found[POLICY] = RULES
    found["records/shop/agents/A001.yaml"] = agent("A001", "middle", name=f"{{zh: {NAMES[0]}, en: {NAMES[1]}}}")
    found["records/shop/agents/A002.yaml"] = agent("A002", "middle", name=NAMES[2])
    found["records/shop/agents/A008.yaml"] = agent("A008", "senior", name=NAMES[3])
    found |= event(JANUARY, amount="876.54", note=PROSE["note"])
    found |= event(FEBRUARY, kind="slip", amount="", note=PROSE["note"])
    found |= complaint(JANUARY, summary=PROSE["summary"])
    found = closed(found, JANUARY)
    found["records/shop/2025-02/appeals/P-2025-02-001.yaml"] = APPEAL
    found["records/shop/2025-02/adjustments/J-2025-02-001.yaml"] = ADJUSTMENT
    return ruled(found, names, pay)


def ruled(files: dict[str, str], names: str, pay: str) -> dict[str, str]:
    """Return a repository with another rule."""
    duty = f"duties:\n  - {{duty: training, period: 2025-03, on: 2025-04-10, by: wang.min, note: {PROSE['duty']}}}\n"
    head, rest = BASE[DEPARTMENT].split("policy:", 1)
    return files | {DEPARTMENT: f"{head}publish: {{names: {names}, pay: {pay}}}\npolicy:{rest}{duty}"}
