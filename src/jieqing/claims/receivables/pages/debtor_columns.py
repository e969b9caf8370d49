"""The list of debtors as it is declared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from jieqing.claims.receivables.selectors import Reading
from jieqing.kernel.money import to_major
from jieqing.plumbing.listing import BulkAction, Column, Listing, cells


@dataclass(frozen=True, slots=True)
class DebtorView:
    currency: str
    debtor: Callable[[UUID], str]


def view_of(reading: Reading, site_slug: str) -> DebtorView:
    return DebtorView(reading.currency, cells.addresses("debtor", site_slug, query=reading.query()))


DEBTORS = Listing(
    name="receivables.debtors",
    permission="ledger.read",
    default_sort="-amount",
    columns=(
        Column(
            "name",
            gettext_lazy("债务人"),
            lambda row, view: cells.link(view.debtor(row.debtor_id), row.name),
            lambda row, _view: row.name,
            sorts=True,
        ),
        Column(
            "code",
            gettext_lazy("客户编码"),
            lambda row, _view: cells.text(row.code),
            lambda row, _view: row.code,
            css="mono",
            in_every_file=True,
        ),
        Column(
            "amount",
            gettext_lazy("未清金额"),
            lambda row, view: cells.amount(row.open_minor, view.currency),
            lambda row, _view: to_major(row.open_minor, row.currency),
            sorts=True,
            first="down",
            descends=True,
            css="num",
            total=lambda page, view: cells.amount(page.total_open_minor, view.currency),
        ),
        Column(
            "overdue",
            gettext_lazy("其中逾期"),
            lambda row, view: cells.amount(row.overdue_minor, view.currency),
            lambda row, _view: to_major(row.overdue_minor, row.currency),
            sorts=True,
            first="down",
            descends=True,
            css="num",
            total=lambda page, view: cells.amount(page.total_overdue_minor, view.currency),
        ),
        Column(
            "days",
            gettext_lazy("最长逾期"),
            lambda row, _view: cells.overdue(row.overdue_days_max),
            lambda row, _view: row.overdue_days_max,
            sorts=True,
            first="down",
            descends=True,
        ),
        Column(
            "items",
            gettext_lazy("笔数"),
            lambda row, _view: cells.count(row.items),
            lambda row, _view: row.items,
            sorts=True,
            first="down",
            descends=True,
            css="num",
        ),
        Column(
            "overdue_items",
            gettext_lazy("逾期笔数"),
            lambda row, _view: cells.count(row.overdue_items),
            lambda row, _view: row.overdue_items,
            css="num",
            is_shown=False,
        ),
        Column(
            "currency",
            gettext_lazy("币种"),
            lambda row, _view: row.currency,
            lambda row, _view: row.currency,
            is_shown=False,
            in_every_file=True,
        ),
    ),
    actions=(
        BulkAction("csv", gettext_lazy("导出所选 CSV"), "debtors-picked", "ledger.read", "export"),
        BulkAction("xlsx", gettext_lazy("导出所选 Excel"), "debtors-picked", "ledger.read", "export"),
    ),
)


def debtor_label(row: Any) -> str:
    return str(row.name)


def debtor_key(row: Any) -> UUID:
    found: UUID = row.debtor_id
    return found
