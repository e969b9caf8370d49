"""A function through which the application may have the planner's statistics of our tables taken again.

Only an owner may ANALYZE, and the server's own upkeep comes a minute later or, while one connection goes from a bulk load
straight into a report, not at all: a report planned for an empty table then joins row by row and does not end.
A tenth of the usual sample is enough to tell thousands from none, and takes milliseconds.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION plumbing_take_statistics(names text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET default_statistics_target = 10 AS $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY names LOOP
        EXECUTE format('ANALYZE (SKIP_LOCKED) %I', wanted);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION plumbing_take_statistics(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plumbing_take_statistics(text[]) TO jieqing_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plumbing", "0005_list_view"),
    ]

    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION plumbing_take_statistics(text[])")]
