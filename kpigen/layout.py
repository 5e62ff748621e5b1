"""Layout: how a record is written down, and a record written so again without a change of what it says.

A record's keys stand in the order of its model, a sheet's cells in columns, the line for editors at the top.
Nothing is printed from typed values: every scalar keeps the very characters that the file has for it, and
comments go with the line that they stand at or above. A policy is prose and keeps the layout of its author.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from yaml.cyaml import CParser  # type: ignore[attr-defined] # its stubs do not list it
from yaml.tokens import ScalarToken

from kpigen.finding import Finding, Place, Rule
from kpigen.month import Period
from kpigen.reading.decode import Record, decode
from kpigen.reading.hygiene import inspect
from kpigen.reading.nodes import Document, Scalar, Series, Table
from kpigen.reading.syntax import parse
from kpigen.records import KINDS
from kpigen.text import Label, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.reading.nodes import Node

__all__ = ["alike", "arrange", "kind_of", "quoted", "rearranged", "schema_line"]

LAYOUT: Final = Rule("layout")

_FOLDERS: Final = {
    "scores": "scores",
    "complaints": "complaint",
    "events": "event",
    "appeals": "appeal",
    "adjustments": "adjustment",
}
# What stands one entry a line; every other table and list of a record stands in one line.
_ENTRIES: Final = {
    "department": ("policy", "teams", "duties"),
    "agent": ("history",),
    "scores": ("agents",),
    "close": ("inputs", "agents"),
    "period-close": ("months", "agents"),
    "people": ("accounts",),
}
# Cells are at least so wide, so that one that becomes 9.5 or n/a does not move a whole column of the diff.
_CELL: Final = 4
_EDITORS = re.compile(r"#\s*yaml-language-server:")
# Text that YAML reads in one way only, inside braces too; what else there is goes into quotes.
_PLAIN = re.compile(
    "[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff](?:[0-9A-Za-z_./+%\u3400-\u4dbf\u4e00-\u9fff、。，；！？（）“”《》 -]*"
    "[0-9A-Za-z_./+%\u3400-\u4dbf\u4e00-\u9fff、。，；！？（）“”《》-])?|-?[0-9.]+"
)
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")


def kind_of(path: str) -> str | None:
    """Return what a path of the repository holds: ``policy`` or a kind of :data:`kpigen.records.KINDS`."""
    kind: str | None = None
    match path.split("/"):
        case ["policy", _, _]:
            kind = "policy"
        case ["records", "people.yaml"]:
            kind = "people"
        case ["records", _, "department.yaml"]:
            kind = "department"
        case ["records", _, "agents", _]:
            kind = "agent"
        case ["records", _, folder, "close.yaml"]:
            kind = "period-close" if Period.parse(folder) else "close"
        case ["records", _, _, folder, _]:
            kind = _FOLDERS.get(folder)
    return kind


def schema_line(path: str) -> str:
    """Return the first line of a file, by which an editor finds its schema."""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{kind_of(path)}.json"


def quoted(text: str) -> str:
    """Put a text into quotes, double ones unless it holds some; a line break becomes an escape."""
    if "\n" in text:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def rearranged(path: str, data: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """Lay a file out.

    Args:
        path: where it lies; tells what it is.
        data: its bytes, from anybody.

    Returns:
        The file's text as it should be; or None and the findings of a file that is left alone, because it
        cannot be read or cannot be laid out without changing what it says.
    """
    text, findings = inspect(path, data)
    if text is None:
        return None, findings
    document, findings = parse(path, data)
    kind = kind_of(path) or ""
    if document is not None and not findings and kind in KINDS:
        findings = decode(document, KINDS[kind])[1]
    if document is None or findings:
        return None, findings
    result = _tidied(path, text) if kind == "policy" else arrange(document, text)
    again, findings = parse(path, result.encode())
    if again is None or findings or not alike(document.root, again.root) or _comments(text) != _comments(result):
        message = say("This file cannot be laid out without changing what it says; it is left as it is.")
        return None, (Finding.of(LAYOUT, Place(path), message, say("Write long texts and comments more simply.")),)
    return result, ()


def _tidied(path: str, text: str) -> str:
    """Keep a layout by hand, but for the ends of lines, the end of the file, and the line for editors."""
    lines = [line.rstrip() for line in text.rstrip().split("\n")]
    rest = [line for line in lines if not _EDITORS.match(line)]
    return "\n".join((schema_line(path), *rest)).rstrip() + "\n"


def arrange(document: Document, text: str, remarks: Mapping[str, str] | None = None) -> str:
    """Write a record of one of the :data:`kpigen.records.KINDS` down.

    Args:
        document: the record; what stands at line 0 is new and written down afresh.
        text: what the document was read from, which has its comments and how its scalars are written.
        remarks: comments for new entries, by their keys.

    Returns:
        The text of the file.
    """
    return _Arranger(document, text, remarks or {}).run()


@dataclass(frozen=True, slots=True)
class _Note:
    """A comment, or an empty line (its text is empty); ``own`` tells that nothing stands before it in its line."""

    line: int
    text: str
    own: bool


@dataclass(slots=True, kw_only=True)
class _Entry:
    """An entry on a line of its own: lines ``first`` to ``last`` of the old text, and its notes."""

    first: int
    last: int
    lead: str
    value: str
    indent: str = ""
    above: list[str] = field(default_factory=list)
    beside: str = ""
    children: list[_Entry] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the new text."""
        for note in self.above:
            yield self.indent + note if note else ""
        line = f"{self.indent}{self.lead} {self.value}".rstrip()
        yield f"{line}  {self.beside}" if self.beside else line
        for child in self.children:
            yield from child.lines()


