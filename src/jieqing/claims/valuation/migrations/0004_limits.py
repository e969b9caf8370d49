import django.db.models.deletion
from django.db import migrations, models

import jieqing.kernel.ids
from jieqing.plumbing.db.security import AppendOnly, SiteSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0002_contacts"),
        ("valuation", "0003_rating_past"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[("overlay", "前瞻调整"), ("item_rate", "单项计提")], max_length=10
            ),
        ),
        migrations.CreateModel(
            name="CustomerLimit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site_id", models.UUIDField(editable=False)),
                (
                    "kind",
                    models.CharField(choices=[("limit", "信用额度"), ("override", "超额特批")], max_length=8),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("entry_id", models.UUIDField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.UUIDField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=400)),
                ("end_entry_id", models.UUIDField(blank=True, null=True)),
                (
                    "debtor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="parties.party",
                    ),
                ),
            ],
            options={
                "db_table": "valuation_limit",
                "indexes": [models.Index(fields=["site_id", "debtor", "at"], name="valuation_limit_history")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("site_id", "debtor", "currency", "kind"),
                        name="valuation_limit_live",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gte", 0)), name="valuation_limit_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="valuation_limit_term",
                    ),
                ],
            },
        ),
        SiteSecurity("valuation_limit"),
        AppendOnly("valuation_limit", updatable=("ended_at", "ended_by", "end_reason", "end_entry_id")),
    ]
