"""What an award is: won by those admitted who come far enough; each way to tell how far is a module of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from kpigen.policy.fields import ClauseNumber
from kpigen.policy.period import Every
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, Flag, LabelField, Slug

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Award", "Placed"]


class Award(Record):
    """An award. ``every`` quarter, half-year or year: at the end of each. The amount may be 0, for the honour alone."""

    key: ClassVar[str]
    """The key that tells how it is won."""

    id: Slug
    name: LabelField
    clause: ClauseNumber
    amount: ExpressionText
    every: Every | None = None

    def places(self, admitted: int) -> tuple[int, int] | None:
        """Return the first and the last place that win, of so many admitted; None: all admitted win."""
        raise NotImplementedError

    def settings(self) -> Mapping[str, object]:
        """Return how it is won as the documents write it."""
        raise NotImplementedError


class Placed(Award):
    """An award for places in a ranking ``by`` a figure, the highest first, ``among`` those for whom this holds.

    Whoever is not admitted is left out before ranking; competition ranking, 1, 1, 3. Ranked ``within`` the department
    or each team; ``of: teams`` ranks the teams, whose admitted members win together. With ``ties: all`` equal ranks
    win the full amount each, with ``split`` they share the prizes of the places that they take up.
    """

    by: ExpressionText
    among: ExpressionText | None = None
    within: Literal["department", "team"] = "department"
    of: Literal["agents", "teams"] = "agents"
    ties: Literal["all", "split"]


class Conditional(Award):
    """An award for everybody for whom a condition holds, ``unassessed`` also for those who were not assessed."""

    when: ExpressionText
    unassessed: Flag = False
