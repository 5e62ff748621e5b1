"""A whole quarter on a real repository: proposals, a rejected one, closes, tampering, an appeal and what it is paid.

Three agents of one department under ``star-tier``. Worked out by hand, in CNY:

July    A001 ordinary 89.0: 1100 + 400 + 350 commission + 100 attendance, hope star 50: 2000
        A002 ordinary 92.0: 1100 + 400 + 300 + 100, service star 100: 2000; one-star from August
        A003 ordinary 84.0: 1100 + 400 + 280: 1780 (a complaint, dismissed; no full attendance)
The appeal: A001's attitude was 15, not 12: 92.0, equal with A002. Both are the service star then, and there is no
        second place: +100 and -50, one-star from August. A002 keeps the 100.
August  A001 one-star 93.0: 1100 + 400 + 360 + 100 + star bonus 200, service star 100: 2260; with the correction 2310
        A002 one-star 90.0: 1100 + 400 + 310 + 100 + 200, hope star 50: 2160
        A003 ordinary 85.0: 1100 + 400 + 290 + 100: 1890
September  A001 one-star 94.0: 2260 again with 360 commission; A002 90.0: 2160; A003 90.0: 1100 + 400 + 290 + 100,
        and equal second: hope star 50 each: 1940; one-star from October
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.git import git
from tests.story.office import Office, write

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
RECORDS = "records/service"

DEPARTMENT = """\
department: service
name: {zh: 客服部, en: Customer service}
publish: {names: full, pay: full}
policy:
  - {from: 2026-07, use: star-tier}
teams:
  day: {name: {zh: 白班组, en: Day shift}, supervisor: wang.min}
  night: {name: {zh: 晚班组, en: Night shift}, supervisor: li.na}
reviewers: [zhao.lei]
"""
PEOPLE = """\
administrators: [chen.yu, he.ping]
accounts: {wang.min: wangmin, li.na: lina, zhao.lei: zhaolei, chen.yu: chenyu, he.ping: heping}
"""
AGENTS = {"A001": ("林晓", "day"), "A002": ("周强", "day"), "A003": ("吴敏", "night")}
ITEMS = ("response", "resolution", "satisfaction", "attitude", "knowledge", "teamwork", "discipline")
MARKS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "2026-07": {
        "A001": ("14 18 19 12 9 9 8", "350", "yes"),
        "A002": ("14 18 19 14 9 9 9", "300", "yes"),
        "A003": ("13 17 17 12 8 9 8", "280", "no"),
    },
    "2026-08": {
        "A001": ("14 19 19 14 9 9 9", "360", "yes"),
        "A002": ("14 18 18 14 9 9 8", "310", "yes"),
        "A003": ("13 17 17 13 8 9 8", "290", "yes"),
    },
    "2026-09": {
        "A001": ("14 19 19 15 9 9 9", "360", "yes"),
        "A002": ("14 18 18 14 9 9 8", "310", "yes"),
        "A003": ("14 18 18 14 9 9 8", "290", "yes"),
    },
}
PAY = {
    "2026-07": {"A001": "2000.00", "A002": "2000.00", "A003": "1780.00"},
    "2026-08": {"A001": "2310.00", "A002": "2160.00", "A003": "1890.00"},
    "2026-09": {"A001": "2260.00", "A002": "2160.00", "A003": "1940.00"},
}


def sheet(team: str, month: str) -> dict[str, str]:
    """A team's sheet of a month, filled in."""
    supervisor = {"day": "wang.min", "night": "li.na"}[team]
    assessed = f"2026-{int(month[5:]) + 1:02}-08"
    lines = [f"month: {month}", f"team: {team}", f"assessor: {supervisor}", f"assessed: {assessed}", "agents:"]
    for agent, (marks, commission, full) in MARKS[month].items():
        if AGENTS[agent][1] == team:
            cells = [f"{item}: {mark}" for item, mark in zip(ITEMS, marks.split(), strict=True)]
            cells += [f"commission: {commission}", f"full_attendance: {full}"]
            lines.append(f"  {agent}: {{{', '.join(cells)}}}")
    return {f"{RECORDS}/{month}/scores/{team}.yaml": "\n".join(lines) + "\n"}


