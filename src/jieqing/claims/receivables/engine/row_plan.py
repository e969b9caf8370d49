"""A layout made ready for reading rows: which column feeds which field, under which names extras are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from jieqing.claims.receivables.engine.invoice_types import HEADERS, TOTAL_COLUMN
from jieqing.claims.receivables.engine.ledger_types import ColumnUse, Layout
from jieqing.claims.receivables.engine.row_problems import Fault, cell_problem
from jieqing.claims.receivables.engine.vocabulary import CONTACT_FIELDS, TITLES
from jieqing.kernel.outcomes import Problem


@dataclass(frozen=True)
class RowPlan:
    """currency: what the layout says, else what the caller says; a currency column beats both, row by row."""

    layout: Layout
    creditor: str
    currency: str | None
    salt: str | None = None

    @cached_property
    def fields(self) -> Mapping[str, ColumnUse]:
        return {
            column.field: column
            for column in self.layout.columns
            if column.field and column.field != "ignore"
        }

    @cached_property
    def extras(self) -> tuple[tuple[int, str], ...]:
        """Columns kept under their own header, in the order of canonical JSON; repeated headers are numbered.

        How to reach the debtor is among them: a row's digest covers all that the file says, and the ledger keeps none of it.
        """
        return tuple(sorted(self._named, key=lambda pair: pair[1].encode("utf-16-be")))

    @cached_property
    def contacts(self) -> tuple[tuple[str, str], ...]:
        """Which extras say how to reach the debtor: (field, name of the extra)."""
        names = dict(self._named)
        return tuple(
            (column.field, names[column.index])
            for column in self.layout.columns
            if column.field in CONTACT_FIELDS and column.index in names
        )

    @cached_property
    def _named(self) -> list[tuple[int, str]]:
        taken: dict[str, int] = {}
        named: list[tuple[int, str]] = []
        for column in self.layout.columns:
            if column.field is None or column.field in CONTACT_FIELDS:
                header = column.header.strip() or f"第{column.index + 1}列"
                taken[header] = taken.get(header, 0) + 1
                key = header if taken[header] == 1 else f"{header} ({taken[header]})"
                named.append((column.index, key))
        return named

    @cached_property
    def invoice_parts(self) -> tuple[int, int, int] | None:
        """Columns of net, tax and total where the rows are e-invoices: their sum is asked of corrected rows too."""
        headers = [column.header for column in self.layout.columns]
        if headers != list(HEADERS):
            return None
        return HEADERS.index("不含税金额"), HEADERS.index("税额"), TOTAL_COLUMN

    @cached_property
    def named_width(self) -> int:
        """Columns that have a meaning; a filled cell to the right of them is a row's overflow."""
        return max((column.index for column in self.layout.columns), default=-1) + 1

    def accepts(self, code: str) -> bool:
        return code in self.layout.accepts or f"row.{code}" in self.layout.accepts

    def has(self, *names: str) -> bool:
        return any(name in self.fields for name in names)

    def problem(self, fault: Fault, line_no: int, field_name: str, value: str) -> Problem:
        column = self.fields.get(field_name)
        title = TITLES.get(field_name, (field_name, field_name))
        header = column.header if column else ""
        return cell_problem(
            fault, line_no=line_no, field_name=field_name, header=header, value=value, title=title
        )
