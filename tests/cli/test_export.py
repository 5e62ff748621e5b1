"""``kpigen export``: a file for those who pay, and a way on from every misuse."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpigen.payroll import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result


def test_a_draft_is_written_and_said_to_be_one(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "pay.csv"
    done = run("export", "small", "2025-01", "--out", str(out))
    assert done.output.splitlines() == [
        "2025-01 is a draft: it is not closed yet, and amounts may still change.",
        f"{out}: agents 1, pay 2056.50",
    ]
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert (rows[0]["Name"], rows[0]["Pay"], rows[-1]["Pay"]) == ("林晓", "2056.50", "2056.50")
    assert out.stat().st_mode & 0o077 == 0, "what people earn is nobody else's to read"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["pay.csv"]


def test_a_closed_month_bears_its_digest(run: Callable[..., Result], tmp_path: Path) -> None:
    run("close", "small", "2025-01", "--by", "zhao.lei")
    out = tmp_path / "pay.csv"
    done = run("export", "small", "2025-01", "--out", str(out))
    assert done.output == f"{out}: agents 1, pay 2056.50\n"
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [len(row["Digest of the close"]) for row in rows] == [64, 64]


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_the_other_formats(run: Callable[..., Result], tmp_path: Path, form: str) -> None:
    if form == "pdf" and font.found(Path(folder).expanduser() for folder in font.FOLDERS) is None:
        pytest.skip("no font with Chinese on this machine")
    out = tmp_path / f"pay.{form}"
    assert run("export", "small", "2025-02", "--format", form, "--out", str(out)).exit_code == 0
    assert out.read_bytes()[:4] == {"xlsx": b"PK\x03\x04", "pdf": b"%PDF"}[form]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("smal", "2025-01"), "there is no department smal; did you mean small?"),
        (("x", "2025-01"), "there is no department x; there are: small"),
        (("small", "2026-01"), "small has no month 2026-01; it has 2025-01 to 2025-02"),
        (("small", "2025-13"), "“2025-13” is no month; write it like 2026-09"),
    ],
)
def test_what_is_not_there(run: Callable[..., Result], tmp_path: Path, words: tuple[str, str], said: str) -> None:
    out = tmp_path / "pay.csv"
    done = run("export", *words, "--out", str(out))
    assert (done.exit_code, done.output) == (2, f"kpigen: {said}\n")
    assert not out.exists()


def test_a_file_is_never_written_over(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "pay.csv"
    out.write_text("mine", "utf-8")
    done = run("export", "small", "2025-01", "--out", str(out))
    assert (done.exit_code, done.output) == (2, f"kpigen: {out} is there already; name another file\n")
    assert out.read_text("utf-8") == "mine"


def test_a_folder_is_no_file(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("export", "small", "2025-01", "--out", str(tmp_path))
    assert (done.exit_code, done.output) == (2, f"kpigen: {tmp_path} is a folder; name a file\n")


@pytest.mark.parametrize("folder", ["records/small", "policy", "site", "build/site", ".git"])
def test_no_payroll_among_what_is_published_or_recorded(run: Callable[..., Result], root: Path, folder: str) -> None:
    root.joinpath(folder).mkdir(parents=True, exist_ok=True)
    out = root / folder / "pay.csv"
    done = run("export", "small", "2025-01", "--out", str(out))
    said = f"kpigen: {out} is no place for a payroll; write it outside of the repository\n"
    assert (done.exit_code, done.output) == (2, said)
    assert not out.exists()


def test_a_folder_that_is_not_there(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("export", "small", "2025-01", "--out", str(tmp_path / "none" / "pay.csv"))
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        2,
        f"kpigen: {tmp_path}/none/pay.csv cannot be used: it is not there",
    )


def test_nothing_is_written_while_something_is_wrong(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    sheet = root / "records/small/2025-02/scores/day.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("A001", "A999"), "utf-8")
    out = tmp_path / "pay.csv"
    done = run("export", "small", "2025-01", "--out", str(out))
    assert done.exit_code == 1
    assert "A999" in done.output
    assert not out.exists()


def test_without_a_font_it_is_said_which(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(font, "FOLDERS", ())
    done = run("export", "small", "2025-01", "--format", "pdf", "--out", str(tmp_path / "pay.pdf"))
    assert (done.exit_code, done.output) == (
        2,
        "kpigen: no font with Chinese is found; install Noto Sans CJK (fonts-noto-cjk), or name one with --font\n",
    )
    named = tmp_path / "font.ttf"
    named.write_bytes(b"none")
    done = run("export", "small", "2025-01", "--format", "pdf", "--font", str(named), "--out", str(tmp_path / "x.pdf"))
    assert (done.exit_code, done.output) == (2, f"kpigen: {named} is no font\n")