def first() -> dict[str, str]:
    """What the repository begins with."""
    agents = {
        f"{RECORDS}/agents/{agent}.yaml": f"agent: {agent}\nname: {name}\njoined: 2026-07-01\nhistory:\n"
        f"  - {{from: 2026-07, team: {team}, tier: ordinary}}\n"
        for agent, (name, team) in AGENTS.items()
    }
    policy = (ROOT / "policy/star-tier/2025-01.yaml").read_text("utf-8")
    return {
        ".gitattributes": "* text=auto eol=lf\n",
        "policy/star-tier/2025-01.yaml": policy,
        "records/people.yaml": PEOPLE,
        f"{RECORDS}/department.yaml": DEPARTMENT,
        **agents,
    }


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("KPIGEN_CACHE", str(tmp_path / "cache"))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    return Office(tmp_path)


def edit(path: str, *changes: tuple[str, str]) -> None:
    text = Path(path).read_text("utf-8")
    for old, new in changes:
        assert old in text, (old, text)
        text = text.replace(old, new)
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def test_a_quarter(office: Office) -> None:
    office.open(first())
    july(office)
    tampering(office)
    appeal(office)
    august(office)
    september(office)
    publication(office)
    for command, quoted in story():
        assert any(quotes(quoted, said) for each, said in office.transcript if each == command), (command, quoted)


def story() -> list[tuple[str, str]]:
    """Each command of the README's story with what it is said to print."""
    told = re.search(r"(?ms)^## A quarter, as it happened\n(.*?)^## ", (ROOT / "README.md").read_text("utf-8"))
    assert told, "the README tells the story"
    blocks = re.findall(r"(?s)```console\n(.*?)```", told[1])
    parts = [part.partition("\n") for block in blocks for part in f"\n{block}".split("\n$ kpigen ")[1:]]
    assert len(parts) > 10
    return [(command, printed.rstrip("\n")) for command, _, printed in parts]


def quotes(quoted: str, said: str) -> bool:
    """Whether a text is quoted rightly, its lines in their order; ``…`` stands for lines left out."""
    if "…" not in quoted.split("\n"):
        return quoted == said
    lines = iter(said.split("\n"))
    return all(line in lines for line in quoted.split("\n") if line != "…")


def july(office: Office) -> None:
    """Sheets by proposal, one of them rejected first; a complaint; the close."""
    with office.desk("wang.min", "sheet/day-2026-07") as desk:
        office.say("new scores day 2026-07")
        write(desk, sheet("day", "2026-07"))
        office.push(desk, "sheet/day-2026-07", "wang.min", "Day shift, July")
    office.merge("sheet/day-2026-07", "wangmin", "zhaolei")

    with office.desk("li.na", "sheet/night-2026-07") as desk:
        write(desk, sheet("night", "2026-07"))
        path = f"{RECORDS}/2026-07/scores/night.yaml"
        edit(path, ("resolution: 17", "resolution: 27"), ("attitude:", "atitude:"))
        office.say("check", 1)
        office.push(desk, "sheet/night-2026-07", "li.na", "Night shift, July")
    codes = [said.code for said in office.checked("sheet/night-2026-07", "lina", ("zhaolei",))]
    assert codes[0] == 1, "a sheet with errors is refused"
    with office.desk("li.na", "sheet/night-2026-07") as desk:
        write(desk, sheet("night", "2026-07"))
        office.say("new complaint A003 --received 2026-07-14 --channel phone --category delay --summary 等待时间过长")
        office.say("diff origin/main")
        office.push(desk, "sheet/night-2026-07", "li.na", "Night shift, July, mended; a complaint")
    office.merge("sheet/night-2026-07", "lina", "zhaolei")

    with office.desk("zhao.lei", "close/2026-07"):
        office.say("close service 2026-07 --by zhao.lei --check", 1)
    complaint = f"{RECORDS}/2026-07/complaints/C-2026-07-001.yaml"
    with office.desk("li.na", "complaint/C-2026-07-001") as desk:
        edit(complaint, ("status: open", "status: dismissed\ndecided: {on: 2026-07-20, by: zhao.lei}"))
        office.push(desk, "complaint/C-2026-07-001", "li.na", "C-2026-07-001: dismissed")
    office.merge("complaint/C-2026-07-001", "lina", "zhaolei")
    close(office, "2026-07")


