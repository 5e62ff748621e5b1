"""Several places: ``places: 3`` is won by the first three."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from kpigen.policy.awards.kind import Placed
from kpigen.policy.fields import PositiveWhole

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PlacesAward"]


class PlacesAward(Placed):
    """``places: 3, by: satisfaction``: the first three."""

    key: ClassVar[str] = "places"

    places_: PositiveWhole = Field(alias="places")

    def places(self, admitted: int) -> tuple[int, int]:  # noqa: ARG002 - the base's
        """Return the places."""
        return 1, self.places_

    def settings(self) -> Mapping[str, object]:
        """Return the number of places."""
        return {"places": self.places_}
