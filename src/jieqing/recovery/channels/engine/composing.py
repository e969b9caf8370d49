"""An e-mail put together: the filed words, both amounts where the words tell of the debt, who writes and how to object or stop.

The remaining balance is what is asked for; the original amount stands apart and is said not to be due. Where the listener is not
verified nothing of this is written: the subject never names the debt, because a subject shows on a locked screen.
Source: peers.md 4.13 (amount due is not balance due), law.md GBT-03, PI-03b.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jieqing.kernel.money import format_amount

# What the ledger alone says: nobody types an amount into a letter.
LEDGER_VALUES = ("amount", "balance")
MONEY_TYPED = frozenset({"interest", "discount", "paid", "plan_amount"})


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is open at a moment, and what the documents once came to."""

    remaining_minor: int
    original_minor: int
    currency: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Composed:
    """An e-mail as it leaves."""

    subject: str
    body: str


def system_values(
    *, agency: str, agent: str, debtor: str, creditor: str, amounts: Amounts, items: int, lang: str
) -> dict[str, str]:
    """The values of a script that rows tell: no typing, no mistake."""
    remaining = format_amount(amounts.remaining_minor, amounts.currency, lang)
    return {
        "agency": agency,
        "agent": agent,
        "debtor": debtor,
        "creditor": creditor,
        "amount": remaining,
        "balance": remaining,
        "as_of": _day(amounts.as_of, lang),
        "items": f"{items}笔" if lang == "zh" else str(items),
    }


def chosen_values(
    variables: tuple[str, ...], told: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, str]:
    """Rows first: what is typed counts only where they tell nothing."""
    return {name: told.get(name) or typed.get(name, "").strip() for name in variables}


def compose(text: str, *, lang: str, agency: str, reference: str, amounts: Amounts | None) -> Composed:
    """Put the letter together; ``amounts`` only where the words tell of the debt to somebody who is known."""
    parts = [text.strip()]
    is_zh = lang == "zh"
    if amounts is not None:
        remaining = format_amount(amounts.remaining_minor, amounts.currency, lang)
        original = format_amount(amounts.original_minor, amounts.currency, lang)
        as_of = _day(amounts.as_of, lang)
        parts.append(
            f"截至{as_of}的未清余额：{remaining}\n单据原始金额（仅供核对，不是应付数）：{original}"
            if is_zh
            else f"Balance open on {as_of}: {remaining}\nOriginal amount of the documents (for checking, not the amount due): {original}"
        )
    parts.append(
        f"本邮件由{agency}发出，编号 {reference}。直接回复即可与经办人联系；认为内容有误，请在回复中说明，我们会核对并答复。\n"
        "如不希望再收到邮件，请回复“退订”。"
        if is_zh
        else f"This message comes from {agency}, reference {reference}. Reply to reach whoever handles it; if anything is wrong, "
        'say so in the reply: we check and answer.\nTo get no more e-mail, reply "unsubscribe".'
    )
    subject = f"{agency}来信 {reference}" if is_zh else f"A letter from {agency} {reference}"
    return Composed(subject, "\n\n".join(parts) + "\n")


def _day(on: date, lang: str) -> str:
    return f"{on.year}年{on.month}月{on.day}日" if lang == "zh" else on.isoformat()
