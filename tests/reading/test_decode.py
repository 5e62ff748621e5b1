from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, field_validator, model_validator
from pydantic_core import ErrorType  # type: ignore[attr-defined] # is there, but not in its __all__

from kpigen.finding import Finding, Rule
from kpigen.month import Month
from kpigen.reading.decode import MAX_FINDINGS, Record, decode
from kpigen.reading.faults import Fault
from kpigen.reading.nodes import Document, Scalar, Series, Table
from kpigen.reading.scalars import Day, Flag, LabelField, MonthField, Number, Raw, Slug, refuse
from kpigen.reading.syntax import parse
from kpigen.reading.wording import fault_of
from kpigen.text import Label, Lang, say
from tests.reading.sample import Amount, Decided, Points, Sample

HEAD = "complaint: C-2026-09-003\nname: 林晓\n"


def read(text: str, model: type[BaseModel] = Sample) -> tuple[Any, tuple[Finding, ...]]:
    document, findings = parse("x.yaml", text.encode())
    assert not findings
    assert document is not None
    return decode(document, model)


def said(text: str, model: type[BaseModel] = Sample) -> list[str]:
    record, findings = read(text, model)
    assert record is None
    return [f"{f.place.line}:{f.place.column} {f.rule.id}: {f.message.said(Lang.EN)}" for f in findings]


def test_a_good_record() -> None:
    record, findings = read(
        HEAD
        + "agent: 'A001'\nfrom: 2026-09\nscore: \"91.50\"\nwhen: score < 70\nflags: [yes, no]\n"
        + "decided: {on: 2026-09-18, by: wang.min}\nstory: |\n  一\n  二\n"
        + "inputs: {b: {points: 15}, a: {amount: CNY}}\nagents: {A002: {x: n/a}, A001: {}}\n"
    )
    assert not findings
    assert record.name == Label("林晓", "林晓")
    assert (record.agent, record.start, str(record.score)) == ("A001", Month(2026, 9), "91.50")
    assert (record.when.line, record.when.column, record.flags) == (6, 7, (True, False))
    assert record.decided == Decided(on=date(2026, 9, 18), by="wang.min")
    assert record.story == "一\n二"
    assert list(record.inputs.items()) == [("b", Points(points=Decimal(15))), ("a", Amount(amount="CNY"))]
    assert list(record.agents) == ["A002", "A001"]
    cell = record.agents["A002"]["x"]
    assert isinstance(cell, Scalar)
    assert (cell, cell.line) == ("n/a", 13)
    with pytest.raises(ValueError, match="frozen"):
        record.agent = "A002"


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert said("complaint: 1\nsumary: x\ndecided: {on: x}\nscores: [1, x]\n") == [
        "1:1 missing-key: The key “name” is missing from this file.",
        "1:12 id-form: “1” has not the form of this id.",
        "2:1 unknown-key: “sumary” is no key of this table.",
        "3:1 missing-key: The key “by” is missing from “decided”.",
        "3:15 date-form: “x” is no date.",
        "4:13 number-form: “x” is no number.",
    ]


def test_values_left_empty_are_reported_once_by_parsing() -> None:
    document, (finding,) = parse("x.yaml", (HEAD + "score:\n").encode())
    assert document is not None
    assert finding.rule.id == "empty-value"
    assert decode(document, Sample) == (None, ())


def test_keys_of_tables_are_placed_on_the_key() -> None:
    assert said(HEAD + "agents:\n  A1: {x: 1}\n") == ["4:3 id-form: “A1” has not the form of this id."]


def test_by_key() -> None:
    table = HEAD + "inputs:\n  a: "
    assert said(table + "{points: x}") == ["4:15 number-form: “x” is no number."]
    assert said(table + "{points: 1, amount: CNY}") == [
        "4:18 ambiguous-keys: “points” and “amount” exclude each other."
    ]
    assert said(table + "{amuont: CNY}") == ["4:7 unknown-key: “amuont” is no key of this table."]
    assert said(table + "x") == ["4:6 wrong-shape: “x” stands here, where a table is expected."]
    assert said(table + "{amount: EUR}")[0].startswith("4:15 unknown-word")
    assert said(table + "{x: 1}")[0].startswith("4:6 missing-key")
    assert Sample(complaint="C-2026-09-003", name=Label("x", "x"), inputs={"a": Points(points=Decimal(1))}).inputs


def test_labels() -> None:
    record, _ = read("complaint: C-2026-09-003\nname: {zh: 林晓, en: Lin Xiao}\n")
    assert record.name == Label("林晓", "Lin Xiao")
    assert said("complaint: C-2026-09-003\nname: {zh: [x], en: y}\n")[0].startswith("2:12 wrong-shape")
    assert said("complaint: C-2026-09-003\nname: {zh: 林晓, en: ''}\n")[0].startswith("2:20 missing-value")
    assert said("complaint: C-2026-09-003\nname: [x]\n")[0].startswith("2:7 wrong-shape")


