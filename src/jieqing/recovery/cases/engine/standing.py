"""How a case stands on a day: from its documents, holds, promises and clocks to the row that the queue shows.

Pure: what the service reads comes in as values, what it must write comes out as one ``Standing``. The same inputs give the
same row, whoever asks and however often, so that a payment, a nightly wake-up and an import cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from jieqing.recovery.cases.engine.clocks import ALARM_BEFORE
from jieqing.recovery.cases.engine.codes import Closing, HoldKind, PromiseState
from jieqing.recovery.cases.engine.counted_days import ONE_DAY, Span, counted_days
from jieqing.recovery.cases.engine.ladder import Ladder, Move, Position, next_climb_on, re_anchor, walk
from jieqing.recovery.cases.engine.priority import QueueFacts, rank
from jieqing.recovery.cases.engine.promises import Judgement, Payment, PromiseTerms, breaks_on, judge


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the case as the ledger has it on the day: due with the site's roll and grace; ``written_off_minor`` is net."""

    item_id: UUID
    due_on: date
    open_minor: int
    written_off_minor: int = 0
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class HeldSpan:
    """A hold: over the whole case when ``item_ids`` is empty. A released one ends the day before its release."""

    kind: HoldKind
    span: Span
    item_ids: frozenset[UUID] = frozenset()

    @property
    def is_empty(self) -> bool:
        return self.span.to_on is not None and self.span.to_on < self.span.from_on


@dataclass(frozen=True, slots=True)
class Promised:
    promise_id: UUID
    state: PromiseState
    terms: PromiseTerms


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything about a case that its standing depends on. ``clock_due_at``: its first clock that still runs."""

    position: Position
    documents: Sequence[Document]
    payments: Sequence[Payment]
    holds: Sequence[HeldSpan]
    promises: Sequence[Promised]
    clock_due_at: datetime | None
    first_response_due_at: datetime | None
    snoozed_until: date | None
    risk_millionths: int | None
    is_owned: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The queue row of a case, what moved on its ladder, and how its promises were judged."""

    position: Position
    moves: tuple[Move, ...]
    judged: tuple[tuple[Promised, Judgement], ...]
    open_minor: int
    overdue_minor: int
    paid_minor: int
    oldest_due_on: date | None
    items_open: int
    items_count: int
    priority: int
    reasons: tuple[str, ...]
    hold_kinds: tuple[str, ...]
    promise_on: date | None
    promise_minor: int | None
    clock_due_at: datetime | None
    first_response_due_at: datetime | None
    snoozed_until: date | None
    wake_on: date | None
    closing: Closing | None


def stand(facts: CaseFacts, ladder: Ladder, today: date, now: datetime) -> Standing:
    """How the case stands today."""
    holds = [hold for hold in facts.holds if not hold.is_empty]
    live = [hold for hold in holds if hold.span.covers(today)]
    frozen = frozenset(item for hold in live for item in hold.item_ids)
    held = [hold.span for hold in holds if not hold.item_ids]
    open_documents = [one for one in facts.documents if one.open_minor > 0]
    worked = [one for one in open_documents if one.item_id not in frozen]
    anchor_on = min((one.due_on for one in worked), default=None)
    # First up to where the old anchor leads, then the new one: a payment of today undoes no step taken before.
    climbed, before = walk(ladder, facts.position, today - ONE_DAY, held)
    anchored, down = re_anchor(ladder, climbed, anchor_on, today, held)
    position, after = walk(ladder, anchored, today, held)
    judged = tuple((one, judge(one.terms, facts.payments, today)) for one in facts.promises)
    overdue = sum(one.open_minor for one in worked if one.due_on < today)
    promise = _next_promise(judged)
    snoozed = facts.snoozed_until if facts.snoozed_until and facts.snoozed_until > today else None
    whole = sorted({hold.kind.value for hold in live if not hold.item_ids or frozen >= _ids(open_documents)})
    ranked = rank(
        QueueFacts(
            overdue_minor=overdue,
            overdue_days=0 if anchor_on is None else counted_days(anchor_on, today, held),
            risk_millionths=facts.risk_millionths,
            has_broken_promise=_has_broken(judged),
            is_clock_near=facts.clock_due_at is not None and facts.clock_due_at - now <= ALARM_BEFORE,
            promise_on=promise[0] if promise else None,
            is_owned=facts.is_owned,
            holds=tuple(whole),
        )
    )
    return Standing(
        position=position,
        moves=before + down + after,
        judged=judged,
        open_minor=sum(one.open_minor for one in open_documents),
        overdue_minor=overdue,
        paid_minor=sum(one.amount_minor for one in facts.payments if one.on <= today),
        oldest_due_on=anchor_on,
        items_open=len(open_documents),
        items_count=len(facts.documents),
        priority=ranked.value_minor,
        reasons=ranked.reasons,
        hold_kinds=tuple(whole),
        promise_on=promise[0] if promise else None,
        promise_minor=promise[1] if promise else None,
        clock_due_at=facts.clock_due_at,
        first_response_due_at=facts.first_response_due_at,
        snoozed_until=snoozed,
        wake_on=_wake_on(facts, ladder, position, judged, held, today),
        closing=_closing(facts.documents, open_documents),
    )


def _ids(documents: Iterable[Document]) -> frozenset[UUID]:
    return frozenset(one.item_id for one in documents)


def _next_promise(judged: Sequence[tuple[Promised, Judgement]]) -> tuple[date, int] | None:
    found = [
        (judgement.next_due_on, promised.terms.amount_minor - judgement.paid_minor)
        for promised, judgement in judged
        if judgement.state is PromiseState.OPEN and judgement.next_due_on
    ]
    return min(found, default=None)


def _has_broken(judged: Sequence[tuple[Promised, Judgement]]) -> bool:
    """Whether the newest promise was broken."""
    if not judged:
        return False
    newest = max(judged, key=lambda one: (one[0].terms.made_on, one[0].promise_id))
    return newest[1].state is PromiseState.BROKEN


def _closing(documents: Sequence[Document], open_documents: Sequence[Document]) -> Closing | None:
    """How the ledger ends the case: nothing is open any more, and why."""
    if not documents or open_documents:
        return None
    if all(one.is_withdrawn for one in documents):
        return Closing.WITHDRAWN
    return Closing.WRITTEN_OFF if any(one.written_off_minor > 0 for one in documents) else Closing.SETTLED


def _wake_on(
    facts: CaseFacts,
    ladder: Ladder,
    position: Position,
    judged: Sequence[tuple[Promised, Judgement]],
    held: Sequence[Span],
    today: date,
) -> date | None:
    """The next day on which time alone changes the row."""
    days: list[date | None] = [next_climb_on(ladder, position, held), facts.snoozed_until]
    days += [one.due_on + ONE_DAY for one in facts.documents if one.open_minor > 0]
    days += [breaks_on(promised.terms, judgement) for promised, judgement in judged]
    for hold in facts.holds:
        days += [hold.span.from_on, hold.span.to_on + ONE_DAY if hold.span.to_on else None]
    if facts.clock_due_at is not None:
        days.append((facts.clock_due_at - ALARM_BEFORE + timedelta(hours=8)).date())
    if position.anchor_on is not None:
        # The share of a claim falls with its age; once a month is fine enough for an order.
        days.append(today + timedelta(days=30))
    return min((day for day in days if day is not None and day > today), default=None)
