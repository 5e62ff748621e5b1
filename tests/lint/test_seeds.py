"""Naive transcriptions of the seed's regulations, which the lint must stop or question, and their mended twins."""

from __future__ import annotations

from kpigen.policy import Version, compile_policy
from kpigen.reading.decode import decode
from kpigen.reading.syntax import parse
from tests.lint.mini import PATH, lines, remarks, said

HEAD = """\
policy: demo
version: 2025-01
title: {zh: 示例, en: Demo}
adopted: {on: 2024-12-20, by: general-manager, consulted: 2024-12-05, published: 2024-12-23}
currency: CNY
assess: {every: month, opens: 5, closes: 10, clause: "1"}
lint: {jurisdiction: cn}
clauses:
  "1": {zh: 次月5日至10日录入。, en: Marks are entered from the 5th to the 10th.}
"""


CONTESTED = "whether an employer may is contested"
UNCAPPED = "error: loss charges a loss without the cap of 20% of the month's wage and the minimum wage as its floor."
UNCERTAIN = (
    "warning: Probation pays 1100.00, Ordinary 1500.00 at the same score: below 80%, "
    "though how that is counted is uncertain."
)
ORDINARY_BONUS = (
    '{id: bonus, name: {zh: 服务奖, en: Bonus}, clause: "2", when: events(rude) == 0, amount: 50, unassessed: yes}'
)
CHARGED = "失误导致的损失按照实际金额扣到个人"
CAPPED = "失误导致的损失按实际金额，每月最多扣20%，余额不低于1000元"


def found(text: str, *families: str) -> list[str]:
    """What the lint finds, without what examples would show."""
    return [
        line for line in lines(HEAD + text) if "[untested" not in line and (not families or line.endswith(families))
    ]


class TestSixDimensions:
    """S10: 30 + 20 + 15 + 15 + 20 + 10 are 110, not 100."""

    CARD = """\
  "2": {zh: 业务30分，态度20分，协作15分，沟通15分，解决20分，创新10分。%s, en: "30, 20, 15, 15, 20 and 10 points.%s"}
inputs:
  knowledge: {points: 30, name: {zh: 业务, en: Knowledge}, clause: "2"}
  attitude: {points: 20, name: {zh: 态度, en: Attitude}, clause: "2"}
  teamwork: {points: 15, name: {zh: 协作, en: Teamwork}, clause: "2"}
  talk: {points: 15, name: {zh: 沟通, en: Communication}, clause: "2"}
  solving: {points: 20, name: {zh: 解决, en: Solving}, clause: "2"}
  ideas: {points: 10, name: {zh: 创新, en: Innovation}, clause: "2"}
score: {sum: points, %sof: 100, round: {to: 0.1}, clause: "2"}
"""

    def test_s10_the_points_do_not_add_up(self) -> None:
        document, _ = parse(PATH, (HEAD + self.CARD % ("", "", "")).encode())
        assert document
        version, _ = decode(document, Version)
        assert version
        assert said(compile_policy(document, version)[1]) == [
            f"{PATH}:18:26: The items' points add up to 110, the score is out of 100. [points-total]"
        ]

    def test_s10_scaled_in_silence(self) -> None:
        assert found(self.CARD % ("", "", "points: 110, ")) == [
            "warning: The rule has the figure 110, which clause 2 does not say. [figure-unsaid]",
            "warning: The items' points add up to 110, and the score is out of 100. [scaled-points]",
        ]

    def test_s10_scaled_in_the_open(self) -> None:
        text = self.CARD % ("合计110分，折算成100分。", " Of 110 points, scaled to 100.", "points: 110, ")
        assert found(text) == []
        (note,) = [each for each in remarks(HEAD + text) if each.finding.rule.id == "scaled-points"]
        assert note.reason is not None
        assert note.reason.zh == "第2条写明了110分和100分。"


