"""The store: the published documents on disk. New ones wait aside until it is known that they may be published."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpigen.cache import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

__all__ = ["Kept", "LinkInTheWayError", "Memory", "Store"]

_SLUG = r"[a-z][a-z0-9.-]*"
_MONTH = r"[0-9]{4}-(?:0[1-9]|1[0-2])"
#: What may stand below the folder of a version; only this is ever removed.
_OURS: Final = re.compile(rf"v1/(?:index|(?:policy/)?{_SLUG}/{_MONTH})\.json")


class LinkInTheWayError(Exception):
    """A link stands where documents go; they could end up anywhere."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Store:
    """Takes documents; :meth:`publish` puts them into ``out``, and without it nothing there changes.

    To be used in a ``with`` statement, which removes what waits aside at its end.
    """

    def __init__(self, out: Path) -> None:
        """Use the folder ``out``, which is made when something is published."""
        self._out = out
        self._aside: Path | None = None
        self._present: set[str] = set()
        self._waiting: set[str] = set()
        self.written = self.removed = self.same = 0

    def __enter__(self) -> Self:
        """Make sure that documents would end up in ``out`` and nowhere else."""
        folders = (self._out, self._out / "v1", *(self._out / "v1").glob("*"), *(self._out / "v1/policy").glob("*"))
        for path in folders:
            if path.is_symlink():
                raise LinkInTheWayError(path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what waits aside."""
        if self._aside:
            shutil.rmtree(self._aside, ignore_errors=True)

    def holds(self, path: str, content: str) -> bool:
        """Tell whether the document at ``path`` is published, or waits, with this digest."""
        self._present.add(path)
        place = self._place(path) if path in self._waiting else self._out / path
        try:
            return digest(place.read_bytes()) == content
        except FileNotFoundError:
            return False

    def put(self, path: str, document: bytes) -> None:
        """Put a document aside."""
        self._present.add(path)
        self._waiting.add(path)
        place = self._place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(document)

    def publish(self) -> None:
        """Move in what waits, each document in one step, and remove the documents that are no more."""
        for path in sorted(self._waiting):
            place = self._out / path
            place.parent.mkdir(parents=True, exist_ok=True)
            self._place(path).replace(place)
        self.written = len(self._waiting)
        self.same = len(self._present) - self.written
        self._waiting.clear()
        for file in sorted((self._out / "v1").rglob("*.json")):
            path = file.relative_to(self._out).as_posix()
            if _OURS.fullmatch(path) and path not in self._present and not file.is_symlink():
                file.unlink()
                self.removed += 1
                if not any(file.parent.iterdir()):
                    file.parent.rmdir()

    def _place(self, path: str) -> Path:
        """Return where a document waits: on the same disk, so that it can be moved in one step."""
        if self._aside is None:
            self._out.parent.mkdir(parents=True, exist_ok=True)
            self._aside = Path(tempfile.mkdtemp(prefix=f".{self._out.name}-", dir=self._out.parent))
        return self._aside / path


class Memory:
    """Takes only the documents of one month, the policies and the index, and keeps them in memory."""

    def __init__(self, month: str) -> None:
        """Ask for the documents of ``month``."""
        self.documents: dict[str, bytes] = {}
        self._month = month

    def holds(self, path: str, content: str) -> bool:  # noqa: ARG002 - the protocol's
        """Claim to hold what is not asked for, so that it is not made."""
        return not (path == "v1/index.json" or path.startswith("v1/policy/") or path.endswith(f"/{self._month}.json"))

    def put(self, path: str, document: bytes) -> None:
        """Keep a document."""
        self.documents[path] = document


class Kept:
    """Keeps in memory the index and the months that are asked for, but for what is the same as ``known``."""

    def __init__(self, known: Mapping[str, bytes], begins: Mapping[str, str]) -> None:
        """Take what is known, and from which month on each department is asked for; of the others nothing is."""
        self.documents: dict[str, bytes] = {}
        self.same: set[str] = set()
        self._known = {path: digest(document) for path, document in known.items()}
        self._begins = begins

    def holds(self, path: str, content: str) -> bool:
        """Tell whether the document is known, with this digest, or is not asked for, so that it is not made."""
        if not self._asked(path):
            return True
        known = self._known.get(path) == content
        if known:
            self.same.add(path)
        return known

    def put(self, path: str, document: bytes) -> None:
        """Keep a document."""
        self.documents[path] = document

    def _asked(self, path: str) -> bool:
        _, folder, *rest = path.split("/")
        if not rest:
            return True
        begin = self._begins.get(folder)
        return begin is not None and rest[0].removesuffix(".json") >= begin
