"""Faults: what is wrong with one value, before it is known where the value stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.finding import Finding, Place, Rule

if TYPE_CHECKING:
    from kpigen.text import Text

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, by which rule, and what to do: a finding that has no place yet."""

    rule: Rule
    message: Text
    hint: Text

    def at(self, place: Place, *, related: tuple[Place, ...] = ()) -> Finding:
        """Make the finding that this fault is at ``place``."""
        return Finding.of(self.rule, place, self.message, self.hint, related=related)
