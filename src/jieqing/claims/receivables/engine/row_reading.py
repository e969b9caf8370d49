"""One row while it is read: its cells by field, the problems and remarks gathered so far.

Every accessor reads its cell once through the scalar parser of its kind; a fault becomes a Problem with line, column
and value and the accessor answers None, so that one pass over a row finds everything that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from jieqing.claims.receivables.engine.cell_amounts import Amount, parse_amount
from jieqing.claims.receivables.engine.cell_dates import parse_date
from jieqing.claims.receivables.engine.cell_texts import Text
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.claims.receivables.engine.row_problems import Fault
from jieqing.kernel.outcomes import Problem


@dataclass
class RowReading:
    """One row while it is read: its cells, what went wrong so far, what was noticed."""

    line_no: int
    cells: Sequence[str]
    plan: RowPlan
    problems: list[Problem] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    def cell(self, name: str) -> str:
        column = self.plan.fields.get(name)
        return self.cells[column.index] if column is not None and column.index < len(self.cells) else ""

    def fail(self, fault: Fault, name: str, value: str | None = None) -> None:
        self.problems.append(
            self.plan.problem(fault, self.line_no, name, self.cell(name) if value is None else value)
        )

    def text(self, name: str, found: Text | Fault | None) -> str | None:
        if isinstance(found, Fault):
            self.fail(found, name)
            return None
        if found is None:
            return None
        self.flags.update(found.flags)
        return found.value

    def day(self, name: str) -> date | None:
        column = self.plan.fields.get(name)
        if column is None:
            return None
        found = parse_date(
            self.cell(name),
            order=column.date_order,
            is_1904=self.plan.layout.is_1904,
            accepts_short_year=self.plan.accepts("date.two_digit_year"),
        )
        if isinstance(found, Fault):
            self.fail(found, name)
            return None
        return found

    def amount(self, name: str, currency: str) -> int | None:
        column = self.plan.fields.get(name)
        if column is None:
            return None
        found = parse_amount(
            self.cell(name),
            currency=currency,
            decimal_mark=column.decimal_mark,
            unit=column.unit,
            accepts_rounding=self.plan.accepts("amount.too_fine"),
        )
        if isinstance(found, Fault):
            self.fail(found, name)
            return None
        if isinstance(found, Amount):
            self.flags.update(found.flags)
            return found.minor
        return None

    def failed(self, name: str) -> bool:
        return any(problem.details.get("field") == name for problem in self.problems)
