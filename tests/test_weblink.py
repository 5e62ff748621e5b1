"""Where a repository lies on the web, from what git calls its remote."""

from __future__ import annotations

import pytest

from kpigen.weblink import host_of


@pytest.mark.parametrize(
    "remote",
    [
        "https://github.com/shop/records",
        "https://github.com/shop/records.git",
        "https://github.com/shop/records/",
        "https://someone:secret@github.com/shop/records.git",
        "https://token@github.com/shop/records.git",
        "ssh://git@github.com/shop/records.git",
        "ssh://git@github.com:22/shop/records.git",
        "git@github.com:shop/records.git",
        "git@GitHub.com:shop/records",
    ],
)
def test_every_spelling_of_a_remote_is_the_same_address(remote: str) -> None:
    host = host_of(remote)
    assert host is not None
    assert (host.address, host.file, host.commit) == (
        "https://github.com/shop/records",
        "blob/{commit}/",
        "commit/",
    )


@pytest.mark.parametrize(
    ("remote", "address", "file", "commit"),
    [
        ("git@gitlab.com:a/b/c.git", "https://gitlab.com/a/b/c", "-/blob/{commit}/", "-/commit/"),
        (
            "https://gitea.shop.example:3000/a/b",
            "https://gitea.shop.example:3000/a/b",
            "src/commit/{commit}/",
            "commit/",
        ),
        ("https://codeberg.org/a/b.git", "https://codeberg.org/a/b", "src/commit/{commit}/", "commit/"),
    ],
)
def test_each_kind_of_host_has_its_ways(remote: str, address: str, file: str, commit: str) -> None:
    host = host_of(remote)
    assert host is not None
    assert (host.address, host.file, host.commit) == (address, file, commit)


def test_records_may_lie_deeper_in_the_repository() -> None:
    host = host_of("https://github.com/a/b", "pay and score/")
    assert host is not None
    assert host.file == "blob/{commit}/pay%20and%20score/"


@pytest.mark.parametrize(
    "remote",
    [
        "",
        "/srv/git/records.git",
        "file:///srv/github/records",
        "http://github.com/a/b",
        "javascript:alert(1)//github.com/a/b",
        'https://github.com/a/b"><script>alert(1)</script>',
        "https://github.com/a/b?c=d",
        "https://github.com/a/b#c",
        "https://github.com/a/../b",
        "https://github.com/a b/c",
        "https://github.com/a/b\n",
        "https://example.org/a/b",
        "git@github.com:records",
    ],
)
def test_what_is_no_address_of_a_known_host_is_none(remote: str) -> None:
    assert host_of(remote) is None
