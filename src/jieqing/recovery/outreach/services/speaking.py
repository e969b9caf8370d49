"""Saying what was filed: the script of a contact found in force, filled, scanned as it will be heard, and counted as used.

The version is the one filed at the moment of asking; a script that is not filed, or is filed for another channel or purpose,
is refused before the gate is asked. A permit and the use that it leads to are written in one transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from jieqing.claims.parties.engine.choices import Channel
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.engine.spoken import VALUE_CHARS_MAX, Wording, content_said
from jieqing.recovery.outreach.problems import VALUES_WRONG
from jieqing.recovery.scripts import selectors as scripts
from jieqing.recovery.scripts.engine.variables import filled
from jieqing.recovery.scripts.services import Heard, Scan, record_stopped, record_use, scan_as_said
from jieqing.trust.compliance.engine.permits import Permit


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one contact and what they are."""

    script: scripts.UsableScript
    text: str
    scan: Scan
    content: Content
    values: Mapping[str, str]


def words_for(wording: Wording, told: Content, channel: Channel, purpose: Purpose) -> Said | Problem:
    """The script's filed version, filled and scanned. Every variable has a value, and no value is left over."""
    found = scripts.usable_script(wording.script, channel.value, purpose.value, clock.now())
    if is_problem(found):
        return found
    if wrong := _wrong_values(found.variables, wording.values):
        return Problem.of(VALUES_WRONG, names="、".join(wrong), names_en=", ".join(wrong))
    text = filled(found.body, wording.values)
    scan = scan_as_said(text)
    content = content_said(
        told,
        text,
        scan.verdict,
        tells_debt=found.tells_debt,
        has_label=found.has_ai_label,
        has_recording=found.has_recording_notice,
    )
    return Said(found, text, scan, content, wording.values)


def count_use(
    *, actor: Actor, permit: Permit, said: Said, channel: Channel, purpose: Purpose, case_id: UUID
) -> None:
    """The use of a version, under the permit's own name; in the permit's transaction."""
    unwrap(
        record_use(
            actor=actor,
            script_id=said.script.script_id,
            channel=channel.value,
            purpose=purpose.value,
            source=use_of(permit.id),
            case_id=case_id,
            heard=Heard(said.scan, said.values),
        )
    )


def count_stopped(*, actor: Actor, said: Said, case_id: UUID) -> None:
    """What would have been said and was refused: a place for it in the statistics, never a use."""
    record_stopped(
        actor=actor, version_id=said.script.version_id, heard=Heard(said.scan, said.values), case_id=case_id
    )


def use_of(permit_id: UUID) -> str:
    """How scripts know the contact of a permit."""
    return f"trust.compliance.permit:{permit_id}"


def _wrong_values(variables: Collection[str], values: Mapping[str, str]) -> list[str]:
    """Variables without a value, values without a variable, and values too long to be one."""
    empty = {name for name in variables if not values.get(name, "").strip()}
    unknown = values.keys() - set(variables)
    return sorted(empty | unknown | {name for name, value in values.items() if len(value) > VALUE_CHARS_MAX})
