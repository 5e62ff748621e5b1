"""The field: everybody of a department's month, so that one can be ranked among others and be part of a team."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from kpigen.engine.case import Case
from kpigen.engine.scope import Scope
from kpigen.figure import Figure

__all__ = ["Field"]


class Field(Struct, frozen=True, kw_only=True):
    """The agents of a month.

    Attributes:
        assessed: those assessed, by id.
        everybody: all, by id.
        teams: for each team, the figures of each assessed agent of it.
    """

    assessed: Mapping[str, tuple[Case, Scope]]
    everybody: Mapping[str, tuple[Case, Scope]]
    teams: Mapping[str, Mapping[str, Mapping[str, Figure]]]

    @property
    def unassessed(self) -> tuple[tuple[Case, Scope], ...]:
        """Those who were not assessed."""
        return tuple(each for agent, each in self.everybody.items() if agent not in self.assessed)
