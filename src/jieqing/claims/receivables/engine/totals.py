"""The file's own total row against what was read: the cheapest proof that no row was lost.

Compared is the sum of the amount column as the file writes it, over every row that holds a readable amount: good,
duplicate and staged alike, because the file's total counts them all. With several currencies a total row is compared
when it names its currency in the currency column, and is not comparable otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jieqing.claims.receivables.engine.cell_amounts import Amount, parse_amount
from jieqing.claims.receivables.engine.cell_texts import parse_currency
from jieqing.claims.receivables.engine.ledger_types import SkippedRow, TotalCheck
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.kernel.money import format_amount


@dataclass
class RunningTotal:
    """Sums while slices pass. unreadable counts rows whose amount cannot be read and so is missing from the sum."""

    by_currency: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0
    stated: list[SkippedRow] = field(default_factory=list)

    def add(self, currency: str, minor: int) -> None:
        self.by_currency[currency] = self.by_currency.get(currency, 0) + minor

    def add_staged(self, cells: Sequence[str], plan: RowPlan) -> None:
        """Count the amount of a staged row when the row has one that can be read."""
        use = plan.fields.get("currency")
        named = parse_currency(cells[use.index]) if use is not None and use.index < len(cells) else None
        currency = named if isinstance(named, str) else plan.currency or next(iter(self.by_currency), "CNY")
        found = written_amount(cells, plan, currency)
        if found is None:
            self.unreadable += 1
        else:
            self.add(currency, found)

    def checks(self, plan: RowPlan) -> tuple[TotalCheck, ...]:
        """Return one check per currency: the total that matches when one does, else the last one stated."""
        best: dict[str | None, TotalCheck] = {}
        for row in self.stated:
            if row.reason != "total":
                continue
            currency = self._currency_of(row, plan)
            check = (
                _not_comparable(row)
                if currency is None
                else self._check(row, plan, currency, self.by_currency[currency])
            )
            known = best.get(currency)
            if known is None or not known.matches:
                best[currency] = known if known is not None and check.stated_minor is None else check
        return tuple(best.values())

    def _currency_of(self, row: SkippedRow, plan: RowPlan) -> str | None:
        """Return the currency a total row names (合计 in its currency cell's currency), else the file's only one."""
        use = plan.fields.get("currency")
        named = (
            parse_currency(row.cells[use.index]) if use is not None and use.index < len(row.cells) else None
        )
        if isinstance(named, str) and named in self.by_currency:
            return named
        return next(iter(self.by_currency)) if len(self.by_currency) == 1 else None

    def _check(self, row: SkippedRow, plan: RowPlan, currency: str, summed: int) -> TotalCheck:
        stated = written_amount(row.cells, plan, currency)
        line = row.line_no
        if stated is None:
            zh, en = (
                f"第 {line} 行是合计，但没有可读的合计金额。",
                f"Line {line} is a total without a readable amount.",
            )
            return TotalCheck(line, currency, None, summed, None, zh, en)
        shown, ours = (format_amount(minor, currency, "zh") for minor in (stated, summed))
        if stated == summed:
            return TotalCheck(
                line, currency, stated, summed, True,
                f"第 {line} 行的合计 {shown} 与各行相加一致。", f"The total of line {line}, {shown}, equals the sum of the rows.",
            )  # fmt: skip
        gap = format_amount(stated - summed, currency, "zh")
        more_zh = f"有 {self.unreadable} 行金额无法识别，未计入。" if self.unreadable else ""
        more_en = (
            f" {self.unreadable} rows without a readable amount are not counted." if self.unreadable else ""
        )
        return TotalCheck(
            line, currency, stated, summed, False,
            f"第 {line} 行的合计 {shown} 与各行相加 {ours} 不一致，相差 {gap}。{more_zh}",
            f"The total of line {line}, {shown}, differs from the sum of the rows, {ours}, by {gap}.{more_en}",
        )  # fmt: skip


def _not_comparable(row: SkippedRow) -> TotalCheck:
    line = row.line_no
    zh = f"第 {line} 行是合计，但文件有多种币种，无法核对。"
    return TotalCheck(
        line,
        None,
        None,
        None,
        None,
        zh,
        f"Line {line} is a total, but several currencies cannot be compared.",
    )


def written_amount(cells: Sequence[str], plan: RowPlan, currency: str) -> int | None:
    """Return the amount of a row as its file writes it: the amount, else the balance, else the debit."""
    for name in ("amount", "balance", "debit"):
        use = plan.fields.get(name)
        if use is not None and use.index < len(cells):
            found = parse_amount(
                cells[use.index],
                currency=currency,
                decimal_mark=use.decimal_mark,
                unit=use.unit,
                accepts_rounding=True,
            )
            if isinstance(found, Amount):
                return found.minor
    return None
