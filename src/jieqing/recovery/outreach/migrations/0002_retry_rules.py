"""The rule of retries: versions by channel, appended and never changed."""

from django.db import migrations, models

import jieqing.kernel.ids
from jieqing.plumbing.db.security import AppendOnly, SiteSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetryRuleVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jieqing.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site_id", models.UUIDField(editable=False)),
                ("version", models.IntegerField()),
                ("waits", models.JSONField()),
                ("reason", models.CharField(max_length=400)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField()),
                ("entry_id", models.UUIDField()),
            ],
            options={
                "db_table": "outreach_retry_rule",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site_id", "version"), name="outreach_retry_rule_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="outreach_retry_rule_has_reason",
                    ),
                ],
            },
        ),
        SiteSecurity("outreach_retry_rule"),
        AppendOnly("outreach_retry_rule"),
    ]
