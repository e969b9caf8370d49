"""Proofs of domains are read by a worker; sign-ups are counted by address; a bank line counts once on the platform."""

from django.db import migrations, models

import jieqing.kernel.ids
from jieqing.plumbing.db.security import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0004_rent"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignUp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "sites_sign_up",
            },
        ),
        migrations.AddField(
            model_name="sitedomain",
            name="checking_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="filing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("practice", "司法行政机关执业登记"),
                    ("outsourcing", "金融机构外包合作备案"),
                    ("amc", "资产管理业务监管备案"),
                    ("mediation", "调解组织登记备案"),
                    ("in_house", "企业应收管理制度备案"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=60, unique=True)),
                ("invoice_id", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "sites_bank_line"},
        ),
        migrations.AddIndex(
            model_name="signup",
            index=models.Index(fields=["source", "at"], name="sites_sign_up_source"),
        ),
        AppendOnly("sites_bank_line"),
        AppendOnly(
            "sites_domain", updatable=("verified_at", "checking_since", "checked_at", "found", "ended_at")
        ),
    ]
