"""Statements of account that were issued: numbered, stored, never changed; and what became of each.

A statement keeps what it was asked for (terms, revision) and what the paper says around the figures (names, letterhead),
so that the same bytes can be made again; the bytes themselves lie in the store under their digest.
"""

from django.db import models

from jieqing.claims.receivables.engine.account_statement import StatementForm
from jieqing.plumbing.db.models import SiteModel


class RunState(models.TextChoices):
    WORKING = "working", "制作中"
    DONE = "done", "已完成"


class HandOverKind(models.TextChoices):
    DOWNLOADED = "downloaded", "下载"
    SENT_TO_MEMBER = "sent_to_member", "通知本站成员"


class StatementRun(SiteModel):
    """Statements for many debtors as one piece of work. ``targets`` are the debtors' ids as they matched at its start.

    ``schedule`` is what started it, when no person did. ``skipped`` says for whom no statement could be made, and why.
    """

    number = models.IntegerField()
    schedule = models.ForeignKey(
        "receivables.StatementSchedule", null=True, on_delete=models.PROTECT, related_name="runs"
    )
    terms = models.JSONField()
    wanted = models.JSONField()
    lang = models.CharField(max_length=2)
    known_rev = models.IntegerField()
    targets = models.JSONField()
    skipped = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.WORKING)
    archive_key = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "receivables_statement_run"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="receivables_statement_run_number"),
        ]


class Statement(SiteModel):
    """One issued statement. ``printed`` holds names and letterhead as they stand on the paper."""

    number = models.IntegerField()
    year = models.IntegerField()
    run = models.ForeignKey(StatementRun, null=True, on_delete=models.PROTECT, related_name="statements")
    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    creditor = models.ForeignKey(
        "parties.Party",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    form = models.CharField(max_length=8, choices=[(form.value, form.value) for form in StatementForm])
    terms = models.JSONField()
    as_of = models.DateField()
    known_rev = models.IntegerField()
    lang = models.CharField(max_length=2)
    printed = models.JSONField()
    closing = models.JSONField()
    content_digest = models.BinaryField(max_length=32)
    pdf_key = models.CharField(max_length=120)
    xlsx_key = models.CharField(max_length=120)
    entry_id = models.UUIDField()
    made_at = models.DateTimeField()
    made_on = models.DateField()
    made_by = models.UUIDField()

    class Meta:
        db_table = "receivables_statement"
        constraints = [
            # Two makers at once cannot give one number twice, whatever the lock does.
            models.UniqueConstraint(fields=["site_id", "number"], name="receivables_statement_number"),
            # A run that is killed and resumed, or worked on twice, makes one statement for each debtor.
            models.UniqueConstraint(fields=["run", "debtor"], name="receivables_statement_once_a_run"),
        ]
        indexes = [models.Index(fields=["site_id", "debtor", "-number"], name="receivables_statement_debtor")]


class StatementHandOver(SiteModel):
    """That a statement left the register: who took which file, or who was told, when."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="hand_overs")
    kind = models.CharField(max_length=16, choices=HandOverKind.choices)
    file = models.CharField(max_length=8, blank=True)
    recipient = models.CharField(max_length=120, blank=True)
    notice_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField()

    class Meta:
        db_table = "receivables_statement_hand_over"
        indexes = [models.Index(fields=["statement", "at"], name="receivables_hand_over_when")]
