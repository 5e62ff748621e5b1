"""Hygiene: bytes of a file to clean text, or to findings, before any parser sees them.

What passes here is UTF-8 without a byte-order mark, with plain line feeds, of bounded size and nesting, and
made only of characters that a reader of a diff can see and tell apart.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from kpigen.finding import Finding, Place, Rule
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "INVISIBLE_CHARACTER",
    "LINE_ENDING",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_FINDINGS",
    "NOT_UTF8",
    "ODD_SCRIPT",
    "TAB",
    "TOO_DEEP",
    "TOO_LARGE",
    "inspect",
    "unseen",
]

TOO_LARGE = Rule("too-large")
TOO_DEEP = Rule("too-deep")
NOT_UTF8 = Rule("not-utf8")
LINE_ENDING = Rule("line-ending")
TAB = Rule("tab")
INVISIBLE_CHARACTER = Rule("invisible-character")
ODD_SCRIPT = Rule("odd-script")

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
"""How many tables and lists may stand inside one another, the file itself counted."""
MAX_FINDINGS = 20
"""How many characters of one file are reported: a hostile file holds 80,000 of them."""

# Far more brackets than a line of prose leaves open, far fewer than hurt a parser; the depth that counts is
# measured by the parser's events, this only keeps the parser from ever seeing 100,000 of them.
_OPEN_ON_A_LINE = 64

# The characters that records may hold besides ASCII. An allow-list of ranges rather than of Unicode
# properties, so that every Python version decides alike. It holds what Chinese and European texts need:
# - Latin letters with their accents (Müller, Łukasz, Đỗ), each as one character, never as letter + mark;
# - Han, with the extensions that rare names need, and kana (の and ー are common in shop names);
# - punctuation, currency, numbers in circles, arrows, mathematical signs, pictures (emoji).
# It leaves out all other alphabets: their letters pass for Latin ones (Cyrillic U+0410 for A), and Chinese
# saved as GBK can be valid UTF-8 that reads as Greek, Hebrew or Arabic (郑伟 becomes U+05A3 U+03B0). Left out
# too are characters that are not seen (U+2028, zero width, tags, U+2800) and the doubles of Han characters
# (the radical U+2F00 for 一).
_ALLOWED = (
    "\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff"  # Latin; not U+00AD, the soft hyphen
    "\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20c0"  # punctuation, indices, currency
    "\u2103\u2109\u2116\u2122\u2150-\u2182\u2185-\u218b"  # ℃ ℉ № ™ ⅓ Ⅷ
    "\u2190-\u27ff\u2900-\u2bff"  # arrows, mathematics, ①, boxes, shapes, dingbats; not Braille
    "\u3001-\u3029\u3030\u3041-\u3096\u309b-\u30ff\u3200-\u33ff"  # 、。「」々〇, kana, ㈱ ㎡
    "\u3400-\u4dbf\u4e00-\u9fff\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"  # Han
    "\uff01-\uff60\uffe0-\uffe6"  # full-width forms: their misuse is another rule's matter
    "\U0001f300-\U0001f3fa\U0001f400-\U0001faff"  # pictures, without the skin tones that only modify
    "\U00020000-\U0002f7ff\U00030000-\U000323af"  # Han, extensions B to I
)
_FORBIDDEN = re.compile(f"[^\\n\\x20-\\x7e{_ALLOWED}]")
_PLAIN = bytes([0x0A, *range(0x20, 0x7F)])
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
# An accented letter beside another or beside a sign, with no plain letter next to them: hardly any European
# word is so, but Chinese saved as GBK is, when its bytes happen to be UTF-8: 陆强 becomes ½ǿ. Signs alone
# (张××) do not count.
_ACCENTS = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_SIGNS = "\u00a1-\u00bf\u00d7\u00f7"
_ACCENTED = re.compile(f"[{_ACCENTS}]")
_ACCENTED_WORD = re.compile(
    f"(?<![A-Za-z{_SIGNS}{_ACCENTS}])(?=[{_SIGNS}]*[{_ACCENTS}])[{_SIGNS}{_ACCENTS}]{{2,}}(?![A-Za-z{_SIGNS}{_ACCENTS}])"
)
_TWO_BYTES = re.compile("[\u0080-\u07ff]{2,}")
# Seen by nobody although Unicode calls them letters, marks or symbols.
_BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),  # before UTF-16's, which it starts with
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAVE_AGAIN = say("Open it in the editor it came from, choose “Save as” and the encoding UTF-8, and submit that file.")


def inspect(path: str, data: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """Turn a file's bytes into clean text.

    Args:
        path: where the file lies, for the findings.
        data: its bytes, from anybody.

    Returns:
        The text without byte-order mark and with line feeds only, and no finding; or None and the findings.
    """
    if len(data) > MAX_BYTES:
        message = say("The file has {size} bytes; the limit is {limit}.", size=len(data), limit=MAX_BYTES)
        hint = say("Split it into several files, or remove what is no record.")
        return None, (Finding.of(TOO_LARGE, Place(path), message, hint),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(path, data, error.start),)
    # Deleting plain ASCII from the bytes is some twenty times faster than looking at every character.
    rest = data.removeprefix(codecs.BOM_UTF8).translate(None, _PLAIN)
    if rest:
        if b"\0" in rest and (wide := _wide(data)):
            return None, (_not_utf8(path, data, 0, wide),)
        if b"\r" in rest:
            text = text.replace("\r\n", "\n")
        odd = rest.replace(b"\r", b"").decode()
        if (
            _FORBIDDEN.search(odd)
            or (b"\r" in rest and "\r" in text)
            or (_ACCENTED.search(odd) and _ACCENTED_WORD.search(text))
        ):
            findings = tuple(_characters(path, text))
            if findings:
                return None, findings
    deep = _deep(path, data, text)
    return (None, (deep,)) if deep else (text, ())


def unseen(text: str) -> str | None:
    """Return the first character of ``text`` that records may not hold, or None; line feeds are allowed."""
    found = _FORBIDDEN.search(text)
    return found[0] if found else None


def code_point(char: str) -> str:
    """Write a character's code point, ``U+200B``."""
    return f"U+{ord(char):04X}"