class Colour(StrEnum):
    RED = "red"


class Cat(Record):
    kind: Literal["cat"]
    lives: Number


class Dog(Record):
    kind: Literal["dog"]


class Odd(BaseModel):
    """What colleagues may declare beyond the usual: each gets words of ours too."""

    colour: Colour = Colour.RED
    pet: Annotated[Cat | Dog, Field(discriminator="kind")] | None = None
    short: Annotated[str, Field(min_length=2, max_length=3, pattern="^[a-z]+$")] = "ab"
    few: Annotated[tuple[Slug, ...], Field(max_length=1)] = ()
    more: Annotated[Number, Field(gt=0, le=10, multiple_of=2)] = Decimal(2)
    less: Annotated[Number, Field(ge=0, lt=10)] = Decimal(2)
    table: Mapping[str, str] | None = None
    words: frozenset[str] = frozenset()
    own: str = ""
    either: int | Cat | None = None

    @field_validator("own")
    @classmethod
    def _own(cls, value: str) -> str:
        if value == "fault":
            raise refuse(Fault(Rule("own"), say("An own finding."), say("Do something.")))
        if value:
            raise ValueError("An English sentence")
        return value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("colour: rde", "1:9 unknown-word: “rde” is none of the words that can stand here."),
        ("colour: [red]", "1:9 wrong-shape: A list stands here, where one value is expected."),
        ("pet: {kind: dgo}", "1:6 unknown-word: “dgo” is none of the words that can stand here."),
        ("pet: {lives: 9}", "1:6 wrong-shape: The key that says what this table is (“kind”) is missing."),
        ("pet: {kind: cat, lives: x}", "1:25 number-form: “x” is no number."),
        ("pet: {kind: cat}", "1:1 missing-key: The key “lives” is missing from “pet”."),
        ("pet: {kind: dog, lives: 9}", "1:18 unknown-key: “lives” is no key of this table."),
        ("pet: x", "1:6 wrong-shape: “x” stands here, where a table is expected."),
        ("short: a", "1:8 unfit-value: “a” does not fit here."),
        ("short: abcd", "1:8 unfit-value: “abcd” does not fit here."),
        ("short: AB", "1:8 unfit-value: “AB” does not fit here."),
        ("short: {a: b}", "1:8 wrong-shape: A table stands here, where one value is expected."),
        ("few: [a, b]", "1:6 unfit-value: There are too many entries here: 2."),
        ("more: 0", "1:7 unfit-value: “0” does not fit here."),
        ("more: 12", "1:7 unfit-value: “12” does not fit here."),
        ("more: 3", "1:7 unfit-value: “3” does not fit here."),
        ("less: -1", "1:7 unfit-value: “-1” does not fit here."),
        ("less: 10", "1:7 unfit-value: “10” does not fit here."),
        ("table: [a]", "1:8 wrong-shape: A list stands here, where a table is expected."),
        ("words: a", "1:8 wrong-shape: “a” stands here, where a list is expected."),
        ("own: fault", "1:6 own: An own finding."),
        ("own: x", "1:6 unfit-value: “x” does not fit here."),
        ("either: x", "1:9 unfit-value: “x” does not fit here."),
    ],
)
def test_whatever_pydantic_finds_is_said_in_our_words(text: str, expected: str) -> None:
    assert expected in said(text, Odd)


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_no_error_type_shows_a_sentence_of_pydantic(kind: str) -> None:
    ctx = {
        "expected": "'a' or \"b\"", "expected_tags": "'a', 'b'", "tag": "c", "discriminator": "'kind'",
        "min_length": 2, "max_length": 0, "gt": 1, "ge": 1, "lt": 1, "le": 1, "multiple_of": 2,
    }  # fmt: skip
    for value in (Scalar("x"), Table(), Series(), 5):
        fault = fault_of({"type": kind, "loc": (), "msg": "PYDANTIC", "input": value, "ctx": ctx})
        for text in (fault.message, fault.hint):
            assert "PYDANTIC" not in text.said(Lang.EN)
        assert fault.message.said(Lang.EN) != fault.hint.said(Lang.EN)


def test_an_own_validator_may_point_into_its_table() -> None:
    class Stay(Record):
        start: MonthField = Field(alias="from")
        to: MonthField

        @model_validator(mode="after")
        def _ordered(self) -> Stay:
            if self.to < self.start:
                raise refuse(Fault(Rule("own"), say("It ends before it starts."), say("Change it.")), "to", key=True)
            return self

    assert said("from: 2026-09\nto: 2026-08\n", Stay) == ["2:1 own: It ends before it starts."]


def test_too_few_is_not_said_of_entries_that_are_wrong() -> None:
    assert said(HEAD + "people: [X]\n") == ["3:10 id-form: “X” has not the form of this id."]


