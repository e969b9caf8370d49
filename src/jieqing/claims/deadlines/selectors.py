"""Countdowns: the days of what is watched and of the limitation of open documents, computed from the facts each time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from jieqing.claims.deadlines.engine.watched import (
    LIMITATION_MONTHS,
    ActFacts,
    WatchFacts,
    deadlines_of,
    limitation_of,
)
from jieqing.claims.deadlines.models import LimitationAct, Rung, Watch
from jieqing.claims.entitlements.engine.deadlines import Countdown, Deadline, add_months, count_down
from jieqing.claims.entitlements.engine.deadlines_guarantee import GuaranteeKind
from jieqing.claims.entitlements.engine.limitation import LimitationResult
from jieqing.claims.entitlements.engine.limitation_events import Act
from jieqing.claims.entitlements.engine.limitation_proof import Material
from jieqing.claims.parties.selectors import party_names
from jieqing.claims.receivables.selectors.claim_facts import claim_facts, claims_with_a_day, payment_days
from jieqing.kernel.outcomes import is_problem

# The first alarm stands 180 days before the day.
NEAR_DAYS = 180
# A day that has passed stays in sight for a while: it is worse news than one to come.
PASSED_DAYS = 90
# No run of days without work is longer: a last day rolls at most this far.
ROLL_DAYS = 15
LONGEST_MONTHS = 240
ROWS_MAX = 300


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of one claim. Of a watched term ``watch_id`` is set, of a document's limitation only ``item_id``."""

    deadline: Deadline
    countdown: Countdown
    debtor_id: UUID
    debtor_name: str
    item_id: UUID | None
    document_number: str
    watch_id: UUID | None
    note: str
    entry_id: UUID | None


def near_days(
    *, as_of: date, within_days: int = NEAR_DAYS, debtor_id: UUID | None = None, with_documents: bool = True
) -> list[DayRow]:
    """Every day that comes within so many days or has passed lately, soonest first."""
    rows = _watched(as_of, debtor_id)
    if with_documents:
        rows += _limitations(as_of, within_days, debtor_id)
    last, first = as_of + timedelta(days=within_days), as_of - timedelta(days=PASSED_DAYS)
    chosen = [row for row in rows if first <= row.deadline.last_day <= last]
    return sorted(chosen, key=lambda row: (row.deadline.last_day, row.debtor_name, row.document_number))


def watches_of(*, debtor_id: UUID, item_id: UUID | None = None) -> list[Watch]:
    """What is and was watched of a debtor; of one document, with what is watched of the debtor as a whole."""
    rows = Watch.objects.filter(debtor_id=debtor_id)
    if item_id is not None:
        rows = rows.filter(item_id=item_id) | rows.filter(item_id=None)
    return sorted(rows, key=lambda row: (row.ended_at is not None, row.start_on))


def acts_of(item_id: UUID) -> list[LimitationAct]:
    rows = LimitationAct.objects.filter(item_id=item_id)
    return sorted(rows, key=lambda row: (row.ended_at is not None, row.on))


def limitation_now(item_id: UUID, due_on: date | None) -> LimitationResult | None:
    """The limitation of one document by all that is known; None where its days cannot be judged."""
    return limitations_now({item_id: due_on}).get(item_id)


def limitations_now(due_days: Mapping[UUID, date | None]) -> dict[UUID, LimitationResult]:
    """The limitation of some documents by their due days and all that is known; two statements. Unjudged ones are missing."""
    acts, paid = _acts_by_item(due_days), payment_days(due_days)
    found = {
        item_id: limitation_of(due_on, paid.get(item_id, ()), acts.get(item_id, []))
        for item_id, due_on in due_days.items()
    }
    return {item_id: result for item_id, result in found.items() if not is_problem(result)}


