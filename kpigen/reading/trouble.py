"""Trouble: what libyaml says about a broken file, in words that help whoever typed it.

libyaml states a context ("while parsing a flow mapping"), a problem ("did not find expected ',' or '}'") and
a mark for each. The table below turns the problems that typing errors lead to into a message and a hint; the
rest is shown as a fault of the place, and never in the parser's words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpigen.finding import Finding, Place, Rule
from kpigen.reading.fullwidth import slip
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import MarkedYAMLError

__all__ = ["SYNTAX", "UNREADABLE", "explain"]

SYNTAX = Rule("syntax")

_MAX_SLIPS = 20
_NO_SPACE = re.compile(r"(\s*(?:- +)?)([A-Za-z_][A-Za-z0-9_.-]*:[^\s:]+)")

_QUOTE = say('If this is text, put the whole of it in double quotes: "…".')
_LAYOUT = say(
    "Entries of one table start in one column: compare the spaces at the start of this line with those above."
)
_ESCAPE = say("Write a backslash twice (\\\\), or put the text in single quotes.")

UNREADABLE = (
    say("YAML cannot be read here."),
    say("Look for a missing quote, bracket, colon or space in this line and the one above."),
)

# (part of the context, part of the problem, message, hint): the first that fits is said. The wording on the
# left is libyaml's own, from its scanner.c, parser.c and reader.c.
_KNOWN: tuple[tuple[str, str, Text, Text], ...] = (
    (
        "flow mapping",
        "expected ',' or '}'",
        say("The table opened with {{ is not closed, or a comma is missing between two entries."),
        say("Write {{key: value, key: value}}: a comma and a space between entries, and }} at the end."),
    ),
    (
        "flow sequence",
        "expected ',' or ']'",
        say("The list opened with [ is not closed, or a comma is missing between two entries."),
        say("Write [one, two]: a comma and a space between entries, and ] at the end."),
    ),
    (
        "simple key",
        "expected ':'",
        say("This line has no colon, or no space after its colon."),
        say("Write it as “key: value”. Text that goes on in a second line stands deeper than its key."),
    ),
    (
        "",
        "mapping values are not allowed",
        say("A second colon stands here where only a value can stand, or the line starts in the wrong column."),
        say("Text with a colon and a space in it stands in double quotes. Else compare where the lines start."),
    ),
    (
        "quoted scalar",
        "unexpected end of stream",
        say("The quotation mark opened here is never closed."),
        say("Add the same quotation mark at the end of the text."),
    ),
    (
        "quoted scalar",
        "unexpected document indicator",
        say("The quotation mark opened here is never closed."),
        say("Add the same quotation mark at the end of the text."),
    ),
    (
        "quoted scalar",
        "unknown escape",
        say("A backslash stands here before a character that it cannot go with."),
        _ESCAPE,
    ),
    (
        "quoted scalar",
        "hexdecimal",
        say("A backslash stands here before a character that it cannot go with."),
        _ESCAPE,
    ),
    (
        "quoted scalar",
        "Unicode character escape",
        say("A backslash stands here before a character that it cannot go with."),
        _ESCAPE,
    ),
    ("", "cannot start any token", say("“{char}” cannot start a value."), _QUOTE),
    ("anchor", "", say("A value cannot start with “&”."), _QUOTE),
    ("alias", "", say("A value cannot start with “*”."), _QUOTE),
    ("tag", "", say("A value cannot start with “!”."), _QUOTE),
    ("", "tag handle", say("A value cannot start with “!”."), _QUOTE),
    (
        "directive",
        "",
        say("A line cannot start with “%”."),
        say("Remove the line; records need no directives."),
    ),
    ("", "%YAML", say("A line cannot start with “%”."), say("Remove the line; records need no directives.")),
    (
        "",
        "incompatible YAML",
        say("A line cannot start with “%”."),
        say("Remove the line; records need no directives."),
    ),
    ("", "%TAG", say("A line cannot start with “%”."), say("Remove the line; records need no directives.")),
    (
        "block mapping",
        "expected key",
        say("This line does not belong to the table that it stands in."),
        _LAYOUT,
    ),
    (
        "block collection",
        "expected '-'",
        say("This line does not belong to the list that it stands in."),
        say("Start every entry of the list with “- ”, all in the same column."),
    ),
    (
        "",
        "block sequence entries are not allowed",
        say("A list entry “- ” cannot stand here."),
        say("Start it on a line of its own, below the list's key."),
    ),
    ("", "mapping keys are not allowed", say("A key cannot stand here."), _LAYOUT),
    (
        "block scalar",
        "",
        say("The first line of this block of text is wrong."),
        say("Write | and nothing after it, and the text in the lines below, two spaces deeper than the key."),
    ),
    (
        "",
        "did not find expected node content",
        say("A value is missing before this sign."),
        say("Write the value, or remove the comma or bracket that is too many."),
    ),
    ("", "expected <document start>", say("This line cannot follow the lines above it."), _LAYOUT),
)


def explain(path: str, text: str, error: MarkedYAMLError) -> Iterator[Finding]:
    """Turn the parser's error into findings.

    Args:
        path: the file's path.
        text: the text that was parsed.
        error: what the parser raised.

    Yields:
        A finding for each full-width slip about the place of the error; where there is none, one that says in
        plain words what the parser met.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        yield Finding.of(SYNTAX, Place(path), *UNREADABLE)
        return
    lines = text.split("\n")
    context = str(error.context or "")
    problem = str(error.problem or "")
    start = error.context_mark or mark
    slips = _slips(path, lines, range(max(start.line - 1, 0), mark.line + 1))
    if slips:
        yield from slips
        return
    # What is opened and never closed is noticed at the end of the file; the reader must look where it opens.
    late = "quoted scalar" in context or "simple key" in context or ("flow" in context and start.line != mark.line)
    at = start if late else mark
    if "mapping values" in problem:
        for number in (at.line - 1, at.line):
            if number >= 0 and (found := _NO_SPACE.match(lines[number])):
                message = say("There is no space after the colon in “{text}”.", text=found[2][:40])
                place = Place(path, number + 1, len(found[1]) + 1)
                yield Finding.of(SYNTAX, place, message, say("Write it as “key: value”, with a space after the colon."))
                return
    here = lines[at.line][at.column :] if at.line < len(lines) else ""
    message, hint = _said(context, problem, here[:1])
    yield Finding.of(SYNTAX, Place(path, at.line + 1, at.column + 1), message, hint)


def _slips(path: str, lines: list[str], near: range) -> list[Finding]:
    """Find the full-width slips about an error; when there are any, also those of other tables in braces.

    Whoever typed one line of a sheet with a Chinese comma typed them all so.
    """
    found: dict[int, Finding] = {}
    for number, line in enumerate(lines):
        if (
            (number in near or "{" in line or "｛" in line)
            and not line.lstrip().startswith("#")
            and (fault := slip(line))
        ):
            found[number] = fault.at(Place(path, number + 1, len(line) - len(line.lstrip()) + 1))
    return list(found.values())[:_MAX_SLIPS] if any(number in near for number in found) else []


def _said(context: str, problem: str, char: str) -> tuple[Text, Text]:
    """Look up what to say about the parser's context and problem at ``char``."""
    for in_context, in_problem, message, hint in _KNOWN:
        if in_context in context and in_problem in problem:
            return (Text(message.template, (("char", char),)) if "{char}" in message.template else message), hint
    return UNREADABLE