class TestPropertyMonthly:
    """S16: 90 and more, 80–89, 70–79, below 70: what of 89.5?"""

    REWARDS = """\
  "2": {zh: 优秀90分起300元，良好80至89分200元，合格70至79分100元。, en: "90 wins 300, 80 to 89 200, 70 to 79 100."}
inputs: {marks: {points: 100, name: {zh: 得分, en: Marks}, clause: "2"}}
score: {sum: points, of: 100, round: {to: 0.1}, clause: "2"}
pay:
  - {id: excellent, name: {zh: 优秀, en: Excellent}, clause: "2", when: score >= 90, amount: 300}
  - {id: good, name: {zh: 良好, en: Good}, clause: "2", when: score >= 80 and score %s, amount: 200}
  - {id: pass, name: {zh: 合格, en: Pass}, clause: "2", when: score >= 70 and score %s, amount: 100}
"""

    def test_s16_bands_as_they_are_printed_lose_half_points(self) -> None:
        assert found(self.REWARDS % ("<= 89", "<= 79")) == [
            "error: Nothing holds between 89 and 90: score can lie in between. [range-gap]",
            "error: Nothing holds between 79 and 80: score can lie in between. [range-gap]",
        ]

    def test_s16_whole_scores_have_no_gap(self) -> None:
        assert found((self.REWARDS % ("<= 89", "<= 79")).replace("to: 0.1", "to: 1")) == []

    def test_s16_bands_that_touch_pay_twice(self) -> None:
        assert found(self.REWARDS % ("<= 90", "<= 80"), "[range-overlap]") == [
            "error: good and excellent both hold where score is 90. [range-overlap]",
            "error: pass and good both hold where score is 80. [range-overlap]",
        ]

    def test_s16_lower_bounds_only(self) -> None:
        text = self.REWARDS % ("< 90", "< 80")
        assert (
            found(text.replace("80至89", "80").replace("70至79", "70").replace(" to 89", "").replace(" to 79", ""))
            == []
        )


class TestStarTier:
    """S19: losses at their actual amount, demotion to probation, dismissal after two months."""

    PAY = """\
  "2": {zh: 满分100分。, en: Full marks are 100 points.}
  "3": {zh: 试用期员工和普通员工。, en: Probation and ordinary.}
  "4": {zh: 不到70分降为试用期员工，80分转正。连续两个月不到70分，予以辞退。, en: "Below 70: probation; 80: ordinary."}
  "5": {zh: 基本工资1100元，普通另加400元。, en: "Base 1100, ordinary 400 more."}
  "6": {zh: 失误导致的损失按照实际金额扣到个人。, en: "Losses are charged at their actual amount."}
inputs: {marks: {points: 100, name: {zh: 得分, en: Marks}, clause: "2"}}
events: {loss: {amount: CNY, name: {zh: 损失, en: Loss}, clause: "6"}}
score: {sum: points, of: 100, round: {to: 0.1}, clause: "2"}
tiers:
  probation: {name: {zh: 试用期, en: Probation}, clause: "3"}
  ordinary: {name: {zh: 普通, en: Ordinary}, clause: "3"}
transitions:
  - {id: up, clause: "4", from: probation, when: score >= 80, to: ordinary}
  - {id: down, clause: "4", from: ordinary, when: score < 70, to: probation}
pay:
  - {id: base, name: {zh: 基本工资, en: Base}, clause: "5", amount: 1100}
  - {id: extra, name: {zh: 考核工资, en: Assessment pay}, clause: "5", when: tier == ordinary, amount: 400}
  - {id: loss, name: {zh: 损失, en: Loss}, clause: "6", deduct: amount(loss)}
actions:
  - {id: dismissal, name: {zh: 辞退, en: Dismissal}, clause: "4", when: streak(score < 70) >= 2}
"""

    def test_s19_the_law_stops_it(self) -> None:
        assert found(self.PAY) == [
            "error: “辞退” follows by itself, without a decision. [law-dismissal]",
            "error: People who are past their probation are put on “Probation” again. [law-probation]",
            f"{UNCERTAIN} [law-probation-wage]",
            f"{UNCAPPED} [law-loss]",
            "error: “Dismissal” makes somebody leave, and nobody decides it. [law-dismissal]",
        ]

    def test_s19_settled(self) -> None:
        settled = (
            self.PAY.replace("试用期员工和", "观察级和")
            .replace("降为试用期员工", "转入观察级")
            .replace("予以辞退", "提请去留审议")
            .replace("zh: 试用期, en: Probation", "zh: 观察级, en: Observation")
            .replace("id: dismissal, name: {zh: 辞退, en: Dismissal}", "id: review, name: {zh: 去留审议, en: Review}")
            .replace(CHARGED, CAPPED)
            .replace("at their actual amount.", "at most 20% a month, down to 1000.")
            .replace("amount(loss)}", "amount(loss), at_most: [gross * 20%, gross - minimum_wage], excess: carry}")
        )
        wage = 'parameters: {minimum_wage: {value: 1000, name: {zh: 最低工资, en: Minimum wage}, clause: "6"}}\n'
        assert found(settled + wage) == []


