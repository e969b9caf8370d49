import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import jieqing.kernel.ids
from jieqing.plumbing.db.security import AppendOnly, SiteSecurity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0001_initial"),
        ("receivables", "0005_posting_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
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
                    models.CharField(
                        choices=[("overlay", "前瞻调整"), ("item_rate", "单项计提"), ("limit", "信用额度")],
                        max_length=10,
                    ),
                ),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("value", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("entry_id", models.UUIDField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.UUIDField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=400)),
                ("end_entry_id", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "db_table": "valuation_decision",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("site_id", "kind", "subject_id", "currency"),
                        name="valuation_decision_live",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site_id", models.UUIDField(editable=False)),
                ("number", models.IntegerField()),
                ("as_of", models.DateField()),
                ("at", models.DateTimeField()),
                ("actor_id", models.UUIDField()),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("import", "导入"),
                            ("undo", "撤销导入"),
                            ("by_hand", "人工重算"),
                            ("new_day", "换日"),
                        ],
                        max_length=12,
                    ),
                ),
                ("revision", models.IntegerField()),
                ("is_full", models.BooleanField()),
                ("norms", models.JSONField()),
                ("summary", models.JSONField()),
                ("rated", models.IntegerField()),
                ("changed", models.IntegerField()),
                ("entry_id", models.UUIDField()),
            ],
            options={
                "db_table": "valuation_run",
                "constraints": [
                    models.UniqueConstraint(fields=("site_id", "number"), name="valuation_run_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site_id", models.UUIDField(editable=False)),
                ("open_minor", models.BigIntegerField()),
                ("overdue_minor", models.BigIntegerField()),
                ("as_of", models.DateField()),
                ("run_number", models.IntegerField()),
                ("ended_run", models.IntegerField(blank=True, null=True)),
                ("probability_millionths", models.IntegerField()),
                ("leaf_index", models.IntegerField()),
                ("invoices_due", models.IntegerField()),
                ("score", models.SmallIntegerField()),
                (
                    "grade",
                    models.SmallIntegerField(
                        choices=[
                            (1, "AAA"),
                            (2, "AA"),
                            (3, "A"),
                            (4, "BBB"),
                            (5, "BB"),
                            (6, "B"),
                            (7, "CCC"),
                            (8, "CC"),
                            (9, "C"),
                            (10, "D"),
                        ]
                    ),
                ),
                (
                    "previous_grade",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "AAA"),
                            (2, "AA"),
                            (3, "A"),
                            (4, "BBB"),
                            (5, "BB"),
                            (6, "B"),
                            (7, "CCC"),
                            (8, "CC"),
                            (9, "C"),
                            (10, "D"),
                        ],
                        null=True,
                    ),
                ),
                ("kind", models.SmallIntegerField(choices=[(1, "债务人付款行为"), (2, "债权人应收账款")])),
                ("currency", models.CharField(max_length=3)),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                ("row_digest", models.BinaryField(max_length=32)),
                (
                    "party",
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
                "db_table": "valuation_rating",
                "indexes": [
                    models.Index(fields=["site_id", "party", "run_number"], name="valuation_rating_history")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_run__isnull", True)),
                        fields=("site_id", "kind", "party"),
                        name="valuation_rating_current",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site_id", models.UUIDField(editable=False)),
                ("open_minor", models.BigIntegerField()),
                ("due_on", models.DateField()),
                ("as_of", models.DateField()),
                ("first_on", models.DateField()),
                ("run_number", models.IntegerField()),
                ("ended_run", models.IntegerField(blank=True, null=True)),
                ("probability_millionths", models.IntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
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
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="receivables.item",
                    ),
                ),
            ],
            options={
                "db_table": "valuation_alarm",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_run__isnull", True)),
                        fields=("site_id", "item"),
                        name="valuation_alarm_current",
                    )
                ],
            },
        ),
        SiteSecurity("valuation_run", "valuation_rating", "valuation_alarm", "valuation_decision"),
        AppendOnly("valuation_run"),
        # A row is ended once by what replaced it, never rewritten.
        AppendOnly("valuation_rating", "valuation_alarm", updatable=("ended_run",)),
        AppendOnly("valuation_decision", updatable=("ended_at", "ended_by", "end_reason", "end_entry_id")),
    ]
