"""An outcome that may be a Problem is asked, not believed: a Problem is truthy."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .dotted import dotted, imported_names
from .source import Breach, Source

_MAY_BE_A_PROBLEM = {"jieqing.kernel.dates.is_workday"}


def takes_a_problem_for_yes(source: Source) -> Iterator[Breach]:
    """``if is_workday(day)`` would say yes for every day of a year that nobody has published."""
    if not source.is_python or "is_workday" not in source.text:
        return
    names = imported_names(source.tree)
    for node in ast.walk(source.tree):
        for asked in _asked_for_truth(node):
            if isinstance(asked, ast.Call) and dotted(asked.func, names) in _MAY_BE_A_PROBLEM:
                yield source.breach(
                    "truth", asked, "a Problem is truthy; compare with True or ask is_problem"
                )


def _asked_for_truth(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) | ast.Assert(test=test):
            return [test]
        case ast.BoolOp(values=values):
            return values
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return [operand]
        case ast.comprehension(ifs=ifs):
            return ifs
        case _:
            return []
