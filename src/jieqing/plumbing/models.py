"""Tables of the platform's own machinery."""

from django.db import models

from jieqing.plumbing.db.models import PlatformModel, SiteModel
from jieqing.plumbing.db.platform_tables import declare

declare(
    "plumbing_progress",
    "how far a long job is: a digest of site and topic, two counts and a sentence; no rows of anybody",
)


class ProgressState(models.TextChoices):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Progress(PlatformModel):
    """How far one piece of long work is; see ``jieqing.plumbing.progress``. ``channel`` is a digest, never a name."""

    channel = models.CharField(max_length=63, unique=True)
    state = models.CharField(max_length=10, choices=ProgressState.choices)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    problem = models.JSONField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "plumbing_progress"


declare("plumbing_upkeep", "when a backup, a check, a drill or a restore ended and how; no rows of anybody")


class UpkeepKind(models.TextChoices):
    BACKUP = "backup"
    CHECK = "check"
    DRILL = "drill"
    RESTORE = "restore"


class Upkeep(PlatformModel):
    """One piece of the operator's upkeep that ended; written once, never changed. See ``jieqing.plumbing.upkeep``."""

    kind = models.CharField(max_length=10, choices=UpkeepKind.choices)
    at = models.DateTimeField()
    is_ok = models.BooleanField()
    facts = models.JSONField()

    class Meta:
        db_table = "plumbing_upkeep"
        # The health page asks for the newest of each kind.
        indexes = [models.Index(fields=["kind", "-at"], name="plumbing_upkeep_newest")]


class IdempotentAnswer(SiteModel):
    """What a named write answered; see ``jieqing.plumbing.idempotency``. ``holder`` is a person's or a token's id."""

    holder = models.UUIDField()
    key = models.CharField(max_length=200)
    route = models.CharField(max_length=300)
    request_digest = models.BinaryField()
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "plumbing_idempotent_answer"
        constraints = [
            # The last wall behind the lock: the second of two writers fails with its work.
            models.UniqueConstraint(
                fields=["site_id", "holder", "key", "route"], name="plumbing_idempotent_answer_once"
            ),
        ]
        # The nightly job deletes by age, within a site.
        indexes = [models.Index(fields=["site_id", "at"], name="plumbing_idempotent_answer_age")]


class ListView(SiteModel):
    """How a person likes to see a list: a query string and columns, never rows. See ``jieqing.plumbing.listing.saved``.

    ``name`` empty is the person's own last choice of columns, kept without being asked. ``shared_at`` lets the
    colleagues of the site use it too; ``ended_at`` takes it away and can be undone.
    """

    list_name = models.CharField(max_length=60)
    owner_id = models.UUIDField()
    name = models.CharField(max_length=60, blank=True)
    query = models.CharField(max_length=1_000, blank=True)
    columns = models.JSONField(default=list)
    created_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "plumbing_list_view"
        constraints = [
            # Also the index of the one read: a list's live views on a site.
            models.UniqueConstraint(
                fields=["site_id", "list_name", "owner_id", "name"],
                condition=models.Q(ended_at=None),
                name="plumbing_list_view_once",
            ),
        ]
