"""Statutes: where each finding of the mainland pack comes from. None of it is legal advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.text import Label, say

if TYPE_CHECKING:
    from kpigen.text import Text

__all__ = [
    "ANNUAL_LEAVE",
    "DISMISSAL",
    "FINES",
    "LOSSES",
    "PRIVACY",
    "PROBATION_WAGE",
    "RULE_MAKING",
    "SECOND_PROBATION",
    "TERMS",
    "WAGE_FLOOR",
    "advised",
]

LOSSES: Final = Label(
    zh="《工资支付暂行规定》第十六条",
    en="Interim Provisions on the Payment of Wages, art. 16",
)
WAGE_FLOOR: Final = Label(zh="《最低工资规定》第十二条", en="Provisions on Minimum Wages, art. 12")
DISMISSAL: Final = Label(
    zh="《劳动合同法》第四十条第二项、第四十二条；最高人民法院第18号指导案例",
    en="Labour Contract Law, arts. 40(2) and 42; Supreme People's Court, Guiding Case 18",
)
SECOND_PROBATION: Final = Label(zh="《劳动合同法》第十九条", en="Labour Contract Law, art. 19")
PROBATION_WAGE: Final = Label(zh="《劳动合同法》第二十条", en="Labour Contract Law, art. 20")
FINES: Final = Label(
    zh="《企业职工奖惩条例》已于2008年1月15日废止；《广东省劳动保障监察条例》第五十一条",
    en="the Regulations on Rewards and Punishments for Staff were repealed on 2008-01-15; Guangdong Regulations on "
    "Labour Security Supervision, art. 51",
)
RULE_MAKING: Final = Label(zh="《劳动合同法》第四条", en="Labour Contract Law, art. 4")
TERMS: Final = Label(zh="《劳动合同法》第四条、第三十五条", en="Labour Contract Law, arts. 4 and 35")
PRIVACY: Final = Label(zh="《个人信息保护法》第二十五条", en="Personal Information Protection Law, art. 25")
ANNUAL_LEAVE: Final = Label(
    zh="《职工带薪年休假条例》第二条", en="Regulations on Paid Annual Leave of Employees, art. 2"
)


def advised(advice: Text, source: Label) -> Text:
    """Say what to do, where it comes from, and that it is no legal advice."""
    return say("{advice} Source: {source}. Not legal advice.", advice=advice, source=source)
