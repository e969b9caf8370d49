"""Placements: the signed order that every case rests on, its debts, its states and the checks before it.

An item lies in at most one placement in force: a unique index over the rows that have begun and not ended holds it,
whoever activates at once. Nothing is deleted, so engagement numbers of a year have no gap. Terms never change after
signing: what was agreed anew is a new placement.
"""

from django.db import models
from django.db.models import Q

from jieqing.plumbing.db.models import SiteModel
from jieqing.recovery.placements.engine.terms import PlacementKind, PlacementStateCode

KINDS = [(PlacementKind.STANDING.value, "常设"), (PlacementKind.ENTRUSTED.value, "受托")]
STATES = [
    (PlacementStateCode.DRAFT.value, "草稿"),
    (PlacementStateCode.SIGNED.value, "已签署"),
    (PlacementStateCode.ACTIVE.value, "有效"),
    (PlacementStateCode.RECALLED.value, "已撤回"),
    (PlacementStateCode.ENDED.value, "已到期"),
    (PlacementStateCode.DECLINED.value, "未接受"),
]
DECISIONS = [("clear", "无冲突"), ("accepted", "可以接受"), ("refused", "不接受")]


class Placement(SiteModel):
    """One order. ``state`` repeats the newest `PlacementState`, written with it, so that lists need no join."""

    kind = models.CharField(max_length=12, choices=KINDS)
    year = models.SmallIntegerField()
    sequence = models.IntegerField()
    number = models.CharField(max_length=20)
    creditor = models.ForeignKey("parties.Party", null=True, on_delete=models.PROTECT, related_name="+")
    covers_all = models.BooleanField(default=False)
    scope = models.TextField()
    max_discount_rate = models.DecimalField(max_digits=8, decimal_places=7)
    max_instalment_months = models.SmallIntegerField()
    may_sue = models.BooleanField()
    fee_rate = models.DecimalField(max_digits=8, decimal_places=7, null=True)
    fee_fixed_fen = models.BigIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=STATES)
    signed_on = models.DateField(null=True)
    agreement_name = models.CharField(max_length=255, blank=True)
    agreement_key = models.CharField(max_length=120, blank=True)
    agreement_digest = models.BinaryField(max_length=32, null=True)
    # The enquiry that it grew from, if one did.
    enquiry_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "placements_placement"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "year", "sequence"], name="placements_number_once"),
            # A site's own debts stand under one order at a time.
            models.UniqueConstraint(
                fields=["site_id"],
                condition=Q(covers_all=True, state=PlacementStateCode.ACTIVE.value),
                name="placements_standing_once",
            ),
            models.CheckConstraint(
                condition=Q(covers_all=True, kind=PlacementKind.STANDING.value, creditor__isnull=True)
                | Q(covers_all=False, creditor__isnull=False),
                name="placements_standing_covers_all",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(PlacementStateCode.DRAFT.value, PlacementStateCode.DECLINED.value))
                | Q(kind=PlacementKind.STANDING.value)
                | Q(agreement_digest__isnull=False),
                name="placements_signed_has_agreement",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="placements_ends_later",
            ),
        ]
        indexes = [
            # The list, newest first; the id makes the order total.
            models.Index(fields=["site_id", "state", "-id"], name="placements_by_state"),
            models.Index(fields=["site_id", "creditor"], name="placements_by_creditor"),
            models.Index(
                fields=["site_id", "enquiry_id"],
                condition=Q(enquiry_id__isnull=False),
                name="placements_of_enquiry",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PlacementState(SiteModel):
    """A step of a placement's life: who, when, why. Never changed."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="states")
    number = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=STATES)
    at = models.DateTimeField()
    by = models.UUIDField()
    reason = models.CharField(max_length=500, blank=True)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "placements_state"
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="placements_state_once"),
        ]


class PlacementItem(SiteModel):
    """A debt in a placement: named in the draft, in force from ``from_at`` until ``until_at``."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(
        "receivables.Item", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "placements_item"
        constraints = [
            models.UniqueConstraint(fields=["placement", "item"], name="placements_item_named_once"),
            # The promise of this room: one debt, one placement in force.
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(from_at__isnull=False, until_at__isnull=True),
                name="placements_item_once",
            ),
        ]
        indexes = [
            models.Index(fields=["site_id", "item"], name="placements_item_look_up"),
        ]


class ConflictCheck(SiteModel):
    """A search for conflicts of interest with what was found and what was decided; written once, with the decision."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="conflict_checks")
    at = models.DateTimeField()
    by = models.UUIDField()
    names = models.JSONField()
    hits = models.JSONField()
    hits_digest = models.BinaryField(max_length=32)
    decision = models.CharField(max_length=10, choices=DECISIONS)
    reason = models.CharField(max_length=500, blank=True)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "placements_conflict_check"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="clear") | ~Q(reason=""), name="placements_conflict_reason"
            ),
        ]
        indexes = [models.Index(fields=["placement", "-id"], name="placements_conflict_newest")]
