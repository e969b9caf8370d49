"""Bring the shipped scripts into a site: each missing one as a draft, each that the platform changed as a new draft version.

Run twice, it does nothing the second time. A script that the site itself has revised is left alone: its text is the site's now.
One entry of evidence carries the root of all digests, so that each text is provable alone.
"""

from dataclasses import dataclass
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts.engine.filings import State
from jieqing.recovery.scripts.engine.templates import Template
from jieqing.recovery.scripts.library import shipped
from jieqing.recovery.scripts.models import Script, ScriptVersion
from jieqing.recovery.scripts.services.steps import version_row
from jieqing.recovery.scripts.services.writing import mirror, script_row
from jieqing.trust.evidence import services as evidence


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many scripts were new, how many got a new version, how many stayed."""

    new: int
    updated: int
    kept: int


def load_shipped(*, actor: Actor) -> Loaded:
    site_id = actor.own_site
    with site_scope(site_id):
        present = {row.code: row for row in Script.objects.select_for_update(of=("self",)).order_by("id")}
        templates = shipped()
        new = [one for one in templates if one.code not in present]
        changed = _changed(templates, present)
        if not new and not changed:
            return Loaded(0, 0, len(templates))
        entry_id = evidence.record_bulk(
            actor=actor,
            action="recovery.scripts.loaded",
            subject=f"recovery.scripts.library:{site_id}",
            row_digests=[one.digest for one in (*new, *(template for template, _row in changed))],
            facts={"new": len(new), "updated": len(changed)},
        )
        scripts, versions = [], []
        for template in new:
            script = script_row(new_id(), site_id, template, "shipped", actor.id, entry_id)
            scripts.append(script)
            versions.append(_version(script, template, actor, entry_id))
        Script.objects.bulk_create(scripts)
        for template, row in changed:
            row.newest_number += 1
            row.state = State.DRAFT.value
            mirror(row, template)
            row.save()
            versions.append(_version(row, template, actor, entry_id))
        ScriptVersion.objects.bulk_create(versions)
        return Loaded(len(new), len(changed), len(templates) - len(new) - len(changed))


def _version(script: Script, template: Template, actor: Actor, entry_id: UUID) -> ScriptVersion:
    return version_row(
        script=script, template=template, note="", at=clock.now(), actor=actor, entry_id=entry_id
    )


def _changed(templates: tuple[Template, ...], present: dict[str, Script]) -> list[tuple[Template, Script]]:
    """Shipped scripts whose text the platform changed and the site did not: they still are of shipped origin."""
    untouched = {code: row for code, row in present.items() if row.origin == "shipped"}
    digests: dict[UUID, set[bytes]] = {}
    for script_id, digest in ScriptVersion.objects.filter(
        script__in=[row.pk for row in untouched.values()]
    ).values_list("script_id", "digest"):
        digests.setdefault(script_id, set()).add(bytes(digest))
    return [
        (one, row)
        for one in templates
        if (row := untouched.get(one.code)) and one.digest not in digests.get(row.pk, set())
    ]
