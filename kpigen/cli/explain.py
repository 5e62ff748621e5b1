"""``kpigen explain``: show where an agent's tier and pay come from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from kpigen.cli.findings import report
from kpigen.cli.keeping import keep_folder
from kpigen.cli.options import format_option, verb
from kpigen.cli.refusal import Refusal
from kpigen.cli.terminal import print_tree
from kpigen.month import Month
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kpigen.explanation import Subject
    from kpigen.site.rulebook import PolicyRef
    from kpigen.text import Lang, Text

__all__ = ["Found", "command", "find"]

MOST_NAMED = 3
MOST_LISTED = 20

Json = dict[str, Any]


@verb(say("Show where an agent's tier and pay of a month come from."), name="explain")
@click.argument("agent")
@click.argument("month")
@format_option("text", "json")
def command(root: Path, lang: Lang, agent: str, month: str, form: str) -> None:
    """Print the tree, or the agent's part of the month's document."""
    found = find(root, lang, agent, month)
    if form == "json":
        click.echo(json.dumps(found.entry, ensure_ascii=False, indent=2))
    else:
        from kpigen.explanation import explanation  # noqa: PLC0415 - help does without

        print_tree(explanation(found.subject(), lang))


@dataclass(frozen=True, slots=True)
class Found:
    """An agent's month: its entry, the document that it stands in, and all documents that were kept."""

    agent: str
    entry: Json
    document: bytes
    documents: Mapping[str, bytes]

    def subject(self) -> Subject:
        """Return it as typed values."""
        import msgspec  # noqa: PLC0415 - help does without

        from kpigen.explanation import Subject  # noqa: PLC0415
        from kpigen.site.documents import Index, MonthDocument  # noqa: PLC0415
        from kpigen.site.rulebook import Policy  # noqa: PLC0415

        month = msgspec.json.decode(self.document, type=MonthDocument)
        index = msgspec.json.decode(self.documents["v1/index.json"], type=Index)
        department = next(each for each in index.departments if each.department == month.department)
        agent = next(each for each in month.agents if each.agent == self.agent)

        def policy(ref: PolicyRef) -> Policy:
            return msgspec.json.decode(self.documents[f"v1/policy/{ref.id}/{ref.version}.json"], type=Policy)

        governing = {made.month: department.policy(made.month) for made in agent.corrections}
        return Subject(
            agent=agent,
            document=month,
            department=department,
            policy=policy(month.policy),
            earlier={when: policy(ref) for when, ref in governing.items() if ref},
        )


def find(root: Path, lang: Lang, agent: str, month: str, instead: Mapping[str, bytes] | None = None) -> Found:
    """Compute an agent's month; ``instead`` are files as they might be. Findings end the program.

    Raises:
        Refusal: there is no such agent, or no such month of the agent.
    """
    from kpigen.store import Memory  # noqa: PLC0415 - help does without

    if Month.parse(month) is None:
        raise Refusal(say("“{month}” is no month; write it like 2026-09", month=month), lang)
    memory = Memory(month)
    kept = keep_folder(root, lang, memory, instead)
    index = json.loads(memory.documents["v1/index.json"])
    agent = _meant(agent, index["departments"], lang)
    department = next((each for each in index["departments"] if agent in _agents(each)), None)
    document = memory.documents.get(f"v1/{department['department']}/{month}.json") if department else None
    entry = _entry(document, agent)
    if document is not None and entry is not None:
        return Found(agent, entry, document, memory.documents)
    if not kept.clean:
        if instead:  # the lines of files on disk are not those of what is supposed
            raise Refusal(kept.findings[0].message, lang)
        report(kept, lang, err=True)
        click.get_current_context().exit(1)
    if department is None:
        known = [person for each in index["departments"] for person in each["agents"]]
        raise Refusal(_no_agent(agent, known), lang)
    raise Refusal(_no_month(_agents(department)[agent], department, month), lang)


def _agents(department: Json) -> Mapping[str, Json]:
    return {each["agent"]: each for each in department["agents"]}


def _meant(agent: str, departments: Sequence[Json], lang: Lang) -> str:
    """Return the id of an agent who is named by id, or by a name that nobody else has.

    Raises:
        Refusal: several have the name.
    """
    everybody = [person for each in departments for person in each["agents"]]
    word = agent.strip().casefold()
    named = [each for each in everybody if word in {name.casefold() for name in each["name"].values()}]
    if not named or any(each["agent"] == agent for each in everybody):
        return agent
    if len(named) > 1:
        ids = ", ".join(each["agent"] for each in named)
        raise Refusal(say("{name} is the name of {agents}; say which id", name=agent, agents=ids), lang)
    return str(named[0]["agent"])


def _entry(document: bytes | None, agent: str) -> Json | None:
    listed = json.loads(document)["agents"] if document else ()
    return next((each for each in listed if each["agent"] == agent), None)


def _no_agent(agent: str, known: Sequence[Json]) -> Text:
    """Say that there is no such agent: of an id the nearest ones, of a name those whose names share a letter."""
    if not agent.isascii() or not any(map(str.isdigit, agent)):
        alike = [each for each in known if any(set(agent.casefold()) & set(name) for name in each["name"].values())]
        named = ", ".join(f"{each['agent']} {each['name']['zh']}" for each in (alike or known)[:MOST_LISTED])
        if named:
            return say("nobody has the name {agent}; there are: {near}", agent=agent, near=named)
    near = ", ".join(sorted(get_close_matches(agent.upper(), [each["agent"] for each in known], MOST_NAMED, 0)))
    if not near:
        return say("there is no agent {agent}, nor any other", agent=agent)
    return say("there is no agent {agent}; the nearest are {near}", agent=agent, near=near)


def _no_month(person: Json, department: Json, month: str) -> Text:
    """Say that an agent was not there in a month, and in which months near it the agent was."""
    months = [each["month"] for each in department["months"]]
    there = [each for each in months if person["joined"][:7] <= each <= (person["left"] or "9999")[:7]]
    near = ", ".join(sorted(sorted(there, key=lambda each: _distance(each, month))[:MOST_NAMED]))
    if not near:
        return say("there is no month of {agent}", agent=person["agent"])
    return say("{agent} has no month {month}; the nearest are {near}", agent=person["agent"], month=month, near=near)


def _distance(one: str, other: str) -> int:
    (year, number), (year_, number_) = (map(int, month.split("-")) for month in (one, other))
    return abs((year - year_) * 12 + number - number_)
