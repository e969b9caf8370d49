import django.db.models.deletion
from django.db import migrations, models

import jieqing.kernel.ids
from jieqing.plumbing.db.security import AppendOnly, SiteSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_orders_of_one_owner"),
        ("parties", "0003_identifiers"),
    ]

    operations = [
        migrations.CreateModel(
            name="DisputePaper",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site_id", models.UUIDField(editable=False)),
                ("paper_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("entry_id", models.UUIDField()),
            ],
            options={
                "db_table": "cases_dispute_paper",
            },
        ),
        migrations.CreateModel(
            name="FieldLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site_id", models.UUIDField(editable=False)),
                ("key", models.CharField(max_length=40)),
                ("digest", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "cases_field_line",
            },
        ),
        migrations.RemoveConstraint(
            model_name="casefile",
            name="cases_file_once",
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="told",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="bulkchangerow",
            name="before",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="case",
            name="file_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="caseclock",
            name="escalated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="casefile",
            name="kind",
            field=models.CharField(default="cases", max_length=10),
        ),
        migrations.AddField(
            model_name="casefile",
            name="undo_entry_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="casefile",
            name="undone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="casefile",
            name="undone_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="casefile",
            name="undone_count",
            field=models.IntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("file_id__isnull", False)),
                fields=["site_id", "file_id"],
                name="cases_of_file",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("enquiry_id__isnull", False)),
                fields=["site_id", "enquiry_id"],
                name="cases_of_enquiry",
            ),
        ),
        migrations.AddIndex(
            model_name="caseclock",
            index=models.Index(
                condition=models.Q(
                    ("escalated_at__isnull", True), ("met_at__isnull", True), ("stopped_at__isnull", True)
                ),
                fields=["site_id", "due_at"],
                name="cases_clock_untold",
            ),
        ),
        migrations.AddIndex(
            model_name="casefile",
            index=models.Index(fields=["site_id", "-at"], name="cases_file_newest"),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("site_id", "file_digest"),
                name="cases_file_once",
            ),
        ),
        migrations.AddField(
            model_name="disputepaper",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="cases.dispute"
            ),
        ),
        migrations.AddField(
            model_name="fieldline",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="field_lines",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="fieldline",
            name="file",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="cases.casefile",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputepaper",
            constraint=models.UniqueConstraint(
                fields=("dispute", "paper_id"), name="cases_dispute_paper_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldline",
            constraint=models.UniqueConstraint(fields=("site_id", "key"), name="cases_field_line_once"),
        ),
        SiteSecurity("cases_dispute_paper", "cases_field_line"),
        AppendOnly("cases_dispute_paper", "cases_field_line"),
        AppendOnly("cases_file", updatable=("undone_at", "undone_by", "undone_count", "undo_entry_id")),
        AppendOnly("cases_clock", updatable=("met_at", "met_by", "stopped_at", "escalated_at")),
    ]
