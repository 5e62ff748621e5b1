"""Each workflow's steps, as they stand in the YAML, run in the host's fresh clone with a prepared event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

from kpigen.hosting import files
from kpigen.hosting.commenting import tame
from kpigen.text import Lang
from tests.engine.mini import BASE, closed
from tests.git import git
from tests.hosting.stage import BOT, ITSELF, PINNED, TOKEN, Stage, workflow

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.hosting import Install

SHEET = "records/shop/2025-02/scores/day.yaml"
OLD_SHEET = "records/shop/2025-01/scores/day.yaml"
CLOSE = "records/shop/2025-01/close.yaml"
IGNORED = {".gitignore": "/build/\n/.venv/\n"}
HOSTILE = "x$(touch${IFS}pwned);`touch${IFS}pwned`"
APPROVED = "github.event.merge_group.base_sha || github.event_name == 'push' && github.event.before || ''"
PULL = {"github.event.pull_request.number": "7"}


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """An office with two months, the first of which is closed."""
    stage = Stage(tmp_path)
    stage.commit({**closed(BASE, "2025-01"), **IGNORED})
    return stage


def better(path: str = SHEET) -> str:
    text = BASE[path]
    assert "A001: {care: 5" in text
    return text.replace("A001: {care: 5", "A001: {care: 4")


class TestCheck:
    def test_a_proposal_is_checked_and_shows_its_effect(self, stage: Stage) -> None:
        stage.commit({SHEET: better()}, HOSTILE)
        stage.check_out(HOSTILE)
        environ = {"GITHUB_BASE_REF": "main", "GITHUB_HEAD_REF": HOSTILE}
        assert stage.run("check", "records", "Set up", None, **environ).returncode == 0
        done = stage.run("check", "records", "Check", None, **environ)
        assert (done.returncode, done.stdout) == (0, "clean: 2 months, 3 agents\n")
        assert stage.read("summary") == "**clean: 2 months, 3 agents**\n\n\n"
        assert stage.run("check", "records", "Owners", None, **environ).returncode == 0  # there is no people.yaml
        done = stage.run("check", "records", "Effect", PULL, **environ)
        assert done.returncode == 0, done.stderr
        effect = (stage.clone / "build/effect/effect.md").read_text("utf-8")
        assert (stage.clone / "build/effect/number").read_text("utf-8") == "7\n"
        assert "<details><summary>" in effect
        assert tame(effect, Lang.EN) == effect  # what the comment's writer makes harmless, it was already
        assert stage.read("summary").endswith(effect)
        assert not [*stage.folder.rglob("pwned")]

    def test_the_effect_is_shown_although_there_are_errors(self, stage: Stage) -> None:
        stage.commit({SHEET: BASE[SHEET].replace("care: 58", "care: 5800")}, "wrong")
        stage.check_out("wrong")
        stage.run("check", "records", "Set up")
        done = stage.run("check", "records", "Check")
        assert done.returncode == 1
        assert done.stdout.startswith(f"::error file={SHEET},line=")
        assert stage.read("summary").startswith("**1 error, 0 warnings in 1 file**\n\n- **error** `" + SHEET)
        assert stage.run("check", "records", "Effect", PULL, GITHUB_BASE_REF="main").returncode == 0

    @pytest.mark.parametrize("install", [ITSELF, PINNED], ids=["itself", "pinned"])
    def test_the_guard_is_the_base_s_own(self, tmp_path: Path, install: Install) -> None:
        stage = Stage(tmp_path, install)
        base = stage.commit({**closed(BASE, "2025-01"), **IGNORED, "requirements.txt": "kpigen==0.1.0\n"})
        hostile = {"Makefile": "setup:\n\ttouch pwned\n", "requirements.txt": "pwned==1\n", "kpigen/__init__.py": "1/0"}
        stage.commit({OLD_SHEET: better(OLD_SHEET), **hostile}, HOSTILE)
        stage.check_out(HOSTILE)
        given = {APPROVED: ""}
        done = stage.run("check", "guard", "Set up what is approved", given, GITHUB_BASE_REF="main")
        assert done.returncode == 0, done.stderr
        inside = f"in {stage.clone.parent / 'base'}"  # where Python finds nothing of the proposal
        expected = [inside, inside, "set up kpigen==0.1.0"] if install is PINNED else [inside]
        assert stage.read("setup.log").splitlines() == expected
        done = stage.run("check", "guard", "Guard, by the code that is approved")
        assert done.returncode == 1
        assert f"{OLD_SHEET} is changed, and 2025-01 is closed." in done.stdout
        assert "is changed, and 2025-01 is closed" in stage.read("summary")
        assert stage.read("kpigen.log") == (
            f"../base/.venv/bin/kpigen --lang en guard --base {base} --format github"
            f" --summary {stage.folder / 'summary'}\n"
        )

    def test_after_a_merge_the_guard_compares_with_what_was_there_before(self, stage: Stage) -> None:
        before = git(stage.work, "rev-parse", "HEAD")
        stage.commit({OLD_SHEET: better(OLD_SHEET)})
        stage.check_out()
        given = {APPROVED: before}
        assert stage.run("check", "guard", "Set up what is approved", given).returncode == 0
        assert stage.run("check", "guard", "Guard, by the code that is approved").returncode == 1

    def test_a_branch_from_long_ago_is_judged_by_what_is_approved_today(self, tmp_path: Path) -> None:
        """Where the host checks out the branch itself and not its merge, as Gitea does."""
        stage = Stage(tmp_path)
        stage.commit({**BASE, **IGNORED})
        stage.commit({OLD_SHEET: better(OLD_SHEET)}, "old")
        today = stage.commit(closed(BASE, "2025-01"))
        stage.check_out()
        git(stage.clone, "checkout", "-q", "--detach", "origin/old")
        done = stage.run("check", "guard", "Set up what is approved", {APPROVED: ""}, GITHUB_BASE_REF="main")
        assert done.returncode == 0, done.stderr
        assert git(stage.clone.parent / "base", "rev-parse", "HEAD") == today
        assert stage.run("check", "guard", "Guard, by the code that is approved").returncode == 1

    def test_a_history_that_was_rewritten_is_not_judged(self, stage: Stage) -> None:
        stage.check_out()
        given = {APPROVED: "d" * 40}
        assert stage.run("check", "guard", "Set up what is approved", given).returncode != 0

    def test_a_shallow_clone_is_not_judged(self, stage: Stage) -> None:
        stage.commit({SHEET: better()})
        stage.check_out()
        git(stage.clone.parent, "clone", "-q", "--depth", "1", f"file://{stage.folder}/origin.git", "shallow")
        stage.clone.rename(stage.clone.with_name("whole"))
        stage.clone.with_name("shallow").rename(stage.clone)
        before = git(stage.work, "rev-parse", "HEAD^")
        given = {APPROVED: before}
        assert stage.run("check", "guard", "Set up what is approved", given).returncode != 0


def ran(head: str, run: int = 41, attempt: int = 1, repository: str = "stranger/kpi") -> object:
    """The event of a run that has come to its end, of a fork unless told otherwise."""
    return {
        "action": "completed",
        "repository": {"full_name": "office/kpi"},
        "workflow_run": {
            "id": 4242,
            "run_number": run,
            "run_attempt": attempt,
            "head_sha": head,
            "head_branch": HOSTILE,
            "head_repository": {"full_name": repository},
            "pull_requests": [],
        },
    }


def pull(head: str, repository: str = "stranger/kpi") -> str:
    return json.dumps({"number": 7, "state": "open", "head": {"sha": head, "repo": {"full_name": repository}}})


def marked(run: int, number: int, login: str = "github-actions[bot]") -> object:
    return {"id": number, "user": {"login": login}, "body": f"<!-- kpigen effect {run}.1 -->\nold"}


class TestComment:
    HEAD = "a" * 40
    RUN = {"github.event.workflow_run.id": "4242"}  # noqa: RUF012 - a constant

    def decide(self, stage: Stage, comments: str, number: str = "7\n", text: str = "**3 agents**\n") -> int:
        stage.check_out()
        stage.run("comment", "decide", "Set up")
        stage.tell(ran(self.HEAD))
        stage.answers = [
            (r"^run download 4242 --repo office/kpi --name effect", {"number": number, "effect.md": text}),
            (r"/pulls/7$", pull(self.HEAD)),
            (r"--paginate repos/office/kpi/issues/7/comments", comments),
        ]
        done = stage.run("comment", "decide", "Decide", self.RUN)
        return done.returncode

    def written(self, stage: Stage, head: str) -> list[dict[str, object]]:
        """Let the second job do what the first decided."""
        body = stage.clone.joinpath("build/comment.json").read_text("utf-8")
        context = {
            "github.event.workflow_run.head_sha": self.HEAD,
            **{f"needs.decide.outputs.{name}": value for name, value in stage.outputs.items()},
        }
        stage.forget()
        stage.answers = [(r"/pulls/7 --jq .head.sha$", head), (r"^run download 4711 ", {"comment.json": body})]
        assert stage.run("comment", "write", "Write", context).returncode == 0
        return [each for each in stage.asked if "--method" in each["args"]]

    def test_a_first_run_writes_a_comment(self, stage: Stage) -> None:
        assert self.decide(stage, "[]") == 0
        assert stage.outputs == {"number": "7", "method": "POST", "place": "repos/office/kpi/issues/7/comments"}
        (said,) = self.written(stage, self.HEAD)
        assert said["args"][:5] == ["api", "--silent", "--method", "POST", "repos/office/kpi/issues/7/comments"]  # type: ignore[index]
        assert said["body"] == "<!-- kpigen effect 41.1 -->\n**3 agents**\n"
        assert said["token"] == TOKEN

    def test_a_newer_run_replaces_the_comment_of_an_older_one(self, stage: Stage) -> None:
        assert self.decide(stage, json.dumps([marked(40, 900)]) + json.dumps([marked(3, 901, "stranger")])) == 0
        assert (stage.outputs["method"], stage.outputs["place"]) == ("PATCH", "repos/office/kpi/issues/comments/900")
        (said,) = self.written(stage, self.HEAD)
        assert "repos/office/kpi/issues/comments/900" in said["args"]  # type: ignore[operator]

    def test_an_older_run_never_overwrites_the_comment_of_a_newer_one(self, stage: Stage) -> None:
        assert self.decide(stage, json.dumps([marked(42, 900)])) == 0
        assert stage.outputs == {}
        assert not stage.clone.joinpath("build/comment.json").exists()

    def test_nothing_is_written_when_a_commit_was_pushed_meanwhile(self, stage: Stage) -> None:
        assert self.decide(stage, "[]") == 0
        assert self.written(stage, "b" * 40) == []

    @pytest.mark.parametrize(
        "number", ["", "8; touch pwned\n", "../../orgs/office\n", "7\n8\n", "$(touch pwned)\n", "1e9"]
    )
    def test_a_number_that_is_none_is_refused_and_asks_nothing(self, stage: Stage, number: str) -> None:
        assert self.decide(stage, "[]", number) == 1
        assert [each["args"][0] for each in stage.asked] == ["run"]
        assert not [*stage.folder.rglob("pwned")]

    def test_a_run_that_left_nothing_behind_is_passed_over(self, stage: Stage) -> None:
        stage.check_out()
        stage.answers = [("^run download", None)]
        done = stage.run("comment", "decide", "Decide", self.RUN)
        assert (done.returncode, stage.outputs, len(stage.asked)) == (0, {}, 1)

    def test_nothing_of_a_proposal_is_checked_out(self) -> None:
        for job in workflow("comment")["jobs"].values():
            for step in job["steps"]:
                assert "head" not in step.get("with", {}).get("ref", "")
                assert "git " not in step.get("run", "")


class TestApproval:
    def test_it_is_judged_by_the_base_s_own_code_from_the_host_s_lists(self, stage: Stage) -> None:
        head = stage.commit({SHEET: better()}, HOSTILE)
        stage.check_out(HOSTILE)
        base = git(stage.clone, "rev-parse", "origin/main")
        stage.tell({"pull_request": {"number": 7, "head": {"sha": head}, "user": {"login": "wang-min"}}})
        given = {"github.event.pull_request.base.ref": "main", **PULL}
        done = stage.run("approval", "approval", "Set up what is approved", given)
        assert done.returncode == 0, done.stderr
        stage.answers = [("/pulls/7/reviews", "[][]")]
        done = stage.run("approval", "approval", "Approval, by the code that is approved", given)
        assert done.returncode == 0, done.stdout + done.stderr  # without people.yaml nothing is demanded
        assert [each["args"][:3] for each in stage.asked] == [
            ["api", "--paginate", "repos/office/kpi/pulls/7/reviews?per_page=100"]
        ]
        assert stage.read("kpigen.log").startswith("../base/.venv/bin/kpigen --lang en approval --event ")
        assert f" --base {base} " in stage.read("kpigen.log")
        assert stage.read("summary") != ""

    @pytest.mark.parametrize(
        ("author", "approver", "code"),
        [("github-actions[bot]", "zhaolei", 0), ("zhaolei", "zhaolei", 1), ("github-actions[bot]", "stranger", 1)],
    )
    def test_a_close_that_a_robot_proposed_is_approved_by_a_reviewer(
        self, tmp_path: Path, author: str, approver: str, code: int
    ) -> None:
        stage = Stage(tmp_path)
        people = (
            "administrators: [chen.yu]\naccounts: {wang.min: wang-min, chen.jun: cj, zhao.lei: zhaolei, chen.yu: cy}\n"
        )
        stage.commit({**BASE, **IGNORED, "records/people.yaml": people})
        head = stage.commit({CLOSE: closed(BASE, "2025-01")[CLOSE]}, "close/shop/2025-01")
        stage.check_out("close/shop/2025-01")
        stage.tell({"pull_request": {"number": 7, "head": {"sha": head}, "user": {"login": author}}, "review": {}})
        stage.run("approval", "approval", "Set up what is approved", {"github.event.pull_request.base.ref": "main"})
        review = {
            "state": "APPROVED",
            "user": {"login": approver},
            "commit_id": head,
            "submitted_at": "2025-02-10T08:00:00Z",
        }
        stage.answers = [("/pulls/7/reviews", json.dumps([review]))]
        done = stage.run("approval", "approval", "Approval, by the code that is approved", PULL)
        assert done.returncode == code, done.stdout + done.stderr


class TestClose:
    DUE = {"matrix.close.department": "shop", "matrix.close.month": "2025-02"}  # noqa: RUF012 - a constant
    BRANCH = "close/shop/2025-02"

    def propose(self, stage: Stage, number: str = "") -> str:
        stage.check_out()
        stage.forget()
        stage.run("close", "propose", "Set up", self.DUE)
        done = stage.run("close", "propose", "Close, unless something stands against it", self.DUE)
        assert done.returncode == 0, done.stdout + done.stderr
        stage.answers = [("--method GET", number)]
        done = stage.run("close", "propose", "Propose", self.DUE)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def pushed(self, stage: Stage) -> str:
        return git(stage.folder / "origin.git", "rev-parse", self.BRANCH)

    def test_what_is_due_is_named_by_the_calendar_of_the_host(self, stage: Stage) -> None:
        stage.check_out()
        stage.run("close", "due", "Set up")
        assert stage.run("close", "due", "What is due").returncode == 0
        assert json.loads(stage.outputs["closes"]) == [{"department": "shop", "month": "2025-02"}]

    def test_a_month_against_which_nothing_stands_is_proposed_as_a_draft(self, stage: Stage) -> None:
        self.propose(stage)
        changed = git(stage.folder / "origin.git", "diff", "--name-only", "main", self.BRANCH)
        assert changed == "records/shop/2025-02/close.yaml"
        assert (
            git(stage.folder / "origin.git", "log", "-1", "--format=%ce %s", self.BRANCH)
            == f"{BOT} shop 2025-02: close"
        )
        asked, opened = stage.asked
        assert "head=office:close/shop/2025-02" in asked["args"]
        assert {"draft=true", "base=main", f"head={self.BRANCH}", "title=shop 2025-02: close"} <= set(opened["args"])
        assert opened["body"]

    def test_a_second_night_changes_the_text_and_pushes_nothing(self, stage: Stage) -> None:
        self.propose(stage)
        first = self.pushed(stage)
        self.propose(stage, "12\n")
        assert self.pushed(stage) == first
        assert stage.asked[-1]["args"][3:5] == ["PATCH", "repos/office/kpi/pulls/12"]

    def test_where_something_stands_against_it_the_draft_holds_no_close(self, stage: Stage) -> None:
        stage.commit({SHEET: BASE[SHEET].replace("care: 58, ", "")})
        self.propose(stage)
        assert git(stage.folder / "origin.git", "diff", "--name-only", "main", self.BRANCH) == ""
        assert "2025-02" in stage.asked[-1]["body"]

    def test_where_a_plan_knows_no_drafts_it_is_a_plain_one(self, stage: Stage) -> None:
        stage.answers = []
        stage.check_out()
        stage.run("close", "propose", "Set up", self.DUE)
        stage.run("close", "propose", "Close, unless something stands against it", self.DUE)
        stage.answers = [("draft=true", None)]
        assert stage.run("close", "propose", "Propose", self.DUE).returncode == 0
        assert "draft=true" not in stage.asked[-1]["args"]

    def test_a_branch_that_somebody_works_on_is_left_to_them(self, stage: Stage) -> None:
        self.propose(stage)
        git(stage.work, "fetch", "-q")
        git(stage.work, "checkout", "-q", "-b", "mine", f"origin/{self.BRANCH}")
        git(stage.work, "commit", "-q", "--allow-empty", "-m", "mine")
        git(stage.work, "push", "-q", "origin", f"HEAD:{self.BRANCH}")
        git(stage.work, "checkout", "-q", "main")
        theirs = self.pushed(stage)
        stage.commit({SHEET: better()})
        assert f"::notice::Somebody works on {self.BRANCH}" in self.propose(stage)
        assert self.pushed(stage) == theirs
        assert stage.asked == []


class TestForm:
    """An issue that a form made becomes a proposal; an edit of it, an edit of the same proposal."""

    RECORDED = "records/shop/2025-02/complaints/C-2025-02-001.yaml"
    BRANCH = "form/12"

    def issue(self, **fields: str) -> object:
        stated = {
            "Agent's number": "A001",
            "Received on": "2025-02-14",
            "Channel": "Phone",
            "Category": "attitude",
            "Severity": "_No response_",
            "What happened": HOSTILE,
            "Privacy": "- [x] There is no customer's name, telephone, account or order number in it.",
        } | fields
        body = "\n\n".join(f"### {name}\n\n{value}" for name, value in stated.items())
        return {
            "action": "opened",
            "issue": {
                "number": 12,
                "title": f"$(touch pwned) {HOSTILE}",
                "body": body,
                "state": "open",
                "created_at": "2025-02-15T08:00:00Z",
                "user": {"login": "wang-min"},
                "labels": [{"name": "kpigen-form"}],
            },
        }

    def record(self, stage: Stage, event: object, number: str = "") -> dict[str, str]:
        """Run the workflow as far as its conditions let it run."""
        stage.check_out()
        stage.forget()
        stage.tell(event)
        stage.run("form", "record", "Set up")
        done = stage.run("form", "record", "Record")
        assert done.returncode == 0, done.stdout + done.stderr
        outputs = stage.outputs
        stage.answers = [("--method GET", number)]
        if outputs.get("branch"):
            context = {f"steps.record.outputs.{name}": outputs[name] for name in ("branch", "path", "title")}
            done = stage.run("form", "record", "Propose", context)
        elif outputs.get("said") == "yes":
            done = stage.run("form", "record", "Say what is wrong", {"github.event.issue.number": "12"})
        assert done.returncode == 0, done.stdout + done.stderr
        assert not [*stage.folder.rglob("pwned")]
        return outputs

    def test_the_conditions_are_those_of_this_test(self) -> None:
        steps = {step.get("name"): step.get("if") for step in workflow("form")["jobs"]["record"]["steps"]}
        assert steps["Propose"] == "${{ steps.record.outputs.branch != '' }}"
        assert steps["Say what is wrong"] == (
            "${{ steps.record.outputs.said == 'yes' && steps.record.outputs.branch == '' }}"
        )

    def test_an_issue_becomes_a_draft(self, stage: Stage) -> None:
        outputs = self.record(stage, self.issue())
        assert (outputs["branch"], outputs["path"]) == (self.BRANCH, self.RECORDED)
        origin = stage.folder / "origin.git"
        assert git(origin, "diff", "--name-only", "main", self.BRANCH) == self.RECORDED
        asked, opened = stage.asked
        assert "head=office:form/12" in asked["args"]
        assert {"draft=true", "base=main", "head=form/12", f"title={outputs['title']}"} <= set(opened["args"])
        assert "Closes #12" in opened["body"]

    def test_an_edit_changes_the_same_proposal(self, stage: Stage) -> None:
        self.record(stage, self.issue())
        outputs = self.record(stage, self.issue(Channel="Email"), "31\n")
        assert (outputs["branch"], outputs["path"]) == (self.BRANCH, self.RECORDED)
        assert "channel: email" in git(stage.folder / "origin.git", "show", f"{self.BRANCH}:{self.RECORDED}")
        assert stage.asked[-1]["args"][3:5] == ["PATCH", "repos/office/kpi/pulls/31"]

    def test_what_is_wrong_is_said_under_the_issue_and_pushes_nothing(self, stage: Stage) -> None:
        assert "branch" not in self.record(stage, self.issue(**{"Agent's number": "A999"}))
        (told,) = stage.asked
        assert told["args"][2:5] == ["--method", "POST", "repos/office/kpi/issues/12/comments"]
        assert "A999" in told["body"]
        assert git(stage.folder / "origin.git", "branch", "--list", "form/*") == ""

    def test_an_ordinary_issue_does_nothing(self, stage: Stage) -> None:
        event = self.issue()
        event["issue"]["body"] = "The coffee machine is broken."  # type: ignore[index]
        assert self.record(stage, event) == {}
        assert stage.asked == []


class TestNightly:
    RUNS = {"verify": "Compare with what is published"}  # noqa: RUF012 - a constant

    def compare(self, stage: Stage, published: dict[str, str]) -> int:
        stage.check_out()
        stage.clone.joinpath("build/site/data/v1").mkdir(parents=True)
        stage.clone.joinpath("build/site/data/v1/index.json").write_text("{}", "utf-8")
        stage.answers = [("^run list", "99\n" if published else ""), ("^run download 99", published)]
        done = stage.run("nightly", "verify", "Compare with what is published", GITHUB_SHA="a" * 40)
        return done.returncode

    def test_what_is_published_is_what_is_computed(self, stage: Stage) -> None:
        assert self.compare(stage, {"data/v1/index.json": "{}", "index.html": "x"}) == 0
        assert "--commit " + "a" * 40 in " ".join(stage.asked[0]["args"])

    @pytest.mark.parametrize(
        "published",
        [{}, {"data/v1/index.json": "{ }"}, {"data/v1/index.json": "{}", "data/v1/more.json": "{}"}],
        ids=["nothing", "other", "more"],
    )
    def test_a_difference_is_a_failure(self, stage: Stage, published: dict[str, str]) -> None:
        assert self.compare(stage, published) == 1

    def test_a_failure_opens_an_issue_once(self, stage: Stage) -> None:
        stage.check_out()
        step = "Open an issue, or add to the one that is open"
        assert stage.run("nightly", "report", step).returncode == 0
        assert stage.asked[-1]["args"][:2] == ["issue", "create"]
        assert "https://git.example.org/office/kpi/actions/runs/4711" in stage.asked[-1]["args"]
        stage.answers = [("^issue list", "5\n")]
        assert stage.run("nightly", "report", step).returncode == 0
        assert stage.asked[-1]["args"][:3] == ["issue", "comment", "5"]

    def test_everything_is_computed_with_nothing_remembered_and_published(self, stage: Stage) -> None:
        stage.check_out()
        stage.run("nightly", "verify", "Set up")
        done = stage.run("nightly", "verify", "Check and build, with nothing remembered")
        assert done.returncode == 0, done.stdout + done.stderr
        assert (stage.clone / "build/no-cache").exists()
        verified = (stage.clone / "build/site/data/v1/shop/2025-01.json").read_bytes()
        assert stage.run("publish", "build", "Build").returncode == 0
        assert (stage.clone / "build/site/data/v1/shop/2025-01.json").read_bytes() == verified


class TestGitLab:
    """The same verbs, by the scripts of `.gitlab-ci.yml`."""

    def script(self, stage: Stage, job: str, **environ: str) -> tuple[int, str]:
        stated = yaml.safe_load(files(ITSELF, Lang.EN)[".gitlab-ci.yml"])[job]["script"]
        done = stage.shell("\n".join(stated), environ)
        return done.returncode, done.stdout + done.stderr

    def test_a_proposal(self, stage: Stage) -> None:
        stage.commit({SHEET: better()}, HOSTILE)
        stage.check_out(HOSTILE)
        base = git(stage.clone, "rev-parse", "origin/main")
        code, said = self.script(stage, "records")
        assert (code, said.splitlines()[-1]) == (0, "clean: 2 months, 3 agents")
        assert json.loads((stage.clone / "code-quality.json").read_text("utf-8")) == []
        code, said = self.script(stage, "effect", CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
        assert code == 0, said
        assert "<details>" in (stage.clone / "effect.md").read_text("utf-8")
        (stage.clone / "effect.md").unlink()
        (stage.clone / "code-quality.json").unlink()
        assert self.script(stage, "guard", CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")[0] == 0
        assert git(stage.clone.parent / "base", "rev-parse", "HEAD") == base

    def test_a_closed_month(self, stage: Stage) -> None:
        stage.commit({OLD_SHEET: better(OLD_SHEET)}, "tamper")
        stage.check_out("tamper")
        before = git(stage.clone, "rev-parse", "origin/main")
        code, said = self.script(stage, "guard", CI_COMMIT_BEFORE_SHA=before, CI_DEFAULT_BRANCH="main")
        assert code == 1
        assert "is changed, and 2025-01 is closed." in said
        assert self.script(stage, "records")[0] == 1
        assert json.loads((stage.clone / "code-quality.json").read_text("utf-8"))
