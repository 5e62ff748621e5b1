"""Usage: what is declared and read by nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpigen.finding import Rule, Severity
from kpigen.lint.subject import NOT_RULES
from kpigen.policy.inputs import Points
from kpigen.reading.nodes import Scalar, Series, Table
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.lint.subject import Subject
    from kpigen.reading.nodes import Node
    from kpigen.remark import Remark
    from kpigen.text import Text

__all__ = ["check_usage"]

UNUSED = Rule("unused", Severity.WARNING)

_WORD: Final = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*")
_NOT_READ: Final = frozenset({"id", "name", "clause", "unit", "policy", "version", "title"})
_DECLARED: Final = {
    "parameters": say("the parameter"),
    "inputs": say("the input"),
    "events": say("the event"),
    "measures": say("the measure"),
}


def check_usage(subject: Subject) -> Iterator[Remark]:
    """Yield what nobody uses."""
    version, root = subject.policy.version, subject.document.root
    read = {
        (name, key): frozenset(_words(value))
        for name, section in root.items()
        if name not in NOT_RULES
        for key, value in (section.items() if isinstance(section, Table) else [(Scalar(""), section)])
    }
    for section, what in _DECLARED.items():
        for name, declared in getattr(version, section).items():
            scored = isinstance(declared, Points)  # an input that is an item by itself
            elsewhere = (words for (top, key), words in read.items() if (top, key) != (section, name))
            if not scored and not any(name in words for words in elsewhere):
                yield _nobody(subject, section, name, what, declared.clause)


def _nobody(subject: Subject, section: str, name: str, what: Text, clause: str) -> Remark:
    return subject.remark(
        UNUSED,
        subject.place(section, name, key=True),
        say("Nothing uses {what} {name}.", what=what, name=name),
        say("Let a rule read it, or leave it out: nobody should record what nothing comes of."),
        about=(clause, name),
    )


def _words(node: Node) -> Iterator[str]:
    """Yield every word of the expressions and lists below a node."""
    if isinstance(node, Scalar):
        yield from _WORD.findall(node)
    elif isinstance(node, Table):
        for key, value in node.items():
            if key not in _NOT_READ:
                yield from _words(value)
    elif isinstance(node, Series):
        for value in node:
            yield from _words(value)
