"""Phrases by which clauses and names are recognised, Chinese and English, and those that settle what they say."""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "ALONE",
    "ATTENDANCE",
    "BY_ITSELF",
    "CONSENT",
    "DECIDED",
    "FINE",
    "LEAVE",
    "LEAVING",
    "LOSS",
    "MINIMUM_WAGE",
    "NOT_STATUTORY",
    "PAY_SHOWN",
    "PROBATION",
    "TOGETHER",
    "TO_PROBATION",
]


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


LEAVING: Final = _either(
    r"辞退|开除|解雇|解聘|除名|劝退|(?:解除|终止)劳动(?:合同|关系)|自动(?:请辞|辞职|离职)|视为(?:自动)?(?:离职|辞职|请辞)",
    r"\b(?:dismiss(?:ed|al|es)?|terminat(?:ed|ion|es)|fired|sacked|deemed to have resigned|resign(?:s|ed|ation))\b",
    r"\bautomatic(?:ally)? (?:resign\w*|leav\w*)\b",
)
"""Somebody has to leave."""

BY_ITSELF: Final = _either(
    r"(?:予以|给予|直接|立即|即行?|一律|自动|视为(?:自动)?|作)(?:辞退|开除|解雇|解聘|除名|劝退|离职|辞职|请辞|解除|终止)",
    r"\b(?:is|are|be|automatically|immediately|deemed)\s+(?:\w+\s+)?(?:dismissed|terminated|fired|sacked|resigned)\b",
    r"\bautomatic\w* (?:resign\w*|leav\w*)\b|\bdeemed to have resigned\b",
)
"""It happens by itself."""

DECIDED: Final = _either(
    r"审议|评议|决定|审批|复核|协商|依法|合法|建议|提请|考虑|由人|申诉|面谈|法律|法定",
    r"\b(?:review\w*|decide[sd]?|decision|consider\w*|propos\w*|hearing|law|lawful\w*|statut\w*|appeal\w*|may be)\b",
    r"\b(?:complain\w*|talk|meeting)\b",
)
"""A person decides, or the law does; a dismissed complaint is none of it."""

PROBATION: Final = _either(r"试用", r"\bprobation\w*\b", r"\btrial period\b")
TO_PROBATION: Final = _either(
    r"(?:降为|降至|转入|转为|退回|回到)\s*试用(?!期级别)",
    r"\b(?:demoted|returned|returns?|moved?|back) (?:back )?to probation\b(?! tier)",
)
NOT_STATUTORY: Final = _either(
    r"(?:不是|并非|不等于)[^。；]{0,20}试用期", r"\bnot (?:the )?(?:trial period|statutory probation|probation)\b"
)
"""A clause says that what it calls probation is not that of labour law."""

FINE: Final = _either(
    r"罚款|罚金|扣罚|罚\s*[0-9]+\s*元|扣(?:除|发)?(?:当月)?(?:工资|薪水|薪酬)",
    r"\bfine[ds]?\b(?! print)",
    r"\bmonetary penalt\w+\b",
)

ALONE: Final = _either(
    r"解释权|最终解释|(?:由|归)(?:本)?(?:公司|单位|部门|客服部|人力资源部?)(?:负责)?解释",
    r"公司有权(?:随时|单方|自行)?(?:修改|调整|变更|修订|解释)|另行通知|保留[^。；]{0,12}(?:权利|权力)",
    r"\b(?:final|sole) (?:right of )?interpretation\b|\breserves? the right\b|\bsole discretion\b",
    r"\bthe (?:company|employer|department) (?:alone )?interprets?\b|\binterpreted by the (?:company|department)\b",
    r"\bat any time\b[^.;]{0,30}\b(?:change|revise|amend)",
)
"""The employer alone interprets or changes the terms."""

TOGETHER: Final = _either(
    r"协商|征求|听取|讨论|职工代表|工会|共同", r"\b(?:consult|agree|together|discuss|representative)\w*"
)

ATTENDANCE: Final = _either(r"全勤", r"\b(?:full|perfect)[ -]attendance\b")
LEAVE: Final = _either(
    r"年休假|年假|婚假|产假|法定[^。；]{0,8}假|带薪[^。；]{0,6}假|依法[^。；]{0,8}(?:休|请)假",
    r"\bstatutory[^.;]{0,20}leave\b|\bannual leave\b|\bpaid leave\b",
)

PAY_SHOWN: Final = _either(
    r"(?:公布|公示|张榜|公开)(?!出来|的)[^。；，]{0,12}(?:工资|薪酬|薪资|收入|奖金数额|扣款)",
    r"(?:工资|薪酬|薪资|收入)[^。；，]{0,10}(?<!以)(?:公布|公示|张榜|公开)(?!出来|的)",
    r"\b(?:publish|publishes|announces?|displays?) (?:the |all |each |every(?:body's)? |their |agents' |staff's )*"
    r"(?:pay|wages?|salar\w+)\b",
    r"\b(?:pay|wages?|salaries|salary) (?:is|are|will be) (?:published|posted|announced)\b",
)
CONSENT: Final = _either(r"同意|匿名|本人|工号", r"\b(?:consent|anonym|pseudonym|themsel)\w*|\bown pay\b")

LOSS: Final = _either(r"损失|赔偿", r"\b(?:loss|losses|damages?|compensat\w+)\b")
MINIMUM_WAGE: Final = _either(r"最低工资", r"\bminimum wage\b")
