"""The words of the import pages: names of fields, of kinds of problems, of skipped rows and of states.

A kind of problem is a title over its rows ("到期日无法识别 · 12 行"); the sentence of one row, with its value, comes
from the engine. The test `test_every_kind_has_a_title` holds both lists together.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jieqing.claims.receivables.engine.row_problems import CONFIRMABLE
from jieqing.claims.receivables.engine.vocabulary import TITLES
from jieqing.claims.receivables.models import BatchState
from jieqing.plumbing.templatetags.kit import lang

KEEP_AS_EXTRA = ""
LEAVE_OUT = "ignore"

KIND_TITLES: Mapping[str, Any] = {
    "date.unreadable": _("%(name)s无法识别"),
    "date.impossible": _("%(name)s不是存在的日期"),
    "date.two_digit_year": _("%(name)s的年份只有两位"),
    "date.ambiguous": _("%(name)s分不清月和日"),
    "date.other_order": _("%(name)s与本列的日期顺序不符"),
    "date.out_of_range": _("%(name)s超出 1970–2100 年"),
    "amount.unreadable": _("%(name)s不是数字"),
    "amount.percent": _("%(name)s是百分数"),
    "amount.too_fine": _("%(name)s的小数位过多"),
    "amount.too_large": _("%(name)s过大"),
    "amount.ambiguous": _("%(name)s分不清小数点和千分位"),
    "amount.two_currencies": _("%(name)s带有另一种币种"),
    "currency.unknown": _("币种无法识别"),
    "currency.missing": _("币种为空"),
    "days.unreadable": _("%(name)s不是天数"),
    "id.mangled": _("%(name)s像是被 Excel 改成了 15 位"),
    "id.too_long": _("%(name)s过长"),
    "text.too_long": _("%(name)s过长"),
    "text.nul": _("%(name)s含有空字符"),
    "text.unreadable": _("%(name)s含有乱码"),
    "cell.error": _("%(name)s是 Excel 错误值"),
    "cell.formula": _("%(name)s是没有结果的公式"),
    "cell.missing": _("缺少%(name)s"),
    "row.quotes": _("引号不成对，无法分列"),
    "row.too_many_cells": _("单元格比表头多"),
    "row.both_sides": _("借方和贷方方向不清"),
    "row.amounts_disagree": _("金额、已收、余额三者不符"),
    "row.overpaid": _("已收超过金额"),
    "row.paid_sign": _("已收与金额正负相反"),
    "row.due_before_invoice": _("到期日早于单据日期一年以上"),
    "row.due_far": _("到期日比单据日期晚十年以上"),
    "row.settled_before_invoice": _("结清日早于单据日期一年以上"),
    "row.same_key": _("单据号重复，内容不同"),
    "invoice.sum": _("金额加税额不等于价税合计"),
    "invoice.amounts": _("发票的金额无法识别"),
    "invoice.no_data": _("发票没有号码或价税合计"),
    "invoice.unsafe": _("XML 含有 DOCTYPE，没有打开"),
    "invoice.broken": _("XML 不完整或已损坏"),
    "invoice.unknown": _("不是认识的电子发票"),
    "invoice.ofd": _("OFD 里没有发票数据"),
    "invoice.pdf": _("PDF 里没有嵌入的发票数据"),
    "invoice.damaged": _("文件已损坏，无法解压"),
    "invoice.too_big": _("文件解压后过大"),
    "invoice.path": _("文件名指向压缩包外"),
    "invoice.password": _("压缩包里的文件有密码"),
    "invoice.nested": _("压缩包里还有压缩包"),
    "invoice.differs": _("账本里已有这张发票，内容不同"),
    "invoice.known": _("账本里已有这张发票"),
    "invoice.purchase": _("别人开给债权人的发票，不是应收"),
}
OTHER_KIND = _("其他问题")
# Problems of a whole row name no column; these are the cells a person looks at.
RELATED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "row.amounts_disagree": ("amount", "debit", "credit", "paid", "balance"),
    "row.overpaid": ("amount", "debit", "credit", "paid", "balance"),
    "row.paid_sign": ("amount", "debit", "credit", "paid", "balance"),
    "row.both_sides": ("debit", "credit"),
    "row.due_before_invoice": ("invoice_on", "due_on"),
    "row.due_far": ("invoice_on", "due_on"),
    "row.settled_before_invoice": ("invoice_on", "settled_on"),
    "row.same_key": ("debtor_code", "debtor_name", "document_number"),
    "cell.missing": ("debtor_code", "debtor_name"),
    **dict.fromkeys(
        (
            "invoice.no_data",
            "invoice.unsafe",
            "invoice.broken",
            "invoice.unknown",
            "invoice.ofd",
            "invoice.pdf",
            "invoice.damaged",
            "invoice.too_big",
            "invoice.path",
            "invoice.password",
            "invoice.nested",
        ),
        ("document_number", "debtor_name", "invoice_on", "amount", "currency"),
    ),
    "invoice.sum": ("document_number", "debtor_name", "amount"),
    "invoice.amounts": ("document_number", "debtor_name", "amount"),
    "invoice.differs": ("document_number", "debtor_name", "invoice_on", "amount"),
}
SKIP_TITLES: Mapping[str, Any] = {
    "title": pgettext_lazy("row", "标题"),
    "header": pgettext_lazy("row", "表头"),
    "header_repeat": _("重复的表头"),
    "blank": _("空行"),
    "total": pgettext_lazy("row", "合计"),
    "subtotal": pgettext_lazy("row", "小计"),
    "footer": _("表尾说明"),
    "duplicate": _("与前面某行完全相同"),
    "known": _("账本里已有这张发票，内容一致"),
}
STATES: Mapping[str, tuple[Any, str]] = {
    BatchState.DRAFT: (pgettext_lazy("batch", "待确认"), "info"),
    BatchState.COMMITTED: (pgettext_lazy("batch", "已入账"), "good"),
    BatchState.UNDONE: (pgettext_lazy("batch", "已撤销"), ""),
    BatchState.DROPPED: (pgettext_lazy("batch", "已放弃"), ""),
}
CURRENCY_SOURCES: Mapping[str, Any] = {
    "column": _("来自币种列，逐行不同"),
    "header": _("来自金额列的列名"),
    "title": _("来自标题行"),
    "cells": _("来自金额单元格的符号"),
}


def field_title(name: str) -> str:
    """The name of one of our fields in the reader's language."""
    titles = TITLES.get(name)
    return (titles[0] if lang() == "zh" else titles[1]) if titles else name


def kind_of(code: str) -> str:
    """A problem's code as the engine's sentences know it: cells' codes arrive with ``row.`` before them."""
    bare = code.removeprefix("row.")
    return bare if bare in KIND_TITLES else code


def is_confirmable(code: str) -> bool:
    """Whether rows of this kind may be right as they stand, so that a person can accept them."""
    return kind_of(code) in CONFIRMABLE


def kind_title(code: str, field: str = "") -> str:
    title = KIND_TITLES.get(kind_of(code))
    if title is None:
        return str(OTHER_KIND)
    return str(title % {"name": field_title(field)}) if "%(name)s" in str(title) else str(title)
