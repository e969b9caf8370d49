"""A second person's yes to one contact: asked for, answered once, used once, each a row of its own.

What was approved is what was asked: channel, purpose, content and companion stand in the request and are not said again when
the permit is taken, so nobody can approve one thing and another be done.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jieqing.plumbing.db.models import SiteModel


class ApprovalRequest(SiteModel):
    """Somebody asks that a contact which a rule leaves to a second person be approved."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    # A plain id: a point may be erased, the request stays.
    point_id = models.UUIDField()
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    content = models.JSONField()
    companion_id = models.UUIDField(null=True)
    rules = ArrayField(models.CharField(max_length=40))
    why = models.CharField(max_length=500)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "outreach_approval"
        constraints = [
            models.CheckConstraint(condition=~models.Q(why=""), name="outreach_approval_has_reason"),
        ]
        indexes = [
            # The list, newest first.
            models.Index(fields=["site_id", "-asked_at"], name="outreach_approval_newest"),
        ]


class ApprovalAnswer(SiteModel):
    """A second person's answer, with the reason. One for each request; a yes holds until ``valid_until``."""

    request = models.OneToOneField(ApprovalRequest, on_delete=models.PROTECT, related_name="answer")
    is_approved = models.BooleanField()
    reason = models.CharField(max_length=500)
    by = models.UUIDField()
    at = models.DateTimeField()
    valid_until = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "outreach_approval_answer"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="outreach_approval_answer_reason"),
        ]


class ApprovalUse(SiteModel):
    """The one permit that an approval led to."""

    request = models.OneToOneField(ApprovalRequest, on_delete=models.PROTECT, related_name="use")
    permit_id = models.UUIDField()
    decision_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "outreach_approval_use"


class RetryRuleVersion(SiteModel):
    """When a channel that reached nobody is tried again; the newest version holds, older ones tell what did.

    ``waits`` are days by channel, as ``engine.retries`` says.
    """

    version = models.IntegerField()
    waits = models.JSONField()
    reason = models.CharField(max_length=400)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "outreach_retry_rule"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "version"], name="outreach_retry_rule_version"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="outreach_retry_rule_has_reason"),
        ]