def _wide(data: bytes) -> str | None:
    """Name the wide encoding that bytes are written in: every ASCII character in them brings zeros along."""
    if data.count(0) * 8 < len(data):
        return None
    for encoding in ("UTF-32", "UTF-16"):
        for order in ("-le", "-be"):
            try:
                text = data.decode(encoding + order)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return encoding
    return None


def _not_utf8(path: str, data: bytes, start: int, wide: str | None = None) -> Finding:
    wide = wide or next((name for mark, name in _MARKS if data.startswith(mark)), None) or _wide(data)
    if wide:
        message = say("The file is written in {encoding}, not in UTF-8.", encoding=wide)
        return Finding.of(NOT_UTF8, Place(path), message, _SAVE_AGAIN)
    before = data[:start].decode("utf-8-sig", "replace")
    place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    try:
        end = data.find(b"\n", start)
        line = data[data.rfind(b"\n", 0, start) + 1 : end if end >= 0 else len(data)]
        as_gbk = line.decode("gb18030").strip()
    except UnicodeDecodeError:
        byte = f"0x{data[start]:02X}"
        return Finding.of(NOT_UTF8, place, say("The byte {byte} here is not UTF-8 text.", byte=byte), _SAVE_AGAIN)
    message = say("The file is not UTF-8. Read as GBK, this line is “{line}”.", line=as_gbk[:100])
    return Finding.of(NOT_UTF8, place, message, _SAVE_AGAIN)


def _characters(path: str, text: str) -> Iterator[Finding]:
    """Yield findings for words that are GBK, in other lines for each character that may not stand there."""
    found = (finding for number, line in enumerate(text.split("\n"), 1) for finding in _in_line(path, number, line))
    return islice(found, MAX_FINDINGS)


