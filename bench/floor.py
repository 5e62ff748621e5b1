"""The floor: YAML's C parser composes every file of a repository, and nothing else is done.

Run as a program of its own, ``python -m bench.floor ROOT``, so that it is measured like the verbs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from yaml import CSafeLoader


def compose_all(root: Path) -> int:
    """Compose the records and the policy below ``root``; return how many files they are."""
    files = [path for folder in ("policy", "records") for path in (root / folder).rglob("*.yaml")]
    for path in files:
        yaml.compose(path.read_bytes(), Loader=CSafeLoader)
    return len(files)


if __name__ == "__main__":
    compose_all(Path(sys.argv[1]))
