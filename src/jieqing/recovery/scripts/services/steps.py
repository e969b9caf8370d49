"""What all verbs share: a version's row, a step's row, the lock of one script, the words for evidence."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.recovery.scripts.engine.checking import tells_debt
from jieqing.recovery.scripts.engine.filings import State
from jieqing.recovery.scripts.engine.templates import Template, read_template
from jieqing.recovery.scripts.models import ReviewerKey, Script, ScriptFiling, ScriptVersion

REASON_CHARS_MAX = 500
REFERENCE_CHARS_MAX = 60


def subject_of(script_id: UUID) -> str:
    return f"recovery.scripts.script:{script_id}"


def locked(script_id: UUID) -> Script:
    """The script as it is now; two decisions about it come one after the other."""
    return Script.objects.select_for_update(of=("self",)).get(pk=script_id)


def version_row(
    *, script: Script, template: Template, note: str, at: datetime, actor: Actor, entry_id: UUID
) -> ScriptVersion:
    """The next version of a script, not saved."""
    return ScriptVersion(
        id=new_id(),
        site_id=script.site_id,
        script=script,
        number=script.newest_number,
        judged=template.judged(),
        digest=template.digest,
        tells_debt=tells_debt(template),
        note=note,
        at=at,
        by=actor.id,
        entry_id=entry_id,
    )


def state_of(version: ScriptVersion) -> State:
    newest = version.filings.order_by("-number").values_list("state", flat=True).first()
    return State(newest) if newest else State.DRAFT


def write_step(
    *,
    version: ScriptVersion,
    state: State,
    at: datetime,
    actor: Actor,
    entry_id: UUID,
    reason: str = "",
    reference: str = "",
    signed: tuple[ReviewerKey, dict[str, Any], bytes] | None = None,
) -> ScriptFiling:
    """The row of history; who writes it also writes the script's own state."""
    last = version.filings.aggregate(last=Max("number"))["last"] or 0
    key, statement, signature = signed or (None, None, None)
    return ScriptFiling.objects.create(
        id=new_id(), site_id=version.site_id, version=version, number=last + 1, state=state.value, at=at,
        by=actor.id, reason=reason, reference=reference, key=key, statement=statement, signature=signature,
        entry_id=entry_id,
    )  # fmt: skip


def template_of(version: ScriptVersion) -> Template:
    """The value that was judged, back from its row."""
    judged = dict(version.judged)
    judged["debtor"] = judged.pop("addressee")
    return read_template(judged | {"version": version.number, "author": str(version.by)})
