"""The sentences of one cell or one row, and how a fault becomes a Problem with its line, column and value.

A scalar parser returns a `Fault`: a code and a few words. Only here does it meet the line number and the header that
a person sees. Confirmable problems are facts that may well be true (an invoice paid more than in full): a person can
accept the code once for the source, and the row then passes with a flag.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jieqing.claims.receivables.engine import invoice_problems
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind

STAGED_ZH = "该行已暂存，可修改后重新导入。"
STAGED_EN = "The row is staged; correct it and import again."
VALUE_CHARS_MAX = 60
INVOICE_CHARS_MAX = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """What a scalar parser could not accept: a code of `SENTENCES` and the words of its sentence."""

    code: str
    words: dict[str, JSON] = field(default_factory=dict, hash=False)


# code -> (zh, en): {name} is the field's title, {value} the cell, other words come from the fault.
SENTENCES: dict[str, tuple[str, str]] = {
    "date.unreadable": ("{name}无法识别：{value}", "{name} cannot be read: {value}"),
    "date.impossible": ("{name}无法识别：{value}", "{name} is not a day that exists: {value}"),
    "date.two_digit_year": ("{name}的年份只有两位：{value}", "{name} has a two-digit year: {value}"),
    "date.ambiguous": (
        "{name}分不清月和日：{value}（可能是 {first} 或 {second}）",
        "{name} may be {first} or {second}: {value}",
    ),
    "date.other_order": (
        "{name}与本列的日期顺序（{order}）不符：{value}",
        "{name} does not fit the order of its column ({order}): {value}",
    ),
    "date.out_of_range": ("{name}超出 1970–2100 年：{value}", "{name} lies outside 1970–2100: {value}"),
    "amount.unreadable": ("{name}不是数字：{value}", "{name} is not a number: {value}"),
    "amount.percent": ("{name}是百分数，不是金额：{value}", "{name} is a percentage, not an amount: {value}"),
    "amount.too_fine": (
        "{name}的小数位比{currency}允许的 {decimals} 位多：{value}",
        "{name} has more decimals than the {decimals} of {currency}: {value}",
    ),
    "amount.too_large": ("{name}过大：{value}", "{name} is too large: {value}"),
    "amount.ambiguous": (
        "{name}分不清小数点和千分位：{value}",
        "{name}: decimal mark or thousands separator cannot be told apart: {value}",
    ),
    "amount.two_currencies": (
        "{name}带有币种 {found}，与本行币种 {currency} 不同：{value}",
        "{name} is marked {found} but the row is in {currency}: {value}",
    ),
    "currency.unknown": ("币种无法识别：{value}", "Unknown currency: {value}"),
    "currency.missing": ("币种为空", "The currency is empty"),
    "days.unreadable": ("{name}不是天数：{value}", "{name} is not a number of days: {value}"),
    "id.mangled": (
        "{name}像是被 Excel 改成了 15 位有效数字：{value}",
        "{name} looks cut to 15 digits by Excel: {value}",
    ),
    "id.too_long": ("{name}超过 {limit} 个字符", "{name} is longer than {limit} characters"),
    "text.too_long": ("{name}超过 {limit} 个字符", "{name} is longer than {limit} characters"),
    "text.nul": ("{name}含有空字符（NUL）：{value}", "{name} contains a NUL character: {value}"),
    "text.unreadable": (
        "{name}含有无法识别的字节（�）：{value}",
        "{name} contains unreadable bytes (�): {value}",
    ),
    "cell.error": ("{name}是 Excel 错误值：{value}", "{name} is an Excel error: {value}"),
    "cell.formula": ("{name}是没有计算结果的公式：{value}", "{name} is a formula without a result: {value}"),
    "cell.missing": ("缺少{name}", "{name} is missing"),
    "row.quotes": ("引号不成对，无法分列", "Quotes are not balanced, so the row cannot be split"),
    "row.too_many_cells": (
        "有 {found} 个单元格，表头只有 {expected} 列（金额里的千分位逗号没有加引号？）",
        "{found} cells but the header has {expected} columns (a thousands comma without quotes?)",
    ),
    "row.both_sides": (
        "借方和贷方都是负数或方向不清：{value}",
        "Debit and credit do not say which side the row is on: {value}",
    ),
    "row.amounts_disagree": (
        "金额 {amount}、已收 {paid}、余额 {balance} 三者不符",
        "Amount {amount}, paid {paid} and balance {balance} do not add up",
    ),
    "row.overpaid": ("已收 {paid} 超过金额 {amount}", "Paid {paid} is more than the amount {amount}"),
    "row.paid_sign": (
        "已收 {paid} 与金额 {amount} 正负相反",
        "Paid {paid} and amount {amount} have opposite signs",
    ),
    "row.due_before_invoice": (
        "到期日 {due} 早于单据日期 {invoice} 超过一年",
        "Due {due} is more than a year before the invoice date {invoice}",
    ),
    "row.due_far": (
        "到期日 {due} 比单据日期 {invoice} 晚十年以上",
        "Due {due} is more than ten years after the invoice date {invoice}",
    ),
    "row.settled_before_invoice": (
        "结清日 {settled} 早于单据日期 {invoice} 超过一年",
        "Settled {settled}, more than a year before the invoice date {invoice}",
    ),
    "row.same_key": (
        "与第 {lines} 行是同一客户、同一单据号，内容却不同",
        "Same debtor and document number as line {lines}, but different content",
    ),
    **{code: (zh, en) for code, (zh, en, _todo_zh, _todo_en) in invoice_problems.SENTENCES.items()},
}

CONFIRMABLE = frozenset({
    "row.amounts_disagree", "row.overpaid", "row.due_before_invoice", "row.due_far", "row.settled_before_invoice", "row.paid_sign",
    "date.two_digit_year", "id.mangled", "amount.too_fine",
})  # fmt: skip

TODOS: dict[str, tuple[str, str]] = {
    "date.two_digit_year": (
        "请写成四位年份，或确认按 {reading} 读取。",
        "Write four digits, or confirm {reading}.",
    ),
    "date.ambiguous": ("请在对应关系里选择日期顺序。", "Choose the date order in the mapping."),
    "date.other_order": ("请改成 2026-01-05 这样的写法。", "Write it like 2026-01-05."),
    "id.mangled": (
        "请在 Excel 中把该列设为“文本”后重新导出；如确为原号，可确认接受。",
        "Format the column as text in Excel and export again; or confirm if the number is right.",
    ),
    "amount.too_fine": (
        "请改为 {decimals} 位小数，或确认四舍五入。",
        "Use {decimals} decimals, or confirm rounding half up.",
    ),
    "cell.formula": (
        "请用 Excel 打开并保存一次，再上传。",
        "Open the file in Excel, save it once and upload again.",
    ),
    "row.same_key": (
        "如果是同一单据的多行明细，请选择“合并明细行”；否则请改正单据号。",
        "If they are lines of one document, choose to sum them; otherwise correct the number.",
    ),
    **{code: (todo_zh, todo_en) for code, (_zh, _en, todo_zh, todo_en) in invoice_problems.SENTENCES.items()},
}


def cell_problem(
    fault: Fault, *, line_no: int, field_name: str, header: str, value: str, title: tuple[str, str]
) -> Problem:
    """Return the Problem that a person reads: line, what is wrong, and that the row waits."""
    chars_max = INVOICE_CHARS_MAX if fault.code in invoice_problems.SENTENCES else VALUE_CHARS_MAX
    shown = value if len(value) <= chars_max else value[:chars_max] + "…"
    zh, en = SENTENCES[fault.code]
    todo_zh, todo_en = TODOS.get(fault.code, ("请改正后重新导入。", "Correct it and import again."))
    details: dict[str, JSON] = {
        "line": line_no, "field": field_name, "column": header, "value": shown,
        "confirmable": fault.code in CONFIRMABLE, **fault.words,
    }  # fmt: skip
    words = {**fault.words, "value": shown}
    kind = ProblemKind(
        f"row.{fault.code}" if not fault.code.startswith("row.") else fault.code,
        f"第 {line_no} 行" + zh.format(name=title[0], **words) + "。" + STAGED_ZH,
        f"Line {line_no}: " + en.format(name=title[1], **words) + ". " + STAGED_EN,
        todo_zh.format(**words),
        todo_en.format(**words),
    )
    return Problem(kind.code, kind.zh, kind.en, kind.todo_zh, kind.todo_en, details)
