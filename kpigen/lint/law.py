"""Law: what texts and moves of a policy for mainland China should not say, each with its source; no legal advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.finding import Rule, Severity
from kpigen.lint.phrases import (
    ALONE,
    ATTENDANCE,
    BY_ITSELF,
    CONSENT,
    DECIDED,
    FINE,
    LEAVE,
    LEAVING,
    NOT_STATUTORY,
    PAY_SHOWN,
    PROBATION,
    TO_PROBATION,
    TOGETHER,
)
from kpigen.lint.sentences import matched, sentences_of
from kpigen.lint.statutes import (
    ANNUAL_LEAVE,
    DISMISSAL,
    FINES,
    PRIVACY,
    RULE_MAKING,
    SECOND_PROBATION,
    TERMS,
    advised,
)
from kpigen.text import Label, Text, say

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from kpigen.lint.subject import Location, Subject
    from kpigen.remark import Remark

__all__ = ["LAW_FINE", "check_law"]

LAW_DISMISSAL = Rule("law-dismissal")
LAW_PROBATION = Rule("law-probation")
LAW_FINE = Rule("law-fine", Severity.WARNING)
LAW_CONSULTATION = Rule("law-consultation", Severity.WARNING)
LAW_UNILATERAL = Rule("law-unilateral", Severity.WARNING)
LAW_ATTENDANCE = Rule("law-attendance", Severity.WARNING)
LAW_PAY_PUBLISHED = Rule("law-pay-published", Severity.WARNING)

_REVIEWED: Final = say("Let a person decide: an action “… review”, training or another post first, and due notice.")
_OBSERVED: Final = say("Name the lowest tier an observation level: probation is agreed once, when employment begins.")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What a sentence must not say unless it says what ``settles`` it, and what to do about it."""

    rule: Rule
    said: re.Pattern[str]
    settles: re.Pattern[str] | None
    message: Text
    advice: Text
    source: Label


_PHRASES: Final = (
    _Phrase(
        LAW_FINE,
        FINE,
        None,
        say("The clause fines people; whether an employer may is contested, and in places it is forbidden."),
        say("Let points or a bonus be not earned instead."),
        FINES,
    ),
    _Phrase(
        LAW_UNILATERAL,
        ALONE,
        TOGETHER,
        say("The clause lets the employer alone interpret or change the terms."),
        say("Let changes be discussed with staff and published before they hold; interpret in the open."),
        TERMS,
    ),
    _Phrase(
        LAW_PAY_PUBLISHED,
        PAY_SHOWN,
        CONSENT,
        say("The clause publishes pay without the consent of those whose it is."),
        say("Show pay to its owner alone, or ask each for a separate consent."),
        PRIVACY,
    ),
)


def check_law(subject: Subject) -> Iterator[Remark]:
    """Yield what the texts and the moves of a policy say against the law of mainland China."""
    yield from _leaving(subject)
    yield from _named(subject)
    yield from _probation(subject)
    yield from _phrases(subject)
    yield from _adoption(subject)
    yield from _attendance(subject)


def _leaving(subject: Subject) -> Iterator[Remark]:
    """Yield clauses that make somebody leave without a decision; where it is only possible, that is doubtful."""
    told: set[str] = set()
    for number, lang, sentence in sentences_of(subject):
        found = matched(LEAVING, sentence, DECIDED)
        if found is not None and number not in told:
            told.add(number)
            automatic = BY_ITSELF.search(sentence) is not None
            message = (
                say("“{words}” follows by itself, without a decision.", words=found)
                if automatic
                else say("“{words}”: the clause does not say who decides it, and by which steps.", words=found)
            )
            remark = subject.remark(
                LAW_DISMISSAL,
                subject.place("clauses", number, lang),
                message,
                advised(_REVIEWED, DISMISSAL),
                about=(number, None),
            )
            yield remark if automatic else remark.doubtful()


