"""What a PDF of fpdf2 shows, read back: the texts of its pages, through each font's own table of characters."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_SHOWN = re.compile(rb"\(((?:\\.|[^\\()])*)\) Tj", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf: bytes) -> list[list[str]]:
    """The texts that each page shows, in the order in which they are drawn."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    characters: dict[int, str] = {}
    for body in objects.values():
        data = _stream(body)
        if data and b"beginbfchar" in data:
            pairs = re.findall(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>", data.split(b"beginbfchar", 1)[1])
            characters = {int(code, 16): bytes.fromhex(char.decode()).decode("utf-16-be") for code, char in pairs}
    found = []
    for body in objects.values():
        if b"/Type /Page\n" in body:
            content = re.search(rb"/Contents (\d+) 0 R", body)
            assert content
            drawn = _SHOWN.findall(_stream(objects[int(content[1])]) or b"")
            found.append([_text(one, characters) for one in drawn])
    return found


def _stream(body: bytes) -> bytes | None:
    held = re.search(rb"stream\n(.*)\nendstream", body, re.DOTALL)
    if not held:
        return None
    return zlib.decompress(held[1]) if b"/FlateDecode" in body else held[1]


def _text(drawn: bytes, characters: dict[int, str]) -> str:
    codes = re.sub(rb"\\(.)", lambda one: _ESCAPED.get(one[1], one[1]), drawn, flags=re.DOTALL)
    numbers = [int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2)]
    return "".join(characters[number] for number in numbers)
