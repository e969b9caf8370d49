"""What stands in braces: a closed list of typed variables, which of them tell of the debt, and how a text is filled.

A text names its variables; the list gives each a kind, so that an amount is never filled with a date. ``tells_debt`` marks
what reveals that somebody owes: a script with one of them may only be used once the listener is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_BRACES = re.compile(r"\{([a-z_]+)\}")
_ANY_BRACE = re.compile(r"[{}]")


class Kind(StrEnum):
    NAME = "name"
    TEXT = "text"
    MONEY = "money"
    DAY = "day"
    COUNT = "count"
    NUMBER = "number"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Variable:
    """A place in a text: what it means, and an example for previews (nobody real)."""

    name: str
    kind: Kind
    zh: str
    en: str
    example: str
    tells_debt: bool = False


def _named(*found: Variable) -> dict[str, Variable]:
    return {one.name: one for one in found}


VARIABLES = _named(
    Variable("agency", Kind.NAME, "本机构名称", "Our name", "太湖应收管理中心"),
    Variable("agent", Kind.NAME, "联系人姓名", "Who speaks", "小梁"),
    Variable("agent_no", Kind.NUMBER, "工号", "Staff number", "0206"),
    Variable("hotline", Kind.PHONE, "公开热线", "Public hotline", "0510-00000000"),
    Variable("portal", Kind.ADDRESS, "债务人门户地址", "Address of the portal", "qing.example/p"),
    Variable("lawyer", Kind.NAME, "承办律师", "Lawyer in charge", "方敏"),
    Variable("mediator", Kind.NAME, "调解组织", "Mediation organisation", "滨湖区人民调解委员会"),
    Variable("place", Kind.TEXT, "面谈地点", "Where to meet", "贵公司会议室"),
    Variable("debtor", Kind.NAME, "对方称呼", "Whom we speak to", "孟女士"),
    Variable("call_time", Kind.TEXT, "约定时间", "Agreed time", "周四15:00"),
    Variable("answer_by", Kind.DAY, "答复期限", "Answer by", "2026年12月10日"),
    Variable("as_of", Kind.DAY, "数额截止日", "Figures as of", "2026年11月22日"),
    Variable("hold_until", Kind.DAY, "截止日", "Until", "2027年2月28日"),
    Variable("complaint_no", Kind.NUMBER, "投诉编号", "Complaint number", "T-0118"),
    Variable("court", Kind.NAME, "法院", "Court", "滨湖区人民法院"),
    Variable("document", Kind.TEXT, "文书名称与编号", "Paper and its number", "受理通知书第0713号"),
    Variable("creditor", Kind.NAME, "债权人", "Creditor", "江南轴承有限公司", True),
    Variable("original", Kind.NAME, "原债权人", "Former creditor", "江南轴承有限公司", True),
    Variable("principal_debtor", Kind.NAME, "主债务人", "Principal debtor", "宏达机械有限公司", True),
    Variable("contract", Kind.NUMBER, "合同编号", "Contract", "JN-0713", True),
    Variable("invoice", Kind.NUMBER, "单据号", "Document", "INV-2291", True),
    Variable("items", Kind.COUNT, "笔数", "Items", "3笔", True),
    Variable("amount", Kind.MONEY, "金额", "Amount", "12,480.00元", True),
    Variable("balance", Kind.MONEY, "余额", "Balance", "10,400.00元", True),
    Variable("interest", Kind.MONEY, "利息", "Interest", "133.10元", True),
    Variable("discount", Kind.MONEY, "减免或差额", "Reduction", "426.00元", True),
    Variable("paid", Kind.MONEY, "已付金额", "Paid", "2,080.00元", True),
    Variable("plan_amount", Kind.MONEY, "每期金额", "Instalment", "2,080.00元", True),
    Variable("plan_count", Kind.COUNT, "期数", "Instalments", "6", True),
    Variable("plan_index", Kind.COUNT, "第几期", "Which instalment", "2", True),
    Variable("plan_day", Kind.COUNT, "每月几日", "Day of the month", "16", True),
    Variable("plan_no", Kind.NUMBER, "协议编号", "Agreement", "P-0316", True),
    Variable("dispute_no", Kind.NUMBER, "异议编号", "Dispute number", "D-0187", True),
    Variable("settle_no", Kind.NUMBER, "结清证明编号", "Certificate", "J-5520", True),
    Variable("overdue_days", Kind.COUNT, "逾期天数", "Days past due", "47", True),
    Variable("due_on", Kind.DAY, "应付日", "Due on", "2026年10月15日", True),
    Variable("pay_by", Kind.DAY, "约定付款日", "Agreed day", "2026年12月16日", True),
    Variable("paid_on", Kind.DAY, "付款或更新日", "Paid on", "2026年11月16日", True),
    Variable("first_on", Kind.DAY, "首期日", "First payment on", "2026年12月16日", True),
    Variable("guarantee_until", Kind.DAY, "保证期间届满日", "Guarantee until", "2027年3月14日", True),
)


def names_in(body: str) -> tuple[str, ...]:
    """The variables of a text, in order, once each."""
    return tuple(dict.fromkeys(_BRACES.findall(body)))


def without_variables(body: str) -> str:
    """The words alone, for what looks at words."""
    return _BRACES.sub("", body)


def has_stray_brace(body: str) -> bool:
    """A brace that is no variable would be sent as it stands."""
    return bool(_ANY_BRACE.search(without_variables(body)))


def filled(body: str, values: Mapping[str, str]) -> str:
    """The text with its values. Errors: KeyError when one is missing; nothing is ever sent with a hole."""
    return _BRACES.sub(lambda found: values[found.group(1)], body)


def example(body: str) -> str:
    """The text as a preview shows it, filled with nobody's data."""
    return filled(body, {name: VARIABLES[name].example for name in names_in(body) if name in VARIABLES})
