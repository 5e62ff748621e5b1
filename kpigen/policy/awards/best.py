"""The best share: ``best: 10%`` is won by that part of those admitted, rounded down, at least one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import plain
from kpigen.policy.awards.kind import Placed
from kpigen.policy.fields import Share

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BestAward"]


class BestAward(Placed):
    """``best: 10%, by: score``: the best tenth."""

    key: ClassVar[str] = "best"

    best: Share

    def places(self, admitted: int) -> tuple[int, int]:
        """Return the places of that share."""
        return 1, max(1, int(self.best * admitted))

    def settings(self) -> Mapping[str, object]:
        """Return the share."""
        return {"best": plain(self.best)}
