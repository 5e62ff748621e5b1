"""A condition: everybody for whom it holds wins, such as an anniversary, a threshold, or an adopted suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kpigen.policy.awards.kind import Conditional

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WhenAward"]


class WhenAward(Conditional):
    """``when: service_years >= 5 and anniversary``."""

    key: ClassVar[str] = "when"

    def places(self, admitted: int) -> None:
        """Return None: there are no places."""

    def settings(self) -> Mapping[str, object]:
        """Return nothing: the condition is all there is."""
        return {}
