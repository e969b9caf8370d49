"""Ways to reach somebody: how a written one is read, compared, shown and placed on the clock.

A contact point is one number, address or account of a party, or of somebody through whom the party may be reached
(`BelongsTo`). Two spellings of one number are one point: `read_point` gives the canonical form that is sealed, and
that the lookup digest is made of. A number is shown masked; only the door of `access` opens it.

A time zone is a fact about a person, never a wish. A number of the mainland's numbering plan belongs to a subscriber
who lives by Beijing time, the one official time of the whole plan, so it carries its zone; so do Hong Kong, Macau and
Taiwan. Every other number, and every e-mail address, has none until a person states it, and the gate denies what needs it.

Refuses, as a Problem: text that is no number, no e-mail address or nothing at all.
Source: law.md PI-17, PI-20 (masks), GBT-05 (local time of the debtor).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from jieqing.kernel.outcomes import Problem, ProblemKind

VALUE_CHARS_MAX = 254
HOLDER_CHARS_MAX = 80
Pair = tuple[str, str]


class PointKind(StrEnum):
    """Values stand in rows: never rename one."""

    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    ADDRESS = "address"
    IM = "im"


class BelongsTo(StrEnum):
    """Who answers at a point, in the words of the gate's facts (`role`)."""

    DEBTOR = "debtor"
    GUARANTOR = "guarantor"
    CONTACT_PERSON = "contact_person"
    FAMILY = "family"
    EMPLOYER = "employer"
    UNRELATED = "unrelated"
    LAWYER = "lawyer"


class PointSource(StrEnum):
    LEDGER = "ledger"
    HAND = "hand"
    DEBTOR = "debtor"
    CREDITOR = "creditor"
    PUBLIC_REGISTER = "public_register"
    COURT = "court"


# Whoever owes, or speaks for who owes. Everybody else is a third person: told nothing, and gone for good once they refuse.
OBLIGED = frozenset({BelongsTo.DEBTOR, BelongsTo.GUARANTOR, BelongsTo.LAWYER})

KIND_NAMES: dict[PointKind, Pair] = {
    PointKind.MOBILE: ("手机", "Mobile"),
    PointKind.PHONE: ("电话", "Telephone"),
    PointKind.EMAIL: ("邮箱", "E-mail"),
    PointKind.ADDRESS: ("地址", "Address"),
    PointKind.IM: ("即时通讯账号", "Messaging account"),
}
BELONGS_TO_NAMES: dict[BelongsTo, Pair] = {
    BelongsTo.DEBTOR: ("债务人", "Debtor"),
    BelongsTo.GUARANTOR: ("保证人", "Guarantor"),
    BelongsTo.CONTACT_PERSON: ("联系人", "Contact person"),
    BelongsTo.FAMILY: ("亲属", "Family"),
    BelongsTo.EMPLOYER: ("工作单位", "Employer"),
    BelongsTo.UNRELATED: ("无关第三人", "Unrelated person"),
    BelongsTo.LAWYER: ("代理律师", "Lawyer"),
}
SOURCE_NAMES: dict[PointSource, Pair] = {
    PointSource.LEDGER: ("导入的台账", "Imported ledger"),
    PointSource.HAND: ("人工登记", "Entered by hand"),
    PointSource.DEBTOR: ("本人提供", "Given by the person"),
    PointSource.CREDITOR: ("债权人提供", "Given by the creditor"),
    PointSource.PUBLIC_REGISTER: ("依法公开的登记信息", "A lawful public register"),
    PointSource.COURT: ("法院或仲裁文书", "A court or arbitration paper"),
}

