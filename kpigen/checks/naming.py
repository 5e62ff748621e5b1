"""Names where ids belong: 态度 for ``attitude``. The record could not be read; here it is known what is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kpigen.reading.fullwidth import FULL_WIDTH
from kpigen.reading.readers import ID_FORM
from kpigen.text import Label, Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.finding import Finding
    from kpigen.policy import Policy
    from kpigen.roster import Roster

__all__ = ["with_ids"]

_KEY: Final = re.compile(r"([a-z_]+): *[\"']?$")
_TEAM: Final = "team"
_PEOPLE: Final = frozenset({"assessor", "by", "proposed", "reviewed", "supervisor"})


def with_ids(finding: Finding, line: str, roster: Roster) -> Finding:
    """Let the hint about a text that is no id say which ids there are, and whose name the text is.

    Args:
        finding: any finding; all but those about the form of an id stay as they are.
        line: the line that it is about.
        roster: the department of the file.
    """
    if finding.rule not in {ID_FORM, FULL_WIDTH} or (finding.hint and "right" in dict(finding.hint.values)):
        return finding  # else what is to be written is known already
    key = _KEY.search(line[: finding.place.column - 1])
    text = dict(finding.message.values).get("text")
    known = _known(key[1], roster) if key else {}
    if not known or not isinstance(text, str):
        return finding
    return replace(finding, hint=_hint(text, known))


def _hint(text: str, known: Mapping[str, Label | None]) -> Text:
    word = text.strip().casefold()
    for name, label in known.items():
        if label and word in {label.zh.casefold(), label.en.casefold()}:
            return say("Did you mean {near}?", near=say("{id} ({name})", id=name, name=label))
    listed = [say("{id} ({name})", id=name, name=label) if label else name for name, label in known.items()]
    return say("Write one of the ids: {ids}.", ids=_joined(listed))


def _joined(parts: list[Text | str]) -> Text | str:
    """Put texts behind each other, each to be said in its language."""
    joined = parts[0]
    for part in parts[1:]:
        joined = say("{some}, {one}", some=joined, one=part)
    return joined


def _known(key: str, roster: Roster) -> Mapping[str, Label | None]:
    """Return the ids that a key may hold, with their names."""
    record = roster.department.record
    if key in _PEOPLE:
        return dict.fromkeys(sorted(roster.people))
    if key == _TEAM:
        return {name: team.name for name, team in record.teams.items()}
    used = dict.fromkeys(line.use for line in record.policy)
    versions = [policy for name in used for _, policy in sorted(roster.policies.get(name, {}).items())]
    return {name: label for policy in versions for name, label in _stated(key, policy)}


def _stated(key: str, policy: Policy) -> Iterator[tuple[str, Label]]:
    """Yield the ids that a policy version has for a key."""
    version = policy.version
    match key:
        case "category" if version.complaints:
            yield from version.complaints.categories.items()
        case "severity" if version.complaints:
            yield from version.complaints.severities.items()
        case "kind":
            yield from ((name, kind.name) for name, kind in version.events.items())
        case "tier":
            yield from ((name, tier.name) for name, tier in version.tiers.items())
        case "award":
            yield from ((award.id, award.name) for award in version.awards)
