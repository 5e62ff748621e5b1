"""A third department as published JSON: two closed months and an open one that holds their corrections.

One agent wins an award and a tier by it, one pays something back, one has left, and of one only the score changes.
"""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

OFFICE = "office"
CLOSES = {"2026-06": "5f3a" * 16, "2026-07": "c0de" * 16}
POLICY = {"id": "star-tier", "version": "2025-01"}
HELD = f"records/{OFFICE}/2026-08"


def both(zh: str, en: str) -> Document:
    return {"zh": zh, "en": en}


FANG = both("方兰", "Fang Lan")
GAO = both("高远", "Gao Yuan")
HE = both("何静", "He Jing")
JIN = both("金波", "Jin Bo")


def _agent(agent: str, name: Document, amounts: list[tuple[str, str]], **rest: object) -> Document:
    """Return an agent's month with these lines of pay, none of which explains itself."""
    clauses = {"base": "3.1", "commission": "3.2", "service-star": "5.1", "loss": "4.1"}
    total = sum(round(float(amount) * 100) for _, amount in amounts)
    taken = sum(round(float(amount) * 100) for _, amount in amounts if amount.startswith("-"))
    lines: list[Document] = [
        {"id": id_, "clause": clauses[rule], "amount": amount, **({"corrects": month} if month else {})}
        for id_, amount in amounts
        for rule, _, month in (id_.partition("@"),)
    ]
    for line in lines if "figures" in rest else ():
        line["figure"] = 4 if line["id"] == "service-star@2026-06" else None
    return {
        "agent": agent,
        "team": "desk",
        "assessed": True,
        "score": "90.0",
        "grade": "b",
        "rank": 1,
        "tier": "ordinary",
        "next_tier": "ordinary",
        "transition": None,
        "pay": {
            "gross": f"{(total - taken) / 100:.2f}",
            "deductions": f"{-taken / 100:.2f}",
            "total": f"{total / 100:.2f}",
            "lines": lines,
        },
        "awards": [],
        "actions": [],
        "name": name,
        "not_assessed": None,
        "figures": [],
        **rest,
    }


def _month(month: str, agents: list[Document], **rest: object) -> Document:
    totals = {
        name: f"{sum(round(float(agent['pay'][name]) * 100) for agent in agents) / 100:.2f}"
        for name in ("gross", "deductions", "total")
    }
    return {
        "schema": "kpigen/month/v1",
        "department": OFFICE,
        "month": month,
        "status": "closed" if month in CLOSES else "draft",
        "policy": POLICY,
        "agents": agents,
        "totals": totals,
        **rest,
    }


def _sides(before: str | None, after: str | None) -> Document:
    return {"before": before, "after": after}


def _appeal(number: str, filed: str, about: Document, status: str, **rest: object) -> Document:
    return {
        "appeal": number,
        "filed": filed,
        "about": about,
        "status": status,
        "decided": None,
        "decided_by": None,
        "outcome": None,
        "at": f"records/{OFFICE}/{number[2:9]}/appeals/{number}.yaml:6:9",
        **rest,
    }


def _figures() -> list[Document]:
    """Return how the award of June would have been made; before, there was none."""
    score, made = {"kind": "formula", "text": "response + 38"}, {"kind": "formula", "text": "100"}
    figures: list[Document] = [
        {"name": "response", "value": "58", "op": None, "at": f"{HELD}/adjustments/J-2026-08-001.yaml:5:19"},
        {"name": "score", "value": "96.0", "op": score, "of": [0], "clause": "7"},
        {"name": "service-star", "value": "100.00", "op": {"kind": "where", "inner": made}, "of": [1], "clause": "5.1"},
        {"name": "service-star", "value": "0.00", "op": None},
        {"name": "service-star@2026-06", "value": "100.00", "op": {"kind": "difference"}, "of": [2, 3]},
    ]
    return figures


