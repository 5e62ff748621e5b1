"""More ways in which the rules of the lint are triggered, and ways in which they are not."""

from __future__ import annotations

import pytest

from tests.lint.mini import CLEAN, edited, lines, saying

BANDS = "bands: [{from: 0, points: 40}, {from: 60, points: 20}, {from: 120, points: 0}]"
WAITING = f"waiting: {{of: wait, points: 40, {BANDS},"
BONUS = "when: grade == good, amount: 300"
UP = "from: junior, when: score >= 90"
TALK = "when: streak(score < 60) >= 2"
STAR = ("第一名奖200元。", "The first wins 200.")
SENIOR = '  senior: {name: {zh: 高级, en: Senior}, clause: "4"}\n'
LATE = '  late: {measure: s, min: 0, max: 40, name: {zh: 迟到, en: Late}, clause: "2"}\n'
PRESENT = "  present: {flag"
ACTION = 'actions:\n  - {id: %s, name: {zh: %s, en: %s}, clause: "7", when: present}\n'

FINED = "warning: The clause fines people; whether an employer may is contested, and in places it is forbidden."

Edits = tuple[tuple[str, str], ...]


def only(rule: str, *edits: tuple[str, str]) -> list[str]:
    """The findings of one rule, without its name."""
    return [line.removesuffix(f" [{rule}]") for line in lines(edited(*edits)) if line.endswith(f"[{rule}]")]


ROUNDED = ["warning: waiting is divided, and nothing says how it is rounded."]


@pytest.mark.parametrize(
    ("conversion", "found"),
    [
        ("of: wait, points: 40, share_of: 600, name", ROUNDED),
        ("of: wait, points: 40, share_of: 500, name", []),
        ("of: wait, points: 40, share_of: wait + 1, name", ROUNDED),
        ("of: wait, points: 40, line: [[0, 40], [100, 0]], name", []),
        ("of: wait, points: 40, line: [[0, 40], [90, 0]], round: {to: 1}, name", []),
        ("parts: [{of: wait, points: 20}, {of: late, points: 20}], points: 40, name", ROUNDED),
        ("raters: [{of: wait, weight: 60}, {of: late, weight: 40}], missing: reweigh, points: 40, name", ROUNDED),
        ("raters: [{of: wait, weight: 60}, {of: late, weight: 40}], missing: drop, points: 40, name", []),
        ("of: wait / 3, points: 40, bands: [{from: 0, points: 40}], name", ROUNDED),
        ("of: wait / 8, points: 40, bands: [{from: 0, points: 40}], name", []),
        ('of: "round(wait / 3, 1)", points: 40, bands: [{from: 0, points: 40}], name', []),
    ],
)
def test_roundings(conversion: str, found: list[str]) -> None:
    edits = ((f"{WAITING} name", f"waiting: {{{conversion}"), (PRESENT, LATE + PRESENT))
    assert only("rounding-unstated", *edits) == found


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (
            "upheld_complaints >= 0",
            ["warning: upheld_complaints >= 0 always holds: upheld_complaints is never below 0."],
        ),
        ("0 > -sales", []),
        ("0 < -sales", ["warning: 0 < -sales can never hold: -sales is never above 0."]),
        ("score == score", ["warning: score == score always holds: score lies between 0 and 100."]),
        ("1 < 2", ["warning: 1 < 2 always holds: both sides are fixed."]),
        ("tier >= junior", ["warning: tier >= junior always holds: tier is one of junior, senior, in this order."]),
        ("present or not present", ["warning: present or not present always holds: its parts leave nothing out."]),
        (
            "tier == junior and tier == senior",
            ["warning: tier == junior and tier == senior can never hold: its parts exclude each other."],
        ),
        (
            "grade == good and score < 80",
            ["warning: grade == good and score < 80 can never hold: its parts exclude each other."],
        ),
        ("grade == good and score < 81", []),
        (
            "score > 79.9 and score < 80",
            ["warning: score > 79.9 and score < 80 can never hold: its parts exclude each other."],
        ),
        (
            "streak(score < 60) >= 2 and score >= 60",
            ["warning: streak(score < 60) >= 2 and score >= 60 can never hold: its parts exclude each other."],
        ),
        (
            "number(sales) > wait and number(sales) <= wait",
            ["warning: number(sales) > wait and number(sales) <= wait can never hold: its parts exclude each other."],
        ),
        ("score != 80", []),
        ("yes if present else score > 50", []),
    ],
)
def test_conditions_that_never_vary(condition: str, found: list[str]) -> None:
    assert only("never-varies", (TALK, f"when: {condition}")) == found


def test_branches_that_give_the_same() -> None:
    assert only("never-varies", (BONUS, f"{BONUS} if present else 300")) == ["warning: Both branches give 300."]


