"""Syntax: clean text to a document of located nodes.

YAML as kpigen takes it is tables, lists and text; everything else that YAML offers is refused, each with its
place. The events come from libyaml through PyYAML's C parser, which every PyYAML wheel carries (without it,
import fails: the pure parser is ten times slower). Events are asked for one at a time, so that a file nested
too deeply is left at its ninth level, and nothing is ever constructed: no tag, no number, no date.

A value that is missing (``key:``) is a finding, and stands in the document as an empty :class:`Scalar` that
is not quoted; so decoding can go on and need not report it again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # its stubs do not list it
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from yaml.tokens import KeyToken, StreamEndToken

from kpigen.finding import Finding, Place, Rule, ordered
from kpigen.reading.fullwidth import WIDE, slip
from kpigen.reading.hygiene import MAX_DEPTH, inspect
from kpigen.reading.nodes import Document, Scalar, Series, Table
from kpigen.reading.refusals import Report, Stop
from kpigen.reading.rows import lift
from kpigen.reading.trouble import SYNTAX, UNREADABLE, explain
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpigen.reading.nodes import Node
    from kpigen.reading.refusals import Event

__all__ = ["EMPTY_FILE", "NOT_A_TABLE", "parse"]

EMPTY_FILE = Rule("empty-file")
NOT_A_TABLE = Rule("not-a-table")

# "? key" and "key:" give the same events, so the files that may hold the former are looked at by token.
_QUESTION = re.compile(r"\?(?=\s)")


def parse(path: str, data: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    """Read one file.

    Args:
        path: where it lies, relative to the root, for the findings and places.
        data: its bytes, from anybody.

    Returns:
        The document, or None where nothing sound could be built, and everything that is wrong with the file.
        A document may come along with findings (duplicate keys: the first one counts; missing values), so
        that decoding can report what else is wrong; all of them are errors: nothing may be computed from it.
    """
    text, findings = inspect(path, data)
    if text is None:
        return None, findings
    builder = _Builder(path, text)
    document = builder.run()
    return document, ordered(builder.report.findings)


class _Builder:
    """Builds the nodes of one text from the parser's events and collects what is wrong with them."""

    def __init__(self, path: str, text: str) -> None:
        self.text = text
        self.report = Report(path, text)
        self.top = Series()  # what the file holds: one node, when all is well
        self._wide = WIDE.search(text) is not None
        self._escapes = "\\" in text
        self._marked = "&" in text or "!" in text
        # Rows are read ahead; the marks hold for the text all the same, as nothing follows a row in its line.
        lean, self._rows = lift(text)
        self._next: Callable[[], Any] = CParser(lean).get_event

    def run(self) -> Document | None:
        """Read all events; return the document unless nothing sound could be built."""
        try:
            self._read()
            if _QUESTION.search(self.text):
                self._question_marks(CParser(self.text))
            root = self._root()
        except Stop:
            return None
        except yaml.MarkedYAMLError as error:
            self.report.findings.extend(explain(self.report.path, self.text, error))
            return None
        except (yaml.YAMLError, ValueError):
            # Nothing is known to lead here; whatever does is a fault of the file, not of the program.
            self.report.findings.append(Finding.of(SYNTAX, Place(self.report.path), *UNREADABLE))
            return None
        return Document(self.report.path, root) if root is not None and self.report.sound else None

    def _read(self) -> None:
        """Read the whole stream; what stands at its top goes into ``top``."""
        while (kind := type(event := self._next())) is not StreamEndEvent:
            if kind is DocumentStartEvent:
                self.report.document(event, first=not self.top)
                self.top.append(self._value(self._next(), 1))

    def _value(self, event: Event, depth: int) -> Node:
        """Make the node that ``event`` starts, at ``depth``, with all that stands in it."""
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            return self.report.alias(event)
        self.report.decorated(event)
        if depth > MAX_DEPTH:
            self.report.too_deep(event)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if kind is not MappingStartEvent:
            series = Series()
            series.line, series.column = line, column
            self._fill_series(series, depth + 1)
            return series
        row = self._rows.get(line)
        if row is not None and row.column == column:  # not the table around it, whose first key is in this line
            self._next()
            return row
        table = Table()
        table.line, table.column = line, column
        self._fill_table(table, depth + 1)
        return table

    def _fill_table(self, table: Table, depth: int) -> None:
        """Read a table's entries up to its end."""
        while (kind := type(event := self._next())) is not MappingEndEvent:
            key = self._scalar(event) if kind is ScalarEvent else self.report.odd_key(event)
            if not key or key == "<<" or (self._wide and not key.isascii()):
                self.report.key(key)
            node = self._value(self._next(), depth)
            if not node and isinstance(node, Scalar) and not node.quoted:
                self.report.empty(key, node)
            if table.setdefault(key, node) is not node:
                self.report.duplicate(table, key)

    def _fill_series(self, series: Series, depth: int) -> None:
        """Read a list's entries up to its end."""
        while type(event := self._next()) is not SequenceEndEvent:
            node = self._value(event, depth)
            if not node and isinstance(node, Scalar) and not node.quoted:
                self.report.empty(None, node)
            series.append(node)

    def _scalar(self, event: Event) -> Scalar:
        """Make a scalar. The hot path of reading, hence without another call where the file needs none."""
        node = Scalar(event.value)
        mark = event.start_mark
        node.line = mark.line + 1
        node.column = mark.column + 1
        node.quoted = event.style != ""
        if self._marked:
            self.report.decorated(event)
        if self._escapes and node.quoted:
            self.report.escaped(node)
        return node

    def _root(self) -> Table | None:
        """Return the file's table; report a file that is none."""
        root = self.top[0] if self.top else Scalar("")
        if isinstance(root, Table):
            return root
        if isinstance(root, Series):
            message = say("The file is a list; a record is a table of “key: value”.")
            hint = say("Start with the record's first key, not with “-” or “[”.")
            self.report.add(NOT_A_TABLE, self.report.at(root), message, hint)
        elif not root:
            hint = say("Write the record into it, or delete the file.")
            self.report.add(EMPTY_FILE, Place(self.report.path), say("The file holds nothing."), hint)
        elif fault := slip(self.report.line(root)):
            self.report.put(fault.at(self.report.at(root)))
        else:
            message = say("The file is one piece of text; a record is a table of “key: value”.")
            hint = say("Write “key: value”, with a colon and a space, one on each line.")
            self.report.add(NOT_A_TABLE, self.report.at(root), message, hint)
        return None

    def _question_marks(self, parser: CParser) -> None:
        """Report keys written with “? ”: their token spans the sign, that of other keys spans nothing."""
        while (token := parser.get_token()) is not None and type(token) is not StreamEndToken:
            if type(token) is KeyToken and token.start_mark.index != token.end_mark.index:
                self.report.complex(Place(self.report.path, token.start_mark.line + 1, token.start_mark.column + 1))