def _fang() -> list[Document]:
    """Return June, in which points were restated, and July, which follows from it."""
    return [
        {
            "month": "2026-06",
            "adjustments": ["J-2026-08-001"],
            "inputs": [
                {
                    "name": "response",
                    "before": "50",
                    "after": "58",
                    "at": f"{HELD}/adjustments/J-2026-08-001.yaml:5:19",
                }
            ],
            "score": _sides("88.0", "96.0"),
            "tier": _sides("ordinary", "ordinary"),
            "next_tier": _sides("ordinary", "star"),
            "lines": [
                {
                    "id": "service-star",
                    "clause": "5.1",
                    "before": "0.00",
                    "after": "100.00",
                    "amount": "100.00",
                    "award": True,
                }
            ],
            "amount": "100.00",
        },
        {
            "month": "2026-07",
            "adjustments": [],
            "inputs": [],
            "score": _sides("90.0", "90.0"),
            "tier": _sides("ordinary", "star"),
            "next_tier": _sides("ordinary", "star"),
            "lines": [
                {
                    "id": "base",
                    "clause": "3.1",
                    "before": "1100.00",
                    "after": "1300.00",
                    "amount": "200.00",
                    "award": False,
                },
                {
                    "id": "commission",
                    "clause": "3.2",
                    "before": "300.00",
                    "after": "330.50",
                    "amount": "30.50",
                    "award": False,
                },
            ],
            "amount": "230.50",
        },
    ]


def _gao() -> list[Document]:
    """Return a commission that was too high."""
    return [
        {
            "month": "2026-07",
            "adjustments": ["J-2026-08-002"],
            "inputs": [
                {
                    "name": "commission",
                    "before": "1356.50",
                    "after": "300.00",
                    "at": f"{HELD}/adjustments/J-2026-08-002.yaml:5:21",
                }
            ],
            "score": _sides("90.0", "90.0"),
            "tier": _sides("ordinary", "ordinary"),
            "next_tier": _sides("ordinary", "ordinary"),
            "lines": [
                {
                    "id": "commission",
                    "clause": "3.2",
                    "before": "1356.50",
                    "after": "300.00",
                    "amount": "-1056.50",
                    "award": False,
                }
            ],
            "amount": "-1056.50",
        }
    ]


def _he() -> list[Document]:
    """Return a complaint that is dismissed after all, about somebody who has left and was not assessed."""
    return [
        {
            "month": "2026-06",
            "adjustments": ["J-2026-08-003"],
            "inputs": [
                {"name": "full", "before": None, "after": "yes", "at": None},
                {"name": "calls", "before": "n/a", "after": "1", "at": None},
            ],
            "complaints": [
                {
                    "id": "C-2026-06-001",
                    "before": "upheld",
                    "after": "dismissed",
                    "at": f"{HELD}/adjustments/J-2026-08-003.yaml:4:30",
                }
            ],
            "events": [{"id": "E-2026-06-001", "before": "50.00", "after": "withdrawn", "at": None}],
            "actions": {"before": ["dismissal-review"], "after": []},
            "score": _sides(None, "91.0"),
            "tier": _sides("ordinary", "ordinary"),
            "next_tier": _sides("ordinary", "ordinary"),
            "lines": [
                {
                    "id": "loss",
                    "clause": "4.1",
                    "before": "-50.00",
                    "after": "0.00",
                    "amount": "50.00",
                    "award": False,
                }
            ],
            "amount": "50.00",
        }
    ]


def _jin() -> list[Document]:
    """Return a score that changes nothing else."""
    return [
        {
            "month": "2026-07",
            "adjustments": ["J-2026-08-004", "J-2026-08-005"],
            "inputs": [{"name": "response", "before": "54", "after": "55", "at": None}],
            "score": _sides("90.0", "91.0"),
            "tier": _sides("ordinary", "ordinary"),
            "next_tier": _sides("ordinary", "ordinary"),
            "lines": [],
            "awards": {"before": [], "after": ["service-star"]},
            "actions": {"before": [], "after": ["dismissal-review"]},
            "amount": "0.00",
        }
    ]


def _adjustment(number: str, agent: str, corrects: str, reason: str, appeal: str | None) -> Document:
    return {
        "adjustment": number,
        "agent": agent,
        "corrects": corrects,
        "reason": reason,
        "appeal": appeal,
        "at": f"{HELD}/adjustments/{number}.yaml:1:1",
    }


