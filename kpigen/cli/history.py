"""What git knows of the records, written beside the documents from which the pages are made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kpigen.export import history_document
from kpigen.revision import RevisionError, changed_paths, history, origin, within
from kpigen.snapshot import FolderSnapshot
from kpigen.weblink import host_of

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["tell_history"]


def tell_history(root: Path, data: Path, address: str | None) -> None:
    """Write ``v1/history.json`` into a folder of documents; without git there is none.

    Who wrote a commit and what it says is told only where every department publishes names and pay in full: a
    commit may touch several departments, and its words could say anything.

    Args:
        root: the repository.
        data: the folder that holds the ``v1/`` that is published.
        address: where the repository lies at its git host; the remote called origin unless stated.
    """
    place = data / "v1/history.json"
    try:
        commits, uncommitted = history(root), changed_paths(root, "HEAD")
        remote, prefix = address or origin(root), within(root)
    except RevisionError:
        place.unlink(missing_ok=True)
        return
    index = json.loads((data / "v1/index.json").read_bytes())
    full = {"names": "full", "pay": "full"}
    document = history_document(
        commits,
        host_of(remote, prefix) if remote else None,
        files={entry.path for entry in FolderSnapshot.of(root).entries if entry.kind == "file"},
        uncommitted={path for path in uncommitted if path.startswith(("records/", "policy/"))},
        prose=all(department.get("publish") == full for department in index["departments"]),
    )
    if not place.exists() or place.read_bytes() != document:
        place.unlink(missing_ok=True)  # it may be shared with an earlier site
        place.write_bytes(document)
