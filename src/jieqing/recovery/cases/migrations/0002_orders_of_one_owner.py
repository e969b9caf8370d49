"""Each order of the worklist is walked along an index for one owner too, and for the cases nobody has.

Without these a specialist's list by next step, overdue amount or age walked the whole site's order and threw away what
belongs to colleagues: at a million cases up to a third of them for one page.
"""

from django.db import migrations, models

OPEN = models.Q(state="open")


def _index(name: str, column: str) -> migrations.AddIndex:
    fields = ["site_id", "owner_id", column, "id"]
    return migrations.AddIndex("case", models.Index(fields=fields, condition=OPEN, name=name))


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        _index("cases_of_owner_next", "next_action_on"),
        _index("cases_of_owner_overdue", "overdue_minor"),
        _index("cases_of_owner_age", "oldest_due_on"),
    ]
