"""``kpigen init``: what is said, what is refused, and that nothing is ever half written."""

from __future__ import annotations

import errno
import os
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpigen.founding import settle
from tests.founding.conftest import POLICIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

NAMES = ", ".join(POLICIES)
FILES = {"README.md": "a", "records/shop/department.yaml": "b", ".github/x.yml": "c"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_says_what_comes_next(kpigen: Callable[..., Result], tmp_path: Path) -> None:
    done = kpigen("init", "my shop", "--policy", "star-tier", "--department", "shop")
    count = len(content(tmp_path / "my shop"))
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        [
            f"my shop: {count} files; policy star-tier 2025-01, department shop, sample month 2025-01",
            "1. cd 'my shop', then try it: kpigen check, kpigen build",
            "2. git init -b main, git add -A, git commit: the repository begins",
            "3. README.md says how the three users work, and how your own people take the sample's place",
        ],
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my shop"]


def test_what_is_made_depends_on_what_is_asked_alone(found: Callable[..., Path], kpigen: Callable[..., Result]) -> None:
    first = found("multi-rater", "--lang", "zh", "--name", "电商客服部")
    done = kpigen(
        "init", "again", "--policy", "multi-rater", "--department", "shop", "--lang", "zh", "--name", "电商客服部"
    )
    assert done.exit_code == 0
    assert content(first) == content(Path("again"))
    assert "\nname: 电商客服部\n" in (first / "records/shop/department.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["yes", "[客服", "# 1", "a: b", '"', "&x", "{{ 7*7 }}", "0", "—", "客服*部", "'"])
def test_any_name_is_a_name(kpigen: Callable[..., Result], found: Callable[..., Path], name: str) -> None:
    root = found("six-dimensions", f"--name={name}")
    assert kpigen("check", "--root", str(root)).output == "clean: 1 month, 4 agents\n"
    assert kpigen("fmt", "--check", "--root", str(root)).output == ""


def test_kpigen_is_pinned(found: Callable[..., Path], kpigen: Callable[..., Result]) -> None:
    assert (found("star-tier") / "requirements.txt").read_text("utf-8") == f"kpigen=={metadata.version('kpigen')}\n"
    line = "kpigen @ file:///srv/wheels/kpigen-0.1.0-py3-none-any.whl"
    kpigen("init", "other", "--policy", "star-tier", "--department", "shop", "--requirement", line)
    assert Path("other/requirements.txt").read_text("utf-8") == f"{line}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--policy star-teir --department shop",
         f"no policy star-teir comes with kpigen; did you mean star-tier? There are: {NAMES}"),
        ("--policy xyzzy --department shop", f"no policy xyzzy comes with kpigen; there are: {NAMES}"),
        ("--policy ../star-tier --department shop",
         f"no policy ../star-tier comes with kpigen; did you mean star-tier? There are: {NAMES}"),
        ("--department shop", f"say --policy with one of: {NAMES}"),
        ("--policy star-tier --department people.yaml",
         "people.yaml is the name of a file; choose an id without .yaml"),
        ("--policy star-tier --department shop --month 2024-12",
         "star-tier begins with 2025-01; name a month from then on"),
        ("--policy property-quarterly --department shop --month 2025-04",
         "2025-04 is not assessed by itself; the period ends with 2025-06"),
        ("--policy star-tier --department shop --month 2025-13",
         "“2025-13” is no month. Write the year and the month from 01 to 12, such as 2026-09."),
        ("--policy star-tier --department shop --name a\u202eb", "the name has characters that nobody sees: a\\u202eb"),
        ("--policy star-tier --department shop --name \u3000", "A value is missing. Write some text."),
        ("--policy star-tier --department shop --requirement a\nb", "the requirement is not one line: a\\u000ab"),
    ],
)  # fmt: skip
def test_what_is_refused(kpigen: Callable[..., Result], tmp_path: Path, arguments: str, said: str) -> None:
    done = kpigen("init", "new", *arguments.split(" "))
    assert (done.exit_code, done.output) == (2, f"kpigen: {said}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("department", "meant"), [("电商", "a small letter a–z"), ("E-Commerce", "e-commerce"), ("../up", "a small letter")]
)
def test_a_department_has_an_id(kpigen: Callable[..., Result], tmp_path: Path, department: str, meant: str) -> None:
    done = kpigen("init", "new", "--policy", "star-tier", "--department", department)
    assert done.exit_code == 2
    assert meant in done.output
    assert done.output.endswith("The name for people goes to --name.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_taken(kpigen: Callable[..., Result], tmp_path: Path) -> None:
    arguments = ("--policy", "star-tier", "--department", "shop")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("dear", "utf-8")
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty", target_is_directory=True)
    (tmp_path / "nowhere").symlink_to("absent")
    before = sorted(tmp_path.rglob("*"))
    said = {name: kpigen("init", name, *arguments).output for name in ("full", "file", "link", "nowhere")}
    assert said == {
        "full": "kpigen: full is not empty: there is letter.txt; name a new folder\n",
        "file": "kpigen: file is no folder\n",
        "link": "kpigen: link is a link; files go into plain folders only\n",
        "nowhere": "kpigen: nowhere is a link; files go into plain folders only\n",
    }
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_stays_the_same_folder(kpigen: Callable[..., Result], tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    before = here.stat().st_ino
    os.chdir(here)
    assert kpigen("init", ".", "--policy", "star-tier", "--department", "shop").exit_code == 0
    assert (here.stat().st_ino, kpigen("check").exit_code) == (before, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "here"]


@pytest.mark.parametrize("there", [True, False])
def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:  # noqa: FBT001
    folder, moved, rename = tmp_path / "new", [], Path.rename
    if there:
        folder.mkdir()

    def fail_at_the_last(path: Path, target: Path) -> Path:
        moved.append(path.name)
        if len(moved) == (3 if there else 1):
            raise OSError(errno.ENOSPC, "full", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_at_the_last)
    with pytest.raises(OSError, match="full"):
        settle(folder, FILES)
    assert moved == ([".github", "README.md", "records"] if there else ["new"])
    assert [path.name for path in tmp_path.rglob("*")] == (["new"] if there else [])


def test_what_came_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        settle(tmp_path, FILES)
    assert content(tmp_path) == {"README.md": b"mine"}