class _Arranger:
    """Writes one record."""

    def __init__(self, document: Document, text: str, remarks: Mapping[str, str]) -> None:
        self.path = document.path
        self.root = document.root
        self.kind = kind_of(document.path) or ""
        self.remarks = remarks
        self.raws, self.notes = _lexed(text)

    def run(self) -> str:
        """Write the whole file."""
        model = KINDS[self.kind]
        entries = {str(key): self._top(key, node, _fields(model).get(key)) for key, node in self.root.items()}
        head, tail = self._attach(list(entries.values()))
        order = {name: number for number, name in enumerate(_fields(model))}
        ordered = sorted(entries, key=lambda name: order.get(name, len(order)))
        body = [line for name in ordered for line in entries[name].lines()]
        lines: list[str] = [schema_line(self.path)]
        for line in (*head, *body, *tail):
            if line or (lines[-1] and len(lines) > 1):
                lines.append(line)
        return "\n".join(lines).rstrip() + "\n"

    # Entries

    def _top(self, key: Scalar, node: Node, annotation: object) -> _Entry:
        """Make the entry of one of the file's keys."""
        lead = self._raw(key, flow=False) + ":"
        if str(key) not in _ENTRIES.get(self.kind, ()) or not isinstance(node, Table | Series) or not node:
            value = self._raw(node, flow=False) if isinstance(node, Scalar) else self._flow(node, annotation)
            return _Entry(first=key.line, last=self._last(node, key.line), lead=lead, value=value)
        inner = get_args(annotation)
        if isinstance(node, Series):
            children = [self._child(each.line, "-", each, inner[0]) for each in node]
        elif self.kind == "scores":
            children = list(self._rows(node))
        else:
            children = [self._child(k.line, self._raw(k, flow=False) + ":", v, inner[1]) for k, v in node.items()]
        return _Entry(first=key.line, last=key.line, lead=lead, value="", children=children)

    def _child(self, line: int, lead: str, node: Node, annotation: object) -> _Entry:
        value = self._flow(node, annotation)
        return _Entry(first=line, last=self._last(node, line), lead=lead, value=value, indent="  ")

    def _rows(self, table: Table) -> Iterator[_Entry]:
        """Make the rows of a sheet, their cells in columns."""
        rows = {
            key: {self._raw(name, flow=True): self._flow(cell, None) for name, cell in row.items()}
            for key, row in table.items()
            if isinstance(row, Table)
        }
        columns = _columns([list(row) for row in rows.values() if len(row) > 1])
        widths = {
            name: max(_CELL, *(len(row[name]) for row in rows.values() if len(row) > 1 and name in row))
            for name in columns
        }
        for key, node in table.items():
            entry = self._child(key.line, self._raw(key, flow=False) + ":", node, None)
            if len(rows.get(key, ())) > 1:
                entry.value = _row(rows[key], widths)
            if not key.line and key in self.remarks:
                entry.beside = f"# {self.remarks[key]}"
            yield entry

    # Values

    def _flow(self, node: Node, annotation: object) -> str:
        """Write a value in one line, its keys in the order of its model."""
        if isinstance(node, Scalar):
            return self._raw(node, flow=True)
        if isinstance(node, Series):
            inner = next(iter(get_args(annotation)), None)
            return "[" + ", ".join(self._flow(each, inner) for each in node) + "]"
        inners = _inners(annotation, node)
        names = sorted(node, key=lambda name: list(inners).index(name) if name in inners else len(inners))
        pairs = (f"{self._raw(name, flow=True)}: {self._flow(node[name], inners.get(name))}" for name in names)
        return "{" + ", ".join(pairs) + "}"

    def _raw(self, scalar: Scalar, *, flow: bool) -> str:
        """Write a scalar as the file has it; in quotes where it is new or moves into braces and needs them."""
        raw = self.raws.get((scalar.line, scalar.column)) if scalar.line else None
        if raw is None:
            plain = not scalar.quoted and (not scalar or _PLAIN.fullmatch(scalar))
            return str(scalar) if plain else quoted(scalar)
        if flow and ("\n" in raw or (not scalar.quoted and _FLOW_SIGNS.search(raw))):
            return quoted(scalar)
        return raw.rstrip()

    def _last(self, node: Node, line: int) -> int:
        """Return the last line on which something of a value stands."""
        if isinstance(node, Scalar):
            return max(line, node.line + self.raws.get((node.line, node.column), "").rstrip().count("\n"))
        inside: Iterable[Node] = node.values() if isinstance(node, Table) else node
        return max((self._last(each, line) for each in inside), default=line)

    # Comments

    def _attach(self, entries: list[_Entry]) -> tuple[list[str], list[str]]:
        """Give each note to its entry; return the notes at the head and at the tail of the file."""
        spots = sorted((e for top in entries for e in (top, *top.children) if e.first), key=lambda entry: entry.first)
        head: list[str] = []
        tail: list[str] = []
        for note in self.notes:
            before = [entry for entry in spots if entry.first <= note.line]
            after = [entry for entry in spots if entry.first > note.line]
            if not before:
                head.append(note.text)
            elif not note.own and not before[-1].beside:
                before[-1].beside = note.text
            elif note.text and (not note.own or note.line < before[-1].last):
                before[-1].above.append(note.text)
            elif note.own and note.line > before[-1].last:
                (after[0].above if after else tail).append(note.text)
        return head, tail


