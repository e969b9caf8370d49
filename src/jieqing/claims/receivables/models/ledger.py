"""The ledger's tables: revisions, batches, items with their past, postings.

Two axes of time (decision 0001). Every write of a site's ledger is a `LedgerRevision`, numbered 1, 2, 3 ... under
one advisory lock: the *known* axis. A `Posting` is *effective* on a day. A report asks ``as_of`` (day) and, when
wanted, ``known_at`` (revision); rows carry ``recorded_rev`` and the revision that ended them, so the answer of any
earlier moment comes back exactly.

Postings are double entry in one row: ``amount_minor`` on ``account`` (positive = the debtor owes more) and its
mirror on ``contra``. Nothing is updated but the end marks; the application role has no right to (migration 0001).

Hot tables carry no database foreign keys (decision 0022): rows are never deleted, one service writes them in sets,
and ``make fsck`` proves the references.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from jieqing.claims.receivables.engine.accounts import ITEM_KINDS, POSTING_KINDS, POSTING_SOURCES
from jieqing.plumbing.db.models import SiteModel


class RevisionKind(models.TextChoices):
    IMPORT = "import", "导入"
    UNDO = "undo", "撤销"
    CORRECTION = "correction", "更正"
    CHARGE = "charge", "息费"
    RECEIPT = "receipt", "银行收款"
    RECEIPT_BACK = "receipt_back", "撤销银行收款"
    ACT = "act", "登记处理"
    ACT_BACK = "act_back", "撤回处理"
    APPROPRIATED = "appropriated", "按顺序抵充"
    BILL = "bill", "收到承兑汇票"
    BILL_BACK = "bill_back", "承兑汇票拒付或撤回"
    OVERDUE_TERMS = "late_terms", "逾期口径"


class BatchState(models.TextChoices):
    """What has become of a batch. Who and when stand in its revisions; why, in the evidence entries."""

    DRAFT = "draft", "待确认"
    COMMITTED = "committed", "已入账"
    UNDONE = "undone", "已撤销"
    DROPPED = "dropped", "已放弃"


class StagedState(models.TextChoices):
    OPEN = "open", "待处理"
    FIXED = "fixed", "已修改"
    ACCEPTED = "accepted", "已入账"
    DISCARDED = "discarded", "已放弃"
    UNDONE = "undone", "随批次撤销"


class ImportBatch(SiteModel):
    """One file on its way into the ledger: stored as it came, read, confirmed, undone as a whole."""

    number = models.IntegerField()
    file_name = models.CharField(max_length=255)
    file_key = models.CharField(max_length=120)
    file_digest = models.BinaryField(max_length=32)
    file_bytes = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64, blank=True)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.DRAFT)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    committed_rev = models.IntegerField(null=True, blank=True)
    undone_rev = models.IntegerField(null=True, blank=True)

    class Meta:
        db_table = "receivables_import_batch"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="receivables_batch_number"),
        ]


class LedgerRevision(SiteModel):
    """One write of a site's ledger: the tick of the known axis. ``entry_id`` is its evidence."""

    number = models.IntegerField()
    kind = models.CharField(max_length=12, choices=RevisionKind.choices)
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    entry_id = models.UUIDField()
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.PROTECT, related_name="revisions")

    class Meta:
        db_table = "receivables_revision"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="receivables_revision_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="receivables_revision_from_one"),
        ]


class StagedRow(SiteModel):
    """A row that could not become an item: kept whole, fixable, re-runnable. Nothing is dropped.

    ``cells`` may be corrected; what the file said stands in the stored file at ``line``.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="staged_rows")
    line = models.IntegerField()
    cells = models.JSONField()
    problems = models.JSONField()
    problem_code = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=StagedState.choices, default=StagedState.OPEN)
    reason = models.CharField(max_length=200, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "receivables_staged_row"
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="receivables_staged_line"),
        ]


class MappingProfile(SiteModel):
    """How a source's columns were understood, confirmed by a person; the next file with this header starts from it."""

    fingerprint = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        db_table = "receivables_mapping_profile"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "fingerprint"], name="receivables_profile_source"),
        ]


