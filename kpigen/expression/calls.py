"""Calls in an expression: the few functions of the language, and the references of a vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.exact import CONTEXT, Mode
from kpigen.expression import closures, spoken
from kpigen.expression.formula import Reference
from kpigen.expression.kinds import FLAG, Number, Words
from kpigen.expression.meaning import Meaning
from kpigen.expression.tokens import FUNCTIONS
from kpigen.expression.tree import Call, Literal, Node, Word, describe

if TYPE_CHECKING:
    from kpigen.expression.formula import Formula
    from kpigen.expression.kinds import Kind, Parameter, Signature
    from kpigen.expression.reader import Reader

__all__ = ["read_call"]

_EXTREMES = {"min": min, "max": max}
_ROUNDINGS = {"round": Mode.HALF_UP, "floor": Mode.FLOOR, "ceiling": Mode.CEILING}
_ARGUMENTS = {"abs": 1, "number": 1, "round": 2, "floor": 2, "ceiling": 2}


def read_call(reader: Reader, node: Call) -> Meaning:
    """Find what a call means; its mistakes are added to the reader's."""
    if node.function in FUNCTIONS:
        return _function(reader, node)
    signature = reader.vocabulary.references.get(node.function)
    if signature is None:
        reader.mistake(node, *spoken.unknown_function(node.function, reader.vocabulary, len(reader.mistakes)))
        return Meaning(node, None)
    return _reference(reader, node, signature)


def _function(reader: Reader, node: Call) -> Meaning:
    function, arguments = node.function, node.arguments
    expected = _ARGUMENTS.get(function)
    if expected is None and len(arguments) < 2:  # noqa: PLR2004 - the least of one number would be that number
        reader.mistake(node, spoken.too_few_arguments(function, len(arguments)))
        return Meaning(node, None)
    if expected is not None and len(arguments) != expected:
        reader.mistake(
            node,
            *spoken.wrong_arguments(function, expected, len(arguments), with_step=function in _ROUNDINGS),
        )
        return Meaning(node, None)
    if function in _EXTREMES:
        return _extreme(reader, node)
    if function in _ROUNDINGS:
        return _rounding(reader, node)
    inner = reader.read(arguments[0])
    kind = reader.number(inner, function)
    if function == "number":
        return Meaning(node, kind and Number(), inner.code, constant=inner.constant)
    return Meaning(node, kind, closures.absolute(inner.code), constant=inner.constant)


def _extreme(reader: Reader, node: Call) -> Meaning:
    parts = [reader.read(argument) for argument in node.arguments]
    numbers = [reader.number(part, node.function) for part in parts]
    kind = None if None in numbers else reader.same_unit(parts)
    code = closures.extreme(_EXTREMES[node.function], tuple(part.code for part in parts))
    return Meaning(node, kind, code, constant=all(part.constant for part in parts))


def _rounding(reader: Reader, node: Call) -> Meaning:
    operand, step = node.arguments
    inner = reader.read(operand)
    kind = reader.number(inner, node.function)
    if not isinstance(step, Literal) or not step.value:
        reader.mistake(step, *spoken.wrong_step(node.function, reader.source(operand), reader.source(step)))
        return Meaning(node, kind)
    value = step.value.scaleb(-2, CONTEXT) if step.percent else step.value
    code = closures.rounded(_ROUNDINGS[node.function], inner.code, value, node.span[0])
    return Meaning(node, kind, code, constant=inner.constant)


def _reference(reader: Reader, node: Call, signature: Signature) -> Meaning:
    expected = len(signature.parameters)
    if len(node.arguments) != expected:
        reader.mistake(node, *spoken.wrong_arguments(node.function, expected, len(node.arguments), with_step=False))
        return Meaning(node, signature.result)
    arguments = [
        _argument(reader, node.function, parameter, argument)
        for parameter, argument in zip(signature.parameters, node.arguments, strict=True)
    ]
    known = tuple(argument for argument in arguments if argument is not None)
    if len(known) < expected:
        return Meaning(node, signature.result)
    key = describe(node)
    kind = signature.result if signature.result is not None else _result(known[0])
    if isinstance(known[0], str):
        kind = signature.by_word.get(known[0], kind)
    reader.inputs[key] = kind
    reader.references[key] = Reference(key, node.function, known)
    return Meaning(node, kind, closures.reading(key, node.span[0]), key)


def _result(argument: Formula | str) -> Kind:
    # Signature has seen to it that the first argument of such a reference is never a mere word.
    return Number() if isinstance(argument, str) else argument.result


def _argument(reader: Reader, function: str, parameter: Parameter, node: Node) -> Formula | str | None:
    if isinstance(parameter, Words):
        if isinstance(node, Word) and node.name in parameter.options:
            return node.name
        reader.mistake(node, *spoken.wrong_word(function, reader.source(node), parameter))
        return None
    inner = reader.inner()
    part = inner.read(node)
    if part.kind is None:
        return None
    if parameter == "condition" and part.kind != FLAG:
        reader.mistake(node, *spoken.needs_condition(function, reader.source(node), part.kind))
        return None
    if parameter == "number" and not isinstance(part.kind, Number):
        reader.mistake(node, spoken.needs_numbers(function, reader.source(node), part.kind))
        return None
    return inner.formula(part, describe(node))