@pytest.mark.parametrize(
    "text",
    [
        "agents:\n" + "".join(f"  A{n}: {{}}\n" for n in range(20_000)),
        "inputs:\n" + "".join(f"  a{n}: {{pints: 1, {'x' * 20}: 2}}\n" for n in range(5000)),
        "inputs:\n" + "".join(f"  a{n}: {{points: 1, mix: 2}}\n" for n in range(8000)),
        "".join(f"scor{n}: 1\n" for n in range(18_000)),
        "x" * 1000 + ": 1\nstatus: " + "opn" * 50_000,
        "inputs:\n  a: {" + ", ".join(f"pint{n}: 1" for n in range(18_000)) + "}\n",
    ],
    ids=range(6),
)
def test_hostile_records_end_soon_and_findings_are_bounded(text: str) -> None:
    start = time.process_time()
    assert 0 < len(said(HEAD + text)) <= MAX_FINDINGS
    assert time.process_time() - start < 4


@pytest.mark.parametrize("kind", [int, bool, float, Decimal, date])
def test_a_field_that_pydantic_would_read_itself_is_refused(kind: type) -> None:
    with pytest.raises(TypeError, match=r"use a type of kpigen\.reading\.scalars"):
        type("Bad", (Record,), {"__annotations__": {"field": kind}, "__module__": __name__})


def test_a_mutable_default_is_refused() -> None:
    with pytest.raises(TypeError, match="mutable"):
        type("Bad", (Record,), {"__annotations__": {"field": Mapping[str, str]}, "field": {}, "__module__": __name__})


def test_records_are_made_of_python_values_and_written_as_text() -> None:
    class Typed(Record):
        number: Number
        day: Day
        month: MonthField
        flag: Flag
        name: LabelField

    record = Typed(
        number=Decimal("1.50"), day=date(2026, 9, 1), month=Month(2026, 9), flag=True, name=Label("好", "good")
    )
    written = record.model_dump(mode="json")
    assert written == {
        "number": "1.50",
        "day": "2026-09-01",
        "month": "2026-09",
        "flag": "yes",
        "name": {"zh": "好", "en": "good"},
    }
    assert Typed.model_validate(written) == record
    for wrong in (None, 5, 1.5, object()):
        with pytest.raises(ValueError, match="fault"):
            Typed.model_validate(written | {"number": wrong})


def test_the_json_schema_says_the_same() -> None:
    schema = Sample.model_json_schema()
    assert schema["additionalProperties"] is False
    properties, slug = schema["properties"], "^(?:[a-z][a-z0-9.-]*)$"
    assert properties["complaint"]["pattern"] == "^(?:C-[0-9]{4}-(?:0[1-9]|1[0-2])-[0-9]{3,4})$"
    assert properties["from"]["anyOf"][0]["type"] == "string"
    assert {"$ref": "#/$defs/Points"} in properties["inputs"]["anyOf"][0]["patternProperties"][slug]["oneOf"]
    assert properties["name"]["anyOf"][1]["required"] == ["zh", "en"]
    cells = properties["agents"]["anyOf"][0]["patternProperties"]["^(?:[A-Z][0-9]{3,6})$"]
    assert cells["additionalProperties"]["type"] == ["string", "number", "boolean"]


_node: st.SearchStrategy[Any] = st.deferred(lambda: st.one_of(_scalar, _table, _series))
_scalar: st.SearchStrategy[Scalar] = st.sampled_from(
    ["x", "14", "yes", "2026-09", "2026-09-18", "A001", "wang.min", "", "n/a", "open"]
).map(lambda text: Scalar.at(text, 1, 1))
_key = st.sampled_from(
    [*Sample.model_fields, "from", "zh", "en", "on", "by", "points", "amount", "max", "A001", "a", "[key]", "<points>"]
).map(lambda text: Scalar.at(text, 1, 1))
_table: st.SearchStrategy[Table] = st.dictionaries(_key, _node, max_size=4).map(lambda entries: _placed(Table(entries)))
_series: st.SearchStrategy[Series] = st.lists(_node, max_size=3).map(lambda entries: _placed(Series(entries)))


def _placed(node: Any) -> Any:  # noqa: ANN401 - either collection
    node.line = node.column = 1
    return node


@given(_table)
def test_no_document_makes_it_fail(table: Table) -> None:
    record, findings = decode(Document("x.yaml", table), Sample)
    assert (record is None) or not findings
    for finding in findings:
        assert finding.message.said(Lang.EN)


def test_raw_takes_scalars_only() -> None:
    class Cells(Record):
        cells: tuple[Raw, ...]

    assert said("cells: [[a], {b: c}, d]\n", Cells) == [
        "1:9 wrong-shape: A list stands here, where one value is expected.",
        "1:14 wrong-shape: A table stands here, where one value is expected.",
    ]
