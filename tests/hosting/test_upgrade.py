"""`kpigen upgrade`: it shows first, writes when told, and knows what somebody edited by hand."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from kpigen.hosting import MANIFEST, Install, files
from kpigen.hosting.upgrading import newer_pin, read_manifest
from kpigen.seal import blob
from kpigen.text import Lang
from tests.engine.mini import BASE
from tests.hosting.stage import write

VERSION = metadata.version("kpigen")
CHECK = ".github/workflows/check.yml"
UP_TO_DATE = "Everything for the git host is up to date.\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A company's repository, as this version of kpigen makes it."""
    write(tmp_path, {**BASE, **files(Install.pinned(f"kpigen=={VERSION}"), Lang.ZH)})
    return tmp_path


def upgrade(root: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--lang", "en", "upgrade", "--root", str(root), *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def texts(root: Path) -> dict[str, str]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found}


def as_if_older(root: Path, path: str, text: str) -> None:
    """Let an older version have written a file so."""
    write(root, {path: text})
    stated = json.loads(root.joinpath(MANIFEST).read_text("utf-8"))
    stated["files"][path] = blob(text.encode())
    stated["kpigen"] = "0.0.9"
    root.joinpath(MANIFEST).write_text(json.dumps(stated), "utf-8")


def test_what_is_up_to_date_is_said_to_be(office: Path) -> None:
    before = texts(office)
    assert upgrade(office) == (0, UP_TO_DATE)
    assert upgrade(office, "--write") == (0, UP_TO_DATE)
    assert texts(office) == before


def test_this_repository_is_up_to_date() -> None:
    assert upgrade(Path(__file__).parents[2]) == (0, UP_TO_DATE)


def test_a_clone_with_other_line_ends_is_up_to_date(office: Path) -> None:
    for path in (CHECK, MANIFEST, "requirements.txt"):
        office.joinpath(path).write_bytes(office.joinpath(path).read_bytes().replace(b"\n", b"\r\n"))
    assert upgrade(office) == (0, UP_TO_DATE)


def test_the_difference_is_shown_and_nothing_is_written(office: Path) -> None:
    now = office.joinpath(CHECK).read_text("utf-8")
    as_if_older(office, CHECK, now.replace("timeout-minutes: 20", "timeout-minutes: 5", 1))
    before = texts(office)
    code, output = upgrade(office)
    assert code == 1
    lines = output.splitlines()
    assert lines[:3] == [f"{CHECK}: out of date", f"--- {CHECK}", f"+++ {CHECK}"]
    assert {"-    timeout-minutes: 5", "+    timeout-minutes: 20"} <= set(lines)
    assert lines[-2:] == [f"{MANIFEST}: out of date", "Nothing is written; kpigen upgrade --write writes it."]
    assert texts(office) == before
    assert upgrade(office, "--write") == (0, f"{CHECK}: written; out of date\n{MANIFEST}: written; out of date\n")
    assert office.joinpath(CHECK).read_text("utf-8") == now
    assert upgrade(office) == (0, UP_TO_DATE)


def test_an_edit_by_hand_is_said_to_be_one(office: Path) -> None:
    office.joinpath(CHECK).write_text("name: mine\n", "utf-8")
    code, output = upgrade(office)
    assert (code, output.splitlines()[0]) == (1, f"{CHECK}: edited by hand, and would be replaced")
    assert "-name: mine" in output.splitlines()
    assert upgrade(office, "--write") == (0, f"{CHECK}: written; was edited by hand\n")


def test_a_file_that_nobody_of_us_wrote_is_kept(office: Path) -> None:
    write(office, {".github/workflows/own.yml": "name: own\n", ".github/CODEOWNERS": "* @x\n"})
    assert upgrade(office, "--write") == (0, UP_TO_DATE)
    assert office.joinpath(".github/workflows/own.yml").read_text("utf-8") == "name: own\n"


def test_what_is_no_longer_needed_goes_unless_it_was_edited(office: Path) -> None:
    as_if_older(office, ".github/workflows/old.yml", "name: old\n")
    as_if_older(office, ".github/workflows/older.yml", "name: older\n")
    office.joinpath(".github/workflows/older.yml").write_text("name: mine\n", "utf-8")
    told = (
        ".github/workflows/old.yml: removed; no longer needed\n"
        ".github/workflows/older.yml: no longer needed, but edited by hand; remove it yourself\n"
        f"{MANIFEST}: written; out of date\n"
    )
    assert upgrade(office, "--write") == (0, told)
    assert not office.joinpath(".github/workflows/old.yml").exists()
    assert office.joinpath(".github/workflows/older.yml").exists()
    assert upgrade(office) == (0, UP_TO_DATE)  # from now on it is the company's own


def test_language_and_install_are_remembered(office: Path) -> None:
    office.joinpath(CHECK).unlink()
    assert upgrade(office, "--write")[0] == 0
    assert ".venv/bin/kpigen --lang zh check" in office.joinpath(CHECK).read_text("utf-8")
    assert "make" not in office.joinpath(CHECK).read_text("utf-8")


def test_a_pin_follows_the_program_that_upgrades(office: Path) -> None:
    as_if_older(office, "requirements.txt", "# ours\nkpigen==0.0.9\nother==1\n")
    code, output = upgrade(office)
    assert code == 1
    assert {"-kpigen==0.0.9", f"+kpigen=={VERSION}"} <= set(output.splitlines())
    upgrade(office, "--write")
    assert office.joinpath("requirements.txt").read_text("utf-8") == f"# ours\nkpigen=={VERSION}\nother==1\n"


@pytest.mark.parametrize(
    "text",
    [
        "kpigen==0.0.9 --hash=sha256:00\n",
        "kpigen==0.0.9 \\\n    --hash=sha256:00\n",
        "./kpigen-0.0.9.whl\n",
        "kpigen>=0\n",
    ],
)
def test_a_pin_that_says_more_is_for_its_author(text: str) -> None:
    assert newer_pin(text, "1.0") == Install(text)


def test_a_repository_from_before_there_was_a_memory(office: Path) -> None:
    office.joinpath(MANIFEST).unlink()
    office.joinpath(CHECK).write_text("name: mine\n", "utf-8")
    code, output = upgrade(office)
    assert code == 1
    assert f"{CHECK}: edited by hand, and would be replaced" in output
    assert f"{MANIFEST}: new" in output
    office.joinpath("requirements.txt").unlink()
    assert upgrade(office) == (2, "kpigen: there is no requirements.txt that says which kpigen to install: kpigen==…\n")


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", ".git/config", ".github/../x", "records/x.yaml", ""])
def test_a_memory_that_names_other_places_is_none(office: Path, path: str) -> None:
    stated = json.loads(office.joinpath(MANIFEST).read_text("utf-8"))
    stated["files"][path] = blob(b"x")
    assert read_manifest(json.dumps(stated)) is None


def test_nothing_is_followed_out_of_the_repository(office: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    office.joinpath(".github/workflows").rename(elsewhere / "workflows")
    office.joinpath(".github/workflows").symlink_to(elsewhere / "workflows")
    for arguments in ((), ("--write",)):
        code, output = upgrade(office, *arguments)
        assert code == 2
        assert output.endswith("/.github/workflows is a link; files go into plain folders only\n")


def test_no_sign_in_a_file_steers_the_terminal(office: Path) -> None:
    office.joinpath(CHECK).write_text("name: \x1b[31m\u202e\n", "utf-8")
    _, output = upgrade(office)
    assert "-name: \\u001b[31m\\u202e" in output.splitlines()


def test_a_folder_that_is_no_repository_is_refused(tmp_path: Path) -> None:
    code, output = upgrade(tmp_path)
    assert (code, "holds neither records/ nor policy/" in output) == (2, True)
