"""Where the time goes: one run with a clock at the door of every stage.

Run as a program of its own, ``python -m bench.stages VERB …``; it prints one JSON object of seconds by stage at
the end. A stage's seconds are its own: what it spends in another stage counts there.
"""

from __future__ import annotations

import atexit
import functools
import json
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["LINT", "STAGES"]

#: Each stage with the functions, as their callers name them, that are its door.
STAGES = {
    "list files": ("kpigen.snapshot:FolderSnapshot.of", "kpigen.ledger:survey"),
    "read files": ("kpigen.snapshot:FolderSnapshot.read",),
    "digest": ("kpigen.ledger:digest", "kpigen.ledger:key_of", "kpigen.store:digest"),
    "parse": ("kpigen.repository:parse",),
    "decode": ("kpigen.repository:decode",),
    "compile policy": ("kpigen.repository:compile_policy", "kpigen.ledger:check_examples"),
    "check": ("kpigen.ledger:check_department", "kpigen.ledger:check_month"),
    "cases": ("kpigen.ledger:month_cases",),
    "compute": ("kpigen.ledger:compute_month", "kpigen.ledger:outcome"),
    "export": ("kpigen.ledger:month_document", "kpigen.ledger:policy_document", "kpigen.ledger:index_document"),
    "write": ("kpigen.store:Store.put", "kpigen.store:Store.publish"),
    "cache": ("kpigen.cache:FolderCache.get", "kpigen.cache:FolderCache.put", "kpigen.cache:FolderCache.prune"),
}

#: The same for ``lint --prove``; other verbs go through the ones above.
LINT = {
    "parse": ("kpigen.repository:parse",),
    "decode": ("kpigen.repository:decode",),
    "compile policy": ("kpigen.repository:compile_policy",),
    "examples": ("kpigen.lint.reading:check_examples", "kpigen.lint.subject:run_examples"),
    "lint": ("kpigen.lint.reading:lint_version", "kpigen.lint.reading:lint_versions"),
    "prove": ("kpigen.lint:prove",),
}

START, REST = "start", "rest"


class Clock:
    """Gives every moment to the innermost stage that is open."""

    def __init__(self, stages: Iterable[str]) -> None:
        """Begin with the time that the program took until now."""
        self.seconds = dict.fromkeys((START, *stages, REST), 0.0)
        self.seconds[START] = self._mark = time.process_time()
        self._open = [REST]

    def enter(self, stage: str) -> None:
        """Open a stage."""
        self._note()
        self._open.append(stage)

    def leave(self) -> None:
        """Close the innermost stage."""
        self._note()
        self._open.pop()

    def report(self) -> None:
        """Print the seconds."""
        self._note()
        print(json.dumps(self.seconds))

    def _note(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._mark
        self._mark = now

    def watch(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same as part of a stage."""

        @functools.wraps(function)
        def watched(*args: Any, **settings: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
            self.enter(stage)
            try:
                found = function(*args, **settings)
                return self._lazy(stage, found) if hasattr(found, "__next__") else found
            finally:
                self.leave()

        return watched

    def _lazy(self, stage: str, steps: Iterator[Any]) -> Iterator[Any]:
        """Count the steps of a generator, which does its work after the call."""
        while True:
            self.enter(stage)
            try:
                step = next(steps)
            except StopIteration:
                return
            finally:
                self.leave()
            yield step


def _install(clock: Clock, stages: Mapping[str, tuple[str, ...]]) -> None:
    for stage, doors in stages.items():
        for door in doors:
            module, _, path = door.partition(":")
            *owners, name = path.split(".")
            owner = functools.reduce(getattr, owners, import_module(module))
            stated = vars(owner)[name]
            if isinstance(stated, classmethod):
                setattr(owner, name, classmethod(clock.watch(stage, stated.__func__)))
            else:
                setattr(owner, name, clock.watch(stage, stated))


if __name__ == "__main__":
    from kpigen.cli import main

    import_module("kpigen.cli.keeping")
    _OF_VERB = LINT if sys.argv[1] == "lint" else STAGES
    for _door in sorted(door for doors in _OF_VERB.values() for door in doors):
        import_module(_door.partition(":")[0])
    _CLOCK = Clock(_OF_VERB)
    _install(_CLOCK, _OF_VERB)
    atexit.register(_CLOCK.report)
    main()
