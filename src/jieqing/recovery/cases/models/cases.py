"""A case, its documents, its timeline and its clocks.

A case stands between one debtor and one creditor in one currency and gathers the documents that are worked together. Its
queue columns (amounts, ages, order, holds, promise) are denormalised so that a page of a million cases is read along an
index; they are written in the transaction that changes what they say, never at night.

Invariants held by the database: an item is in one open case at most; an open case always has a next action and its day; a
closed one says how and when. Timeline rows are never changed (migration): a later row corrects.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jieqing.plumbing.db.models import SiteModel
from jieqing.recovery.cases.engine import words
from jieqing.recovery.cases.engine.clocks import MILESTONE_NAMES, Milestone

NOTE_CHARS_MAX, TEXT_CHARS_MAX = 200, 2_000
CODE_CHARS_MAX = 20
OPEN = Q(state="open")


class Case(SiteModel):
    """One matter under work. ``anchor_on`` is the due day of the earliest unpaid document; ``wake_on`` the next day on
    which time alone changes the row."""

    number = models.IntegerField()
    placement_id = models.UUIDField()
    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    creditor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    currency = models.CharField(max_length=3)
    origin = models.CharField(max_length=10, choices=words.choices_of(words.ORIGIN_NAMES))
    enquiry_id = models.UUIDField(null=True)
    file_id = models.UUIDField(null=True)
    track = models.CharField(max_length=6, choices=words.choices_of(words.TRACK_NAMES))
    owner_id = models.UUIDField(null=True)
    state = models.CharField(max_length=6, choices=words.choices_of(words.STATE_NAMES))
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    opened_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closing = models.CharField(max_length=12, blank=True, choices=words.choices_of(words.CLOSING_NAMES))
    stage = models.CharField(max_length=CODE_CHARS_MAX)
    stage_since = models.DateField()
    anchor_on = models.DateField(null=True)
    next_action = models.CharField(max_length=20, choices=words.choices_of(words.NEXT_ACTION_NAMES))
    next_action_on = models.DateField(null=True)
    next_action_note = models.CharField(max_length=NOTE_CHARS_MAX, blank=True)
    snoozed_until = models.DateField(null=True)
    # The queue's own columns.
    open_minor = models.BigIntegerField(default=0)
    overdue_minor = models.BigIntegerField(default=0)
    paid_minor = models.BigIntegerField(default=0)
    oldest_due_on = models.DateField(null=True)
    items_open = models.IntegerField(default=0)
    items_count = models.IntegerField(default=0)
    priority = models.BigIntegerField(default=0)
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    hold_kinds = ArrayField(models.CharField(max_length=12), default=list)
    promise_on = models.DateField(null=True)
    promise_minor = models.BigIntegerField(null=True)
    first_response_due_at = models.DateTimeField(null=True)
    clock_due_at = models.DateTimeField(null=True)
    debtor_name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=80)
    wake_on = models.DateField(null=True)

    class Meta:
        db_table = "cases_case"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="cases_case_number"),
            models.CheckConstraint(
                condition=~OPEN | (Q(next_action_on__isnull=False) & ~Q(next_action="")),
                name="cases_case_next_action",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closing="")
                | (Q(state="closed", closed_at__isnull=False) & ~Q(closing="")),
                name="cases_case_closing",
            ),
        ]
        indexes = [
            # Each order of the worklist is walked along its index; the id makes it total.
            models.Index(fields=["site_id", "priority", "id"], condition=OPEN, name="cases_by_priority"),
            models.Index(fields=["site_id", "overdue_minor", "id"], condition=OPEN, name="cases_by_overdue"),
            models.Index(fields=["site_id", "oldest_due_on", "id"], condition=OPEN, name="cases_by_age"),
            models.Index(fields=["site_id", "next_action_on", "id"], condition=OPEN, name="cases_by_next"),
            models.Index(fields=["site_id", "sort_key", "id"], condition=OPEN, name="cases_by_debtor"),
            # One person's queue, the cases nobody has, and one stage.
            models.Index(
                fields=["site_id", "owner_id", "priority", "id"], condition=OPEN, name="cases_of_owner"
            ),
            models.Index(
                fields=["site_id", "owner_id", "next_action_on", "id"],
                condition=OPEN,
                name="cases_of_owner_next",
            ),
            models.Index(
                fields=["site_id", "owner_id", "overdue_minor", "id"],
                condition=OPEN,
                name="cases_of_owner_overdue",
            ),
            models.Index(
                fields=["site_id", "owner_id", "oldest_due_on", "id"],
                condition=OPEN,
                name="cases_of_owner_age",
            ),
            models.Index(
                fields=["site_id", "stage", "priority", "id"], condition=OPEN, name="cases_of_stage"
            ),
            models.Index(
                fields=["site_id", "clock_due_at"],
                condition=OPEN & Q(clock_due_at__isnull=False),
                name="cases_by_clock",
            ),
            models.Index(
                fields=["site_id", "promise_on"],
                condition=OPEN & Q(promise_on__isnull=False),
                name="cases_by_promise",
            ),
            models.Index(fields=["site_id", "wake_on"], condition=OPEN, name="cases_to_wake"),
            models.Index(fields=["site_id", "closed_at", "id"], condition=~OPEN, name="cases_closed"),
            models.Index(fields=["site_id", "debtor"], name="cases_of_debtor"),
            # A recall finds its cases at once.
            models.Index(fields=["site_id", "placement_id"], condition=OPEN, name="cases_of_placement"),
            # A file is taken back as one, an enquiry names what came of it.
            models.Index(
                fields=["site_id", "file_id"], condition=Q(file_id__isnull=False), name="cases_of_file"
            ),
            models.Index(
                fields=["site_id", "enquiry_id"],
                condition=Q(enquiry_id__isnull=False),
                name="cases_of_enquiry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.debtor_name}"


class CaseItem(SiteModel):
    """A document under work in a case, from when to when."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(
        "receivables.Item", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_item"
        constraints = [
            # Two workers who open a case on one document: one is told that there is one.
            models.UniqueConstraint(
                fields=["site_id", "item"], condition=Q(until_at__isnull=True), name="cases_item_once"
            ),
        ]


