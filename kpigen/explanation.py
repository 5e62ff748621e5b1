"""The explanation: one agent's month as a tree for the terminal, every number with its clause, its file and line.

It is made from the published documents alone, as the pages are. Pure: nothing is read or printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final

from rich.cells import chop_cells
from rich.text import Text as Styled
from rich.tree import Tree

from kpigen.site.corrections import sentence
from kpigen.site.periods import EVERY
from kpigen.site.statement import deduction, zero_items
from kpigen.site.wording import Words, brackets, comma, money
from kpigen.text import Label, Lang, Text, say, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.site.documents import AgentMonth, Correction, Department, Figure, Line, MonthDocument
    from kpigen.site.rulebook import Policy

__all__ = ["Subject", "explanation"]

#: How many cells of a clause's text are shown.
_CLAUSE_WIDTH: Final = 72
#: Figures that the tree as a whole says enough about.
_PLAIN: Final = frozenset({"gross", "items_at_zero"})
_STATUS: Final = {"draft": say("not closed yet"), "closed": say("closed")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose month it is, and what it was computed under; ``earlier`` are the policies of the months it corrects."""

    agent: AgentMonth
    document: MonthDocument
    department: Department
    policy: Policy
    earlier: Mapping[str, Policy] = field(default_factory=dict)


def explanation(subject: Subject, lang: Lang) -> Tree:
    """Return the tree that explains an agent's month."""
    return _Explainer(subject, lang).tree()


