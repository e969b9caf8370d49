"""What this version was shipped with: months seen in public are confirmed, remembered ones wait for an operator."""

from django.db import migrations

from jieqing.claims.entitlements.engine.lpr import LPR, REMEMBERED
from jieqing.kernel import clock
from jieqing.kernel.ids import new_id

SOURCES = {
    "two_tables": "两份公开表一致 / two public tables agree",
    "press": "新闻报道 / press",
    "memory": "凭记忆，未见公告 / from memory",
}


def seed(apps, schema_editor):
    months, states = (
        apps.get_model("entitlements", "LprMonth"),
        apps.get_model("entitlements", "LprMonthState"),
    )
    database, now = schema_editor.connection.alias, clock.now()
    for is_seen, rows in ((True, LPR.publications), (False, REMEMBERED)):
        for row in rows:
            source = SOURCES[row.source]
            month = months.objects.using(database).create(
                id=new_id(),
                published_on=row.day,
                one_year_rate=row.one_year,
                five_year_rate=row.five_year,
                source=source,
            )
            for state in ("proposed", "confirmed") if is_seen else ("proposed",):
                states.objects.using(database).create(
                    id=new_id(), publication=month, state=state, at=now, why=source
                )


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
