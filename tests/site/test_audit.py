"""What git knows of the records: the document, the links, the audit page, the feed; and the schemas."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import msgspec
import pytest

from kpigen.cli.history import tell_history
from kpigen.export import history_document
from kpigen.revision import Commit, history
from kpigen.site.documents import read
from kpigen.site.feed import feed
from kpigen.site.history import History, Source, read_history
from kpigen.site.links import Links
from kpigen.site.pages import data_pages
from kpigen.text import Lang
from kpigen.weblink import host_of
from tests.engine.mini import BASE, documents
from tests.git import git

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = ROOT / "site/pages/zh/data/v1/schema"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "</code><script>alert(1)</script>{{7*7}} & \x1b[31m"
HOST = host_of("https://github.com/shop/records")
SHEET = "records/shop/2026-09/scores/day.yaml"
CLOSE = "records/shop/2026-09/close.yaml"


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def valid(document: dict[str, Any]) -> None:
    name = document["schema"].split("/")[1]
    validator(name).validate(document)


def told(commits: Sequence[Commit], *, prose: bool = True, uncommitted: Sequence[str] = ()) -> dict[str, Any]:
    files = {path for commit in commits for path in commit.paths}
    made = json.loads(history_document(commits, HOST, files=files, uncommitted=uncommitted, prose=prose))
    valid(made)
    return made  # type: ignore[no-any-return]


def commit(letter: str, day: str, *paths: str, subject: str = "Scores") -> Commit:
    return Commit(letter * 40, f"{day}T09:00:00+08:00", "Wang Min", subject, paths)


NEWER = commit("b", "2026-10-06", CLOSE, SHEET, subject=HOSTILE)
OLDER = commit("a", "2026-10-01", "policy/demo/2026-01.yaml", SHEET, "records/shop/agents/A001.yaml")


def test_a_file_stands_at_the_commit_that_last_changed_it() -> None:
    made = told([NEWER, OLDER])
    assert [(each["commit"][0], each["paths"]) for each in made["files"]] == [
        ("a", ["policy/demo/2026-01.yaml", "records/shop/agents/A001.yaml"]),
        ("b", [CLOSE, SHEET]),
    ]
    assert made["commit"] == "b" * 40
    assert made["commits"][1]["changes"] == [
        {"kind": "agents", "department": "shop", "files": 1},
        {"kind": "policy", "policy": "demo", "version": "2026-01", "files": 1},
        {"kind": "scores", "department": "shop", "month": "2026-09", "files": 1},
    ]


def test_what_is_not_committed_has_no_link_and_no_commit_is_named() -> None:
    made = told([NEWER, OLDER], uncommitted=[SHEET])
    assert made["commit"] is None
    source = Source(msgspec.convert(made, History))
    assert source.line(f"{SHEET}:6:12") is None
    assert source.line(f"{CLOSE}:1:1") == f"https://github.com/shop/records/blob/{'b' * 40}/{CLOSE}#L1"
    assert source.line("records/shop/2026-09/scores/late.yaml:1") is None
    assert source.line("javascript:alert(1)") is None
    assert source.line(None) is None


def test_without_prose_nobody_is_named() -> None:
    made = told([NEWER, OLDER], prose=False)
    assert {(each["author"], each["subject"]) for each in made["commits"]} == {(None, None)}
    assert "Wang Min" not in json.dumps(made)


def test_two_hundred_commits_are_listed_and_the_others_counted() -> None:
    made = told([commit("c", "2026-10-01", SHEET)] * 203)
    assert (len(made["commits"]), made["earlier"]) == (200, 3)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which a branch was merged while the main one went on."""
    root = tmp_path / "repository"
    (root / "records/shop/2026-09/scores").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", str(root))
    (root / SHEET).write_text("1\n2\n3\n4\n5\n6\n7\n", "utf-8")
    (root / "README.md").write_text("x", "utf-8")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", HOSTILE.replace("\x1b", ""), who="Wang\tMin")
    git(root, "checkout", "-q", "-b", "side")
    (root / SHEET).write_text("one\n2\n3\n4\n5\n6\n7\n", "utf-8")
    git(root, "commit", "-q", "-a", "-m", "First line")
    git(root, "checkout", "-q", "main")
    (root / SHEET).write_text("1\n2\n3\n4\n5\n6\nseven\n", "utf-8")
    git(root, "commit", "-q", "-a", "-m", "Last line")
    git(root, "merge", "-q", "--no-edit", "side")
    (root / "README.md").write_text("y", "utf-8")
    git(root, "commit", "-q", "-a", "-m", "Not about records")
    return root


