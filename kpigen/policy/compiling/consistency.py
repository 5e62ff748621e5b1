"""Consistency of a policy file: it stands where it says, every clause cited exists, every id is given once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.finding import Finding, Rule
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.finding import Place
    from kpigen.policy.version import Version
    from kpigen.reading.nodes import Document

__all__ = ["check_consistency"]

TWICE_NAMED = Rule("twice-named")
UNKNOWN_CLAUSE = Rule("unknown-clause")
POLICY_PLACE = Rule("policy-place")

Location = tuple[str | int, ...]


def check_consistency(document: Document, version: Version, reserved: Iterable[str]) -> Iterator[Finding]:
    """Yield what in a policy file does not fit together.

    Args:
        document: the file.
        version: its content.
        reserved: the names that expressions read without being declared.
    """
    yield from _path_agrees(document, version)
    yield from _clauses_exist(document, version)
    named = [((section, name), name) for section in _READABLE for name in getattr(version, section)]
    yield from _once(document, named, reserved, key=True)
    for sections in (("transitions",), ("actions",), ("eligible",), ("ladders",), ("duties",), ("pay", "awards")):
        ids = [
            ((section, index, "id"), rule.id)
            for section in sections
            for index, rule in enumerate(getattr(version, section))
        ]
        yield from _once(document, ids, ())


_READABLE = ("parameters", "inputs", "measures", "items", "results")


def _path_agrees(document: Document, version: Version) -> Iterator[Finding]:
    path = f"policy/{version.policy}/{version.version}.yaml"
    if document.path != path:
        message = say(
            "The file says {policy} {version}, but stands at {path}.",
            policy=version.policy,
            version=str(version.version),
            path=document.path,
        )
        yield Finding.of(POLICY_PLACE, document.place(("policy",)), message, say("It belongs at {path}.", path=path))


def _clauses_exist(document: Document, version: Version) -> Iterator[Finding]:
    for where, clause in _cited(document.root):
        if clause not in version.clauses:
            message = say("There is no clause {clause}.", clause=clause)
            hint = say("Add it under `clauses`, or cite one that stands there.")
            yield Finding.of(UNKNOWN_CLAUSE, document.place(where), message, hint)


def _once(
    document: Document, named: Iterable[tuple[Location, str]], reserved: Iterable[str], *, key: bool = False
) -> Iterator[Finding]:
    """Yield a finding for each id that stands a second time, or that is a word of the language."""
    words = frozenset(reserved)
    seen: dict[str, Place] = {}
    for where, name in named:
        place = document.place(where, key=key)
        if name in words:
            message = say("{name} is a word of the policy language.", name=name)
            yield Finding.of(TWICE_NAMED, place, message, say("Choose another id."))
        elif name in seen:
            first = seen[name]
            message = say("{name} is named twice; it stands at {place} already.", name=name, place=str(first))
            yield Finding.of(TWICE_NAMED, place, message, say("Choose another id."), related=(first,))
        else:
            seen[name] = place


def _cited(node: object, where: Location = ()) -> Iterable[tuple[Location, str]]:
    """Yield every clause that a rule cites, with its place: the values of `clause` and `clauses` keys."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"clause", "prorate_clause", "zero_clause"} and isinstance(value, str):
                yield (*where, str(key)), value
            elif key == "clauses" and isinstance(value, list):
                yield from (((*where, str(key), index), str(cited)) for index, cited in enumerate(value))
            elif where or key != "clauses":
                yield from _cited(value, (*where, str(key)))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _cited(value, (*where, index))
