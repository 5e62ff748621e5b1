"""References that are worked out before the expressions that read them: one module each, and a line here."""

from typing import TYPE_CHECKING, Final

from kpigen.policy.references.applicable import Applicable
from kpigen.policy.references.kind import View
from kpigen.policy.references.past import Past
from kpigen.policy.references.previous import Previous
from kpigen.policy.references.streak import Streak
from kpigen.policy.references.team import TeamMean, TeamTotal
from kpigen.policy.references.window import Count, Lowest, Mean, Total

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.policy.references.kind import ReferenceKind

__all__ = ["OF_TEAM", "REFERENCES", "Past", "View"]

_OWN: Final[tuple["ReferenceKind", ...]] = (Streak(), Count(), Total(), Mean(), Lowest(), Previous(), Applicable())
_TEAM: Final[tuple["ReferenceKind", ...]] = (TeamMean(), TeamTotal())

REFERENCES: Final["Mapping[str, ReferenceKind]"] = {kind.name: kind for kind in (*_OWN, *_TEAM)}
"""Every kind of reference by its name in expressions."""

OF_TEAM: Final = frozenset(kind.name for kind in _TEAM)
"""Those that look at the whole team, and so can only be read when everybody has a score."""