_EMAIL = re.compile(r"[^\s@<>\"(),:;\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NUMBER = re.compile(r"\+?[0-9]{5,15}")
_EXTENSION = re.compile(r"(?:转|ext\.?|x|#|,)\s*([0-9]{1,6})$", re.IGNORECASE)
_LOOSE = re.compile(r"[\s\-()‐-―.·/]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[1-9][0-9]{1,2}[2-9][0-9]{6,7}")

_ZONES = (
    ("+86", "Asia/Shanghai"),
    ("+852", "Asia/Hong_Kong"),
    ("+853", "Asia/Macau"),
    ("+886", "Asia/Taipei"),
)

NOT_A_NUMBER = ProblemKind(
    "parties.not_a_number",
    "“{shown}”不是电话号码。",
    "“{shown}” is not a telephone number.",
    "请填写一个号码，例如 13800000000、0510-85000000 或 +852 2800 0000；分机写作“转 801”。",
    "Give one number: 13800000000, 0510-85000000 or +852 2800 0000; an extension as “ext 801”.",
)
NOT_AN_EMAIL = ProblemKind(
    "parties.not_an_email",
    "“{shown}”不是邮箱地址。",
    "“{shown}” is not an e-mail address.",
    "请填写一个邮箱，例如 name@example.com。",
    "Give one e-mail address, name@example.com say.",
)
POINT_EMPTY = ProblemKind(
    "parties.point_empty",
    "联系方式是空的。",
    "The contact point is empty.",
    "请填写号码、邮箱、地址或账号。",
    "Give a number, an e-mail address, a postal address or an account.",
)
ZONE_UNKNOWN = ProblemKind(
    "parties.zone_unknown",
    "没有名为“{zone}”的时区。",
    "There is no time zone called “{zone}”.",
    "请选择 IANA 时区，例如 Asia/Shanghai；不知道就留空。",
    "Choose an IANA zone, Asia/Shanghai say; leave it empty when it is not known.",
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point as read: `value` is canonical, `key` is what two spellings share."""

    kind: PointKind
    value: str
    key: str
    timezone: str | None


def read_point(kind: PointKind, text: str) -> Point | Problem:
    """Return what somebody wrote as a point; a mainland mobile number is one under whatever heading it stands.

    Example:
        >>> read_point(PointKind.PHONE, "+86 138-0000-0000").kind.value, read_point(PointKind.PHONE, "(0510)8500 0000").value
        ('mobile', '051085000000')
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return Problem.of(POINT_EMPTY)
    if kind in (PointKind.PHONE, PointKind.MOBILE):
        return _number(plain)
    if kind is PointKind.EMAIL:
        if len(plain) > VALUE_CHARS_MAX or not _EMAIL.fullmatch(plain) or "." not in plain.rpartition("@")[2]:
            return Problem.of(NOT_AN_EMAIL, shown=plain[:40])
        return Point(kind, plain, f"email:{plain.casefold()}", None)
    value = plain[:VALUE_CHARS_MAX]
    folded = "".join(char for char in value.casefold() if unicodedata.category(char)[0] in "LN")
    return Point(kind, value, f"{kind.value}:{folded or value}", None)


def _number(plain: str) -> Point | Problem:
    extension = _EXTENSION.search(plain)
    body = _LOOSE.sub("", plain[: extension.start()] if extension else plain)
    if not _NUMBER.fullmatch(body):
        return Problem.of(NOT_A_NUMBER, shown=plain[:40])
    if body.startswith("00"):
        body = f"+{body[2:]}"
    if body.startswith("+86"):
        body = body[3:] if _MOBILE.fullmatch(body[3:]) or body[3:].startswith("0") else f"0{body[3:]}"
    elif body.startswith("86") and _MOBILE.fullmatch(body[2:]):
        body = body[2:]
    tail = f"转{extension[1]}" if extension else ""
    kind = PointKind.MOBILE if _MOBILE.fullmatch(body) else PointKind.PHONE
    return Point(kind, body + tail, f"number:{body}{tail}", zone_of_number(body))


def zone_of_number(number: str) -> str | None:
    """Return the zone that a canonical number itself tells; None where it tells none.

    Example:
        >>> zone_of_number("13800000000"), zone_of_number("+85228000000"), zone_of_number("+12025550100")
        ('Asia/Shanghai', 'Asia/Hong_Kong', None)
    """
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return "Asia/Shanghai"
    return next((zone for code, zone in _ZONES if number.startswith(code)), None)


def read_zone(text: str) -> str | None | Problem:
    """Return a stated zone; empty text is "not known"."""
    zone = text.strip()
    if not zone:
        return None
    return (
        zone if zone in available_timezones() and ZoneInfo(zone) else Problem.of(ZONE_UNKNOWN, zone=zone[:40])
    )


def masked(kind: PointKind, value: str) -> str:
    """Return a point as lists show it: enough to tell it from its neighbours, too little to use it.

    Example:
        >>> masked(PointKind.MOBILE, "13812345678"), masked(PointKind.EMAIL, "li@a.cn"), masked(PointKind.PHONE, "051085001234")
        ('138****5678', 'l***@a.cn', '0510****1234')
        >>> masked(PointKind.ADDRESS, "江苏省无锡市滨湖区蠡湖大道1号"), masked(PointKind.IM, "wxid_abc123")
        ('江苏省无锡市滨湖区****', 'wx****')
    """
    if kind is PointKind.EMAIL:
        name, _at, host = value.partition("@")
        return f"{name[:1]}***@{host}"
    if kind is PointKind.ADDRESS:
        found = _district(value)
        return f"{found}****" if found else f"{value[:2]}****"
    if kind is PointKind.IM:
        return f"{value[:2]}****"
    number, _mark, extension = value.partition("转")
    shown = 4 if _LANDLINE.fullmatch(number) and not number.startswith(("010", "02")) else 3
    tail = f" 转{extension}" if extension else ""
    return (f"{number[:shown]}****{number[-4:]}" if len(number) >= 9 else f"****{number[-2:]}") + tail


def _district(address: str) -> str:
    """Province, city and district of a written address, as far as they can be told."""
    found = ""
    for mark in ("省", "自治区", "市", "区", "县", "旗"):
        place = address.find(mark, len(found))
        if 0 < place <= len(found) + 8:
            found = address[: place + len(mark)]
    return found


def masked_holder(name: str) -> str:
    """Return the name of a contact person as lists show it.

    Example:
        >>> masked_holder("王小明"), masked_holder("")
        ('王**', '')
    """
    return f"{name[:1]}**" if name else ""
