"""Who may read and write the evidence tables, and the one function through which an entry comes in.

``evidence_record`` runs with the owner's rights, under the same forced site policy: the application can add an
entry but can neither forge a chain link, nor fill the outbox, nor touch what stands there. It is one call, so an
entry costs its transaction one round trip, chain head included.

Waking the sequencer: NOTIFY makes all notifying commits queue behind one lock, fsync included, so it must not
happen on every entry. A sequencer that goes to sleep holds the SLEEP advisory lock alone; a writer that cannot
get its shared side knows that somebody sleeps, and notifies. A writer that does get it keeps the sequencer from
falling asleep until it has committed, so no entry is ever left without a reader.
"""

from django.db import migrations

from jieqing.plumbing.db.security import Grant
from jieqing.trust.evidence.engine.constants import OUTBOX_CHANNEL, SLEEP_LOCK

SITE_TABLES = ("evidence_entry", "evidence_chain", "evidence_salt", "evidence_chunk", "evidence_leaf")
LOG_TABLES = ("evidence_outbox", "evidence_tile", "evidence_checkpoint", "evidence_writer")
_SITE = "(SELECT nullif(current_setting('jieqing.site_id', true), '')::uuid)"
# Entries of the platform itself have no site and show only where no site is active.
_MATCH = f"(site_id = {_SITE} OR (site_id IS NULL AND {_SITE} IS NULL))"


def walls() -> list[str]:
    statements = []
    for table in SITE_TABLES:
        statements += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY site_rows ON {table} USING {_MATCH} WITH CHECK {_MATCH}",
        ]
    for table in ("evidence_entry", "evidence_chain", "evidence_chunk", "evidence_leaf"):
        statements.append(
            f"CREATE POLICY log_rows ON {table} TO jieqing_sequencer USING (true) WITH CHECK (true)"
        )
    for table in SITE_TABLES + LOG_TABLES:
        statements.append(f"REVOKE ALL ON {table} FROM jieqing_app")
    readable = ", ".join(name for name in SITE_TABLES + LOG_TABLES if name != "evidence_outbox")
    return [
        *statements,
        f"GRANT SELECT ON {readable} TO jieqing_app",
        "GRANT INSERT ON evidence_chunk TO jieqing_app",
        # Erasure: a salt may be destroyed; for one row of a batch the others' salts are written out first.
        "GRANT DELETE ON evidence_salt TO jieqing_app",
        "GRANT UPDATE (salts) ON evidence_chunk TO jieqing_app",
        "ALTER TABLE evidence_entry ADD CONSTRAINT evidence_entry_size CHECK (octet_length(body) <= 65535)",
        # Hashes do not compress; keeping them plain saves the attempt.
        "ALTER TABLE evidence_chunk ALTER leaves SET STORAGE EXTERNAL, ALTER salts SET STORAGE EXTERNAL",
        "ALTER TABLE evidence_tile ALTER hashes SET STORAGE EXTERNAL",
        # Rows live milliseconds here: vacuum by count, not by share of a table that is nearly empty.
        "ALTER TABLE evidence_outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)",
    ]


LINKED = """
CREATE FUNCTION evidence_linked(head bytea, seq bigint, previous bytea, tail bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT head || convert_to(encode(previous, 'hex') || '","seq":' || seq, 'UTF8') || tail
$$
"""

RECORD = f"""
CREATE FUNCTION evidence_record(
  new_id uuid, site uuid, new_action text, new_subject text, recorded timestamptz,
  head bytea, tail bytea, chain uuid, salt_fields text[], salts bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  whole bytea := head;
  link bigint;
  before bytea;
  nothing constant bytea := decode(repeat('00', 32), 'hex');
BEGIN
  IF chain IS NOT NULL THEN
    INSERT INTO evidence_chain AS c (id, site_id, seq, previous, digest)
    VALUES (chain, site, 1, nothing, sha256(evidence_linked(head, 1, nothing, tail)))
    ON CONFLICT (id) DO UPDATE SET
      seq = c.seq + 1,
      previous = c.digest,
      digest = sha256(evidence_linked(head, c.seq + 1, c.digest, tail))
    RETURNING c.seq, c.previous INTO link, before;
    whole := evidence_linked(head, link, before, tail);
  END IF;
  INSERT INTO evidence_entry (id, site_id, action, subject, recorded_at, chain_id, chain_seq, body)
  VALUES (new_id, site, new_action, new_subject, recorded, chain, link, whole);
  INSERT INTO evidence_outbox (entry_id, site_id, leaf)
  VALUES (new_id, site, sha256('\\x00'::bytea || whole));
  IF salt_fields IS NOT NULL THEN
    INSERT INTO evidence_salt (id, site_id, entry_id, field, salt)
    SELECT gen_random_uuid(), site, new_id, f, s FROM unnest(salt_fields, salts) AS t(f, s);
  END IF;
  IF NOT pg_try_advisory_xact_lock_shared({SLEEP_LOCK}) THEN
    PERFORM pg_notify('{OUTBOX_CHANNEL}', '');
  END IF;
END $$
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        migrations.RunSQL(walls(), migrations.RunSQL.noop),
        migrations.RunSQL(LINKED, "DROP FUNCTION evidence_linked"),
        migrations.RunSQL(RECORD, "DROP FUNCTION evidence_record"),
        Grant("SELECT", "evidence_entry", "evidence_chain", "evidence_chunk"),
        Grant("INSERT", "evidence_entry"),
        Grant("SELECT, INSERT", "evidence_leaf", "evidence_checkpoint"),
        Grant("SELECT, DELETE", "evidence_outbox"),
        Grant("SELECT, INSERT, UPDATE", "evidence_tile", "evidence_writer"),
    ]