class ItemState(models.Model):
    """What a correction can change about an item; shared by the present (`Item`) and the past (`ItemPast`).

    ``recorded_rev`` is since when the ledger says so; ``origin_rev`` the import that said it first. They differ after an
    undo brought a state back. The proof of a state is row ``leaf_index`` of the entry of revision ``origin_rev``.
    """

    creditor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    # Empty for what no file of the ledger brought: the unapplied rest of a bank line.
    batch = models.ForeignKey(
        ImportBatch,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    amount_minor = models.BigIntegerField()
    # Bytes 8 to 4 to 2 in order, so that PostgreSQL pads nothing between them.
    invoice_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    posting_on = models.DateField(null=True, blank=True)
    line = models.IntegerField()
    leaf_index = models.IntegerField()
    recorded_rev = models.IntegerField()
    origin_rev = models.IntegerField()
    kind = models.SmallIntegerField(choices=ITEM_KINDS)
    currency = models.CharField(max_length=3)
    document_number = models.CharField(max_length=120)
    row_digest = models.BinaryField(max_length=32)

    class Meta:
        abstract = True


class Item(ItemState, SiteModel):
    """A document that makes a debt or lessens one: invoice, credit note, unapplied payment. Its id never changes.

    ``business_key`` is what a source calls the same document; unique on a site while the item is not withdrawn."""

    business_key = models.UUIDField()
    withdrawn_rev = models.IntegerField(null=True, blank=True)

    class Meta:
        db_table = "receivables_item"
        constraints = [
            # The key first: it alone decides nearly every comparison, and every look-up names both.
            models.UniqueConstraint(
                fields=["business_key", "site_id"],
                condition=Q(withdrawn_rev__isnull=True),
                name="receivables_item_key",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_rev__isnull=True) | Q(withdrawn_rev__gt=F("recorded_rev")),
                name="receivables_item_withdrawn_later",
            ),
        ]
        indexes = [
            # The site's own rows, and one debtor's items; other filters scan the site, which ageing does anyway.
            models.Index(fields=["site_id", "debtor"], name="receivables_item_debtor"),
            # The list's own order: a page of a million items is read along it (selectors.item_walk).
            models.Index("site_id", Coalesce("due_on", "invoice_on"), "id", name="receivables_item_by_due"),
        ]

    def __str__(self) -> str:
        return self.document_number


class ItemPast(ItemState, SiteModel):
    """What an item was from ``recorded_rev`` until ``voided_rev``, copied when a correction or an undo changed it."""

    item = models.ForeignKey(
        Item, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="past"
    )
    voided_rev = models.IntegerField()

    class Meta:
        db_table = "receivables_item_past"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "item", "recorded_rev"], name="receivables_past_once"),
            models.CheckConstraint(
                condition=Q(voided_rev__gt=F("recorded_rev")), name="receivables_past_later"
            ),
        ]


class Posting(SiteModel):
    """A balanced pair: ``amount_minor`` on ``account``, the same amount with the other sign on ``contra``.

    The number stays inside the room: an item is the public noun, and postings are read through it. In the database the
    primary key is (site, item, number), the one index of this table (migration 0005).
    """

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]  # 8 bytes a row matter here
    item = models.ForeignKey(
        Item, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="postings"
    )
    amount_minor = models.BigIntegerField()
    effective_on = models.DateField()
    recorded_rev = models.IntegerField()
    origin_rev = models.IntegerField()
    voided_rev = models.IntegerField(null=True, blank=True)
    kind = models.SmallIntegerField(choices=POSTING_KINDS)
    account = models.SmallIntegerField()
    contra = models.SmallIntegerField()
    source = models.SmallIntegerField(choices=POSTING_SOURCES)
    currency = models.CharField(max_length=3)

    class Meta:
        db_table = "receivables_posting"
        constraints = [
            models.CheckConstraint(condition=~Q(amount_minor=0), name="receivables_posting_not_zero"),
            models.CheckConstraint(
                condition=~Q(account=F("contra")), name="receivables_posting_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(voided_rev__isnull=True) | Q(voided_rev__gt=F("recorded_rev")),
                name="receivables_posting_voided_later",
            ),
        ]


class ReportingDay(SiteModel):
    """The day a site reports on when it replays a past ledger; without a live row, today.

    A row, not a setting: who chose the day, and when the replay began and ended, stay answerable.
    """

    as_of = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "receivables_reporting_day"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id"], condition=Q(ended_at__isnull=True), name="receivables_one_reporting_day"
            ),
        ]
