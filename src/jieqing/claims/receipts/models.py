"""Money seen: accounts, the files that show them, their lines, and what each line was decided to be.

A line is decided by 0 or 1 live `Match` (a unique index holds it, whoever approves at once): a payment that was posted to
the ledger, or a fee, transfer, refund or other that posts nothing. Undone, the match ends and another may follow; nothing is
rewritten or deleted. A refused file is a `BankStatement` too: kept whole, with the sentence that says where it breaks.
"""

from django.db import models
from django.db.models import Q

from jieqing.claims.receipts.engine.statement_types import LineKind
from jieqing.plumbing.db.models import SiteModel


class BankAccount(SiteModel):
    """An account of the site's own, known by its number without spaces and its currency."""

    number = models.CharField(max_length=60)
    currency = models.CharField(max_length=3)
    holder = models.CharField(max_length=200, blank=True)
    profile = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()

    class Meta:
        db_table = "receipts_bank_account"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number", "currency"], name="receipts_account_once"),
        ]

    @property
    def tail(self) -> str:
        """As much of the number as a list needs."""
        return f"…{self.number[-4:]}" if len(self.number) > 4 else self.number


class StatementState(models.TextChoices):
    ENTERED = "entered", "已记入"
    REFUSED = "refused", "已拒收"


class BankStatement(SiteModel):
    """One file (or one statement of a file): checked and entered, or refused with its reason. Never changed."""

    account = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="statements")
    number = models.IntegerField()
    state = models.CharField(max_length=10, choices=StatementState.choices)
    file_name = models.CharField(max_length=255)
    file_key = models.CharField(max_length=120)
    file_digest = models.BinaryField(max_length=32)
    file_bytes = models.BigIntegerField()
    format = models.CharField(max_length=20, blank=True)
    profile = models.CharField(max_length=20, blank=True)
    checked_by = models.CharField(max_length=10, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    opening_minor = models.BigIntegerField(null=True)
    in_minor = models.BigIntegerField(null=True)
    out_minor = models.BigIntegerField(null=True)
    closing_minor = models.BigIntegerField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    lines_read = models.IntegerField(default=0)
    lines_new = models.IntegerField(default=0)
    left_out = models.IntegerField(default=0)
    problem = models.JSONField(null=True)
    notices = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "receipts_bank_statement"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="receipts_statement_number"),
        ]


class BankLine(SiteModel):
    """One movement as the bank booked it. ``line_key`` is what makes it the same line in every later export."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="lines")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    line_no = models.IntegerField()
    line_key = models.BinaryField(max_length=32)
    booked_on = models.DateField()
    booked_time = models.CharField(max_length=8, blank=True)
    value_on = models.DateField(null=True)
    amount_minor = models.BigIntegerField()
    balance_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in LineKind])
    counterparty_name = models.CharField(max_length=200, blank=True)
    counterparty_account = models.CharField(max_length=60, blank=True)
    payer_key = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=400, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    cells = models.JSONField()

    class Meta:
        db_table = "receipts_bank_line"
        constraints = [
            models.UniqueConstraint(fields=["account", "line_key"], name="receipts_line_once"),
        ]
        indexes = [
            # The list, newest first; the id makes the order total.
            models.Index(fields=["site_id", "-booked_on", "-id"], name="receipts_line_list"),
            # Who has paid for whom before.
            models.Index(fields=["site_id", "payer_key"], name="receipts_line_payer"),
        ]


class MatchKind(models.TextChoices):
    PAYMENT = "payment", "客户付款"
    FEE = "fee", "银行费用"
    TRANSFER = "transfer", "内部转账"
    REFUND = "refund", "退款"
    OTHER = "other", "其他"


class MatchRule(SiteModel):
    """Leave to match lines that are certain without a person: switched on by somebody, ended by somebody."""

    rule = models.CharField(max_length=20)
    switched_on_at = models.DateTimeField()
    switched_on_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        db_table = "receipts_match_rule"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "rule"], condition=Q(ended_at__isnull=True), name="receipts_rule_live"
            ),
        ]


class Match(SiteModel):
    """What a line was decided to be. For a payment: the revision that posted it, its debtor, and what stayed unapplied."""

    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="matches")
    kind = models.CharField(max_length=10, choices=MatchKind.choices)
    debtor = models.ForeignKey("parties.Party", null=True, on_delete=models.PROTECT, related_name="+")
    rest_minor = models.BigIntegerField(default=0)
    revision = models.IntegerField(null=True)
    score = models.SmallIntegerField(null=True)
    reasons = models.JSONField(default=list)
    rule = models.ForeignKey(MatchRule, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_entry_id = models.UUIDField(null=True)
    end_revision = models.IntegerField(null=True)

    class Meta:
        db_table = "receipts_match"
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(ended_at__isnull=True), name="receipts_match_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=MatchKind.PAYMENT, revision__isnull=False)
                | (~Q(kind=MatchKind.PAYMENT) & Q(revision__isnull=True)),
                name="receipts_match_payment_posts",
            ),
        ]


class MatchPart(SiteModel):
    """How much of the line went to which item."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="parts")
    item = models.ForeignKey(
        "receivables.Item", on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    amount_minor = models.BigIntegerField()

    class Meta:
        db_table = "receipts_match_part"
        constraints = [
            models.UniqueConstraint(fields=["match", "item"], name="receipts_part_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receipts_part_positive"),
        ]


class Rejection(SiteModel):
    """A suggestion that somebody looked at and refused; it is not made again for this line."""

    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="rejections")
    suggestion = models.CharField(max_length=64)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "receipts_rejection"
        constraints = [
            models.UniqueConstraint(fields=["line", "suggestion"], name="receipts_rejected_once"),
        ]
