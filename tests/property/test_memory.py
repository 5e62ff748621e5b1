"""Whatever was remembered or published before, the documents are those of the files as they are now."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpigen.cache import FolderCache
from kpigen.ledger import keep
from tests.engine.mini import POLICY, Documents, Files, Published
from tests.property.strategies import lines, repositories

FEWER = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def changes(draw: st.DrawFn, files: dict[str, str]) -> dict[str, str]:
    """The files with a change or two: a line of a sheet, a record that is gone, a name, the policy."""
    files = dict(files)
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(sorted(files)))
        if "/scores/" in path:
            stated = re.findall(r"^  A\d+: .*$", files[path], re.MULTILINE)
            old = draw(st.sampled_from(stated))
            files[path] = files[path].replace(old, old.split(":")[0] + ": " + draw(lines()))
        elif "/complaints/" in path or "/events/" in path:
            del files[path]
        elif "/agents/" in path:
            files[path] = files[path].replace("name: Agent", "name: Person").replace("tier: senior", "tier: middle")
        elif path == POLICY:
            old, new = draw(
                st.sampled_from(
                    [
                        ("score < 80, to: middle", "score < 75, to: middle"),
                        ("amount: 1100", "amount: 1100.00"),
                        ("id: to-senior", "id: to-top"),
                    ]
                )
            )
            files[path] = files[path].replace(old, new)
    return files


@FEWER
@given(st.data())
def test_what_was_remembered_of_other_files_changes_nothing(data: st.DataObject) -> None:
    files = data.draw(repositories())
    published, stages = Published(), [files]
    for _ in range(data.draw(st.integers(1, 3))):
        stages.append(data.draw(changes(stages[-1])))
    stages.append(files)
    with tempfile.TemporaryDirectory() as folder:
        for stage in stages:
            cache = FolderCache(Path(folder))
            if data.draw(st.booleans()):
                keep(Files(stage), FolderCache(Path(folder)))
            found = keep(Files(stage), cache, published)
            fresh = Documents()
            assert found == keep(Files(stage), sink=fresh)
            assert {path: published.written[path] for path in fresh.written} == fresh.written
