"""The framework's own tables are the owner's to write: the application reads them and no more.

An application that could write the schema's history could make the next upgrade skip or repeat a step.
"""

from django.db import migrations

from jieqing.plumbing.db.security import ReadOnly


class Migration(migrations.Migration):
    dependencies = [
        ("plumbing", "0001_progress"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        ReadOnly(
            "django_migrations",
            "django_content_type",
            "auth_permission",
            "auth_group",
            "auth_group_permissions",
        ),
    ]
