"""What a policy's page shows beside each clause: the rules that carry it out, and its worked examples, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.site.consequences import action, award, duty, ladder
from kpigen.site.conversions import conversion
from kpigen.site.measures import codes, measure
from kpigen.site.periods import EVERY
from kpigen.site.wording import share
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.site.rulebook import Clause, Example, Named, Policy, Remark, Score
    from kpigen.site.wording import Words

__all__ = ["Case", "Rule", "Section", "rules", "sections", "worked_example"]

_GIVEN: Mapping[str, Text] = {
    "month": say("month"),
    "tier": say("tier"),
    "next_tier": say("tier from next month"),
    "score": say("score"),
    "grade": say("grade"),
    "rank": say("rank"),
    "transition": say("promotion or demotion"),
    "not_assessed": say("not assessed"),
    "joined": say("joined"),
    "left": say("left"),
    "complaints": say("upheld complaints"),
    "before": say("months before"),
    "others": say("colleagues"),
    "carried": say("carried over"),
    "gross": say("gross pay"),
    "deductions": say("deductions"),
    "total": say("pay"),
    "awards": say("awards"),
    "actions": say("actions"),
    "results": say("results"),
    "assessed": say("assessed"),
    "role": say("role"),
    "employment": say("form of employment"),
    "team": say("team"),
    "won": say("awards won"),
    "pay": say("pay lines"),
}
_NONE = say("none")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words, with the policy's own expressions.

    ``id`` is what it is counted by, if it decides anything; ``key`` is its id among its own kind, if it has one.
    """

    sort: str
    name: str
    said: str = ""
    code: tuple[str, ...] = ()
    id: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example in words: what is given, and what comes of it."""

    name: str
    given: tuple[str, ...]
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A clause with the rules that cite it, the examples that show it, and what the lint has to say beside it."""

    clause: Clause
    rules: tuple[Rule, ...]
    cases: tuple[Case, ...]
    remarks: tuple[Remark, ...]


def sections(policy: Policy, words: Words, versions: tuple[Policy, ...]) -> tuple[Section, ...]:
    """Return a policy's clauses in order, each with what belongs to it.

    Args:
        policy: the version.
        words: its words.
        versions: all versions of the policy, the oldest first.
    """
    listed: dict[str | None, list[Rule]] = {}
    for clause, rule in rules(policy, words, versions):
        listed.setdefault(clause, []).append(rule)
    cases = [(example.clauses, worked_example(example, words)) for example in policy.examples]
    return tuple(
        Section(
            clause,
            tuple(listed.get(clause.clause, ())),
            tuple(case for shown, case in cases if shown and shown[0] == clause.clause),
            tuple(remark for remark in policy.remarks if remark.clause == clause.clause),
        )
        for clause in policy.clauses
    )


def rules(policy: Policy, words: Words, versions: tuple[Policy, ...]) -> Iterator[tuple[str | None, Rule]]:
    """Yield every rule with the clause that it cites."""
    for parameter in policy.parameters:
        yield parameter.clause, _parameter(parameter, versions, words)
    yield from _of_people(policy, words)
    yield from _of_score(policy, words)
    yield from _of_tiers(policy, words)
    for line in policy.pay:
        yield line.clause, _pay(line, words)
    yield from _of_consequences(policy, words)
    yield from _of_records(policy, words)


def _of_people(policy: Policy, words: Words) -> Iterator[tuple[str | None, Rule]]:
    lang = words.lang
    for word in policy.employment:
        yield word.clause, Rule(say("form of employment").said(lang), _name(word, words), key=word.id)
    for word in policy.roles:
        yield word.clause, Rule(say("role").said(lang), _name(word, words), key=word.id)
    for rule in policy.eligible:
        said = say("assessed only when {condition}", condition=words.expression(rule.when or ""))
        yield (
            rule.clause,
            Rule(
                say("who is assessed").said(lang),
                _name(rule, words),
                said.said(lang),
                _codes(rule.when),
                f"eligible:{rule.id}",
            ),
        )


