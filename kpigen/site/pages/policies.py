"""The pages of policies as Markdown: the list, the systems, each version, and each change of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.site import policies
from kpigen.site.changes import changes, neighbours
from kpigen.site.systems import systems
from kpigen.site.templates import environment
from kpigen.site.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpigen.site.documents import Published
    from kpigen.text import Lang

__all__ = ["policy_pages"]


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
    for policy in listed:
        words = Words(policy, lang, valued=True)
        versions = tuple(each for each in listed if each.policy == policy.policy)
        yield (
            f"policies/{policy.ref.page}.md",
            markdown.get_template("policy.md").render(
                policy=policy,
                words=words,
                sections=policies.sections(policy, words, versions),
                changes=pairs.get(policy.ref),
                versions=versions,
            ),
        )
