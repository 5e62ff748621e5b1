"""Findings: what is wrong or doubtful in the records or the policy, each with its place and the way out.

Findings are values. They are collected, sorted and reported all at once; exceptions are for a broken program.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.text import Text

__all__ = ["Finding", "Place", "Rule", "Severity", "ordered"]


class Severity(StrEnum):
    """How grave a finding is: an error blocks, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Place(Struct, frozen=True, order=True):
    """Where something stands: a path relative to the repository's root, line and column from 1 (0: the whole file).

    A msgspec struct, not a dataclass: a month of a thousand agents makes tens of thousands of them.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write ``path:line:column``, shorter when the place is a whole file."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule that findings refer to; every rule has a folder of the same name in the tests' gallery."""

    id: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: where, by which rule, what is wrong, what to do, and which other places belong to it."""

    place: Place
    rule: Rule
    message: Text
    hint: Text | None = None
    related: tuple[Place, ...] = ()
    severity: Severity = Severity.ERROR

    @classmethod
    def of(
        cls,
        rule: Rule,
        place: Place,
        message: Text,
        hint: Text | None = None,
        *,
        related: tuple[Place, ...] = (),
    ) -> Finding:
        """Make a finding with the severity of its rule."""
        return cls(place=place, rule=rule, message=message, hint=hint, related=related, severity=rule.severity)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings once each, by place, then rule, then text."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda f: (f.place, f.rule.id, f.message.template, str(f.message.values)),
        )
    )
