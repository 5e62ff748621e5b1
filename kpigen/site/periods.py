"""Periods in words: when a rule applies, and how far one looks back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EVERY", "LENGTHS", "WITHIN"]

LENGTHS: Final[Mapping[str, int]] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""How many months each period has."""

EVERY: Final[Mapping[str, Text]] = {
    "month": say("every month"),
    "quarter": say("at the end of every quarter"),
    "half-year": say("at the end of every half-year"),
    "year": say("at the end of every year"),
}
"""When a rule applies."""

WITHIN: Final[Mapping[str, Text]] = {
    "quarter": say("in the quarter"),
    "half-year": say("in the half-year"),
    "year": say("in the year"),
    "three-months": say("in three months"),
    "six-months": say("in six months"),
    "twelve-months": say("in twelve months"),
}
"""How far a rule looks back."""
