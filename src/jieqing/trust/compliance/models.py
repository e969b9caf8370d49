"""What was decided, what was permitted, and the platform's one count of contacts.

``Decision`` is every verdict that was asked for in earnest, denials included: the facts it was made on (so that it can be
replayed), the rules that were reasons, the packs. ``Permit`` is the signed leave; what became of it are rows of ``PermitState``.

``Reservation`` is a platform table that no role but the owner may read or write: the function ``compliance_slots`` is the
only way in, and gives counts, never rows. Its keys are HMACs; it knows no site's name for anybody.

``Overlay`` and ``OverlayStep`` are what a site tightens for itself. ``KeptSet`` and ``KeptPack`` keep every set of packs by which
a verdict was ever given, so that it can be computed again when the packs have changed.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jieqing.plumbing.db.models import PlatformModel, SiteModel
from jieqing.plumbing.db.platform_tables import declare
from jieqing.trust.compliance.engine.slots import Outcome


class Decision(SiteModel):
    """One verdict. ``contact`` is the caller's plain reference (a contact point's id), never a number or a name."""

    at = models.DateTimeField()
    actor_id = models.UUIDField()
    contact = models.CharField(max_length=120)
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    verdict = models.CharField(max_length=16)
    rules = ArrayField(models.CharField(max_length=40))
    not_before = models.DateTimeField(null=True)
    facts = models.JSONField()
    facts_digest = models.CharField(max_length=64)
    pack_digest = models.CharField(max_length=64)
    approved_by = models.UUIDField(null=True)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "compliance_decision"
        indexes = [
            # The officer's page: newest first, and by rule.
            models.Index(fields=["site_id", "-at"], name="compliance_decision_newest"),
        ]


class Permit(SiteModel):
    """A signed leave for one contact; ``body`` is what was signed."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="permits")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    body = models.JSONField()
    signature = models.BinaryField()

    class Meta:
        db_table = "compliance_permit"
        indexes = [models.Index(fields=["decision"], name="compliance_permit_decision")]


class PermitStep(models.TextChoices):
    REDEEMED = "redeemed", "已使用"
    SETTLED = "settled", "已有结果"
    RETURNED = "returned", "未用退回"


class PermitState(SiteModel):
    """What became of a permit: used (at most once), its outcome (which may be told better later), or given back unused."""

    permit = models.ForeignKey(Permit, on_delete=models.CASCADE, related_name="states")
    step = models.CharField(max_length=10, choices=PermitStep.choices)
    outcome = models.CharField(max_length=16, blank=True, choices=[(one.value, one.value) for one in Outcome])
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "compliance_permit_state"
        constraints = [
            models.UniqueConstraint(
                fields=["permit", "step"],
                condition=models.Q(step__in=["redeemed", "returned"]),
                name="compliance_permit_once",
            )
        ]


class Reservation(PlatformModel):
    """One slot of one contact under one key."""

    permit_id = models.UUIDField()
    slot = models.CharField(max_length=32)
    key = models.BinaryField()
    at = models.DateTimeField()
    day = models.DateField()
    state = models.CharField(max_length=8)  # held, in_use, used, returned
    holds_until = models.DateTimeField()

    class Meta:
        db_table = "compliance_reservation"
        indexes = [
            models.Index(fields=["key", "slot", "at"], name="compliance_reservation_key"),
            models.Index(fields=["permit_id"], name="compliance_reservation_permit"),
        ]


class Overlay(SiteModel):
    """What a site adds to the packs, as proposed. It says nothing to the gate until it is adopted, and cannot be changed."""

    pack_id = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    document = models.JSONField()
    why = models.TextField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    # The proof that it tightens: contacts asked, answers that became stricter.
    cases = models.IntegerField()
    stricter = models.IntegerField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "compliance_overlay"
        indexes = [models.Index(fields=["site_id", "-proposed_at"], name="compliance_overlay_newest")]


class OverlayTurn(models.TextChoices):
    ADOPTED = "adopted", "已采用"
    WITHDRAWN = "withdrawn", "已撤回"


class OverlayStep(SiteModel):
    """An overlay adopted or withdrawn, each once, and from when it is so."""

    overlay = models.ForeignKey(Overlay, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=OverlayTurn.choices)
    effective_at = models.DateTimeField()
    why = models.TextField()
    actor_id = models.UUIDField()
    at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "compliance_overlay_step"
        constraints = [
            models.UniqueConstraint(fields=["overlay", "step"], name="compliance_overlay_step_once")
        ]


class KeptSet(SiteModel):
    """A set of packs by which this site decided at least once: its digest, and of which packs it is."""

    digest = models.CharField(max_length=64)
    packs = models.JSONField()  # {pack id: digest}, what the set's digest is the digest of
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "compliance_kept_set"
        constraints = [models.UniqueConstraint(fields=["site_id", "digest"], name="compliance_kept_set_once")]


class KeptPack(PlatformModel):
    """A shipped pack that was in force here once, as it was written."""

    digest = models.CharField(max_length=64, unique=True)
    pack_id = models.CharField(max_length=60)
    document = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "compliance_kept_pack"


declare(
    "compliance_kept_pack",
    "packs as shipped, the same for every site; no site's overlay is among them",
)
declare(
    "compliance_reservation",
    "caps count a person across sites; no role may read it, one function gives counts by keyed hash",
)
