"""Write a script or a new version of one. Anything may be kept as a draft; only what is in order may be submitted."""

import re
from dataclasses import replace
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.filings import State
from jieqing.recovery.scripts.engine.scans import Occasion
from jieqing.recovery.scripts.engine.templates import Template
from jieqing.recovery.scripts.models import Script, ScriptVersion
from jieqing.recovery.scripts.services.scanning import keep_scan, scan_text
from jieqing.recovery.scripts.services.steps import locked, subject_of, version_row
from jieqing.trust.evidence import services as evidence

_CODE = re.compile(r"[a-z0-9][a-z0-9.-]{1,79}")
NOTE_CHARS_MAX = 300


def create_script(*, actor: Actor, template: Template, note: str = "") -> Script | Problem:
    """A new script of the site with its first version, a draft."""
    if not _CODE.fullmatch(template.code):
        return Problem.of(problems.CODE_UNREADABLE)
    site_id = actor.own_site
    with site_scope(site_id):
        if Script.objects.filter(code=template.code).exists():
            return Problem.of(problems.CODE_TAKEN, code=template.code)
        at = clock.now()
        script_id = new_id()
        entry_id = evidence.record(
            actor=actor,
            action="recovery.scripts.written",
            subject=subject_of(script_id),
            facts=_facts(template, 1),
        )
        script = script_row(script_id, site_id, template, "own", actor.id, entry_id)
        script.save(force_insert=True)
        version = version_row(
            script=script,
            template=template,
            note=note[:NOTE_CHARS_MAX],
            at=at,
            actor=actor,
            entry_id=entry_id,
        )
        version.save(force_insert=True)
        _keep_scan(actor, version)
        return script


def revise_script(
    *, actor: Actor, script: Script, template: Template, note: str = ""
) -> ScriptVersion | Problem:
    """The next version: a draft beside the one in use, which stays usable until the new one is filed."""
    with site_scope(actor.own_site):
        now = locked(script.pk)
        template = replace(template, code=now.code)
        newest = ScriptVersion.objects.get(script=now, number=now.newest_number)
        if bytes(newest.digest) == template.digest:
            return Problem.of(problems.UNCHANGED)
        now.newest_number += 1
        entry_id = evidence.record(
            actor=actor,
            action="recovery.scripts.revised",
            subject=subject_of(now.id),
            facts=_facts(template, now.newest_number),
        )
        mirror(now, template)
        now.state = State.DRAFT.value
        # From here on the text is the site's: a newer shipped one no longer comes over it.
        now.origin = "own"
        now.save()
        version = version_row(
            script=now,
            template=template,
            note=note.strip()[:NOTE_CHARS_MAX],
            at=clock.now(),
            actor=actor,
            entry_id=entry_id,
        )
        version.save(force_insert=True)
        _keep_scan(actor, version)
        return version


def _keep_scan(actor: Actor, version: ScriptVersion) -> None:
    scan = scan_text(version.body)
    keep_scan(actor=actor, version=version, scan=scan, occasion=Occasion.WRITTEN, entry_id=version.entry_id)


def script_row(
    script_id: UUID, site_id: UUID, template: Template, origin: str, by: UUID, entry_id: UUID
) -> Script:
    """The script's own row for its first version, not saved."""
    script = Script(
        id=script_id,
        site_id=site_id,
        code=template.code,
        origin=origin,
        state=State.DRAFT.value,
        newest_number=1,
        created_at=clock.now(),
        created_by=by,
        entry_id=entry_id,
    )
    mirror(script, template)
    return script


def mirror(script: Script, template: Template) -> None:
    """What lists show and filter by repeats the newest version."""
    script.title = template.title
    script.lang = template.lang
    script.stage = template.stage.value
    script.purpose = template.purpose.value
    script.channels = [one.value for one in template.channels]
    script.addressee = template.addressee.value
    script.emotion = template.emotion.value


def _facts(template: Template, number: int) -> dict[str, object]:
    return {"code": template.code, "version": number, "digest": template.digest.hex()}
