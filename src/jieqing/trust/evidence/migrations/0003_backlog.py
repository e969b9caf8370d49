"""How many entries wait for the sequencer: a number, for the health page and metrics, and nothing else of the outbox.

The application may not read the outbox; this function runs with its owner's rights and gives a count, at most 10,000.
"""

from django.db import migrations

BACKLOG = """
CREATE FUNCTION evidence_backlog() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM (SELECT 1 FROM evidence_outbox LIMIT 10000) waiting
$$
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_walls")]

    operations = [migrations.RunSQL(BACKLOG, "DROP FUNCTION evidence_backlog()")]
