"""Redaction: what is left of a document, worked out by hand; what the exporter may not add unasked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kpigen.publishing.documents import Publish
from kpigen.publishing.figures import CLOSED_OPERATIONS, OPEN_OPERATIONS
from kpigen.publishing.redaction import redacted_index, redacted_month
from tests.engine.mini import files_of
from tests.payroll.shop import computed
from tests.publishing.shop import FEBRUARY, JANUARY, MARCH, NAMES, PROSE, STATED, files

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests/systems"
USED = re.compile(r"use: ([a-z-]+)")
Document = dict[str, Any]


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    return computed(files("id", "hidden"))


def month(documents: dict[str, bytes], name: str, names: str, pay: str) -> Document:
    policy = documents["v1/policy/mini/2025-01.json"]
    found: Document = json.loads(redacted_month(documents[f"v1/shop/{name}.json"], policy, Publish(names, pay)))
    return found


def agents(documents: dict[str, bytes], name: str, names: str = "id", pay: str = "hidden") -> dict[str, Document]:
    return {each["agent"]: each for each in month(documents, name, names, pay)["agents"]}


def figures(agent: Document) -> dict[str, Document]:
    return {each["name"]: each for each in agent["figures"]}


def test_what_is_published_in_full_is_what_was_computed(documents: dict[str, bytes]) -> None:
    """A key that the exporter gains must be given a field: until then this fails, and the key is not published."""
    for name in (JANUARY, FEBRUARY, MARCH):
        assert month(documents, name, "full", "full") == json.loads(documents[f"v1/shop/{name}.json"])


@pytest.mark.parametrize("folder", sorted(path.parent for path in SAMPLES.glob("*/records")))
def test_no_key_of_any_policy_is_lost(folder: Path) -> None:
    found = files_of(folder)
    used = {each for path, text in found.items() if path.endswith("department.yaml") for each in USED.findall(text)}
    policies = files_of(ROOT / "policy")
    found |= {f"policy/{path}": text for path, text in policies.items() if path.partition("/")[0] in used}
    for path, document in computed(found).items():
        if path == "v1/index.json":
            index = json.loads(document)
            assert all(each["publish"] == {"names": "full", "pay": "full"} for each in index["departments"])
            assert json.loads(redacted_index(document)) == index
        elif not path.startswith("v1/policy/"):
            assert json.loads(redacted_month(document, b"", Publish("full", "full"))) == json.loads(document)


def test_a_key_without_a_field_is_not_published(documents: dict[str, bytes]) -> None:
    found = json.loads(documents[f"v1/shop/{JANUARY}.json"])
    found["agents"][0]["bank_account"] = "62220"
    found["agents"][0]["items"][0]["remark"] = "62220"
    policy = documents["v1/policy/mini/2025-01.json"]
    for publish in (Publish("full", "full"), Publish("id", "hidden")):
        assert b"62220" not in redacted_month(json.dumps(found).encode(), policy, publish)


def test_a_month_without_names_and_pay(documents: dict[str, bytes]) -> None:
    found = month(documents, FEBRUARY, "id", "hidden")
    assert (found["totals"], found["status"]) == (None, "draft")
    assert [each["reason"] for each in found["adjustments"]] == [None]
    first, second, third = found["agents"]
    assert [each["name"] for each in found["agents"]] == [{"zh": id_, "en": id_} for id_ in ("A001", "A002", "A008")]
    assert {each["pay"] for each in found["agents"]} == {None}
    assert "carried" not in first
    assert (first["score"], first["tier"], first["rank"]) == ("85.0", "middle", 2)
    assert [each["id"] for each in first["inputs"]] == ["calls", "answered", "wait"]
    assert [(each["id"], each["value"]) for each in first["results"]] == [("ease", "9")]
    assert [(each["kind"], each["amount"], each["note"]) for each in first["events"]] == [("slip", None, None)]
    assert [(each["status"], each["outcome"]) for each in first["appeals"]] == [("upheld", None)]
    assert second["not_assessed"] == {"reason": None, "at": second["not_assessed"]["at"]}
    assert third["awards"] == [{"id": "star", "clause": "5", "amount": None, "rank": 1}]


def test_a_correction_without_pay(documents: dict[str, bytes]) -> None:
    full = json.loads(documents[f"v1/shop/{FEBRUARY}.json"])["agents"][0]["corrections"][0]
    # 1111.11 more commission, of which the middle tier is paid 0.8
    assert (full["amount"], [each["name"] for each in full["inputs"]]) == ("888.89", ["commission"])
    (made,) = agents(documents, FEBRUARY)["A001"]["corrections"]
    assert (made["amount"], made["inputs"], made["adjustments"]) == (None, [], ["J-2025-02-001"])
    assert "lines" not in made
    assert made["score"] == {"before": "85.0", "after": "85.0"}


def test_figures_of_pay_alone_are_gone_and_money_below_others_is_a_name(documents: dict[str, bytes]) -> None:
    agent = agents(documents, FEBRUARY)["A001"]
    told = figures(agent)
    hidden = {name for name, each in told.items() if "hidden" in each}
    assert hidden == {"total(commission, quarter)", "team_total(commission)", "amount(loss)"} & set(told)
    assert {"total(commission, quarter)", "team_total(commission)"} <= hidden
    for name in hidden:
        assert {key: told[name][key] for key in ("value", "at", "op", "of")} == {
            "value": None, "at": None, "op": None, "of": [],
        }  # fmt: skip
    assert not {"gross", "base", "bonus", "commission", "third", "loss", "star"} & set(told)
    assert told["steady"]["value"] == "yes"
    assert [told[name]["value"] for name in ("A001", "A008", "team_mean(score)")] == ["85.0", "100.0", "92.5"]


def test_figures_refer_to_the_figures_that_are_left(documents: dict[str, bytes]) -> None:
    full = {each["agent"]: each for each in json.loads(documents[f"v1/shop/{FEBRUARY}.json"])["agents"]}
    for id_, agent in agents(documents, FEBRUARY).items():
        now, then = agent["figures"], full[id_]["figures"]
        for key in ("items", "inputs", "actions"):
            for one, other in zip(agent[key], (e for e in full[id_][key] if e["id"] != "commission"), strict=False):
                if one["id"] == other["id"]:
                    assert now[one["figure"]]["name"] == then[other["figure"]]["name"]
        assert now[agent["next_tier_figure"]]["name"] == "next_tier"
        for place, figure in enumerate(now):
            assert all(part < place for part in figure["of"])


def test_names_alone_leave_every_amount(documents: dict[str, bytes]) -> None:
    found = agents(documents, FEBRUARY, "id", "full")["A001"]
    full = json.loads(documents[f"v1/shop/{FEBRUARY}.json"])["agents"][0]
    assert found["pay"] == full["pay"]
    assert found["figures"] == full["figures"]
    assert found["name"] == {"zh": "A001", "en": "A001"}
    assert all(each["note"] is None for each in found["events"])


def test_sealed_pay_is_as_little_in_the_documents_as_hidden_pay(documents: dict[str, bytes]) -> None:
    assert month(documents, MARCH, "full", "sealed") == month(documents, MARCH, "full", "hidden")


def test_an_index_without_names(documents: dict[str, bytes]) -> None:
    (found,) = json.loads(redacted_index(documents["v1/index.json"]))["departments"]
    assert found["publish"] == {"names": "id", "pay": "hidden"}
    assert [each["name"]["zh"] for each in found["agents"]] == ["A001", "A002", "A008"]
    assert found["duties"][0]["done"] == {"on": "2025-04-10", "by": "wang.min", "note": None}


def test_no_stated_amount_name_or_prose_is_left(documents: dict[str, bytes]) -> None:
    policy = documents["v1/policy/mini/2025-01.json"]
    for name in (JANUARY, FEBRUARY, MARCH):
        text = redacted_month(documents[f"v1/shop/{name}.json"], policy, Publish("id", "hidden")).decode()
        assert not [each for each in (*STATED, *NAMES, *PROSE.values()) if each in text]


def test_every_operation_is_known_to_be_open_or_closed() -> None:
    kinds = {
        found[1]
        for path in (ROOT / "kpigen").rglob("*.py")
        for found in re.finditer(r'kind: ClassVar\[str\] = "([a-z-]+)"', path.read_text("utf-8"))
    }
    assert kinds == OPEN_OPERATIONS | CLOSED_OPERATIONS
    assert not OPEN_OPERATIONS & CLOSED_OPERATIONS