def _of_tiers(policy: Policy, words: Words) -> Iterator[tuple[str | None, Rule]]:
    lang = words.lang
    for tier in policy.tiers:
        yield tier.clause, Rule(say("tier").said(lang), tier.name.said(lang), key=tier.id)
    for rule in policy.transitions:
        moves = say(
            "{tiers} → {to}, when {condition}",
            tiers=_listed([words.name("tier", tier) for tier in rule.from_], words),
            to=words.name("tier", rule.to),
            condition=words.expression(rule.when),
        )
        parts = [moves, *((EVERY[rule.every],) if rule.every else ())]
        yield (
            rule.clause,
            Rule(
                say("promotion or demotion").said(lang),
                "",
                _joined(parts, words),
                (rule.when,),
                f"transition:{rule.id}",
            ),
        )
    if policy.moves:
        barred = say("no promotion in the {period} of a demotion", period=_period(policy.moves))
        yield policy.moves.get("clause"), Rule(say("promotion or demotion").said(lang), "", barred.said(lang))


def _of_consequences(policy: Policy, words: Words) -> Iterator[tuple[str | None, Rule]]:
    lang = words.lang
    for each in policy.awards:
        said = _joined(list(award(each, words)), words)
        yield (
            each.clause,
            Rule(
                say("award").said(lang),
                each.name.said(lang),
                said,
                _codes(each.when, each.among, each.amount),
                f"award:{each.id}",
            ),
        )
    for due in policy.actions:
        yield (
            due.clause,
            Rule(
                say("action").said(lang),
                due.name.said(lang),
                _joined(list(action(due, words)), words),
                _codes(due.when),
                f"action:{due.id}",
            ),
        )
    for steps in policy.ladders:
        said = _joined(list(ladder(steps, words)), words)
        yield (
            steps.clause,
            Rule(say("ladder").said(lang), steps.name.said(lang), said, _codes(steps.counts), f"ladder:{steps.id}"),
        )


def _of_records(policy: Policy, words: Words) -> Iterator[tuple[str | None, Rule]]:
    lang = words.lang
    for event in policy.events:
        said = say("with an amount in {unit}", unit=words.unit(event.unit)).said(lang) if event.unit else ""
        yield event.clause, Rule(say("kind of event").said(lang), _name(event, words), said, key=event.id)
    yield from _of_dates(policy, words)
    for each in policy.duties:
        said = _joined(list(duty(each)), words)
        yield each.clause, Rule(say("duty").said(lang), each.name.said(lang), said, key=each.id)
    if policy.procedure:
        parts = [
            say("a supervisor proposes") if policy.procedure.get("propose") == "supervisor" else say("anybody proposes")
        ]
        parts.append(say("a reviewer reviews"))
        if days := policy.procedure.get("review_days"):
            parts.append(say("within {days} days of the event", days=days))
        yield str(policy.procedure.get("clause")), Rule(say("procedure").said(lang), "", _joined(parts, words))
    for left in policy.left_to_people:
        yield left.clause, Rule(say("left to people").said(lang), "", left.why.said(lang), key=left.clause)


def _of_dates(policy: Policy, words: Words) -> Iterator[tuple[str | None, Rule]]:
    """Yield when marks are entered, and until when complaints are decided and appeals are filed."""
    lang = words.lang
    if policy.score and policy.assess.get("clause"):
        parts = [EVERY[str(policy.assess.get("every", "month"))]]
        opens, closes = str(policy.assess.get("opens")), str(policy.assess.get("closes"))
        parts.append(
            say("marks are entered from day {opens} to day {closes} of the next month", opens=opens, closes=closes)
        )
        yield str(policy.assess["clause"]), Rule(say("assessment").said(lang), "", _joined(parts, words))
    if complaints := policy.complaints:
        parts = []
        if complaints.decide_days:
            parts.append(say("decided within {days} days of receipt", days=complaints.decide_days))
        if complaints.follow_up_days:
            parts.append(say("followed up within {days} days of receipt", days=complaints.follow_up_days))
        if complaints.categories:
            parts.append(say("by category: {names}", names=_names(complaints.categories, words)))
        if complaints.severities:
            parts.append(say("by severity: {names}", names=_names(complaints.severities, words)))
        yield complaints.clause, Rule(say("handling of complaints").said(lang), "", _joined(parts, words))
    if policy.appeals and policy.appeals.get("clause"):
        days = str(policy.appeals.get("within_days"))
        said = say("filed within {days} days of the last day for marks", days=days)
        yield str(policy.appeals["clause"]), Rule(say("handling of appeals").said(lang), "", said.said(lang))