def test_branches_in_the_wrong_order() -> None:
    amount = "when: grade == good, amount: 100 if score >= 85 else 200 if score >= 95 else 300"
    assert only("shadowed", (BONUS, amount)) == [
        "error: 200 is never reached: score >= 95 is decided by what stands before it."
    ]


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        (
            ((UP, "from: junior, when: score >= 90 or 0 > score"),),
            ["error: 0 > score can never hold: score lies between 0 and 100."][:0],
        ),
        (
            ((UP, "from: junior, when: score >= 90 or -1 > score"),),
            ["error: -1 > score can never hold: score lies between 0 and 100."],
        ),
    ],
)
def test_thresholds(edits: Edits, found: list[str]) -> None:
    assert only("threshold-range", *edits) == found


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        (
            (("  good: {from: 80,", "  good: {from: 101,"),),
            ["error: Nothing reaches the row of 101: the figure lies between 0 and 100."],
        ),
        (
            (("min: 0, max: 600", "min: 60, max: 600"),),
            ["error: Nothing reaches the row of 0: the figure lies between 60 and 600."],
        ),
        (
            ((BANDS, "line: [[0, 40], [600, 0], [700, 0]]"),),
            ["error: Nothing reaches the row of 700: the figure lies between 0 and 600."],
        ),
        (((BANDS, "line: [[0, 40], [700, 0]]"),), []),
    ],
)
def test_rows_that_nothing_reaches(edits: Edits, found: list[str]) -> None:
    assert only("unreachable-row", *edits) == found


def test_limits_of_an_input_that_cross() -> None:
    assert only("limits-crossed", ("min: 0, max: 600", "min: 600, max: 0")) == [
        "error: The most, 0, is below the least, 600."
    ]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("score >= 90", "score >= 95", 1),
        ("score >= 90 and score < 95", "score >= 95", 0),
        ("grade == good and score < 95", "score >= 95", 0),
        ("streak(score >= 90) >= 2", "streak(score < 90) >= 2", 0),
        ("present", "not present", 0),
        ("present", "upheld_complaints == 0", 1),
    ],
)
def test_promotions_that_can_be_due_together(first: str, second: str, found: int) -> None:
    head = '  head: {name: {zh: 组长, en: Head}, clause: "4"}\n'
    top = f'to: senior}}\n  - {{id: top, clause: "4", from: junior, when: {second}, to: head}}\n'
    edits = ((SENIOR, SENIOR + head), (f"{UP}, to: senior}}\n", f"from: junior, when: {first}, {top}"))
    assert len(only("transition-clash", *edits)) == found


@pytest.mark.parametrize(
    ("name", "rule", "found"),
    [
        (
            ("leaving", "辞退", "Leaving"),
            "law-dismissal",
            ["error: “Leaving” makes somebody leave, and nobody decides it."],
        ),
        (("leaving-review", "辞退审议", "Review"), "law-dismissal", []),
        (
            ("fine", "罚款", "Fine"),
            "law-fine",
            [FINED],
        ),
    ],
)
def test_actions_by_their_names(name: tuple[str, str, str], rule: str, found: list[str]) -> None:
    assert only(rule, ("actions:\n", ACTION % name)) == found


@pytest.mark.parametrize(
    ("sentence", "rule", "found"),
    [
        (
            "严重的直至辞退。",
            "law-dismissal",
            "warning: “辞退”: the clause does not say who decides it, and by which steps.",
        ),
        ("不因此辞退任何人。", "law-dismissal", None),
        ("是否辞退由部门审议决定。", "law-dismissal", None),
        ("不成立的投诉不计。", "law-dismissal", None),
        (
            "不合格的降为试用员工。",
            "law-probation",
            "error: “降为试用”: nobody who is past probation can be put on it again.",
        ),
        ("另不罚款。", "law-fine", None),
        ("本制度不设罚款。", "law-fine", None),
        ("不遵守的罚款。", "law-fine", FINED),
        (
            "公司有权随时修改本制度。",
            "law-unilateral",
            "warning: The clause lets the employer alone interpret or change the terms.",
        ),
        ("修改以新版本公布，之前征求意见。", "law-unilateral", None),
        ("工资以公布的得分为准。", "law-pay-published", None),
        ("经本人同意，公布工资。", "law-pay-published", None),
    ],
)
def test_sentences(sentence: str, rule: str, found: str | None) -> None:
    assert only(rule, (STAR[0], STAR[0] + sentence)) == ([found] if found else [])


@pytest.mark.parametrize(
    ("sentence", "rule", "count"),
    [
        ("Such agents are dismissed.", "law-dismissal", 1),
        ("Nobody is dismissed for it.", "law-dismissal", 0),
        ("A dismissed complaint does not count.", "law-dismissal", 0),
        ("Lateness is fined.", "law-fine", 1),
        ("No fine is added.", "law-fine", 0),
        ("The company reserves the right to change it.", "law-unilateral", 1),
        ("Wages are published.", "law-pay-published", 1),
        ("Pay uses the published figures.", "law-pay-published", 0),
    ],
)
def test_english_sentences(sentence: str, rule: str, count: int) -> None:
    assert len(only(rule, (STAR[1], f"{STAR[1]} {sentence}"))) == count


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ((("第一名奖200元。", "First wins the prize of 200 yuan."),), ["warning: This text is not zh."]),
        ((("The first wins 200.", "第一名奖200元。"),), ["warning: This text is not en."]),
        ((("name: {zh: 之星, en: Star}", "name: VIP"),), []),
        (
            (("name: {zh: 之星, en: Star}", "name: Star"),),
            ["warning: This name stands in one language only; its zh is missing."],
        ),
    ],
)
def test_languages(edits: Edits, found: list[str]) -> None:
    assert only("one-language", *edits) == found


