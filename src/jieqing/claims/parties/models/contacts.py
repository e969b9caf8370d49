"""Contact points and what was said about them.

A point's value is sealed with a key outside the database; its lookup is a keyed digest of the canonical value, so that
one number is found again without being readable. Values are never changed: a correction is a new point and the old one's
last state says which. States, choices and hours are rows with who, when and why; an end is a mark on the row.
"""

from django.db import models

from jieqing.claims.parties.engine.choices import ChoiceKind
from jieqing.claims.parties.engine.contact_points import BelongsTo, PointKind
from jieqing.claims.parties.models.party import Party
from jieqing.plumbing.db.models import SiteModel

LOOKUP_BYTES = 32
REASON_CHARS_MAX = 200


class PointState(models.TextChoices):
    """What was last said of a point; a point without a row stands as its source gave it."""

    CONFIRMED = "confirmed"
    # The import that brought it was taken back; brought again, it is ``given``.
    WITHDRAWN = "withdrawn"
    GIVEN = "given"
    INVALID = "invalid"
    REPLACED = "replaced"
    ERASED = "erased"


class ContactPoint(SiteModel):
    """One way to reach a party, or somebody through whom the party may be reached. Emptied once erased."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="points")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in PointKind])
    belongs_to = models.CharField(max_length=16, choices=[(one.value, one.value) for one in BelongsTo])
    value_sealed = models.BinaryField(null=True)
    lookup = models.BinaryField(null=True)
    holder_sealed = models.BinaryField(null=True)
    timezone = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=16)
    batch_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "parties_contact_point"
        constraints = [
            # A number stands once with a party: imports meet it again without making a second one.
            models.UniqueConstraint(fields=["party", "lookup"], name="parties_contact_point_once"),
        ]
        indexes = [
            # Whose number is it: a refusal holds for the number, however it comes in again.
            models.Index(
                fields=["site_id", "lookup"],
                condition=models.Q(lookup__isnull=False),
                name="parties_contact_point_lookup",
            ),
            # What an import brought, to be taken back with it.
            models.Index(
                fields=["site_id", "batch_id"],
                condition=models.Q(batch_id__isnull=False),
                name="parties_contact_point_batch",
            ),
        ]


class ContactPointState(SiteModel):
    """Confirmed, invalid, replaced, erased: when, by whom, why. The latest counts."""

    point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=PointState.choices)
    at = models.DateTimeField()
    reason = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    replaced_by = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, null=True, related_name="+")
    by_id = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "parties_contact_point_state"
        indexes = [models.Index(fields=["point", "-at", "-id"], name="parties_point_state_latest")]


class ContactChoice(SiteModel):
    """Consent, opt-out or refusal; of one point or of everything of the party; of a channel, or of all (empty)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="choices")
    point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, null=True, related_name="choices")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in ChoiceKind])
    channel = models.CharField(max_length=12, blank=True)
    # The number as it was refused: it stays closed when the point is erased or entered again.
    lookup = models.BinaryField(null=True)
    case_id = models.UUIDField(null=True)
    source = models.CharField(max_length=10)
    reason = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    from_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "parties_contact_choice"
        constraints = [
            # Held by the database too: no service, import or script can open a number that a third person closed.
            models.CheckConstraint(
                condition=~models.Q(kind=ChoiceKind.REFUSAL.value) | models.Q(ended_at__isnull=True),
                name="parties_choice_refusal_stands",
            ),
        ]
        indexes = [models.Index(fields=["party", "kind"], name="parties_choice_of_party")]


class AgreedHours(SiteModel):
    """A window of the person's own day in which they agreed to be reached."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="hours")
    point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, null=True, related_name="hours")
    from_minute = models.PositiveSmallIntegerField()
    until_minute = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10)
    reason = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    from_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "parties_agreed_hours"
