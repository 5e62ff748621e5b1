"""A second department as published JSON: assessed by the quarter, without tiers, by a policy of two versions.

It has what the first one lacks: weights, roles, rules of who is assessed, results and their grades, a pot, a ladder,
actions that wait, an item that a breach brought to 0, a figure stated for the whole team, and duties.
"""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

POLICY = "weighing"
DESK = "desk"


def both(zh: str, en: str) -> Document:
    return {"zh": zh, "en": en}


def figure(name: str, value: object, op: Document | None = None, of: tuple[int, ...] = (), **rest: object) -> Document:
    return {"name": name, "value": value, "clause": None, "at": None, "op": op, "of": list(of), **rest}


def formula(text: str) -> Document:
    return {"kind": "formula", "text": text}


def _agent(agent: str, name: Document, **rest: object) -> Document:
    return {
        "agent": agent,
        "team": "front",
        "assessed": False,
        "score": None,
        "grade": None,
        "rank": None,
        "tier": None,
        "next_tier": None,
        "transition": None,
        "pay": {"gross": "0.00", "deductions": "0.00", "total": "0.00", "lines": []},
        "awards": [],
        "actions": [],
        "name": name,
        "not_assessed": {"every": "quarter", "at": None},
        "role": "agent",
        "employment": "full-time",
        "items": [],
        "inputs": [],
        "figures": [],
        "score_figure": None,
        "next_tier_figure": None,
        **rest,
    }


ANNA = both("安娜", "Anna")
BO = both("博文", "Bo Wen")
CHEN = both("陈晨", "Chen Chen")