def test_clauses_of_laws_are_no_clauses_of_ours() -> None:
    text = ("第一名奖200元。", "第一名奖200元，参照《工资支付暂行规定》第99条，见第5条和第6条。")
    assert lines(edited(text)) == []


@pytest.mark.parametrize(
    ("deduction", "found"),
    [
        ('deduct: amount(loss), at_most: ["min(gross * 20%, gross - minimum_wage)"], excess: carry', []),
        ("deduct: amount(loss), at_most: [gross * 10%, gross - 2000], excess: waive", []),
        (
            "deduct: amount(loss), at_most: [gross * 20%, gross - 1700], excess: waive",
            ["error: loss charges a loss without the local minimum wage as the floor of what is left."],
        ),
        (
            "deduct: amount(loss) * 2, at_most: [gross - minimum_wage], excess: waive",
            ["error: loss charges a loss without the cap of 20% of the month's wage."],
        ),
    ],
)
def test_limits_of_losses(deduction: str, found: list[str]) -> None:
    stated = "deduct: amount(loss), at_most: [gross * 20%, gross - minimum_wage], excess: carry"
    assert only("law-loss", (stated, deduction)) == found


def test_an_amount_that_is_a_fine_is_no_loss() -> None:
    edits = (("loss: {amount: CNY, name: {zh: 损失, en: Loss}", "loss: {amount: CNY, name: {zh: 罚款, en: Fine}"),)
    assert only("law-fine", *edits) == [
        "warning: loss takes money from people for what is no loss; whether an employer may is contested."
    ]


def test_what_is_left_to_people_needs_no_rule() -> None:
    edits = ((STAR[0], "第一名奖200元，公示7天。"), (STAR[1], "The first wins 200, posted for 7 days."))
    assert only("figure-unruled", *edits) == ["warning: Clause 6 says 7, which no rule has."]
    left = 'left_to_people: [{clause: "6", why: {zh: 由人公示, en: People post it}}]\nlint: {jurisdiction: cn}'
    assert only("figure-unruled", *edits, ("lint: {jurisdiction: cn}", left)) == []


def test_clauses_of_text_only_may_say_anything_but_money_and_points() -> None:
    text = '  "8": {zh: 每分钟打80个字，迟到3次%s。, en: "80 characters a minute, late 3 times%s."}\ninputs:\n'
    assert lines(edited(("inputs:\n", text % ("", "")))) == []
    assert lines(edited(("inputs:\n", text % ("少发70元", ": 70 yuan less")))) == [
        "warning: Clause 8 says 70, which no rule has. [figure-unruled]"
    ]


def test_figures_may_stand_in_a_part_of_the_clause() -> None:
    part = ("inputs:\n", '  "6.1": {zh: 奖金另加350元。, en: "350 more."}\ninputs:\n')
    assert (
        lines(edited(part, ("amount: 200, ties", "amount: 350, ties"), ("奖200元", "有奖"), ("wins 200", "wins"))) == []
    )


def test_ladders_without_an_example_of_each_step() -> None:
    ladder = (
        'ladders: [{id: steps, name: {zh: 阶梯, en: Ladder}, clause: "7", counts: events(loss), within: year, '
        "steps: [{from: 1, action: talk}, {from: 2, action: warning}]}]\nlint: {jurisdiction: cn}"
    )
    warning = 'actions:\n  - {id: warning, name: {zh: 警告, en: Warning}, clause: "7"}\n'
    edits = (("lint: {jurisdiction: cn}", ladder), ("actions:\n", warning))
    assert only("untested-branch", *edits) == ["warning: In no example does steps lead to warning."]


def test_awards_that_no_example_wins() -> None:
    assert only("untested-branch", (", others: [{score: 50}]", ""), ("awards: [star]", "awards: []")) == [
        "warning: In no example is star won."
    ]


def test_examples_that_are_wrong_show_nothing_yet() -> None:
    assert lines(edited(("wait: 60, present: yes", "wait: 60"), ("actions: [talk]", "actions: []"))) == []


def test_a_parameter_stands_for_its_value() -> None:
    parameter = ("parameters:\n", 'parameters:\n  mark: {value: 110, name: {zh: 线, en: Mark}, clause: "4"}\n')
    edits = (parameter, (UP, "from: junior, when: score >= 90 or score >= mark"), *saying("4", "110"))
    assert lines(edited(*edits)) == [
        "error: score >= mark can never hold: score lies between 0 and 100. [threshold-range]"
    ]


def test_the_clean_policy_is_clean_without_a_jurisdiction() -> None:
    assert lines(CLEAN.replace("lint: {jurisdiction: cn}\n", "")) == []
