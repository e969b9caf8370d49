"""One line of the log as a record, and the same line seen in the light of the register at that instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from jieqing_sendlog.register import Debt, Person, Register, Site
from jieqing_sendlog.spans import local_time

INTERACTIVE = frozenset({"voice_human", "voice_ai"})
VOICE = frozenset({"voice_human", "voice_ai", "voice_notice"})
CHANNELS = VOICE | {"sms", "email", "letter", "im", "visit", "portal"}
PURPOSES = frozenset({"collect", "locate", "pass_message", "identity_check", "plan_offer", "legal_notice"})
OUTCOMES = frozenset(
    [
        "effective",
        "connected",
        "no_answer",
        "busy",
        "invalid",
        "delivered",
        "bounced",
        "met",
        "not_met",
        "unknown",
    ]
)
FAILED = frozenset({"no_answer", "busy", "invalid", "bounced", "not_met"})
CONNECTED = frozenset({"effective", "connected"})
REACHED = frozenset({"effective", "connected", "delivered", "met"})
DEBTORS = frozenset({"debtor", "guarantor"})
THIRD = frozenset({"contact_person", "family", "employer", "unrelated"})
CONSUMER = frozenset({"consumer", "card", "small_loan", "internet_loan"})


@dataclass(slots=True)
class Contact:
    """What one adapter really did. A mark that is absent was not made."""

    id: str
    at: datetime
    channel: str
    by: str
    point: str
    person: str
    creditor: str
    debt: str
    site: str
    purpose: str
    outcome: str
    discloses_debt: bool
    direction: str = "out"
    ended_at: datetime | None = None
    resolved_at: datetime | None = None
    staff: tuple[str, ...] = ()
    content: str | None = None
    text: str | None = None
    demands_payment: bool = False
    threatens_suit: bool = False
    signed_as_lawyer: bool = False
    validation_notice: bool = False
    court_document: bool = False
    identity_verified: bool = False
    stated_identity: bool = False
    ai_label: bool = False
    synthetic: bool = False
    recorded: bool = False
    opt_out_offered: bool = False
    refused: bool = False
    entered_home: bool = False
    entry_consent: bool = False
    device: str = "controlled"
    caller_id: str | None = None

    @property
    def done_at(self) -> datetime:
        return self.ended_at or self.at


@dataclass(slots=True)
class Seen:
    """A contact with what the register says of its people at its instant."""

    contact: Contact
    register: Register
    debt: Debt
    reached: Person
    debtor: Person
    creditor_kind: str
    site: Site
    role: str
    local: datetime
    # A debt of the kinds that GB/T 45251 and the bank guide speak of.
    consumer: bool = field(default=False)

    @classmethod
    def of(cls, contact: Contact, register: Register) -> Seen:
        debt = register.debts[contact.debt]
        reached = register.persons[contact.person]
        return cls(
            contact,
            register,
            debt,
            reached,
            register.persons[debt.debtor],
            register.creditors[debt.creditor],
            register.sites[contact.site],
            debt.role_of(contact.person, contact.at),
            local_time(contact.at, reached.zone_at(contact.at)),
            debt.kind in CONSUMER,
        )

    @property
    def at(self) -> datetime:
        return self.contact.at

    @property
    def law(self) -> str:
        return self.debt.jurisdiction

    @property
    def voice(self) -> bool:
        return self.contact.channel in VOICE

    @property
    def robot(self) -> bool:
        return self.voice and (self.contact.by == "robot" or self.contact.channel == "voice_ai")

    @property
    def third(self) -> bool:
        return self.role in THIRD

    @property
    def collects(self) -> bool:
        """Asks for money, whatever the purpose written on it."""
        return self.contact.purpose == "collect" or self.contact.demands_payment
