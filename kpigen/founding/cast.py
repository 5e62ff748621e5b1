"""The cast: the invented people of a new repository, whom the reader replaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CASTS", "Cast"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who there is at first: ids of people who sign, names of agents, and what a customer complained of."""

    supervisor: str
    reviewer: str
    administrators: tuple[str, str]
    agents: tuple[str, str, str, str]
    complaint: str
    joined: str

    @property
    def accounts(self) -> Mapping[str, str]:
        """What stands for each person's account at the host, until the reader knows better."""
        return {each: f"replace-{each.replace('.', '-')}" for each in (*self.administrators, *self.signing)}

    @property
    def signing(self) -> tuple[str, str]:
        """Who signs the records of the month."""
        return self.supervisor, self.reviewer


CASTS: Final[Mapping[Lang, Cast]] = {
    Lang.ZH: Cast(
        supervisor="wang.min",
        reviewer="zhao.lei",
        administrators=("chen.yu", "he.lan"),
        agents=("林晓", "周楠", "许静", "孟阳"),
        complaint="样例：客户对处理结果不满意",
        joined="高原",
    ),
    Lang.EN: Cast(
        supervisor="pat.lane",
        reviewer="kim.ward",
        administrators=("lee.marsh", "jo.field"),
        agents=("Robin Hill", "Sam Brook", "Alex Stone", "Chris Dale"),
        complaint="a sample: the customer was not content with the answer",
        joined="Dana Wood",
    ),
}
