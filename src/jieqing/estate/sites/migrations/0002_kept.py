"""A site is never deleted and its address never changes: evidence and links speak of it for good."""

from django.db import migrations

from jieqing.plumbing.db.security import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("sites", "0001_initial")]

    operations = [AppendOnly("sites_site", updatable=("name", "kind", "state"))]
