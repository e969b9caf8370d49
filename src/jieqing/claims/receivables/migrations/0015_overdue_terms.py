import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import jieqing.kernel.ids
from jieqing.plumbing.db.security import AppendOnly, SiteSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
        ("receivables", "0014_bills"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ledgerrevision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "导入"),
                    ("undo", "撤销"),
                    ("correction", "更正"),
                    ("charge", "息费"),
                    ("receipt", "银行收款"),
                    ("receipt_back", "撤销银行收款"),
                    ("act", "登记处理"),
                    ("act_back", "撤回处理"),
                    ("appropriated", "按顺序抵充"),
                    ("bill", "收到承兑汇票"),
                    ("bill_back", "承兑汇票拒付或撤回"),
                    ("late_terms", "逾期口径"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="OverdueTermsVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site_id", models.UUIDField(editable=False)),
                ("number", models.IntegerField()),
                ("grace_days", models.SmallIntegerField(null=True)),
                (
                    "shifts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                ("effective_from", models.DateField()),
                ("recorded_rev", models.IntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField()),
                ("entry_id", models.UUIDField()),
                (
                    "creditor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="parties.party",
                    ),
                ),
            ],
            options={
                "db_table": "receivables_overdue_terms",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site_id", "number"), name="receivables_overdue_terms_number"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            ("grace_days__isnull", True),
                            Q(("grace_days__gte", 0), ("grace_days__lte", 366)),
                            _connector="OR",
                        ),
                        name="receivables_overdue_terms_bounds",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            ("grace_days__isnull", False), ("creditor__isnull", False), _connector="OR"
                        ),
                        name="receivables_overdue_terms_of_site",
                    ),
                ],
            },
        ),
        SiteSecurity("receivables_overdue_terms"),
        AppendOnly("receivables_overdue_terms"),
    ]
