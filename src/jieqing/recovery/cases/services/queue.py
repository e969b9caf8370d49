"""Keep the queue in step: read what a case stands on, compute its row, write what changed, in one transaction.

``refresh`` is the one way by which a case's amounts, stage, promises, order and end change. Every verb ends with it, every
news of the ledger calls it inside the payment's own transaction, and the day's wake-up calls it for what time alone
changes: so a paid case is out of the queue the moment the payment stands. It reads the ledger after it has locked the
cases, so of a payment and a promise check that run at once the later one sees the other.

Set-based: a handful of statements for any number of cases; the engine decides each row (``engine.standing``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jieqing.claims.receivables.selectors.standing import ItemStanding, money_on, standing_of
from jieqing.claims.valuation.selectors import current_ratings
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.plumbing.events import publish
from jieqing.recovery.cases.engine.clocks import Milestone
from jieqing.recovery.cases.engine.codes import EventKind, HoldKind, NextAction, PromiseState
from jieqing.recovery.cases.engine.counted_days import Span
from jieqing.recovery.cases.engine.ladder import Ladder, Position, days_later
from jieqing.recovery.cases.engine.promises import Instalment, Judgement, Payment, PromiseTerms
from jieqing.recovery.cases.engine.standing import (
    CaseFacts,
    Document,
    HeldSpan,
    Promised,
    Standing,
    stand,
)
from jieqing.recovery.cases.events import PromiseBroken, PromiseKept
from jieqing.recovery.cases.models import Case, CaseClock, CaseItem, Hold, Promise
from jieqing.recovery.cases.selectors.days import moment_of, working_day
from jieqing.recovery.cases.selectors.ladders import ladder_in_force
from jieqing.recovery.cases.services.ending import end_cases
from jieqing.recovery.cases.services.queue_sql import write_rows
from jieqing.recovery.cases.services.telling import tell_pages
from jieqing.recovery.cases.services.timeline import NewEvent, write_events

CHUNK = 5_000


@dataclass
class Refreshed:
    """What a refresh found: how many cases it read, which it closed."""

    cases: int = 0
    closed: list[UUID] = field(default_factory=list)


@dataclass
class _Known:
    """What was read of a set of cases, by case."""

    items: dict[UUID, list[ItemStanding]]
    payments: dict[UUID, list[Payment]]
    holds: dict[UUID, list[HeldSpan]]
    promises: dict[UUID, list[Promise]]
    clocks: dict[UUID, list[CaseClock]]
    risks: dict[UUID, int]


def refresh(*, actor: Actor, case_ids: Iterable[UUID], today: date | None = None) -> Refreshed:
    """Bring these cases in step with the ledger and the day; inside the caller's transaction and site scope."""
    if not connection.in_atomic_block:
        raise RuntimeError("the queue is kept in step inside the transaction that changes it")
    wanted, done = sorted(set(case_ids)), Refreshed()
    day, ladder = today or working_day(), ladder_in_force()
    for start in range(0, len(wanted), CHUNK):
        _refresh_chunk(actor, wanted[start : start + CHUNK], day, ladder, done)
    return done


def _refresh_chunk(actor: Actor, ids: Sequence[UUID], day: date, ladder: Ladder, done: Refreshed) -> None:
    cases = list(Case.objects.select_for_update().filter(id__in=ids, state="open").order_by("id"))
    if not cases:
        return
    known, now = _read(cases, day), moment_of(day)
    stood = [(case, stand(_facts(case, known), ladder, day, now)) for case in cases]
    events: list[NewEvent] = []
    for case, standing in stood:
        events += _changes(actor, case, standing, ladder, day)
    _judge(actor, stood, known)
    write_rows([case for case, _standing in stood])
    write_events(actor=actor, events=events)
    tell_pages(actor.own_site, [case.id for case in cases])
    done.cases += len(cases)
    ending = defaultdict(list)
    for case, standing in stood:
        if standing.closing:
            ending[standing.closing].append(case)
    for closing, ended in ending.items():
        end_cases(actor=actor, cases=ended, closing=closing)
        done.closed += [case.id for case in ended]


def _read(cases: Sequence[Case], day: date) -> _Known:
    ids = [case.id for case in cases]
    links = list(CaseItem.objects.filter(case_id__in=ids, until_at=None).values_list("case_id", "item_id"))
    items: dict[UUID, list[ItemStanding]] = defaultdict(list)
    payments: dict[UUID, list[Payment]] = defaultdict(list)
    case_of = {item_id: case_id for case_id, item_id in links}
    for item_id, one in standing_of(case_of, as_of=day).items():
        items[case_of[item_id]].append(one)
    for money in money_on(case_of):
        payments[case_of[money.item_id]].append(Payment(money.on, money.amount_minor))
    holds: dict[UUID, list[HeldSpan]] = defaultdict(list)
    for hold in Hold.objects.filter(case_id__in=ids):
        span = Span(hold.from_on, hold.to_on)
        holds[hold.case_id].append(HeldSpan(HoldKind(hold.kind), span, frozenset(hold.item_ids)))
    promises: dict[UUID, list[Promise]] = defaultdict(list)
    for promise in Promise.objects.filter(case_id__in=ids).exclude(state="cancelled"):
        promises[promise.case_id].append(promise)
    clocks: dict[UUID, list[CaseClock]] = defaultdict(list)
    for one_clock in CaseClock.objects.filter(case_id__in=ids, met_at=None, stopped_at=None):
        clocks[one_clock.case_id].append(one_clock)
    rated = current_ratings(list({case.debtor_id for case in cases}))
    risks = {party_id: rating.probability_millionths for party_id, rating in rated.items()}
    return _Known(items, payments, holds, promises, clocks, risks)


