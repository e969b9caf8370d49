"""Messages of channels: what left, every step of it, and what came back.

Texts are sealed with a key outside the database. A message row is written once with its permit; what became of it is steps,
appended and each at most once but replies, which is what makes two workers send one message once.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jieqing.plumbing.db.models import SiteModel


class Message(SiteModel):
    """One e-mail asked for with a permit that was used for it. ``key``: the form it came from, so that a double click is one."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    # A plain id: a point may be erased, what was sent stays.
    point_id = models.UUIDField()
    key = models.CharField(max_length=64)
    permit_id = models.UUIDField()
    permit_until = models.DateTimeField()
    purpose = models.CharField(max_length=20)
    script_version_id = models.UUIDField()
    subject_sealed = models.BinaryField()
    body_sealed = models.BinaryField()
    body_digest = models.BinaryField()
    tells_debt = models.BooleanField()
    remaining_minor = models.BigIntegerField()
    original_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    as_of = models.DateField()
    by = models.UUIDField()
    at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "channels_message"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "key"], name="channels_message_once"),
            models.UniqueConstraint(fields=["site_id", "permit_id"], name="channels_message_one_permit"),
        ]
        indexes = [models.Index(fields=["case", "-at"], name="channels_message_of_case")]


class MessageStep(SiteModel):
    """One step of a message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="steps", db_index=False)
    step = models.CharField(max_length=10)
    why = models.CharField(max_length=16, blank=True)
    reply_code = models.IntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "channels_step"
        constraints = [
            # Two workers: the second one's claim fails. What comes back may come more than once.
            models.UniqueConstraint(
                fields=["message", "step"], condition=~Q(step="replied"), name="channels_step_once"
            ),
        ]
        indexes = [models.Index(fields=["message", "at"], name="channels_step_of_message")]


class Received(SiteModel):
    """What came back: sealed words, and what the scanner read in them. ``digest`` makes a message read twice one."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="received")
    kind = models.CharField(max_length=10)
    text_sealed = models.BinaryField()
    digest = models.BinaryField()
    categories = ArrayField(models.CharField(max_length=30), default=list)
    status = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "channels_received"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "digest"], name="channels_received_once"),
        ]
