from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.reading.hygiene import MAX_BYTES, MAX_FINDINGS, inspect, unseen
from kpigen.reading.syntax import parse

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN_NAMES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红鑫"


def rules(data: bytes) -> set[str]:
    text, findings = inspect("x.yaml", data)
    assert (text is None) == bool(findings)
    return {finding.rule.id for finding in findings}


@pytest.mark.parametrize(
    "text",
    [
        "summary: 等待时间过长，语气生硬：差（已核实）；“请回访”",
        "name: Müller-Łukasz Đỗ Øre Éamon",
        "name: 阿卜杜拉·买买提 々〇 𬭎 の店 コーヒー",
        "note: 张××，约 5℃，№ 3，①②，≥ 90 → 好 👍 €5 ¥6 ￥7 2²",
        "note: «école» – “yes” … ‘no’ — café",
        "note: 﨎﨏",
        "note: [[[ 见附件 ((({{{",
    ],
)
def test_what_chinese_and_european_texts_need_passes(text: str) -> None:
    assert inspect("x.yaml", text.encode()) == (text, ())


def test_mark_and_line_endings_are_made_alike() -> None:
    assert inspect("x.yaml", b"\xef\xbb\xbfa: 1\r\nb: \xe5\xa5\xbd\r\n") == ("a: 1\nb: 好\n", ())
    document, findings = parse("x.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert not findings
    assert document is not None
    assert [(key.line, key.column) for key in document.root] == [(1, 1), (2, 1)]


def test_no_common_name_saved_as_gbk_passes() -> None:
    readable = 0
    for name in (surname + second for surname in SURNAMES for second in GIVEN_NAMES):
        data = f"name: {name}\n".encode("gbk")
        assert rules(data) == {"not-utf8"}, name
        try:
            data.decode()
        except UnicodeDecodeError:
            continue
        readable += 1
    assert readable == 85  # valid UTF-8, each of them


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["a: 1\n", "agent: A001\nname: 林晓\n"])
def test_wide_encodings_are_named(encoding: str, text: str) -> None:
    _, (finding,) = inspect("x.yaml", text.encode(encoding))
    assert finding.rule.id == "not-utf8"
    assert finding.message.values == (("encoding", encoding[:6].upper()),)


SCRIPTS = {
    *("LATIN", "FULLWIDTH", "SUPERSCRIPT", "FEMININE", "MASCULINE", "MICRO"),
    *("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
}


def test_what_passes_can_be_seen_and_told_apart() -> None:
    """Letters pass from two scripts and kana only, and nothing passes that a diff would not show."""
    for code in range(0x80, 0x110000):
        char = chr(code)
        if unseen(char):
            continue
        category = unicodedata.category(char)
        assert category[0] not in "ZM", hex(code)
        assert category not in {"Cc", "Cf", "Co", "Cs"}, hex(code)
        if category[0] == "L":
            assert unicodedata.name(char, "CJK").partition(" ")[0] in SCRIPTS, hex(code)
    assert {char for char in map(chr, range(0x80)) if not unseen(char)} == {"\n", *map(chr, range(0x20, 0x7F))}


def test_a_file_full_of_odd_characters_is_reported_in_part() -> None:
    _, findings = inspect("x.yaml", "\u200b".encode() * 80_000)
    assert len(findings) == MAX_FINDINGS


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 10, b"[" * 1000, b"[" * 100_000, b"{" * 100_000, b"{a: " * 60_000, b"- " * 100_000, b"? " * 100_000,
        b"[\n" * 100_000, b"-\n" * 100_000, b"\n".join(b" " * n + b"a:" for n in range(700)),
        b"a: &a [b]\n" * 20_000, b"a: 1\n" * 50_000, b"*a : 1\n" * 30_000, b"!" * 200_000, b"&" * 200_000,
        b"a: " + b"1" * 250_000, b'"' * 250_000, b"a: '" + b"''" * 120_000, b"\t" * 250_000,
        b"a: x\n" + b" " * 250_000 + "，".encode() + b"\n}", "｝".encode() * 80_000 + b"{",
        b"{" + ",，".encode() * 60_000,
        "É".encode() * 120_000 + b"A", "×".encode() * 120_000, b"a: |\n" + b" " * 250_000, b"%" * 250_000,
        b"\r" * 250_000,
        b"a: [" + b"{}," * 80_000 + b"]", b"[]{}" * 60_000, b'a: "' + b"\\u202e" * 40_000 + b'"',
    ],
)  # fmt: skip
def test_hostile_files_end_soon(data: bytes) -> None:
    start = time.process_time()
    parse("x.yaml", data[:MAX_BYTES])
    assert time.process_time() - start < 2


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    rules(data)


@given(st.text(max_size=100))
def test_what_passes_is_what_was_read(text: str) -> None:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    got, findings = inspect("x.yaml", data)
    if not findings:
        assert got == text.removeprefix("\ufeff").replace("\r\n", "\n")


def test_zeros_alone_are_no_wide_encoding() -> None:
    assert rules(b"\0\0\0\0\0\0\0\0") == {"invisible-character"}
    assert rules(b"\xff\0\0\xff\0\0\xff") == {"not-utf8"}