def _assessed(agent: str, name: Document, month: str, score: str, **rest: object) -> Document:
    """Return an assessed month: two weighed items, one of them at 0 for a breach, a bonus by grade and a pot's part."""
    sheet = f"records/{DESK}/{month}/scores/front.yaml:7"
    event = f"E-{month}-001"
    weighted = {"kind": "weighted-score", "most": ["100", "20"], "weights": ["7/10", "3/10"], "of": "100"}
    figures = [
        figure("calls", "60", at=f"{sheet}:20", clause="1.1"),
        figure("answered", "54", at=f"{sheet}:31", clause="1.1"),
        figure(
            "rate",
            "90.00",
            {"kind": "rounded", "to": "0.01", "mode": "half-up", "inner": formula("answered / calls * 100")},
            (1, 0),
            clause="1.1",
        ),
        figure(
            "answering", "80", {"kind": "bands", "rows": [["0", "0"], ["80", "80"], ["95", "100"]]}, (2,), clause="1.1"
        ),
        figure(event, "yes", at=f"records/{DESK}/{month}/events/{event}.yaml:4:7"),
        figure("events(left-post)", "1", {"kind": "count"}, (4,)),
        figure("conduct:zero", "yes", formula("events(left-post) > 0"), (5,), clause="2.2"),
        figure("manner", "good", at=f"{sheet}:44", clause="2.1"),
        figure(
            "conduct",
            "0",
            {"kind": "zero-when", "inner": {"kind": "ratings", "points": [["poor", "5"], ["good", "20"]]}},
            (6, 7),
            clause="2.2",
        ),
        figure(
            "score",
            score,
            {"kind": "rounded", "to": "0.1", "mode": "half-up", "inner": weighted},
            (3, 8),
            clause="3",
        ),
        figure("grade", "sound", {"kind": "grade", "bounds": [["0", "weak"], ["50", "sound"]]}, (9,), clause=None),
        figure("bonus", "400.00", {"kind": "ratings", "points": [["weak", "0"], ["sound", "400"]]}, (10,), clause="4"),
        figure("pool", "1000.00", at=f"records/{DESK}/{month}/scores/front.yaml:6:19", clause="5"),
        figure("part:share", score, formula("score"), (9,), clause="5"),
        figure("part:all", "120.0", at="policy/weighing/2026-07.yaml:9:3"),
        figure("part:cents", "1"),
        figure("part:place", "1"),
        figure("part", "466.67", {"kind": "pot-share"}, (12, 13, 14, 15, 16), clause="5"),
        figure("score 2026-06", "70.0", at=f"records/{DESK}/2026-06/scores/front.yaml:7:9"),
        figure("mean(score, year)", "63.0", {"kind": "mean"}, (9, 18)),
        figure("year_score", "63.0", formula("mean(score, year)"), (19,), clause="6"),
        figure("conduct-ladder:now", "1", formula("events(left-post)"), (5,), clause="7"),
        figure("events(left-post) 2026-06", "1", at=f"records/{DESK}/2026-06/scores/front.yaml:7:9"),
        figure("2026-06", "1", formula("events(left-post)"), (22,)),
        figure("total(events(left-post), twelve-months)", "2", {"kind": "sum"}, (5, 23)),
        figure("conduct-ladder:total", "2", formula("total(events(left-post), twelve-months)"), (24,), clause="7"),
        figure("conduct-ladder", "yes", {"kind": "rung", "least": "2", "below": None}, (21, 25), clause="7"),
        figure("team-bonus:when", "yes", formula("grade == sound"), (10,), clause="4"),
        figure("team-bonus", "400.00", {"kind": "where", "inner": formula("bonus")}, (27, 11), clause="4"),
        figure("pot", "466.67", formula("part"), (17,), clause="5"),
    ]
    lines = [
        {"id": "team-bonus", "clause": "4", "amount": "400.00", "figure": 28},
        {"id": "pot", "clause": "5", "amount": "466.67", "figure": 29},
    ]
    results: list[Document] = [
        {"id": "bonus", "value": "400.00", "unit": "CNY", "grade": None, "every": None, "final": True, "clause": "4"},
        {"id": "part", "value": "466.67", "unit": "CNY", "grade": None, "every": None, "final": True, "clause": "5"},
        {
            "id": "year_score",
            "value": "63.0",
            "unit": "points",
            "grade": "fair",
            "every": "year",
            "final": False,
            "clause": "6",
        },
    ]
    return _agent(
        agent,
        name,
        assessed=True,
        score=score,
        grade="sound",
        rank=1,
        not_assessed=None,
        pay={"gross": "866.67", "deductions": "0.00", "total": "866.67", "lines": lines},
        items=[
            {"id": "answering", "points": "80", "of": "100", "figure": 3},
            {"id": "conduct", "points": "0", "of": "20", "figure": 8},
        ],
        inputs=[
            {"id": "calls", "value": "60", "unit": "calls", "figure": 0},
            {"id": "pool", "value": "1000.00", "unit": "CNY", "figure": 12},
        ],
        results=[{**each, "figure": at} for each, at in zip(results, (11, 17, 20), strict=True)],
        figures=figures,
        score_figure=9,
        **rest,
    )


def _month(month: str, version: str, *agents: Document) -> Document:
    gross = f"{sum(float(agent['pay']['gross']) for agent in agents):.2f}"
    return {
        "schema": "kpigen/month/v1",
        "department": DESK,
        "month": month,
        "status": "draft",
        "policy": {"id": POLICY, "version": version},
        "agents": list(agents),
        "totals": {"gross": gross, "deductions": "0.00", "total": gross},
        "appeals": [],
    }


