"""Sealed parts of pages: what shows pay, rendered from the full documents and encrypted before it is put into a page.

Of a department that seals its pay, pages are made of documents without any; only what stands here sees the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from kpigen.cache import digest
from kpigen.site import months
from kpigen.site.payroll import payroll
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpigen.publishing.sealing import Envelope, Vault
    from kpigen.site.documents import Department, Person, Published
    from kpigen.site.edition import Edition

__all__ = ["SEALED", "Sealer", "Sealing", "filed"]

#: What ``publish.pay`` says where pay is sealed.
SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Sealing:
    """The keys, and the folder that holds the ``v1/`` of the full documents."""

    vault: Vault
    whole: Path


class Sealer:
    """The sealed parts of one department's pages, in one language."""

    def __init__(self, vault: Vault, whole: Edition, department: str) -> None:
        """Seal with the keys of ``vault`` what ``whole`` shows, an edition of the department's full documents."""
        self._vault = vault
        self._whole = whole
        self._name = department

    @cached_property
    def _department(self) -> Department:
        (found,) = (each for each in self._whole.published.departments if each.department == self._name)
        return found

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        return {person.agent: person for person in self._department.agents}

    @cached_property
    def _filed(self) -> str:
        return filed(self._whole.published)

    def made_of(self, agent: str) -> object:
        """Return all that an agent's sealed statement depends on, as :attr:`Page.made_of` wants it."""
        past = self._whole.histories.get(agent, ())
        return (
            self._vault.fingerprint(self._name, agent),
            self._filed,
            self._people[agent],
            [(each.document.month, each.document.status, each.document.policy, each.agent) for each in past],
        )

    def statement(self, agent: str, page: str) -> Envelope | None:
        """Return the sealed statement of an agent; None before the first month.

        Args:
            agent: the agent.
            page: the page that it stands in, below the language's root.
        """
        from kpigen.site.pages.agents import statement_alone  # noqa: PLC0415 - which asks for this in turn

        history = self._whole.histories.get(agent, ())
        if not history:
            return None
        html = statement_alone(self._whole, self._department, self._people[agent], history)
        return self._vault.sealed(self._name, agent, self._path(page), html)

    def payroll(self, month: str, page: str) -> Envelope | None:
        """Return the sealed payroll of a month, which the reviewers may open; None where nobody was paid.

        Args:
            month: the month.
            page: the page that it stands in, below the language's root.
        """
        listed = [ref.month for ref in self._department.months]
        before = listed[listed.index(month) - 1] if month != listed[0] else None
        known = self._whole.published.months
        document, earlier = known[self._name, month], known[self._name, before] if before else None
        paid = payroll(document, earlier, self._whole.words(document.policy))
        if paid is None:
            return None
        html = self._whole.html.get_template("payroll.html").render(
            overview=months.overview(self._whole.published, self._department, document, earlier),
            payroll=paid,
            site=self._whole,
            words=self._whole.words,
            up="../",
        )
        return self._vault.sealed(self._name, None, self._path(page), html)

    def _path(self, page: str) -> str:
        return page if self._whole.lang is Lang.ZH else f"{self._whole.lang}/{page}"


def filed(published: Published) -> str:
    """Return a digest of all appeals and corrections of a department, of which any page may tell."""
    told = [
        (
            key,
            document.appeals,
            document.adjustments,
            [
                (each.agent, each.appeals, each.corrections)
                for each in document.agents
                if each.appeals or each.corrections
            ],
        )
        for key, document in published.months.items()
    ]
    return digest(msgspec.json.encode(told))
