"""The pages made of data: the published documents through the templates of ``site/templates``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kpigen.site import agents, months, policies
from kpigen.site.changes import changes, neighbours
from kpigen.site.corrections import later, open_book
from kpigen.site.decided import decided
from kpigen.site.search import entry
from kpigen.site.systems import systems
from kpigen.site.templates import environment
from kpigen.site.wording import Words, month_name
from kpigen.text import Lang, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpigen.site.corrections import Book
    from kpigen.site.documents import Department, Published
    from kpigen.site.rulebook import PolicyRef
    from kpigen.text import Text

__all__ = ["Page", "data_pages", "policy_pages", "search_entries"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page made of data: its path below the language's root, its title as plain text, its body as HTML."""

    path: str
    title: str
    body: str


class _Site:
    """Everything published, in one language, with the templates that show it."""

    def __init__(self, templates: Path, published: Published, lang: Lang) -> None:
        self.published = published
        self.lang = lang
        self.html = environment(templates, lang)
        self._words: dict[PolicyRef, Words] = {}
        self._books: dict[str, Book] = {}

    def words(self, policy: PolicyRef) -> Words:
        """Return the words of a policy version."""
        if policy not in self._words:
            self._words[policy] = Words(self.published.policies[policy], self.lang)
        return self._words[policy]

    def book(self, department: Department) -> Book:
        """Return the appeals and corrections of a department."""
        if department.department not in self._books:
            self._books[department.department] = open_book(self.published, department, self.words)
        return self._books[department.department]

    @cached_property
    def histories(self) -> dict[str, tuple[agents.Past, ...]]:
        """Return every agent's months, oldest first."""
        return agents.histories(self.published)

    def page(self, path: str, title: Text | str, **values: object) -> Page:
        """Render the template named like the page's kind."""
        up = "../" * path.count("/")
        said = title if isinstance(title, str) else title.said(self.lang)
        template = values.pop("template")
        body = self.html.get_template(f"{template}.html").render(
            up=up, data=f"{up}{'' if self.lang is Lang.ZH else '../'}data/v1/", words=self.words, site=self, **values
        )
        return Page(path, said, body)


def data_pages(templates: Path, published: Published, lang: Lang) -> Iterator[Page]:
    """Yield every page made of data.

    Args:
        templates: the folder of the templates.
        published: what to show.
        lang: in which language.
    """
    site = _Site(templates, published, lang)
    departments = published.departments
    newest = [months.overview(site.published, department) for department in departments if department.months]
    yield site.page("index.html", say("Service assessment"), template="home", newest=newest)
    yield site.page("agents/index.html", say("Agents"), template="agents", departments=departments)
    yield site.page("months/index.html", say("Months"), template="months", departments=departments)
    yield site.page("teams/index.html", say("Teams"), template="teams", departments=departments)
    yield site.page("data/index.html", say("Data"), template="data", published=published)
    books = [site.book(department) for department in departments]
    yield site.page("corrections/index.html", say("Corrections and appeals"), template="corrections", books=books)
    for department in departments:
        yield _corrections_page(site, department)
        yield from _agent_pages(site, department)
        yield from _month_pages(site, department)
        yield from _team_pages(site, department)


def _corrections_page(site: _Site, department: Department) -> Page:
    return site.page(
        f"corrections/{department.department}.html",
        say("{department}: corrections and appeals", department=department.name),
        template="book",
        book=site.book(department),
    )


def _agent_pages(site: _Site, department: Department) -> Iterator[Page]:
    book = site.book(department)
    for person in department.agents:
        history = site.histories.get(person.agent, ())
        view = agents.view(site.published, person, history, site.words, book) if history else None
        yield site.page(
            f"agents/{person.agent}.html",
            f"{person.name.said(site.lang)} {person.agent}",
            template="agent",
            department=department,
            person=person,
            view=view,
            book=book,
        )


def _month_pages(site: _Site, department: Department) -> Iterator[Page]:
    name = department.name.said(site.lang)
    book = site.book(department)
    for overview in months.overviews(site.published, department):
        month = overview.month.month
        yield site.page(
            f"months/{department.department}_{month}.html",
            f"{name} {month_name(month, site.lang)}",
            template="month",
            department=department,
            overview=overview,
            book=book,
            appeals=book.filed(month),
            corrections=book.within(month),
            later=later(book.told, month),
        )


def _team_pages(site: _Site, department: Department) -> Iterator[Page]:
    last = department.months[-1].month if department.months else ""
    newest = site.published.months.get((department.department, last))
    policy = site.published.policies[newest.policy] if newest else None
    for team in department.teams:
        members = months.members(site.published, department, team.team)
        yield site.page(
            f"teams/{department.department}_{team.team}.html",
            f"{department.name.said(site.lang)} {team.name.said(site.lang)}",
            template="team",
            department=department,
            team=team,
            rows=months.team_rows(site.published, department, team.team),
            newest=newest,
            members=members,
            together=months.together(policy, members, site.words(policy.ref)) if policy else (),
        )


def policy_pages(templates: Path, published: Published, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield path and Markdown of the list of policies and of each version."""
    markdown = environment(templates, lang, markdown=True)
    listed = sorted(published.policies.values(), key=lambda policy: (policy.policy, policy.version))
    told = systems(published, lang)
    yield "policies/index.md", markdown.get_template("policies.md").render(systems=told)
    yield "policies/systems.md", markdown.get_template("systems.md").render(systems=told)
    pairs = {after.ref: changes(before, after, lang) for before, after in neighbours(listed)}
    for pair in pairs.values():
        yield f"policies/{pair.page}.md", markdown.get_template("changes.md").render(changes=pair)
    rulings = decided(published)
    for policy in listed:
        words = Words(policy, lang, valued=True)
        beside = policies.Beside(
            decided=rulings.get(policy.ref, {}),
            versions=tuple(each for each in listed if each.policy == policy.policy),
        )
        yield (
            f"policies/{policy.ref.page}.md",
            markdown.get_template("policy.md").render(
                policy=policy,
                words=words,
                sections=policies.sections(policy, words, beside),
                changes=pairs.get(policy.ref),
                versions=beside.versions,
            ),
        )


def search_entries(published: Published, lang: Lang) -> Iterator[dict[str, str | int]]:
    """Yield what the search index holds of each agent."""
    for department in published.departments:
        teams = {team.team: team.name.said(lang) for team in department.teams}
        for person in department.agents:
            yield entry(
                f"agents/{person.agent}.html",
                person.agent,
                person.name.said(lang),
                teams.get(person.team, person.team),
            )
