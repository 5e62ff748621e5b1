"""Signatures: whose SSH keys a proposal's commits carry, where the base lists the keys that count.

Git's author names are typed by whoever commits; only a signature says who it was. The list is the base's: a proposal
that adds a key to it is checked without that key.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpigen.finding import Finding, Place, Rule
from kpigen.revision import file_at, resolve, signed_commits
from kpigen.text import say

__all__ = ["ALLOWED_SIGNERS", "Signatures", "check_signatures"]

SIGNATURE: Final = Rule("signature")

ALLOWED_SIGNERS: Final = ".github/allowed_signers"
"""Where the keys stand, a person's id first in each line, as ssh-keygen reads them."""

_SHORT: Final = 10
_HOLDS: Final = "G"
_NONE: Final = "N"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signed the commits, and a finding for each commit whose signature does not count."""

    people: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def check_signatures(root: Path, base: str, head: str) -> Signatures:
    """Check that every commit of a proposal is signed with a key that the base lists.

    Args:
        root: the repository's folder.
        base: what is approved, and has the list; where it has none, nothing is checked.
        head: the proposal's newest commit.

    Raises:
        RevisionError: git or ssh-keygen is not there, or a commit is not.
    """
    allowed = file_at(root, resolve(root, base), ALLOWED_SIGNERS)
    if allowed is None:
        return Signatures()
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder) / "allowed_signers"
        aside.write_bytes(allowed)
        commits = signed_commits(root, base, head, aside)
    people, findings = set(), []
    for each in commits:
        short = each.commit[:_SHORT]
        if each.state == _HOLDS:
            people.add(each.principal)
        elif each.state == _NONE:
            message = say("The commit {commit} is not signed.", commit=short)
            findings.append(Finding.of(SIGNATURE, Place(ALLOWED_SIGNERS), message, _SIGN))
        else:
            message = say("The commit {commit} is not signed with a key that the base lists.", commit=short)
            findings.append(Finding.of(SIGNATURE, Place(ALLOWED_SIGNERS), message, _SIGN))
    return Signatures(frozenset(people), tuple(findings))


_SIGN: Final = say(
    "Commit again with git commit -S and the key of yours that .github/allowed_signers of the base lists; "
    "an administrator adds a new key in a proposal of its own."
)
