"""Who hears which event: the one file where upward news is wired.

Other programs hear a few events under public names; each name is described in ``contracts/events``. What they are told
are ids, codes and counts, never a name, an address or a text that somebody wrote.
"""

from jieqing.claims.parties.events import DebtorStandingChanged
from jieqing.claims.receivables.events import (
    AccountsAppropriated,
    ChargesPosted,
    LedgerActStood,
    LedgerActTakenBack,
    LedgerImported,
    LedgerUndone,
    OverdueTermsSet,
    ReceiptPosted,
    ReceiptTakenBack,
)
from jieqing.claims.receivables.services.charges import recount_after, recount_items
from jieqing.claims.valuation.events import DebtorsMarked
from jieqing.claims.valuation.services import hear_ledger, hear_standing
from jieqing.estate.reception.events import EnquiryAnswered, EnquiryReceived
from jieqing.estate.webhooks.engine.catalogue import PublicEvent
from jieqing.estate.webhooks.services import announce
from jieqing.plumbing.events import subscribe
from jieqing.recovery.cases.events import CaseClosed, ComplaintFiled, HoldPlaced, HoldReleased
from jieqing.recovery.cases.services import hearing as cases
from jieqing.recovery.cases.services.legality import hear_legality
from jieqing.recovery.intake.events import LegalityTurned
from jieqing.recovery.outreach.services import hear_hold, hear_release
from jieqing.recovery.placements.events import PlacementEnded, PlacementRecalled
from jieqing.recovery.scripts.services import hear_complaint
from jieqing.web import rating_news
from jieqing.web.case_events import PUBLIC as PUBLIC_CASE_EVENTS

_wired = False


def wire() -> None:
    """Subscribe every handler once; a second call changes nothing."""
    global _wired
    if _wired:
        return
    _wired = True
    subscribe(LedgerImported, recount_after, when="now")
    subscribe(LedgerUndone, recount_after, when="now")
    # A payment, a write-off, a set-off or a recovery changes what charges run on and what payments may cover.
    for moved in (ReceiptPosted, ReceiptTakenBack, LedgerActStood, LedgerActTakenBack):
        subscribe(moved, recount_items, when="now")
    # A paid case leaves the queue in the payment's own transaction.
    for ledger_event in (LedgerImported, LedgerUndone):
        subscribe(ledger_event, cases.hear_ledger, when="now")
    for items_event in (ReceiptPosted, ReceiptTakenBack, LedgerActStood, LedgerActTakenBack, ChargesPosted):
        subscribe(items_event, cases.hear_items, when="now")
    subscribe(OverdueTermsSet, cases.hear_terms, when="now")
    # Recalled or run out: its cases end in the same transaction.
    for stopped in (PlacementRecalled, PlacementEnded):
        subscribe(stopped, cases.hear_recall, when="now")
    # A debt that the law no longer lets be collected stops its case in the transaction of the check.
    subscribe(LegalityTurned, hear_legality, when="now")
    for event_type, name, zh, en, told in PUBLIC_CASE_EVENTS:
        announce(event_type, PublicEvent(name, zh, en), told)
    # What a hold says about the person stands in all of that person's cases at once.
    subscribe(HoldPlaced, hear_hold, when="now")
    subscribe(HoldReleased, hear_release, when="now")
    # A complaint counts against what was said on its case in the month before.
    subscribe(ComplaintFiled, hear_complaint, when="now")
    announce(
        LedgerImported,
        PublicEvent("ledger.imported", "账本已导入", "A batch entered the ledger"),
        lambda event: {
            "batch_id": str(event.batch_id),
            "revision": event.revision,
            "accepted": event.accepted,
            "updated": event.updated,
        },
    )
    announce(
        LedgerUndone,
        PublicEvent("ledger.undone", "导入已撤销", "A batch was taken back"),
        lambda event: {"batch_id": str(event.batch_id), "revision": event.revision},
    )
    announce(
        EnquiryReceived,
        PublicEvent("enquiry.received", "收到咨询", "An enquiry came in"),
        lambda event: {
            "enquiry_id": str(event.enquiry_id),
            "topic": event.topic,
            "asker": event.asker,
            "due_at": event.due_at.isoformat(timespec="milliseconds"),
        },
    )
    announce(
        EnquiryAnswered,
        PublicEvent("enquiry.answered", "咨询已答复", "An enquiry was answered"),
        lambda event: {
            "enquiry_id": str(event.enquiry_id),
            "answered_at": event.answered_at.isoformat(timespec="milliseconds"),
            "is_in_time": event.is_in_time,
        },
    )
    _wire_ratings()


def _wire_ratings() -> None:
    """What moves a grade: news of the ledger, disputes, and what stands about a debtor."""
    # Grades and warnings of whom the ledger's news touched; in the worker, so that whoever writes waits for nothing.
    for news in (
        LedgerImported,
        LedgerUndone,
        ReceiptPosted,
        ReceiptTakenBack,
        LedgerActStood,
        LedgerActTakenBack,
        ChargesPosted,
        AccountsAppropriated,
        OverdueTermsSet,
    ):
        subscribe(news, hear_ledger, when="after_commit")
    # An open dispute stands beside the way a debtor pays: noted with the dispute, rated anew after it.
    subscribe(HoldPlaced, rating_news.note_dispute, when="now")
    subscribe(HoldReleased, rating_news.end_dispute, when="now")
    subscribe(CaseClosed, rating_news.end_disputes_of_cases, when="now")
    for standing in (DebtorStandingChanged, DebtorsMarked):
        subscribe(standing, hear_standing, when="after_commit")
