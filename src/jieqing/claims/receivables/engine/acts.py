"""What an act on the ledger may do, and the balanced pairs it posts; no database, no clock.

Four acts. A *write-off* 核销 stops counting a debt as an asset, against the loss allowance; the claim itself stands
(账销案存), so a *recovery* may follow: money that the ledger already holds as an unapplied payment is used, the debt is
reinstated out of the allowance and settled at once. An *application* uses an open credit (credit note, unapplied payment)
on a document of the same debtor and creditor. A *set-off* 抵销 extinguishes mutual debts from the day the notice arrived
(民法典 568). None of them is a payment: what came in is said by a bank line or the creditor's books alone.

Invariant: an act never creates an amount. On no day from its own on may it take more than is there on that day, however
late it is entered: ``least_left`` looks forward, so every order of entering ends in the same open amounts. An application
moves exactly what it uses: its two pairs sum to zero.

Source: 企业会计准则第 22 号 (收回已核销的应收款); 民法典 560, 568, 569.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.kernel.outcomes import ProblemKind


class ActKind(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    WRITE_OFF = "write_off"
    APPLICATION = "application"
    RECOVERY = "recovery"
    SET_OFF = "set_off"


NEEDS_APPROVAL = frozenset({ActKind.WRITE_OFF})
USES_CREDIT = frozenset({ActKind.APPLICATION, ActKind.RECOVERY})


@dataclass(frozen=True, slots=True)
class Pair:
    """One posting to be: on the item itself or on the credit it uses."""

    is_on_credit: bool
    kind: PostingKind
    amount_minor: int


def pairs_of(kind: ActKind, amount_minor: int) -> tuple[Pair, ...]:
    """The postings of an act.

    Example:
        >>> [(pair.kind.name, pair.amount_minor) for pair in pairs_of(ActKind.RECOVERY, 5)]
        [('RECOVERY', 5), ('APPLICATION', -5), ('APPLICATION', 5)]
    """
    use = (
        Pair(False, PostingKind.APPLICATION, -amount_minor),
        Pair(True, PostingKind.APPLICATION, amount_minor),
    )
    match kind:
        case ActKind.WRITE_OFF:
            return (Pair(False, PostingKind.WRITE_OFF, -amount_minor),)
        case ActKind.SET_OFF:
            return (Pair(False, PostingKind.SET_OFF, -amount_minor),)
        case ActKind.APPLICATION:
            return use
        case ActKind.RECOVERY:
            return (Pair(False, PostingKind.RECOVERY, amount_minor), *use)


def least_left(movements: Iterable[tuple[date, int]], on: date) -> int:
    """The smallest balance from the end of ``on`` onwards: what can still be taken on that day. Never below zero.

    Example:
        >>> may, june, july = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
        >>> least_left([(may, 100), (july, -30)], june), least_left([(june, 100)], may)
        (70, 0)
    """
    by_day: dict[date, int] = {}
    for day, minor in movements:
        by_day[day] = by_day.get(day, 0) + minor
    balance = sum(minor for day, minor in by_day.items() if day <= on)
    least = balance
    for day in sorted(day for day in by_day if day > on):
        balance += by_day[day]
        least = min(least, balance)
    return max(0, least)


REASON_MISSING = ProblemKind(
    "act.reason_missing",
    "请写明原因；它会随存证保留。",
    "Say why; the reason is kept with the evidence.",
    "补上一句话即可。",
    "One sentence is enough.",
)
NOT_POSITIVE = ProblemKind(
    "act.not_positive",
    "金额必须大于零。",
    "The amount must be above zero.",
    "要取消一项处理，请用“撤回”。",
    "To undo an act, take it back.",
)
DAY_TO_COME = ProblemKind(
    "act.day_to_come",
    "生效日 {on} 还没有到。",
    "The effective day {on} is still to come.",
    "请改为今天或更早的日期。",
    "Choose today or an earlier day.",
)
BEYOND_OPEN = ProblemKind(
    "act.beyond_open",
    "{document} 从 {on} 起最多还有 {open} 未清，不够 {asked}。",
    "From {on} on, {document} has at most {open} open: less than {asked}.",
    "请改小金额，或选更晚的日期。",
    "Lower the amount or choose a later day.",
)
BEYOND_CREDIT = ProblemKind(
    "act.beyond_credit",
    "{document} 从 {on} 起最多还有 {open} 可用，不够 {asked}。",
    "From {on} on, {document} has at most {open} to use: less than {asked}.",
    "请改小金额，或另选一笔贷项或未核销回款。",
    "Lower the amount or choose another credit.",
)
BEYOND_WRITTEN_OFF = ProblemKind(
    "act.beyond_written_off",
    "{document} 从 {on} 起最多还有 {open} 已核销而未收回，不够 {asked}。",
    "From {on} on, {document} has at most {open} written off and not recovered: less than {asked}.",
    "多收的部分请退还，或冲抵其他单据。",
    "Return the rest, or apply it to another document.",
)
NOT_A_DEBT = ProblemKind(
    "act.not_a_debt",
    "{document} 不是在册的发票，不能这样处理。",
    "{document} is no invoice in the ledger: it cannot be treated so.",
    "请从一张在册的发票开始。",
    "Start from an invoice that stands in the ledger.",
)
NOT_A_CREDIT = ProblemKind(
    "act.not_a_credit",
    "没有选到同一债务人、债权人和币种的可用贷项；核销后的收回只能用未核销回款。",
    "No usable credit of the same debtor, creditor and currency; a recovery needs an unapplied payment.",
    "请从列表中选一笔。",
    "Choose one from the list.",
)
NOTICE_MISSING = ProblemKind(
    "act.notice_missing",
    "抵销要写明所依据的文件和通知到达日，且生效日不早于通知日。",
    "A set-off needs the document it rests on and the day the notice arrived; it has no effect before that day.",
    "请补上文件编号和通知日期。",
    "Add the document's number and the day of the notice.",
)
NOT_WAITING = ProblemKind(
    "act.not_waiting",
    "这项处理已经有了结果。",
    "This act has its outcome already.",
    "请刷新查看。",
    "Refresh to see it.",
)
FOUR_EYES = ProblemKind(
    "act.four_eyes",
    "核销须由提请人以外的另一个人批准。",
    "A write-off is approved by somebody else than who proposed it.",
    "请另一位有权限的同事处理。",
    "Ask a colleague with the permission.",
)
RECOVERED_SINCE = ProblemKind(
    "act.recovered_since",
    "这笔核销之后已有收回，不能先撤回核销。",
    "Money was recovered on this write-off since: it cannot be taken back first.",
    "请先撤回那笔收回。",
    "Take the recovery back first.",
)
