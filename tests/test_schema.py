"""The schemas: in step with the models, and of one mind with the reader on what is right and what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from kpigen.cli import main
from kpigen.layout import kind_of
from kpigen.policy import Version
from kpigen.reading.decode import decode
from kpigen.reading.nodes import Document, Node, Scalar, Table
from kpigen.reading.syntax import parse
from kpigen.records import KINDS
from kpigen.schema import DIALECT, SCHEMAS, schema_files

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path.relative_to(ROOT).as_posix() for top in ("records", "policy") for path in (ROOT / top).rglob("*.yaml")
)
VALIDATORS = {
    Path(path).stem: Draft202012Validator(json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for path, text in schema_files().items()
}

# What an editor makes of a scalar: YAML 1.2's core schema.
CORE = (
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), float),
)


def as_editors_see_it(node: Node) -> Any:  # noqa: ANN401 - JSON
    if isinstance(node, Table):
        return {str(key): as_editors_see_it(value) for key, value in node.items()}
    if not isinstance(node, Scalar):
        return [as_editors_see_it(each) for each in node]
    read = next((make for form, make in CORE if not node.quoted and form.fullmatch(node)), str)
    return read(node)


def document(path: str, text: str) -> Document:
    found, findings = parse(path, text.encode())
    assert found is not None
    assert not findings
    return found


def test_what_is_committed_is_what_the_models_say() -> None:
    assert {path: (ROOT / path).read_text(encoding="utf-8") for path in schema_files()} == schema_files()
    assert sorted(path.name for path in (ROOT / "schema").iterdir()) == sorted(f"{kind}.json" for kind in SCHEMAS)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_sound_and_says_what_it_is_of(kind: str) -> None:
    schema = json.loads(schema_files()[f"schema/{kind}.json"])
    Draft202012Validator.check_schema(schema)
    assert list(schema)[:3] == ["$schema", "title", "description"]
    assert (schema["$schema"], schema["title"]) == (DIALECT, kind)
    assert "`" not in json.dumps(schema)
    assert '"null"' not in json.dumps(schema)


def test_every_committed_file_is_valid() -> None:
    for path in FILES:
        seen = as_editors_see_it(document(path, (ROOT / path).read_text(encoding="utf-8")).root)
        errors = [f"{error.json_path}: {error.message}" for error in VALIDATORS[kind_of(path) or ""].iter_errors(seen)]
        assert not errors, path


def test_every_committed_file_points_at_its_schema() -> None:
    for path in FILES:
        first = (ROOT / path).read_text(encoding="utf-8").partition("\n")[0]
        target = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert target, path
        assert (ROOT / path).parent.joinpath(target[1]).resolve() == ROOT / "schema" / f"{kind_of(path)}.json"


# The examples of the contract

CONTRACT = {
    "department": """\
department: ecommerce
name: {zh: 电商客服部, en: E-commerce customer service}
policy:
  - {from: 2025-01, use: star-tier}          # exactly one policy governs a month; a gap or an overlap is a finding
teams:
  day: {name: {zh: 白班组, en: Day shift}, supervisor: wang.min}
reviewers: [zhao.lei]
""",
    "agent": """\
agent: A001
name: 林晓
joined: 2024-11-04
left: 2026-03-15                              # optional
history:
  - {from: 2024-11, team: day, tier: probation}   # the entry tier; later tiers are computed
  - {from: 2025-06, team: night}
""",
    "scores": """\
month: 2026-09
team: day
assessor: wang.min
assessed: 2026-10-06
agents:
  A001: {response: 14, resolution: 18.5, attitude: n/a, commission: 356.50, full_attendance: yes}
  A002: {not_assessed: long sick leave}
""",
    "complaint": """\
complaint: C-2026-09-003
agent: A007
received: 2026-09-14
channel: phone
category: attitude
severity: minor                               # optional, from the policy's list
summary: 等待时间过长且语气生硬                  # never a customer's name, number or order
status: upheld                                # open | upheld | dismissed
decided: {on: 2026-09-18, by: wang.min}
followed_up: 2026-09-20                        # optional
""",
    "event": """\
event: E-2026-09-001
agent: A003                                   # or team: day
kind: loss                                    # a kind that the policy declares: loss, nonconformance, …
on: 2026-09-12
amount: 86.00                                 # where the kind carries an amount
note: 发错赠品
proposed: wang.min
reviewed: zhao.lei
""",
    "appeal": """\
appeal: P-2026-10-001
agent: A005
about: {month: 2026-09, input: attitude}      # or a complaint, an event, an award, a transition
filed: 2026-10-09
grounds: …
status: upheld                                # open | upheld | rejected
decided: {on: 2026-10-12, by: zhao.lei}       # never the person who assessed it
outcome: …
""",
    "adjustment": """\
