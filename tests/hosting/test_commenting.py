"""Where the effect's comment goes, and that nothing in it acts, whoever wrote it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kpigen.cli import main
from kpigen.hosting.commenting import MOST_CHARACTERS, Comment, NoCommentError, Pull, Run, listed, place, read, tame
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path

HEAD, OTHER = "a" * 40, "b" * 40


def run(number: int = 41, attempt: int = 1, head: str = HEAD, repository: str = "stranger/kpi") -> Run:
    event = {
        "repository": {"full_name": "office/kpi"},
        "workflow_run": {
            "run_number": number,
            "run_attempt": attempt,
            "head_sha": head,
            "head_repository": {"full_name": repository},
        },
    }
    return read(json.dumps(event).encode(), Run)


def pull(head: str = HEAD, repository: str | None = "stranger/kpi", state: str = "open") -> Pull:
    stated = {"number": 7, "state": state, "head": {"sha": head, "repo": repository and {"full_name": repository}}}
    return read(json.dumps(stated).encode(), Pull)


def said(number: int, body: str | None, login: str | None = "github-actions[bot]") -> dict[str, object]:
    return {"id": number, "body": body, "user": login and {"login": login}}


def comments(*each: dict[str, object]) -> tuple[Comment, ...]:
    return listed(json.dumps(each).encode())


def decided(*there: dict[str, object], **ran: int) -> tuple[str, str]:
    request = place(run(**ran), pull(), comments(*there), "text", Lang.EN)  # type: ignore[arg-type]
    return request.method, request.place


class TestWhere:
    NEW = ("POST", "repos/office/kpi/issues/7/comments")

    def test_beside_what_others_say_a_new_one_is_written(self) -> None:
        assert decided() == self.NEW
        others = (said(1, "hello"), said(2, None, None), said(3, "<!-- kpigen effect 99.1 -->", "stranger"))
        assert decided(*others) == self.NEW
        assert decided(said(1, "quoted: <!-- kpigen effect 99.1 -->")) == self.NEW

    @pytest.mark.parametrize(
        ("there", "ours"),
        [((40, 1), (41, 1)), ((41, 1), (41, 2)), ((41, 1), (41, 1)), ((9, 9), (10, 1))],
    )
    def test_an_older_one_is_replaced(self, there: tuple[int, int], ours: tuple[int, int]) -> None:
        old = said(900, f"<!-- kpigen effect {there[0]}.{there[1]} -->\nold")
        assert decided(old, number=ours[0], attempt=ours[1]) == ("PATCH", "repos/office/kpi/issues/comments/900")

    @pytest.mark.parametrize(("there", "ours"), [((42, 1), (41, 1)), ((41, 2), (41, 1)), ((100, 1), (99, 7))])
    def test_a_newer_one_stays(self, there: tuple[int, int], ours: tuple[int, int]) -> None:
        new = said(900, f"<!-- kpigen effect {there[0]}.{there[1]} -->\nnew")
        with pytest.raises(NoCommentError) as caught:
            decided(said(1, "<!-- kpigen effect 1.1 -->"), new, number=ours[0], attempt=ours[1])
        assert caught.value.text.said(Lang.EN) == "A newer run has commented."

    @pytest.mark.parametrize(
        ("ran", "now", "why"),
        [
            (run(head=OTHER), pull(), "The run is not of the pull request's newest commit."),
            (run(), pull(repository="office/kpi"), "The run is not of the pull request's newest commit."),
            (run(), pull(repository=None), "The run is not of the pull request's newest commit."),
            (run(), pull(state="closed"), "The pull request is no longer open."),
        ],
    )
    def test_a_run_of_something_else_writes_nothing(self, ran: Run, now: Pull, why: str) -> None:
        with pytest.raises(NoCommentError) as caught:
            place(ran, now, (), "text", Lang.EN)
        assert caught.value.text.said(Lang.EN) == why

    def test_the_host_lists_in_pages(self) -> None:
        data = f"{json.dumps([said(1, 'a')])}\n{json.dumps([said(2, 'b')])}[]".encode()
        assert [each.id for each in listed(data)] == [1, 2]

    @pytest.mark.parametrize("data", [b"{}", b"[1]", b"[", b'[{"id": "1"}]', b'[{"id": -1}]', b"\xff"])
    def test_what_is_no_list_of_comments_is_refused(self, data: bytes) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - of whatever kind
            listed(data)

    @pytest.mark.parametrize("name", ["office", "office/kpi/..", "office/kpi?x=1", "office/kpi\nplace=x", ""])
    def test_a_repository_s_name_has_a_form(self, name: str) -> None:
        event = json.dumps({"repository": {"full_name": name}, "workflow_run": {}})
        with pytest.raises(ValueError):  # noqa: PT011
            read(event.encode(), Run)


class TestText:
    @pytest.mark.parametrize(
        ("hostile", "shown"),
        [
            ("@office/admins", "&#64;&#8203;office/admins"),
            ("<img src=x>", "&#60;img src=x>"),
            ("<!-- kpigen effect 99.1 -->", "&#60;!-- kpigen effect 99.1 -->"),
            ("</details><script>", "</details>&#60;script>"),
            ("<details open>", "&#60;details open>"),
            ("[click](javascript:x)", "[click&#93;(javascript:x)"),
            ("![p](x)", "&#33;&#8203;[p&#93;(x)"),
            ("[a][b]\n\n[b]: x", "[a&#93;[b]\n\n[b&#93;: x"),
            (
                "https://example.org www.example.org",
                "https&#58;&#47;&#47;&#8203;example.org &#119;&#119;&#119;&#46;&#8203;example.org",
            ),
            (
                "fixes #12, office/kpi#12, GH-12",
                "fixes &#35;&#8203;12, office/kpi&#35;&#8203;12, &#71;&#72;&#45;&#8203;12",
            ),
            ("```mermaid\nx\n```", "&#96;&#96;&#96;mermaid\nx\n```"),
            ("$x$", "&#36;&#8203;x&#36;"),
            ("&#64;admin &#064;admin", "&#64;&#8203;admin &#64;&#8203;admin"),
            ("&#x40;admin &commat;admin", "&#38;#x40;admin &#38;commat;admin"),
            ("h&#116;tp&#58;&#47;&#47;x.org", "h&#38;#116;tp&#58;&#47;&#47;&#8203;x.org"),
            ("R&D", "R&#38;D"),
            ("\\<b>", "&#92;&#60;b>"),
            ("a\u202eb\r\x1b", "a&#92;u202eb&#92;u000d&#92;u001b"),
        ],
    )
    def test_nothing_in_it_acts(self, hostile: str, shown: str) -> None:
        assert tame(hostile, Lang.EN) == shown

    def test_what_kpigen_writes_itself_stays_as_it_is(self) -> None:
        own = (
            "**agents 3, months 1, pay +12.00**\n\n| month | before |\n|---|--:|\n| shop 2025-01 | 1,000.00 |\n\n"
            "<details><summary>王 &#60;b&#62; A001 · 2025-01: +12</summary>\n\n- score: 88 → 89\n- ← `x.yaml:5:1`\n\n"
            "</details>\n"
        )
        assert tame(own, Lang.EN) == own

    @given(st.text(alphabet=st.sampled_from("<>@[]()!#&;:/\\$`~wwW.123GH-ab \n"), max_size=60))
    def test_whatever_is_written(self, text: str) -> None:
        shown = tame(text, Lang.EN)
        for act in ("<a", "<!", "@", "](", "][", "![", "://", "$", "GH-1", "~~~"):
            assert act not in shown
        assert tame(shown, Lang.EN) == shown

    def test_what_is_too_long_is_cut_between_what_is_folded_and_said_to_be(self) -> None:
        block = "<details><summary>A</summary>\n\n" + "- x\n" * 1000 + "\n</details>\n"
        shown = tame(block * 30, Lang.EN)
        assert len(shown) <= MOST_CHARACTERS
        assert shown == block * (shown.count("<details>")) + "\n… and more; the run's summary has all of it.\n"
        assert shown.count("<details>") == 16

    def test_one_line_that_is_too_long_is_left_out(self) -> None:
        assert tame("x" * 70_000, Lang.EN) == "\n… and more; the run's summary has all of it.\n"


@pytest.fixture
def told(tmp_path: Path) -> Path:
    tmp_path.joinpath("event.json").write_bytes(msgspec.json.encode(run()))
    tmp_path.joinpath("pull.json").write_bytes(msgspec.json.encode(pull()))
    tmp_path.joinpath("comments.json").write_text("[]", "utf-8")
    tmp_path.joinpath("effect.md").write_bytes(b"**3**\n\xff")
    return tmp_path


def decide(folder: Path) -> tuple[int, str]:
    arguments = [str(folder / "event.json")]
    for name, file in {
        "pull": "pull.json",
        "comments": "comments.json",
        "text": "effect.md",
        "out": "out.json",
    }.items():
        arguments += [f"--{name}", str(folder / file)]
    done = CliRunner().invoke(main, ["--lang", "en", "comment", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output.replace(str(folder), "…")


def test_the_verb_writes_the_comment_and_says_where_it_goes(told: Path) -> None:
    assert decide(told) == (0, "number=7\nmethod=POST\nplace=repos/office/kpi/issues/7/comments\n")
    assert json.loads(told.joinpath("out.json").read_text("utf-8")) == {
        "body": "<!-- kpigen effect 41.1 -->\n**3**\n\ufffd\n"
    }


def test_the_verb_says_why_there_is_none(told: Path) -> None:
    told.joinpath("comments.json").write_text(json.dumps([said(1, "<!-- kpigen effect 42.1 -->")]), "utf-8")
    assert decide(told) == (0, "A newer run has commented.\n")
    assert not told.joinpath("out.json").exists()


def test_the_verb_follows_no_link_that_a_run_left_behind(told: Path) -> None:
    told.joinpath("effect.md").unlink()
    told.joinpath("effect.md").symlink_to(told / "event.json")
    assert decide(told) == (2, "kpigen: …/effect.md is a link\n")


@pytest.mark.parametrize("name", ["event.json", "pull.json", "comments.json"])
def test_the_verb_refuses_what_is_not_the_host_s(told: Path, name: str) -> None:
    told.joinpath(name).write_text("[[[", "utf-8")
    assert decide(told) == (2, f"kpigen: …/{name} is not what the host says of a pull request\n")
    told.joinpath(name).unlink()
    assert decide(told) == (2, f"kpigen: …/{name} cannot be used: it is not there\n")
