"""The engine: the cases of one department's month in, statements made of figures out. Pure."""

from kpigen.engine.case import Absence, Case, Happening, OpenAction, Outcome, Standing, advance
from kpigen.engine.month import compute_month, outcome
from kpigen.engine.statement import Award, Due, Line, Outlook, Statement

__all__ = [
    "Absence",
    "Award",
    "Case",
    "Due",
    "Happening",
    "Line",
    "OpenAction",
    "Outcome",
    "Outlook",
    "Standing",
    "Statement",
    "advance",
    "compute_month",
    "outcome",
]
