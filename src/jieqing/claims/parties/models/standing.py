"""Who answers for a debt beside the debtor, and events that change how a debtor may be pursued."""

from django.db import models

from jieqing.claims.parties.engine.standing import EventKind, GuaranteeKind
from jieqing.claims.parties.models.contacts import REASON_CHARS_MAX
from jieqing.claims.parties.models.party import Party
from jieqing.plumbing.db.models import SiteModel


class Guarantee(SiteModel):
    """A party answers for a debtor: for one item, or for all (``item_id`` null); until a day, or without one."""

    guarantor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="guarantees_given")
    debtor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="guarantees_had")
    item_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in GuaranteeKind])
    until_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_CHARS_MAX)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "parties_guarantee"
        constraints = [
            models.UniqueConstraint(
                fields=["guarantor", "debtor", "item_id"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="parties_guarantee_live",
            ),
            models.CheckConstraint(
                condition=~models.Q(guarantor=models.F("debtor")), name="parties_guarantee_another"
            ),
        ]


class DebtorEvent(SiteModel):
    """Something that holds for a party from a day until a day. ``source`` is the room that wrote it, ``source_id`` its row."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=14, choices=[(kind.value, kind.value) for kind in EventKind])
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_CHARS_MAX)
    source = models.CharField(max_length=20)
    source_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "parties_debtor_event"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="parties_event_forward",
            ),
            # A hold that is told twice is one event.
            models.UniqueConstraint(
                fields=["party", "kind", "source", "source_id"],
                condition=models.Q(source_id__isnull=False),
                name="parties_event_once",
            ),
        ]
        indexes = [models.Index(fields=["party", "kind"], name="parties_event_of_party")]
