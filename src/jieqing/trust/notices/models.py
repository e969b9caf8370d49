"""The outbox of notices, and what became of each.

A notice is written once and not changed, but for its secrets, which are destroyed when it has left. What became of it
are rows of ``Attempt``: sent, deferred (with the next time), refused, expired, withdrawn. ``Queued`` is what still has to leave: a
platform table of ids and times, so that one worker serves all sites without seeing any row of theirs.
"""

from django.db import models

from jieqing.plumbing.db.models import PlatformModel, SiteModel
from jieqing.plumbing.db.platform_tables import declare
from jieqing.trust.notices.engine.kinds import RECIPIENT_NAMES, TEMPLATES


class NoticeModel(SiteModel):
    """A row of a site, or of the platform itself (sign-in, account security) where ``site_id`` is null."""

    site_id = models.UUIDField(null=True, editable=False)  # type: ignore[assignment]

    class Meta:
        abstract = True


class Notice(NoticeModel):
    """``values`` are the plain ones; ``sealed`` holds the secret ones until the notice has left."""

    kind = models.CharField(max_length=24, choices=[(kind.value, t.name[0]) for kind, t in TEMPLATES.items()])
    recipient = models.CharField(
        max_length=16, choices=[(kind.value, names[0]) for kind, names in RECIPIENT_NAMES.items()]
    )
    address = models.CharField(max_length=254)
    values = models.JSONField()
    sealed = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        # The outbox page lists newest first; ids are UUIDv7 and sort by time.
        indexes = [models.Index(fields=["site_id", "-id"], name="notices_notice_newest")]


class Outcome(models.TextChoices):
    SENT = "sent", "已发出"
    DEFERRED = "deferred", "稍后重试"
    REFUSED = "refused", "被拒收"
    EXPIRED = "expired", "已过期"
    WITHDRAWN = "withdrawn", "已撤回"


class Attempt(NoticeModel):
    """One try to hand a notice to the mail server, and the three digits it answered."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reply_code = models.PositiveSmallIntegerField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_attempt"
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="notices_attempt_number")]


def with_state(rows: models.QuerySet[Notice]) -> models.QuerySet[Notice]:
    """Each notice with ``state``, ``state_at`` and ``next_at`` of its last attempt (none: it waits)."""
    last = Attempt.objects.filter(notice=models.OuterRef("pk")).order_by("-number")
    return rows.annotate(
        state=models.Subquery(last.values("outcome")[:1]),
        state_at=models.Subquery(last.values("at")[:1]),
        next_at=models.Subquery(last.values("next_at")[:1]),
    )


class Queued(PlatformModel):
    """What has to leave, and when to try. Carries no word of the notice."""

    notice_id = models.UUIDField(unique=True)
    site_id = models.UUIDField(null=True)
    due_at = models.DateTimeField()

    class Meta:
        db_table = "notices_queue"
        indexes = [models.Index(fields=["due_at"], name="notices_queue_due")]


declare("notices_queue", "ids and times of mail that has to leave; one worker serves all sites")
