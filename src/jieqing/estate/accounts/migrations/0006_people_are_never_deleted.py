"""A person's row is never deleted by the application: evidence, memberships and sessions name it for good.

What is personal in it is emptied when it must go (``privacy.py``); the row stays. The application does not delete today
and, from here on, cannot.
"""

from django.db import migrations

from jieqing.plumbing.db.security import APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_rights")]

    operations = [
        migrations.RunSQL(
            f"REVOKE DELETE, TRUNCATE ON accounts_user FROM {APP_ROLE}",
            f"GRANT DELETE ON accounts_user TO {APP_ROLE}",
        ),
    ]