def _named(subject: Subject) -> Iterator[Remark]:
    """Yield actions and tiers whose names make somebody leave, without a word of a decision, or are fines."""
    version = subject.policy.version
    named: list[tuple[Location, str, Label, str]] = [
        (("actions", index), each.id, each.name, each.clause) for index, each in enumerate(version.actions)
    ]
    named += [(("tiers", tier), tier, each.name, each.clause) for tier, each in version.tiers.items()]
    for where, name, label, clause in named:
        said = f"{name.replace('-', ' ')} {label.zh} {label.en}"
        if LEAVING.search(said) and not DECIDED.search(said):
            yield subject.remark(
                LAW_DISMISSAL,
                subject.place(*where, key=True),
                say("“{name}” makes somebody leave, and nobody decides it.", name=label),
                advised(_REVIEWED, DISMISSAL),
                about=(clause, name),
            )
        if FINE.search(f"{label.zh} {label.en}"):
            phrase = _PHRASES[0]
            place = subject.place(*where, key=True)
            advice = advised(phrase.advice, phrase.source)
            yield subject.remark(LAW_FINE, place, phrase.message, advice, about=(clause, name))


def _probation(subject: Subject) -> Iterator[Remark]:
    """Yield moves down to probation; where its clause says that it is not that of the law, that is doubtful."""
    version, order = subject.policy.version, subject.policy.order
    for name, tier in version.tiers.items():
        down = [
            subject.place("transitions", index, "to")
            for index, each in enumerate(version.transitions)
            if each.to == name and any(order.index(origin) > order.index(name) for origin in each.from_)
        ]
        if down and PROBATION.search(f"{tier.name.zh} {tier.name.en}"):
            remark = subject.remark(
                LAW_PROBATION,
                subject.place("tiers", name, key=True),
                say("People who are past their probation are put on “{tier}” again.", tier=tier.name),
                advised(_OBSERVED, SECOND_PROBATION),
                about=(tier.clause, name),
            ).relating(*down)
            settled = any(NOT_STATUTORY.search(text) for text in subject.texts(tier.clause))
            yield remark.doubtful() if settled else remark
    if any(PROBATION.search(f"{tier.name.zh} {tier.name.en}") for tier in version.tiers.values()):
        return
    told: set[str] = set()
    for number, lang, sentence in sentences_of(subject):
        found = matched(TO_PROBATION, sentence)
        if found is not None and number not in told:
            told.add(number)
            yield subject.remark(
                LAW_PROBATION,
                subject.place("clauses", number, lang),
                say("“{words}”: nobody who is past probation can be put on it again.", words=found),
                advised(_OBSERVED, SECOND_PROBATION),
                about=(number, None),
            )


def _phrases(subject: Subject) -> Iterator[Remark]:
    """Yield fines, reserved rights and published pay, each once a clause."""
    told: set[tuple[str, str]] = set()
    for number, lang, sentence in sentences_of(subject):
        for phrase in _PHRASES:
            once = (phrase.rule.id, number)
            if once not in told and matched(phrase.said, sentence, phrase.settles) is not None:
                told.add(once)
                yield subject.remark(
                    phrase.rule,
                    subject.place("clauses", number, lang),
                    phrase.message,
                    advised(phrase.advice, phrase.source),
                    about=(number, None),
                )


def _adoption(subject: Subject) -> Iterator[Remark]:
    """Yield a version without the dates of its consultation and its publication."""
    adopted = subject.policy.version.adopted
    for key, message in (
        ("consulted", say("No date says when staff were consulted.")),
        ("published", say("No date says when the policy was published.")),
    ):
        if getattr(adopted, key) is None:
            advice = advised(say("Add `{key}: YYYY-MM-DD` to `adopted`, and keep the record.", key=key), RULE_MAKING)
            yield subject.remark(
                LAW_CONSULTATION, subject.place("adopted", key=True), message, advice, about=(None, key)
            )


def _attendance(subject: Subject) -> Iterator[Remark]:
    """Yield pay for full attendance whose clause does not say that statutory leave is no absence."""
    for index, line in enumerate(subject.policy.version.pay):
        if line.amount is None or not ATTENDANCE.search(f"{line.id} {line.name.zh} {line.name.en}"):
            continue
        texts = [text for number in subject.related(line.clause) for text in subject.texts(number)]
        if not any(LEAVE.search(text) for text in texts):
            advice = say("Say in the clause that annual leave and other statutory leave are no absence.")
            yield subject.remark(
                LAW_ATTENDANCE,
                subject.place("pay", index),
                say("Full attendance could be lost to statutory leave; for sick leave it is uncertain if it may."),
                advised(advice, ANNUAL_LEAVE),
                about=(line.clause, line.id),
            )
