"""A wheel of kpigen, installed by itself: it has all that a new repository and its site are made from."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.founding.conftest import ROOT

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
ALONE = ["--no-deps", "--no-index"]


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False, encoding="utf-8")  # noqa: S603 - a test's own
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing of the build stays here."""
    source = tmp_path_factory.mktemp("source")
    for folder in ("kpigen", "policy", "site"):
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "README.md", "mkdocs.yml", "pyproject.toml", "setup.py"):
        shutil.copy(ROOT / name, source)
    (source / "build/lib/kpigen/_shipped/policy/old").mkdir(parents=True)
    (source / "build/lib/kpigen/_shipped/policy/old/2001-01.yaml").write_text("left by an earlier build\n", "utf-8")
    run(*PIP, "wheel", "--no-build-isolation", *ALONE, "--wheel-dir", "wheels", "./", cwd=source)
    return next((source / "wheels").glob("*.whl"))


def test_holds_what_the_clone_has(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    there = [ROOT / "mkdocs.yml", *(ROOT / "policy").rglob("*"), *(ROOT / "site").rglob("*")]
    expected = {f"kpigen/_shipped/{path.relative_to(ROOT).as_posix()}" for path in there if path.is_file()}
    assert {name for name in held if name.startswith("kpigen/_shipped/")} == expected
    templates = [
        path for package in ("founding", "hosting") for path in (ROOT / "kpigen" / package).rglob("templates/**/*")
    ]
    assert {path.relative_to(ROOT).as_posix() for path in templates if path.is_file()} <= held
    assert not [name for name in held if name.startswith(("tests", "records", "setup"))]


def test_founds_and_builds_without_a_clone(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=tmp_path)
    scheme = {"base": str(tmp_path / "venv"), "platbase": str(tmp_path / "venv")}
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    # What kpigen needs, but not the clone: a folder that is named in a .pth has its own .pth files passed over.
    (packages / "below.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    python = str(tmp_path / "venv/bin/python")
    run(*PIP, "--python", python, "install", *ALONE, "--ignore-installed", str(wheel), cwd=tmp_path)
    kpigen = [python, "-m", "kpigen", "--lang", "en"]
    where = run(python, "-c", "import kpigen; print(kpigen.__file__)", cwd=tmp_path)
    assert where.startswith(str(packages))
    run(*kpigen, "init", "new", "--policy", "property-monthly", "--department", "estate", cwd=tmp_path)
    assert run(*kpigen, "check", cwd=tmp_path / "new") == "clean: 1 month, 4 agents\n"
    assert run(*kpigen, "build", cwd=tmp_path / "new") == "The site: build/site/index.html\n"
    assert (tmp_path / "new/build/site/en/agents/A001.html").is_file()