def _in_line(path: str, number: int, line: str) -> Iterator[Finding]:
    garbled = list(_gbk(path, number, line)) if _FORBIDDEN.search(line) or _ACCENTED_WORD.search(line) else []
    if garbled:
        yield from garbled
        return
    for match in _FORBIDDEN.finditer(line):
        yield _character(Place(path, number, match.start() + 1), match[0], line)


def _gbk(path: str, number: int, line: str) -> Iterator[Finding]:
    """Yield a finding for each word of ``line`` that is Chinese saved as GBK."""
    words = [match for match in _TWO_BYTES.finditer(line) if _FORBIDDEN.search(match[0])]
    for match in words or _ACCENTED_WORD.finditer(line):
        word = match[0]
        try:
            han = word.encode().decode("gb2312")  # the common part of GBK; two bytes of this kind are Han
        except UnicodeDecodeError:
            continue
        message = say("“{text}” is not what was meant: read as GBK, it is “{han}”.", text=word[:40], han=han[:40])
        yield Finding.of(NOT_UTF8, Place(path, number, match.start() + 1), message, _SAVE_AGAIN)


def _character(place: Place, char: str, line: str) -> Finding:
    """Say what is wrong with one character."""
    code = code_point(char)
    if char == "\r":
        message = say("A line ends with a lone carriage return (U+000D).")
        return Finding.of(LINE_ENDING, place, message, say("Save the file with the line endings LF or CRLF."))
    if char == "\t":
        hint = (
            say("Replace it by spaces, two for each level.")
            if not line[: place.column - 1].strip()
            else say("Replace it by a space.")
        )
        return Finding.of(TAB, place, say("A tab stands here; YAML lines are laid out with spaces."), hint)
    if unicodedata.category(char) == "Zs":
        message = say("A space that is no ordinary one ({code}) stands here.", code=code)
        return Finding.of(INVISIBLE_CHARACTER, place, message, say("Replace it by an ordinary space."))
    if unicodedata.category(char)[0] in "CZ" or _BLANKS.match(char):
        message = say("The character {code} stands here, and nobody can see it.", code=code)
        return Finding.of(INVISIBLE_CHARACTER, place, message, say("Delete it, or type the text again."))
    return Finding.of(
        ODD_SCRIPT,
        place,
        say("“{char}” ({code}) is no character of Chinese or Latin script.", char=char, code=code),
        _instead(char, line, place),
    )


def _instead(char: str, line: str, place: Place) -> Text:
    """Say what to write instead of a character of another script."""
    before = line[place.column - 2 : place.column - 1]
    whole = unicodedata.normalize("NFC", before + char) if before else ""
    plain = unicodedata.normalize("NFKC", char)
    if len(whole) == 1 and not unseen(whole):
        return say("Type it as one character: “{char}”.", char=whole)
    if plain != char and not unseen(plain):
        return say("Type the ordinary character: “{char}”.", char=plain)
    return say("Type it with a Chinese or English keyboard; if the text looks garbled, save the file as UTF-8 again.")


def _deep(path: str, data: bytes, text: str) -> Finding | None:
    """Bound the brackets that one line leaves open.

    Brackets inside quotes and comments count like the others: a line of prose never leaves 64 of them open.
    """
    brackets = data.translate(None, _NOT_BRACKETS)
    if len(_unpaired(brackets)) <= _OPEN_ON_A_LINE:
        return None
    for number, line in enumerate(text.split("\n"), 1):
        left = _unpaired(line.encode().translate(None, _NOT_BRACKETS))
        if left.count(b"[") + left.count(b"{") > _OPEN_ON_A_LINE:
            message = say("This line opens {count} brackets and does not close them.", count=len(left))
            hint = say("At most {limit} tables and lists may stand inside one another.", limit=MAX_DEPTH)
            return Finding.of(TOO_DEEP, Place(path, number, 1), message, hint)
    return None


def _unpaired(brackets: bytes) -> bytes:
    """Remove pairs of brackets, from the innermost outwards, as deep as a file may go."""
    for _ in range(MAX_DEPTH + 1):
        if not brackets:
            break
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return brackets
