"""What the API of valuation answers. Amounts are integers in the currency's minor unit, dates are ISO, rates decimal texts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema


class ReasonOut(Schema):
    code: str
    text: str
    points: int


class RatingOut(Schema):
    debtor_id: UUID
    debtor: str
    code: str
    grade: str
    score: int
    previous_grade: str | None
    probability_millionths: int
    open_minor: int
    overdue_minor: int
    currency: str
    as_of: date
    run: int
    reasons: list[ReasonOut]


class RatingsOut(Schema):
    """A page of current ratings. ``next`` is the cursor of the next page."""

    ratings: list[RatingOut]
    total: int
    next: str | None


class RatingStepOut(Schema):
    """One rating of a debtor's history: row ``row_index`` of evidence entry ``entry_id`` is its proof."""

    as_of: date
    grade: str
    score: int
    trigger: str
    revision: int
    at: datetime
    entry_id: UUID
    row_index: int
    row_digest: str
    reasons: list[ReasonOut]


class LossBucketOut(Schema):
    from_days: int | None
    to_days: int | None
    amount_fen: int
    items: int
    base_rate: str
    loss_rate: str
    loss_fen: int
    judged_fen: int
    judged_loss_fen: int


class LossOut(Schema):
    """The same object as ``jieqing ledger ecl --json``."""

    as_of: date
    currency: str
    buckets: list[LossBucketOut]
    total_loss_fen: int
    total_fen: int
    overlay: str
    is_example: bool


class LossVintageOut(Schema):
    """An earlier month end: what that day's rates forecast, and what ended unpaid of the part that can be judged by now."""

    day: date
    items: int
    open_minor: int
    decided_minor: int
    forecast_minor: int
    unpaid_minor: int
    is_example: bool


class WarningOut(Schema):
    item_id: UUID
    document_number: str
    debtor_id: UUID
    open_minor: int
    currency: str
    due_on: date
    first_on: date
    probability_millionths: int
    reasons: list[ReasonOut]


class PointOut(Schema):
    """A day of the series; ratios in hundredths of a per cent (``_bp``), null where there is nothing to divide by."""

    on: date
    owed_minor: int
    overdue_minor: int
    dso_tenths: int | None
    turnover_hundredths: int | None
    overdue_bp: int | None
    top_bp: int | None
    hhi: int | None
    provision_bp: int | None
    debtors: int


class LimitStateOut(Schema):
    """``rule`` names why; ``message`` says it in ``zh`` and ``en``, also when nothing is blocked."""

    rule: str
    is_blocked: bool
    message: dict[str, str]
    todo: dict[str, str]
    currency: str
    as_of: date
    exposure_minor: int
    credit_minor: int
    limit_minor: int | None
    allowed_minor: int | None
    left_minor: int | None


Told = dict[str, Any]
