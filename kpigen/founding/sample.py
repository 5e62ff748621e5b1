"""The sample: a department of four invented agents, and one month of it that can be closed.

Points are shares of what can be had. All other figures are those of the policy's own worked examples, so that they are
what its author thought likely.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.exact import Mode, plain, round_to
from kpigen.founding.cast import CASTS
from kpigen.intake.fresh import prose, series, table
from kpigen.layout import arrange
from kpigen.policy.inputs import Points
from kpigen.policy.period import first_month
from kpigen.reading.faults import Fault
from kpigen.reading.nodes import Document
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.founding.cast import Cast
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.policy.inputs import InputSpec
    from kpigen.reading.nodes import Node

__all__ = ["TEAM", "agent_ids", "sample"]

TEAM: Final = "team-a"
_COMPLAINT_DAY: Final = 12
#: The shares of the points that the four agents have of every other item; of the items between, a little less.
_SHARES: Final = (Decimal("0.85"), Decimal("0.92"), Decimal("0.88"), Decimal("0.97"))
_LESS: Final = Decimal("0.05")
_HALF: Final = Decimal("0.5")
#: The score from which an example is one of an ordinary month, and not of what is rare.
_LIKELY: Final = 70


def sample(policy: Policy, month: Month, department: str, name: str | None, lang: Lang) -> Mapping[str, str]:
    """Return the records of a new repository, by path.

    Args:
        policy: the policy that governs.
        month: a month that it assesses.
        department: the department's id.
        name: its name for people; None for a general one.
        lang: the language of the names.
    """
    cast = CASTS[lang]
    folder = f"records/{department}"
    invented = {
        "records/people.yaml": _people(cast),
        f"{folder}/department.yaml": _department(policy, month, department, name, cast),
    }
    files = {path: _marked(_written(path, record), lang) for path, record in invented.items()}
    for number, agent in enumerate(agent_ids()):
        path = f"{folder}/agents/{agent}.yaml"
        files[path] = _written(path, _agent(policy, month, number, cast))
    if policy.cards:
        path = f"{folder}/{month}/scores/{TEAM}.yaml"
        names = dict(zip(agent_ids(), cast.agents, strict=True))
        files[path] = _written(path, _sheet(policy, month, cast), names)
    if policy.version.complaints:
        path = f"{folder}/{month}/complaints/C-{month}-001.yaml"
        files[path] = _written(path, _complaint(policy, month, cast))
    return files


def agent_ids() -> tuple[str, ...]:
    """Return the ids of the sample's agents."""
    return tuple(f"A{number:03}" for number in range(1, 5))


def _written(path: str, record: Mapping[str, Node | str], remarks: Mapping[str, str] | None = None) -> str:
    return arrange(Document(path, table(record)), "", remarks)


def _marked(text: str, lang: Lang) -> str:
    """Say below the first line that the people are invented."""
    note = {
        Lang.ZH: "# 这里的人都是虚构的，换成你们自己的人。",
        Lang.EN: "# The people here are invented: put your own in their place.",
    }
    head, _, rest = text.partition("\n")
    return f"{head}\n{note[lang]}\n{rest}"


def _people(cast: Cast) -> dict[str, Node | str]:
    return {"administrators": series(cast.administrators), "accounts": table(cast.accounts)}


def _department(policy: Policy, month: Month, department: str, name: str | None, cast: Cast) -> dict[str, Node | str]:
    begin = first_month(month, policy.version.assess.every)
    team = table({"name": table({"zh": "甲组", "en": "Team A"}), "supervisor": cast.supervisor})
    return {
        "department": department,
        "name": prose(name) if name else table({"zh": "客服部", "en": "Customer service"}),
        "policy": series([table({"from": str(begin), "use": policy.id})]),
        "teams": table({TEAM: team}),
        "reviewers": series([cast.reviewer]),
    }


