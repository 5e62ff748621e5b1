"""Signatures on real commits with real keys: the base's list counts, whatever the proposal says of itself."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from kpigen.approval.signature import ALLOWED_SIGNERS, check_signatures
from kpigen.revision import RevisionError
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


def git(root: Path, *arguments: str) -> str:
    command = [shutil.which("git") or "git", "-c", "user.name=Wang Min", "-c", "user.email=w@example.org", *arguments]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)  # noqa: S603 - a test's own
    return done.stdout.strip()


class Office:
    """A repository whose base lists the key of one person, and a branch."""

    def __init__(self, folder: Path) -> None:
        self.keys = folder
        self.root = folder / "repository"
        self.root.mkdir()
        for name in ("wang.min", "mallory"):
            command = [shutil.which("ssh-keygen") or "", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a test's own
        git(self.root, "init", "-q", "-b", "main")
        self.name_keys("wang.min")
        git(self.root, "add", "-A")
        git(self.root, "commit", "-qm", "the list")
        git(self.root, "switch", "-qc", "proposal")

    def name_keys(self, *people: str) -> None:
        """Write the list of keys."""
        path = self.root / ALLOWED_SIGNERS
        path.parent.mkdir(exist_ok=True)
        lines = [f'{each} namespaces="git" {(self.keys / f"{each}.pub").read_text("utf-8")}' for each in people]
        path.write_text("".join(lines), "utf-8")

    def commit(self, key: str | None = None) -> str:
        """Commit whatever there is, and return the commit's short id."""
        git(self.root, "add", "-A")
        signed = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={self.keys / key}") if key else ()
        git(self.root, *signed, "commit", "-q", "--allow-empty", *(["-S"] if key else []), "-m", "more")
        return git(self.root, "rev-parse", "HEAD")[:10]

    def found(self) -> tuple[list[str], list[str]]:
        """Who signed, and what is said."""
        signatures = check_signatures(self.root, "main", "proposal")
        return sorted(signatures.people), [each.message.said(Lang.EN) for each in signatures.findings]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_listed_key_passes(office: Office) -> None:
    office.commit("wang.min")
    office.commit("wang.min")
    assert office.found() == (["wang.min"], [])


def test_an_unlisted_key_does_not(office: Office) -> None:
    first = office.commit("mallory")
    office.commit("wang.min")
    assert office.found() == (["wang.min"], [f"The commit {first} is not signed with a key that the base lists."])


def test_nor_does_a_commit_without_a_signature(office: Office) -> None:
    first = office.commit()
    assert office.found() == ([], [f"The commit {first} is not signed."])


def test_a_key_that_the_proposal_adds_to_the_list_does_not_count(office: Office) -> None:
    office.name_keys("wang.min", "mallory")
    first = office.commit("mallory")
    assert office.found() == ([], [f"The commit {first} is not signed with a key that the base lists."])


def test_nor_does_it_help_to_remove_the_list(office: Office) -> None:
    (office.root / ALLOWED_SIGNERS).unlink()
    first = office.commit()
    assert office.found() == ([], [f"The commit {first} is not signed."])


def test_what_the_repository_configures_does_not_count(office: Office) -> None:
    own = office.keys / "own"
    own.write_text(f"wang.min {(office.keys / 'mallory.pub').read_text('utf-8')}", "utf-8")
    git(office.root, "config", "gpg.ssh.allowedSignersFile", str(own))
    git(office.root, "config", "gpg.ssh.program", "true")
    git(office.root, "config", "log.showSignature", "true")
    git(office.root, "config", "user.signingkey", str(office.keys / "mallory"))
    git(
        office.root,
        "-c",
        "gpg.ssh.program=ssh-keygen",
        "-c",
        "gpg.format=ssh",
        "commit",
        "-qS",
        "--allow-empty",
        "-m",
        "x",
    )
    assert len(office.found()[1]) == 1


def test_a_signature_of_another_kind_does_not_count(office: Office) -> None:
    office.commit("wang.min")
    text = git(office.root, "cat-file", "commit", "HEAD").replace("more", "else") + "\n"
    made = subprocess.run(  # noqa: S603 - a test's own
        [shutil.which("git") or "git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=office.root, input=text, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    git(office.root, "reset", "-q", "--hard", made)
    assert office.found() == ([], [f"The commit {made[:10]} is not signed with a key that the base lists."])


def test_without_a_list_nothing_is_checked(office: Office) -> None:
    office.commit()
    assert check_signatures(office.root, "main", "main").findings == ()
    git(office.root, "switch", "-q", "main")
    git(office.root, "rm", "-q", ALLOWED_SIGNERS)
    git(office.root, "commit", "-qm", "no list")
    assert office.found() == ([], [])


def test_a_list_of_nonsense_lets_nobody_pass(office: Office) -> None:
    git(office.root, "switch", "-q", "main")
    (office.root / ALLOWED_SIGNERS).write_text("nonsense\n\x00", "utf-8")
    git(office.root, "commit", "-qam", "nonsense")
    git(office.root, "switch", "-q", "proposal")
    git(office.root, "reset", "-q", "--hard", "main")
    office.commit("wang.min")
    assert len(office.found()[1]) == 1


def test_without_ssh_keygen_it_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.commit()
    which = shutil.which
    monkeypatch.setattr("kpigen.revision.shutil.which", lambda name: None if name == "ssh-keygen" else which(name))
    with pytest.raises(RevisionError) as refusal:
        office.found()
    assert refusal.value.text.said(Lang.EN) == "ssh-keygen is not installed, and signatures are checked with it"
