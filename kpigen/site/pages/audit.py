"""The audit page: what is closed, how to verify it, and who changed what when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.site.audit import chains, days, together
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.site.edition import Edition, Page

__all__ = ["audit_page"]


def audit_page(site: Edition) -> Page:
    """Return the audit page of all departments."""
    history = site.published.history
    return site.page(
        "audit/index.html",
        say("Audit"),
        template="audit",
        history=history,
        chains=chains(site.published, site.source),
        months=days(history.commits),
        together=together,
        named={each.department: each.name.said(site.lang) for each in site.published.departments},
    )
