"""An aggregate that adds amounts as whole numbers.

PostgreSQL's own ``sum(bigint)`` answers a numeric: exact, but with a state on the heap for each group, and ageing makes a
group for each item. Amounts are bigint and so are our totals; ``receivables_sum`` adds them as such, with half the memory, and
raises where a total would not fit instead of going wrong.
"""

from django.db import migrations

FORWARDS = """
CREATE AGGREGATE receivables_sum(bigint) (
    SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("receivables", "0003_dropped_drafts"),
    ]

    operations = [migrations.RunSQL(FORWARDS, "DROP AGGREGATE receivables_sum(bigint)")]
