"""The document of a policy version: clauses, rules, figures and worked examples, for the policy's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.exact import plain
from kpigen.export.plain_json import encode, named
from kpigen.policy.awards import Placed, WhenAward
from kpigen.policy.inputs import Points, Rating, kind_word, unit_of
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpigen.policy import Policy, Version
    from kpigen.policy.awards import Award
    from kpigen.policy.clause import Bilingual
    from kpigen.policy.eligibility import Kept
    from kpigen.policy.measures import Measure
    from kpigen.policy.rounding import Rounding
    from kpigen.policy.score import Grade, Score
    from kpigen.reading.nodes import Document
    from kpigen.remark import Remark

__all__ = ["policy_document"]


def policy_document(policy: Policy, document: Document, remarks: Iterable[Remark] = ()) -> bytes:
    """Return the document of a version.

    Args:
        policy: the compiled version.
        document: its file, from which the examples are printed as they were written.
        remarks: what the lint says of it.
    """
    version = policy.version
    return encode(
        {
            "schema": "kpigen/policy/v1",
            "policy": version.policy,
            "version": str(version.version),
            "title": named(version.title),
            "adopted": {key: _text(value) for key, value in version.adopted},
            "currency": version.currency,
            "assess": {key: _text(value) for key, value in version.assess},
            "appeals": None if version.appeals is None else {key: _text(value) for key, value in version.appeals},
            "clauses": [
                {"clause": number, "text": _both(clause), "interpretation": _both(clause.interpretation)}
                for number, clause in version.clauses.items()
            ],
            **_stated(version),
            **_rules(version),
            "remarks": [_remark(remark) for remark in remarks],
            "examples": [
                {
                    "name": named(example.name),
                    "clauses": list(example.clauses),
                    "given": _as_written(document, index, "given"),
                    "expect": _as_written(document, index, "expect"),
                }
                for index, example in enumerate(version.examples)
            ],
        }
    )


def _stated(version: Version) -> Mapping[str, object]:
    return {
        "parameters": [
            {
                "id": name,
                "name": named(each.name),
                "value": plain(each.value),
                "unit": each.unit,
                "clause": each.clause,
            }
            for name, each in version.parameters.items()
        ],
        "inputs": [
            {
                "id": name,
                "kind": kind_word(spec),
                "name": named(spec.name),
                "points": plain(spec.points) if isinstance(spec, Points) else None,
                "unit": unit_of(spec),
                "words": list(spec.rating) if isinstance(spec, Rating) else [],
                "weight": str(spec.weight) if isinstance(spec, Points) and spec.weight else None,
                "roles": list(spec.roles),
                "stated": spec.stated,
                "clause": spec.clause,
            }
            for name, spec in version.inputs.items()
        ],
        "events": [
            {"id": name, "name": named(each.name), "unit": each.amount, "clause": each.clause}
            for name, each in version.events.items()
        ],
        "complaints": {
            "decide_days": version.complaints.decide_days if version.complaints else None,
            "follow_up_days": version.complaints.follow_up_days if version.complaints else None,
            "categories": _listed(version.complaints.categories if version.complaints else {}),
            "severities": _listed(version.complaints.severities if version.complaints else {}),
            "clause": version.complaints.clause if version.complaints else None,
        },
        "measures": [_measure(name, each) for name, each in version.measures.items()],
        "items": [
            {
                "id": name,
                "name": named(each.name),
                "points": plain(each.points),
                "conversion": each.key,
                "weight": None if each.weight is None else str(each.weight),
                "roles": list(each.roles),
                "of": None,
                "line": [],
                "bands": [],
                **each.settings(),
                "zero_when": each.zero_when,
                "clause": each.clause,
            }
            for name, each in version.items.items()
        ],
    }


def _rules(version: Version) -> Mapping[str, object]:
    return {
        "employment": _kept(version.employment),
        "roles": _kept(version.roles),
        "eligible": [
            {"id": each.id, "name": named(each.name), "clause": each.clause, "when": each.when}
            for each in version.eligible
        ],
        "score": None if version.score is None else _score(version.score),
        "grades": _grades(version.grades),
        "results": [_measure(name, each) for name, each in version.results.items()],
        "tiers": [
            {"id": name, "name": named(each.name), "clause": each.clause} for name, each in version.tiers.items()
        ],
        "transitions": [
            {
                "id": each.id,
                "from": list(each.from_),
                "to": each.to,
                "when": each.when,
                "every": each.every,
                "clause": each.clause,
            }
            for each in version.transitions
        ],
        "moves": None if version.moves is None else {key: _text(value) for key, value in version.moves},
        "pay": [
            {
                "id": each.id,
                "name": named(each.name),
                "clause": each.clause,
                "when": each.when,
                "amount": each.amount,
                "deduct": each.deduct,
                "at_most": list(each.at_most),
                "excess": each.excess,
                "prorate": each.prorate,
                "unassessed": each.unassessed,
                "every": each.every,
            }
            for each in version.pay
        ],
        "awards": [_award(each) for each in version.awards],
        "actions": [
            {
                "id": each.id,
                "name": named(each.name),
                "clause": each.clause,
                "when": each.when,
                "every": each.every,
                "unassessed": each.unassessed,
                "due_days": each.due_days,
                "lapses_months": each.lapses_months,
                "settled_by": list(each.settled_by),
            }
            for each in version.actions
        ],
        "ladders": [
            {
                "id": each.id,
                "name": named(each.name),
                "clause": each.clause,
                "counts": each.counts,
                "within": each.within,
                "steps": [{"from": plain(step.from_), "action": step.action} for step in each.steps],
            }
            for each in version.ladders
        ],
        "procedure": None if version.procedure is None else {key: _text(value) for key, value in version.procedure},
        "duties": [
            {
                "id": each.id,
                "name": named(each.name),
                "clause": each.clause,
                "every": each.every,
                "by": each.by,
                "due_days": each.due_days,
            }
            for each in version.duties
        ],
        "left_to_people": [{"clause": each.clause, "why": _both(each.why)} for each in version.left_to_people],
        "acknowledged": [
            {"rule": each.rule, "clause": each.clause, "id": each.id, "reason": _both(each.reason)}
            for each in (version.lint.acknowledge if version.lint else ())
        ],
    }


def _measure(name: str, each: Measure) -> dict[str, object]:
    """Return a measure or a result; ``way`` is the key that tells how it is worked out."""
    return {
        "id": name,
        "name": named(each.name),
        "way": each.key,
        "is": None,
        "of": None,
        **each.settings(),
        "unit": each.unit,
        "round": None if each.round is None else _rounding(each.round),
        "every": each.every,
        "grades": _grades(each.grades),
        "clause": each.clause,
    }


def _award(each: Award) -> dict[str, object]:
    placed = each if isinstance(each, Placed) else None
    granted = each if isinstance(each, WhenAward) else None
    return {
        "id": each.id,
        "name": named(each.name),
        "clause": each.clause,
        "rank": None,
        "places": None,
        "best": None,
        **each.settings(),
        "by": placed.by if placed else None,
        "among": placed.among if placed else None,
        "within": placed.within if placed else None,
        "of": placed.of if placed else None,
        "ties": placed.ties if placed else None,
        "when": granted.when if granted else None,
        "amount": each.amount,
        "every": each.every,
    }


def _score(score: Score) -> dict[str, object]:
    return {
        "of": plain(score.of),
        "sum": score.sum,
        "points": None if score.points is None else plain(score.points),
        "round": _rounding(score.round),
        "clause": score.clause,
    }


def _rounding(rounding: Rounding) -> dict[str, str]:
    return {"to": plain(rounding.to), "mode": rounding.mode.value}


def _grades(grades: Mapping[str, Grade]) -> list[dict[str, object]]:
    return [
        {"id": name, "from": plain(each.from_), "name": named(each.name), "clause": each.clause}
        for name, each in grades.items()
    ]


def _kept(words: Mapping[str, Kept]) -> list[dict[str, object]]:
    return [{"id": name, "name": named(each.name), "clause": each.clause} for name, each in words.items()]


def _remark(remark: Remark) -> dict[str, object]:
    """Return a remark of the lint with the clause beside which it stands; ``reason``: why it is left as it is."""
    finding = remark.finding
    return {
        "rule": finding.rule.id,
        "severity": finding.severity.value,
        "clause": remark.clause,
        "id": remark.id,
        "message": {lang.value: finding.message.said(lang) for lang in Lang},
        "reason": None if remark.reason is None else named(remark.reason),
        "at": str(finding.place),
    }


def _both(text: Bilingual | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _listed(names: Mapping[str, object]) -> list[dict[str, object]]:
    return [{"id": name, "name": named(label)} for name, label in names.items()]  # type: ignore[arg-type]


def _text(value: object) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)


def _as_written(document: Document, index: int, part: str) -> object:
    examples = document.root["examples"]  # type: ignore[index]
    return examples[index][part]  # type: ignore[index,call-overload]
