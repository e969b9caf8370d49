"""The only door from an id in a request to a script or one of its versions."""

from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.models import Script, ScriptVersion


def script_by_id(actor: Actor, script_id: UUID) -> Script | Problem:
    found = Script.objects.select_related("filed_version").filter(pk=script_id, site_id=actor.own_site)
    return found.first() or Problem.of(problems.UNKNOWN)


def version_by_id(actor: Actor, version_id: UUID) -> ScriptVersion | Problem:
    found = ScriptVersion.objects.select_related("script").filter(pk=version_id, site_id=actor.own_site)
    return found.first() or Problem.of(problems.UNKNOWN)
