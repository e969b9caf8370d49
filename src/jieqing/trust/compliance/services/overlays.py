"""A site tightens for itself: proposes an overlay, adopts it from a moment on, withdraws it from a moment on.

An overlay that loosens anything, or says nothing stricter than what stands, is refused when it is proposed and, because the
packs may have changed meanwhile, again when it is adopted. Nothing is back-dated: the verdicts of yesterday stand. Withdrawing
leads back to the shipped packs, never below them. What holds for a site's contacts is two persons' word: whoever proposed an overlay
cannot adopt it, whoever adopted it cannot withdraw it, and no program does either; a mere proposal may be dropped by anybody who may propose.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind, is_problem
from jieqing.trust.compliance.access import overlay_by_id
from jieqing.trust.compliance.engine.overlays import read_overlay
from jieqing.trust.compliance.engine.packs import Pack
from jieqing.trust.compliance.engine.tightening import prove, with_overlays
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.models import Overlay, OverlayStep, OverlayTurn
from jieqing.trust.compliance.selectors.overlays import every_overlay
from jieqing.trust.evidence import services as evidence

WHY_MAX = 500


def propose_overlay(*, actor: Actor, overlay: str | Mapping[str, JSON], why: str) -> Overlay | Problem:
    """Put an overlay (a pack's text, or the document of `engine.overlays.overlay_document`) before the site.

    Returns the row with its proof, or a Problem: unreadable, names that are not its own, looser or no stricter than what stands.
    """
    pack = read_overlay(overlay)
    if is_problem(pack):
        return pack
    if not (reason := _reason(why)):
        return Problem.of(NO_REASON)
    proof = prove(shipped(), pack)
    if is_problem(proof):
        return proof
    with transaction.atomic():
        row = Overlay(
            id=new_id(),
            site_id=actor.own_site,
            pack_id=pack.id,
            digest=pack.digest,
            document=pack.document,
            why=reason,
            proposed_by=actor.id,
            proposed_at=clock.now(),
            cases=proof.cases,
            stricter=proof.stricter,
        )
        row.entry_id = _record(actor, row, "proposed", reason, {"rules": _named(pack), "cases": proof.cases})
        row.save(force_insert=True)
    return row


def adopt_overlay(
    *, actor: Actor, overlay_id: UUID, why: str, effective_from: datetime | None = None
) -> OverlayStep | Problem:
    """Let an overlay hold from a moment on (now, unless a later one is given)."""
    with transaction.atomic():
        _one_at_a_time(actor)
        row = overlay_by_id(actor, overlay_id)
        if is_problem(row):
            return row
        if row.steps.exists():
            return Problem.of(NOT_OPEN)
        if not _is_another_person(actor, row.proposed_by):
            return Problem.of(SECOND_PERSON)
        pack = read_overlay(row.document)
        if is_problem(pack):
            return pack
        refused = prove(shipped(), pack)
        if is_problem(refused):
            return refused
        # Those that hold or will hold at some moment from then on: names may not meet.
        others = tuple(one.pack for one in every_overlay(actor.own_site) if one.adopted and not one.withdrawn)
        together = with_overlays(shipped(), (*others, pack))
        if is_problem(together):
            return together
        return _step(actor, row, OverlayTurn.ADOPTED, why, effective_from)


def withdraw_overlay(
    *, actor: Actor, overlay_id: UUID, why: str, effective_to: datetime | None = None
) -> OverlayStep | Problem:
    """Let an overlay hold no more from a moment on; one that was only proposed is dropped."""
    with transaction.atomic():
        _one_at_a_time(actor)
        row = overlay_by_id(actor, overlay_id)
        if is_problem(row):
            return row
        steps = {step.step: step for step in row.steps.all()}
        if OverlayTurn.WITHDRAWN in steps:
            return Problem.of(NOT_OPEN)
        adopted = steps.get(OverlayTurn.ADOPTED)
        if adopted is not None and not _is_another_person(actor, adopted.actor_id):
            return Problem.of(SECOND_PERSON)
        return _step(actor, row, OverlayTurn.WITHDRAWN, why, effective_to)


def _is_another_person(actor: Actor, first: UUID) -> bool:
    return actor.kind is ActorKind.PERSON and actor.id != first


def _step(
    actor: Actor, row: Overlay, turn: OverlayTurn, why: str, effective_at: datetime | None
) -> OverlayStep | Problem:
    now = clock.now()
    holds = effective_at or now
    if not (reason := _reason(why)):
        return Problem.of(NO_REASON)
    if holds < now:
        return Problem.of(BACK_DATED)
    step = OverlayStep(
        id=new_id(),
        site_id=actor.own_site,
        overlay=row,
        step=turn,
        effective_at=holds,
        why=reason,
        actor_id=actor.id,
        at=now,
    )
    step.entry_id = _record(actor, row, turn.value, reason, {"effective_at": holds})
    step.save(force_insert=True)
    return step


def _record(actor: Actor, row: Overlay, verb: str, why: str, more: Mapping[str, object]) -> UUID:
    return evidence.record(
        actor=actor,
        action=f"trust.compliance.overlay_{verb}",
        subject=f"trust.compliance.overlay:{row.pk}",
        facts={"pack": row.pack_id, "digest": row.digest, **more},
        personal={"why": why},
    )


def _named(pack: Pack) -> list[str]:
    return [*(rule.id for rule in pack.rules), *pack.tighten]


def _reason(why: str) -> str:
    return why.strip()[:WHY_MAX]


def _one_at_a_time(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"compliance.overlays:{actor.own_site}"]
        )


NO_REASON = ProblemKind(
    "gate.overlay_no_reason",
    "请写明理由。",
    "Say why.",
    "理由会与这一步一起存证。",
    "The reason is kept with this step as evidence.",
)
BACK_DATED = ProblemKind(
    "gate.overlay_back_dated",
    "生效时间不能早于现在。",
    "It cannot take effect before now.",
    "请选择现在或以后的时间。",
    "Choose now or a later time.",
)
SECOND_PERSON = ProblemKind(
    "gate.overlay_second_person",
    "附加规则由另一人采用或撤回：提出的人不能采用，采用的人不能撤回。",
    "A second person adopts or withdraws an overlay: not who proposed it, not who adopted it.",
    "请由另一位有权限的同事处理。",
    "Ask a colleague who holds the right.",
)
NOT_OPEN = ProblemKind(
    "gate.overlay_not_open",
    "这份附加规则已经采用或撤回。",
    "This overlay was adopted or withdrawn already.",
    "如需调整，请提出新的一份。",
    "Propose a new one to change it.",
)
