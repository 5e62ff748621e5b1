"""The report of findings, for people, for programs and for git hosts. Pure: nothing is printed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rich.cells import cell_len
from rich.text import Text as Styled

from kpigen.finding import Severity
from kpigen.markdown import code, inert
from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kpigen.finding import Finding, Place
    from kpigen.text import Lang, Text

__all__ = ["MOST_BYTES", "as_github", "as_gitlab", "as_json", "as_markdown", "as_sarif", "as_text", "summary"]

MOST_BYTES: Final = 1_000_000
"""How long a step's summary may be; GitHub refuses one of more than 1 MiB."""

_TAB = 4
_LEFT_OF_CARET = 2 / 3
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_SEVERITIES = {Severity.ERROR: say("error"), Severity.WARNING: say("warning")}


def as_text(
    findings: Iterable[Finding], lang: Lang, source: Callable[[str], Sequence[str]], width: int
) -> Iterator[Styled]:
    """Yield the findings as people read them, one piece a finding, each over several lines.

    Args:
        findings: the findings, in the order in which they are shown.
        lang: the language.
        source: gives the lines of a file by its path; none when it cannot be read.
        width: how many cells a quoted line may take.
    """
    for finding in findings:
        shown = Styled()
        shown.append(visible(str(finding.place)), style="bold")
        shown.append(": ")
        shown.append(_SEVERITIES[finding.severity].said(lang), style=_STYLES[finding.severity])
        shown.append(": ")
        shown.append(finding.message.said(lang))
        shown.append(f" [{finding.rule.id}]\n", style="dim")
        for line, style in _quoted(finding.place, source, width):
            shown.append(f"{line}\n", style=style)
        for line in _advice(finding, lang):
            shown.append(f"  {line}\n", style="cyan")
        yield shown


