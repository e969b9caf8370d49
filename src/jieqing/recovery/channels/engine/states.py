"""What becomes of a message, step by step; the newest step that says most is its state.

``asked`` (permit used, waits for the worker) → ``claimed`` (one worker has it) → ``sent`` | ``not_sent`` | ``uncertain``; later
``delivered``, ``bounced``, ``replied``. Uncertain is left by what comes back or by a person who found out, never by time.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from jieqing.trust.compliance.engine.slots import Outcome

Pair = tuple[str, str]


class Step(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    ASKED = "asked"
    CLAIMED = "claimed"
    SENT = "sent"
    NOT_SENT = "not_sent"
    UNCERTAIN = "uncertain"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    REPLIED = "replied"


class Why(StrEnum):
    """Why a message did not leave."""

    LATE = "late"
    STANDING = "standing"
    BALANCE = "balance"
    ADDRESS = "address"
    NO_SERVER = "no_server"
    SERVER_BUSY = "server_busy"
    SERVER_REFUSED = "server_refused"
    PERSON = "person"


STEP_NAMES: dict[Step, Pair] = {
    Step.ASKED: ("等待发出", "Waiting to leave"),
    Step.CLAIMED: ("正在发送", "Being sent"),
    Step.SENT: ("已发出", "Sent"),
    Step.NOT_SENT: ("未发出", "Not sent"),
    Step.UNCERTAIN: ("是否发出未明", "Unknown whether it left"),
    Step.DELIVERED: ("已送达", "Delivered"),
    Step.BOUNCED: ("被退回", "Bounced"),
    Step.REPLIED: ("已回复", "Replied to"),
}
WHY_NAMES: dict[Why, Pair] = {
    Why.LATE: ("许可已过期，未补发", "the permit had run out; it is not sent late"),
    Why.STANDING: (
        "许可后情况有变（撤回委托、暂停或本人拒绝等），未发出",
        "what it was permitted on changed since: recalled, held, or the person said no",
    ),
    Why.BALANCE: ("余额已变化，信中数额不再正确", "the balance changed: the amounts were no longer true"),
    Why.ADDRESS: ("邮箱地址已删除", "the address is gone"),
    Why.NO_SERVER: ("没有配置邮件服务器", "no mail server is configured"),
    Why.SERVER_BUSY: ("邮件服务器暂不接收", "the mail server could not take it"),
    Why.SERVER_REFUSED: ("邮件服务器拒收", "the mail server refused it"),
    Why.PERSON: ("经人核实没有发出", "a person found that it never left"),
}
TONES: dict[Step, str] = {
    Step.SENT: "good",
    Step.DELIVERED: "good",
    Step.REPLIED: "info",
    Step.NOT_SENT: "warn",
    Step.BOUNCED: "warn",
    Step.UNCERTAIN: "bad",
}
# What came back says more than what we know of sending; what was found out says more than not knowing.
_RANK = (
    Step.ASKED,
    Step.CLAIMED,
    Step.UNCERTAIN,
    Step.NOT_SENT,
    Step.SENT,
    Step.DELIVERED,
    Step.BOUNCED,
    Step.REPLIED,
)
OUTCOMES: dict[Step, Outcome] = {
    Step.SENT: Outcome.CONVERSATION,
    Step.DELIVERED: Outcome.CONVERSATION,
    Step.REPLIED: Outcome.CONVERSATION,
    Step.BOUNCED: Outcome.NOT_CONNECTED,
    Step.NOT_SENT: Outcome.NOT_SENT,
}


def state_of(steps: Iterable[str]) -> Step:
    """The step that says most.

    Example:
        >>> state_of(["asked", "claimed", "uncertain", "delivered"]).value
        'delivered'
    """
    return max((Step(one) for one in steps), key=_RANK.index, default=Step.ASKED)
