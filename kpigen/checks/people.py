"""Checks of ``people.yaml``: who administers, and by which account the git host knows each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.finding import Finding, Rule
from kpigen.reading.account import same_account
from kpigen.records import People
from kpigen.repository import read_record
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kpigen.repository import Filed, Survey
    from kpigen.roster import Roster
    from kpigen.snapshot import Snapshot

__all__ = ["check_people"]

UNKNOWN_PERSON = Rule("unknown-person")
NO_ADMINISTRATOR = Rule("no-administrator")
NO_ACCOUNT = Rule("no-account")
ACCOUNT_TWICE = Rule("account-twice")


def check_people(snapshot: Snapshot, found: Survey, rosters: Collection[Roster] | None) -> Iterator[Finding]:
    """Yield what is wrong with ``people.yaml``; nothing where there is none.

    Args:
        snapshot: the files.
        found: which of them is what.
        rosters: the departments; None when one of them cannot be read, so that it is not known who there is.
    """
    if found.people is None:
        return
    filed, findings = read_record(snapshot, found.people, People)
    yield from findings
    if filed is None:
        return
    yield from _administrators(filed)
    yield from _accounts(filed)
    if rosters is not None:
        yield from _known(filed, {person for roster in rosters for person in roster.people})


def _administrators(filed: Filed[People]) -> Iterator[Finding]:
    """Somebody administers, and whoever does has an account."""
    people = filed.record
    if not people.administrators:
        message = say("Nobody administers the repository.")
        hint = say("Name at least one person; two, so that each can approve what the other proposes.")
        yield Finding.of(NO_ADMINISTRATOR, filed.place("administrators"), message, hint)
    for index, person in enumerate(people.administrators):
        if person not in people.accounts:
            near = nearest(person, people.accounts)
            message = say("{person} administers, and has no account.", person=person)
            hint = say("Did you mean {near}?", near=near) if near else say("Add the person's line to accounts.")
            yield Finding.of(NO_ACCOUNT, filed.place("administrators", index), message, hint)


def _accounts(filed: Filed[People]) -> Iterator[Finding]:
    """No two persons share an account: nobody could tell which of them approved."""
    first: dict[str, str] = {}
    for person, account in filed.record.accounts.items():
        same = first.setdefault(same_account(account), person)
        if same != person:
            message = say("{person} and {other} have one account.", person=person, other=same)
            hint = say("Give each person's own; hosts do not tell capital letters from small ones.")
            place, related = filed.place("accounts", person), (filed.place("accounts", same),)
            yield Finding.of(ACCOUNT_TWICE, place, message, hint, related=related)


def _known(filed: Filed[People], known: set[str]) -> Iterator[Finding]:
    """Whoever has an account is of a department, or administers."""
    everybody = known | set(filed.record.administrators)
    for person in filed.record.accounts:
        if person not in everybody:
            near = nearest(person, everybody)
            hint = (
                say("Did you mean {near}?", near=near)
                if near
                else say("Name them in a department.yaml or among the administrators, or remove the line.")
            )
            message = say("{person} is nobody of any department.", person=person)
            yield Finding.of(UNKNOWN_PERSON, filed.place("accounts", person, key=True), message, hint)