def test_the_newest_commit_of_a_file_holds_it_as_it_is(repository: Path) -> None:
    found = history(repository)
    assert [each.subject for each in found] == [
        "Merge branch 'side'",
        "Last line",
        HOSTILE.replace("\x1b", ""),
    ]
    assert {each.paths for each in found} == {(SHEET,)}
    assert git(repository, "show", f"{found[0].id}:{SHEET}") == (repository / SHEET).read_text("utf-8").strip()
    assert found[2].author == "Wang\tMin"


def published(root: Path, *rules: dict[str, str] | None) -> Path:
    data = root / "build/data"
    (data / "v1").mkdir(parents=True, exist_ok=True)
    departments = [{"department": "shop", **({"publish": rule} if rule else {})} for rule in rules]
    (data / "v1/index.json").write_text(json.dumps({"departments": departments}), "utf-8")
    return data


FULL = {"names": "full", "pay": "full"}


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ([FULL], True),
        ([FULL, FULL], True),
        ([FULL, {"names": "full", "pay": "hidden"}], False),
        ([FULL, {"names": "id", "pay": "full"}], False),
        ([FULL, {"names": "full", "pay": "sealed"}], False),
        ([FULL, None], False),
    ],
)
def test_words_of_commits_are_published_only_where_everything_is(
    rules: list[dict[str, str] | None],
    named: bool,  # noqa: FBT001 - a parameter of the test
    repository: Path,
) -> None:
    data = published(repository, *rules)
    tell_history(repository, data, None)
    text = (data / "v1/history.json").read_text("utf-8")
    assert ("Last line" in text, "Wang" in text) == (named, named)
    valid(json.loads(text))


def test_credentials_of_the_remote_are_nowhere(repository: Path) -> None:
    git(repository, "remote", "add", "origin", "https://someone:s3cret@github.com/shop/records.git")
    data = published(repository, FULL)
    tell_history(repository, data, None)
    text = (data / "v1/history.json").read_text("utf-8")
    assert "s3cret" not in text
    assert read_history(data / "v1").outside == "https://github.com/shop/records/"


def test_without_git_there_is_no_document_and_an_old_one_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "records").mkdir()
    data = published(tmp_path, FULL)
    (data / "v1/history.json").write_text("{}", "utf-8")
    tell_history(tmp_path, data, None)
    assert not (data / "v1/history.json").exists()
    assert read_history(data / "v1") == History()


def test_links_may_leave_the_site_to_the_stated_host_only() -> None:
    links = Links(outside="https://github.com/shop/records/")
    links.add(
        "a.html", '<a href="https://github.com/shop/records/blob/x#L1"></a><a href="https://github.com/shop/other">'
    )
    assert links.dead == [("a.html", "https://github.com/shop/other")]


def with_history(data: Path, folder: Path) -> Path:
    """Return the example with a closed month and a history."""
    target = folder / "v1"
    for path in data.joinpath("v1").rglob("*.json"):
        place = target / path.relative_to(data / "v1")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    index = json.loads((target / "index.json").read_text("utf-8"))
    index["departments"][0]["months"][0]["close"] = "1" * 64
    index["departments"][0]["periods"] = [{"period": "2026-Q3", "close": "2" * 64}]
    index["departments"][0]["name"] = {"zh": HOSTILE, "en": HOSTILE}
    (target / "index.json").write_text(json.dumps(index), "utf-8")
    closed = "records/ecommerce/2026-08/close.yaml"
    commits = [commit("b", "2026-09-09", closed, subject=HOSTILE), OLDER]
    made = history_document(commits, HOST, files={closed}, uncommitted=(), prose=True)
    (target / "history.json").write_bytes(made)
    return target


