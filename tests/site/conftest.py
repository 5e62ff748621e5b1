"""Two small departments as published JSON, full of texts that try to become live, and one site built from them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpigen.site import build
from tests.site import corrected, quarterly

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent.parent
PAYLOAD = (
    "\"'></title><script>alert(3)</script><img src=x onerror=alert(3)>"
    "{{7*7}}[x](javascript:alert(3))*a*`c`<!--kpigen-title"
)
#: Texts that the record and policy formats leave free; everything else has a form that is checked before.
FREE = {
    "zh",
    "en",
    "reason",
    "note",
    "outcome",
    "summary",
    "supervisor",
    "severity",
    "category",
    "at",
    "name",
    "by",
    "unit",
    "when",
}
#: Every free text of the example holds this.
HOSTILE = (
    "</title><script>alert(1)</script>{{7*7}}{% raw %}[x](javascript:alert(1))*a*_b_`c`|d&amp;</p>"
    "<img src=x onerror=alert(1)>"
)
NAME = "<b>林晓</b>"

Document = dict[str, Any]


def both(zh: str, en: str) -> Document:
    return {"zh": zh, "en": en}


def figure(name: str, value: object, op: Document | None = None, of: tuple[int, ...] = (), **rest: object) -> Document:
    return {"name": name, "value": value, "clause": "7.1", "at": None, "op": op, "of": list(of), **rest}


def formula(text: str) -> Document:
    return {"kind": "formula", "text": text}


def agent_month(agent: str, month: str, score: str | None, tier: str, **rest: object) -> Document:
    """Return one agent's month; ``rest`` replaces what is different."""
    sheet = f"records/ecommerce/{month}/scores/day.yaml:6"
    commission = "356.50" if month == "2026-09" else "200.00"
    lines = [
        {"id": "base", "clause": "3.1", "amount": "1100.00", "figure": 4},
        {"id": "commission", "clause": "3.2", "amount": commission, "figure": 3},
        {"id": "loss", "clause": "4.1", "amount": "-86.00", "figure": 9},
    ]
    gross = "1456.50" if month == "2026-09" else "1300.00"
    total = "1370.50" if month == "2026-09" else "1214.00"
    score_op = {
        "kind": "rounded",
        "to": "0.1",
        "mode": "half-up",
        "inner": {"kind": "score", "most": ["60", "40"], "of": "100"},
    }
    return {
        "agent": agent,
        "team": "day",
        "assessed": score is not None,
        "score": score,
        "grade": "b" if score else None,
        "rank": 1 if score else None,
        "tier": tier,
        "next_tier": tier,
        "transition": None,
        "pay": {"gross": gross, "deductions": "86.00", "total": total, "lines": lines},
        "awards": [],
        "actions": [],
        "name": both(NAME, NAME) if agent == "A001" else both("王强", "Wang Qiang"),
        "not_assessed": None if score else {"reason": HOSTILE, "at": f"{sheet}:3"},
        "employed": {"from": f"{month}-01", "to": f"{month}-30", "days": 30, "of": 30},
        "items": [
            {"id": "response", "points": "55" if score else None, "of": "60", "figure": 0},
            {"id": "attitude", "points": None, "of": "40", "figure": 1},
        ],
        "inputs": [{"id": "commission", "value": commission, "unit": "CNY", "figure": 3}],
        "complaints": [],
        "events": [],
        "carried": {},
        "blocked": None,
        "outlook": {"tier": "star", "transition": "to-star", "clause": "3.3", "score": "95.0", "gap": "3.3"},
        "figures": [
            figure("response", "55", at=f"{sheet}:20"),
            figure("attitude", None, at=f"{sheet}:34"),
            figure("score", score, score_op, (0, 1), clause="7"),
            figure("commission", commission, at=f"{sheet}:48", clause="3.2"),
            figure("base", "1100.00", formula("1100 if tier >= ordinary and score >= 80 else 0"), (2,), clause="3.1"),
            figure("loss:due", "100.00", {"kind": "sum"}, clause="4.1"),
            figure("loss:limit", "220.0080", formula("gross * 20%"), clause="4.1"),
            figure("loss:limit", "86.0000", formula("gross - minimum_wage"), clause="4.1"),
            figure("score 2026-07", "85.0", at=f"{sheet}:1"),
            figure("loss", "-86.00", {"kind": "deducted"}, (5, 6, 7), clause="4.1"),
            figure("next_tier", tier, {"kind": "settle", "order": [], "targets": []}, (2, 8), clause="3.3"),
        ],
        "score_figure": 2 if score else None,
        "next_tier_figure": 10,
        **rest,
    }


