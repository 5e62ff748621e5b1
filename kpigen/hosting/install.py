"""How kpigen comes into a repository: it lies there itself, or it is installed from a pinned requirement."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Install"]


@dataclass(frozen=True, slots=True)
class Install:
    """How kpigen comes in.

    Attributes:
        requirements: the text of ``requirements.txt``, from which pip installs; None when the repository holds kpigen.
    """

    requirements: str | None

    @classmethod
    def itself(cls) -> Install:
        """The repository holds kpigen, and ``make setup`` installs it."""
        return cls(None)

    @classmethod
    def pinned(cls, requirement: str) -> Install:
        """The repository names what is installed.

        Args:
            requirement: a line for pip, such as ``kpigen==0.1.0``. Or several: as soon as one of them states a hash,
                pip demands one of every package.
        """
        return cls(f"{requirement.rstrip()}\n")

    @property
    def name(self) -> str:
        """The word by which ``.github/kpigen.json`` remembers it."""
        return "itself" if self.requirements is None else "pinned"

    def setup(self, folder: str = ".") -> str:
        """Return the command that makes ``.venv`` in a folder, from what that folder says.

        Python looks for modules where it is started: what is approved is set up in its own folder, so that nothing of
        a proposal is taken for a part of Python.
        """
        if self.requirements is None:
            return "make setup" if folder == "." else f"make -C {folder} setup"
        pip = ".venv/bin/python -m pip --disable-pip-version-check --no-input install --quiet"
        command = f"python3 -m venv .venv && {pip} --requirement requirements.txt"
        return command if folder == "." else f"(cd {folder} && {command})"