def _months() -> dict[str, Document]:
    wait = {"id": "talk", "month": "2026-06", "due": "2026-07-30", "overdue": True}
    place = f"records/{DESK}/2026-09/scores/front.yaml:8"
    rule: Document = {
        "not_assessed": {"rule": "enough-shifts", "clause": "8", "figure": 2, "at": f"{place}:3"},
        "figures": [
            figure("shifts", "9", at=f"{place}:20", clause="8"),
            figure("least_shifts", "20", at="policy/weighing/2026-07.yaml:5:3", clause="8"),
            figure("enough-shifts", "no", formula("shifts >= least_shifts"), (0, 1), clause="8"),
        ],
    }
    event = {"event": "E-2026-09-001", "kind": "left-post", "on": "2026-09-11", "amount": None, "note": None}
    raised = [
        {"id": "talk", "clause": "7", "figure": 26, "ladder": "conduct-ladder", "due": "2026-10-30"},
        {"id": "plan", "clause": "7", "figure": 27, "lapses": "2027-03-31"},
    ]
    waiting = [wait, {"id": "talk", "month": "2026-09", "due": "2026-10-30", "overdue": False}]
    settled = [{"id": "talk", "month": "2026-06", "due": "2026-07-30", "overdue": True, "settled": "2026-09-02"}]
    won = [{"id": "favourite", "clause": "6", "amount": "0.00", "rank": 1}]
    return {
        "2026-06": _month("2026-06", "2026-01", _assessed("D001", ANNA, "2026-06", "70.0")),
        "2026-08": _month("2026-08", "2026-07", _agent("D001", ANNA), _agent("D002", BO), _agent("D003", CHEN)),
        "2026-09": _month(
            "2026-09",
            "2026-07",
            _assessed("D001", ANNA, "2026-09", "56.0", open_actions=waiting, actions=raised, awards=won),
            _agent("D002", BO, employment="temporary", **rule),
            _assessed(
                "D003",
                CHEN,
                "2026-09",
                "56.0",
                role="leader",
                open_actions=waiting[1:],
                settled_actions=settled,
                actions=raised,
                awards=won,
                events=[{**event, "at": f"records/{DESK}/2026-09/events/E-2026-09-001.yaml:4:7"}],
            ),
        ),
        "2026-10": _month("2026-10", "2026-07", _agent("D001", ANNA, open_actions=waiting)),
    }


