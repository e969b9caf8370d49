"""Endpoints of other programs and what was sent to them. Endpoints and pauses are steps with evidence; the rest is a log."""

from django.db import models

from jieqing.plumbing.db.models import SiteModel


class Endpoint(SiteModel):
    """An address that hears chosen news of a site. The secret is sealed; the one before stays valid for a while."""

    url = models.CharField(max_length=500)
    description = models.CharField(max_length=120, blank=True)
    events = models.JSONField()
    secret = models.BinaryField()
    previous_secret = models.BinaryField(null=True)
    previous_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "webhooks_endpoint"


class Removal(SiteModel):
    """An endpoint that hears nothing any more: who ended it, when and why."""

    endpoint = models.OneToOneField(Endpoint, on_delete=models.PROTECT, related_name="removal")
    at = models.DateTimeField()
    by = models.UUIDField()
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "webhooks_removal"


class PauseCause(models.TextChoices):
    FAILURES = "failures", "连续失败"
    GONE = "gone", "对方答复已停用（410）"
    BY_HAND = "by_hand", "人工暂停"


class Pause(SiteModel):
    """A time in which an endpoint is sent nothing; what happens meanwhile waits."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="pauses")
    cause = models.CharField(max_length=10, choices=PauseCause.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        db_table = "webhooks_pause"
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=models.Q(ended_at__isnull=True), name="webhooks_pause_live"
            )
        ]


class Health(SiteModel):
    """How an endpoint has answered lately: failures in a row, since when, and the last success."""

    endpoint = models.OneToOneField(Endpoint, on_delete=models.CASCADE, related_name="health")
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "webhooks_health"


class Message(SiteModel):
    """One piece of news as it is sent, byte for byte the same at every attempt; its id is the ``webhook-id``."""

    event = models.CharField(max_length=60)
    body = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "webhooks_message"
        # A replay from a moment on, and the nightly forgetting.
        indexes = [models.Index(fields=["site_id", "at"], name="webhooks_message_age")]


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "等待投递"
    TAKEN = "taken", "已送达"
    GIVEN_UP = "given_up", "已放弃"


class Delivery(SiteModel):
    """A message on its way to an endpoint. ``next_at`` null while waiting: held by a pause."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=DeliveryState.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    is_replay = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "webhooks_delivery"
        indexes = [
            # The log page, newest first.
            models.Index(fields=["endpoint", "-id"], name="webhooks_delivery_log"),
            # What a resumed endpoint is owed.
            models.Index(
                fields=["endpoint"], condition=models.Q(state="waiting"), name="webhooks_delivery_waiting"
            ),
        ]


class Attempt(SiteModel):
    """One try. Written before the call, so that a killed process leaves a try without an outcome, not none."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "webhooks_attempt"
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="webhooks_attempt_number")]
