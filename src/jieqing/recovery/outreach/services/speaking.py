"""Saying what was filed: the script of a contact found in force, filled, scanned as it will be heard, and counted as used.

The version is the one filed at the moment of asking; a script that is not filed, or is filed for another channel or purpose,
is refused before the gate is asked. A permit and the use that it leads to are written in one transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.receivables.selectors.claim_facts import claim_facts
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.money import plain_amount
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.recovery.cases import access as cases
from jieqing.recovery.cases.selectors import item_ids_of
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.figures import FIGURES, Figures, figures_moved
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.engine.spoken import VALUE_CHARS_MAX, Wording, content_said
from jieqing.recovery.outreach.problems import FIGURES_MOVED, VALUES_WRONG
from jieqing.recovery.scripts import selectors as scripts
from jieqing.recovery.scripts.engine.variables import VARIABLES, filled
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


def words_for(
    wording: Wording, told: Content, channel: Channel, purpose: Purpose, *, actor: Actor, case: UUID
) -> Said | Problem:
    """The script's filed version, filled and scanned. Every variable has a value, no value is left over, and what it says
    of amounts is what the ledger says in this transaction."""
    found = scripts.usable_script(wording.script, channel.value, purpose.value, clock.now())
    if is_problem(found):
        return found
    if wrong := _wrong_values(found.variables, wording.values):
        return Problem.of(VALUES_WRONG, names="、".join(wrong), names_en=", ".join(wrong))
    if FIGURES & set(found.variables):
        moved = _overtaken(found.variables, wording.values, actor, case)
        if moved:
            return moved
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


def _overtaken(
    variables: Collection[str], values: Mapping[str, str], actor: Actor, case_id: UUID
) -> Problem | None:
    """Amounts are read again where they are about to be said: a payment may have come since the words were prepared."""
    case = cases.case_by_id(actor, case_id)
    if is_problem(case):
        return case
    claims = [one for one in claim_facts(item_ids_of(case)).values() if one.open_minor > 0]
    now = Figures(
        case.currency, sum(one.open_minor for one in claims), sum(one.amount_minor for one in claims)
    )
    names = figures_moved(variables, values, now)
    if not names:
        return None
    return Problem.of(
        FIGURES_MOVED,
        names="、".join(VARIABLES[name].zh for name in names),
        names_en=", ".join(VARIABLES[name].en for name in names),
        open=plain_amount(now.open_minor, now.currency),
        face=plain_amount(now.face_minor, now.currency),
        paid=plain_amount(now.paid_minor, now.currency),
    )


def _wrong_values(variables: Collection[str], values: Mapping[str, str]) -> list[str]:
    """Variables without a value, values without a variable, and values too long to be one."""
    empty = {name for name in variables if not values.get(name, "").strip()}
    unknown = values.keys() - set(variables)
    return sorted(empty | unknown | {name for name, value in values.items() if len(value) > VALUE_CHARS_MAX})
