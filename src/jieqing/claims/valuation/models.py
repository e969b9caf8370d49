"""Ratings, warnings, runs and decisions. History grows at its end: what a run replaces is copied to the past first.

A ``Run`` is one revaluation: of everybody, or of the debtors that an event touched. Its evidence entry holds the digest of
each rating row it wrote (row ``leaf_index``), so that any grade of any day can be shown to be the one that was given.
A ``Decision`` is a person's judgement over the machine's (overlay, single item, limit): a row with its reason, ended, not
deleted.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jieqing.claims.valuation.engine.scorecard import Grade
from jieqing.plumbing.db.models import SiteModel

GRADES = [(grade.value, grade.name) for grade in Grade]


class Trigger(models.TextChoices):
    IMPORT = "import", "导入"
    UNDO = "undo", "撤销导入"
    BY_HAND = "by_hand", "人工重算"
    NEW_DAY = "new_day", "换日"
    PAYMENT = "payment", "收款"
    ACT = "act", "登记处理"
    CHARGE = "charge", "息费"
    CHANGES = "changes", "多项变动"
    STANDING = "standing", "异议或债务人状况"


class RatingKind(models.IntegerChoices):
    DEBTOR = 1, "债务人付款行为"
    BOOK = 2, "债权人应收账款"


class DecisionKind(models.TextChoices):
    OVERLAY = "overlay", "前瞻调整"
    ITEM_RATE = "item_rate", "单项计提"


class LimitKind(models.TextChoices):
    LIMIT = "limit", "信用额度"
    OVERRIDE = "override", "超额特批"


class Run(SiteModel):
    """One revaluation. ``norms`` is what thin histories leaned on and the line from score to probability."""

    number = models.IntegerField()
    as_of = models.DateField()
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    trigger = models.CharField(max_length=12, choices=Trigger.choices)
    revision = models.IntegerField()
    is_full = models.BooleanField()
    norms = models.JSONField()
    summary = models.JSONField()
    rated = models.IntegerField()
    changed = models.IntegerField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "valuation_run"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="valuation_run_number"),
        ]


class RatingState(models.Model):
    """What a run said about a party; shared by the present (`Rating`) and the past (`RatingPast`).

    Row ``leaf_index`` of the entry of run ``run_number`` has the digest ``row_digest`` of exactly this state.
    """

    party = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    open_minor = models.BigIntegerField()
    overdue_minor = models.BigIntegerField()
    as_of = models.DateField()
    run_number = models.IntegerField()
    probability_millionths = models.IntegerField()
    leaf_index = models.IntegerField()
    invoices_due = models.IntegerField()
    score = models.SmallIntegerField()
    grade = models.SmallIntegerField(choices=GRADES)
    previous_grade = models.SmallIntegerField(choices=GRADES, null=True, blank=True)
    kind = models.SmallIntegerField(choices=RatingKind.choices)
    currency = models.CharField(max_length=3)
    values = ArrayField(models.IntegerField())
    points = ArrayField(models.IntegerField())
    row_digest = models.BinaryField(max_length=32)

    class Meta:
        abstract = True


class Rating(RatingState, SiteModel):
    """The grade of a party as it stands. One row per party, so no index changes with a run (decision 0109)."""

    class Meta:
        db_table = "valuation_rating"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "kind", "party"], name="valuation_rating_party"),
        ]


class RatingPast(RatingState, SiteModel):
    """What a run said until run ``ended_run`` said otherwise; written once, then never touched."""

    ended_run = models.IntegerField()

    class Meta:
        db_table = "valuation_rating_past"
        constraints = [
            # Also how a party's history is found.
            models.UniqueConstraint(
                fields=["site_id", "party", "kind", "run_number"], name="valuation_rating_past_once"
            ),
        ]


class Alarm(SiteModel):
    """An item not yet due that is likely to be more than 30 days late; current while ``ended_run`` is empty."""

    item = models.ForeignKey(
        "receivables.Item", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    open_minor = models.BigIntegerField()
    due_on = models.DateField()
    as_of = models.DateField()
    first_on = models.DateField()
    run_number = models.IntegerField()
    ended_run = models.IntegerField(null=True, blank=True)
    probability_millionths = models.IntegerField()
    currency = models.CharField(max_length=3)
    values = ArrayField(models.IntegerField())
    points = ArrayField(models.IntegerField())

    class Meta:
        db_table = "valuation_alarm"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "item"],
                condition=Q(ended_run__isnull=True),
                name="valuation_alarm_current",
            ),
        ]


class DebtorMark(SiteModel):
    """An open dispute about a debtor's debts, as a room above told it (``source_id`` its hold, ``case_id`` its case).

    Live while ``ended_at`` is empty. What holds for the person stands in ``parties.DebtorEvent``; a dispute is about one debt.
    """

    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    source_id = models.UUIDField()
    case_id = models.UUIDField()
    from_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    end_entry_id = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "valuation_mark"
        constraints = [
            # The same news told twice is one mark.
            models.UniqueConstraint(fields=["site_id", "source_id"], name="valuation_mark_once"),
        ]
        indexes = [
            # Few live marks among all that ever were: every revaluation reads them.
            models.Index(
                fields=["site_id", "debtor"], condition=Q(ended_at__isnull=True), name="valuation_mark_live"
            ),
            models.Index(
                fields=["site_id", "case_id"], condition=Q(ended_at__isnull=True), name="valuation_mark_case"
            ),
        ]


class Decision(SiteModel):
    """A person's judgement with its reason; live while ``ended_at`` is empty.

    ``value`` is a decimal text: a factor (overlay) or a rate (single item). ``subject_id`` is an item; none for an overlay.
    """

    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    subject_id = models.UUIDField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    value = models.CharField(max_length=40)
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    end_reason = models.CharField(max_length=400, blank=True)
    end_entry_id = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "valuation_decision"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "kind", "subject_id", "currency"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="valuation_decision_live",
            ),
        ]


class CustomerLimit(SiteModel):
    """How much a debtor may owe in a currency, or (an override) up to what exposure the limit may be passed for a while.

    Live while ``ended_at`` is empty; in force from ``from_on`` to ``to_on``, both inside. ``by`` is who approved it.
    """

    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=LimitKind.choices)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    end_reason = models.CharField(max_length=400, blank=True)
    end_entry_id = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "valuation_limit"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "debtor", "currency", "kind"],
                condition=Q(ended_at__isnull=True),
                name="valuation_limit_live",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="valuation_limit_not_negative"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="valuation_limit_term",
            ),
        ]
        indexes = [
            # A debtor's limits with their past.
            models.Index(fields=["site_id", "debtor", "at"], name="valuation_limit_history"),
        ]
