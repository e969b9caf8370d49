"""Asking for a permit: count under lock, judge, and only then hold the slots and sign.

All in the caller's transaction, with the verdict's evidence: a denial leaves its entry as a permit does. The counts that the
platform keeps replace whatever the caller put in their place, so nobody can count less than was done; the facts the platform cannot
know (identity, holds, staff …) are the caller's, which is why only `recovery.outreach` may call this.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import JSON, Problem, is_problem
from jieqing.trust.compliance.engine.compiler import Decide, compile_packs
from jieqing.trust.compliance.engine.facts import Facts, check_facts
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.permits import Permit, sign
from jieqing.trust.compliance.engine.slots import Subject, used_by, wanted_slots
from jieqing.trust.compliance.engine.verdicts import DENY, NEEDS_APPROVAL, Verdict
from jieqing.trust.compliance.models import Decision
from jieqing.trust.compliance.models import Permit as PermitRow
from jieqing.trust.compliance.selectors.overlays import packs_of
from jieqing.trust.compliance.services.archive import keep_packs
from jieqing.trust.compliance.services.slot_table import hold, look, permit_seed, slots_secret
from jieqing.trust.evidence import services as evidence

PERMIT_SECONDS = 120

# What says who, where and what a contact is; the rules these leave open are those that were decided for it.
_FRAME = ("at", "timezone", "jurisdiction", "channel", "purpose", "role", "debt_kind", "creditor_kind")


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's yes where a rule asks for one. Whether this person may say it, the caller has checked."""

    by: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No permit: denied, or approval is still to be given. `verdict` has every reason and `not_before`."""

    decision_id: UUID
    verdict: Verdict


def mint(
    *,
    actor: Actor,
    subject: Subject,
    contact: str,
    facts: Facts,
    approval: Approval | None = None,
    packs: PackSet | None = None,
    chain: UUID | None = None,
    seconds: int = PERMIT_SECONDS,
) -> Permit | Refused | Problem:
    """Return a permit for one contact, or why there is none.

    `contact` is the caller's plain reference (``claims.parties.point:<id>``); `chain` the case whose evidence chain this
    continues; `packs` is for trials (else the shipped packs and the site's overlays in force now). A Problem says that the facts
    have a wrong kind.
    """
    checked = check_facts(facts)
    if is_problem(checked):
        return checked
    chosen = packs or packs_of(actor.own_site, clock.now())
    keep_packs(actor.own_site, chosen)
    wanted = wanted_slots(subject, checked.facts, slots_secret())
    counts = look(wanted)
    whole = with_counts(checked.facts, counts)
    decide = compiled(chosen)
    verdict = decide(whole)
    refused = verdict.verdict == DENY or (verdict.verdict == NEEDS_APPROVAL and approval is None)
    permit_id = new_id()
    if not refused and not hold(permit_id, used_by(wanted, str(whole.get("channel"))), counts, seconds):
        # Only a caller without the lock could see this; the counts moved, so the verdict is void.
        raise RuntimeError("slots changed under their lock")
    decision = _keep(actor, contact, whole, verdict, approval, chain)
    if refused:
        return Refused(decision.id, verdict)
    return _sign(actor, decision, verdict, permit_id, _decided(decide, whole), seconds)


def with_counts(facts: Facts, counts: Mapping[str, int]) -> dict[str, JSON]:
    """The facts with the platform's counts in the caller's place."""
    given = facts.get("counts")
    held = dict(given) if isinstance(given, Mapping) else {}
    # A plain copy: what is judged is what is kept.
    whole: dict[str, JSON] = json.loads(json.dumps({**facts, "counts": {**held, **counts}}))
    return whole


_COMPILED_MAX = 256
_compiled: dict[str, Decide] = {}


def compiled(packs: PackSet) -> Decide:
    """The function of a set, by its digest alone: hashing a whole set would cost more than a verdict."""
    found = _compiled.get(packs.digest)
    if found is None:
        if len(_compiled) >= _COMPILED_MAX:
            _compiled.pop(next(iter(_compiled)))
        found = _compiled[packs.digest] = compile_packs(packs)
    return found


def _decided(decide: Decide, facts: Facts) -> tuple[tuple[str, str], ...]:
    """The rules that hung on this contact's facts: those which who, where and what alone leave open, or answer yes."""
    frame: dict[str, JSON] = {name: facts[name] for name in _FRAME if name in facts}
    return tuple((reason.rule.id, reason.rule.article.zh) for reason in decide(frame).reasons)


def _keep(
    actor: Actor,
    contact: str,
    facts: Mapping[str, JSON],
    verdict: Verdict,
    approval: Approval | None,
    chain: UUID | None,
) -> Decision:
    """The row and the entry of a verdict."""
    decision = Decision(
        site_id=actor.own_site,
        at=clock.now(),
        actor_id=actor.id,
        contact=contact,
        channel=str(facts.get("channel") or "")[:20],
        purpose=str(facts.get("purpose") or "")[:20],
        verdict=verdict.verdict,
        rules=[reason.rule.id for reason in verdict.reasons],
        not_before=verdict.not_before,
        facts=facts,
        facts_digest=verdict.facts_digest,
        pack_digest=verdict.pack_digest,
        approved_by=approval.by if approval else None,
    )
    decision.entry_id = evidence.record(
        actor=actor,
        action=_action(verdict, approval),
        subject=f"trust.compliance.decision:{decision.pk}",
        facts={
            "contact": contact,
            "channel": decision.channel,
            "purpose": decision.purpose,
            "verdict": verdict.verdict,
            "rules": [
                {"rule": reason.rule.id, "article": reason.rule.article.zh} for reason in verdict.reasons
            ],
            "not_before": verdict.not_before,
            "facts_digest": verdict.facts_digest,
            "pack_digest": verdict.pack_digest,
            "approved_by": approval.by if approval else None,
        },
        personal={"approval_reason": approval.reason} if approval else {},
        chain=chain,
    )
    decision.save(force_insert=True)
    return decision


def _action(verdict: Verdict, approval: Approval | None) -> str:
    if verdict.verdict == DENY:
        return "trust.compliance.denied"
    if verdict.verdict == NEEDS_APPROVAL and approval is None:
        return "trust.compliance.awaits_approval"
    return "trust.compliance.permitted"


def _sign(
    actor: Actor,
    decision: Decision,
    verdict: Verdict,
    permit_id: UUID,
    rules: tuple[tuple[str, str], ...],
    seconds: int,
) -> Permit:
    issued_at: datetime = decision.at
    unsigned = Permit(
        id=permit_id,
        site_id=actor.own_site,
        decision_id=decision.id,
        contact=decision.contact,
        channel=decision.channel,
        purpose=decision.purpose,
        verdict=verdict.verdict,
        rules=rules,
        facts_digest=verdict.facts_digest,
        pack_digest=verdict.pack_digest,
        issued_at=issued_at,
        expires_at=issued_at + timedelta(seconds=seconds),
        approved_by=decision.approved_by,
    )
    permit = replace(unsigned, signature=sign(unsigned, permit_seed()))
    PermitRow.objects.create(
        id=permit.id,
        site_id=permit.site_id,
        decision=decision,
        issued_at=permit.issued_at,
        expires_at=permit.expires_at,
        body=permit.body(),
        signature=permit.signature,
    )
    return permit
