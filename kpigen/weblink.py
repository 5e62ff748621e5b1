"""The web address of a repository at its git host, and how that host names a line of a file and a commit. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

__all__ = ["Host", "host_of"]

#: A part of the host's name, and how it writes the way to a file at a commit, and to a commit.
_KINDS: Final = (
    ("github", "blob/{commit}/", "commit/"),
    ("gitlab", "-/blob/{commit}/", "-/commit/"),
    ("gitea", "src/commit/{commit}/", "commit/"),
    ("forgejo", "src/commit/{commit}/", "commit/"),
    ("codeberg", "src/commit/{commit}/", "commit/"),
)
_NAME: Final = r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)"
_PATH: Final = r"(?P<path>[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)+)/?"
#: ``https://host/owner/name.git``, with or without who signs in; a port belongs to the address.
_HTTPS: Final = re.compile(rf"https://(?:[^/@]*@)?{_NAME}(?P<port>:[0-9]{{1,5}})?/{_PATH}")
#: ``ssh://git@host:22/owner/name.git`` and ``git@host:owner/name.git``; ssh's port is not the web's.
_SSH: Final = re.compile(rf"ssh://(?:[^/@]*@)?{_NAME}(?::[0-9]{{1,5}})?/{_PATH}")
_SHORT: Final = re.compile(rf"(?:[^/@:]+@){_NAME}:{_PATH}")


@dataclass(frozen=True, slots=True)
class Host:
    """Where a repository lies on the web.

    Attributes:
        address: the repository, ``https://…``, without a ``/`` at its end.
        file: the way from there to a file; it ends where the file's path begins. ``{commit}`` stands for the commit.
        commit: the way from there to a commit; it ends where its id begins.
    """

    address: str
    file: str
    commit: str


def host_of(remote: str, prefix: str = "") -> Host | None:
    """Return where a remote's repository lies on the web.

    Args:
        remote: the remote's address as git knows it. Who signs in, and a password, are left out.
        prefix: where the records lie in that repository; empty, or with a ``/`` at the end.

    Returns:
        None where it is no address of a host, or of a kind of host whose addresses are not known: not GitHub, GitLab,
        Gitea, Forgejo or Codeberg by its name.
    """
    found = next((match for form in (_HTTPS, _SSH, _SHORT) if (match := form.fullmatch(remote))), None)
    if found is None or {".", ".."}.intersection(found["path"].split("/")):
        return None
    name = found["host"].lower()
    kind = next((each for each in _KINDS if each[0] in name), None)
    if kind is None:
        return None
    port = found.groupdict().get("port") or ""
    path = found["path"].removesuffix(".git")
    return Host(f"https://{name}{port}/{path}", kind[1] + quote(prefix), kind[2])
