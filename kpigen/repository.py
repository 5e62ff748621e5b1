"""The repository: which file is what, and the records read from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from kpigen.finding import Finding, Place, Rule
from kpigen.month import Month, Period
from kpigen.policy import Policy, Version, compile_policy
from kpigen.reading.decode import Record, decode
from kpigen.reading.refusals import EMPTY_VALUE
from kpigen.reading.syntax import parse
from kpigen.records import NOT_ASSESSED, Adjustment, Agent, Appeal, Close, Complaint, Event, Sheet, vacant
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.reading.nodes import Document, Scalar
    from kpigen.snapshot import Entry, Snapshot

__all__ = [
    "PEOPLE_FILE",
    "DepartmentFiles",
    "Filed",
    "MonthRecords",
    "Survey",
    "close_path",
    "read_agents",
    "read_month",
    "read_policy",
    "read_record",
    "survey",
]

LINK = Rule("link")
UNEXPECTED_PATH = Rule("unexpected-path")
NO_DEPARTMENT = Rule("no-department")

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)

_SLUG = r"[a-z][a-z0-9.-]*"
_MONTH = r"[0-9]{4}-(?:0[1-9]|1[0-2])"
_POLICY_FILE = re.compile(rf"policy/({_SLUG})/({_MONTH})\.yaml")
PEOPLE_FILE = "records/people.yaml"
_DEPARTMENT_FILE = re.compile(rf"records/({_SLUG})/department\.yaml")
_AGENT_FILE = re.compile(rf"records/({_SLUG})/agents/[A-Z][0-9]{{3,6}}\.yaml")
_MONTH_FILE = re.compile(
    rf"records/({_SLUG})/({_MONTH})/(?:scores/{_SLUG}\.yaml|close\.yaml"
    r"|(?:complaints/C|events/E|appeals/P|adjustments/J)-[0-9]{4}-[0-9]{2}-[0-9]{3,4}\.yaml)"
)
_PERIOD_FILE = re.compile(rf"records/({_SLUG})/([0-9]{{4}}(?:-[QH][1-4])?)/close\.yaml")
_FOLDERS = re.compile(
    rf"policy/{_SLUG}|records/{_SLUG}(?:/agents|/[0-9]{{4}}(?:-Q[1-4]|-H[12])?|/{_MONTH}(?:/(?:scores|complaints|events|appeals|adjustments))?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Generic[R_co]):
    """A record and the document it was read from, so that each of its values can be found again."""

    document: Document
    record: R_co

    def place(self, *location: str | int, key: bool = False) -> Place:
        """Return where the value at ``location`` stands; with ``key``, the key itself."""
        return self.document.place(location, key=key)

    def at(self, scalar: Scalar) -> Place:
        """Return where a scalar of the document stands."""
        return Place(self.document.path, scalar.line, scalar.column)

    @property
    def path(self) -> str:
        """The file's path."""
        return self.document.path

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")