def documents(hostile: str) -> dict[str, Document]:
    """Return the months by path; ``hostile`` stands in their free texts."""
    june, july = "2026-06", "2026-07"
    upheld = _appeal(
        "P-2026-07-001",
        "2026-07-12",
        {"month": june, "input": "response"},
        "upheld",
        decided="2026-07-20",
        decided_by="zhao.lei",
        outcome="录音表明已按时回应",
    )
    rejected = _appeal(
        "P-2026-07-002",
        "2026-07-16",
        {"month": june, "transition": "to-star"},
        "rejected",
        decided="2026-07-20",
        decided_by="zhao.lei",
        outcome=hostile,
    )
    gone = _appeal(
        "P-2026-08-001",
        "2026-08-03",
        {"complaint": "C-2026-06-001"},
        "upheld",
        decided="2026-08-09",
        decided_by="zhao.lei",
        outcome="客户撤回投诉",
    )
    undecided = _appeal("P-2026-08-002", "2026-08-10", {"month": july, "award": "service-star"}, "open")
    months = [
        _month(
            june,
            [
                _agent("B001", FANG, [("base", "1100.00")], score="88.0"),
                _agent("B003", HE, [("base", "1100.00"), ("loss", "-50.00")], assessed=False, score=None, rank=None),
            ],
        ),
        _month(
            july,
            [
                _agent("B001", FANG, [("base", "1100.00"), ("commission", "300.00")], appeals=[upheld]),
                _agent("B002", GAO, [("base", "1100.00"), ("commission", "1356.50")], appeals=[rejected]),
                _agent("B008", JIN, [("base", "1100.00")]),
            ],
        ),
        _month(
            "2026-08",
            [
                _agent(
                    "B001",
                    FANG,
                    [
                        ("base", "1300.00"),
                        ("service-star@2026-06", "100.00"),
                        ("base@2026-07", "200.00"),
                        ("commission@2026-07", "30.50"),
                    ],
                    figures=_figures(),
                    tier="star",
                    next_tier="star",
                    corrections=_fang(),
                ),
                _agent(
                    "B002",
                    GAO,
                    [("base", "1100.00"), ("commission@2026-07", "-1056.50")],
                    corrections=_gao(),
                    appeals=[undecided],
                ),
                _agent(
                    "B003",
                    HE,
                    [("loss@2026-06", "50.00")],
                    assessed=False,
                    score=None,
                    grade=None,
                    rank=None,
                    tier="ordinary",
                    next_tier="ordinary",
                    not_assessed={"reason": "left", "left": "2026-06-30", "at": None},
                    employed={"from": "2025-01-01", "to": "2026-06-30", "days": 0, "of": 31},
                    corrections=_he(),
                ),
                _agent("B008", JIN, [("base", "1100.00")], corrections=_jin()),
            ],
            appeals=[{"agent": "B003", **gone}],
            adjustments=[
                _adjustment("J-2026-08-001", "B001", june, "录音表明已按时回应，原扣分有误", "P-2026-07-001"),
                _adjustment("J-2026-08-002", "B002", july, hostile, None),
                _adjustment("J-2026-08-003", "B003", june, "投诉不成立", "P-2026-08-001"),
                _adjustment("J-2026-08-004", "B008", july, "录入时抄错了一位", "P-2019-01-001"),
                _adjustment("J-2026-08-005", "B008", july, "再核一次", None),
            ],
        ),
    ]
    return {f"{OFFICE}/{month['month']}.json": month for month in months}


def office() -> Document:
    """Return the department as the index lists it."""
    people = (("B001", FANG), ("B002", GAO), ("B003", HE), ("B008", JIN))
    return {
        "department": OFFICE,
        "name": both("综合客服部", "General service"),
        "publish": {"names": "full", "pay": "full"},
        "teams": [{"team": "desk", "name": both("柜台", "Desk"), "supervisor": "wang.min"}],
        "reviewers": ["zhao.lei"],
        "months": [
            {"month": "2026-06", "status": "closed", "policy": POLICY, "close": CLOSES["2026-06"]},
            {"month": "2026-07", "status": "closed", "policy": POLICY, "close": CLOSES["2026-07"]},
            {"month": "2026-08", "status": "draft", "policy": POLICY},
        ],
        "agents": [
            {
                "agent": agent,
                "name": name,
                "team": "desk",
                "joined": "2025-01-01",
                "left": "2026-06-30" if agent == "B003" else None,
            }
            for agent, name in people
        ],
    }
