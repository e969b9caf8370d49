"""What is done on a case: promises, disputes, holds, complaints, effort and outlays. Each is a row with who, when and why.

A promise is kept or broken by the ledger alone (``services.judging``). A hold may be entered for days that have passed; a
new one may follow an old one. Effort and outlays are only added to: a wrong one is corrected by a row that names it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jieqing.plumbing.db.models import SiteModel
from jieqing.recovery.cases.engine import complaints, words

REASON_CHARS_MAX, TEXT_CHARS_MAX = 400, 2_000


class Promise(SiteModel):
    """``instalments`` are ``[[day, minor], …]``; grace and tolerance are those of the day it was made."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="promises")
    amount_minor = models.BigIntegerField()
    due_on = models.DateField()
    instalments = models.JSONField()
    made_on = models.DateField()
    grace_days = models.SmallIntegerField()
    tolerance_minor = models.BigIntegerField()
    source = models.CharField(max_length=8, choices=words.choices_of(words.PROMISE_SOURCE_NAMES))
    state = models.CharField(max_length=10, choices=words.choices_of(words.PROMISE_NAMES))
    paid_minor = models.BigIntegerField(default=0)
    next_due_on = models.DateField(null=True)
    note = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    judged_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "cases_promise"
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="cases_promise_positive"),
        ]
        indexes = [
            models.Index(fields=["site_id", "next_due_on"], name="cases_promise_calendar"),
        ]


class Dispute(SiteModel):
    """What the debtor contests. ``item_ids`` are the documents it is about; none: the whole case."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="disputes")
    code = models.CharField(max_length=16, choices=words.choices_of(words.DISPUTE_NAMES))
    freeze = models.CharField(max_length=6, choices=words.choices_of(words.FREEZE_NAMES))
    item_ids = ArrayField(models.UUIDField(), default=list)
    amount_minor = models.BigIntegerField(null=True)
    text = models.CharField(max_length=TEXT_CHARS_MAX, blank=True)
    owner_id = models.UUIDField(null=True)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    opened_on = models.DateField()
    entry_id = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=words.choices_of(words.OUTCOME_NAMES))
    answer = models.CharField(max_length=TEXT_CHARS_MAX, blank=True)
    end_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_dispute"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="cases_dispute_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site_id", "due_on"], condition=Q(closed_at__isnull=True), name="cases_dispute_due"
            ),
        ]


class DisputePaper(SiteModel):
    """A file that belongs to a dispute; the file itself is kept by ``claims.papers``."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="papers")
    paper_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "cases_dispute_paper"
        constraints = [
            models.UniqueConstraint(fields=["dispute", "paper_id"], name="cases_dispute_paper_once"),
        ]


class Hold(SiteModel):
    """From when to when work on the case rests. ``to_on`` is the last day; a release sets it. ``item_ids`` none: all."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=12, choices=words.choices_of(words.HOLD_NAMES))
    source = models.CharField(max_length=10)
    item_ids = ArrayField(models.UUIDField(), default=list)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_CHARS_MAX)
    dispute = models.ForeignKey(Dispute, null=True, on_delete=models.PROTECT, related_name="holds")
    complaint = models.ForeignKey(
        "cases.Complaint", null=True, on_delete=models.PROTECT, related_name="holds"
    )
    placed_at = models.DateTimeField()
    placed_by = models.UUIDField()
    entry_id = models.UUIDField()
    released_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)
    release_reason = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    end_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_hold"
        indexes = [
            models.Index(
                fields=["site_id", "kind"], condition=Q(released_at__isnull=True), name="cases_hold_live"
            ),
        ]


class Complaint(SiteModel):
    """A complaint and its legal clock. ``about_id`` is the member it is about; nobody answers for themselves."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="complaints")
    number = models.IntegerField()
    kind = models.CharField(max_length=20, choices=words.choices_of(complaints.COMPLAINT_NAMES))
    about_id = models.UUIDField(null=True)
    text = models.CharField(max_length=TEXT_CHARS_MAX)
    filed_on = models.DateField()
    due_on = models.DateField()
    extensions = models.SmallIntegerField(default=0)
    filed_at = models.DateTimeField()
    filed_by = models.UUIDField()
    entry_id = models.UUIDField()
    answered_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = models.UUIDField(null=True)
    outcome = models.CharField(
        max_length=10, blank=True, choices=words.choices_of(complaints.COMPLAINT_OUTCOME_NAMES)
    )
    answer = models.CharField(max_length=TEXT_CHARS_MAX, blank=True)
    end_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_complaint"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="cases_complaint_number"),
        ]
        indexes = [
            models.Index(
                fields=["site_id", "due_on"],
                condition=Q(answered_at__isnull=True),
                name="cases_complaint_due",
            ),
        ]


class Effort(SiteModel):
    """Minutes of work; negative only in a row that corrects another."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="efforts")
    minutes = models.IntegerField()
    activity = models.CharField(max_length=12, choices=words.choices_of(words.ACTIVITY_NAMES))
    on = models.DateField()
    note = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "cases_effort"
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, corrects__isnull=True) | Q(minutes__lt=0, corrects__isnull=False),
                name="cases_effort_sign",
            ),
            models.UniqueConstraint(fields=["corrects"], name="cases_effort_corrected_once"),
        ]


class Outlay(SiteModel):
    """Money laid out for a case, in minor units; negative only in a row that corrects another."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="outlays")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=12, choices=words.choices_of(words.OUTLAY_NAMES))
    on = models.DateField()
    note = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "cases_outlay"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, corrects__isnull=True)
                | Q(amount_minor__lt=0, corrects__isnull=False),
                name="cases_outlay_sign",
            ),
            models.UniqueConstraint(fields=["corrects"], name="cases_outlay_corrected_once"),
            models.CheckConstraint(condition=~Q(id=F("corrects_id")), name="cases_outlay_not_itself"),
        ]
