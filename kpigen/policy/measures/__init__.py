"""Measures and results: one module a way to work one out, told by its key; a new one is a module and a line here."""

from typing import Annotated, Final

from kpigen.policy.measures.expression import ExpressionMeasure
from kpigen.policy.measures.kind import Measure
from kpigen.policy.measures.pot import PotMeasure
from kpigen.policy.measures.rates import RatesMeasure
from kpigen.policy.measures.steps import StepsMeasure
from kpigen.policy.measures.words import WordsMeasure
from kpigen.reading.decode import by_key

__all__ = ["MEASURES", "Measure", "MeasureField", "PotMeasure"]

MEASURES: Final = (ExpressionMeasure, StepsMeasure, WordsMeasure, RatesMeasure, PotMeasure)
"""Every way to work a measure out."""

MeasureField = Annotated[
    ExpressionMeasure | StepsMeasure | WordsMeasure | RatesMeasure | PotMeasure,
    by_key(**{each.key: each for each in MEASURES}),
]
"""The declaration of a measure or a result, told by its key."""
