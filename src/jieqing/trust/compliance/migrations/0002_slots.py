"""The one way to the reservation table: ``compliance_slots`` runs with its owner's rights, the application has none there.

Keys are locked in one order, for the transaction, before anything is counted, so two workers never see the same last slot.
Holds end by the database's own clock, under the same locks by which they are used; so a hold that ended is never used later.
The cap on robots stands here too: no verdict, setting or bug above can pass it.
"""

from django.db import migrations

from jieqing.trust.compliance.engine.slots import ROBOT_CAP, ROBOT_SLOT, WEEK_DAYS

SLOTS = f"""
CREATE FUNCTION compliance_slots(step text, for_permit uuid, wanted jsonb, seconds integer)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  one jsonb;
  taken integer;
  counts jsonb := '{{}}';
  changed integer;
BEGIN
  IF step IN ('look', 'hold') THEN
    PERFORM pg_advisory_xact_lock(lock) FROM (
      SELECT DISTINCT hashtextextended(w->>'slot' || ' ' || (w->>'key'), 0) AS lock
      FROM jsonb_array_elements(wanted) AS w ORDER BY 1
    ) AS locks;
    FOR one IN SELECT * FROM jsonb_array_elements(wanted) LOOP
      SELECT count(*) INTO taken FROM compliance_reservation AS r
      WHERE r.key = decode(one->>'key', 'hex') AND r.slot = one->>'slot'
        AND (r.state IN ('in_use', 'used') OR r.state = 'held' AND r.holds_until > clock_timestamp())
        AND CASE WHEN (one->>'by_day')::boolean THEN r.day = (one->>'day')::date
            ELSE r.at > (one->>'at')::timestamptz - interval '{WEEK_DAYS} days' END;
      counts := counts || jsonb_build_object(one->>'slot', taken);
      IF step = 'hold' AND (taken <> (one->>'expected')::integer
          OR one->>'slot' = '{ROBOT_SLOT}' AND taken >= {ROBOT_CAP}) THEN
        RETURN jsonb_build_object('done', false);
      END IF;
    END LOOP;
    IF step = 'hold' THEN
      INSERT INTO compliance_reservation (id, permit_id, slot, key, at, day, state, holds_until)
      SELECT gen_random_uuid(), for_permit, w->>'slot', decode(w->>'key', 'hex'), (w->>'at')::timestamptz,
        (w->>'day')::date, 'held', clock_timestamp() + make_interval(secs => seconds)
      FROM jsonb_array_elements(wanted) AS w;
      -- Nobody is counted over more than a week; what is older is forgotten when its person is next reached.
      DELETE FROM compliance_reservation AS r USING jsonb_array_elements(wanted) AS w
      WHERE r.key = decode(w->>'key', 'hex') AND r.at < (w->>'at')::timestamptz - interval '40 days';
    END IF;
    RETURN jsonb_build_object('done', true, 'counts', counts);
  END IF;
  IF step = 'redeem' THEN
    PERFORM pg_advisory_xact_lock(lock) FROM (
      SELECT DISTINCT hashtextextended(r.slot || ' ' || encode(r.key, 'hex'), 0) AS lock
      FROM compliance_reservation AS r WHERE r.permit_id = for_permit ORDER BY 1
    ) AS locks;
    UPDATE compliance_reservation SET state = 'in_use'
    WHERE permit_id = for_permit AND state = 'held' AND holds_until > clock_timestamp();
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN jsonb_build_object('done', changed > 0);
  END IF;
  IF step = 'settle' THEN
    UPDATE compliance_reservation AS r SET state = CASE
      WHEN EXISTS (SELECT 1 FROM jsonb_array_elements(wanted) AS w WHERE w->>'slot' = r.slot) THEN 'returned'
      ELSE 'used' END
    WHERE permit_id = for_permit AND state <> 'held';
    RETURN jsonb_build_object('done', true);
  END IF;
  RAISE EXCEPTION 'no such step: %', step;
END $$
"""  # noqa: S608 - the only values put in are our own constants


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial")]

    operations = [
        migrations.RunSQL(SLOTS, "DROP FUNCTION compliance_slots(text, uuid, jsonb, integer)"),
        migrations.RunSQL(
            [
                "REVOKE ALL ON compliance_reservation FROM jieqing_app",
                "REVOKE ALL ON FUNCTION compliance_slots(text, uuid, jsonb, integer) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION compliance_slots(text, uuid, jsonb, integer) TO jieqing_app",
            ],
            migrations.RunSQL.noop,
        ),
    ]
