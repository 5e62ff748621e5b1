"""The expression language of policies: exact, small, and safe to read from a stranger's pull request.

:func:`compile_formula` turns a text into a :class:`Formula` or into the :class:`Mistake` values that say,
each with its place, what was read and what was expected.
:func:`tree_of` gives the mere tree, for readers of what was compiled before.
"""

from __future__ import annotations

from kpigen.expression.compiling import compile_formula, tree_of
from kpigen.expression.formula import Formula, Reference, Undefined
from kpigen.expression.kinds import FLAG, Choice, Flag, Kind, Number, Parameter, Signature, Vocabulary, Words
from kpigen.expression.mistake import Mistake
from kpigen.expression.tokens import FUNCTIONS, KEYWORDS

__all__ = [
    "FLAG",
    "RESERVED",
    "Choice",
    "Flag",
    "Formula",
    "Kind",
    "Mistake",
    "Number",
    "Parameter",
    "Reference",
    "Signature",
    "Undefined",
    "Vocabulary",
    "Words",
    "compile_formula",
    "tree_of",
]

RESERVED = KEYWORDS | FUNCTIONS
"""The words of the language itself: a policy cannot name anything by them."""
