"""What was really said: versions that were used, with how often, most used first."""

from django.db.models import Count

from jieqing.recovery.scripts.engine.past_texts import PastText
from jieqing.recovery.scripts.engine.variables import example
from jieqing.recovery.scripts.models import ScriptUse, ScriptVersion

TEXTS_MAX = 500


def past_texts() -> list[PastText]:
    counted = ScriptUse.objects.order_by().values("version").annotate(uses=Count("id"))
    uses = {row["version"]: row["uses"] for row in counted.order_by("-uses", "version")[:TEXTS_MAX]}
    rows = ScriptVersion.objects.filter(pk__in=uses).select_related("script")
    found = [
        PastText(row.script.code, row.script.title, row.number, example(row.body), uses[row.pk])
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.uses, one.code, one.number))
