"""The peer of ``ledger_import``: django-import-export at its best documented settings, doing the same work.

Bulk mode, batches of 1,000, no diff, no report of unchanged rows, cached instance loader, one transaction. The same
validation of cells by its widgets, debtors resolved and created, business key as import id, postings written in bulk.
It writes no evidence and keeps no history, so it has less to do than we have.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connections, models
from import_export import fields, resources, widgets
from import_export.instance_loaders import CachedInstanceLoader
from tablib import Dataset

LABEL = "benchpeer"


class Debtor(models.Model):
    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        app_label = LABEL


class Item(models.Model):
    debtor = models.ForeignKey(Debtor, on_delete=models.PROTECT)
    number = models.CharField(max_length=120, unique=True)
    invoice_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    paid = models.DecimalField(max_digits=18, decimal_places=2)
    paid_on = models.DateField(null=True, blank=True)
    department = models.CharField(max_length=80)
    clerk = models.CharField(max_length=80)
    memo = models.CharField(max_length=200)

    class Meta:
        app_label = LABEL


class Posting(models.Model):
    item = models.ForeignKey(Item, on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    effective_on = models.DateField()
    kind = models.SmallIntegerField()

    class Meta:
        app_label = LABEL


class DebtorWidget(widgets.Widget):
    """Finds debtors in memory, makes those that are missing; a query for each row would be its default."""

    def __init__(self) -> None:
        super().__init__()
        self.known = {debtor.code: debtor for debtor in Debtor.objects.all()}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Debtor:
        debtor = self.known.get(value)
        if debtor is None:
            debtor = self.known[value] = Debtor.objects.create(code=value, name=row["客户名称"])
        return debtor


def resource() -> resources.ModelResource:
    day = widgets.DateWidget(format="%Y-%m-%d")

    class ItemResource(resources.ModelResource):
        debtor = fields.Field(column_name="客户编码", attribute="debtor", widget=DebtorWidget())
        number = fields.Field(column_name="发票号码", attribute="number")
        invoice_on = fields.Field(column_name="开票日期", attribute="invoice_on", widget=day)
        due_on = fields.Field(column_name="到期日", attribute="due_on", widget=day)
        currency = fields.Field(column_name="币种", attribute="currency")
        amount = fields.Field(column_name="发票金额", attribute="amount", widget=widgets.DecimalWidget())
        paid = fields.Field(column_name="已收金额", attribute="paid", widget=widgets.DecimalWidget())
        paid_on = fields.Field(column_name="收款日期", attribute="paid_on", widget=day)
        department = fields.Field(column_name="部门", attribute="department")
        clerk = fields.Field(column_name="业务员", attribute="clerk")
        memo = fields.Field(column_name="摘要", attribute="memo")

        class Meta:
            model = Item
            import_id_fields = ("number",)
            instance_loader_class = CachedInstanceLoader
            use_bulk = True
            batch_size = 1_000
            skip_diff = True
            skip_html_diff = True
            report_skipped = False
            clean_model_instances = False
            use_transactions = True

        def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
            postings = []
            for item in Item.objects.iterator(chunk_size=5_000):
                postings.append(Posting(item=item, amount=item.amount, effective_on=item.invoice_on, kind=1))
                if item.paid:
                    paid_on = item.paid_on or item.invoice_on
                    postings.append(Posting(item=item, amount=-item.paid, effective_on=paid_on, kind=3))
            Posting.objects.bulk_create(postings, batch_size=1_000)

    return ItemResource()


def create_tables() -> None:
    with connections["owner"].schema_editor() as editor:
        for model in (Debtor, Item, Posting):
            editor.create_model(model)


def empty_tables() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE benchpeer_posting, benchpeer_item, benchpeer_debtor RESTART IDENTITY")


def import_slice(path: Path) -> tuple[int, int, int]:
    """Import the file; returns rows, amount and postings in minor units, for the check."""
    dataset = Dataset().load(path.read_text(encoding="utf-8"), format="csv")
    result = resource().import_data(dataset, raise_errors=True, collect_failed_rows=False)
    if result.has_errors() or result.has_validation_errors():
        raise SystemExit("the peer refused rows")
    return len(dataset), *_sums()


def _sums() -> tuple[int, int]:
    amount = Item.objects.aggregate(total=models.Sum("amount"))["total"]
    open_amount = Posting.objects.aggregate(total=models.Sum("amount"))["total"]
    return int(amount * 100), int(open_amount * 100)
