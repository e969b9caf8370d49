"""The schema, brought up to date by whoever may: the owner role."""

import os


def migrate_all() -> None:
    """Bring the schema to the newest version, as the owner role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jieqing.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
