"""The list of items as it is declared: columns for the screen and for files, and what may be done with many."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.pages.words import KIND_WORDS
from jieqing.claims.receivables.selectors import ItemRow, Reading
from jieqing.kernel.money import to_major
from jieqing.plumbing.listing import BulkAction, Column, Listing, cells


@dataclass(frozen=True, slots=True)
class ItemView:
    """What every cell of the list needs: the reading's currency and basis, and how to write addresses."""

    currency: str
    ages_from_due: bool
    item: Callable[[UUID], str]
    debtor: Callable[[UUID], str]
    seal: Callable[..., SafeString]


def view_of(reading: Reading, site_slug: str) -> ItemView:
    query = reading.query()
    return ItemView(
        currency=reading.currency,
        ages_from_due=reading.basis.value == "due",
        item=cells.addresses("item", site_slug, query=query),
        debtor=cells.addresses("debtor", site_slug, query=query),
        seal=cells.seals(site_slug),
    )


def _age(row: ItemRow, view: ItemView) -> object:
    if not row.open_minor:
        return cells.tag(_("已结清"), "good")
    if row.open_minor < 0:
        return cells.NOTHING
    if view.ages_from_due:
        return cells.overdue(row.age_days)
    return ngettext("%(days)d 天", "%(days)d 天", row.age_days) % {"days": row.age_days}


def _kind(row: ItemRow, _view: ItemView) -> object:
    words = KIND_WORDS[row.kind]
    return words if row.kind is ItemKind.INVOICE else cells.tag(words, "info")


ITEMS = Listing(
    name="receivables.items",
    permission="ledger.read",
    default_sort="-age",
    columns=(
        Column(
            "number",
            gettext_lazy("单据号"),
            lambda row, view: cells.link(view.item(row.id), row.document_number, mono=True),
            lambda row, _view: row.document_number,
            sorts=True,
        ),
        Column(
            "debtor",
            gettext_lazy("债务人"),
            lambda row, view: cells.link(view.debtor(row.debtor_id), row.debtor_name),
            lambda row, _view: row.debtor_name,
            sorts=True,
        ),
        Column(
            "code",
            gettext_lazy("客户编码"),
            lambda row, _view: cells.text(row.debtor_code),
            lambda row, _view: row.debtor_code,
            css="mono",
            is_shown=False,
            in_every_file=True,
        ),
        Column(
            "kind",
            gettext_lazy("类型"),
            _kind,
            lambda row, _view: str(KIND_WORDS[row.kind]),
            sorts=True,
            on_phone=False,
        ),
        Column(
            "invoice",
            gettext_lazy("开票日期"),
            lambda row, _view: cells.day(row.invoice_on),
            lambda row, _view: row.invoice_on,
            sorts=True,
            css="nowrap",
            on_phone=False,
        ),
        Column(
            "due",
            gettext_lazy("到期日"),
            lambda row, _view: cells.day(row.due_on),
            lambda row, _view: row.due_on,
            sorts=True,
            css="nowrap",
        ),
        Column(
            "face",
            gettext_lazy("原始金额"),
            lambda row, view: cells.amount(row.amount_minor, view.currency),
            lambda row, _view: to_major(row.amount_minor, row.currency),
            sorts=True,
            first="down",
            descends=True,
            css="num",
            total=lambda totals, view: cells.amount(totals.faces_minor.get(view.currency, 0), view.currency),
            on_phone=False,
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
            total=lambda totals, view: cells.amount(totals.totals_minor.get(view.currency, 0), view.currency),
        ),
        Column(
            "age",
            gettext_lazy("逾期"),
            _age,
            lambda row, _view: max(0, row.age_days) if row.open_minor else 0,
            sorts=True,
            first="down",
            descends=True,
            file_label=gettext_lazy("逾期天数"),
        ),
        Column(
            "currency",
            gettext_lazy("币种"),
            lambda row, _view: row.currency,
            lambda row, _view: row.currency,
            is_shown=False,
            in_every_file=True,
        ),
        Column(
            "seal",
            gettext_lazy("存证"),
            lambda row, view: view.seal(
                row.entry_id, row.document_number, row.leaf_index, row.row_digest.hex()
            ),
            is_named=False,
        ),
    ),
    actions=(
        BulkAction("csv", gettext_lazy("导出所选 CSV"), "items-picked", "ledger.read", "export"),
        BulkAction("xlsx", gettext_lazy("导出所选 Excel"), "items-picked", "ledger.read", "export"),
    ),
)


def item_label(row: Any) -> str:
    return str(row.document_number)