def _of_score(policy: Policy, words: Words) -> Iterator[tuple[str | None, Rule]]:
    lang = words.lang
    for given in policy.inputs:
        parts = [_input(given, words), *_on_card(given, words)]
        if given.stated == "team":
            parts.append(say("stated once for the whole team"))
        counted = f"item:{given.id}" if given.kind == "points" else None
        said = _joined(parts, words)
        yield given.clause, Rule(say("input").said(lang), _name(given, words), said, id=counted, key=given.id)
    for each in (*policy.measures, *policy.results):
        sort = say("measure") if each in policy.measures else say("result")
        said = _listed_parts(list(measure(each, words)), words)
        yield each.clause, Rule(sort.said(lang), each.name.said(lang), said, _codes(*codes(each)), f"result:{each.id}")
    for item in policy.items:
        said = _listed_parts([conversion(item, words), *(part.said(lang) for part in _on_card(item, words))], words)
        made = _codes(item.of, item.share_of, item.zero_when)
        yield item.clause, Rule(say("item").said(lang), _name(item, words), said, made, f"item:{item.id}")
    if policy.score:
        yield policy.score.clause, Rule(say("score").said(lang), "", _score(policy.score, words))
    for grade in policy.grades:
        bound = say("from {score} points", score=grade.from_ or "0")
        yield (
            grade.clause,
            Rule(say("grade").said(lang), _name(grade, words), bound.said(lang), (), f"grade:{grade.id}"),
        )


def _on_card(given: Named, words: Words) -> Iterator[Text]:
    """Yield what an input or an item weighs, and on whose scorecard it is."""
    if given.weight:
        yield say("weighs {weight}", weight=share(given.weight))
    if given.roles:
        yield say("only for: {roles}", roles=_listed([words.name("role", role) for role in given.roles], words))


def _score(score: Score, words: Words) -> str:
    made: dict[str, object] = {"kind": "weighted-score" if score.sum == "weights" else "score", "of": score.of}
    if score.round:
        made = {"kind": "rounded", "inner": made, "to": score.round.to, "mode": score.round.mode}
    said = words.operation(made)
    if score.points:
        scaled = say("{points} points in all, scaled to {of}", points=score.points, of=score.of)
        said = say("; ").said(words.lang).join((said, scaled.said(words.lang)))
    return said


def _parameter(parameter: Named, versions: tuple[Policy, ...], words: Words) -> Rule:
    """Return a parameter with its value in every version, where they differ."""
    values = {
        version.version: words.worth(each)
        for version in versions
        for each in version.parameters
        if each.id == parameter.id
    }
    said = words.worth(parameter)
    if len(set(values.values())) > 1:
        listed = _listed([f"{version}{say(': ').said(words.lang)}{value}" for version, value in values.items()], words)
        said = say("{value} (by version: {values})", value=said, values=listed).said(words.lang)
    return Rule(say("parameter").said(words.lang), _name(parameter, words), said)


def _input(given: Named, words: Words) -> Text:
    unit = words.unit(given.unit or "")
    match given.kind:
        case "points":
            return say("0 to {points} points", points=given.points or "")
        case "amount":
            return say("an amount in {unit}", unit=unit)
        case "flag":
            return say("yes or no")
        case "count":
            return say("a whole number of {unit}", unit=unit)
        case "rating":
            return say("one of: {words}", words=_listed(list(given.words), words))
        case _:
            return say("a measured value in {unit}", unit=unit)


