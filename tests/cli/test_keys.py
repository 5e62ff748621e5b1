"""``kpigen keys``: told once, kept outside, and only what is missing; and a build that lacks keys."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from kpigen.cli import keys as verb

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

SIGNS = r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}"
KEEP = (
    "Keep the file out of every repository: it opens all that is sealed. The passphrases are kept nowhere; "
    "hand each to its owner alone."
)


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPIGEN_KEYS", raising=False)


@pytest.fixture
def sealed(root: Path) -> Path:
    """The small department, which seals its pay."""
    file = root / "records/small/department.yaml"
    text = re.sub(r"(?m)^publish:.*\n", "", file.read_text("utf-8"))
    file.write_text(text + "publish: {names: id, pay: sealed}\n", "utf-8")
    return root


def test_passphrases_are_told_once(
    run: Callable[..., Result], sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "keys.json"
    monkeypatch.setattr(verb, "_is_terminal", lambda: True)
    done = run("keys", "--keys", str(place))
    lines = done.output.splitlines()
    assert done.exit_code == 0
    assert re.fullmatch(f"small, the reviewers: {SIGNS}", lines[0])
    assert re.fullmatch(f"A001 林晓: {SIGNS}", lines[1])
    assert lines[2:] == [f"{place}: new keys 2, keys in all 2. {KEEP}"]
    assert place.stat().st_mode & 0o777 == 0o600
    before = place.read_bytes()
    again = run("keys", "--keys", str(place))
    assert (again.exit_code, again.output) == (0, f"{place}: everybody has a key already\n")
    assert place.read_bytes() == before
    assert sealed.exists()


def test_not_into_a_log(run: Callable[..., Result], sealed: Path, tmp_path: Path) -> None:
    done = run("keys", "--keys", str(tmp_path / "keys.json"))
    said = "kpigen: the passphrases would be left in a file or a log; name a file of their own with --out\n"
    assert (done.exit_code, done.output) == (2, said)
    assert not (tmp_path / "keys.json").exists()
    assert sealed.exists()


@pytest.mark.usefixtures("sealed")
def test_a_file_for_the_passphrases(run: Callable[..., Result], tmp_path: Path) -> None:
    place, out = tmp_path / "keys.json", tmp_path / "told.txt"
    done = run("keys", "--keys", str(place), "--out", str(out))
    assert (done.exit_code, done.output) == (0, f"{place}: new keys 2, keys in all 2. {KEEP}\n")
    assert out.stat().st_mode & 0o777 == 0o600
    assert [line.split(": ")[0] for line in out.read_text("utf-8").splitlines()] == [
        "small, the reviewers",
        "A001 林晓",
    ]
    again = run("keys", "--keys", str(place), "--out", str(out), "--renew", "A001")
    assert (again.exit_code, again.output) == (2, f"kpigen: {out} is there already; name another file\n")


@pytest.mark.usefixtures("sealed")
def test_one_agent_gets_another(run: Callable[..., Result], tmp_path: Path) -> None:
    place = tmp_path / "keys.json"
    run("keys", "--keys", str(place), "--out", str(tmp_path / "first.txt"))
    first = json.loads(place.read_bytes())["departments"]["small"]
    done = run("keys", "--keys", str(place), "--out", str(tmp_path / "second.txt"), "--renew", "A001")
    second = json.loads(place.read_bytes())["departments"]["small"]
    assert done.output == f"{place}: new keys 1, keys in all 2. {KEEP}\n"
    assert re.fullmatch(f"A001 林晓: {SIGNS}\n", (tmp_path / "second.txt").read_text("utf-8"))
    assert (first["reviewers"], first["secret"]) == (second["reviewers"], second["secret"])
    assert first["agents"]["A001"] != second["agents"]["A001"]
    for stated, hint in (("A002", ""), ("smal", "; did you mean small?"), ("zhao", "")):
        lost = run("keys", "--keys", str(place), "--out", str(tmp_path / "third.txt"), "--renew", stated)
        said = f"kpigen: {stated} is no agent or department with sealed pay{hint}\n"
        assert (lost.exit_code, lost.output) == (2, said)


@pytest.mark.parametrize("option", ["--keys", "--out"])
def test_nothing_lies_in_the_repository(run: Callable[..., Result], sealed: Path, tmp_path: Path, option: str) -> None:
    inside = sealed / "keys.json"
    places = {"--keys": str(tmp_path / "keys.json"), "--out": str(tmp_path / "out.txt"), option: str(inside)}
    done = run("keys", *(word for pair in places.items() for word in pair))
    said = f"kpigen: {inside} lies in the repository, where everybody finds it; keys belong outside\n"
    assert (done.exit_code, done.output) == (2, said)
    assert not inside.exists()


def test_a_link_does_not_hide_the_repository(run: Callable[..., Result], sealed: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere"
    link.symlink_to(sealed, target_is_directory=True)
    done = run("build", "--keys", str(link / "keys.json"))
    said = f"kpigen: {link / 'keys.json'} lies in the repository, where everybody finds it; keys belong outside\n"
    assert (done.exit_code, done.output) == (2, said)


def test_without_a_department_that_seals(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("keys", "--keys", str(tmp_path / "keys.json"))
    said = (
        "kpigen: no department seals its pay; one that does says so in its department.yaml: "
        "publish: {names: id, pay: sealed}\n"
    )
    assert (done.exit_code, done.output) == (2, said)


@pytest.mark.usefixtures("sealed")
def test_without_a_file(run: Callable[..., Result]) -> None:
    said = "kpigen: no file of keys is named; name it with --keys, outside of the repository\n"
    assert run("keys").output == said


def test_a_build_without_keys(run: Callable[..., Result], sealed: Path) -> None:
    done = run("build")
    said = (
        "kpigen: small: pay is sealed, and no keys are given; name their file with --keys or in KPIGEN_KEYS, "
        "make it with kpigen keys\n"
    )
    assert (done.exit_code, done.output) == (1, said)
    assert not (sealed / "build/site").exists()


def test_a_build_that_lacks_an_agents_key(
    run: Callable[..., Result], sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "keys.json"
    run("keys", "--keys", str(place), "--out", str(tmp_path / "told.txt"))
    document = json.loads(place.read_bytes())
    del document["departments"]["small"]["agents"]["A001"]
    place.write_text(json.dumps(document), "utf-8")
    done = run("build", "--keys", str(place))
    said = "kpigen: small: no key for A001; kpigen keys makes what is missing\n"
    assert (done.exit_code, done.output) == (1, said)
    monkeypatch.setenv("KPIGEN_KEYS", place.read_text("utf-8"))
    assert run("build").output == said, "the environment may hold the keys themselves"
    monkeypatch.setenv("KPIGEN_KEYS", '{"schema": "kpigen/keys/v1"}')
    assert run("build").output == "kpigen: KPIGEN_KEYS is no file of keys; kpigen keys makes one\n"
    monkeypatch.setenv("KPIGEN_KEYS", str(tmp_path / "none.json"))
    assert run("build").output == f"kpigen: {tmp_path / 'none.json'} cannot be used: it is not there\n"
    assert not (sealed / "build/site").exists()
