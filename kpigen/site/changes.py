"""What changed between two neighbouring versions of a policy, from the two documents alone: before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import msgspec

from kpigen.site.policies import rules
from kpigen.site.wording import Words, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.site.policies import Rule
    from kpigen.site.rulebook import Named, Policy
    from kpigen.text import Label, Lang

__all__ = ["Change", "Changes", "Piece", "changes", "neighbours", "pieces"]

#: A text that shares less than this with what it was before is shown anew, not piece by piece.
_ALIKE: Final = 0.4
_WORDS: Final = re.compile(r"[A-Za-z0-9]+(?:[.,'’-][A-Za-z0-9]+)*%?|\s+|.", re.DOTALL)

#: A part of a text, and whether it stayed (``=``), went (``-``) or came (``+``).
Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that came (no ``before``), went (no ``after``) or changed, with its clause in the newer version."""

    sort: str
    name: str
    clause: str | None
    before: str | None
    after: str | None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text piece by piece, where both versions have one."""
        return pieces(self.before or "", self.after or "")


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two versions; what only moved to another clause counts as changed."""

    before: Policy
    after: Policy
    parameters: tuple[Change, ...]
    weights: tuple[Change, ...]
    rules: tuple[Change, ...]
    clauses: tuple[Change, ...]
    readings: tuple[Change, ...]

    @property
    def page(self) -> str:
        """The file name of its page, without the ending."""
        return f"{self.after.policy}_{self.before.version}_{self.after.version}"


def neighbours(policies: Iterable[Policy]) -> Iterator[tuple[Policy, Policy]]:
    """Yield each version that follows another with the one before it."""
    before: Policy | None = None
    for policy in sorted(policies, key=lambda each: (each.policy, each.version)):
        if before is not None and before.policy == policy.policy:
            yield before, policy
        before = policy


def changes(before: Policy, after: Policy, lang: Lang) -> Changes:
    """Compare two versions of a policy.

    Args:
        before: the older one.
        after: the newer one.
        lang: the language to say it in.
    """
    return Changes(
        before=before,
        after=after,
        parameters=tuple(_compared(_parameters(before, lang), _parameters(after, lang))),
        weights=tuple(_compared(_weights(before, lang), _weights(after, lang))),
        rules=tuple(_compared(_rules(before, lang), _rules(after, lang))),
        clauses=tuple(_compared(_texts(before, lang), _texts(after, lang))),
        readings=tuple(_compared(_readings(before, lang), _readings(after, lang))),
    )


_Listed = dict[tuple[str, str], Change]
"""What a version states, by its kind and id; the text is in ``after``."""


def _compared(before: _Listed, after: _Listed) -> Iterator[Change]:
    """Yield what differs, in the newer version's order; what went comes last."""
    for key, now in after.items():
        was = before.get(key)
        if was is None:
            yield now
        elif (was.after, was.name, was.clause) != (now.after, now.name, now.clause):
            renamed = was.name != now.name
            texts = (f"{each.name} {each.after}".strip() if renamed else each.after for each in (was, now))
            yield Change(now.sort, now.name, now.clause, *texts)
    for key, was in before.items():
        if key not in after:
            yield Change(was.sort, was.name, None, was.after, None)


def _parameters(policy: Policy, lang: Lang) -> _Listed:
    words = Words(policy, lang)
    return {
        ("parameter", each.id): Change("", _named(each, lang), each.clause, None, words.worth(each))
        for each in policy.parameters
    }


def _weights(policy: Policy, lang: Lang) -> _Listed:
    return {
        ("weight", each.id): Change("", _named(each, lang), each.clause, None, share(each.weight))
        for each in (*policy.inputs, *policy.items)
        if each.weight
    }


def _rules(policy: Policy, lang: Lang) -> _Listed:
    """Return every rule in words, but for what is compared by itself."""
    alone = msgspec.structs.replace(
        policy, parameters=(), inputs=_unweighted(policy.inputs), items=_unweighted(policy.items)
    )
    words = Words(policy, lang)
    return {
        (rule.sort, f"{rule.id or rule.key} {position}"): Change(rule.sort, rule.name, clause, None, rule.said)
        for position, clause, rule in _numbered(rules(alone, words, (alone,)))
    }


def _numbered(listed: Iterable[tuple[str | None, Rule]]) -> Iterator[tuple[int, str | None, Rule]]:
    """Yield rules with a number that tells those of the same kind and id apart."""
    seen: dict[tuple[str, str], int] = {}
    for clause, rule in listed:
        told = (rule.sort, rule.id or rule.key)
        seen[told] = number = seen.get(told, 0) + 1
        yield number, clause, rule


def _unweighted(things: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple(msgspec.structs.replace(each, weight=None) for each in things)


def _texts(policy: Policy, lang: Lang) -> _Listed:
    return _of_clauses({each.clause: each.text for each in policy.clauses}, lang)


def _readings(policy: Policy, lang: Lang) -> _Listed:
    return _of_clauses({each.clause: each.interpretation for each in policy.clauses if each.interpretation}, lang)


def _of_clauses(texts: Mapping[str, Label], lang: Lang) -> _Listed:
    return {("clause", clause): Change("", clause, clause, None, text.said(lang)) for clause, text in texts.items()}


def _named(thing: Named, lang: Lang) -> str:
    return thing.name.said(lang) if thing.name else thing.id


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return a text piece by piece, word by word in English and sign by sign in Chinese.

    Nothing is returned where the two have so little in common that each is better read by itself.
    """
    was, now = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ()
    found: list[Piece] = []
    for kind, left, until_left, right, until_right in matcher.get_opcodes():
        if kind == "equal":
            found.append(("=", "".join(was[left:until_left])))
            continue
        if until_left > left:
            found.append(("-", "".join(was[left:until_left])))
        if until_right > right:
            found.append(("+", "".join(now[right:until_right])))
    return tuple(found)
