"""Formulas as districts write them: sums and products of measures and plain numbers, and nothing else.

Reckoned in fractions, so that a ranking comes out to the same digit on every machine and in every year.
"""

import ast
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Final

from huying.figures.rules.measures import Measure
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

_LONGEST: Final = 400
_LARGEST: Final = 10**9
_NAMES: Final = frozenset(measure.value for measure in Measure)


@lru_cache(maxsize=512)
def parse(text: str) -> ast.expr:
    """The checked tree of an expression. Raises Invalid with the reason."""
    if not text.strip() or len(text) > _LONGEST:
        raise Invalid(said("算式应为 1 到 %(most)s 个字符。", most=_LONGEST))
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Invalid(said("算式写法有误：%(text)s", text=text)) from error
    for node in ast.walk(tree):
        _check(node)
    return tree


def _check(node: ast.AST) -> None:
    match node:
        case ast.BinOp() | ast.UnaryOp() | ast.Add() | ast.Sub() | ast.Mult() | ast.USub() | ast.Load():
            return
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            # 1e999 is read as no number at all.
            if number > _LARGEST:
                raise Invalid("算式中的数字最大 10 亿。")
            return
        case ast.Name(id=name) if name in _NAMES:
            return
        case ast.Name(id=name):
            raise Invalid(said("算式中的“%(name)s”不是统计项。", name=name))
        case _:
            raise Invalid("算式只能用统计项、数字、加减乘和括号。")


def names(text: str) -> frozenset[Measure]:
    """The measures that an expression speaks of."""
    return frozenset(Measure(node.id) for node in ast.walk(parse(text)) if isinstance(node, ast.Name))


def is_sum(text: str) -> bool:
    """Whether it adds or subtracts outside of all brackets."""
    node = parse(text)
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)


def is_single(text: str) -> bool:
    """Whether it is one measure or number alone."""
    return isinstance(parse(text), ast.Name | ast.Constant)


@lru_cache(maxsize=512)
def weights(text: str) -> tuple[int, tuple[tuple[Measure, int], ...], int]:
    """The expression as whole numbers: (scale, weight of each measure, plain part), all to be divided by scale.

    Worked out once, since a board reckons each of its formulas for each of its rows.
    """
    terms = _terms(parse(text))
    scale = lcm(*(weight.denominator for weight in terms.values()))
    whole = {name: int(weight * scale) for name, weight in terms.items()}
    plain = whole.pop(None, 0)
    return scale, tuple((name, weight) for name, weight in whole.items() if name is not None), plain


def value(text: str, counts: Mapping[Measure, int]) -> tuple[int, int]:
    """What the expression comes to, as two whole numbers (to be divided, by its scale); what was never counted is 0."""
    scale, weighted, plain = weights(text)
    for name, weight in weighted:
        number = counts.get(name)
        if number:
            plain += weight * number
    return plain, scale


_Terms = dict[Measure | None, Fraction]


def _terms(node: ast.expr) -> _Terms:
    match node:
        case ast.Constant(value=number):
            # Through its text: 0.9 means nine tenths, not the nearest binary number.
            return {None: Fraction(str(number))}
        case ast.Name(id=name):
            return {Measure(name): Fraction(1)}
        case ast.UnaryOp(operand=operand):
            return _times(_terms(operand), Fraction(-1))
        case ast.BinOp(left=left, op=op, right=right):
            return _joined(_terms(left), op, _terms(right))
        case _:
            raise Invalid("算式只能用统计项、数字、加减乘和括号。")


def _joined(left: _Terms, op: ast.operator, right: _Terms) -> _Terms:
    if isinstance(op, ast.Mult):
        if set(left) <= {None}:
            return _times(right, left.get(None, Fraction(0)))
        if set(right) <= {None}:
            return _times(left, right.get(None, Fraction(0)))
        raise Invalid("算式中两个统计项不能相乘。")
    sign = Fraction(1 if isinstance(op, ast.Add) else -1)
    found = dict(left)
    for name, weight in right.items():
        found[name] = found.get(name, Fraction(0)) + sign * weight
    return found


def _times(terms: _Terms, factor: Fraction) -> _Terms:
    return {name: weight * factor for name, weight in terms.items()}
