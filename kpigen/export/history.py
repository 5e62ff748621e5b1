"""The document of what git knows: where the files stand on the web, who changed what when. Pure."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from kpigen.export.plain_json import encode

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kpigen.revision import Commit
    from kpigen.weblink import Host

__all__ = ["history_document"]

MOST: Final = 200
_RECORD: Final = re.compile(r"records/(?P<department>[^/]+)/(?P<month>\d{4}-[^/]+)/(?:(?P<kind>[^/]+)/.+|close\.yaml)")
_AGENT: Final = re.compile(r"records/(?P<department>[^/]+)/(?P<kind>agents)/.+")
_DEPARTMENT: Final = re.compile(r"records/(?P<department>[^/]+)/department\.yaml")
_POLICY: Final = re.compile(r"policy/(?P<policy>[^/]+)/(?P<version>[^/]+)\.yaml")


def history_document(
    commits: Sequence[Commit],
    host: Host | None,
    *,
    files: Collection[str],
    uncommitted: Collection[str],
    prose: bool,
) -> bytes:
    """Return the document.

    Args:
        commits: what changed records and policies, the newest first.
        host: where the repository lies on the web, if that is known.
        files: the records and policies that there are.
        uncommitted: those of them that are not as they were committed: no commit holds them.
        prose: whether names of authors and what they wrote may be published.
    """
    newest: dict[str, Commit] = {}
    for commit in commits:
        for path in commit.paths:
            newest.setdefault(path, commit)
    held: dict[str, list[str]] = {}
    for path in sorted(set(files).difference(uncommitted)):
        if path in newest:
            held.setdefault(newest[path].id, []).append(path)
    dates = {commit.id: commit.on for commit in commits}
    return encode(
        {
            "schema": "kpigen/history/v1",
            "repository": None if host is None else {"address": host.address, "file": host.file, "commit": host.commit},
            "commit": commits[0].id if commits and not uncommitted else None,
            "prose": prose,
            "files": [
                {"commit": commit, "on": dates[commit], "paths": paths} for commit, paths in sorted(held.items())
            ],
            "commits": [_commit(commit, prose=prose) for commit in commits[:MOST]],
            "earlier": max(0, len(commits) - MOST),
        }
    )


def _commit(commit: Commit, *, prose: bool) -> dict[str, object]:
    counted = Counter(filter(None, map(_subject, commit.paths)))
    return {
        "commit": commit.id,
        "on": commit.on,
        "author": commit.author if prose else None,
        "subject": commit.subject if prose else None,
        "changes": [{**dict(told), "files": number} for told, number in sorted(counted.items())],
    }


def _subject(path: str) -> tuple[tuple[str, str], ...] | None:
    """Return what a file is about; None for one that the contract does not know."""
    if path == "records/people.yaml":
        return (("kind", "people"),)
    for form, kind in ((_POLICY, "policy"), (_DEPARTMENT, "department"), (_AGENT, "agents"), (_RECORD, "close")):
        if found := form.fullmatch(path):
            named = {key: value for key, value in found.groupdict().items() if value}
            return (("kind", named.pop("kind", kind)), *sorted(named.items()))
    return None
