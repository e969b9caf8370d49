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
