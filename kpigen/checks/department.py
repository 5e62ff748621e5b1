"""Checks of a department and its agents."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kpigen.finding import Finding, Rule, Severity
from kpigen.month import Month
from kpigen.reading.wording import UNKNOWN_WORD
from kpigen.roster import duties_due, employed
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.policy import Policy
    from kpigen.reading.decode import Record
    from kpigen.records import Agent
    from kpigen.repository import Filed
    from kpigen.roster import Roster

__all__ = ["DEPARTMENT_CHECKS", "agents_are_unique", "check_department"]

PATH_DISAGREES = Rule("path-disagrees")
POLICY_ORDER = Rule("policy-order")
UNKNOWN_POLICY = Rule("unknown-policy")
NO_POLICY = Rule("no-policy")
UNKNOWN_TEAM = Rule("unknown-team")
AGENT_HISTORY = Rule("agent-history")
ENTRY_TIER = Rule("entry-tier")
EMPLOYMENT = Rule("employment")
AGENT_TWICE = Rule("agent-twice")
MONTH_GAP = Rule("month-gap")
UNKNOWN_DUTY = Rule("unknown-duty")
UNKNOWN_PERSON = Rule("unknown-person")
DUTY_OVERDUE = Rule("duty-overdue", Severity.WARNING)
DUTY_LATE = Rule("duty-late", Severity.WARNING)


def check_department(roster: Roster, months: Iterable[Month]) -> Iterator[Finding]:
    """Yield what is wrong with a department, its agents, and the months it has records for.

    Args:
        roster: the department.
        months: the months that have a folder, ascending.
    """
    listed = tuple(months)
    for check in DEPARTMENT_CHECKS:
        yield from check(roster, listed)


def _folder_agrees(roster: Roster, _: tuple[Month, ...]) -> Iterator[Finding]:
    """The ids that files state are those of their folders and names."""
    department = roster.department
    folder = department.path.split("/")[1]
    if roster.id != folder:
        yield _disagrees(department, ("department",), roster.id, folder)
    for agent in roster.agents.values():
        if agent.record.agent != agent.stem:
            yield _disagrees(agent, ("agent",), agent.record.agent, agent.stem)


def _disagrees(filed: Filed[Record], location: tuple[str, ...], said: str, named: str) -> Finding:
    message = say("The file says {said}, its path says {named}.", said=said, named=named)
    return Finding.of(PATH_DISAGREES, filed.place(*location), message, say("Make the two agree."))


def _policies_govern(roster: Roster, months: tuple[Month, ...]) -> Iterator[Finding]:
    """Exactly one policy version governs each month."""
    department = roster.department
    lines = department.record.policy
    for index, (before, line) in enumerate(pairwise(lines), start=1):
        if line.from_ <= before.from_:
            message = say(
                "{month} does not come after {before}, so that two policies would govern.",
                month=str(line.from_),
                before=str(before.from_),
            )
            yield Finding.of(
                POLICY_ORDER,
                department.place("policy", index, "from"),
                message,
                say("Write each policy once, the earliest first."),
            )
    for index, line in enumerate(lines):
        if line.use not in roster.stated:
            near = nearest(line.use, roster.stated)
            hint = (
                say("Did you mean {near}?", near=near)
                if near
                else say("The policies are: {policies}.", policies=", ".join(sorted(roster.stated)))
            )
            yield Finding.of(
                UNKNOWN_POLICY,
                department.place("policy", index, "use"),
                say("There is no policy {policy}.", policy=line.use),
                hint,
            )
    for month in months:
        policy = roster.policy_id(month)
        if policy is None or (policy in roster.stated and not any(start <= month for start in roster.stated[policy])):
            message = say("No policy version is in force in {month}, for which there are records.", month=str(month))
            yield Finding.of(
                NO_POLICY,
                department.place("policy"),
                message,
                say("Let a policy begin earlier, or add a version of it."),
            )
            return


def _months_follow(roster: Roster, months: tuple[Month, ...]) -> Iterator[Finding]:
    """No month is left out between the first and the last."""
    for before, month in pairwise(months):
        if before.plus(1) != month:
            message = say(
                "There are records for {before} and {month}, none between.",
                before=str(before),
                month=str(month),
            )
            yield Finding.of(
                MONTH_GAP,
                roster.department.place("department"),
                message,
                say("Add the months that are missing; tiers are computed month after month."),
            )


def _agents_are_placed(roster: Roster, months: tuple[Month, ...]) -> Iterator[Finding]:
    """Each agent's history begins with the entry, names teams that exist, and goes forward."""
    teams, losses = roster.department.record.teams, tuple(_lost_tiers(roster, months))
    for agent in roster.agents.values():
        record = agent.record
        for index, stay in enumerate(record.history):
            if stay.team not in teams:
                near = nearest(stay.team, teams)
                hint = (
                    say("Did you mean {near}?", near=near)
                    if near
                    else say("The teams are: {teams}.", teams=", ".join(teams))
                )
                yield Finding.of(
                    UNKNOWN_TEAM,
                    agent.place("history", index, "team"),
                    say("There is no team {team}.", team=stay.team),
                    hint,
                )
        for index, (before, stay) in enumerate(pairwise(record.history), start=1):
            if stay.from_ <= before.from_:
                message = say("{month} does not come after {before}.", month=str(stay.from_), before=str(before.from_))
                yield Finding.of(
                    AGENT_HISTORY,
                    agent.place("history", index, "from"),
                    message,
                    say("Write the earliest first, one line a change."),
                )
        yield from _employment(agent, months)
        yield from _stated_words(roster, agent, months)
        yield from _tiers(roster, agent, months)
        yield from _taken_over(agent, losses)


