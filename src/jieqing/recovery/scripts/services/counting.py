"""Count what was used and what was complained of. Outreach tells both; the same contact told twice is counted once."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.scans import Occasion
from jieqing.recovery.scripts.models import ScriptComplaint, ScriptUse, ScriptVersion
from jieqing.recovery.scripts.selectors.using import usable_script
from jieqing.recovery.scripts.services.scanning import Scan, keep_scan
from jieqing.recovery.scripts.services.steps import subject_of
from jieqing.trust.evidence import services as evidence


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said, as the scanner read it, and the values that may not stay."""

    scan: Scan
    values: Mapping[str, str]


def record_use(
    *,
    actor: Actor,
    script_id: UUID,
    channel: str,
    purpose: str,
    source: str,
    case_id: UUID | None = None,
    heard: Heard | None = None,
) -> ScriptUse | Problem:
    """Write down that a contact (``source``, its own name) used the script's filed version.

    Refused like the use itself: a script that is not filed, or is filed for another channel or purpose.
    """
    with site_scope(actor.own_site):
        told = ScriptUse.objects.filter(source=source).first()
        if told:
            return told
        found = usable_script(script_id, channel, purpose, clock.now())
        if is_problem(found):
            return found
        entry_id = evidence.record(
            actor=actor,
            action="recovery.scripts.used",
            subject=subject_of(script_id),
            facts={
                "version": found.version,
                "digest": found.digest.hex(),
                "source": source,
                "channel": channel,
            },
            chain=case_id,
        )
        if heard:
            version = ScriptVersion.objects.get(pk=found.version_id)
            keep_scan(
                actor=actor,
                version=version,
                scan=heard.scan,
                occasion=Occasion.CONTACT,
                entry_id=entry_id,
                values=heard.values,
            )
        return ScriptUse.objects.create(
            id=new_id(), site_id=actor.own_site, script_id=script_id, version_id=found.version_id,
            source=source, channel=channel, purpose=purpose, case_id=case_id, at=clock.now(), by=actor.id,
        )  # fmt: skip


def record_stopped(*, actor: Actor, version_id: UUID, heard: Heard, case_id: UUID) -> None:
    """Count words that were not said because the gate refused the contact; nothing where the scanner had found nothing."""
    if not heard.scan.findings:
        return
    with site_scope(actor.own_site):
        version = ScriptVersion.objects.get(pk=version_id)
        entry_id = evidence.record(
            actor=actor,
            action="recovery.scripts.stopped",
            subject=subject_of(version.script_id),
            facts={"version": version.number, "rules": sorted({one.rule for one in heard.scan.findings})},
            chain=case_id,
        )
        keep_scan(
            actor=actor,
            version=version,
            scan=heard.scan,
            occasion=Occasion.CONTACT,
            entry_id=entry_id,
            values=heard.values,
        )


def record_complaint(*, actor: Actor, source: str, complaint_id: UUID) -> ScriptComplaint | Problem:
    """Write down that a complaint came of the contact called ``source``."""
    with site_scope(actor.own_site):
        use = ScriptUse.objects.filter(source=source).first()
        if use is None:
            return Problem.of(problems.UNKNOWN)
        told = ScriptComplaint.objects.filter(use=use, complaint_id=complaint_id).first()
        if told:
            return told
        evidence.record(
            actor=actor,
            action="recovery.scripts.complained",
            subject=subject_of(use.script_id),
            facts={"source": source, "complaint": str(complaint_id)},
            chain=use.case_id,
        )
        return ScriptComplaint.objects.create(
            id=new_id(), site_id=actor.own_site, script_id=use.script_id, use=use, complaint_id=complaint_id,
            at=clock.now(),
        )  # fmt: skip
