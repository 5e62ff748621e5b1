"""Laws that hold for every month of every department."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpigen import ledger
from kpigen.figure import Figure, replay
from kpigen.ledger import keep
from tests.engine.mini import BASE, POLICY, Documents, Files
from tests.property.replayer import Replayer, read
from tests.property.strategies import repositories, sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from kpigen.engine import Statement

FEWER = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def kept(files: dict[str, str]) -> dict[str, bytes]:
    """The documents of a repository in which nothing is wrong."""
    sink = Documents()
    found = keep(Files(files), sink=sink)
    assert [(each.rule.id, str(each.place)) for each in found.findings] == []
    return sink.written


def months_of(documents: dict[str, bytes]) -> list[dict[str, Any]]:
    return [json.loads(document) for path, document in sorted(documents.items()) if re.search(r"shop/\d{4}-\d\d", path)]


def policy_of(documents: dict[str, bytes]) -> dict[str, Any]:
    return json.loads(documents["v1/policy/mini/2025-01.json"])  # type: ignore[no-any-return]


def by_agent(months: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for month in months:
        for agent in month["agents"]:
            found.setdefault(agent["agent"], []).append(agent | {"month": month["month"]})
    return found


@FEWER
@given(repositories())
def test_totals_are_the_sums_of_what_is_printed(files: dict[str, str]) -> None:
    for month in months_of(kept(files)):
        for agent in month["agents"]:
            pay = {name: Decimal(agent["pay"][name]) for name in ("gross", "deductions", "total")}
            amounts = [Decimal(line["amount"]) for line in agent["pay"]["lines"]]
            assert pay["gross"] == sum(amount for amount in amounts if amount > 0)
            assert pay["deductions"] == -sum(amount for amount in amounts if amount < 0)
            assert pay["total"] == pay["gross"] - pay["deductions"] == sum(amounts)
            assert Decimal(0) not in amounts
            awards = {award["id"]: award["amount"] for award in agent["awards"]}
            lines = {line["id"]: line["amount"] for line in agent["pay"]["lines"]}
            assert awards.items() <= lines.items()
        for name, total in month["totals"].items():
            assert Decimal(total) == sum(Decimal(agent["pay"][name]) for agent in month["agents"])


@FEWER
@given(repositories())
def test_every_published_figure_replays_from_the_document(files: dict[str, str]) -> None:
    documents = kept(files)
    policy = policy_of(documents)
    for month in months_of(documents):
        for agent in month["agents"]:
            figures = agent["figures"]
            replayed = Replayer(policy, figures).values
            assert replayed == [read(row["value"]) for row in figures]
            for line in agent["pay"]["lines"]:
                assert replayed[line["figure"]] == read(line["amount"])
            for item in agent["items"]:
                assert replayed[item["figure"]] == read(item["points"])
            assert replayed[agent["next_tier_figure"]] == agent["next_tier"]
            if agent["score_figure"] is not None:
                assert replayed[agent["score_figure"]] == read(agent["score"])
            assert all(index < number for number, row in enumerate(figures) for index in row["of"])


UNROUNDED = BASE[POLICY].replace('unit: "%", round: {to: 0.01, mode: half-up}', 'unit: "%"')


@FEWER
@given(repositories(), st.booleans())
def test_every_figure_replays_from_its_leaves(files: dict[str, str], unrounded: bool) -> None:  # noqa: FBT001
    files = files | ({POLICY: UNROUNDED} if unrounded else {})
    figures: list[Figure] = []

    def collect(_roster: object, _records: object, _policy: object, statements: Iterable[Statement]) -> bytes:
        for statement in statements:
            card = statement.card
            figures.extend(
                (statement.gross, statement.deductions, statement.total, statement.next_tier, statement.tier)
            )
            figures.extend(line.figure for line in statement.lines)
            figures.extend(due.figure for due in statement.actions)
            figures.extend(statement.results)
            if card:
                made = (*card.measures, *card.items, card.score, card.grade, statement.rank)
                figures.extend(each for each in made if each is not None)
        return b"{}"

    with patch.object(ledger, "month_document", collect):
        kept(files)
    for figure in figures:
        for part in walk(figure):
            assert replay(part) == part.value


def walk(figure: Figure) -> Iterator[Figure]:
    """Yield the figure and everything it was made from, each once, inputs before what they make."""
    seen: set[int] = set()
    stack: list[tuple[Figure, bool]] = [(figure, False)]
    while stack:
        current, done = stack.pop()
        if done:
            yield current
        elif id(current) not in seen:
            seen.add(id(current))
            stack.append((current, True))
            stack.extend((part, False) for part in reversed(current.inputs))


def text_at(files: dict[str, str], place: str) -> str:
    path, line, column = place.rsplit(":", 2)
    return files[path].splitlines()[int(line) - 1][int(column) - 1 :]


@FEWER
@given(repositories())
def test_a_leaf_is_what_stands_at_its_place_and_every_clause_exists(files: dict[str, str]) -> None:
    documents = kept(files)
    clauses = {clause["clause"] for clause in policy_of(documents)["clauses"]}
    for month in months_of(documents):
        for agent in month["agents"]:
            for row in agent["figures"]:
                assert row["clause"] is None or row["clause"] in clauses
                if row["at"] is None:
                    continue
                text = text_at(files, row["at"])
                assert text
                if row["op"] is not None:
                    assert row["at"].startswith("policy/")
                elif re.search(r" \d{4}-\d\d$", row["name"]):
                    assert text.startswith("{"), "what an earlier month left has the place of its line"
                elif row["value"] is None and row["at"].startswith("policy/"):
                    assert row["name"] in {"answer_rate", "answering", "promptness"}
                else:
                    stated = re.match(r"[^,}\n]*", text)
                    assert stated
                    value = {None: "n/a"}.get(row["value"], row["value"])
                    assert stated[0] == (
                        {"C": "upheld", "E": "slip"}.get(row["name"][0], "yes")
                        if row["name"][1:2] == "-" and value == "yes"
                        else value
                    )
            records = [*agent["complaints"], *agent["events"]]
            assert all(
                text_at(files, each["at"]).split("\n")[0] == each.get("status", each.get("kind")) for each in records
            )


@FEWER
@given(repositories())
def test_there_is_one_tier_a_month_and_it_moves_by_a_listed_transition(files: dict[str, str]) -> None:
    documents = kept(files)
    policy = policy_of(documents)
    listed = {rule["id"]: rule for rule in policy["transitions"]}
    order = [tier["id"] for tier in policy["tiers"]]
    for agent, rows in by_agent(months_of(documents)).items():
        assert f"tier: {rows[0]['tier']}" in files[f"records/shop/agents/{agent}.yaml"]
        demoted: set[tuple[str, int]] = set()
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            assert after is None or after["tier"] == row["next_tier"]
            year, number = map(int, row["month"].split("-"))
            effect = (f"{year + number // 12}", number % 12 // 3)
            if row["transition"] is None:
                assert row["next_tier"] == row["tier"]
                continue
            rule = listed[row["transition"]["id"]]
            assert row["assessed"]
            assert row["tier"] in rule["from"]
            assert row["next_tier"] == rule["to"] != row["tier"]
            assert row["transition"]["clause"] == rule["clause"]
            if order.index(row["next_tier"]) > order.index(row["tier"]):
                assert effect not in demoted
            else:
                demoted.add(effect)


@FEWER
@given(repositories())
def test_deductions_keep_their_limits_and_what_is_owed_is_never_lost(files: dict[str, str]) -> None:
    for rows in by_agent(months_of(kept(files))).values():
        owed = Decimal(0)
        for row in rows:
            gross, deducted = (Decimal(row["pay"][name]) for name in ("gross", "deductions"))
            losses = sum((Decimal(each["amount"]) for each in row["events"] if each["kind"] == "loss"), Decimal(0))
            carried = sum(map(Decimal, row["carried"].values()), Decimal(0))
            assert deducted <= max(Decimal(0), min(gross * 20 / 100, gross - 1060))
            assert owed + losses == deducted + carried
            assert carried >= 0
            owed = carried


@FEWER
@given(repositories(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_nothing(files: dict[str, str], random: Random) -> None:
    one, other = Documents(), Documents()
    shuffled = Files(files)
    entries = list(shuffled.entries)
    random.shuffle(entries)
    shuffled.entries = tuple(entries)
    assert keep(Files(files), sink=one).findings == keep(shuffled, sink=other).findings
    assert list(one.written) == list(other.written)
    assert one.written == other.written


@FEWER
@given(repositories(), repositories(department="depot", letter="B"), st.data())
def test_changing_a_sheet_changes_only_what_depends_on_it(
    files: dict[str, str], others: dict[str, str], data: st.DataObject
) -> None:
    files = files | others
    before = kept(files)
    mine = [path for path in sheets_of(files) if path.startswith("records/shop/")]
    path = data.draw(st.sampled_from(mine))
    after = kept(
        files
        | {path: re.sub(r"full_attendance: \w+", "full_attendance: yes", files[path]).replace("care: 2", "care: 1")}
    )
    month = path.split("/")[2]
    changed = {name for name in before if before[name] != after[name]}
    assert all(name.startswith("v1/shop/") and name[8:15] >= month for name in changed)
    assert before.keys() == after.keys()


@FEWER
@given(repositories())
def test_ranks_count_everybody_assessed(files: dict[str, str]) -> None:
    for month in months_of(kept(files)):
        scores = [Decimal(agent["score"]) for agent in month["agents"] if agent["assessed"]]
        for agent in month["agents"]:
            if agent["assessed"]:
                assert agent["rank"] == 1 + sum(score > Decimal(agent["score"]) for score in scores)
            else:
                assert (agent["rank"], agent["score"], agent["awards"], agent["actions"]) == (None, None, [], [])
        assert [agent["agent"] for agent in month["agents"]] == sorted(agent["agent"] for agent in month["agents"])


@pytest.mark.parametrize(
    "name", ["{agent}", "{0.__class__}", "a{b}c", "<script>alert(1)</script>", "${{ x }}", "{{ x }}", "100%s"]
)
def test_a_name_with_braces_or_markup_is_a_name(name: str) -> None:
    path = "records/shop/agents/A001.yaml"
    files = BASE | {path: BASE[path].replace("name: 林晓", f'name: "{name}"')}
    agents = months_of(kept(files))[0]["agents"]
    assert agents[0]["name"] == {"zh": name, "en": name}


def test_the_same_bytes_every_time() -> None:
    assert kept(BASE) == kept(BASE)
    assert all(document.endswith(b"}\n") for document in kept(BASE).values())
    assert POLICY in BASE