def _stated_words(roster: Roster, agent: Filed[Agent], months: tuple[Month, ...]) -> Iterator[Finding]:
    """Roles and forms of employment are words of the policy in force when they begin."""
    for index, stay in enumerate(agent.record.history):
        policy = roster.policy(max(stay.from_, *months[:1])) if months else None
        for key in ("role", "employment"):
            word = getattr(stay, key)
            words = getattr(policy.version, {"role": "roles"}.get(key, key)) if policy else {}
            if policy is None or word is None or word in words:
                continue
            near = nearest(word, words)
            listed = say("Possible are: {words}.", words=", ".join(words))
            nothing = say("The policy in force then distinguishes none: leave `{key}` out.", key=key)
            hint = say("Did you mean {near}?", near=near) if near else listed if words else nothing
            message = say("{word} is no {key} that is known here.", word=word, key=key)
            yield Finding.of(UNKNOWN_WORD, agent.place("history", index, key), message, hint)


def _duties(roster: Roster, months: tuple[Month, ...]) -> Iterator[Finding]:
    """Duties are those of the policy; one that was due before the last month ended and is not done is overdue."""
    department = roster.department
    done = {(each.duty, each.period): (index, each.on) for index, each in enumerate(department.record.duties)}
    known = {each.id for month in months if (policy := roster.policy(month)) for each in policy.version.duties}
    for index, entry in enumerate(department.record.duties):
        if entry.duty not in known:
            near = nearest(entry.duty, known)
            listed = say("The duties are: {duties}.", duties=", ".join(sorted(known)))
            hint = say("Did you mean {near}?", near=near) if near else listed
            message = say("There is no duty {duty}.", duty=entry.duty)
            yield Finding.of(UNKNOWN_DUTY, department.place("duties", index, "duty"), message, hint)
        if entry.by not in roster.people:
            message = say("{person} is nobody of this department.", person=entry.by)
            hint = say("Name them in department.yaml: as a supervisor, a reviewer, or under `people`.")
            yield Finding.of(UNKNOWN_PERSON, department.place("duties", index, "by"), message, hint)
    for duty, period, due in duties_due(roster, months):
        index, on = done.get((duty.id, period), (0, None))
        if on is not None and on > due:
            message = say("{duty} was due on {due} and done on {on}.", duty=duty.name, due=str(due), on=str(on))
            hint = say("The policy sets this time; say in the note why it was exceeded, or correct the date.")
            place = department.place("duties", index, "on")
            yield Finding(place=place, rule=DUTY_LATE, message=message, hint=hint, severity=Severity.WARNING)
        if on is None and due < months[-1].last:
            message = say(
                "{duty} for the period up to {period} was due on {due} and is not done.",
                duty=duty.name,
                period=str(period),
                due=str(due),
            )
            hint = say(
                "When it is done, add to `duties`: {{duty: {id}, period: {period}, on: …, by: …}}.",
                id=duty.id,
                period=str(period),
            )
            place = department.place("duties" if department.record.duties else "department", key=True)
            yield Finding(place=place, rule=DUTY_OVERDUE, message=message, hint=hint, severity=Severity.WARNING)


def _employment(agent: Filed[Agent], months: tuple[Month, ...]) -> Iterator[Finding]:
    """The agent leaves after joining, and is in a team from the first month that is assessed."""
    record = agent.record
    if record.left and record.left < record.joined:
        message = say(
            "{left} is before {joined}, when the agent joined.",
            left=str(record.left),
            joined=str(record.joined),
        )
        yield Finding.of(EMPLOYMENT, agent.place("left"), message, say("Correct one of the two dates."))
    first = max((Month.of(record.joined), *months[:1]))
    if not record.history:
        yield Finding.of(
            AGENT_HISTORY,
            agent.place("history", key=True),
            say("The history is empty."),
            say("Add the team and tier of entry."),
        )
    elif record.history[0].from_ > first:
        message = say(
            "The history begins in {month}, the agent's first month is {first}.",
            month=str(record.history[0].from_),
            first=str(first),
        )
        yield Finding.of(
            AGENT_HISTORY,
            agent.place("history", 0, "from"),
            message,
            say("Begin with {month}.", month=str(first)),
        )