class CaseEvent(SiteModel):
    """What happened to a case: appended, never changed. ``row_index`` is its row in a bulk entry.

    ``text`` is what a person wrote; it alone can be emptied, when somebody's data is erased.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    facts = models.JSONField(default=dict)
    text = models.CharField(max_length=TEXT_CHARS_MAX, blank=True)
    entry_id = models.UUIDField()
    row_index = models.IntegerField(null=True)

    class Meta:
        db_table = "cases_event"
        indexes = [models.Index(fields=["case", "at", "id"], name="cases_event_timeline")]


class CaseClock(SiteModel):
    """A milestone and when it ends; ``met_at`` is written once. ``stopped_at``: its case was closed before.

    ``escalated_at``: that it ran out was told to those who answer for it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks", db_index=False)
    milestone = models.CharField(
        max_length=16, choices=[(one.value, pair[0]) for one, pair in MILESTONE_NAMES.items()]
    )
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    met_by = models.UUIDField(null=True)
    stopped_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_clock"
        constraints = [
            models.UniqueConstraint(fields=["case", "milestone"], name="cases_clock_once"),
        ]
        indexes = [
            models.Index(fields=["site_id", "milestone", "due_at"], name="cases_clock_due"),
            models.Index(
                fields=["site_id", "due_at"],
                condition=Q(met_at__isnull=True, stopped_at__isnull=True, escalated_at__isnull=True),
                name="cases_clock_untold",
            ),
        ]


FIRST_RESPONSE = Milestone.FIRST_RESPONSE.value
