"""Ratings that a run replaced move to a table of their own (decision 0109): the present is updated in place.

Room is left in each page of the present, so that a run's new states fit beside the old ones and no index is touched.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import jieqing.kernel.ids
from jieqing.plumbing.db.security import AppendOnly, SiteSecurity

_STATE = (
    "site_id, party_id, open_minor, overdue_minor, as_of, run_number, probability_millionths, leaf_index, invoices_due,"
    ' score, grade, previous_grade, kind, currency, "values", points, row_digest'
)
# The owner writes rows of every site here, once: the policy binds owners too, so it is lifted for these statements.
MOVE = f"""
ALTER TABLE valuation_rating NO FORCE ROW LEVEL SECURITY;
INSERT INTO valuation_rating_past (id, {_STATE}, ended_run)
SELECT id, {_STATE}, ended_run FROM valuation_rating WHERE ended_run IS NOT NULL;
DELETE FROM valuation_rating WHERE ended_run IS NOT NULL;
ALTER TABLE valuation_rating FORCE ROW LEVEL SECURITY;
ALTER TABLE valuation_rating SET (fillfactor = 45);
"""  # noqa: S608  # constants only
CHANGED_BY_A_RUN = (
    "open_minor", "overdue_minor", "as_of", "run_number", "probability_millionths", "leaf_index", "invoices_due", "score",
    "grade", "previous_grade", "currency", "values", "points", "row_digest",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
        ("valuation", "0002_triggers"),
    ]

    operations = [
        migrations.CreateModel(
            name="RatingPast",
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
                ("ended_run", models.IntegerField()),
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
                "db_table": "valuation_rating_past",
            },
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="rating",
            name="valuation_rating_current",
        ),
        migrations.RemoveIndex(
            model_name="rating",
            name="valuation_rating_history",
        ),
        migrations.RemoveField(
            model_name="rating",
            name="ended_run",
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                fields=("site_id", "kind", "party"), name="valuation_rating_party"
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingpast",
            constraint=models.UniqueConstraint(
                fields=("site_id", "party", "kind", "run_number"), name="valuation_rating_past_once"
            ),
        ),
        SiteSecurity("valuation_rating_past"),
        AppendOnly("valuation_rating_past"),
        AppendOnly("valuation_rating", updatable=CHANGED_BY_A_RUN),
    ]