def _pay(line: Named, words: Words) -> Rule:
    parts: list[Text] = []
    if line.amount:
        parts.append(say("paid: {amount}", amount=words.expression(line.amount)))
    if line.deduct:
        parts.append(say("deducted: {amount}", amount=words.expression(line.deduct)))
    if line.when:
        parts.append(say("when {condition}", condition=words.expression(line.when)))
    parts += [say("at most {amount}", amount=words.expression(limit)) for limit in line.at_most]
    if line.excess:
        carried = line.excess == "carry"
        parts.append(say("the rest is carried to the next month") if carried else say("the rest is waived"))
    if line.prorate:
        parts.append(say("by calendar days employed"))
    if line.unassessed:
        parts.append(say("also in a month without assessment"))
    if line.every:
        parts.append(EVERY[line.every])
    said = _joined(parts, words)
    expressions = _codes(line.when, line.amount, line.deduct, *line.at_most)
    return Rule(say("pay line").said(words.lang), _name(line, words), said, expressions, f"pay:{line.id}")


def _codes(*expressions: str | None) -> tuple[str, ...]:
    """Return the expressions that say more than a number."""
    return tuple(code for code in expressions if code and not code.replace(".", "").isdigit())


def _name(thing: Named, words: Words) -> str:
    return thing.name.said(words.lang) if thing.name else thing.id


def _names(things: Iterable[Named], words: Words) -> str:
    return _listed([_name(each, words) for each in things], words)


def _listed(names: list[str], words: Words) -> str:
    return say(", ").said(words.lang).join(names)


def _joined(parts: list[Text], words: Words) -> str:
    return _listed_parts([part.said(words.lang) for part in parts], words)


def _listed_parts(parts: list[str], words: Words) -> str:
    return say("; ").said(words.lang).join(parts)


def _period(moves: Mapping[str, str | None]) -> Text:
    return say("year") if moves.get("no_promotion_after_demotion") == "year" else say("quarter")


def worked_example(example: Example, words: Words) -> Case:
    """Return a worked example in words."""
    return Case(
        example.name.said(words.lang), tuple(_facts(example.given, words)), tuple(_facts(example.expect, words))
    )


def _facts(stated: Mapping[str, object], words: Words, within: str = "") -> Iterator[str]:
    """Yield what an example states, one fact at a time."""
    colon = say(": ").said(words.lang)
    for key, value in stated.items():
        if key in {"inputs", "pay", "carried", "events", "results", "complaints"} and isinstance(value, dict):
            yield from _facts(value, words, key)
            continue
        called = _called(key, within, words)
        if isinstance(value, list | tuple) and any(isinstance(part, dict) for part in value):
            parts = (" · ".join(_facts(part, words)) for part in value if isinstance(part, dict))
            yield f"{called}{colon}{' | '.join(parts)}"
        elif isinstance(value, list | tuple):
            kind = {"awards": "award", "won": "award", "actions": "action"}.get(key)
            listed = [words.name(kind, str(part)) if kind else words.value(str(part)) for part in value]
            yield f"{called}{colon}{_listed(listed, words) or _NONE.said(words.lang)}"
        else:
            yield f"{called}{colon}{_stated(key, value, words)}"


def _called(key: str, within: str, words: Words) -> str:
    if within in {"pay", "carried"}:
        name = words.name("pay", key)
        return f"{_GIVEN['carried'].said(words.lang)} {name}" if within == "carried" else name
    if within == "events":
        return words.name("event", key)
    if within == "complaints":
        return say("upheld complaints: {kind}", kind=words.complaint(key)).said(words.lang)
    return _GIVEN[key].said(words.lang) if key in _GIVEN and not within else words.expression(key)


def _stated(key: str, value: object, words: Words) -> str:
    if key == "transition":
        return _NONE.said(words.lang) if value in (None, "none") else words.value(str(value))
    if key == "month":
        return words.month(str(value))
    return words.value(value if value is None or isinstance(value, bool) else str(value))
