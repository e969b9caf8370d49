"""The list's own order as an index, so that a page of a million items is a walk and not a sum of everything."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ("receivables", "0006_statements"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                "site_id", Coalesce("due_on", "invoice_on"), "id", name="receivables_item_by_due"
            ),
        ),
    ]