def _policy(version: str, *, newer: bool) -> Document:
    texts = {
        "1.1": ("接听 70%。", "Answering weighs 70%.") if newer else ("接听 60%。", "Answering weighs 60%."),
        "2.1": ("态度由班组长评。", "Manner is rated by the supervisor."),
        "2.2": ("离岗者态度记 0 分。", "Whoever left the post has 0 for conduct."),
        "3": ("总分 100 分。", "The score has 100 points."),
        "4": ("按等级发奖金。", "A bonus by grade."),
        "5": ("班组奖金按得分分。", "The team's pool is shared by score."),
        "6": ("年末看全年平均。", "The year counts by its mean."),
        "7": ("十二个月内累计。", "Counted over twelve months."),
        "8": ("满 20 班才考核。", "Assessed from 20 shifts on.") if newer else ("满 15 班。", "From 15 shifts on."),
        "9": ("每季度末回访。", "A survey after every quarter."),
        **({} if newer else {"10": ("暂行一年。", "On trial for one year.")}),
    }
    return {
        "schema": "kpigen/policy/v1",
        "policy": POLICY,
        "version": version,
        "title": both("加权考核", "Weighed assessment"),
        "adopted": {"on": "2025-12-20", "by": "general-manager", "consulted": None, "published": None},
        "currency": "CNY",
        "assess": {"every": "quarter", "opens": 5, "closes": 10, "clause": "3"},
        "appeals": {"within_days": 5, "clause": "3"},
        "clauses": [{"clause": clause, "text": both(*text), "interpretation": None} for clause, text in texts.items()],
        "parameters": [
            {
                "id": "least_shifts",
                "name": both("最少班次", "Least shifts"),
                "value": "20" if newer else "15",
                "unit": "shifts",
                "clause": "8",
            }
        ],
        "inputs": [
            _input("calls", "count", both("来电", "Calls"), "1.1", unit="calls"),
            _input("answered", "count", both("接听", "Answered"), "1.1", unit="calls"),
            _input("shifts", "count", both("班次", "Shifts"), "8", unit="shifts"),
            _input("manner", "rating", both("态度评语", "Manner as rated"), "2.1", words=["poor", "good"]),
            _input("pool", "amount", both("班组奖金池", "The team's pool"), "5", unit="CNY", stated="team"),
        ],
        "measures": [
            {
                **_named("rate", both("接听率", "Answer rate"), "1.1"),
                "way": "is",
                "is": "answered / calls * 100",
                "unit": "%",
                "round": {"to": "0.01", "mode": "half-up"},
            }
        ],
        "items": [
            {
                **_named("answering", both("接听", "Answering"), "1.1"),
                "points": "100",
                "conversion": "bands",
                "weight": "7/10" if newer else "3/5",
                "of": "rate",
                "bands": [["0", "0"], ["80", "80"], ["95", "100"]],
            },
            {
                **_named("conduct", both("态度", "Conduct"), "2.1"),
                "points": "20",
                "conversion": "ratings",
                "weight": "3/10" if newer else "2/5",
                "of": "manner",
                "ratings": [["poor", "5"], ["good", "20"]],
                "roles": ["agent"],
                "zero_when": "events(left-post) > 0",
            },
        ],
        "score": {"sum": "weights", "of": "100", "round": {"to": "0.1", "mode": "half-up"}, "clause": "3"},
        "employment": [
            _named("full-time", both("全职", "Full-time"), "8"),
            _named("temporary", both("临时", "Temporary"), "8"),
        ],
        "roles": [_named("agent", both("客服", "Agent"), "2.1"), _named("leader", both("组长", "Leader"), "2.1")],
        "eligible": [
            {**_named("enough-shifts", both("班次不足", "Too few shifts"), "8"), "when": "shifts >= least_shifts"}
        ],
        "grades": [
            {**_named("weak", both("较弱", "Weak"), "3"), "from": "0"},
            {**_named("sound", both("合格", "Sound"), "3"), "from": "50"},
        ],
        "results": [
            {
                **_named("bonus", both("奖金", "Bonus"), "4"),
                "way": "words",
                "of": "grade",
                "values": [["weak", "0"], ["sound", "400"]],
                "unit": "CNY",
            },
            {
                **_named("part", both("班组奖金份额", "Part of the pool"), "5"),
                "way": "pot",
                "pot": "pool",
                "by": "score",
                "among": "grade >= sound",
                "within": "team",
                "unit": "CNY",
            },
            {
                **_named("year_score", both("全年得分", "Score of the year"), "6"),
                "way": "is",
                "is": "mean(score, year)",
                "unit": "points",
                "every": "year",
                "grades": [
                    {**_named("poor", both("差", "Poor"), "6"), "from": "0"},
                    {**_named("fair", both("中", "Fair"), "6"), "from": "60"},
                ],
            },
        ],
        "pay": [
            {**_named("team-bonus", both("奖金", "Bonus"), "4"), "when": "grade == sound", "amount": "bonus"},
            {**_named("pot", both("班组奖金", "Pool"), "5"), "amount": "part", "every": "quarter"},
        ],
        "awards": [
            {
                **_named("favourite", both("最受欢迎", "Favourite"), "6"),
                "places": 1,
                "by": "year_score",
                "among": "count(grade == sound, year) >= 2 and year_score_grade == fair",
                "within": "team",
                "of": "agents",
                "ties": "split",
                "amount": "0",
            }
        ],
        "actions": [
            {**_named("talk", both("谈话", "Talk"), "7"), "due_days": 30, "settled_by": ["talked"]},
            {
                **_named("plan", both("改进计划", "Plan"), "7"),
                "when": "streak(score < 60) >= 2 or applicable(previous(score)) and score < previous(score)",
                "every": "half-year",
                "lapses_months": 6,
            },
        ],
        "ladders": [
            {
                **_named("conduct-ladder", both("纪律阶梯", "Conduct"), "7"),
                "counts": "events(left-post)",
                "within": "twelve-months",
                "steps": [{"from": "2", "action": "talk"}],
            }
        ],
        "events": [
            {**_named("left-post", both("离岗", "Left the post"), "2.2"), "unit": None},
            {**_named("talked", both("已谈话", "Talked"), "7"), "unit": None},
        ],
        "complaints": {
            "decide_days": 7,
            "follow_up_days": 10,
            "clause": "9",
            "categories": [{"id": "tone", "name": both("语气", "Tone")}],
            "severities": [{"id": "minor", "name": both("轻微", "Minor")}],
        },
        "procedure": {"propose": "supervisor", "review": "reviewer", "review_days": 5, "clause": "7"},
        "duties": [
            {
                **_named("survey", both("回访调查", "Survey"), "9"),
                "every": "quarter",
                "by": "reviewer" if newer else "supervisor",
                "due_days": 10,
            }
        ],
        "left_to_people": [{"clause": "2.1", "why": both("态度由人判断。", "Manner is judged by people.")}],
        "examples": [],
        "remarks": [
            {
                "rule": "law-example",
                "message": both("请核对。", "Check this."),
                "clause": "8",
                "id": "enough-shifts",
                "reason": both("已经核对。", "It was checked."),
            },
            {"rule": "of-the-whole", "message": both("没有试用期。", "No trial."), "clause": None, "reason": None},
        ],
    }


