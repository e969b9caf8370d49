"""One index of postings instead of two: the primary key leads with what postings are looked up by.

A posting is found through its site and item, never by its number; the number (from an identity column) makes the key
unique and keeps the order of writing. Two indexes on the table that grows fastest would cost an import a tenth of its time.
"""

from django.db import migrations

FORWARDS = """
ALTER TABLE receivables_posting DROP CONSTRAINT receivables_posting_pkey;
DROP INDEX receivables_posting_item;
ALTER TABLE receivables_posting ADD CONSTRAINT receivables_posting_pkey PRIMARY KEY (site_id, item_id, id);
"""
BACKWARDS = """
ALTER TABLE receivables_posting DROP CONSTRAINT receivables_posting_pkey;
ALTER TABLE receivables_posting ADD CONSTRAINT receivables_posting_pkey PRIMARY KEY (id);
CREATE INDEX receivables_posting_item ON receivables_posting (site_id, item_id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("receivables", "0004_minor_sum"),
    ]

    operations = [
        migrations.RunSQL(
            FORWARDS,
            BACKWARDS,
            # Django's own pk stays the number: it knows no key of several columns with an identity among them.
            state_operations=[migrations.RemoveIndex(model_name="posting", name="receivables_posting_item")],
        )
    ]
