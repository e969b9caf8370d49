"""The codes of a case: every one that stands in a row, an event or evidence. Contracts: never rename one.

What each is called in both languages stands in ``engine.words``.
"""

from __future__ import annotations

from enum import StrEnum


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Closing(StrEnum):
    """Why a case ended. The ledger alone says *settled* and *written off*; people say the other two."""

    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    WRITTEN_OFF = "written_off"
    TRANSFERRED = "transferred"


class Origin(StrEnum):
    RULE = "rule"
    HAND = "hand"
    ENQUIRY = "enquiry"
    IMPORT = "import"


class Track(StrEnum):
    """*Rapid* is the seven-day track with milestones on days 0, 1, 3, 5 and 7."""

    PLAIN = "plain"
    RAPID = "rapid"


class NextAction(StrEnum):
    FIRST_CONTACT = "first_contact"
    FOLLOW_UP = "follow_up"
    CHECK_PROMISE = "check_promise"
    ANSWER_DISPUTE = "answer_dispute"
    REVIEW_HOLD = "review_hold"
    ANSWER_COMPLAINT = "answer_complaint"
    REMIND = "remind"
    DEMAND = "demand"
    NEGOTIATE = "negotiate"
    LAWYER_LETTER = "lawyer_letter"
    SUE = "sue"
    COLLECT_PAPERS = "collect_papers"
    DECIDE = "decide"
    OTHER = "other"


class HoldKind(StrEnum):
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    INSOLVENCY = "insolvency"
    DECEASED = "deceased"
    REPRESENTED = "represented"
    LEGAL_STAY = "legal_stay"
    STALE_DATA = "stale_data"
    COMPLAINT = "complaint"


class HoldSource(StrEnum):
    HAND = "hand"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    RECALL = "recall"
    IMPORT = "import"
    CHECK = "check"


class DisputeCode(StrEnum):
    NOT_MINE = "not_mine"
    PAID_ALREADY = "paid_already"
    WRONG_AMOUNT = "wrong_amount"
    QUALITY = "quality"
    NOT_DELIVERED = "not_delivered"
    CONTRACT_TERMS = "contract_terms"
    INTEREST = "interest"
    TIME_BARRED = "time_barred"
    SET_OFF = "set_off"
    FORGED = "forged"
    OTHER = "other"


class DisputeOutcome(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MOOT = "moot"


class FreezeScope(StrEnum):
    """What a dispute freezes: the whole case, or only the items it is about."""

    CASE = "case"
    ITEMS = "items"


class PromiseState(StrEnum):
    """Kept and broken are said by the ledger alone; cancelled by a person, with a reason."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


class PromiseSource(StrEnum):
    HUMAN = "human"
    ROBOT = "robot"
    PORTAL = "portal"


class Activity(StrEnum):
    CALL = "call"
    WRITING = "writing"
    VISIT = "visit"
    RESEARCH = "research"
    NEGOTIATION = "negotiation"
    COURT = "court"
    ADMIN = "admin"


class OutlayKind(StrEnum):
    COURT_FEE = "court_fee"
    PRESERVATION = "preservation"
    NOTARY = "notary"
    APPRAISAL = "appraisal"
    ANNOUNCEMENT = "announcement"
    POSTAGE = "postage"
    TRAVEL = "travel"
    SEARCH = "search"
    OTHER = "other"


class EventKind(StrEnum):
    OPENED = "opened"
    ITEMS_ADDED = "items_added"
    ITEMS_REMOVED = "items_removed"
    ASSIGNED = "assigned"
    STAGE_MOVED = "stage_moved"
    NEXT_ACTION = "next_action"
    SNOOZED = "snoozed"
    NOTED = "noted"
    PROMISED = "promised"
    PROMISE_KEPT = "promise_kept"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_REOPENED = "promise_reopened"
    PROMISE_CANCELLED = "promise_cancelled"
    DISPUTED = "disputed"
    DISPUTE_CLOSED = "dispute_closed"
    PAPER_ADDED = "paper_added"
    HELD = "held"
    RELEASED = "released"
    COMPLAINT_FILED = "complaint_filed"
    COMPLAINT_EXTENDED = "complaint_extended"
    COMPLAINT_ANSWERED = "complaint_answered"
    EFFORT = "effort"
    OUTLAY = "outlay"
    PAYMENT_SEEN = "payment_seen"
    PAYMENT_BACK = "payment_back"
    CLOSED = "closed"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    CONTACTED = "contacted"
    CONTACT_FAILED = "contact_failed"
    MESSAGE_SENT = "message_sent"
    MESSAGE_NOT_SENT = "message_not_sent"
    MESSAGE_UNCERTAIN = "message_uncertain"
    MESSAGE_DELIVERED = "message_delivered"
    MESSAGE_BOUNCED = "message_bounced"
    MESSAGE_REPLIED = "message_replied"


class ContactResult(StrEnum):
    """What became of one contact, as the gate's outcomes; its values stand in events."""

    CONVERSATION = "conversation"
    CONNECTED = "connected"
    NO_ANSWER = "no_answer"
    NOT_CONNECTED = "not_connected"
    NOT_SENT = "not_sent"


# Work by somebody on the debt itself: it answers the first-response clock. An assignment is none.
WORK_KINDS = frozenset(
    {
        EventKind.NOTED,
        EventKind.EFFORT,
        EventKind.PROMISED,
        EventKind.DISPUTED,
        EventKind.HELD,
        EventKind.COMPLAINT_FILED,
        EventKind.CONTACTED,
    }
)
