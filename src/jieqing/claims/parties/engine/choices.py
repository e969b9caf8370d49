"""What a person has said about being reached: consent, opt-out, refusal; and the hours agreed with them.

An *opt-out* stops a channel, or all, until the person takes it back. A *refusal* is said by a third person (contact
person, family, employer, unrelated): the number is closed for that debtor for ever, whoever enters it again and
however it is spelled, and nobody can take it back. A *consent* opens what needs one; it ends when it is withdrawn.

Hours are local to the person: minutes of the day from and until; a window that ends before it begins crosses midnight.

Refuses, as a Problem: a refusal in the name of somebody who owes (they opt out, dispute or ask for hardship instead, and
each of these has its own door); hours that say nothing.
Source: law.md GBT-03, GBT-05, CBA-01, CBA-04.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from jieqing.claims.parties.engine.contact_points import Pair, PointKind
from jieqing.kernel.outcomes import Problem, ProblemKind

MINUTES_OF_DAY = 24 * 60


class ChoiceKind(StrEnum):
    """Values stand in rows: never rename one."""

    CONSENT = "consent"
    OPT_OUT = "opt_out"
    REFUSAL = "refusal"


class Channel(StrEnum):
    """The gate's channels. No channel in a row means every channel."""

    VOICE_HUMAN = "voice_human"
    VOICE_AI = "voice_ai"
    VOICE_NOTICE = "voice_notice"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    IM = "im"
    VISIT = "visit"
    PORTAL = "portal"


class ChoiceSource(StrEnum):
    CALL = "call"
    WRITING = "writing"
    PORTAL = "portal"
    CONTRACT = "contract"
    CREDITOR = "creditor"


_VOICE = frozenset({Channel.VOICE_HUMAN, Channel.VOICE_AI, Channel.VOICE_NOTICE})
CHOICE_NAMES: dict[ChoiceKind, Pair] = {
    ChoiceKind.CONSENT: ("同意", "Consent"),
    ChoiceKind.OPT_OUT: ("停止联系", "Opted out"),
    ChoiceKind.REFUSAL: ("拒绝联系", "Refused"),
}
CHANNEL_NAMES: dict[Channel, Pair] = {
    Channel.VOICE_HUMAN: ("人工电话", "Call by a person"),
    Channel.VOICE_AI: ("智能语音", "AI voice"),
    Channel.VOICE_NOTICE: ("语音通知", "Voice notice"),
    Channel.SMS: ("短信", "SMS"),
    Channel.EMAIL: ("电子邮件", "E-mail"),
    Channel.LETTER: ("信函", "Letter"),
    Channel.IM: ("即时通讯", "Messaging"),
    Channel.VISIT: ("上门", "Visit"),
    Channel.PORTAL: ("自助平台", "Portal"),
}
# Which channels lead to a point of a kind: a word about text messages says nothing of a postal address.
CHANNELS_OF: dict[PointKind, frozenset[Channel]] = {
    PointKind.MOBILE: _VOICE | {Channel.SMS},
    PointKind.PHONE: _VOICE,
    PointKind.EMAIL: frozenset({Channel.EMAIL}),
    PointKind.ADDRESS: frozenset({Channel.LETTER, Channel.VISIT}),
    PointKind.IM: frozenset({Channel.IM}),
}
SOURCE_NAMES: dict[ChoiceSource, Pair] = {
    ChoiceSource.CALL: ("通话中说明", "Said on a call"),
    ChoiceSource.WRITING: ("书面说明", "In writing"),
    ChoiceSource.PORTAL: ("本人在自助平台", "In the portal"),
    ChoiceSource.CONTRACT: ("合同约定", "In the contract"),
    ChoiceSource.CREDITOR: ("债权人转告", "Passed on by the creditor"),
}

OWES_CANNOT_REFUSE = ProblemKind(
    "parties.owes_cannot_refuse",
    "“拒绝联系”只适用于第三人；这是{who}的联系方式。",
    "A refusal is a third person's; this point belongs to: {who_en}.",
    "本人不愿被联系，请登记“停止联系”；对债务有异议或有困难，请在案件中登记。",
    "Record an opt-out of the channel; a dispute or hardship is recorded in the case.",
)
REFUSAL_STANDS = ProblemKind(
    "parties.refusal_stands",
    "第三人的拒绝永久有效，不能撤回。",
    "A third person's refusal stands for ever and cannot be taken back.",
    "请停止联系该号码；登记有误时请联系平台合规人员，原记录会保留。",
    "Stop contacting the number. If it was recorded in error, ask the compliance officer; the row stays.",
)
HOURS_UNREADABLE = ProblemKind(
    "parties.hours_unreadable",
    "约定时间无法识别：{shown}。",
    "The agreed hours cannot be read: {shown}.",
    "请写成起止时间，例如 19:00-21:30；跨过午夜写作 21:00-01:00。",
    "Write from and until: 19:00-21:30; across midnight 21:00-01:00.",
)
_HOURS = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)\s*[-~–—至到]\s*([01]?\d|2[0-4])[:：]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the person's local day; `until` is the first minute outside."""

    from_minute: int
    until_minute: int

    @property
    def text(self) -> str:
        return f"{_clock(self.from_minute)}-{_clock(self.until_minute)}"


def read_hours(text: str) -> Hours | Problem:
    """Return a window as written.

    Example:
        >>> read_hours("19:00—21:30").text, read_hours("8:00-8:00").code
        ('19:00-21:30', 'parties.hours_unreadable')
    """
    found = _HOURS.fullmatch(text.strip())
    if found:
        hours = [int(part) for part in found.groups()]
        start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        if start < MINUTES_OF_DAY and end <= MINUTES_OF_DAY and start != end:
            return Hours(start, end)
    return Problem.of(HOURS_UNREADABLE, shown=text.strip()[:40])


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
