"""How pay is made: a statement taken apart line by line, or a worked example where no pay is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.site.policies import rules, worked_example
from kpigen.site.wording import money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.site.documents import AgentMonth, MonthDocument
    from kpigen.site.policies import Case, Rule
    from kpigen.site.rulebook import Example, Policy
    from kpigen.site.wording import Words

__all__ = ["ExampleLine", "ExampleWalk", "added", "example_of", "most_telling"]


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A line of pay of a worked example: its clause, its rule in words, and the amount; ``taken``: it is deducted."""

    name: str
    clause: str | None
    rule: str
    amount: str

    @property
    def taken(self) -> bool:
        """Whether it is deducted."""
        return self.amount.startswith("-")


@dataclass(frozen=True, slots=True)
class ExampleWalk:
    """A worked example taken apart; ``total`` is what it comes to, where the example states that."""

    case: Case
    lines: tuple[ExampleLine, ...]
    total: str | None


def most_telling(document: MonthDocument) -> AgentMonth | None:
    """Return the agent of a month whose statement shows most: a deduction before none, then the most lines."""
    paid = [agent for agent in document.agents if agent.lines and agent.assessed and not agent.corrections]
    return min(paid, key=_plainness, default=None)


def _plainness(agent: AgentMonth) -> tuple[bool, int, str]:
    taken = any(line.amount.startswith("-") for line in agent.lines)
    return not taken, -len(agent.lines), agent.agent


def added(amounts: Iterable[str]) -> str:
    """Write a sum out: ``1,100.00 + 400.00 − 86.00``."""
    said = ""
    for amount in amounts:
        number = amount.removeprefix("-")
        sign = "−" if number != amount else "+"
        said += f" {sign} {money(number)}" if said else money(amount)
    return said


def example_of(policy: Policy, words: Words) -> ExampleWalk | None:
    """Return the worked example of a policy with most lines of pay, the first of those; None where none has any."""
    stated = [(pay, example) for example in policy.examples if isinstance(pay := example.expect.get("pay"), dict)]
    pay, example = max(stated, key=lambda each: len(each[0]), default=({}, None))
    if example is None or not pay:
        return None
    by_line = {rule.id: (clause, rule) for clause, rule in rules(policy, words, (policy,))}
    return ExampleWalk(
        case=worked_example(example, words),
        lines=tuple(_line(id_, str(amount), by_line.get(f"pay:{id_}"), words) for id_, amount in pay.items()),
        total=_total(example),
    )


def _line(id_: str, amount: str, stated: tuple[str | None, Rule] | None, words: Words) -> ExampleLine:
    clause, said = (stated[0], stated[1].said) if stated else (None, "")
    return ExampleLine(words.name("pay", id_), clause, said, amount)


def _total(example: Example) -> str | None:
    total = example.expect.get("total")
    return None if total is None else str(total)
