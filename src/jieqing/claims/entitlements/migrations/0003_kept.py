"""What somebody entered and vouched for stays as it was said: a correction is another row."""

from django.db import migrations

from jieqing.plumbing.db.security import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0002_what_was_shipped")]

    operations = [AppendOnly("entitlements_lpr_month", "entitlements_lpr_month_state")]
