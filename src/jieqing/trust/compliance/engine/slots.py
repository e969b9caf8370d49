"""Slots: what one contact uses up, whose key counts it, over which time, and which outcomes give it back.

The platform counts a person's contacts across sites without knowing the person: each key is an HMAC under the
platform's key of what the cap protects (the person, the person towards one creditor, one number, one debt). A slot is held
before the contact, and counts as used until the outcome says otherwise.

Keys by law: GB/T 45251 counts per debtor over creditor and its agencies (person × creditor); the bank guide per number;
Regulation F per debt; the robot cap per person, whoever calls. Source: law.md GBT-06, GBT-07, CBA-02, US-01, US-03, decisions
section 0 (three robot calls a week, a policy).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from jieqing.trust.compliance.engine.facts import Facts, View

ROBOT_SLOT = "robot_calls_7d"
ROBOT_CAP = 3
WEEK_DAYS = 7


class Outcome(StrEnum):
    """What became of a contact. Member values stand in rows: never rename one."""

    CONVERSATION = "conversation"  # an effective call with the right person, or a message that arrived
    CONNECTED = "connected"  # somebody answered, nothing effective was said; a notice was played
    NO_ANSWER = "no_answer"  # it rang, nobody answered
    NOT_CONNECTED = "not_connected"  # busy, switched off, dead number; a message that bounced
    NOT_SENT = "not_sent"  # it never left: the slot comes back whole


class KeyKind(StrEnum):
    """What a key stands for."""

    PERSON = "person"
    PERSON_CREDITOR = "person_creditor"
    NUMBER = "number"
    DEBT = "debt"


@dataclass(frozen=True, slots=True)
class Slot:
    """One count: the fact it feeds (under `counts`), its key, its channels, its time, what returns it."""

    name: str
    key: KeyKind
    channels: frozenset[str]
    by_day: bool
    returned_by: frozenset[Outcome]


_CALLS = frozenset({"voice_human", "voice_ai"})
_VOICE = _CALLS | {"voice_notice"}
_EVERY = _VOICE | {"sms", "email", "letter", "im", "visit", "portal"}
_NOTHING_SAID = frozenset({Outcome.CONNECTED, Outcome.NO_ANSWER, Outcome.NOT_CONNECTED, Outcome.NOT_SENT})
_NOT_THROUGH = frozenset({Outcome.NO_ANSWER, Outcome.NOT_CONNECTED, Outcome.NOT_SENT})
_NO_CONNECTION = frozenset({Outcome.NOT_CONNECTED, Outcome.NOT_SENT})
_NEVER_LEFT = frozenset({Outcome.NOT_SENT})

SLOTS = (
    Slot("effective_calls_today", KeyKind.PERSON_CREDITOR, _CALLS, True, _NOTHING_SAID),
    Slot("notice_connected_today", KeyKind.PERSON_CREDITOR, frozenset({"voice_notice"}), True, _NOT_THROUGH),
    Slot("dials_same_number_today", KeyKind.NUMBER, _VOICE, True, _NEVER_LEFT),
    Slot(ROBOT_SLOT, KeyKind.PERSON, frozenset({"voice_ai", "voice_notice"}), False, _NEVER_LEFT),
    Slot("calls_7d_debt", KeyKind.DEBT, _VOICE, False, _NO_CONNECTION),
    Slot("contacts_7d", KeyKind.PERSON_CREDITOR, _EVERY, False, _NO_CONNECTION),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a contact concerns, as identities that are the same at every site: codes or normalised text, never row ids.

    `number` is the point reached (E.164, mail address); empty where a channel has none.
    """

    person: str
    creditor: str
    debt: str
    number: str = ""

    def __post_init__(self) -> None:
        if not (self.person and self.creditor and self.debt):
            raise ValueError("a contact concerns a person, a creditor and a debt")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A slot with its key and time, as the database asks for it."""

    slot: Slot
    key: bytes
    at: datetime
    day: date


def wanted_slots(subject: Subject, facts: Facts, secret: bytes) -> tuple[Wanted, ...]:
    """Return every count that can be kept for this subject: those the channel uses and those the rules may read."""
    view = View(facts)
    if view.at is None or view.local is None:
        return ()
    keys = subject_keys(subject, secret)
    return tuple(
        Wanted(slot, keys[slot.key], view.at, view.local.date()) for slot in SLOTS if slot.key in keys
    )


def used_by(wanted: tuple[Wanted, ...], channel: str) -> tuple[Wanted, ...]:
    """Return the slots that a contact by this channel uses up."""
    return tuple(one for one in wanted if channel in one.slot.channels)


def returned_slots(outcome: Outcome) -> tuple[str, ...]:
    """Return the names of the slots that an outcome gives back."""
    return tuple(slot.name for slot in SLOTS if outcome in slot.returned_by)


def subject_keys(subject: Subject, secret: bytes) -> Mapping[KeyKind, bytes]:
    """Return the keys of a subject; each kind apart, so that equal texts of two kinds never meet."""
    parts = {
        KeyKind.PERSON: (subject.person,),
        KeyKind.PERSON_CREDITOR: (subject.person, subject.creditor),
        KeyKind.NUMBER: (subject.number,),
        KeyKind.DEBT: (subject.creditor, subject.debt),
    }
    return MappingProxyType({kind: _key(kind, texts, secret) for kind, texts in parts.items() if texts[-1]})


def _key(kind: KeyKind, texts: tuple[str, ...], secret: bytes) -> bytes:
    data = b"".join(len(raw).to_bytes(4, "big") + raw for raw in (text.encode() for text in (kind, *texts)))
    return hmac.new(secret, data, sha256).digest()
