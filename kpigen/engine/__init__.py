"""The engine: the cases of one department's month in, statements made of figures out. Pure."""

from kpigen.engine.case import Absence, Case, Happening, OpenAction, Outcome, Standing, advance
from kpigen.engine.correction import compare, departed, with_corrections
from kpigen.engine.month import compute_month, outcome
from kpigen.engine.statement import Award, Corrected, Correction, Due, Line, Outlook, Restated, Statement

__all__ = [
    "Absence",
    "Award",
    "Case",
    "Corrected",
    "Correction",
    "Due",
    "Happening",
    "Line",
    "OpenAction",
    "Outcome",
    "Outlook",
    "Restated",
    "Standing",
    "Statement",
    "advance",
    "compare",
    "compute_month",
    "departed",
    "outcome",
    "with_corrections",
]
