"""One place: ``rank: 2`` is won by the second."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kpigen.policy.awards.kind import Placed
from kpigen.policy.fields import PositiveWhole

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RankAward"]


class RankAward(Placed):
    """``rank: 1, by: score``: the first alone."""

    key: ClassVar[str] = "rank"

    rank: PositiveWhole

    def places(self, admitted: int) -> tuple[int, int]:  # noqa: ARG002 - the base's
        """Return the one place."""
        return self.rank, self.rank

    def settings(self) -> Mapping[str, object]:
        """Return the place."""
        return {"rank": self.rank}
