"""Asking for a permit: count under lock, judge, and only then hold the slots and sign.

All in the caller's transaction, with the verdict's evidence: a denial leaves its entry as a permit does. The counts that the
platform keeps replace whatever the caller put in their place, so nobody can count less than was done; the facts the platform cannot
know (identity, holds, staff …) are the caller's, which is why only `recovery.outreach` may call this.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
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
from jieqing.trust.compliance.services.archive import keep_packs
from jieqing.trust.compliance.services.keeping import Decided, keep_permit, keep_refusal
from jieqing.trust.compliance.services.slot_table import look, permit_seed, slots_secret
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
    now = clock.now()
    wanted = wanted_slots(subject, checked.facts, slots_secret())
    (counts,), standing = look([wanted], actor.own_site, now)
    chosen = packs or standing
    keep_packs(actor.own_site, chosen)
    text = _with_counts(checked.facts, counts)
    # Read back: what is judged is what is kept.
    whole: dict[str, JSON] = json.loads(text)
    decide = compiled(chosen)
    verdict = decide(whole)
    digest = verdict.facts_digest
    is_refused = verdict.verdict == DENY or (verdict.verdict == NEEDS_APPROVAL and approval is None)
    step = _entry(actor, decision_id := new_id(), contact, whole, verdict, digest, approval, chain)
    decided = Decided(
        id=decision_id,
        site_id=actor.own_site,
        at=now,
        actor_id=actor.id,
        contact=contact,
        channel=_short(whole, "channel"),
        purpose=_short(whole, "purpose"),
        verdict=verdict.verdict,
        rules=[reason.rule.id for reason in verdict.reasons],
        not_before=verdict.not_before,
        facts=text,
        facts_digest=digest,
        pack_digest=verdict.pack_digest,
        approved_by=approval.by if approval else None,
        entry_id=step.id,
    )
    if is_refused:
        keep_refusal(decided, step)
        return Refused(decided.id, verdict)
    permit = _signed(decided, _decided(decide, whole), seconds)
    keep_permit(decided, step, permit, used_by(wanted, str(whole.get("channel"))), counts, seconds)
    return permit


def with_counts(facts: Facts, counts: Mapping[str, int]) -> dict[str, JSON]:
    """The facts with the platform's counts in the caller's place, as a plain copy."""
    whole: dict[str, JSON] = json.loads(_with_counts(facts, counts))
    return whole


def _with_counts(facts: Facts, counts: Mapping[str, int]) -> str:
    given = facts.get("counts")
    held = dict(given) if isinstance(given, Mapping) else {}
    return json.dumps({**facts, "counts": {**held, **counts}}, ensure_ascii=False)


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


def _short(facts: Mapping[str, JSON], name: str) -> str:
    return str(facts.get(name) or "")[:20]


def _entry(
    actor: Actor,
    decision_id: UUID,
    contact: str,
    facts: Mapping[str, JSON],
    verdict: Verdict,
    digest: str,
    approval: Approval | None,
    chain: UUID | None,
) -> evidence.Step:
    """The entry of a verdict."""
    return evidence.step(
        actor=actor,
        action=_action(verdict, approval),
        subject=f"trust.compliance.decision:{decision_id}",
        facts={
            "contact": contact,
            "channel": _short(facts, "channel"),
            "purpose": _short(facts, "purpose"),
            "verdict": verdict.verdict,
            "rules": [
                {"rule": reason.rule.id, "article": reason.rule.article.zh} for reason in verdict.reasons
            ],
            "not_before": verdict.not_before,
            "facts_digest": digest,
            "pack_digest": verdict.pack_digest,
            "approved_by": approval.by if approval else None,
        },
        personal={"approval_reason": approval.reason} if approval else {},
        chain=chain,
    )


def _action(verdict: Verdict, approval: Approval | None) -> str:
    if verdict.verdict == DENY:
        return "trust.compliance.denied"
    if verdict.verdict == NEEDS_APPROVAL and approval is None:
        return "trust.compliance.awaits_approval"
    return "trust.compliance.permitted"


def _signed(decided: Decided, rules: tuple[tuple[str, str], ...], seconds: int) -> Permit:
    unsigned = Permit(
        id=new_id(),
        site_id=decided.site_id,
        decision_id=decided.id,
        contact=decided.contact,
        channel=decided.channel,
        purpose=decided.purpose,
        verdict=decided.verdict,
        rules=rules,
        facts_digest=decided.facts_digest,
        pack_digest=decided.pack_digest,
        issued_at=decided.at,
        expires_at=decided.at + timedelta(seconds=seconds),
        approved_by=decided.approved_by,
    )
    return replace(unsigned, signature=sign(unsigned, permit_seed()))