def _named(id_: str, name: Document, clause: str) -> Document:
    return {"id": id_, "name": name, "clause": clause}


def _input(id_: str, kind: str, name: Document, clause: str, **rest: object) -> Document:
    return {**_named(id_, name, clause), "kind": kind, "points": None, "unit": None, "stated": None, **rest}


def desk() -> Document:
    """Return the department as the index has it."""
    survey = {"duty": "survey", "name": both("回访调查", "Survey"), "clause": "9"}
    return {
        "department": DESK,
        "name": both("前台客服部", "Front desk"),
        "publish": {"names": "full", "pay": "full"},
        "teams": [{"team": "front", "name": both("前台组", "Front team"), "supervisor": "li.na"}],
        "reviewers": ["wu.tong"],
        "months": [
            {"month": month, "status": document["status"], "policy": document["policy"]}
            for month, document in _months().items()
        ],
        "duties": [
            {
                **survey,
                "period": "2025-12",
                "due": "2026-01-10",
                "done": {"on": "2026-01-12", "by": "wu.tong", "note": "<b>60</b> replies"},
                "overdue": False,
            },
            {
                **survey,
                "period": "2026-03",
                "due": "2026-04-10",
                "done": {"on": "2026-04-08", "by": "wu.tong", "note": None},
                "overdue": False,
            },
            {**survey, "period": "2026-06", "due": "2026-07-10", "done": None, "overdue": True},
            {**survey, "period": "2026-09", "due": "2026-11-10", "done": None, "overdue": False},
        ],
        "agents": [
            {"agent": "D001", "name": ANNA, "team": "front", "joined": "2025-01-01", "left": None},
            {"agent": "D002", "name": BO, "team": "front", "joined": "2026-07-01", "left": "2026-09-30"},
            {"agent": "D003", "name": CHEN, "team": "front", "joined": "2026-07-01", "left": "2026-09-30"},
        ],
    }


def documents() -> dict[str, Document]:
    """Return the department's months and the versions of its policy, by path."""
    return {
        f"policy/{POLICY}/2026-01.json": _policy("2026-01", newer=False),
        f"policy/{POLICY}/2026-07.json": _policy("2026-07", newer=True),
        **{f"{DESK}/{month}.json": document for month, document in _months().items()},
    }


def versions() -> list[Document]:
    """Return the policy's versions as the index has them."""
    title = both("加权考核", "Weighed assessment")
    return [{"id": POLICY, "version": version, "title": title} for version in ("2026-01", "2026-07")]
