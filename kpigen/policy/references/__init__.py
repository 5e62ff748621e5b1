"""References that are worked out before the expressions that read them: one module each, and a line here."""

from typing import TYPE_CHECKING, Final

from kpigen.policy.references.applicable import Applicable
from kpigen.policy.references.past import Past
from kpigen.policy.references.previous import Previous
from kpigen.policy.references.streak import Streak
from kpigen.policy.references.window import Count, Mean, Total

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.policy.references.kind import ReferenceKind

__all__ = ["REFERENCES", "Past"]

REFERENCES: Final["Mapping[str, ReferenceKind]"] = {
    kind.name: kind for kind in (Streak(), Count(), Total(), Mean(), Previous(), Applicable())
}
"""Every kind of reference by its name in expressions."""
