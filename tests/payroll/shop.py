"""A department whose February corrects a closed January and deducts a loss: every amount is worked out by hand.

A001 has 1100 + 400, a commission of 20 and 50 as the second of two in February, and gets 150.50 for January; of a loss
of 1000, a fifth of February's own 1570 is deducted. A008 has 1100 + 600 and 100 as the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.ledger import keep
from kpigen.payroll.month import Payroll, departments, payroll
from kpigen.text import Lang
from tests.engine.mini import Documents, Files, agent, closed, event, scored, shop

if TYPE_CHECKING:
    from collections.abc import Mapping

JANUARY, FEBRUARY = "2025-01", "2025-02"
ADJUSTMENT = """\
adjustment: J-2025-02-001
corrects: 2025-01
agent: A001
inputs: {commission: 250.50}
reason: misread
"""


def files(name: str = "Agent A001") -> dict[str, str]:
    months = {
        JANUARY: {"A001": scored("85", "100"), "A008": scored("100")},
        FEBRUARY: {"A001": scored("85", "20"), "A008": scored("100")},
    }
    found = shop({"A001": "middle", "A008": "senior"}, months)
    found["records/shop/agents/A001.yaml"] = agent("A001", "middle", name=f'"{name}"')
    found |= event(FEBRUARY, amount="1000")
    found = closed(found, JANUARY)
    return found | {"records/shop/2025-02/adjustments/J-2025-02-001.yaml": ADJUSTMENT}


def computed(files: Mapping[str, str]) -> dict[str, bytes]:
    sink = Documents()
    ledger = keep(Files(dict(files)), sink=sink)
    assert ledger.clean, [found.message.said(Lang.EN) for found in ledger.findings]
    return sink.written


def paid(files: Mapping[str, str], month: str = FEBRUARY, lang: Lang = Lang.EN) -> Payroll:
    documents = computed(files)
    found = payroll(documents, departments(documents)["shop"], month, lang)
    assert found
    return found