class _Explainer:
    """Builds the tree; what was explained once is referred to afterwards."""

    def __init__(self, subject: Subject, lang: Lang) -> None:
        self.subject = subject
        self.agent = subject.agent
        self.policy = subject.policy
        self.lang = lang
        self.words = Words(subject.policy, lang)
        self.figures = subject.agent.figures()
        self.gone = any(
            person.agent == self.agent.agent and person.gone(subject.document.month)
            for person in subject.department.agents
        )
        self.points = {item.figure: item.of for item in subject.agent.items}
        self.seen: set[int] = set()
        self.cited: set[str] = set()

    def tree(self) -> Tree:
        """Return the whole tree."""
        department, document = self.subject.department, self.subject.document
        team = next((each.name for each in department.teams if each.team == self.agent.team), None)
        parts = (
            self.words.month(document.month),
            self._name(department.name),
            self._name(team) if team else visible(self.agent.team),
            f"{self.policy.policy} {self.policy.version}",
            self._said(_STATUS[document.status]),
        )
        title = Styled(f"{self._name(self.agent.name)} {self.agent.agent}", style="bold")
        title.append(f" · {' · '.join(parts)}", style="not bold")
        tree = Tree(title, guide_style="dim")
        self._score(tree)
        self._results(tree)
        self._pay(tree)
        self._tiers(tree)
        self._awards(tree)
        self._actions(tree)
        self._carried(tree)
        self._corrections(tree)
        self._clauses(tree)
        return tree

    def _score(self, tree: Tree) -> None:
        absent = self.agent.not_assessed
        if self.agent.score_figure is not None:
            self._figure(tree, self.agent.score_figure)
            self._grade(tree)
            if self.agent.rank is not None:
                self._add(tree, say("rank"), str(self.agent.rank))
        elif absent is not None and absent.left is not None:
            self._add(tree, say("left on {day}", day=absent.left), place=absent.at)
        elif absent is not None and absent.reason is not None:
            self._add(tree, say("not assessed"), visible(absent.reason), place=absent.at)
        elif absent is not None and absent.rule is not None:
            rule = self.words.name("eligible", absent.rule)
            branch = self._add(tree, say("not assessed"), rule, clause=absent.clause)
            if absent.figure is not None:
                self._figure(branch, absent.figure)
        elif absent is not None and absent.every is not None:
            if absent.every in EVERY:
                self._add(tree, say("assessed"), self._said(EVERY[absent.every]))
            else:
                self._add(tree, say("not assessed"), self._said(say("no score is given")))
        elif absent is not None:
            missing = say(", ").said(self.lang).join(self.words.name("item", name) for name in absent.missing)
            self._add(tree, say("not assessed, for these are missing"), visible(missing), place=absent.at)

    def _results(self, tree: Tree) -> None:
        for result in self.agent.results:
            if result.figure is not None:
                graded = self.words.word(f"{result.id}_grade", result.grade) if result.grade else ""
                until = "" if result.final else self._said(say("provisional, until the period ends"))
                name = self.words.name("result", result.id)
                branch = self._figure(tree, result.figure, name)
                if graded or until:
                    self._add(branch, say("grade") if graded else say("state"), graded or until)

    def _grade(self, tree: Tree) -> None:
        found = next((i for i, figure in enumerate(self.figures) if figure.name == "grade"), None)
        if found is not None:
            self._figure(tree, found)
        elif self.agent.grade is not None:
            self._add(tree, say("grade"), self.words.name("grade", self.agent.grade))

    def _pay(self, tree: Tree) -> None:
        pay = self.agent.paid
        how = say("gross {gross}, deductions {deductions}", gross=money(pay.gross), deductions=money(pay.deductions))
        branch = self._add(tree, say("pay"), money(pay.total), how=self._said(how))
        for line in pay.lines:
            name = self.words.name("pay", line.id)
            if line.figure is None or line.corrects is not None:  # the correction itself is shown below
                self._add(branch, name, money(line.amount), clause=line.clause)
            else:
                self._figure(branch, line.figure, name, self._deducted(line))

    def _deducted(self, line: Line) -> str:
        """Say of a deduction how much was taken and what becomes of the rest."""
        figure = self.figures[line.figure or 0]
        if not figure.op or figure.op.get("kind") != "deducted" or not figure.of:
            return ""
        return deduction(self.figures, line, self.words, gone=self.gone)[1]

    def _tiers(self, tree: Tree) -> None:
        if self.agent.tier is None:
            return
        held = next((i for i, figure in enumerate(self.figures) if figure.name == "tier"), None)
        if held is None:
            self._add(tree, say("tier"), self.words.name("tier", self.agent.tier))
        else:
            self._figure(tree, held)
        if self.gone:
            self._add(tree, say("no longer employed"))
            return
        if self.agent.not_assessed is not None:
            same = say("unchanged, for want of an assessment").said(self.lang)
            branch = self._add(tree, say("tier from next month"), self.words.name("tier", self.agent.next_tier), same)
        elif self.agent.next_tier_figure is not None:
            branch = self._figure(tree, self.agent.next_tier_figure)
        else:
            branch = self._add(tree, say("tier from next month"), self.words.name("tier", self.agent.next_tier))
        if zero := zero_items(self.agent, self.words):
            self._add(branch, say("at 0 points"), visible(say(", ").said(self.lang).join(zero)))
        if blocked := self.agent.blocked:
            months = say(", ").said(self.lang).join(map(self.words.month, blocked.demoted))
            why = say("barred by the demotion in {months}", months=months)
            self._add(branch, self._rule(blocked.transition), self._said(why), clause=blocked.clause)
        if outlook := self.agent.outlook:
            score, gap = money(outlook.score), money(outlook.gap)
            if Decimal(outlook.gap):
                short = say("needs a score of {score}, {gap} more", score=score, gap=gap)
            else:
                short = say("needs a score of {score}, reached", score=score)
            self._add(branch, self._rule(outlook.transition), self._said(short), clause=outlook.clause)

    def _awards(self, tree: Tree) -> None:
        if not self.agent.awards:
            return
        branch = tree.add(self._said(say("awards")))
        for award in self.agent.awards:
            how = say("rank {rank} of those who may win", rank=award.rank) if award.rank else None
            name = self.words.name("award", award.id)
            said = self._said(how) if how else ""
            self._add(branch, name, money(award.amount or "0.00"), how=said, clause=award.clause)

    def _actions(self, tree: Tree) -> None:
        branch = tree.add(self._said(say("to be done"))) if self.agent.actions else tree
        for action in self.agent.actions:
            name = self.words.name("action", action.id)
            if action.figure is None:
                line = self._add(branch, name, clause=action.clause)
            else:
                line = self._figure(branch, action.figure, name)
            if action.due:
                self._add(line, say("to be done by {day}", day=action.due))
            if action.lapses:
                self._add(line, say("lapses after {day}", day=action.lapses))
        for waiting in self.agent.open_actions:
            name = self.words.name("action", waiting.id)
            since = say("{name} of {month}, waiting for its outcome", name=name, month=self.words.month(waiting.month))
            state = say("overdue since {day}", day=waiting.due or "") if waiting.overdue else say("open")
            self._add(tree, since, self._said(state))

    def _carried(self, tree: Tree) -> None:
        for name, amount in self.agent.carried.items():
            called, owed = self.words.name("pay", name), money(amount)
            if self.gone:
                left = say("{name}: {amount} left undeducted, no longer taken from pay", name=called, amount=owed)
                self._add(tree, left)
            else:
                self._add(tree, say("carried to the next month"), f"{called} {owed}")

    def _corrections(self, tree: Tree) -> None:
        """Add what is corrected of closed months, each in the words of the policy that governed it."""
        branch = tree.add(self._said(say("corrections of closed months"))) if self.agent.corrections else tree
        own = (self.words, self.policy, self.cited)
        for made in self.agent.corrections:
            policy = self.subject.earlier.get(made.month, self.policy)
            if policy.version != self.policy.version or policy.policy != self.policy.policy:
                self.words, self.policy, self.cited = Words(policy, self.lang), policy, set()
            self._correction(branch, made)
            self.words, self.policy, self.cited = own

    def _correction(self, tree: Tree, made: Correction) -> None:
        """Add a closed month: what is corrected in a sentence, the records that say so, each line that differs."""
        colon = "：" if self.lang is Lang.ZH else ": "
        said = comma(self.lang).join(part.text for part in sentence(made, self.words))
        branch = self._add(tree, f"{made.month}{colon}{said}")
        for each in self.subject.document.adjustments:
            if each.adjustment in made.adjustments:
                self._add(branch, each.adjustment, how=each.reason or "", place=each.at)
        lines = {line.id: line for line in self.agent.lines if line.corrects == made.month}
        for line in made.lines:
            paid, name = lines.get(f"{line.id}@{made.month}"), self.words.name("pay", line.id)
            change = f"{money(line.before)} → {money(line.after)}"
            if paid is not None and paid.figure is not None:
                self._figure(branch, paid.figure, name, change)
        if any(line.award and Decimal(line.amount) > 0 for line in made.lines):
            self._add(branch, say("the award is paid as well; nobody else's is taken back"))

    def _clauses(self, tree: Tree) -> None:
        branch = tree.add(self._said(say("clauses")))
        for clause in self.policy.clauses:
            if clause.clause in self.cited:
                text = Styled(f"{clause.clause} ", style="cyan")
                branch.add(text.append(_shortened(self._name(clause.text)), style="default"))

    def _figure(self, tree: Tree, index: int, name: str | None = None, rule: str = "") -> Tree:
        """Add a figure and below it what it was made of; ``rule`` says better than its operation how."""
        figure = self.figures[index]
        of = [self.figures[part] for part in figure.of]
        value, how = self.words.shown(figure), rule or self.words.made(figure, of)
        if index in self.points:
            value = say("{points} of {most}", points=value, most=money(self.points[index] or "")).said(self.lang)
        again = index in self.seen and bool(figure.of)
        if again:
            how = self._said(say("see above"))
        called = name or self.words.figure(figure)
        breach = self.words.breach(figure, of)
        clause = self.words.clause(breach or figure) or self._granting(figure)
        branch = self._add(
            tree, called, value, how=how if _worth_saying(how, called) else "", clause=clause, place=figure.at
        )
        self.seen.add(index)
        if not again and figure.name not in _PLAIN:
            for part in dict.fromkeys(figure.of):
                if not _constant(self.figures[part]):
                    self._figure(branch, part)
        return branch

    def _granting(self, figure: Figure) -> str | None:
        """Return the clause of the transition by which a tier has been held."""
        by = (figure.op or {}).get("by")
        return next((rule.clause for rule in self.policy.transitions if rule.id == by), None)

    def _rule(self, transition: str) -> str:
        found = (rule for rule in self.policy.transitions if rule.id == transition)
        return next((f"→ {self.words.name('tier', rule.to)}" for rule in found), transition)

    def _add(self, tree: Tree, name: Text | str, value: str = "", how: str = "", **source: str | None) -> Tree:
        """Add a line: what it is, its value, how it was made; by which ``clause``, and the ``place`` of that."""
        line = Styled(visible(name if isinstance(name, str) else name.said(self.lang)))
        if value:
            line.append(f" {visible(value)}", style="bold")
        if how:
            opening, closing = brackets(self.lang)
            line.append(f"{opening}{visible(how)}{closing}")
        if clause := source.get("clause"):
            self.cited.add(clause)
            line.append(f" [{clause}]", style="cyan")
        if place := source.get("place"):
            line.append(f" {visible(place)}", style="dim")
        return tree.add(line)

    def _name(self, label: Label) -> str:
        return visible(label.said(self.lang))

    def _said(self, text: Text) -> str:
        return text.said(self.lang)


def _constant(figure: Figure) -> bool:
    """Tell whether a figure is a number that a rule states: the rule says it already."""
    return not figure.of and figure.op is not None and figure.op.get("text") == figure.value


def _worth_saying(how: str, name: str) -> bool:
    """Tell whether a rule says more than the name or the value that it stands behind."""
    return how != name and not how.replace(".", "").isdecimal()


def _shortened(text: str) -> str:
    lines: Iterator[str] = chain(chop_cells(text, _CLAUSE_WIDTH), ("", ""))
    first, more = next(lines), next(lines)
    return f"{first}…" if more else first
