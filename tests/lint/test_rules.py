"""Every rule of the lint: a small change of a clean policy that triggers it alone, with its message word for word."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import kpigen.lint
from kpigen.finding import Rule
from kpigen.text import Lang
from tests.lint.mini import CLEAN, edited, lines, remarks, saying

Edits = tuple[tuple[str, str], ...]

BANDS = "bands: [{from: 0, points: 40}, {from: 60, points: 20}, {from: 120, points: 0}]"
BONUS = "when: grade == good, amount: 300}"
MORE = '\n  - {id: more, name: {zh: 多, en: More}, clause: "5", '
UP = "from: junior, when: score >= 90"
DOWN = "from: senior, when: score < 80"
STAR = ("第一名奖200元。", "The first wins 200.")
TALK = ("连续两个月不到60分的面谈。", "Two months running below 60 lead to a talk.")
LOSS = '  - {id: loss, name: {zh: 损失, en: Loss}, clause: "5"'
EXAMPLES = CLEAN[CLEAN.index("examples:") :]

SENIOR = '  senior: {name: {zh: 高级, en: Senior}, clause: "4"}\n'
HEAD = '  head: {name: {zh: 组长, en: Head}, clause: "4"}\n'
UNCERTAIN = (
    "warning: Junior pays 2000.00, Senior 2900.00 at the same score: below 80%, "
    "though how that is counted is uncertain."
)
ACKNOWLEDGED = (
    ("不到80分回到初级。", "不到80分回到初级。初级不是劳动合同法上的试用期。"),
    (
        "lint: {jurisdiction: cn}",
        "lint: {jurisdiction: cn, acknowledge: [{rule: law-probation, id: junior, reason: {zh: 名称, en: A name}}]}",
    ),
)

SHOWN: dict[str, tuple[Edits, list[str]]] = {
    # Arithmetic
    "scaled-points": (
        (("score: {sum: points, of: 100,", "score: {sum: points, points: 100, of: 150,"), *saying("2", "150")),
        ["warning: The items' points add up to 100, and the score is out of 150."],
    ),
    "rounding-unstated": (
        ((BANDS, "line: [[0, 40], [60, 20], [120, 0]]"),),
        ["warning: waiting is divided, and nothing says how it is rounded."],
    ),
    "limits-crossed": (
        (("amount: sales * 2%", 'amount: "max(300, min(sales * 2%, 100))"'),),
        ["error: The cap lies below the floor: the result is always 300."],
    ),
    "band-gap": (
        (
            (BANDS, "bands: [{from: 60, points: 40}, {from: 120, points: 0}]"),
            ("care: 40, wait: 60", "care: 60, wait: 60"),
        ),
        ["error: The rows begin at 60, but the figure can be as low as 0."],
    ),
    "unreachable-row": (
        (("min: 0, max: 600", "min: 0, max: 119"), ("wait: 120", "wait: 119")),
        ["error: Nothing reaches the row of 120: the figure lies between 0 and 119."],
    ),
    "open-end": (
        (
            (BANDS, "line: [[0, 40], [120, 20]], round: {to: 0.01, mode: half-up}"),
            ("不到60秒40分，60秒起20分，120秒起没有分", "0秒40分，120秒20分"),
            ("40 points below 60 seconds, 20 from 60, none from 120", "40 points at 0, 20 at 120 seconds"),
        ),
        ["warning: Beyond 120 the line stays at 20, and the clause does not say so."],
    ),
    "range-gap": (
        (
            (BONUS, f"when: score >= 80 and score <= 89, amount: 300}}{MORE}when: score >= 90, amount: 300}}"),
            *saying("5", "80", "89", "90"),
        ),
        ["error: Nothing holds between 89 and 90: score can lie in between."],
    ),
    "range-overlap": (
        (
            (BONUS, f"when: score >= 80 and score <= 90, amount: 300}}{MORE}when: score >= 90, amount: 300}}"),
            *saying("5", "80", "90"),
        ),
        ["error: bonus and more both hold where score is 90."],
    ),
    "threshold-range": (
        ((UP, "from: junior, when: score >= 90 or score > 110"), *saying("4", "110")),
        ["error: score > 110 can never hold: score lies between 0 and 100."],
    ),
    # Logic
    "never-varies": (
        ((UP, "from: junior, when: score >= 90 and score >= 0"),),
        ["warning: score >= 0 always holds: score lies between 0 and 100."],
    ),
    "window-too-short": (
        (
            ("when: streak(score < 60) >= 2", 'when: "streak(score < 60) >= 2 or count(score < 60, quarter) >= 4"'),
            *saying("7", "4"),
        ),
        ["error: count(score < 60, quarter) >= 4 can never hold: count(score < 60, quarter) lies between 0 and 3."],
    ),
    "shadowed": (
        ((BONUS, "when: grade == good, amount: 300 if score >= 80 else 200}"), *saying("5", "80", "200")),
        ["error: 200 is never reached: score >= 80 is decided by what stands before it."],
    ),
    "tier-unreached": (
        (
            (SENIOR, SENIOR + HEAD),
            ("from: senior, when", "from: [senior, head], when"),
        ),
        ["warning: No transition leads to head."],
    ),
    "tier-never-left": (
        (
            ('  - {id: down, clause: "4", from: senior, when: score < 80, to: junior}\n', ""),
            ("，不到80分回到初级", ""),
            (", less than 80 junior again", ""),
        ),
        ["warning: No transition leaves senior: whoever holds it keeps it for good."],
    ),
    "transition-clash": (
        (
            (SENIOR, SENIOR + HEAD),
            ("from: senior, when", "from: [senior, head], when"),
            ("to: senior}\n", 'to: senior}\n  - {id: top, clause: "4", from: junior, when: score >= 95, to: head}\n'),
            ("care: 60, wait: 59}, others", "care: 60, wait: 59}, others"),
            *saying("4", "95"),
        ),
        ["error: From junior, up and top can be due together; the lower tier wins, and top is lost."],
    ),
    "transition-cycle": (
        (
            (DOWN, "from: senior, when: score < 95"),
            *saying("4", "95"),
            (
                "given: {tier: senior, score: 85}\n    expect: {next_tier: senior}",
                "given: {tier: senior, score: 95}\n    expect: {next_tier: senior}",
            ),
        ),
        ["error: up and down undo each other: the same score moves an agent up and down in turn."],
    ),
    "unused": (
        (("  present: {flag", '  late: {count: times, name: {zh: 迟到, en: Late}, clause: "5"}\n  present: {flag'),),
        ["warning: Nothing uses the input late."],
    ),
    # Text
    "one-language": (
        (("title: {zh: 示例, en: Demo}", "title: 示例"),),
        ["warning: This name stands in one language only; its en is missing."],
    ),
    "no-clause": (
        ((', closes: 10, clause: "1"}', ", closes: 10}"),),
        ["warning: No clause says when marks are entered."],
    ),
    "clause-mentioned": (
        ((STAR[0], "第一名奖200元，见第9.1条。"),),
        ["warning: The text names clause 9.1, which does not exist."],
    ),
    "figure-unsaid": (
        (("when: present, amount: 100", "when: present, amount: 120.50"),),
        ["warning: The rule has the figure 120.50, which clause 5 does not say."],
    ),
    "figure-unruled": (
        ((STAR[0], "第一名奖200元，公示7天。"), (STAR[1], "The first wins 200, posted for 7 days.")),
        ["warning: Clause 6 says 7, which no rule has."],
    ),
    "figures-differ": (
        ((STAR[1], "The first wins 200, never 60."),),
        ["warning: The other language says 60, this one does not."],
    ),
    # Versions
    "version-before-adoption": (
        (("on: 2024-12-20", "on: 2025-01-02"), ("published: 2024-12-23", "published: 2025-01-03")),
        ["error: The version is in force from 2025-01, before it was adopted on 2025-01-02."],
    ),
    "dates-out-of-order": (
        (("published: 2024-12-23", "published: 2024-12-01"),),
        ["warning: `published` lies before `consulted`.", "warning: `published` lies before `on`."],
    ),
    # Tests
    "untested": (
        ((EXAMPLES, ""),),
        ["warning: The policy computes something, and no example shows it."],
    ),
    "untested-clause": (
        (('clauses: ["7"]', 'clauses: ["6"]'),),
        ["warning: No example lists clause 7, by which talk is computed."],
    ),
    "untested-branch": (
        (("wait: 60, present: yes", "wait: 60"),),
        ["warning: In no example does present hold."],
    ),
    "untested-threshold": (
        (
            (BONUS, "when: grade == good, amount: 300 if score < 98 or sales >= 5000 else 300 + 0}"),
            *saying("5", "98", "5000"),
        ),
        ["warning: No example lies on this side of the threshold: sales >= 5000."],
    ),
    "untested-row": (
        (("care: 50, wait: 120", "care: 50, wait: 90"),),
        ["warning: No example falls into the row from 120."],
    ),
    # Law
    "law-loss": (
        (
            ("[gross * 20%, gross - minimum_wage]", "[gross * 20%]"),
            ("amount: 2000}", 'amount: "max(2000, minimum_wage)"}'),
        ),
        ["error: loss charges a loss without the local minimum wage as the floor of what is left."],
    ),
    "law-minimum-wage": (
        (("amount: 2000}", "amount: 1700}"), ("基本工资2000元", "基本工资1700元"), ("Base 2000", "Base 1700")),
        ["warning: A whole month without any extra pays 1700.00, below the minimum wage of 1800, if that is all."] * 2,
    ),
    "law-dismissal": (
        ((TALK[0], "连续两个月不到60分的面谈。再不到的，予以辞退。"),),
        ["error: “辞退” follows by itself, without a decision."],
    ),
    "law-probation": (
        (("junior: {name: {zh: 初级, en: Junior}", "junior: {name: {zh: 试用期, en: Junior}"),),
        ["error: People who are past their probation are put on “Junior” again."],
    ),
    "law-probation-wage": (
        (
            ("junior: {name: {zh: 初级, en: Junior}", "junior: {name: {zh: 试用期, en: Junior}"),
            (BONUS, "when: grade == good and tier == senior, amount: 900}"),
            ("良好加300元", "良好的高级客服加900元"),
            ("300 more for good", "900 more for seniors graded good"),
            *ACKNOWLEDGED,
        ),
        [UNCERTAIN],
    ),
    "law-fine": (
        ((STAR[0], "第一名奖200元。迟到的罚款。"),),
        ["warning: The clause fines people; whether an employer may is contested, and in places it is forbidden."],
    ),
    "law-consultation": (
        ((", consulted: 2024-12-05", ""),),
        ["warning: No date says when staff were consulted."],
    ),
    "law-unilateral": (
        ((STAR[0], "第一名奖200元。本制度由公司解释。"),),
        ["warning: The clause lets the employer alone interpret or change the terms."],
    ),
    "law-attendance": (
        (("，法定假不算缺勤", ""), ("; statutory leave is no absence", "")),
        ["warning: Full attendance could be lost to statutory leave; for sick leave it is uncertain if it may."],
    ),
    "law-pay-published": (
        ((STAR[0], "第一名奖200元。每月公布各人的工资。"),),
        ["warning: The clause publishes pay without the consent of those whose it is."],
    ),
    "acknowledgement": (
        (
            (
                "lint: {jurisdiction: cn}",
                'lint: {jurisdiction: cn, acknowledge: [{rule: law-fine, clause: "6", reason: {zh: 无, en: None}}]}',
            ),
        ),
        ["error: Nothing is found that this acknowledges."],
    ),
}


def test_the_clean_policy_is_clean() -> None:
    assert lines(CLEAN) == []


@pytest.mark.parametrize("rule", SHOWN)
def test_a_rule_is_triggered_alone(rule: str) -> None:
    edits, expected = SHOWN[rule]
    assert lines(edited(*edits)) == [f"{line} [{rule}]" for line in expected]


@pytest.mark.parametrize("rule", SHOWN)
def test_a_finding_says_what_to_do_in_both_languages(rule: str) -> None:
    for remark in remarks(edited(*SHOWN[rule][0])):
        assert remark.finding.hint
        texts = (remark.finding.message, remark.finding.hint)
        assert all(text.said(lang).strip() for text in texts for lang in Lang)


def rules() -> set[str]:
    """Every rule of the lint's modules."""
    modules = [
        importlib.import_module(f"kpigen.lint.{each.name}") for each in pkgutil.iter_modules(kpigen.lint.__path__)
    ]
    return {value.id for module in modules for value in vars(module).values() if isinstance(value, Rule)}


def test_every_rule_is_shown() -> None:
    between_versions = {"clause-reused", "version-twice", "version-in-closed-month"}
    assert rules() - between_versions == set(SHOWN)


def test_law_is_a_pack_of_its_own() -> None:
    for rule, (edits, _) in SHOWN.items():
        if rule.startswith("law-") and rule != "law-probation-wage":
            assert lines(edited(*edits, ("lint: {jurisdiction: cn}\n", ""))) == []


def test_every_finding_of_the_law_names_its_source() -> None:
    for rule, (edits, _) in SHOWN.items():
        if rule.startswith("law-"):
            hints = [remark.finding.hint for remark in remarks(edited(*edits))]
            assert all(hint and "Not legal advice." in hint.said(Lang.EN) for hint in hints)
