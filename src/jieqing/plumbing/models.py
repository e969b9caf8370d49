"""Tables of the platform's own machinery."""

from django.db import models

from jieqing.plumbing.db.models import PlatformModel
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
