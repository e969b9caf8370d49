"""What an enquiry is: who asks about what, how to reach them, what became of it.

An enquiry is a question that somebody puts to a site from outside. It is no case and creates no debt, no contact and no
permission to contact: it is answered, declined with a reason, or withdrawn by whoever asked. A name, a way to be reached
and a story are all that is asked for; identity numbers, bank cards and documents are not.

Refuses, as a Problem: a contact that is neither an e-mail address nor a telephone number.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jieqing.kernel.outcomes import Problem

Pair = tuple[str, str]
"""The same words in Chinese and in English."""

NAME_LENGTH_MAX, CONTACT_LENGTH_MAX, STORY_LENGTH_MIN, STORY_LENGTH_MAX = 60, 254, 5, 4000


class Topic(StrEnum):
    GENUINE = "genuine"
    MY_DEBT = "my_debt"
    HARDSHIP = "hardship"
    COMPLAINT = "complaint"
    RECOVERY = "recovery"
    OTHER = "other"


class Asker(StrEnum):
    CREDITOR = "creditor"
    DEBTOR = "debtor"
    OTHER = "other"


class ContactKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"


class State(StrEnum):
    """What a row of an enquiry's history says. ``ERASED`` may follow any other; the rest of the endings exclude each other."""

    RECEIVED = "received"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


ENDINGS = (State.ANSWERED, State.DECLINED, State.WITHDRAWN)
REPLIES = (State.ANSWERED, State.DECLINED)

TOPIC_NAMES: dict[Topic, Pair] = {
    Topic.GENUINE: ("核实来电、来函是否属实", "Is this call or letter genuine?"),
    Topic.MY_DEBT: ("核对欠款、对金额有异议", "What I owe, or I dispute it"),
    Topic.HARDSHIP: ("有困难，想协商还款", "I am in difficulty and want to agree a plan"),
    Topic.COMPLAINT: ("投诉或建议", "A complaint or a suggestion"),
    Topic.RECOVERY: ("有应收账款需要处理", "I have receivables to recover"),
    Topic.OTHER: ("其他", "Something else"),
}
ASKER_NAMES: dict[Asker, Pair] = {
    Asker.DEBTOR: ("收到联系的一方（债务人、担保人）", "I was contacted (debtor, guarantor)"),
    Asker.CREDITOR: ("债权人", "Creditor"),
    Asker.OTHER: ("其他人", "Somebody else"),
}
STATE_NAMES: dict[State, Pair] = {
    State.RECEIVED: ("待答复", "Waiting"),
    State.ANSWERED: ("已答复", "Answered"),
    State.DECLINED: ("不予办理", "Declined"),
    State.WITHDRAWN: ("已撤回", "Withdrawn"),
    State.ERASED: ("内容已删除", "Erased"),
}

_EMAIL = re.compile(r"[^\s@<>\"(),:;\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PHONE = re.compile(r"\+?[0-9]{7,15}")
_LOOSE = re.compile(r"[\s\-()‐-―]")
# Without 0, 1, I, L, O: a reference is read out on the telephone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

CONTACT_UNREADABLE = Problem(
    code="enquiry.contact",
    zh="联系方式不是邮箱，也不是电话号码。",
    en="The contact is neither an e-mail address nor a telephone number.",
    todo_zh="请填写一个邮箱（例如 name@example.com）或一个电话号码（例如 13800000000）。",
    todo_en="Give one e-mail address (name@example.com) or one telephone number (+86 138 0000 0000).",
)


@dataclass(frozen=True, slots=True)
class Contact:
    kind: ContactKind
    value: str


def read_contact(text: str) -> Contact | Problem:
    """The one way to be reached that somebody typed; full-width digits, spaces and hyphens are accepted.

    Example:
        >>> read_contact("１３８ 0000-0000").value, read_contact("A@b.cn").kind.value, read_contact("微信 abc").code
        ('13800000000', 'email', 'enquiry.contact')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) <= CONTACT_LENGTH_MAX and _EMAIL.fullmatch(plain) and "." in plain.rpartition("@")[2]:
        return Contact(ContactKind.EMAIL, plain)
    digits = _LOOSE.sub("", plain)
    return Contact(ContactKind.PHONE, digits) if _PHONE.fullmatch(digits) else CONTACT_UNREADABLE


def masked_contact(contact: Contact) -> str:
    """A contact as lists show it.

    Example:
        >>> masked_contact(Contact(ContactKind.PHONE, "13812345678")), masked_contact(Contact(ContactKind.EMAIL, "li@a.cn"))
        ('138****5678', 'l***@a.cn')
    """
    if contact.kind is ContactKind.EMAIL:
        name, _, host = contact.value.partition("@")
        return f"{name[:1]}***@{host}"
    shown = contact.value[:3] if len(contact.value) >= 11 else ""
    return f"{shown}****{contact.value[-4:]}"


def masked_name(name: str) -> str:
    """The first character of a name.

    Example:
        >>> masked_name("张伟民"), masked_name("")
        ('张**', '')
    """
    return name[:1] + "**" if name else ""


def reference_of(day: date, randomness: bytes) -> str:
    """A receipt number that nobody can count enquiries by: the day and six characters of randomness.

    Example:
        >>> reference_of(date(2026, 11, 22), bytes([0, 1, 2, 30, 31, 255]))
        'ZX261122-234Z29'
    """
    tail = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in randomness[:6])
    return f"ZX{day:%y%m%d}-{tail}"


def words(names: Pair, lang: str) -> str:
    """One of a pair, by language."""
    return names[0 if lang == "zh" else 1]
