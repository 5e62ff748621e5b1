"""A second reader, written by others and for YAML 1.2, finds the same in every committed file as ours does."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kpigen.reading.syntax import parse

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path.relative_to(ROOT).as_posix() for top in ("policy", "records") for path in (ROOT / top).rglob("*.yaml")
)


@pytest.mark.parametrize("folder", sorted({path.rpartition("/")[0] for path in FILES}))
def test_both_readers_find_the_same(folder: str) -> None:
    for path in (path for path in FILES if path.rpartition("/")[0] == folder):
        data = (ROOT / path).read_bytes()
        document, findings = parse(path, data)
        assert (findings, document is not None) == ((), True)
        assert document is not None
        assert document.root == YAML(typ="base").load(data)