def close(office: Office, month: str) -> None:
    """The department's administrator prepares the close; a reviewer approves it."""
    branch = f"close/service-{month}"
    with office.desk("wang.min", branch) as desk:
        office.say(f"close service {month}")
        stated = (desk / f"{RECORDS}/{month}/close.yaml").read_text("utf-8")
        for agent, pay in PAY[month].items():
            assert re.search(rf"{agent}: .*pay: +{re.escape(pay)}}}", stated), stated
        office.push(desk, branch, "wang.min", f"Close {month}")
    alone = office.checked(branch, "wangmin")
    assert alone[3].code == 1, "nobody approves their own proposal"
    told = alone[3].output.rstrip("\n")
    office.transcript.append(("approval --event event.json --reviews reviews.json --base origin/main", told))
    office.merge(branch, "wangmin", "zhaolei")


def tampering(office: Office) -> None:
    """Somebody raises a mark of the closed month and closes it anew, in one proposal."""
    with office.desk("li.na", "small-fix") as desk:
        edit(f"{RECORDS}/2026-07/scores/night.yaml", ("commission: 280", "commission: 880"))
        (desk / f"{RECORDS}/2026-07/close.yaml").unlink()
        office.say("close service 2026-07 --by zhao.lei")
        office.say("check")
        office.say("guard --base origin/main", 1)
        office.push(desk, "small-fix", "li.na", "A small fix")
    said = office.checked("small-fix", "lina", ("zhaolei",))
    assert [each.code for each in said[:2]] == [0, 1], "by itself it looks right; the base knows better"
    git(office.host, "branch", "-q", "-D", "small-fix")


def appeal(office: Office) -> None:
    """A001 appeals about July; the reviewer upholds it and restates the mark."""
    path = f"{RECORDS}/2026-08/appeals/P-2026-08-001.yaml"
    with office.desk("wang.min", "appeal/A001") as desk:
        write(desk, sheet("day", "2026-08"))
        office.say("new appeal A001 attitude --month 2026-07 --filed 2026-08-12 --grounds 抽样的两通录音不是本人的。")
        office.push(desk, "appeal/A001", "wang.min", "Day shift, August; A001 appeals")
    office.merge("appeal/A001", "wangmin", "zhaolei")
    with office.desk("li.na", "appeal/P-2026-08-001") as desk:
        decided = "status: upheld\ndecided: {on: 2026-08-14, by: zhao.lei}\noutcome: 录音确系他人，态度改为15分。"
        edit(path, ("status: open", decided))
        office.push(desk, "appeal/P-2026-08-001", "li.na", "P-2026-08-001: upheld")
    office.merge("appeal/P-2026-08-001", "lina", "zhaolei")
    with office.desk("li.na", "sheet/night-2026-08") as desk:
        write(desk, sheet("night", "2026-08"))
        office.say("close service 2026-08 --check", 1)
        restated = "new adjustment A001 2026-07 attitude=15 --month 2026-08"
        office.say(f"{restated} --appeal P-2026-08-001 --reason 抽样的录音不是本人的。")
        office.say("diff origin/main")
        office.push(desk, "sheet/night-2026-08", "li.na", "Night shift, August; J-2026-08-001")
    office.merge("sheet/night-2026-08", "lina", "zhaolei")


def august(office: Office) -> None:
    """The correction is explained, and August is closed."""
    with office.desk("lin.xiao", "main"):
        office.say("explain A001 2026-08")
    close(office, "2026-08")


def september(office: Office) -> None:
    """The last month, and the quarter out of its three closes."""
    for team, person in (("day", "wang.min"), ("night", "li.na")):
        with office.desk(person, f"sheet/{team}-2026-09") as desk:
            write(desk, sheet(team, "2026-09"))
            office.push(desk, f"sheet/{team}-2026-09", person, f"{team}, September")
        office.merge(f"sheet/{team}-2026-09", person.replace(".", ""), "zhaolei")
    close(office, "2026-09")
    with office.desk("wang.min", "close/service-2026-Q3") as desk:
        office.say("close service 2026-Q3")
        office.push(desk, "close/service-2026-Q3", "wang.min", "Close the third quarter")
    office.merge("close/service-2026-Q3", "wangmin", "zhaolei")


def publication(office: Office) -> None:
    """What is published is what was approved."""
    with office.desk("publish", "main") as desk:
        office.say("check")
        office.say("build")
        for month, pay in PAY.items():
            document = json.loads((desk / f"build/data/v1/service/{month}.json").read_text("utf-8"))
            assert document["status"] == "closed"
            assert {each["agent"]: each["pay"]["total"] for each in document["agents"]} == pay
        for page in ("agents/A001", "corrections/service"):
            text = (desk / f"build/site/{page}.html").read_text("utf-8")
            assert "J-2026-08-001" in text, page
            assert "录音确系他人" in text or page.startswith("agents"), page
