"""What signing in may do to its own tables: the log and the pauses are written and, in time, deleted, never rewritten.

allauth's registers of addresses stay empty here, so the application may only read them.
"""

from django.db import migrations

from jieqing.plumbing.db.security import APP_ROLE, ReadOnly


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_clearances"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        ReadOnly("account_emailaddress", "account_emailconfirmation"),
        migrations.RunSQL(
            f"REVOKE UPDATE, TRUNCATE ON accounts_sign_in, accounts_lockout FROM {APP_ROLE}",
            f"GRANT UPDATE ON accounts_sign_in, accounts_lockout TO {APP_ROLE}",
        ),
    ]
