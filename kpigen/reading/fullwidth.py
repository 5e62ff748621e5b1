"""Full-width slips: a Chinese keyboard's ：，｛｝ where YAML wants :,{}, and the line as it should be.

Chinese prose holds the same signs rightly, so a sign alone proves nothing. A line is mended only where an
ASCII key stands before the colon or after the comma, and only after something else has shown that the line
went wrong: the parser failed there, a key swallowed its value, or text stands where a table should.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.finding import Finding, Place, Rule
from kpigen.reading.faults import Fault
from kpigen.reading.nodes import Scalar
from kpigen.text import say

if TYPE_CHECKING:
    from typing import Final

__all__ = ["FULL_WIDTH", "WIDE", "mend", "narrow", "slip"]

FULL_WIDTH: Final = Rule("full-width")

WIDE: Final = re.compile("[：，｛｝［］]")
"""The signs whose misuse changes what YAML sees."""

_KEY = r"""(?:[A-Za-z0-9_][A-Za-z0-9_.-]*|"[^"\n]*")"""
_COLON_AT_START = re.compile(rf"^(\s*(?:- +)*)({_KEY})\s*：\s*")
_COLON_IN_FLOW = re.compile(rf"([{{,，｛]\s*)({_KEY})\s*：\s*")
_COMMA = re.compile(rf"\s*，\s*(?={_KEY}\s*:)")
_OPENING = re.compile(r"((?:^|:|-)\s*)([｛［])")
_CLOSING = re.compile(r"([｝］])(?=[\s｝］}\]]*$)")
_DIGITS = re.compile(r"(?<=: )[０-９．－]+(?=\s*(?:[,}]|$))")
# The patterns take quadratic time on lines made for it; a table in braces is far shorter.
_MAX_LINE = 1000
_AROUND = 20
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
# A key that took in its colon or its neighbour: "score： 90", "14，resolution".
_SWALLOWED = re.compile(rf"\s*[｛［]?\s*{_KEY}\s*：|.*，\s*{_KEY}\s*$|\s*[｛［]")


@dataclass(frozen=True, slots=True)
class _Slip(Fault):
    """A fault at a column of its own: that of the first sign."""

    column: int = 1

    def at(self, place: Place, *, related: tuple[Place, ...] = ()) -> Finding:
        """Make the finding at the sign, on the line of ``place``."""
        sign = Place(place.path, place.line, self.column)
        return Finding.of(self.rule, sign, self.message, self.hint, related=related)


def narrow(text: str) -> str:
    """Write full-width letters, digits and signs as the ASCII ones they stand for."""
    return text.translate(_NARROW)


def mend(line: str) -> str | None:
    """Return ``line`` with its full-width slips replaced, or None when it has none."""
    if len(line) > _MAX_LINE:
        return None
    mended = _OPENING.sub(lambda m: m[1] + narrow(m[2]), line)
    mended = _COLON_IN_FLOW.sub(r"\1\2: ", _COLON_AT_START.sub(r"\1\2: ", mended))
    mended = _COMMA.sub(", ", mended)
    if mended != line or "{" in line or "[" in line:
        mended = _CLOSING.sub(lambda m: narrow(m[1]), mended)
    mended = _DIGITS.sub(lambda m: narrow(m[0]), mended)
    return mended if mended != line else None


def slip(line: str, *, key: str | None = None) -> Fault | None:
    """Say what a line's full-width slip is and how the line should read.

    Args:
        line: the whole line, or the scalar that was read from it.
        key: a key read from it; then there is a slip only if that key took in more than a key.

    Returns:
        The fault, or None when the line shows no slip.
    """
    if key is not None and not _SWALLOWED.match(key):
        return None
    mended = mend(line)
    if mended is None:
        return None
    pairs = zip(line, mended, strict=False)
    first = next((index for index, (old, new) in enumerate(pairs) if old != new), len(mended))
    sign = next((index for index in range(first, len(line)) if narrow(line[index]) != line[index]), first)
    message = say("Full-width signs stand where YAML needs ASCII ones: “{line}”.", line=_about(line, sign))
    begin = line.column if isinstance(line, Scalar) else 1
    return _Slip(FULL_WIDTH, message, say("Write: {line}", line=_about(mended, first)), begin + sign)


def _about(line: str, index: int) -> str:
    """Return what stands about a character of a line."""
    begin, end = max(index - _AROUND, 0), index + _AROUND + 1
    return ("…" if line[:begin].strip() else "") + line[begin:end].strip() + ("…" if line[end:].strip() else "")