def _fields(model: type[Record]) -> dict[str, Any]:
    """Return the types of a model's keys, in order."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _inners(annotation: object, table: Table) -> dict[str, Any]:
    """Return the types of a table's keys in the order in which they are written."""
    if get_origin(annotation) is Mapping:
        return dict.fromkeys(map(str, table), get_args(annotation)[1])
    if annotation is Label:
        return {"zh": None, "en": None}
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _fields(annotation)
    for choice in get_args(annotation):
        inners = _inners(choice, table)
        if inners and set(map(str, table)) <= set(inners):
            return inners
    return {}


def _columns(rows: list[list[str]]) -> list[str]:
    """Put the keys of all rows in one order: that of the first row, others after the key that they follow."""
    columns: list[str] = []
    known = set[str]()
    for row in rows:
        if known.issuperset(row):
            continue
        for before, name in zip(["", *row], row, strict=False):
            if name not in known:
                columns.insert(columns.index(before) + 1 if before else 0, name)
                known.add(name)
    return columns


def _row(cells: dict[str, str], widths: dict[str, int]) -> str:
    """Write a row; the column of a cell that it does not have stays empty."""
    line, left = "{", len(cells)
    for name, width in widths.items():
        if not left:
            break
        full = len(f"{name}: ") + width + 2
        if name in cells:
            left -= 1
            cell = f"{name}: {cells[name]}"
            line += f"{cell},".ljust(full) if left else cell
        else:
            line += " " * full
    return line + "}"


def _lexed(text: str) -> tuple[dict[tuple[int, int], str], list[_Note]]:
    """Return how each scalar is written, by its line and column, and the comments and empty lines between them."""
    raws: dict[tuple[int, int], str] = {}
    notes: list[_Note] = []
    parser = CParser(text)
    end, line = 0, 1
    while (token := parser.get_token()) is not None:
        start, stop = token.start_mark.index, token.end_mark.index
        if type(token) is ScalarToken:
            raws[token.start_mark.line + 1, token.start_mark.column + 1] = text[start:stop]
        if start > end:
            notes.extend(_between(text, end, start, line))
        if stop > end:
            end, line = stop, token.end_mark.line + 1
    notes.extend(_between(text, end, len(text), line))
    return raws, [note for note in notes if not _EDITORS.match(note.text)]


def _between(text: str, start: int, stop: int, line: int) -> Iterator[_Note]:
    """Yield the comments and empty lines of a stretch of text that holds no token and begins in ``line``."""
    own = start == 0 or text[start - 1] == "\n"
    pieces = text[start:stop].split("\n")
    for number, piece in enumerate(pieces):
        comment = piece.strip()
        whole = number + 1 < len(pieces)  # what follows the last line feed may be the indent of a token
        if comment.startswith("#") or (whole and (number or own)):
            yield _Note(line + number, comment, own=own or number > 0)


def _comments(text: str) -> list[str]:
    return sorted(note.text for note in _lexed(text)[1] if note.text)


def alike(one: Node, other: Node) -> bool:
    """Tell whether two nodes say the same: the order of keys says nothing, being absent is not being empty."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one == other and (bool(one) or one.quoted == other.quoted)
    if isinstance(one, Series) and isinstance(other, Series):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Table) and isinstance(other, Table):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    return False
