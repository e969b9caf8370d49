from django.db import migrations, models

import jieqing.kernel.ids
from jieqing.plumbing.db.security import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0002_framework_tables")]

    operations = [
        migrations.CreateModel(
            name="Upkeep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("backup", "Backup"),
                            ("check", "Check"),
                            ("drill", "Drill"),
                            ("restore", "Restore"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("is_ok", models.BooleanField()),
                ("facts", models.JSONField()),
            ],
            options={
                "db_table": "plumbing_upkeep",
                "indexes": [models.Index(fields=["kind", "-at"], name="plumbing_upkeep_newest")],
            },
        ),
        AppendOnly("plumbing_upkeep"),
    ]
