"""What other programs send and get about cases. Amounts in minor units of the case's currency; days are ISO."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jieqing.recovery.cases.engine.codes import Track
from jieqing.recovery.cases.engine.opening import PREVIEW_DAYS_MAX

TEXT = Field(min_length=1, max_length=2_000)
REASON = Field(min_length=1, max_length=400)
MINOR_MAX = 10**15


class CasesAsked(Schema):
    """The filters, order and place of the list; ``owner`` is an id, ``me`` or ``none``."""

    state: Literal["queue", "waiting", "open", "closed", "all"] = "open"
    stage: str = Field("", max_length=20)
    owner: str = Field("", max_length=40)
    hold: str = Field("", max_length=20)
    clock: Literal["", "near", "late"] = ""
    promise: Literal["", "any", "due", "late"] = ""
    search: str = Field("", max_length=100)
    sort: Literal["priority", "overdue", "open", "age", "next", "debtor", "number"] = "priority"
    is_reversed: bool = False
    after: str | None = Field(None, max_length=1_000)
    limit: int = Field(50, ge=1, le=500)


class CaseOut(Schema):
    id: UUID
    number: int
    state: str
    closing: str
    debtor_id: UUID
    debtor: str
    creditor_id: UUID
    currency: str
    placement_id: UUID
    origin: str
    track: str
    owner_id: UUID | None
    stage: str
    stage_since: date
    next_action: str
    next_action_on: date | None
    snoozed_until: date | None
    open_fen: int
    overdue_fen: int
    paid_fen: int
    oldest_due_on: date | None
    items_open: int
    priority: int
    reasons: list[str]
    holds: list[str]
    promise_on: date | None
    promise_fen: int | None
    first_response_due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None


class CasesOut(Schema):
    cases: list[CaseOut]
    next_cursor: str | None


class CaseEventOut(Schema):
    id: UUID
    kind: str
    at: datetime
    actor_id: UUID
    facts: dict[str, Any]
    text: str
    entry_id: UUID
    row_index: int | None


class TimelineOut(Schema):
    events: list[CaseEventOut]


class CaseItemOut(Schema):
    item_id: UUID
    document_number: str
    due_on: date
    open_fen: int


class RowOut(Schema):
    """A promise, dispute, hold, complaint, effort or outlay: its id, state and last day."""

    id: UUID
    kind: str
    state: str
    due_on: date | None
    amount_fen: int | None
    entry_id: UUID


class ClockOut(Schema):
    milestone: str
    due_at: datetime
    met_at: datetime | None
    state: str


class CaseDetailOut(Schema):
    case: CaseOut
    items: list[CaseItemOut]
    promises: list[RowOut]
    disputes: list[RowOut]
    holds: list[RowOut]
    complaints: list[RowOut]
    clocks: list[ClockOut]
    minutes: int
    outlay_fen: int


class OpenIn(Schema):
    item_ids: list[UUID] = Field(min_length=1, max_length=500)
    track: Track = Track.PLAIN
    owner_id: UUID | None = None
    enquiry_id: UUID | None = None
    note: str = Field("", max_length=2_000)


class TextIn(Schema):
    text: str = TEXT


class CaseReasonIn(Schema):
    reason: str = REASON


class NextActionIn(Schema):
    action: str = Field(max_length=20)
    on: date
    note: str = Field("", max_length=200)


class SnoozeIn(Schema):
    until: date
    reason: str = REASON


class StageIn(Schema):
    stage: str = Field(max_length=20)
    reason: str = Field("", max_length=400)


class InstalmentIn(Schema):
    due_on: date
    amount_fen: int = Field(gt=0, le=MINOR_MAX)


class PromiseIn(Schema):
    instalments: list[InstalmentIn] = Field(min_length=1, max_length=60)
    source: str = Field("human", max_length=8)
    note: str = Field("", max_length=400)


class DisputeIn(Schema):
    code: str = Field(max_length=16)
    text: str = TEXT
    item_ids: list[UUID] = Field(default_factory=list, max_length=500)
    amount_fen: int | None = Field(None, gt=0, le=MINOR_MAX)
    since: date | None = None


class DisputeEndIn(Schema):
    outcome: str = Field(max_length=10)
    answer: str = TEXT


class HoldIn(Schema):
    kind: str = Field(max_length=12)
    reason: str = REASON
    from_on: date | None = None
    to_on: date | None = None


class ComplaintIn(Schema):
    kind: str = Field(max_length=20)
    text: str = TEXT
    filed_on: date | None = None
    about_id: UUID | None = None


class AnswerIn(Schema):
    outcome: str = Field(max_length=10)
    answer: str = TEXT


class EffortIn(Schema):
    minutes: int = Field(gt=0, le=1_440)
    activity: str = Field(max_length=12)
    on: date | None = None
    note: str = Field("", max_length=400)


class OutlayIn(Schema):
    amount_fen: int = Field(gt=0, le=MINOR_MAX)
    kind: str = Field(max_length=12)
    on: date | None = None
    note: str = Field("", max_length=400)
    reference: str = Field("", max_length=80)


class CloseIn(Schema):
    closing: str = Field(max_length=12)
    reason: str = REASON


class AssignIn(Schema):
    """Either ``case_ids`` or ``filter`` (the list's own words); ``expected`` is the count that was confirmed."""

    owner_id: UUID | None
    case_ids: list[UUID] | None = Field(None, min_length=1, max_length=500)
    filter: dict[str, str] | None = None
    expected: int | None = Field(None, ge=0, le=100_000_000)
    is_preview: bool = False
    reason: str = Field("", max_length=400)


class ChangeOut(Schema):
    """``id`` is empty for a preview."""

    id: UUID | None
    count: int
    undone_count: int | None
    entry_id: UUID | None


class StepIn(Schema):
    code: str = Field(max_length=20)
    zh: str = Field(max_length=20)
    en: str = Field(max_length=40)
    from_days: int = Field(ge=0, le=3_660)
    stay_days: int = Field(ge=0, le=366)
    action: str = Field(max_length=20)
    within_days: int = Field(3, ge=0, le=90)


class LadderIn(Schema):
    steps: list[StepIn] = Field(min_length=1, max_length=12)
    may_skip: bool = False
    reason: str = REASON


class TermsIn(Schema):
    min_overdue_days: int = Field(ge=1, le=3_650)
    min_open_fen: int = Field(0, ge=0, le=MINOR_MAX)
    currency: str = Field("CNY", min_length=3, max_length=3)
    track: Track = Track.PLAIN
    # How long a file of cases that was only looked at is kept.
    preview_days: int = Field(7, ge=1, le=PREVIEW_DAYS_MAX)


class OpeningRuleIn(Schema):
    terms: TermsIn
    is_on: bool
    reason: str = REASON


class RulesOut(Schema):
    ladder_version: int
    may_skip: bool
    steps: list[StepIn]
    terms: TermsIn
    is_on: bool


class RunOut(Schema):
    opened: int
    joined: int
    items: int
    unplaced: int
    refused: int
    too_small: int


class CountsOut(Schema):
    open: int
    queue: int
    held: int
    snoozed: int
    clock_near: int
    clock_late: int
    due_today: int
    unassigned: int
    promises_due: int
