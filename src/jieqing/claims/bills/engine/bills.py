"""The life of an acceptance bill, and what the law says when it is refused; no database, no clock.

A bill that a debtor hands over covers the debt under a condition: it is honoured, or the debt is owed again. Between the two it
may be endorsed to somebody, discounted at a bank, presented for payment; endorsed and discounted bills can come back. A bill
entered by mistake is withdrawn as if it had never been.

What a refusal revives stands from the day of 票据法 70: the due day, or the day of presentation when that was later; when it is
refused before it is due (61, second paragraph), the day of the refusal. Recourse is lost by time: presented more than ten days
after the due day (53), no notice within three days (66: damages, not loss), six months from the refusal against those before
us, two years from the due day against drawer and acceptor (17).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jieqing.kernel.outcomes import Problem, ProblemKind


class BillKind(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    BANK = "bank"
    COMMERCIAL = "commercial"


class Step(StrEnum):
    RECEIVED = "received"
    ENDORSED = "endorsed"
    DISCOUNTED = "discounted"
    PRESENTED = "presented"
    HONOURED = "honoured"
    DISHONOURED = "dishonoured"
    WITHDRAWN = "withdrawn"


_HELD = (Step.ENDORSED, Step.DISCOUNTED, Step.PRESENTED, Step.HONOURED, Step.DISHONOURED, Step.WITHDRAWN)
NEXT: dict[Step, tuple[Step, ...]] = {
    Step.RECEIVED: _HELD,
    Step.ENDORSED: (Step.HONOURED, Step.DISHONOURED),
    Step.DISCOUNTED: (Step.HONOURED, Step.DISHONOURED),
    Step.PRESENTED: (Step.HONOURED, Step.DISHONOURED),
    Step.HONOURED: (),
    Step.DISHONOURED: (),
    Step.WITHDRAWN: (),
}
PRESENTATION_DAYS = 10
NOTICE_DAYS = 3


@dataclass(frozen=True, slots=True)
class Recourse:
    """The days of a refused bill: what revives when, and how long whom can be asked."""

    revived_on: date
    present_until: date
    notify_until: date
    endorsers_until: date
    drawer_until: date
    is_presented_late: bool


def follow(last: Step, last_on: date, step: Step, on: date, today: date) -> Problem | None:
    """Why a step cannot follow, or None."""
    if step not in NEXT[last]:
        return Problem.of(NOT_NEXT)
    if on < last_on or on > today:
        return Problem.of(DAY_OUT, since=last_on.isoformat(), until=today.isoformat())
    return None


def recourse_of(*, due_on: date, presented_on: date | None, refused_on: date) -> Recourse:
    """The days that follow from a refusal.

    Example:
        >>> due, refused = date(2026, 6, 30), date(2026, 7, 5)
        >>> recourse_of(due_on=due, presented_on=date(2026, 7, 2), refused_on=refused).revived_on.isoformat()
        '2026-07-02'
        >>> recourse_of(due_on=due, presented_on=None, refused_on=date(2026, 5, 1)).revived_on.isoformat()
        '2026-05-01'
    """
    asked = presented_on or due_on
    revived = refused_on if refused_on < due_on else min(max(due_on, asked), refused_on)
    present_until = due_on + timedelta(days=PRESENTATION_DAYS)
    return Recourse(
        revived_on=revived,
        present_until=present_until,
        notify_until=refused_on + timedelta(days=NOTICE_DAYS),
        endorsers_until=_months_later(refused_on, 6),
        drawer_until=_months_later(due_on, 24),
        is_presented_late=asked > present_until,
    )


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, its last one where there is none (票据法 107: by calendar months)."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise ValueError("every month has 28 days")


NOT_NEXT = ProblemKind(
    "bill.not_next",
    "这张汇票现在的状态不能这样处理。",
    "The bill's state does not allow this step.",
    "请刷新后查看最近一步。",
    "Refresh and look at its last step.",
)
DAY_OUT = ProblemKind(
    "bill.day_out",
    "日期要在上一步（{since}）与今天（{until}）之间。",
    "The day lies between the last step ({since}) and today ({until}).",
    "请核对日期。",
    "Check the day.",
)
NUMBER_MISSING = ProblemKind(
    "bill.number_missing",
    "请填写票据号、出票人和承兑人。",
    "Fill in the bill's number, drawer and acceptor.",
    "三项都在票面上。",
    "All three stand on the bill.",
)
DUE_BEFORE = ProblemKind(
    "bill.due_before",
    "到期日早于收到日：到期的汇票请先提示付款，不能再用来抵款。",
    "The bill was due before it was received: present it first, it cannot cover a debt any more.",
    "请核对到期日和收到日。",
    "Check both days.",
)
TWICE = ProblemKind(
    "bill.twice",
    "票据号 {number} 已经登记过。",
    "The bill {number} has been entered already.",
    "请打开已有的那一张。",
    "Open the one that is there.",
)
NOTE_MISSING = ProblemKind(
    "bill.note_missing",
    "请写明原因或对方，例如拒付理由、被背书人。",
    "Say why or to whom, such as the reason of the refusal or the endorsee.",
    "补上一句话即可。",
    "One sentence is enough.",
)
REST_USED = ProblemKind(
    "bill.rest_used",
    "这张汇票多出的部分已经用在别的单据上，不能撤回登记。",
    "What the bill left over was used on another document since: it cannot be withdrawn.",
    "请先撤回那项处理；如系拒付，请登记拒付。",
    "Take that act back first; if the bill was refused, enter the refusal.",
)
BILL_UNKNOWN = ProblemKind(
    "bill.unknown",
    "没有这张汇票，或您无权查看。",
    "There is no such bill, or you may not see it.",
    "请从汇票列表中重新打开。",
    "Open it from the list again.",
)
