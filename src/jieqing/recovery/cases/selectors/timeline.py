"""The timeline of a case, and the exact bytes of an event that stands in a bulk entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from jieqing.kernel.canonical import canonical_bytes
from jieqing.plumbing import vocabulary
from jieqing.recovery.cases.engine import codes, words
from jieqing.recovery.cases.models import BulkChange, CaseEvent

PAGE_ROWS = 100
GROUPS: dict[str, frozenset[codes.EventKind]] = {
    "notes": frozenset({codes.EventKind.NOTED}),
    "money": frozenset(
        {
            codes.EventKind.PAYMENT_SEEN,
            codes.EventKind.PAYMENT_BACK,
            codes.EventKind.PROMISED,
            codes.EventKind.PROMISE_KEPT,
            codes.EventKind.PROMISE_BROKEN,
            codes.EventKind.PROMISE_REOPENED,
            codes.EventKind.PROMISE_CANCELLED,
            codes.EventKind.OUTLAY,
        }
    ),
    "contacts": frozenset({codes.EventKind.CONTACTED, codes.EventKind.CONTACT_FAILED}),
    "holds": frozenset(
        {
            codes.EventKind.HELD,
            codes.EventKind.RELEASED,
            codes.EventKind.DISPUTED,
            codes.EventKind.DISPUTE_CLOSED,
            codes.EventKind.COMPLAINT_FILED,
            codes.EventKind.COMPLAINT_EXTENDED,
            codes.EventKind.COMPLAINT_ANSWERED,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event as a page shows it; ``who`` is empty for the platform itself."""

    event: CaseEvent
    who: str

    def words(self, lang: str) -> str:
        return words.name_of(words.EVENT_NAMES, self.event.kind, lang)


def timeline(case_id: UUID, *, group: str = "", limit: int = PAGE_ROWS) -> list[TimelineRow]:
    """What happened to a case, newest first; ``group`` narrows to notes, money or holds."""
    rows = CaseEvent.objects.filter(case_id=case_id)
    if group in GROUPS:
        rows = rows.filter(kind__in=GROUPS[group])
    found = list(rows.order_by("-at", "-id")[:limit])
    names = vocabulary.people({row.actor_id for row in found})
    return [TimelineRow(row, names.get(row.actor_id, "")) for row in found]


def bulk_reasons(change_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Why a bulk change was made: said once for all of its cases."""
    wanted = list(change_ids)
    if not wanted:
        return {}
    return dict(BulkChange.objects.filter(id__in=wanted).values_list("id", "reason"))


def event_row(case_id: UUID, kind: str, facts: dict[str, Any]) -> bytes:
    """What a bulk entry proves of one event: the bytes that were hashed into its row."""
    return b"\x00" + canonical_bytes({"case": str(case_id), "kind": kind, "facts": facts})


def event_digest(case_id: UUID, kind: str, facts: dict[str, Any]) -> bytes:
    return sha256(event_row(case_id, kind, facts)).digest()


def failed_in_a_row(case_id: UUID, channel: str, *, but: UUID) -> int:
    """How many tries on a channel failed since somebody was reached or paid, leaving one permit out.

    Of a permit that was told about twice the later word counts; what never left the house is no try.
    """
    kinds = ("contacted", "contact_failed", "payment_seen")
    rows = CaseEvent.objects.filter(case_id=case_id, kind__in=kinds).order_by("-at", "-id")
    seen, failed = {str(but)}, 0
    for kind, facts in rows.values_list("kind", "facts")[:PAGE_ROWS]:
        permit = facts.get("permit", "")
        if permit in seen:
            continue
        if kind != "contact_failed":
            break
        seen.add(permit)
        failed += facts.get("channel") == channel and facts.get("outcome") != codes.ContactResult.NOT_SENT
    return failed
