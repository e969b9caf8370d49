"""Shapes of the API about leave to contact."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from jieqing.claims.parties.engine.choices import Channel
from jieqing.plumbing.bodies import Body
from jieqing.recovery.cases.engine.codes import ContactResult
from jieqing.recovery.outreach.engine.purposes import Purpose


class Both(Schema):
    zh: str
    en: str


class VerdictReasonOut(Schema):
    """A rule that speaks against it; ``missing`` names facts that nobody recorded."""

    rule: str
    pack: str
    article: str
    text: str
    text_en: str
    verdict: str
    basis: str
    missing: list[str] = []


class VerdictOut(Schema):
    """``code`` is what the page shows: allow, needs_approval, not_before (with the instant), never."""

    code: Literal["allow", "needs_approval", "not_before", "never"]
    not_before: datetime | None
    label: Both
    todo: Both | None = None
    reasons: list[VerdictReasonOut]


class ChannelOut(Schema):
    channel: Channel
    purpose: Purpose
    verdict: VerdictOut


class PointVerdictsOut(Schema):
    point: UUID
    shown: str
    role: str
    channels: list[ChannelOut]


class VerdictsOut(Schema):
    case: UUID
    points: list[PointVerdictsOut]


class ContentIn(Body):
    """What would be said, as far as it was looked at; what is left out stays unknown and denies where a rule needs it."""

    discloses_debt: bool | None = None
    threatens_suit: bool | None = None
    identity_verified: bool | None = None
    ai_label: bool | None = None
    recording_notice: bool | None = None
    script_filed: bool | None = None
    scan_verdict: Literal["clean", "needs_approval", "block"] | None = None


class PermitIn(Body):
    point: UUID
    channel: Channel
    purpose: Purpose
    content: ContentIn = ContentIn()
    companion: UUID | None = None


class SpokenPermitIn(PermitIn):
    """With ``script`` the content is read from its filed version, filled with ``values``; of ``content`` only ``identity_verified`` counts."""

    script: UUID | None = None
    values: dict[str, str] = {}


class PermitOut(Schema):
    """``permit`` and ``expires_at`` are null when it was refused; the decision is kept either way."""

    verdict: VerdictOut
    decision: UUID
    permit: UUID | None
    expires_at: datetime | None


class ApprovalIn(PermitIn):
    """A contact as for a permit, and why it should be approved."""

    why: str


class ApprovalAnswerIn(Body):
    is_approved: bool
    reason: str


class ApprovalAnswerOut(Schema):
    is_approved: bool
    reason: str
    by: UUID
    at: datetime
    valid_until: datetime
    entry: UUID


class ApprovalOut(Schema):
    """``state``: waiting, lapsed, refused, approved, run_out, used."""

    approval: UUID
    case: UUID
    point: UUID
    channel: Channel
    purpose: Purpose
    companion: UUID | None
    rules: list[str]
    why: str
    state: Literal["waiting", "lapsed", "refused", "approved", "run_out", "used"]
    asked_by: UUID
    asked_at: datetime
    expires_at: datetime
    answer: ApprovalAnswerOut | None
    permit: UUID | None
    entry: UUID


class ApprovalsOut(Schema):
    approvals: list[ApprovalOut]
    total: int


class OutcomeIn(Body):
    outcome: ContactResult


class OutcomeOut(Schema):
    """``again_on`` null: somebody was reached, or the rule knows no further try and a person decides."""

    outcome: ContactResult
    failed_in_a_row: int
    again_on: date | None


class RetryRuleIn(Body):
    """Days after the first, second ... failed try in a row, by channel."""

    waits: dict[Channel, list[int]]
    reason: str


class RetryRuleOut(Schema):
    version: int
    waits: dict[Channel, list[int]]
    set_at: datetime
    entry: UUID


class RetryRulesOut(Schema):
    """``version`` 0: the platform's own, because the site has set none."""

    version: int
    waits: dict[Channel, list[int]]
    versions: list[RetryRuleOut]
