"""Refusals: what YAML offers and records may not use, each said in words, with its place and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yaml.events import AliasEvent

from kpigen.finding import Finding, Place, Rule
from kpigen.reading.fullwidth import slip
from kpigen.reading.hygiene import INVISIBLE_CHARACTER, MAX_DEPTH, TOO_DEEP, code_point, unseen
from kpigen.reading.nodes import Scalar
from kpigen.reading.readers import NUMBER_FORM
from kpigen.reading.trouble import SYNTAX
from kpigen.text import say

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from kpigen.reading.nodes import Node, Table
    from kpigen.text import Text

    Event: TypeAlias = Any  # PyYAML's stubs know little of what its events hold

__all__ = [
    "ALIAS",
    "ANCHOR",
    "COMPLEX_KEY",
    "DIRECTIVE",
    "DUPLICATE_KEY",
    "EMPTY_VALUE",
    "MAX_FINDINGS",
    "MERGE_KEY",
    "SEVERAL_DOCUMENTS",
    "TAG",
    "TOO_MANY",
    "Report",
    "Stop",
]

ALIAS = Rule("alias")
ANCHOR = Rule("anchor")
COMPLEX_KEY = Rule("complex-key")
DIRECTIVE = Rule("directive")
DUPLICATE_KEY = Rule("duplicate-key")
EMPTY_VALUE = Rule("empty-value")
MERGE_KEY = Rule("merge-key")
SEVERAL_DOCUMENTS = Rule("several-documents")
TAG = Rule("tag")
TOO_MANY = Rule("too-many-findings")

MAX_FINDINGS: Final = 100
"""How many findings of one file are reported; a hostile file holds tens of thousands."""


class Stop(Exception):  # noqa: N818 - no error: the findings say why
    """Nothing more of this file can be read."""


class Report:
    """Collects what is wrong with one text.

    ``sound`` turns false when the nodes no longer say what the file says, so that nothing may be decoded.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.findings: list[Finding] = []
        self.sound = True
        self._slipped: set[int] = set()  # lines with a full-width slip, whose other faults follow from it

    def document(self, event: Event, *, first: bool) -> None:
        """Refuse directives and a second document."""
        if event.version or event.tags:
            message = say("A directive (a line that starts with “%”) stands here.")
            self.add(DIRECTIVE, self.place(event), message, say("Remove the line; records need no directives."))
        if not first:
            message = say("A second document starts here; a file holds one.")
            self.add(
                SEVERAL_DOCUMENTS,
                self.place(event),
                message,
                say("Remove the line “---”, or move what follows to a file of its own."),
            )
            raise Stop

    def decorated(self, event: Event) -> None:
        """Refuse what is put before a value or a key: an anchor or a tag."""
        if event.anchor:
            message = say("“&{name}” gives this value a name.", name=str(event.anchor)[:40])
            self.add(
                ANCHOR,
                self.place(event),
                message,
                say("Remove it; text that starts with & stands in quotes."),
            )
        if event.tag is not None:
            message = say("“{tag}” stands before a value as its type.", tag=str(event.tag)[:60])
            self.add(TAG, self.place(event), message, say("Remove it; text that starts with ! stands in quotes."))

    def escaped(self, node: Scalar) -> None:
        """Refuse characters that an escape in double quotes smuggles past the check of the file's own."""
        char = unseen(node)
        if char is None:
            return
        code = code_point(char)
        message = say("An escape in this text stands for the character {code}.", code=code)
        self.add(
            INVISIBLE_CHARACTER,
            self.at(node),
            message,
            say("Remove the escape, or type the character itself."),
        )

    def key(self, key: Scalar) -> None:
        """Look at a key that may not be one: empty, a merge key, or one that swallowed its value."""
        if key == "<<" and not key.quoted:
            self.sound = False
            message = say("“<<” takes entries over from another table.")
            self.add(MERGE_KEY, self.at(key), message, say("Write the entries out."))
        elif not key:
            self.sound = False
            self.add(
                SYNTAX,
                self.at(key),
                say("A colon stands here without a key before it."),
                say("Write the key, or remove the colon."),
            )
        elif not key.quoted and (fault := slip(self.line(key), key=key)):
            self.sound = False
            self._slipped.add(key.line)
            self.put(fault.at(self.at(key)))

    def empty(self, key: Scalar | None, node: Scalar) -> None:
        """Report a value that is missing."""
        if node.line in self._slipped:
            return
        if key is None:
            message = say("An entry of this list has no value.")
            self.add(EMPTY_VALUE, self.at(node), message, say("Write the value, or remove the entry."))
        elif key.isdecimal() and self.line(key)[: key.column - 1].rstrip().endswith(","):
            message = say("“{key}” after the comma has no value.", key=key[:40])
            self.add(NUMBER_FORM, self.at(key), message, say("A number is written without commas: 1000, not 1,000."))
        else:
            message = say("“{key}” has no value.", key=key[:40])
            self.add(
                EMPTY_VALUE,
                self.at(key),
                message,
                say("Write the value after the colon and a space, or remove the key."),
            )

    def duplicate(self, table: Table, key: Scalar) -> None:
        """Report a key that stands twice in one table; the first one counts."""
        first = next(known for known in table if known == key)
        if first.line == key.line:
            message = say("“{key}” stands twice in the table of line {line}.", key=key[:40], line=key.line)
        else:
            message = say(
                "“{key}” stands twice in one table: in line {first} and in line {second}.",
                key=key[:40],
                first=first.line,
                second=key.line,
            )
        self.add(DUPLICATE_KEY, self.at(key), message, say("Remove one of the two."), related=(self.at(first),))

    def alias(self, event: Event) -> Scalar:
        """Refuse a reference to another value; a scalar stands in for what it refers to."""
        self.sound = False
        message = say("“*{name}” refers to another value of the file.", name=str(event.anchor)[:40])
        self.add(
            ALIAS,
            self.place(event),
            message,
            say("Write the value out; text that starts with * stands in quotes."),
        )
        return Scalar.at("*", event.start_mark.line + 1, event.start_mark.column + 1, quoted=True)

    def odd_key(self, event: Event) -> Scalar:
        """Refuse a table, a list or an alias as a key."""
        if type(event) is AliasEvent:
            return self.alias(event)
        self.complex(self.place(event))
        raise Stop

    def complex(self, place: Place) -> None:
        """Report a key that is more than a word."""
        message = say("A key is more than a word here: it starts with “?” or is a table or a list itself.")
        self.add(
            COMPLEX_KEY,
            place,
            message,
            say("Write “key: value” with a plain key; text that starts with ? or {{ or [ stands in quotes."),
        )

    def too_deep(self, event: Event) -> None:
        """Report a table or list that stands too deep, and stop."""
        message = say("Tables and lists stand more than {limit} deep inside one another here.", limit=MAX_DEPTH)
        self.add(
            TOO_DEEP,
            self.place(event),
            message,
            say("Records are flat: check the brackets and the spaces at the start of the lines."),
        )
        raise Stop

    def line(self, node: Scalar) -> str:
        """Return the line that a scalar stands in."""
        return self.text.split("\n")[node.line - 1]

    def at(self, node: Node) -> Place:
        """Return the place of a node."""
        return Place(self.path, node.line, node.column)

    def place(self, event: Event) -> Place:
        """Return the place of an event."""
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def add(self, rule: Rule, place: Place, message: Text, hint: Text, *, related: tuple[Place, ...] = ()) -> None:
        """Make a finding and take it."""
        self.put(Finding.of(rule, place, message, hint, related=related))

    def put(self, finding: Finding) -> None:
        """Take a finding; stop when there are too many."""
        self.findings.append(finding)
        if len(self.findings) >= MAX_FINDINGS:
            message = say("This file has {count} findings so far; the rest of it was not read.", count=MAX_FINDINGS)
            self.findings.append(Finding.of(TOO_MANY, finding.place, message, say("Mend these first.")))
            raise Stop
