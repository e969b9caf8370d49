"""What a contact is for, in the gate's words. A closed list."""

from enum import StrEnum

Pair = tuple[str, str]


class Purpose(StrEnum):
    """Values are a contract: never rename one."""

    COLLECT = "collect"
    LOCATE = "locate"
    PASS_MESSAGE = "pass_message"  # noqa: S105  # a purpose, no password
    IDENTITY_CHECK = "identity_check"
    PLAN_OFFER = "plan_offer"
    LEGAL_NOTICE = "legal_notice"


PURPOSE_NAMES: dict[Purpose, Pair] = {
    Purpose.COLLECT: ("提醒还款", "Asking for payment"),
    Purpose.LOCATE: ("询问下落", "Asking where the debtor is"),
    Purpose.PASS_MESSAGE: ("请其转告", "Having a message passed on"),
    Purpose.IDENTITY_CHECK: ("核实身份", "Checking who answers"),
    Purpose.PLAN_OFFER: ("商谈方案", "Offering a plan"),
    Purpose.LEGAL_NOTICE: ("法律通知", "Legal notice"),
}
