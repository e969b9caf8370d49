"""The facts of a jurisdiction question: places as the user writes them, the contract's clauses, what is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Dispute(StrEnum):
    """What the dispute is about. Values are part of stored facts: never rename one."""

    SALE = "sale"
    LOAN = "loan"
    SERVICE = "service"
    CONSTRUCTION = "construction"
    HOUSE_LEASE = "house_lease"
    LEASE = "lease"
    REAL_ESTATE = "real_estate"
    OTHER_CONTRACT = "other_contract"


EXCLUSIVE = frozenset({Dispute.CONSTRUCTION, Dispute.HOUSE_LEASE, Dispute.REAL_ESTATE})


class Aim(StrEnum):
    """What the creditor wants to do."""

    SUIT = "suit"
    PAYMENT_ORDER = "payment_order"
    PRESERVATION = "preservation"
    ENFORCEMENT = "enforcement"
    CONFIRMATION = "confirmation"


class Arbitration(StrEnum):
    NONE = "none"
    VALID = "valid"
    UNCLEAR = "unclear"


class Link(StrEnum):
    """How the chosen place is linked to the dispute (民事诉讼法 35)."""

    DEFENDANT = "defendant"
    PLAINTIFF = "plaintiff"
    PERFORMANCE = "performance"
    SIGNING = "signing"
    OBJECT = "object"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class JurisdictionFacts:
    """What is known; None is unknown. `asset_place` is where the debtor's assets are."""

    dispute: Dispute
    aim: Aim = Aim.SUIT
    creditor_place: str | None = None
    debtor_place: str | None = None
    debtor_residence: str | None = None
    performance_place: str | None = None
    is_performed: bool | None = None
    property_place: str | None = None
    asset_place: str | None = None
    first_court_place: str | None = None
    mediator_place: str | None = None
    agreed_place: str | None = None
    agreed_link: Link = Link.OTHER
    is_agreement_written: bool = True
    is_consumer_form: bool = False
    arbitration: Arbitration = Arbitration.NONE
    amount_fen: int | None = None
    is_same_province: bool | None = None
    is_foreign: bool = False
    is_debtor_missing: bool = False
    has_pre_suit_preservation: bool = False
    has_counter_duty: bool = False