class TestGradedCommission:
    """S03: whoever fails three months running leaves by "automatic resignation"."""

    LEAVING = """\
  "2": {zh: 满分100分，60分及格。, en: "100 points, 60 to pass."}
  "3": {zh: 连续3个月不及格的，%s, en: "Three failed months running %s"}
inputs: {marks: {points: 100, name: {zh: 得分, en: Marks}, clause: "2"}}
score: {sum: points, of: 100, round: {to: 0.1}, clause: "2"}
actions:
  - {id: %s, clause: "3", when: streak(score < pass_mark) >= 3}
parameters: {pass_mark: {value: 60, name: {zh: 及格线, en: Pass mark}, clause: "2"}}
"""

    def test_s03_automatic_resignation(self) -> None:
        text = self.LEAVING % (
            "视为自动请辞。",
            "count as resignation.",
            "resignation, name: {zh: 自动请辞, en: Automatic resignation}",
        )
        assert found(text) == [
            "error: “视为自动请辞” follows by itself, without a decision. [law-dismissal]",
            "error: “Automatic resignation” makes somebody leave, and nobody decides it. [law-dismissal]",
        ]

    def test_s03_a_person_decides(self) -> None:
        text = self.LEAVING % (
            "先培训或者调岗，仍不能胜任的，提请去留审议。",
            "lead to training, then to a review of the post.",
            "stay-review, name: {zh: 去留审议, en: Review}",
        )
        assert found(text) == []


class TestRewardsAndPenalties:
    """S04: fines by severity, and "fine, dismissal, and the law" for leaks."""

    FINES = """\
  "2": {zh: 服务态度差引起投诉的，%s, en: "Complaints cost %s"}
  "3": {zh: 泄露客户信息的，%s, en: "Leaks lead to %s"}
events: {rude: {name: {zh: 态度差, en: Rudeness}, clause: "2"}}
%s
"""

    def test_s04_fines(self) -> None:
        text = self.FINES % (
            "警告或者罚款50元。",
            "a warning or 50.",
            "给予罚款、解聘直至追究法律责任。",
            "what the law says.",
            'pay: [{id: fine, name: {zh: 罚款, en: Fine}, clause: "2", deduct: 50 * events(rude)}]',
        )
        assert found(text) == [
            f"warning: The clause fines people; {CONTESTED}, and in places it is forbidden. [law-fine]",
            f"warning: The clause fines people; {CONTESTED}, and in places it is forbidden. [law-fine]",
            f"warning: fine takes money from people for what is no loss; {CONTESTED}. [law-fine]",
        ]

    def test_s04_a_bonus_not_earned_instead(self) -> None:
        text = self.FINES % (
            "当月没有50元服务奖。",
            "the month's bonus of 50.",
            "停用账号，提请审议。",
            "a review.",
            f"pay: [{ORDINARY_BONUS}]",
        )
        assert found(text) == []


class TestBasicRegulation:
    """S01: in force from its publication, may be revised, and the company interprets it."""

    TEXT = '  "2": {zh: %s, en: %s}\n'

    def test_s01_the_company_interprets(self) -> None:
        text = self.TEXT % ("本规章制度解释权归公司负责。", "The company interprets this regulation.")
        undated = (HEAD + text).replace(", consulted: 2024-12-05, published: 2024-12-23", "")
        assert lines(undated) == [
            "warning: No date says when staff were consulted. [law-consultation]",
            "warning: No date says when the policy was published. [law-consultation]",
            "warning: The clause lets the employer alone interpret or change the terms. [law-unilateral]",
        ]

    def test_s01_changed_together(self) -> None:
        assert found(self.TEXT % ("修改之前征求职工意见，公布后执行。", "Staff are consulted before it changes.")) == []
