"""Awards: one module a way to win one, told by its key; a new one is a module and a line here."""

from typing import Annotated, Final

from kpigen.policy.awards.best import BestAward
from kpigen.policy.awards.kind import Award, Placed
from kpigen.policy.awards.rank import RankAward
from kpigen.policy.awards.several import PlacesAward
from kpigen.policy.awards.threshold import WhenAward
from kpigen.reading.decode import by_key

__all__ = ["AWARDS", "Award", "AwardField", "Placed", "WhenAward"]

AWARDS: Final = (RankAward, PlacesAward, BestAward, WhenAward)
"""Every way to win an award."""

AwardField = Annotated[RankAward | PlacesAward | BestAward | WhenAward, by_key(**{each.key: each for each in AWARDS})]
"""The declaration of an award, told by its key."""
