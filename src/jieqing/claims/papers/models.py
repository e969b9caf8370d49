"""Files beside items and debtors. A row is never changed but for its withdrawal; the file lies in the site's store by digest."""

from django.db import models
from django.db.models import Q

from jieqing.claims.papers.engine.files import PaperKind
from jieqing.plumbing.db.models import SiteModel


class Paper(SiteModel):
    """One file about a debtor, and about one item of theirs when ``item`` is set."""

    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    item = models.ForeignKey(
        "receivables.Item",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PaperKind])
    signed_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=130)
    file_key = models.CharField(max_length=120)
    file_digest = models.BinaryField(max_length=32)
    file_bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    entry_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "papers_paper"
        indexes = [
            models.Index(fields=["site_id", "debtor"], name="papers_paper_debtor"),
            models.Index(fields=["site_id", "item"], name="papers_paper_item"),
        ]
        constraints = [
            # A null item stands for the debtor as a whole: still one row for one file.
            models.UniqueConstraint(
                fields=["site_id", "debtor", "item", "file_digest"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="papers_paper_once",
            ),
        ]
