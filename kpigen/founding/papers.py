"""The papers beside the records: the README for the three users, and what git, editors and commits need to know."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined

from kpigen.founding.cast import CASTS
from kpigen.founding.sample import TEAM, agent_ids
from kpigen.policy.period import last_month
from kpigen.report import summary
from kpigen.repository import close_path
from kpigen.schema import SCHEMAS
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.founding.charter import Charter
    from kpigen.ledger import Ledger

__all__ = ["papers"]

#: What is the same in every repository: the template's name and the path of what it makes.
_PLAIN: Final = {
    "editorconfig": ".editorconfig",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
}
#: Where the files of each kind lie, for an editor.
_WHERE: Final = {
    "department": "records/*/department.yaml",
    "agent": "records/*/agents/*.yaml",
    "scores": "records/*/*/scores/*.yaml",
    "complaint": "records/*/*/complaints/*.yaml",
    "event": "records/*/*/events/*.yaml",
    "appeal": "records/*/*/appeals/*.yaml",
    "adjustment": "records/*/*/adjustments/*.yaml",
    "close": "records/*/????-[01]?/close.yaml",
    "period-close": ["records/*/????/close.yaml", "records/*/????-[QH]?/close.yaml"],
    "people": "records/people.yaml",
    "policy": "policy/*/*.yaml",
}
#: How many months the README's own agent has served, so that no policy leaves a newcomer out.
_SERVICE: Final = 13


def papers(charter: Charter, ledger: Ledger) -> Mapping[str, str]:
    """Return everything that is neither a record nor of the host, by path.

    Args:
        charter: what is decided.
        ledger: what came of the records, with the seal of the sample's month.
    """
    return {
        **{path: _template(name) for name, path in _PLAIN.items()},
        ".vscode/settings.json": _editor(),
        "README.md": _readme(charter, ledger),
    }


def _editor() -> str:
    """Tell an editor which schema is whose."""
    schemas = {f"./schema/{kind}.json": _WHERE[kind] for kind in SCHEMAS}
    return f"{json.dumps({'yaml.schemas': schemas}, indent=2)}\n"


def _readme(charter: Charter, ledger: Ledger) -> str:
    policy, month, lang, cast = charter.offer.policy, charter.month, charter.lang, CASTS[charter.lang]
    following = last_month(month.plus(1), policy.version.assess.every)
    sealed = ledger.sealed
    total = sealed.totals["total"] if sealed else ""
    path = close_path(charter.department, month)
    closed = say("{path}: agents {count}, pay {total}", path=path, count=len(agent_ids()), total=total)
    environment = Environment(  # noqa: S701 - what is made is Markdown; every value is checked before, or our own
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    values = {
        "department": charter.department,
        "policy": policy.id,
        "title": policy.version.title.said(lang),
        "version": str(policy.month),
        "month": str(month),
        "next_month": str(following),
        "joined": str(following.plus(-_SERVICE).first),
        "every": policy.version.assess.every,
        "opens": policy.version.assess.opens,
        "closes": policy.version.assess.closes,
        "scored": bool(policy.cards),
        "complaints": bool(policy.version.complaints),
        "category": next(iter(policy.version.complaints.categories), "service") if policy.version.complaints else "",
        "tier": policy.order[0] if policy.order else "",
        "team": TEAM,
        "agent": agent_ids()[0],
        "agents": len(agent_ids()),
        "cast": cast,
        "checked": summary(ledger.findings, ledger.months, len(agent_ids())).said(lang),
        "built": say("The site: {path}", path="build/site/index.html").said(lang),
        "closed": closed.said(lang),
        "propose": say("Propose it; merging it is the approval.").said(lang),
        "guarded": say("Nothing that is closed is touched.").said(lang),
    }
    return environment.from_string(_template(f"{lang}/README.md")).render(values)


@cache
def _template(name: str) -> str:
    return (resources.files("kpigen") / "founding" / "templates" / name).read_text(encoding="utf-8")
