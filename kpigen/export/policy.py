"""The document of a policy version: clauses, rules, figures and worked examples, for the policy's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.exact import plain
from kpigen.export.plain_json import encode, named
from kpigen.policy.inputs import Points, Rating, kind_word, unit_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.policy import Policy, Version
    from kpigen.policy.clause import Bilingual
    from kpigen.reading.nodes import Document

__all__ = ["policy_document"]


def policy_document(policy: Policy, document: Document) -> bytes:
    """Return the document of a version.

    Args:
        policy: the compiled version.
        document: its file, from which the examples are printed as they were written.
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
                "clause": spec.clause,
            }
            for name, spec in version.inputs.items()
        ],
        "events": [
            {"id": name, "name": named(each.name), "unit": each.amount, "clause": each.clause}
            for name, each in version.events.items()
        ],
        "complaints": {
            "categories": _listed(version.complaints.categories if version.complaints else {}),
            "severities": _listed(version.complaints.severities if version.complaints else {}),
        },
        "measures": [
            {"id": name, "name": named(each.name), "is": each.is_, "unit": each.unit, "clause": each.clause}
            for name, each in version.measures.items()
        ],
        "items": [
            {
                "id": name,
                "name": named(each.name),
                "points": plain(each.points),
                "conversion": each.key,
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
    score = version.score
    return {
        "score": {
            "of": plain(score.of),
            "round": {"to": plain(score.round.to), "mode": score.round.mode.value},
            "clause": score.clause,
        },
        "grades": [
            {"id": name, "from": plain(each.from_), "name": named(each.name), "clause": each.clause}
            for name, each in version.grades.items()
        ],
        "tiers": [
            {"id": name, "name": named(each.name), "clause": each.clause} for name, each in version.tiers.items()
        ],
        "transitions": [
            {"id": each.id, "from": list(each.from_), "to": each.to, "when": each.when, "clause": each.clause}
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
            }
            for each in version.pay
        ],
        "awards": [
            {
                "id": each.id,
                "name": named(each.name),
                "clause": each.clause,
                "rank": each.rank,
                "by": each.by,
                "among": each.among,
                "amount": each.amount,
                "ties": each.ties,
            }
            for each in version.awards
        ],
        "actions": [
            {"id": each.id, "name": named(each.name), "clause": each.clause, "when": each.when}
            for each in version.actions
        ],
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