@dataclass(slots=True)
class DepartmentFiles:
    """The paths of one department's records; ``periods`` are the closes of quarters, half-years and years."""

    department: str | None = None
    agents: list[str] = field(default_factory=list)
    months: dict[Month, list[str]] = field(default_factory=dict)
    periods: dict[Period, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survey:
    """Every path by what it is."""

    policies: Mapping[str, Mapping[Month, str]]
    departments: Mapping[str, DepartmentFiles]
    people: str | None = None


def close_path(department: str, when: Month | Period) -> str:
    """Return where the close of a department's month, or of a longer period, lies."""
    return f"records/{department}/{when}/close.yaml"


def survey(entries: Iterable[Entry]) -> tuple[Survey, tuple[Finding, ...]]:
    """Sort paths by what they are.

    Args:
        entries: the names of a snapshot.

    Returns:
        the survey, and a finding for every link and every file or folder that has no place in the layout, and is in
        no folder that has none.
    """
    policies: dict[str, dict[Month, str]] = {}
    departments: dict[str, DepartmentFiles] = {}
    astray: dict[str, list[Entry]] = {}
    people: str | None = None
    for entry in sorted(entries):
        if entry.path == PEOPLE_FILE and entry.kind == "file":
            people = entry.path
            continue
        if entry.kind == "file" and _file(entry.path, policies, departments):
            continue
        if entry.kind == "folder" and _FOLDERS.fullmatch(entry.path):
            continue
        folder = next((path for path in _folders(entry.path) if path in astray), None)
        if folder is None:
            astray[entry.path] = [entry]
        else:
            astray[folder].append(entry)  # what lies in a folder that has no place needs no finding of its own
    findings = [_unexpected(first, len(beneath)) for first, *beneath in astray.values()]
    for name, files in departments.items():
        if files.department is None:
            findings.append(
                Finding.of(
                    NO_DEPARTMENT,
                    Place(f"records/{name}"),
                    say("The department {name} has records, but no department.yaml.", name=name),
                    say("Add records/{name}/department.yaml.", name=name),
                )
            )
    return Survey(policies, departments, people), tuple(findings)


def _file(path: str, policies: dict[str, dict[Month, str]], departments: dict[str, DepartmentFiles]) -> bool:
    """Note an expected file; False for one that is not."""
    if match := _POLICY_FILE.fullmatch(path):
        month = Month.parse(match[2])
        if month is None:
            return False
        policies.setdefault(match[1], {})[month] = path
    elif match := _DEPARTMENT_FILE.fullmatch(path):
        departments.setdefault(match[1], DepartmentFiles()).department = path
    elif match := _AGENT_FILE.fullmatch(path):
        departments.setdefault(match[1], DepartmentFiles()).agents.append(path)
    elif match := _MONTH_FILE.fullmatch(path):
        month = Month.parse(match[2])
        if month is None:
            return False
        departments.setdefault(match[1], DepartmentFiles()).months.setdefault(month, []).append(path)
    elif match := _PERIOD_FILE.fullmatch(path):
        period = Period.parse(match[2])
        if period is None:
            return False
        departments.setdefault(match[1], DepartmentFiles()).periods[period] = path
    return match is not None


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _unexpected(entry: Entry, beneath: int) -> Finding:
    place = Place(entry.path)
    if entry.kind == "link":
        message = say("This is a link; links are not followed, because they could publish any file of the machine.")
        return Finding.of(LINK, place, message, say("Put the file itself here."))
    if entry.path.lower().endswith((".xlsx", ".csv")):
        message = say("A spreadsheet does not belong here.")
        return Finding.of(
            UNEXPECTED_PATH, place, message, say("Put it elsewhere; kpigen import brings its figures in.")
        )
    message = say("Nothing of this name belongs here.")
    if beneath:
        message = say("Nothing of this name belongs here, nor what is in it: {count}.", count=beneath)
    return Finding.of(
        UNEXPECTED_PATH,
        place,
        message,
        say("See the layout of records/ and policy/ in the README; names are small letters, files end in .yaml."),
    )


def read_record(snapshot: Snapshot, path: str, model: type[R]) -> tuple[Filed[R] | None, tuple[Finding, ...]]:
    """Read one file as a record of ``model``, or as findings."""
    document, findings = parse(path, snapshot.read(path))
    if document is None:
        return None, findings
    record, more = decode(document, model)
    filed = None if record is None or findings else Filed(document=document, record=record)
    return filed, findings + more


def read_sheet(snapshot: Snapshot, path: str) -> tuple[Filed[Sheet] | None, tuple[Finding, ...]]:
    """Read a score sheet. A cell may be left empty, as one that is still missing: the checks know which it may be."""
    document, findings = parse(path, snapshot.read(path))
    if document is None:
        return None, findings
    record, more = decode(document, Sheet)
    if record is not None and findings:
        open_cells = {
            document.place(("agents", agent, name), key=True)
            for agent, cells in record.agents.items()
            for name, cell in cells.items()
            if name != NOT_ASSESSED and vacant(cell)
        } | {document.place(("together", name), key=True) for name, cell in record.together.items() if vacant(cell)}
        findings = tuple(each for each in findings if each.rule is not EMPTY_VALUE or each.place not in open_cells)
    filed = None if record is None or findings else Filed(document=document, record=record)
    return filed, findings + more


def read_policy(snapshot: Snapshot, path: str) -> tuple[Policy | None, Document | None, tuple[Finding, ...]]:
    """Read and compile one policy version; the document is for the places of its examples."""
    filed, findings = read_record(snapshot, path, Version)
    if filed is None:
        return None, None, findings
    policy, more = compile_policy(filed.document, filed.record)
    return policy, filed.document, findings + more


def read_agents(snapshot: Snapshot, paths: Iterable[str]) -> tuple[Mapping[str, Filed[Agent]], tuple[Finding, ...]]:
    """Read a department's agents, by id; a file whose name is not its agent's id is still found by that name."""
    agents: dict[str, Filed[Agent]] = {}
    findings: list[Finding] = []
    for path in paths:
        filed, more = read_record(snapshot, path, Agent)
        findings.extend(more)
        if filed:
            agents[filed.stem] = filed
    return agents, tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRecords:
    """The records of one department's month."""

    department: str
    month: Month
    sheets: tuple[Filed[Sheet], ...] = ()
    complaints: tuple[Filed[Complaint], ...] = ()
    events: tuple[Filed[Event], ...] = ()
    appeals: tuple[Filed[Appeal], ...] = ()
    adjustments: tuple[Filed[Adjustment], ...] = ()
    close: Filed[Close] | None = None
    closed: bool = False

    @property
    def folder(self) -> str:
        """The folder that holds them."""
        return f"records/{self.department}/{self.month}"


def read_month(
    snapshot: Snapshot, department: str, month: Month, paths: Iterable[str]
) -> tuple[MonthRecords, tuple[Finding, ...]]:
    """Read the records of a month; what cannot be read is left out and stands in the findings."""
    listed = sorted(paths)
    findings: list[Finding] = []

    def kept(results: Iterable[tuple[Filed[R] | None, tuple[Finding, ...]]]) -> tuple[Filed[R], ...]:
        filed = []
        for each, found in results:
            findings.extend(found)
            filed.extend([each] if each else [])
        return tuple(filed)

    def read(name: str, model: type[R]) -> tuple[Filed[R], ...]:
        return kept(read_record(snapshot, path, model) for path in listed if path.split("/")[3] == name)

    records = MonthRecords(
        department=department,
        month=month,
        sheets=kept(read_sheet(snapshot, path) for path in listed if path.split("/")[3] == "scores"),
        complaints=read("complaints", Complaint),
        events=read("events", Event),
        appeals=read("appeals", Appeal),
        adjustments=read("adjustments", Adjustment),
        close=next(iter(read("close.yaml", Close)), None),
        closed=any(path.endswith("/close.yaml") for path in listed),
    )
    return records, tuple(findings)