adjustment: J-2026-10-001
corrects: 2026-09
agent: A005
inputs: {attitude: 15}                        # restated inputs; never a total
reason: …
appeal: P-2026-10-001                         # optional
""",
}


@pytest.mark.parametrize("kind", CONTRACT)
def test_the_contract_s_examples_load_and_are_valid(kind: str) -> None:
    found = document("records/x.yaml", CONTRACT[kind])
    record, findings = decode(found, KINDS[kind])
    assert record is not None
    assert not findings
    assert not list(VALIDATORS[kind].iter_errors(as_editors_see_it(found.root)))


WRONG = [
    ("department", "reviewers: [zhao.lei]", "reviewers: zhao.lei"),
    ("department", "{from: 2025-01,", "{from: 2025-1,"),
    ("department", "supervisor: wang.min", "supervisor: Wang Min"),
    ("department", "zh: 电商客服部, en:", "zh: 电商客服部, fr:"),
    ("agent", "agent: A001", "agent: a001"),
    ("agent", "joined: 2024-11-04", "joined: 4 November"),
    ("agent", "joined: 2024-11-04", "joined: 2024-02-30"),
    ("agent", "tier: probation", "teir: probation"),
    ("agent", "left: 2026-03-15 ", "left: ''"),
    ("scores", "month: 2026-09", "month: 202609"),
    ("scores", "A002:", "B2:"),
    ("scores", "{not_assessed: long sick leave}", "[14, 18.5]"),
    ("scores", "team: day\n", ""),
    ("complaint", "status: upheld", "status: maybe"),
    ("complaint", "C-2026-09-003", "C-2026-13-003"),
    ("complaint", "summary: 等待时间过长且语气生硬", "summary: []"),
    ("complaint", "severity: minor", "gravity: minor"),
    ("event", "amount: 86.00", "amount: ¥86"),
    ("event", "agent: A003", "agent: [A003, A004]"),
    ("appeal", "input: attitude", "total: attitude"),
    ("appeal", "about: {month: 2026-09, input: attitude}", "about: attitude"),
    ("adjustment", "inputs: {attitude: 15}", "inputs: [15]"),
]


@pytest.mark.parametrize(("kind", "right", "wrong"), WRONG, ids=[f"{kind}: {wrong}" for kind, _, wrong in WRONG])
def test_what_is_wrong_is_wrong_to_both(kind: str, right: str, wrong: str) -> None:
    assert right in CONTRACT[kind]
    found = document("records/x.yaml", CONTRACT[kind].replace(right, wrong, 1))
    record, findings = decode(found, KINDS[kind])
    assert record is None
    assert findings
    assert list(VALIDATORS[kind].iter_errors(as_editors_see_it(found.root)))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("from: ordinary", "from: [ordinary, [x]]"),
        ("assess: {every: month", "assess: {every: week"),
        ("points: 15", "points: -1"),
        ("currency: CNY", "currency: CNY\nfoo: 1"),
        ("clauses:\n", "clauses:\n  three: {zh: 三, en: three}\n"),
        ("{flag: yes,", "{flag: maybe,"),
    ],
)
def test_a_wrong_policy_is_wrong_to_both(right: str, wrong: str) -> None:
    text = (ROOT / "policy/star-tier/2025-01.yaml").read_text(encoding="utf-8")
    assert right in text
    found = document("policy/star-tier/2025-01.yaml", text.replace(right, wrong, 1))
    assert decode(found, Version)[1]
    assert list(VALIDATORS["policy"].iter_errors(as_editors_see_it(found.root)))


def test_one_value_stands_for_a_list_of_one() -> None:
    schema = json.loads(schema_files()["schema/policy.json"])
    one, several = schema["$defs"]["Transition"]["properties"]["from"]["anyOf"]
    assert one["type"] == "string"
    assert several == {"type": "array", "items": one}


# The command


def run(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--lang", "en", "schema", *words, "--root", str(root)], catch_exceptions=False)
    return result.exit_code, result.output


def test_the_command_writes_what_differs_and_then_nothing(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    code, output = run(tmp_path, "--check")
    assert code == 1
    assert output.startswith("schema/department.json: out of date; run kpigen schema\n")
    assert not (tmp_path / "schema").exists()
    assert run(tmp_path)[0] == 0
    assert run(tmp_path, "--check") == (0, "11 schemas are up to date\n")
    event = tmp_path / "schema" / "event.json"
    event.write_bytes(event.read_bytes() + b"\n")
    (tmp_path / "schema" / "old.json").write_text("{}", encoding="utf-8")
    gone = "schema/old.json: no kind of file has this name; remove it\n"
    assert run(tmp_path, "--check") == (1, f"schema/event.json: out of date; run kpigen schema\n{gone}")
    assert run(tmp_path) == (1, f"schema/event.json: written\n{gone}")


def test_the_command_writes_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "in" / "records").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "schema").symlink_to(tmp_path / "out")
    code, output = run(tmp_path / "in")
    assert code == 2
    assert "is a link; files go into plain folders only" in output
    assert not list((tmp_path / "out").iterdir())
