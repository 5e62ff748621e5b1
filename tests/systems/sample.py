"""A system's sample: its policy as shipped, with a small department below `tests/systems/<slug>/records/`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kpigen.ledger import Ledger, keep
from tests.engine.mini import Documents, Files, files_of

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent

Agents = dict[str, dict[str, Any]]


def files(slug: str) -> dict[str, str]:
    """The policy's versions and the sample's records, by path."""
    policy = {f"policy/{slug}/{path}": text for path, text in files_of(ROOT / "policy" / slug).items()}
    records = {f"records/{path}": text for path, text in files_of(HERE / slug / "records").items()}
    return policy | records


@cache
def kept(slug: str) -> tuple[Ledger, dict[str, Any]]:
    """The findings of the sample, and every document by its path below ``v1/``."""
    sink = Documents()
    ledger = keep(Files(files(slug)), sink=sink)
    return ledger, {path.removeprefix("v1/"): json.loads(document) for path, document in sink.written.items()}


def month(slug: str, name: str) -> Agents:
    """The agents of a month of the sample's only department, by id; the sample has no errors."""
    ledger, documents = kept(slug)
    assert ledger.clean, [f"{found.place}: {found.message.template}" for found in ledger.findings]
    (document,) = (
        found for path, found in documents.items() if path.endswith(f"/{name}.json") and "policy/" not in path
    )
    return {agent["agent"]: agent for agent in document["agents"]}


def pay(agent: dict[str, Any]) -> dict[str, str]:
    """An agent's pay lines by id."""
    return {line["id"]: line["amount"] for line in agent["pay"]["lines"]}


def ids(listed: list[dict[str, Any]]) -> list[str]:
    """The ids of an agent's awards or actions."""
    return [each["id"] for each in listed]