def month_document(month: str, status: str, agents: list[Document], *appeals: Document) -> Document:
    return {
        "schema": "kpigen/month/v1",
        "department": "ecommerce",
        "month": month,
        "status": status,
        "policy": {"id": "star-tier", "version": "2025-01"},
        "agents": agents,
        "totals": {"gross": "2913.00", "deductions": "172.00", "total": "2741.00"},
        "appeals": appeals,
    }


def eventful(month: str) -> Document:
    """Return what fills every section of a page."""
    return {
        "next_tier": "star",
        "transition": {"id": "to-star", "clause": "3.3"},
        "awards": [{"id": "service-star", "clause": "5.1", "amount": "100.00", "rank": 1}],
        "actions": [{"id": "dismissal-review", "clause": "6.1.2", "figure": 4}],
        "complaints": [
            {
                "complaint": f"C-{month}-001",
                "received": f"{month}-14",
                "category": "attitude",
                "severity": HOSTILE,
                "status": "upheld",
                "decided": f"{month}-18",
                "at": f"records/ecommerce/{month}/complaints/C-{month}-001.yaml:1:1",
            }
        ],
        "events": [
            {
                "event": f"E-{month}-001",
                "kind": "loss",
                "on": f"{month}-12",
                "amount": "86.00",
                "note": HOSTILE,
                "at": f"records/ecommerce/{month}/events/E-{month}-001.yaml:1:1",
            }
        ],
        "appeals": [
            {
                "appeal": f"P-{month}-001",
                "filed": f"{month}-20",
                "about": {"month": "2026-08", "input": "response"},
                "status": "rejected",
                "decided": f"{month}-22",
                "outcome": HOSTILE,
                "at": f"records/ecommerce/{month}/appeals/P-{month}-001.yaml:6:9",
            }
        ],
        "carried": {"loss": "14.00"},
        "blocked": {"transition": "to-star", "demoted": ["2026-07"], "clause": "3.3"},
    }


