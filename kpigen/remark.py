"""Remarks: what the lint has to say about a policy, each a finding with the clause that it belongs to."""

from __future__ import annotations

from dataclasses import replace

from msgspec import Struct, structs

from kpigen.finding import Finding, Place, Severity
from kpigen.text import Label

__all__ = ["Remark"]


class Remark(Struct, frozen=True, kw_only=True):
    """A finding about a policy, and beside which clause it is published.

    Attributes:
        finding: what was found.
        clause: the clause of the rule that it is about; None where it is about the policy as a whole.
        id: the id of that rule; for a section that has none, the section's name.
        reason: why the policy leaves it as it is; None where it is not acknowledged.
    """

    finding: Finding
    clause: str | None = None
    id: str | None = None
    reason: Label | None = None

    def relating(self, *places: Place) -> Remark:
        """Return the same, with the other places that belong to it."""
        return structs.replace(self, finding=replace(self.finding, related=places))

    def doubtful(self) -> Remark:
        """Return the same as a warning."""
        return structs.replace(self, finding=replace(self.finding, severity=Severity.WARNING))

    def acknowledged(self, reason: Label) -> Remark:
        """Return the same, left as it is for a reason."""
        return structs.replace(self, reason=reason)