def _tiers(roster: Roster, agent: Filed[Agent], months: tuple[Month, ...]) -> Iterator[Finding]:
    """The entry tier is stated once, and again only where another policy takes over."""
    record, takes_over = agent.record, {line.from_ for line in roster.department.record.policy}
    entered = max((Month.of(record.joined), *months[:1]))
    for index, stay in enumerate(record.history):
        place = agent.place("history", index, "tier")
        if index == 0 and stay.tier is None and _has_tiers(roster, entered):
            yield Finding.of(
                ENTRY_TIER,
                agent.place("history", 0),
                say("The entry tier is missing."),
                say("Add `tier:` with the tier that the agent enters with."),
            )
        if index and stay.tier and stay.from_ not in takes_over and not _tiers_differ(roster, stay.from_):
            yield Finding.of(
                ENTRY_TIER,
                place,
                say("Later tiers are computed, not stated."),
                say("Remove this tier; transitions follow from the scores."),
            )
        begins = max(stay.from_, entered)
        restated = any(later.tier and later.from_ <= begins for later in record.history[index + 1 :])
        policy = roster.policy(begins) if months and not restated else None
        if stay.tier and policy and stay.tier not in policy.order:
            listed = say("The tiers are: {tiers}.", tiers=", ".join(policy.order))
            yield Finding.of(
                ENTRY_TIER,
                place,
                say("The policy has no tier {tier}.", tier=stay.tier),
                listed if policy.order else say("It has no tiers at all: leave `tier` out."),
            )


def _has_tiers(roster: Roster, month: Month) -> bool:
    policy = roster.policy(month)
    used = [roster.policies.get(line.use, {}) for line in roster.department.record.policy]
    known = [policy] if policy else [each for versions in used for each in versions.values()]
    return any(each.order for each in known)


def _tiers_differ(roster: Roster, month: Month) -> bool:
    """Tell whether a month's policy version has other tiers than the month before."""
    before, now = roster.policy(month.plus(-1)), roster.policy(month)
    return before is not None and now is not None and before.order != now.order


def _lost_tiers(roster: Roster, months: tuple[Month, ...]) -> Iterator[tuple[Month, Month, Policy, list[str]]]:
    """Yield the months whose policy version lacks tiers of the month before, each with that month and the tiers."""
    for before, month in pairwise(months):
        old, new = roster.policy(before), roster.policy(month)
        if old is None or new is None or old is new or not new.order:
            continue
        lost = [tier for tier in old.order if tier not in new.order]
        if lost or not old.order:
            yield before, month, new, lost


def _taken_over(agent: Filed[Agent], losses: Iterable[tuple[Month, Month, Policy, list[str]]]) -> Iterator[Finding]:
    """Where a policy or a version lacks tiers of the one before, the tier is stated anew."""
    record = agent.record
    for before, month, policy, lost in losses:
        stated = any(stay.tier and stay.from_ == month for stay in record.history)
        if not stated and employed(record, before) and employed(record, month):
            gone = say(
                "From {month} on there is no tier {lost}; the agent's tier is not stated anew.",
                month=str(month),
                lost=", ".join(lost),
            )
            new = say("From {month} on there are tiers, and the agent's is not stated.", month=str(month))
            yield Finding.of(
                ENTRY_TIER,
                agent.place("history", key=True),
                gone if lost else new,
                say(
                    "Add a line from {month} with one of the tiers {tiers}.",
                    month=str(month),
                    tiers=", ".join(policy.order),
                ),
            )


def agents_are_unique(rosters: Iterable[Roster]) -> Iterator[Finding]:
    """Yield a finding for each agent id that stands in more than one department."""
    found: dict[str, list[Filed[Agent]]] = {}
    for roster in rosters:
        for agent in roster.agents.values():
            found.setdefault(agent.record.agent, []).append(agent)
    for agent_id, files in found.items():
        for again in files[1:]:
            first = files[0].place("agent")
            message = say("{agent} stands already at {place}.", agent=agent_id, place=str(first))
            yield Finding.of(
                AGENT_TWICE,
                again.place("agent"),
                message,
                say("Give one of the two another id; ids are unique in the repository."),
                related=(first,),
            )


DEPARTMENT_CHECKS = (_folder_agrees, _policies_govern, _months_follow, _agents_are_placed, _duties)