def policy_document() -> Document:
    text = both(f"条文 {HOSTILE}\n# 第二段 {{: onclick=x }}", f"Text {HOSTILE}\n1. second line")
    named = both(f"名称{HOSTILE}", f"Name {HOSTILE}")
    return {
        "schema": "kpigen/policy/v1",
        "policy": "star-tier",
        "version": "2025-01",
        "title": both("客服考核制度", "Service assessment policy"),
        "adopted": {"on": "2024-12-20", "by": "general-manager", "consulted": "2024-12-05", "published": None},
        "currency": "CNY",
        "assess": {"every": "month", "opens": 5, "closes": 10, "clause": "7"},
        "appeals": {"within_days": 5, "clause": "7"},
        "clauses": [
            {"clause": number, "text": text, "interpretation": text if number == "3.2" else None}
            for number in ("3.1", "3.2", "3.3", "4.1", "5.1", "6.1.2", "7", "7.1")
        ],
        "parameters": [{"id": "minimum_wage", "name": named, "value": "1060", "unit": "CNY", "clause": "4.1"}],
        "inputs": [
            {
                "id": "response",
                "kind": "points",
                "name": both("响应", "Response"),
                "points": "60",
                "unit": "points",
                "clause": "7.1",
            },
            {"id": "attitude", "kind": "points", "name": named, "points": "40", "unit": "points", "clause": "7.1"},
            {
                "id": "commission",
                "kind": "amount",
                "name": both("提成", "Commission"),
                "points": None,
                "unit": "CNY",
                "clause": "3.2",
            },
            {
                "id": "full",
                "kind": "flag",
                "name": both("全勤", "Full attendance"),
                "points": None,
                "unit": None,
                "clause": "3.2",
            },
            {
                "id": "calls",
                "kind": "count",
                "name": both("通话", "Calls"),
                "points": None,
                "unit": "calls",
                "clause": "7.1",
            },
            {
                "id": "speed",
                "kind": "measure",
                "name": both("速度", "Speed"),
                "points": None,
                "unit": "s",
                "clause": "7.1",
            },
        ],
        "measures": [
            {"id": "rate", "name": both("比率", "Rate"), "is": "calls / 2 * 100", "unit": "%", "clause": "7.1"}
        ],
        "items": [
            {
                "id": "pace",
                "name": both("节奏", "Pace"),
                "points": "20",
                "of": "speed",
                "line": [],
                "bands": [["0", "20"], ["60", "0"]],
                "clause": "7.1",
            },
            {
                "id": "share",
                "name": both("份额", "Share"),
                "points": "30",
                "of": "rate",
                "line": [["70", "0"], ["90", "30"]],
                "bands": [],
                "clause": "7.1",
            },
        ],
        "score": {"of": "100", "round": {"to": "0.1", "mode": "half-up"}, "clause": "7"},
        "grades": [{"id": "b", "from": "0", "name": both("合格", "Pass"), "clause": "7"}],
        "tiers": [
            {"id": "ordinary", "name": both("普通", "Ordinary"), "clause": "3.1"},
            {"id": "star", "name": both("一星级", "One star"), "clause": "3.3"},
        ],
        "transitions": [
            {"id": "to-star", "from": ["ordinary"], "to": "star", "when": "score >= 95", "clause": "3.3"},
            {"id": "below", "from": ["star"], "to": "ordinary", "when": "score < 80", "clause": "3.3"},
        ],
        "moves": {"no_promotion_after_demotion": "quarter", "clause": "3.3"},
        "pay": [
            {
                "id": "base",
                "name": both("基本工资", "Base pay"),
                "clause": "3.1",
                "when": None,
                "amount": "1100",
                "deduct": None,
                "at_most": [],
                "excess": None,
                "prorate": "calendar-days",
                "unassessed": True,
            },
            {
                "id": "commission",
                "name": both("提成", "Commission"),
                "clause": "3.2",
                "when": "tier >= ordinary and score >= 80",
                "amount": "commission",
                "deduct": None,
                "at_most": [],
                "excess": None,
                "prorate": None,
                "unassessed": False,
            },
            {
                "id": "loss",
                "name": both("赔偿", "Loss"),
                "clause": "4.1",
                "when": None,
                "amount": None,
                "deduct": "amount(loss)",
                "at_most": ["gross * 20%", "gross - minimum_wage"],
                "excess": "carry",
                "prorate": None,
                "unassessed": True,
            },
        ],
        "awards": [
            {
                "id": "service-star",
                "name": both("服务之星", "Service star"),
                "clause": "5.1",
                "rank": 1,
                "by": "score",
                "among": "upheld_complaints == 0 and events(loss) == 0",
                "amount": "100",
                "ties": "all",
            }
        ],
        "actions": [
            {
                "id": "dismissal-review",
                "name": both("辞退评审", "Dismissal review"),
                "clause": "6.1.2",
                "when": "streak(score < 70) >= 2",
            }
        ],
        "events": [{"id": "loss", "name": both("损失", "Loss"), "unit": "CNY", "clause": "4.1"}],
        "complaints": {"categories": [{"id": "attitude", "name": both("态度", "Attitude")}], "severities": []},
        "examples": [
            {
                "name": named,
                "clauses": ["3.2"],
                "given": {
                    "tier": "ordinary",
                    "score": "80",
                    "inputs": {"commission": "200", "full": "yes"},
                    "events": {"loss": ["500.00"]},
                    "before": [{"score": "65"}, {"not_assessed": HOSTILE}],
                    "carried": {"loss": "20.00"},
                    "month": "2025-03",
                },
                "expect": {
                    "next_tier": "ordinary",
                    "pay": {"base": "1100", "commission": "200"},
                    "awards": [],
                    "actions": ["dismissal-review"],
                    "transition": "none",
                },
            }
        ],
    }


