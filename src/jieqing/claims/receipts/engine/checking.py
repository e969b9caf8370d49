"""Whether a statement is complete: opening + movements = closing, and each line's balance follows from the one before.

A missing or doubled line would become a wrong debt, so a statement that does not add up is refused whole, with the first
line where it breaks. Where the file gives no balances its own totals are compared; where it gives nothing, it says so.

The bank may list newest first: the order in which the balances chain is the order of time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.engine.statement_types import Statement, StatementLine, numbered
from jieqing.kernel.money import plain_amount
from jieqing.kernel.outcomes import Problem

CHAIN, TOTALS, SUMS, NONE = "chain", "totals", "sums", "none"


@dataclass(frozen=True, slots=True)
class Checked:
    """``how``: chain (each balance), totals (opening and closing), sums (the file's own totals) or none."""

    statement: Statement
    how: str


def check(statement: Statement) -> Checked | Problem:
    """Return the statement in the order of time with its twins numbered, or where it breaks."""
    if not statement.lines:
        return Problem.of(problems.NO_LINES)
    lines = _in_time(statement.lines)
    broken = _broken_link(lines, statement.currency)
    if broken:
        return broken
    has_chain = all(line.balance_minor is not None for line in lines)
    opening, closing = statement.opening_minor, statement.closing_minor
    if has_chain:
        first, last = lines[0], lines[-1]
        started = (first.balance_minor or 0) - first.amount_minor
        if opening is not None and opening != started:
            return _total_problem(
                statement, lines, opening, closing if closing is not None else last.balance_minor
            )
        if closing is not None and closing != last.balance_minor:
            return _total_problem(statement, lines, started, closing)
        opening, closing = started, last.balance_minor
    elif None not in (opening, closing) and not _adds_up(opening, lines, closing):
        return _total_problem(statement, lines, opening or 0, closing)
    found = replace(statement, lines=numbered(lines), opening_minor=opening, closing_minor=closing)
    unequal = _unequal_sums(found)
    if unequal:
        return unequal
    has_sums = statement.stated_in_minor is not None or statement.stated_out_minor is not None
    how = (
        CHAIN
        if has_chain
        else TOTALS
        if opening is not None and closing is not None
        else SUMS
        if has_sums
        else NONE
    )
    if how == NONE:
        found = replace(found, notices=(*found.notices, Problem.of(problems.NOT_CHECKED)))
    return Checked(found, how)


def _adds_up(opening: int | None, lines: tuple[StatementLine, ...], closing: int | None) -> bool:
    return (opening or 0) + sum(line.amount_minor for line in lines) == closing


def _in_time(lines: tuple[StatementLine, ...]) -> tuple[StatementLine, ...]:
    """Turn a list that runs from new to old; judged by the dates, and within one day by the balances."""
    first, last = (lines[0].booked_on, lines[0].time), (lines[-1].booked_on, lines[-1].time)
    if first > last:
        return lines[::-1]
    if first == last and len(lines) > 1 and _breaks(lines) > _breaks(lines[::-1]):
        return lines[::-1]
    return lines


def _breaks(lines: tuple[StatementLine, ...]) -> int:
    return sum(
        1
        for before, line in pairwise(lines)
        if before.balance_minor is not None
        and line.balance_minor is not None
        and before.balance_minor + line.amount_minor != line.balance_minor
    )


def _broken_link(lines: tuple[StatementLine, ...], currency: str) -> Problem | None:
    for before, line in pairwise(lines):
        if before.balance_minor is None or line.balance_minor is None:
            continue
        expected = before.balance_minor + line.amount_minor
        if expected != line.balance_minor:
            return Problem.of(
                problems.CHAIN_BROKEN,
                line=line.line_no,
                expected=plain_amount(expected, currency),
                stated=plain_amount(line.balance_minor, currency),
                difference=plain_amount(line.balance_minor - expected, currency),
            )
    return None


def _total_problem(
    statement: Statement, lines: tuple[StatementLine, ...], opening: int, closing: int | None
) -> Problem:
    moved = sum(line.amount_minor for line in lines)
    stated, code = closing or 0, statement.currency
    return Problem.of(
        problems.TOTAL_BROKEN,
        opening=plain_amount(opening, code),
        moved=plain_amount(moved, code),
        expected=plain_amount(opening + moved, code),
        stated=plain_amount(stated, code),
        difference=plain_amount(stated - opening - moved, code),
        line=lines[-1].line_no,
    )


def _unequal_sums(statement: Statement) -> Problem | None:
    sides = (
        ("收入", "in", statement.stated_in_minor, statement.in_minor),
        ("支出", "out", statement.stated_out_minor, statement.out_minor),
    )
    for zh, en, stated, summed in sides:
        if stated is not None and abs(stated) != summed:
            return Problem.of(
                problems.SUMS_BROKEN,
                side_zh=zh,
                side_en=en,
                stated=plain_amount(abs(stated), statement.currency),
                summed=plain_amount(summed, statement.currency),
                difference=plain_amount(abs(stated) - summed, statement.currency),
                line=max(line.line_no for line in statement.lines),
            )
    return None
