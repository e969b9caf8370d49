"""Reviews of changes: what a change of rules would change, asked before it takes effect, and what was decided about it.

A review is never edited: facts move on, so a later look is a review of its own.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jieqing.plumbing.db.models import SiteModel


class ChangeReview(SiteModel):
    """One look at one change. `contacts` of `cases` were judged, out of `cases_open`; digests name both sets of packs."""

    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    effective_on = models.DateField()
    document = models.JSONField(null=True)
    overlay_id = models.UUIDField(null=True)
    old_digest = models.CharField(max_length=64)
    new_digest = models.CharField(max_length=64)
    cases_open = models.IntegerField()
    cases = models.IntegerField()
    contacts = models.IntegerField()
    judged = models.IntegerField()
    changed = models.IntegerField()
    # Of each source: how many things were looked at, out of how many, and how many rows change.
    looked = models.JSONField(default=dict)
    # SHA-256 over the digests of the rows in their order: the list as evidence holds it.
    list_digest = models.CharField(max_length=64, default="")
    why = models.CharField(max_length=500)
    by = models.UUIDField()
    at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "assurance_review"
        indexes = [models.Index(fields=["site_id", "-at"], name="assurance_review_newest")]


class ReviewChange(SiteModel):
    """One thing whose verdict changes: a contact point on a channel, or what another room registered."""

    review = models.ForeignKey(ChangeReview, on_delete=models.CASCADE, related_name="changes")
    source = models.CharField(max_length=30)
    subject = models.CharField(max_length=120)
    case_id = models.UUIDField(null=True)
    owner_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    is_stricter = models.BooleanField()
    rules = ArrayField(models.CharField(max_length=40))

    class Meta:
        db_table = "assurance_review_change"
        indexes = [
            # Whose work a change touches.
            models.Index(fields=["site_id", "owner_id", "review"], name="assurance_change_owner"),
        ]


class ReviewDecision(SiteModel):
    """A second person adopts the change or turns it down, with the reason. One for each review."""

    review = models.OneToOneField(ChangeReview, on_delete=models.PROTECT, related_name="decision")
    is_adopted = models.BooleanField()
    reason = models.CharField(max_length=500)
    by = models.UUIDField()
    at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "assurance_decision"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="assurance_decision_reason"),
        ]
