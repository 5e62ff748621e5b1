"""The published documents on disk: those that were computed, without what their departments do not publish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from kpigen import publishing
from kpigen.cache import digest, key_of
from kpigen.publishing.documents import Index
from kpigen.publishing.redaction import redacted_index, redacted_month
from kpigen.site.placing import files, put, share
from kpigen.store import LinkInTheWayError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.publishing.documents import Department

__all__ = ["publish_documents"]

MEMORY: Final = "redacted.msgpack"
#: Documents of the folder that are not computed, and so have no fellow among those that are.
_OTHERS: Final = frozenset({"history.json"})


class _Redacted(msgspec.Struct, frozen=True, array_like=True):
    """How a computed document lay on the disk when it was redacted, and by what rule and program."""

    size: int
    changed: int
    number: int
    key: str


def publish_documents(data: Path, out: Path) -> None:
    """Let ``out`` hold the documents as they may be published; a document that is unchanged is not read.

    Where a department publishes everything, a document is the same file on disk.

    Args:
        data: the folder that holds the ``v1/`` that was computed.
        out: the folder for the ``v1/`` that is published.

    Raises:
        LinkInTheWayError: a link stands where documents go.
    """
    for folder in (out, out / "v1", *(out / "v1").glob("*"), *(out / "v1/policy").glob("*")):
        if folder.is_symlink():
            raise LinkInTheWayError(folder)
    index = (data / "v1/index.json").read_bytes()
    departments = {each.department: each for each in msgspec.json.decode(index, type=Index).departments}
    known, made, program = _recall(out / MEMORY), dict[str, _Redacted](), _program()
    present = set(files(data / "v1")) - _OTHERS
    for path in sorted(present - {"index.json"}):
        source, place = data / "v1" / path, out / "v1" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        department = departments.get(path.partition("/")[0])
        if department is None or department.publish.full:
            if place.is_symlink() or not (place.exists() and place.samefile(source)):
                place.unlink(missing_ok=True)
                share(source, place)
            continue
        policy = data / "v1" / _policy(department, Path(path).stem)
        rule, stat = department.publish, source.stat()
        key = key_of((program, rule.names, rule.pay, digest(policy.read_bytes())))
        made[path] = _Redacted(stat.st_size, stat.st_mtime_ns, stat.st_ino, key)
        if known.get(path) != made[path] or not place.exists():
            _renew(place, redacted_month(source.read_bytes(), policy.read_bytes(), rule))
    _renew(out / "v1/index.json", redacted_index(index))
    for path in set(files(out / "v1")) - present - _OTHERS:
        (out / "v1" / path).unlink()
    put(out / MEMORY, msgspec.msgpack.encode(made))


def _policy(department: Department, month: str) -> str:
    """Return the path of the policy version in force in a month."""
    (ref,) = (each.policy for each in department.months if each.month == month and each.policy)
    return f"policy/{ref.id}/{ref.version}.json"


def _renew(place: Path, content: bytes) -> None:
    """Write a document, unless it is there; it may be shared with an earlier site, or be the computed one."""
    if place.is_symlink() or not place.exists() or place.read_bytes() != content:
        put(place, content)


def _recall(place: Path) -> Mapping[str, _Redacted]:
    try:
        return msgspec.msgpack.decode(place.read_bytes(), type=dict[str, _Redacted])
    except (OSError, msgspec.MsgspecError):
        return {}


def _program() -> str:
    """Return a digest of the code that decides what is published."""
    return key_of(map(digest, _modules()))


def _modules() -> Iterator[bytes]:
    for module in sorted(Path(str(publishing.__file__)).parent.glob("*.py")):
        yield module.read_bytes()
