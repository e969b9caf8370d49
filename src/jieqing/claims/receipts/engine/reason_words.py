"""Why a suggestion was made, in words: each code with its Chinese and English sentence."""

from __future__ import annotations

from jieqing.kernel.money import plain_amount

REASONS: dict[str, tuple[str, str]] = {
    "exact": ("金额与未收金额完全一致（{value}）", "Amount equals what is open ({value})"),
    "sum": ("金额等于 {value} 笔未收之和", "Amount equals {value} open documents together"),
    "reference": ("附言里写了单据号：{value}", "Document number in the text: {value}"),
    "name": ("付款人就是债务人：{value}", "The payer is the debtor: {value}"),
    "name_core": ("付款人与债务人只差组织形式或被截断：{value}", "Payer and debtor differ in the legal form only, or the name is cut: {value}"),
    "name_pinyin": ("付款人是债务人名称的拼音：{value}", "The payer is the debtor's name in pinyin: {value}"),
    "history": ("这个付款人以前为该债务人付过款", "This payer has paid for the debtor before"),
    "only": ("同一金额只有这一笔未收", "No other open document has this amount"),
    "near": ("金额接近 {value}", "Amount is close to {value}"),
    "part": ("支付了 {value} 等单据的一部分或更多", "Pays part of {value}, or more"),
    "order": ("按到期先后抵充（《民法典》第五百六十条）", "Applied in the order of due dates (Civil Code 560)"),
    "chosen": ("人工选择的单据", "Documents chosen by a person"),
}  # fmt: skip
FLAGS: dict[str, tuple[str, str]] = {
    "fee": ("少 {value}，可能是银行手续费", "{value} short: possibly a bank fee"),
    "rounding": ("相差 {value}，可能是抹零", "{value} apart: possibly rounding"),
}


def reason_text(code: str, value: str, lang: str) -> str:
    zh, en = REASONS[code]
    return (zh if lang == "zh" else en).format(value=value)


def flag_text(code: str, value: str, currency: str, lang: str) -> str:
    zh, en = FLAGS[code]
    return (zh if lang == "zh" else en).format(value=plain_amount(int(value), currency))
