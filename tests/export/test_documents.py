"""The documents of a policy and of a month beyond the contract: what the pages are made of."""

from __future__ import annotations

from typing import Any

from tests.engine.mini import ABSENT, BASE, complaint, documents, event, month, scored, shop


def policy() -> dict[str, Any]:
    return documents(BASE)["v1/policy/mini/2025-01.json"]  # type: ignore[no-any-return]


def test_the_policy_has_all_its_parts() -> None:
    found = policy()
    assert list(found) == [
        "schema", "policy", "version", "title", "adopted", "currency", "assess", "appeals", "clauses", "parameters",
        "inputs", "events", "complaints", "measures", "items", "employment", "roles", "eligible", "score", "grades",
        "results", "tiers", "transitions", "moves", "pay", "awards", "actions", "ladders", "procedure", "duties",
        "left_to_people", "acknowledged", "remarks", "examples",
    ]  # fmt: skip
    assert found["adopted"] == {"on": "2024-12-20", "by": "general-manager", "consulted": None, "published": None}
    assert found["assess"] == {"every": "month", "opens": 5, "closes": 10, "clause": "1"}
    assert found["appeals"] is None
    assert found["parameters"] == [
        {
            "id": "minimum_wage",
            "name": {"zh": "最低工资", "en": "Minimum wage"},
            "value": "1060",
            "unit": "CNY",
            "clause": "4",
        }
    ]
    assert [(each["id"], each["kind"], each["points"], each["unit"]) for each in found["inputs"]] == [
        ("care", "points", "60", "points"),
        ("calls", "count", None, "calls"),
        ("answered", "count", None, "calls"),
        ("wait", "measure", None, "s"),
        ("commission", "amount", None, "CNY"),
        ("full_attendance", "flag", None, None),
    ]
    assert found["items"][0]["line"] == [["70", "0"], ["90", "25"]]
    assert found["items"][1]["bands"] == [["0", "15"], ["30", "9"], ["60", "0"]]
    assert found["moves"] == {"no_promotion_after_demotion": "quarter", "clause": "3"}
    assert found["transitions"][3] == {
        "id": "below-60",
        "from": ["middle", "senior"],
        "to": "junior",
        "when": "score < 60",
        "every": None,
        "clause": "3",
    }
    loss = found["pay"][4]
    assert {key: loss[key] for key in ("amount", "deduct", "at_most", "excess", "prorate", "unassessed")} == {
        "amount": None,
        "deduct": "amount(loss)",
        "at_most": ["gross * 20%", "gross - minimum_wage"],
        "excess": "carry",
        "prorate": None,
        "unassessed": True,
    }


def test_an_example_is_printed_as_it_was_written() -> None:
    (example,) = policy()["examples"]
    assert example["given"] == {
        "tier": "middle",
        "score": "80",
        "inputs": {"commission": "200", "full_attendance": "yes"},
    }
    assert example["expect"]["total"] == "1800"


def test_an_agent_month_explains_itself() -> None:
    more = (
        complaint("2025-01", severity="minor")
        | complaint("2025-01", 2, status="open", decided="")
        | event("2025-01", note="发错赠品")
    )
    row = month(shop({"A001": "middle"}, {"2025-01": {"A001": scored("85", "12.50", "yes")}}, more))["A001"]
    assert row["items"][0] == {"id": "care", "points": "45", "of": "60", "figure": row["items"][0]["figure"]}
    assert [(each["id"], each["value"], each["unit"]) for each in row["inputs"]] == [
        ("calls", "100", "calls"),
        ("answered", "90", "calls"),
        ("wait", "0", "s"),
        ("commission", "12.50", "CNY"),
        ("full_attendance", "yes", None),
    ]
    assert row["complaints"] == [
        {
            "complaint": "C-2025-01-001",
            "received": "2025-01-14",
            "category": "attitude",
            "severity": "minor",
            "status": "upheld",
            "decided": "2025-01-18",
            "at": "records/shop/2025-01/complaints/C-2025-01-001.yaml:7:9",
        },
        {
            "complaint": "C-2025-01-002",
            "received": "2025-01-14",
            "category": "attitude",
            "severity": None,
            "status": "open",
            "decided": None,
            "at": "records/shop/2025-01/complaints/C-2025-01-002.yaml:7:9",
        },
    ]
    (loss,) = row["events"]
    assert (loss["kind"], loss["amount"], loss["note"], loss["on"]) == ("loss", "86.00", "发错赠品", "2025-01-12")
    assert row["employed"] == {"from": "2025-01-01", "to": "2025-01-31", "days": 31, "of": 31}


def test_what_is_not_assessed_has_no_items() -> None:
    row = month(shop({"A001": "middle"}, {"2025-01": {"A001": ABSENT}}))["A001"]
    assert (row["items"], row["inputs"], row["score_figure"], row["actions"]) == ([], [], None, [])


def test_a_figure_stands_once_in_its_table() -> None:
    row = month(BASE)["A001"]
    rows = [str(figure) for figure in row["figures"]]
    assert len(rows) == len(set(rows))
    names = [figure["name"] for figure in row["figures"]]
    assert {"score", "tier", "care", "answering", "promptness", "answer_rate"} <= set(names)


def appeal(month: str, agent: str, number: int, about: str, decided: str = "") -> dict[str, str]:
    name = f"P-{month}-{number:03}"
    record = f"appeal: {name}\nagent: {agent}\nabout: {about}\nfiled: {month}-11\ngrounds: 重复登记\n{decided}"
    return {f"records/shop/{month}/appeals/{name}.yaml": record}


def test_an_appeal_stands_in_the_month_in_which_it_was_filed() -> None:
    decided = "status: rejected\ndecided: {on: 2025-02-13, by: zhao.lei}\noutcome: 维持\n"
    more = (
        appeal("2025-02", "A001", 2, "{month: 2025-01, input: care}", decided)
        | appeal("2025-02", "A001", 1, "{complaint: C-2025-01-001}", "status: open\n")
        | appeal("2025-02", "A002", 3, "{month: 2025-01, input: care}", "status: open\n")
        | complaint("2025-01")
    )
    lines = {"2025-01": {"A001": scored("85"), "A002": scored("85")}, "2025-02": {"A001": scored("85")}}
    files = shop({"A001": "middle", "A002": "middle"}, lines, more)
    path = "records/shop/agents/A002.yaml"
    files[path] = files[path].replace("history:", "left: 2025-01-31\nhistory:")
    assert all(row["appeals"] == [] for row in month(files).values())
    found = documents(files)["v1/shop/2025-02.json"]
    (row,) = found["agents"]
    assert row["appeals"] == [
        {
            "appeal": "P-2025-02-001",
            "filed": "2025-02-11",
            "about": {"complaint": "C-2025-01-001"},
            "status": "open",
            "decided": None,
            "decided_by": None,
            "outcome": None,
            "at": "records/shop/2025-02/appeals/P-2025-02-001.yaml:6:9",
        },
        {
            "appeal": "P-2025-02-002",
            "filed": "2025-02-11",
            "about": {"month": "2025-01", "input": "care"},
            "status": "rejected",
            "decided": "2025-02-13",
            "decided_by": "zhao.lei",
            "outcome": "维持",
            "at": "records/shop/2025-02/appeals/P-2025-02-002.yaml:6:9",
        },
    ]
    (of_a_leaver,) = found["appeals"]
    assert (of_a_leaver["agent"], of_a_leaver["appeal"]) == ("A002", "P-2025-02-003")