def index_document() -> Document:
    policy = {"id": "star-tier", "version": "2025-01"}
    return {
        "schema": "kpigen/index/v1",
        "departments": [
            {
                "department": "ecommerce",
                "name": both("电商客服部", "E-commerce customer service"),
                "publish": {"names": "full", "pay": "full"},
                "teams": [{"team": "day", "name": both("白班组", "Day shift"), "supervisor": "wang.min"}],
                "reviewers": ["zhao.lei"],
                "months": [
                    {"month": "2026-08", "status": "closed", "policy": policy},
                    {"month": "2026-09", "status": "draft", "policy": policy},
                ],
                "agents": [
                    {"agent": "A001", "name": both(NAME, NAME), "team": "day", "joined": "2024-11-04", "left": None},
                    {
                        "agent": "A002",
                        "name": both("王强", "Wang Qiang"),
                        "team": "day",
                        "joined": "2025-01-01",
                        "left": "2026-09-30",
                    },
                    {
                        "agent": "A003",
                        "name": both("新人", "Newcomer"),
                        "team": "day",
                        "joined": "2026-10-01",
                        "left": None,
                    },
                ],
            },
            quarterly.desk(),
            corrected.office(),
        ],
        "policies": [
            {**policy, "title": both("客服考核制度", "Service assessment policy")},
            *quarterly.versions(),
        ],
    }


def write_example(data: Path) -> None:
    """Write the example's documents below ``data``, as the exporter does."""
    documents = {
        "index.json": index_document(),
        "policy/star-tier/2025-01.json": policy_document(),
        "ecommerce/2026-08.json": month_document(
            "2026-08",
            "closed",
            [
                agent_month("A001", "2026-08", "88.4", "ordinary"),
                agent_month("A002", "2026-08", "79.0", "star", next_tier="ordinary"),
            ],
        ),
        "ecommerce/2026-09.json": month_document(
            "2026-09",
            "draft",
            [
                agent_month("A001", "2026-09", "91.7", "ordinary", **eventful("2026-09")),
                agent_month("A002", "2026-09", None, "ordinary", next_tier="star", carried={"loss": "14.00"}),
            ],
            {
                "agent": "A002",
                "appeal": "P-2026-09-002",
                "filed": "2026-09-21",
                "about": {"complaint": "C-2026-08-001"},
                "status": "open",
                "decided": None,
                "outcome": None,
                "at": "records/ecommerce/2026-09/appeals/P-2026-09-002.yaml:6:9",
            },
        ),
    }
    for path, document in {**documents, **quarterly.documents(), **corrected.documents(HOSTILE)}.items():
        target = data / "v1" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


#: How long one worker waits for what another makes, in seconds.
PATIENCE = 120


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made once, by whichever worker of a run asks first; the others wait for it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    made, failed = folder / "made", folder / "failed"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + PATIENCE
        while not made.exists():
            assert not failed.exists(), f"another worker could not make {name}"
            assert time.monotonic() < until, f"no {name} within {PATIENCE} seconds"
            time.sleep(0.05)
    else:
        try:
            make(folder / "content")
        except BaseException:
            failed.touch()
            raise
        made.touch()
    return folder / "content"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the example's ``v1/``."""
    return shared(tmp_path_factory, "data", write_example)


@pytest.fixture(scope="session")
def site(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's site, built once."""
    return shared(tmp_path_factory, "site", lambda out: build(ROOT, data, out, lambda _: None))


def poisoned(value: object, key: str = "") -> object:
    """Return a document whose every free text is the payload."""
    if isinstance(value, dict):
        return {name: poisoned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, key) for inner in value]
    return PAYLOAD if isinstance(value, str) and key in FREE else value


@pytest.fixture(scope="session")
def poisoned_data(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with the payload in every free text."""

    def make(folder: Path) -> None:
        for path in data.rglob("*.json"):
            target = folder / path.relative_to(data)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(poisoned(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")

    return shared(tmp_path_factory, "poisoned-data", make)


@pytest.fixture(scope="session")
def poisoned_site(poisoned_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The poisoned example's site."""
    return shared(tmp_path_factory, "poisoned-site", lambda out: build(ROOT, poisoned_data, out, lambda _: None))