@pytest.mark.parametrize("lang", Lang)
def test_the_audit_page_shows_closes_commits_and_nothing_alive(lang: Lang, data: Path, tmp_path: Path) -> None:
    documents = read(with_history(data, tmp_path))
    page = next(
        each for each in data_pages(ROOT / "site/templates", documents, lang) if each.path == "audit/index.html"
    )
    assert "1" * 64 in page.body
    assert f'href="https://github.com/shop/records/blob/{"b" * 40}/records/ecommerce/2026-08/close.yaml"' in page.body
    assert "2026-09-09" in page.body
    assert "Wang Min" in page.body
    assert "<script" not in page.body
    assert "&lt;/code&gt;&lt;script&gt;" in page.body
    assert re.findall(r'<a [^>]*href="https:[^>]*>', page.body) == re.findall(
        r'<a [^>]*href="https:[^>]* rel="noopener external">', page.body
    )


@pytest.mark.parametrize("lang", Lang)
def test_the_feed_is_atom(lang: Lang, data: Path, tmp_path: Path) -> None:
    documents = read(with_history(data, tmp_path))
    made = feed(documents, lang)
    assert made == feed(documents, lang)
    root = ET.fromstring(made)  # noqa: S314 - our own
    assert root.tag == f"{{{ATOM['a']}}}feed"
    entries = root.findall("a:entry", ATOM)
    # RFC 4287, 4.1.1 and 4.1.2: exactly one id, title and updated each; an author of the feed; an alternate link of
    # each entry without content.
    for each in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"a:{name}", ATOM)) == 1, name
        moment = each.findtext("a:updated", "", ATOM)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", moment)
        assert len(each.findall("a:link[@rel='alternate']", ATOM)) == 1
    assert root.findtext("a:author/a:name", "", ATOM) == "kpigen"
    ids = [each.findtext("a:id", "", ATOM) for each in entries]
    assert len(set(ids)) == len(ids)
    assert all(
        re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}", each) for each in ids
    )
    closed = {
        each.findtext("a:updated", "", ATOM) for each in entries if "script" in each.findtext("a:title", "", ATOM)
    }
    # The month's close is dated by its commit; that of the quarter, which no commit holds, by the day after it.
    assert closed == {"2026-09-09T09:00:00+08:00", "2026-10-01T00:00:00Z"}


def test_every_document_of_a_small_repository_is_as_its_schema_says() -> None:
    made = documents(BASE)
    assert {path.split("/")[1] for path in made} >= {"index.json", "policy"}
    for document in made.values():
        valid(document)


def test_a_schema_is_closed(data: Path) -> None:
    document = json.loads((data / "v1/ecommerce/2026-08.json").read_text("utf-8"))
    bad = validator("month").is_valid({**document, "bonus": "1.00"})
    assert not bad
    assert not validator("index").is_valid({"schema": "kpigen/index/v1", "departments": [{}], "policies": []})


@pytest.mark.parametrize("where", ["docs", "page"])
def test_the_example_of_reading_a_month_runs(
    where: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if where == "docs":
        code = (ROOT / "docs/data.md").read_text("utf-8").split("```python\n")[1].split("```")[0]
    else:
        pages = data_pages(ROOT / "site/templates", read(data / "v1"), Lang.EN)
        body = next(each.body for each in pages if each.path == "data/index.html")
        code = unescape(body.split("<pre><code>")[1].split("</code></pre>")[0])
    (tmp_path / "data").mkdir()
    (tmp_path / "data/v1").symlink_to(data / "v1")
    monkeypatch.chdir(tmp_path)
    exec(code, {})  # noqa: S102 - our own
    assert capsys.readouterr().out == "A001 ordinary 91.7\nA002 ordinary -\n"
