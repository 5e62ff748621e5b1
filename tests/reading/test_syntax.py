from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kpigen.finding import Place
from kpigen.reading import syntax
from kpigen.reading.nodes import Document, Node, Scalar, Series, Table
from kpigen.reading.refusals import MAX_FINDINGS
from kpigen.reading.rows import lift
from kpigen.reading.syntax import parse
from kpigen.reading.trouble import UNREADABLE, explain

SHEET = b"""\
# \xe4\xb8\x80
month: 2026-09
team: "day"
agents:
  A001: {response: 14, resolution: 18.5, attitude: n/a}
  A002: {not_assessed: long sick leave}  # with a remark
  A003:
    - one
    - [two, {three: 3}]
note: |
  A004: {prose: yes}
"""


def located(node: Node) -> Any:  # noqa: ANN401 - a tree of tuples
    if isinstance(node, Table):
        return node.line, node.column, [(located(key), located(value)) for key, value in node.items()]
    if isinstance(node, Series):
        return node.line, node.column, [located(entry) for entry in node]
    return node.line, node.column, str(node)


def composed(node: yaml.Node) -> Any:  # noqa: ANN401 - a tree of tuples
    where = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.MappingNode):
        return *where, [(composed(key), composed(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return *where, [composed(entry) for entry in node.value]
    return *where, node.value


def agrees(text: str) -> None:
    document, findings = parse("x.yaml", text.encode())
    assert not findings
    assert document is not None
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is not None
    assert located(document.root) == composed(node)


def test_a_sheet_is_read_as_compose_reads_it() -> None:
    agrees(SHEET.decode())
    agrees(SHEET.decode().partition("note:")[0].replace('"', ""))


def test_scalars_know_their_place_and_quotes() -> None:
    document, _ = parse("records/x.yaml", SHEET)
    assert document is not None
    team = document.root[Scalar("team")]
    assert isinstance(team, Scalar)
    assert (team, team.line, team.column, team.quoted) == ("day", 3, 7, True)
    month = document.root[Scalar("month")]
    assert isinstance(month, Scalar)
    assert not month.quoted


@pytest.mark.parametrize(
    ("location", "key", "line", "column"),
    [
        ((), False, 2, 1),
        (("month",), False, 2, 8),
        (("month",), True, 2, 1),
        (("agents", "A001", "resolution"), False, 5, 36),
        (("agents", "A001", "resolution"), True, 5, 24),
        (("agents", "A003", 1, 1, "three"), False, 9, 21),
        (("agents", "A003", 5), False, 8, 5),
        (("agents", "A003", -1), False, 8, 5),
        (("agents", "nobody", "x"), False, 5, 3),
        (("agents", "nobody"), True, 4, 1),
    ],
)
def test_places_are_found_again(location: tuple[str | int, ...], key: bool, line: int, column: int) -> None:  # noqa: FBT001
    document, _ = parse("records/x.yaml", SHEET)
    assert document is not None
    assert document.place(location, key=key) == Place("records/x.yaml", line, column)


def test_the_first_of_two_keys_counts_and_both_are_named() -> None:
    document, (finding,) = parse("x.yaml", b"a: 1\nb: 2\na: 3\n")
    assert document is not None
    assert document.root == {"a": "1", "b": "2"}
    assert (finding.place.line, finding.related) == (3, (Place("x.yaml", 1, 1),))


def test_nothing_is_made_of_what_cannot_be_trusted() -> None:
    for text in ("a: &a 1\nb: *a\n", "<<: {a: 1}\n", "{[a]: 1}", "a: 1\n---\nb: 1\n", "{a： 1, b: 2}"):
        assert parse("x.yaml", text.encode())[0] is None, text


def test_a_quoted_empty_text_is_no_missing_value() -> None:
    document, findings = parse("x.yaml", b"a: ''\nb: [\"\"]\n")
    assert not findings
    assert document == Document("x.yaml", document.root if document else Table())


def test_findings_are_bounded() -> None:
    _, findings = parse("x.yaml", b"a: 1\n" * 1000)
    assert len(findings) == MAX_FINDINGS + 1


def test_whatever_else_the_parser_raises_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, text: str) -> None:
            self.text = text

        def get_event(self) -> None:
            raise yaml.YAMLError

    monkeypatch.setattr(syntax, "CParser", Broken)
    document, (finding,) = parse("x.yaml", b"a: 1")
    assert document is None
    assert finding.rule.id == "syntax"


@pytest.mark.parametrize(
    "text",
    [
        "note: |\n  A004: {prose: yes}\n",
        "note: >\n  A004: {prose: yes}\n\n  A005: {x: y}\n",
        "note: '\n  A004: {prose: yes}\n  '\n",
        'note: "\n  A004: {prose: yes}\n  "\n',
        "a: ok? yes\nb: what?\n",
        "a: 'it''s'\nb: \"x\\ty\"\n".replace("\\t", "\\x41"),
        "---\na: 1\n...\n",
        "a: >\n  folded\n  text\nb: |-\n  kept\n",
        "a: one\n  two\n",
        "{a: {b: c}}\n",
        "a:\n- {b: c}\n",
        "a: {b: c}\n",
        "a:\n  b: {c: d e, f: -1}\n  g: {h: -}\n",
        "a:\n  b: {c: d}\n  b2: {e: f}\n    \n",
        "x: [a,\n  b: {c: d}]\n",
        "x: {\n  b: {c: d}\n}\n",
        "? x\n: y\n".replace("? x\n:", "x:"),
        "a: << \nb: 'x # y'\n",
        "a: 第一，第二：三\n第三条（二）: x\n",
    ],
)
def test_good_documents_agree_with_compose(text: str) -> None:
    agrees(text)


# Documents made of pieces: most are good, many wrong in the ways that typing errors are.
_words = st.sampled_from(
    [
        "a",
        "b1",
        "A001",
        "-1",
        "0",
        "1.50",
        "n/a",
        "long sick leave",
        "好",
        "x-y",
        "--",
        "a.b",
        "+1",
        "好，吗：？",
        "x|y",
        "it's",
        "",
        "*",
        "&a",
        "!t",
        "#c",
        "[",
        "}",
        "<<",
        "'q'",
        '"d"',
        "？",
    ]
)
_names = st.sampled_from(["a", "b", "A001", "A002", "key-1", "3.2", "_x", "键", "-", "<<", "? a", "'q'"])
_flow = st.builds(
    lambda pairs, comma: "{" + comma.join(f"{k}: {v}" for k, v in pairs) + "}",
    st.lists(st.tuples(_names, _words), max_size=4),
    st.sampled_from([", ", ", ", ",    "]),
)
_line = st.builds(
    lambda indent, key, sep, value, end: " " * indent + key + sep + value + end,
    st.sampled_from([0, 0, 2, 2, 2, 4]),
    st.one_of(_names, st.just("- a")),
    st.sampled_from([": ", ": ", ": ", ":", " : ", "： "]),
    st.one_of(_flow, _flow, _words, st.just("|"), st.just("[a, b]")),
    st.sampled_from(["", "", "", " ", "  # c", ","]),
)
_texts = st.lists(_line, min_size=1, max_size=6).map(lambda lines: "\n".join(lines) + "\n")


@given(_texts)
def test_rows_read_ahead_change_nothing(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        ahead = parse("x.yaml", text.encode())
        patch.setattr(syntax, "lift", lambda text: (text, {}))
        plain = parse("x.yaml", text.encode())
    assert ahead == plain
    if ahead[0] is not None and plain[0] is not None:
        assert located(ahead[0].root) == located(plain[0].root)


@given(_texts)
def test_whatever_passes_agrees_with_compose(text: str) -> None:
    document, findings = parse("x.yaml", text.encode())
    if not findings:
        assert document is not None
        agrees(text)


@given(st.text("ab:{}[],\n -'\"|>?#&*!%，：｛ 1好\\", max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    document, findings = parse("x.yaml", text.encode())
    assert document is not None or findings
    if document is not None and not findings:
        agrees(text)


_plain = st.text("abcXYZ019._- 好坏", min_size=1, max_size=12)
_trees = st.recursive(
    _plain,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_plain, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(_plain, _trees, min_size=1, max_size=5), st.sampled_from([True, False, None]))
def test_generated_documents_agree_with_compose(tree: dict[str, object], style: bool | None) -> None:  # noqa: FBT001
    text = yaml.dump(tree, allow_unicode=True, default_flow_style=style, width=60)
    document, findings = parse("x.yaml", text.encode())
    if {finding.rule.id for finding in findings} & {"too-deep", "complex-key"}:
        return
    assert not findings
    agrees(text)
    assert document is not None


def test_rows_are_found() -> None:
    text, rows = lift("agents:\n  A001: {a: 1,   b: n/a}\n  A002: {a: 1, a: 2}\n  A003: {c: x y}\n")
    assert text == "agents:\n  A001: {}\n  A002: {a: 1, a: 2}\n  A003: {}\n"
    assert {line: dict(table) for line, table in rows.items()} == {2: {"a": "1", "b": "n/a"}, 4: {"c": "x y"}}


def test_errors_that_nothing_is_known_of_are_said_plainly() -> None:
    (nowhere,) = explain("x.yaml", "a", yaml.MarkedYAMLError())
    mark = yaml.Mark("", 0, 5, 0, "", 0)  # past the end, where libyaml never points
    (unknown,) = explain("x.yaml", "a", yaml.MarkedYAMLError(None, None, "some new problem", mark))
    assert nowhere.message == unknown.message == UNREADABLE[0]
    assert (nowhere.place, unknown.place) == (Place("x.yaml"), Place("x.yaml", 6, 1))