def _facts(case: Case, known: _Known) -> CaseFacts:
    first = Milestone.FIRST_RESPONSE.value
    clocks = known.clocks.get(case.id, [])
    return CaseFacts(
        position=Position(case.stage, case.stage_since, case.anchor_on),
        documents=[
            Document(one.item_id, one.late_after, one.open_minor, one.written_off_minor, one.is_withdrawn)
            for one in known.items.get(case.id, [])
        ],
        payments=known.payments.get(case.id, []),
        holds=known.holds.get(case.id, []),
        promises=[_promised(one) for one in known.promises.get(case.id, [])],
        clock_due_at=min((one.due_at for one in clocks), default=None),
        first_response_due_at=next((one.due_at for one in clocks if one.milestone == first), None),
        snoozed_until=case.snoozed_until,
        risk_millionths=known.risks.get(case.debtor_id),
        is_owned=case.owner_id is not None,
    )


def _promised(promise: Promise) -> Promised:
    return Promised(promise.id, PromiseState(promise.state), terms_of_row(promise))


def terms_of_row(promise: Promise) -> PromiseTerms:
    """The terms that a row keeps."""
    parts = tuple(Instalment(date.fromisoformat(on), minor) for on, minor in promise.instalments)
    return PromiseTerms(promise.made_on, parts, promise.grace_days, promise.tolerance_minor)


def _changes(actor: Actor, case: Case, standing: Standing, ladder: Ladder, day: date) -> list[NewEvent]:
    """Put the standing into the row; what of it is news."""
    news = [
        NewEvent(
            case.id,
            EventKind.STAGE_MOVED,
            {
                "from": move.from_code,
                "to": move.to_code,
                "on": move.on.isoformat(),
                "why": move.reason,
                "ladder": ladder.version,
            },
        )
        for move in standing.moves
    ]
    paid = standing.paid_minor - case.paid_minor
    if paid and case.items_count:
        kind = EventKind.PAYMENT_SEEN if paid > 0 else EventKind.PAYMENT_BACK
        news.append(
            NewEvent(
                case.id,
                kind,
                {"minor": abs(paid), "open_minor": standing.open_minor, "currency": case.currency},
            )
        )
    if standing.moves and not standing.closing:
        step = ladder.steps[ladder.place(standing.position.code)]
        case.next_action, case.next_action_note = step.action, ""
        case.next_action_on = days_later(day, step.within_days)
    case.stage, case.stage_since = standing.position.code, standing.position.since
    case.anchor_on = standing.position.anchor_on
    for name in _COPIED:
        setattr(case, name, getattr(standing, name))
    case.reasons, case.hold_kinds = list(standing.reasons), list(standing.hold_kinds)
    return news + _promise_news(case, standing, day)


_COPIED = (
    "open_minor",
    "overdue_minor",
    "paid_minor",
    "oldest_due_on",
    "items_open",
    "items_count",
    "priority",
    "promise_on",
    "promise_minor",
    "clock_due_at",
    "first_response_due_at",
    "snoozed_until",
    "wake_on",
)
_JUDGED = {
    PromiseState.KEPT: EventKind.PROMISE_KEPT,
    PromiseState.BROKEN: EventKind.PROMISE_BROKEN,
    PromiseState.OPEN: EventKind.PROMISE_REOPENED,
}


def _promise_news(case: Case, standing: Standing, day: date) -> list[NewEvent]:
    news = []
    for promised, judgement in standing.judged:
        if judgement.state is promised.state:
            continue
        facts = {
            "promise": str(promised.promise_id),
            "was": promised.state.value,
            "minor": promised.terms.amount_minor,
            "paid_minor": judgement.paid_minor,
            "grace_days": promised.terms.grace_days,
            "tolerance_minor": promised.terms.tolerance_minor,
            "on": day.isoformat(),
        }
        news.append(NewEvent(case.id, _JUDGED[judgement.state], facts))
        if judgement.state is not PromiseState.OPEN and not standing.closing:
            case.next_action, case.next_action_on = NextAction.FOLLOW_UP.value, day
    return news


def _judge(actor: Actor, stood: Sequence[tuple[Case, Standing]], known: _Known) -> None:
    """Write how promises stand; tell whoever listens of the kept and the broken ones."""
    rows = {one.id: one for promises in known.promises.values() for one in promises}
    changed: list[Promise] = []
    now = clock.now()
    for case, standing in stood:
        for promised, judgement in standing.judged:
            row = rows[promised.promise_id]
            before = (row.state, row.paid_minor, row.next_due_on)
            if before == (judgement.state.value, judgement.paid_minor, judgement.next_due_on):
                continue
            if row.state != judgement.state.value:
                row.judged_at = now
                _tell(case, promised, judgement)
            row.state, row.paid_minor = judgement.state.value, judgement.paid_minor
            row.next_due_on = judgement.next_due_on
            changed.append(row)
    Promise.objects.bulk_update(changed, ["state", "paid_minor", "next_due_on", "judged_at"], batch_size=500)


def _tell(case: Case, promised: Promised, judgement: Judgement) -> None:
    if judgement.state is PromiseState.OPEN:
        return
    event = PromiseKept if judgement.state is PromiseState.KEPT else PromiseBroken
    told: dict[str, Any] = {
        "site_id": case.site_id,
        "case_id": case.id,
        "promise_id": promised.promise_id,
        "amount_minor": promised.terms.amount_minor,
        "paid_minor": judgement.paid_minor,
        "currency": case.currency,
    }
    publish(event(**told))


def lock_case(case: Case) -> Case:
    """The row as it stands now, held until the end of the transaction."""
    return Case.objects.select_for_update().get(id=case.id)


def in_days(day: date, days: int) -> date:
    return day + timedelta(days=days)
