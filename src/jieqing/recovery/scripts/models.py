"""Scripts: the text, its versions, what the reviewer decided about each, by which key, and how each was used.

Versions, decisions, uses and complaints are never changed. ``Script`` repeats what lists need (the state of its newest version,
the version in use); both are written with the row that made them so. A version is usable only between the decision that
filed it and the one that replaced or withdrew it: `selectors.usable_script` reads that from the decisions, for any moment.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jieqing.plumbing.db.models import SiteModel
from jieqing.recovery.scripts.engine.filings import STATES
from jieqing.recovery.scripts.engine.keys import KEY_STEPS
from jieqing.recovery.scripts.engine.scans import OCCASIONS
from jieqing.recovery.scripts.engine.words import ADDRESSEES, EMOTIONS, PURPOSES, STAGES

_STATES = [(state.value, names[0]) for state, names in STATES.items()]
ORIGINS = [("shipped", "平台提供"), ("own", "本站编写")]


class Script(SiteModel):
    """One script of a site under its code."""

    code = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    lang = models.CharField(max_length=2)
    stage = models.CharField(max_length=16, choices=[(one.value, names[0]) for one, names in STAGES.items()])
    purpose = models.CharField(
        max_length=16, choices=[(one.value, names[0]) for one, names in PURPOSES.items()]
    )
    channels = ArrayField(models.CharField(max_length=16))
    addressee = models.CharField(
        max_length=12, choices=[(one.value, names[0]) for one, names in ADDRESSEES.items()]
    )
    emotion = models.CharField(
        max_length=12, choices=[(one.value, names[0]) for one, names in EMOTIONS.items()]
    )
    origin = models.CharField(max_length=8, choices=ORIGINS)
    state = models.CharField(max_length=10, choices=_STATES)
    newest_number = models.SmallIntegerField()
    filed_version = models.ForeignKey(
        "ScriptVersion", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "scripts_script"
        constraints = [models.UniqueConstraint(fields=["site_id", "code"], name="scripts_code_once")]
        indexes = [
            # The library by what it is for, and the composer's question: what may be said for this purpose now.
            models.Index(fields=["site_id", "purpose", "state"], name="scripts_by_purpose"),
            models.Index(
                fields=["site_id", "purpose"], condition=Q(filed_version__isnull=False), name="scripts_in_use"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ScriptVersion(SiteModel):
    """A text with its declarations, as an author left it. ``judged`` is what the digest and every decision are about."""

    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    judged = models.JSONField()
    digest = models.BinaryField(max_length=32)
    tells_debt = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "scripts_version"
        constraints = [models.UniqueConstraint(fields=["script", "number"], name="scripts_version_once")]

    @property
    def body(self) -> str:
        return str(self.judged["body"])

    @property
    def declared(self) -> dict[str, Any]:
        return {key: value for key, value in self.judged.items() if key != "body"}


class ReviewerKey(SiteModel):
    """A reviewer's own signing key. The seed lies sealed; its key stands outside the database."""

    user_id = models.UUIDField()
    public_key = models.BinaryField(max_length=32)
    sealed_seed = models.BinaryField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "scripts_reviewer_key"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "user_id"], condition=Q(ended_at__isnull=True), name="scripts_key_live"
            )
        ]

    @property
    def public_key_hex(self) -> str:
        return bytes(self.public_key).hex()


class ReviewerKeyStep(SiteModel):
    """How a key ended, and what followed: replaced (signed by both keys), revoked by the operator, another one admitted."""

    key = models.ForeignKey(ReviewerKey, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(
        max_length=10, choices=[(one.value, names[0]) for one, names in KEY_STEPS.items()]
    )
    successor = models.ForeignKey(ReviewerKey, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.JSONField(null=True)
    signature = models.BinaryField(max_length=64, null=True)
    new_signature = models.BinaryField(max_length=64, null=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "scripts_reviewer_key_step"
        constraints = [
            models.UniqueConstraint(fields=["key", "kind"], name="scripts_key_step_once"),
            # A key that follows another was signed by it; who ends or admits one says why.
            models.CheckConstraint(
                condition=Q(
                    kind="rotated",
                    successor__isnull=False,
                    signature__isnull=False,
                    new_signature__isnull=False,
                )
                | (Q(kind__in=["revoked", "admitted"]) & ~Q(reason="")),
                name="scripts_key_step_proven",
            ),
        ]


class ScriptFiling(SiteModel):
    """A step of a version on its way: submitted, returned, filed, withdrawn, replaced. What a reviewer decides is signed."""

    version = models.ForeignKey(ScriptVersion, on_delete=models.PROTECT, related_name="filings")
    number = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=_STATES)
    at = models.DateTimeField()
    by = models.UUIDField()
    reason = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    key = models.ForeignKey(ReviewerKey, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.JSONField(null=True)
    signature = models.BinaryField(max_length=64, null=True)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "scripts_filing"
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="scripts_filing_once"),
            # What has the force of a filing carries the reviewer's signature, and a refusal its reason.
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "returned"])
                | Q(key__isnull=False, statement__isnull=False, signature__isnull=False),
                name="scripts_decision_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "withdrawn"]) | ~Q(reason=""),
                name="scripts_refusal_reason",
            ),
        ]


class ScriptUse(SiteModel):
    """A contact that used a version; ``source`` is the contact's own name, so the same one is counted once."""

    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="uses")
    version = models.ForeignKey(ScriptVersion, on_delete=models.PROTECT, related_name="uses")
    source = models.CharField(max_length=100)
    channel = models.CharField(max_length=16)
    purpose = models.CharField(max_length=16)
    case_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        db_table = "scripts_use"
        constraints = [models.UniqueConstraint(fields=["site_id", "source"], name="scripts_use_once")]


class ScriptComplaint(SiteModel):
    """A complaint that came of a use."""

    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="complaints")
    use = models.ForeignKey(ScriptUse, on_delete=models.PROTECT, related_name="complaints")
    complaint_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "scripts_complaint"
        constraints = [models.UniqueConstraint(fields=["use", "complaint_id"], name="scripts_complaint_once")]


class ScriptScan(SiteModel):
    """A text that somebody kept, sent to review or was about to say, as the scanner judged it. The text itself is not here.

    ``digest`` is keyed: a short text cannot be guessed from it. ``entry_id`` is the act's own evidence.
    """

    occasion = models.CharField(
        max_length=10, choices=[(one.value, names[0]) for one, names in OCCASIONS.items()]
    )
    verdict = models.CharField(max_length=16)
    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="scans")
    version = models.ForeignKey(ScriptVersion, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "scripts_scan"
        indexes = [
            # Statistics look at the last quarter.
            models.Index(fields=["site_id", "at"], name="scripts_scan_newest"),
        ]


class ScriptScanFinding(SiteModel):
    """A place of a scanned text: what rule it met, and its surroundings without anybody's data."""

    scan = models.ForeignKey(ScriptScan, on_delete=models.PROTECT, related_name="findings")
    category = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    verdict = models.CharField(max_length=16)
    excerpt = models.CharField(max_length=120)

    class Meta:
        db_table = "scripts_scan_finding"