def _agent(policy: Policy, month: Month, number: int, cast: Cast) -> dict[str, Node | str]:
    """Make an agent who has been there for more than a year, in one of the policy's tiers and roles."""
    stay = {"from": str(first_month(month, policy.version.assess.every)), "team": TEAM}
    if policy.order:
        stay["tier"] = policy.order[number % len(policy.order)]
    if role := _role(policy, number):
        stay["role"] = role
    joined = month.plus(-14 - 5 * number).first + timedelta(days=3 + 4 * number)
    return {
        "agent": agent_ids()[number],
        "name": prose(cast.agents[number]),
        "joined": str(joined),
        "history": series([table(stay)]),
    }


def _role(policy: Policy, number: int) -> str | None:
    """Return an agent's role: half of them have the first, the others one that has a scorecard as well."""
    scored = [role for role in policy.cards if role is not None]
    return scored[max(0, number - 1) % len(scored)] if scored else None


def _sheet(policy: Policy, month: Month, cast: Cast) -> dict[str, Node | str]:
    assessed = month.plus(1).first.replace(day=policy.version.assess.opens)
    record: dict[str, Node | str] = {
        "month": str(month),
        "team": TEAM,
        "assessor": cast.supervisor,
        "assessed": str(assessed),
    }
    if together := policy.team_inputs(month):
        record["together"] = table(_cells(policy, together, 0))
    lines: dict[str, Node | str] = {}
    for number, agent in enumerate(agent_ids()):
        lines[agent] = table(_cells(policy, policy.own_inputs(_role(policy, number), month), number))
    record["agents"] = table(lines)
    return record


def _cells(policy: Policy, inputs: Mapping[str, InputSpec], number: int) -> dict[str, str]:
    """Return the cells of the ``number``-th line: of one example as far as it has them, so that they fit together."""
    cases = _distinct({name: case[name] for name in inputs if name in case} for case in _stated(policy))
    fullest = max(map(len, cases), default=0)
    whole = [case for case in cases if len(case) == fullest]
    chosen = whole[number % len(whole)] if whole else {}
    rest = {name: next(case[name] for case in cases if name in case) for name in inputs if name not in chosen}
    marks = {
        name: plain(round_to(spec.points * (_SHARES[number] - _LESS * (index % 2)), _HALF, Mode.HALF_UP).normalize())
        for index, (name, spec) in enumerate(inputs.items())
        if isinstance(spec, Points)
    }
    return {name: (chosen | rest | marks)[name] for name in inputs}


def _stated(policy: Policy) -> Iterator[dict[str, str]]:
    """Yield the inputs that the policy's examples state, likely ones first, but none that is not applicable."""
    examples = policy.version.examples
    likely = [each.given for each in examples if each.expect.score is not None and each.expect.score >= _LIKELY]
    others = [case for each in examples for case in (each.given, *each.given.others, *each.given.before)]
    for case in (*likely, *others):
        texts = {name: str(text) for name, text in case.inputs.items()}
        yield {name: text for name, text in texts.items() if _usable(policy, name, text)}


def _usable(policy: Policy, name: str, text: str) -> bool:
    read = policy.readers[name](text)
    return read is not None and not isinstance(read, Fault)


def _distinct(cases: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for case in cases:
        if case and case not in found:
            found.append(case)
    return found


def _complaint(policy: Policy, month: Month, cast: Cast) -> dict[str, Node | str]:
    """Make a complaint that was upheld on the next day, and the customer told."""
    stated = policy.version.complaints
    received = month.first.replace(day=_COMPLAINT_DAY)
    next_day = str(received + timedelta(days=1))
    record: dict[str, Node | str] = {
        "complaint": f"C-{month}-001",
        "agent": agent_ids()[1],
        "received": str(received),
        "channel": "phone",
        "category": next(iter(stated.categories), "service") if stated else "service",
    }
    if stated and stated.severities:
        record["severity"] = next(iter(stated.severities))
    return record | {
        "summary": prose(cast.complaint),
        "status": "upheld",
        "decided": table({"on": next_day, "by": cast.supervisor}),
        "followed_up": next_day,
    }
