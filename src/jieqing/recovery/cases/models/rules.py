"""What a site decided about its cases: the ladder, the rule of opening, bulk changes and files of cases.

Versions are rows: the newest is in force, the older ones tell what was. A bulk change keeps what each case was before, so
that it can be undone as one.
"""

from django.db import models
from django.db.models import Q

from jieqing.plumbing.db.models import SiteModel

REASON_CHARS_MAX = 400


class StageLadder(SiteModel):
    """A version of the site's ladder; ``steps`` as ``engine.ladder.Step`` says."""

    version = models.IntegerField()
    steps = models.JSONField()
    may_skip = models.BooleanField(default=False)
    reason = models.CharField(max_length=REASON_CHARS_MAX)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "cases_ladder"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "version"], name="cases_ladder_version"),
        ]


class OpeningRule(SiteModel):
    """A version of the rule by which cases open by themselves; ``terms`` as ``engine.opening.OpeningTerms`` says."""

    version = models.IntegerField()
    terms = models.JSONField()
    is_on = models.BooleanField()
    reason = models.CharField(max_length=REASON_CHARS_MAX)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "cases_opening_rule"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "version"], name="cases_opening_rule_version"),
        ]


class BulkChange(SiteModel):
    """Many cases given out, put off or moved at once: one entry with the root of all rows; undone once, as a whole.

    ``told`` is what the change asked for (the day, the stage) and for how many it was refused, and why."""

    kind = models.CharField(max_length=10)
    told = models.JSONField(default=dict)
    owner_id = models.UUIDField(null=True)
    wanted = models.JSONField(default=dict)
    count = models.IntegerField()
    reason = models.CharField(max_length=REASON_CHARS_MAX, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_count = models.IntegerField(null=True)
    undo_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_bulk_change"


class BulkChangeRow(SiteModel):
    """One case of a bulk change: who had it (or how it stood) before, and its row in the entry."""

    change = models.ForeignKey(BulkChange, on_delete=models.PROTECT, related_name="rows", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="bulk_rows", db_index=False)
    row_index = models.IntegerField()
    before_id = models.UUIDField(null=True)
    before = models.JSONField(default=dict)

    class Meta:
        db_table = "cases_bulk_change_row"
        constraints = [
            models.UniqueConstraint(fields=["change", "row_index"], name="cases_bulk_row_once"),
        ]


class CaseFile(SiteModel):
    """A file that was read in: one that opens cases, or a field sheet that came back. The same file gives the same answer.

    A file of cases can be taken back once; then it may be read in again."""

    kind = models.CharField(max_length=10, default="cases")
    file_name = models.CharField(max_length=255)
    file_key = models.CharField(max_length=120)
    file_digest = models.BinaryField(max_length=32)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_count = models.IntegerField(null=True)
    undo_entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_file"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "file_digest"],
                condition=Q(undone_at__isnull=True),
                name="cases_file_once",
            ),
            models.CheckConstraint(condition=~Q(file_name=""), name="cases_file_named"),
        ]
        indexes = [models.Index(fields=["site_id", "-at"], name="cases_file_newest")]


class FieldLine(SiteModel):
    """A line of a field sheet that was taken: its key is spent, so that a sheet sent twice does nothing twice."""

    file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="lines", db_index=False)
    key = models.CharField(max_length=40)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="field_lines", db_index=False
    )
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_field_line"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "key"], name="cases_field_line_once"),
        ]
