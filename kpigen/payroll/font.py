"""The font that statements are printed with: one that has Chinese, found where systems keep their fonts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fontTools.ttLib import TTCollection, TTFont, TTLibError  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["FOLDERS", "FONTS", "Face", "FontError", "found", "opened"]

#: Where Linux, macOS and Windows keep fonts; ``~`` is the user's home.
FOLDERS: Final = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
#: Fonts with Chinese that systems have, the clearest in print first. Their names are compared without case.
FONTS: Final = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "msyh.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Light.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "simhei.ttf",
    "simsun.ttc",
)
#: What a font must be able to write to be of use: 应发扣减实发.
_NEEDED: Final = frozenset(map(ord, "应发扣减实发0"))


class FontError(Exception):
    """A file is no font, or one without Chinese; ``readable`` tells which."""

    def __init__(self, *, readable: bool) -> None:
        super().__init__("no Chinese" if readable else "no font")
        self.readable = readable


@dataclass(frozen=True, slots=True)
class Face:
    """A font in a file: which of several, and the characters that it has."""

    path: Path
    number: int
    characters: frozenset[int]


def found(folders: Iterable[Path]) -> Path | None:
    """Return the best font that lies in or below the folders, or None."""
    wanted = {name.casefold(): rank for rank, name in enumerate(FONTS)}
    here = [
        (wanted[path.name.casefold()], str(path), path)
        for folder in folders
        for pattern in ("*.tt[cf]", "*.otf", "*.TT[CF]", "*.OTF")
        for path in folder.rglob(pattern)
        if path.name.casefold() in wanted
    ]
    return min(here)[2] if here else None


def opened(path: Path) -> Face:
    """Return the face of a font file that has Chinese; of a collection, the one for simplified characters.

    Raises:
        FontError: there is none.
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(4) == b"ttcf":
                stream.seek(0)
                faces = [(number, font) for number, font in enumerate(TTCollection(stream, lazy=True).fonts)]
            else:
                stream.seek(0)
                faces = [(0, TTFont(stream, lazy=True))]
            able = [(number, font) for number, font in faces if font.getBestCmap().keys() >= _NEEDED]
            if not able:
                raise FontError(readable=True)
            number, font = next((face for face in able if _simplified(face[1])), able[0])
            return Face(path, number, frozenset(font.getBestCmap()))
    except (TTLibError, AttributeError, KeyError, AssertionError) as error:
        raise FontError(readable=False) from error


def _simplified(font: TTFont) -> bool:
    name = font["name"].getDebugName(1) or ""
    return name.endswith((" SC", " CN", " GB"))