def told_day(row: DayRow) -> dict[str, Any]:
    """One day as programs and commands hear it: the last day, what is left, why, and the alarms."""
    return {
        "code": row.deadline.code,
        "last_day": row.deadline.last_day.isoformat(),
        "is_certain": row.deadline.is_certain,
        "days_left": row.countdown.days_left,
        "state": row.countdown.state.value,
        "next_alarm": row.countdown.next_alarm.on.isoformat() if row.countdown.next_alarm else None,
        "name": {"zh": row.deadline.zh, "en": row.deadline.en},
        "articles": sorted({one.citation.text() for one in row.deadline.reasons if one.citation}),
        "debtor_id": str(row.debtor_id),
        "debtor": row.debtor_name,
        "item_id": str(row.item_id) if row.item_id else None,
        "document": row.document_number,
        "watch_id": str(row.watch_id) if row.watch_id else None,
        "note": row.note,
        "entry": str(row.entry_id) if row.entry_id else None,
    }


def days_of_watch(row: Watch) -> tuple[Deadline, ...]:
    found = deadlines_of(facts_of_watch(row))
    return () if is_problem(found) else found


def facts_of_watch(row: Watch) -> WatchFacts:
    kind = GuaranteeKind(row.guarantee_kind) if row.guarantee_kind else None
    return WatchFacts(row.kind, row.start_on, kind, row.agreed_until)


def facts_of_act(row: LimitationAct) -> ActFacts:
    return ActFacts(
        row.on, Act(row.act), Material(row.material), row.ended_on, row.new_due_on, row.is_pending
    )


def documents_rung(*, today: date, within_days: int) -> list[Rung]:
    """Limitations that an alarm was told about and that end within so many days, soonest first."""
    rows = Rung.objects.filter(
        watch_id=None, last_day__gte=today, last_day__lte=today + timedelta(days=within_days)
    )
    return list(rows.order_by("last_day", "-alarm_on")[:ROWS_MAX])


def last_rung() -> Rung | None:
    return Rung.objects.order_by("-at").first()


def _watched(as_of: date, debtor_id: UUID | None) -> list[DayRow]:
    rows = Watch.objects.filter(ended_at=None)
    live = list(rows.filter(debtor_id=debtor_id) if debtor_id else rows)
    names = party_names({row.debtor_id for row in live})
    documents = claim_facts({row.item_id for row in live if row.item_id})
    return [
        DayRow(
            deadline,
            count_down(deadline, as_of),
            row.debtor_id,
            names.get(row.debtor_id, ""),
            row.item_id,
            documents[row.item_id].document_number if row.item_id in documents else "",
            row.id,
            row.note,
            row.entry_id,
        )
        for row in live
        for deadline in days_of_watch(row)
    ]


def _limitations(as_of: date, within_days: int, debtor_id: UUID | None) -> list[DayRow]:
    """Every open document whose limitation can end in sight: its three years run from its due day, from a payment, or from
    an act that somebody recorded; twenty years are the end of any. Those alone are read, however many stand in the ledger."""
    first = add_months(as_of - timedelta(days=PASSED_DAYS + ROLL_DAYS), -LIMITATION_MONTHS)
    last = add_months(as_of + timedelta(days=within_days), -LIMITATION_MONTHS)
    acts = _acts_by_item()
    claims = claims_with_a_day(
        as_of=as_of,
        first=first,
        last=last,
        due_before=add_months(as_of + timedelta(days=within_days), -LONGEST_MONTHS),
        also=acts,
        debtor_id=debtor_id,
    )
    found = []
    for claim in claims:
        result = limitation_of(claim.due_on, claim.paid_on, acts.get(claim.item_id, []))
        if is_problem(result) or result.deadline is None:
            continue
        found.append(
            DayRow(
                result.deadline,
                count_down(result.deadline, as_of),
                claim.debtor_id,
                claim.debtor_name,
                claim.item_id,
                claim.document_number,
                None,
                "",
                claim.entry_id,
            )
        )
    return found


def _acts_by_item(item_ids: Collection[UUID] | None = None) -> dict[UUID, list[ActFacts]]:
    found: dict[UUID, list[ActFacts]] = defaultdict(list)
    live = LimitationAct.objects.filter(ended_at=None)
    for row in live if item_ids is None else live.filter(item_id__in=item_ids):
        found[row.item_id].append(facts_of_act(row))
    return found


def states_of(rows: Iterable[DayRow]) -> dict[str, int]:
    """How many days stand in which state."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row.countdown.state.value] += 1
    return dict(counts)