def as_json(findings: Iterable[Finding], lang: Lang) -> str:
    """Return the findings as a JSON array."""
    rows = [
        {
            **_placed(finding.place),
            "severity": finding.severity.value,
            "rule": finding.rule.id,
            "message": finding.message.said(lang),
            "hint": finding.hint.said(lang) if finding.hint else None,
            "related": [_placed(place) for place in finding.related],
        }
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(findings: Iterable[Finding], lang: Lang) -> Iterator[str]:
    """Yield a workflow command for each finding, errors first: GitHub shows the first ten of a kind in a step."""
    for finding in _errors_first(findings):
        place = finding.place
        properties = {"file": visible(place.path)}
        if place.line:
            properties |= {"line": str(place.line), "col": str(place.column)}
        properties["title"] = finding.rule.id
        stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        yield f"::{finding.severity.value} {stated}::{_data(_whole(finding, lang))}"


def as_sarif(findings: Iterable[Finding], lang: Lang) -> str:
    """Return the findings as SARIF 2.1.0, which code scanning reads."""
    listed = list(findings)
    results = [
        {
            "ruleId": finding.rule.id,
            "level": finding.severity.value,
            "message": {"text": _whole(finding, lang)},
            "locations": [_located(finding.place)],
            **({"relatedLocations": [_located(place) for place in finding.related]} if finding.related else {}),
        }
        for finding in listed
    ]
    rules = [{"id": name} for name in sorted({finding.rule.id for finding in listed})]
    run = {
        "tool": {"driver": {"name": "kpigen", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def as_gitlab(findings: Iterable[Finding], lang: Lang) -> str:
    """Return the findings as GitLab's code quality report; each is known by its rule, file and words, not its line."""
    rows = []
    seen: dict[tuple[str, ...], int] = {}
    for finding in findings:
        known = (finding.rule.id, finding.place.path, finding.message.said(lang))
        seen[known] = seen.get(known, 0) + 1
        marks = json.dumps([*known, seen[known]], ensure_ascii=False)
        rows.append(
            {
                "description": _whole(finding, lang),
                "check_name": finding.rule.id,
                "fingerprint": hashlib.sha256(marks.encode("utf-8", "backslashreplace")).hexdigest(),
                "severity": "major" if finding.severity is Severity.ERROR else "minor",
                "location": {"path": visible(finding.place.path), "lines": {"begin": finding.place.line or 1}},
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_markdown(findings: Iterable[Finding], headline: Text, lang: Lang, most: int = MOST_BYTES) -> str:
    """Return all findings as a list, errors first, in which nothing of a file acts.

    Args:
        findings: the findings.
        headline: how it stands as a whole.
        lang: the language.
        most: how many bytes it may have; what does not fit is counted.
    """
    text = f"**{inert(headline.said(lang))}**\n\n"
    items = [_item(finding, lang) for finding in _errors_first(findings)]
    for number, item in enumerate(items):
        more = f"\n{say('… and {count} more', count=len(items) - number).said(lang)}\n"
        if len(f"{text}{item}{more}".encode()) > most:
            return f"{text}{more}"
        text += item
    return f"{text}\n"


def _item(finding: Finding, lang: Lang) -> str:
    about = [finding.message.said(lang), *_advice(finding, lang)]
    severity = _SEVERITIES[finding.severity].said(lang)
    return f"- **{severity}** {code(str(finding.place))} {' '.join(map(inert, about))} {code(finding.rule.id)}\n"


def summary(findings: Sequence[Finding], months: int, agents: int) -> Text:
    """Say in one line how it stands.

    Args:
        findings: the findings.
        months: how many months were checked, each department's on its own.
        agents: how many agents there are.
    """
    if not findings:
        return say("clean: {months}, {agents}", months=_months(months), agents=_agents(agents))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return say(
        "{errors}, {warnings} in {files}",
        errors=_errors(errors),
        warnings=_warnings(len(findings) - errors),
        files=_files(len({finding.place.path for finding in findings})),
    )


def _errors(count: int) -> Text:
    return say("1 error") if count == 1 else say("{count} errors", count=count)


def _warnings(count: int) -> Text:
    return say("1 warning") if count == 1 else say("{count} warnings", count=count)


def _files(count: int) -> Text:
    return say("1 file") if count == 1 else say("{count} files", count=count)


def _months(count: int) -> Text:
    return say("1 month") if count == 1 else say("{count} months", count=count)


def _agents(count: int) -> Text:
    return say("1 agent") if count == 1 else say("{count} agents", count=count)


def _errors_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)


def _whole(finding: Finding, lang: Lang) -> str:
    """Return the message with its advice, a line each."""
    return "\n".join((finding.message.said(lang), *_advice(finding, lang)))


def _located(place: Place) -> dict[str, object]:
    located: dict[str, object] = {"artifactLocation": {"uri": quote(place.path, errors="backslashreplace")}}
    if place.line:
        located["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {"physicalLocation": located}


def _advice(finding: Finding, lang: Lang) -> Iterator[str]:
    """Yield what to do about a finding, and where else to look."""
    if finding.hint:
        yield say("hint: {hint}", hint=finding.hint).said(lang)
    for place in finding.related:
        yield say("see also: {place}", place=str(place)).said(lang)


def _placed(place: Place) -> dict[str, object]:
    return {"path": visible(place.path), "line": place.line, "column": place.column}


def _quoted(place: Place, source: Callable[[str], Sequence[str]], width: int) -> Iterator[tuple[str, str]]:
    """Yield the line of a place behind its number, and a caret below the column, each with its style.

    The number also keeps a line of a file from being read as a command by whatever watches the output.
    """
    lines = source(place.path) if place.line else ()
    if not 0 < place.line <= len(lines):
        return
    line = lines[place.line - 1].rstrip("\r")
    gutter = f"  {place.line} | "
    before = visible(line[: max(place.column - 1, 0)].expandtabs(_TAB))
    whole = visible(line.expandtabs(_TAB))
    text, column = _cut(whole, len(before), max(width - len(gutter), _TAB))
    yield f"{gutter}{text}".rstrip(), "none"
    yield f"{' ' * (len(gutter) - 2)}| {' ' * column}^", "bold"


def _cut(text: str, index: int, room: int) -> tuple[str, int]:
    """Return the part of a line about ``index`` that fits into ``room`` cells, and the cells before ``index``."""
    if cell_len(text) <= room:
        return text, cell_len(text[:index])
    start = index
    while start and cell_len(text[start - 1 : index]) < room * _LEFT_OF_CARET:
        start -= 1
    before = "…" if start else ""
    end = max(start, index)
    while end < len(text) and cell_len(before + text[start : end + 1]) < room:
        end += 1
    after = "…" if end < len(text) else ""
    return before + text[start:end] + after, cell_len(before + text[start:index])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
