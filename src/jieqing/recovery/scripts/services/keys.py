"""Keys of reviewers: made with the first decision, replaced by their holder, ended by the platform's operator.

One live key for each person (a constraint of the table). A person whose key was revoked decides nothing until the operator
admits another key, so a revocation cannot be undone by signing in. Every step is a row and evidence; the seed lies sealed.
"""

import secrets
from typing import Any
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import JSON, Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.sealing import seal, unseal
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.filings import public_key_of, sign
from jieqing.recovery.scripts.engine.keys import KeyStep, rotation
from jieqing.recovery.scripts.models import ReviewerKey, ReviewerKeyStep
from jieqing.recovery.scripts.services.steps import REASON_CHARS_MAX
from jieqing.trust.evidence import services as evidence

SEALED_FOR = "scripts.reviewer_key"
_SEED_BYTES = 32


def key_of(actor: Actor) -> ReviewerKey | Problem:
    """The actor's live key; made, with its own evidence, when there never was one or another was admitted."""
    newest = ReviewerKey.objects.filter(user_id=actor.id).order_by("-at", "-id").first()
    if newest is None:
        return _made(actor, secrets.token_bytes(_SEED_BYTES))
    if newest.ended_at is None:
        return newest
    if newest.steps.filter(kind=KeyStep.ADMITTED.value).exists():
        return _made(actor, secrets.token_bytes(_SEED_BYTES))
    return Problem.of(problems.KEY_REVOKED)


def sign_with(key: ReviewerKey, told: dict[str, JSON]) -> bytes:
    return sign(unseal(SEALED_FOR, bytes(key.sealed_seed)), told)


def rotate_key(*, actor: Actor) -> ReviewerKey | Problem:
    """A new key of the actor's, signed by the old one, which ends at that moment. Older filings stay proven by the old one."""
    with site_scope(actor.own_site):
        old = ReviewerKey.objects.select_for_update().filter(user_id=actor.id, ended_at=None).first()
        if old is None:
            found = key_of(actor)
            return found if is_problem(found) else Problem.of(problems.KEY_FRESH)
        at, seed = clock.now(), secrets.token_bytes(_SEED_BYTES)
        new_key = public_key_of(seed)
        told = rotation(
            site=actor.own_site,
            reviewer=actor.id,
            old_key=bytes(old.public_key),
            new_key=new_key,
            at=at,
        )
        signature, countersigned = sign_with(old, told), sign(seed, told)
        entry_id = _record(
            actor,
            "rotated",
            old.pk,
            {"statement": told, "signature": signature.hex(), "new_signature": countersigned.hex()},
        )
        old.ended_at = at
        old.save(update_fields=["ended_at"])
        made = _row(actor, seed, new_key, entry_id)
        _step(
            old,
            KeyStep.ROTATED,
            actor,
            entry_id,
            successor=made,
            statement=told,
            signature=signature,
            new_signature=countersigned,
        )
        return made


def revoke_key(*, actor: Actor, key_id: UUID, reason: str) -> ReviewerKey | Problem:
    """The platform's operator ends a key at once, for instance because somebody else may have used it."""
    reason = reason.strip()[:REASON_CHARS_MAX]
    if not reason:
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site):
        key = ReviewerKey.objects.select_for_update().filter(pk=key_id, ended_at=None).first()
        if key is None:
            return Problem.of(problems.KEY_ENDED)
        entry_id = _record(actor, "revoked", key.pk, {"public_key": key.public_key_hex, "reason": reason})
        key.ended_at = clock.now()
        key.save(update_fields=["ended_at"])
        _step(key, KeyStep.REVOKED, actor, entry_id, reason=reason)
        return key


def admit_key(*, actor: Actor, key_id: UUID, reason: str) -> ReviewerKeyStep | Problem:
    """After a revocation: its holder may make another key with the next decision."""
    reason = reason.strip()[:REASON_CHARS_MAX]
    if not reason:
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site):
        key = ReviewerKey.objects.select_for_update().filter(pk=key_id).first()
        kinds = set(key.steps.values_list("kind", flat=True)) if key else set()
        if key is None or KeyStep.REVOKED.value not in kinds or KeyStep.ADMITTED.value in kinds:
            return Problem.of(problems.KEY_ENDED)
        entry_id = _record(actor, "admitted", key.pk, {"reviewer": str(key.user_id), "reason": reason})
        return _step(key, KeyStep.ADMITTED, actor, entry_id, reason=reason)


def _made(actor: Actor, seed: bytes) -> ReviewerKey:
    key_id, public_key = new_id(), public_key_of(seed)
    entry_id = _record(actor, "made", key_id, {"public_key": public_key.hex()})
    return _row(actor, seed, public_key, entry_id, key_id)


def _row(
    actor: Actor, seed: bytes, public_key: bytes, entry_id: UUID, key_id: UUID | None = None
) -> ReviewerKey:
    return ReviewerKey.objects.create(
        id=key_id or new_id(), site_id=actor.own_site, user_id=actor.id, public_key=public_key,
        sealed_seed=seal(SEALED_FOR, seed), at=clock.now(), entry_id=entry_id,
    )  # fmt: skip


def _step(key: ReviewerKey, kind: KeyStep, actor: Actor, entry_id: UUID, **more: Any) -> ReviewerKeyStep:
    return ReviewerKeyStep.objects.create(
        id=new_id(), site_id=key.site_id, key=key, kind=kind.value, at=clock.now(), by=actor.id, entry_id=entry_id,
        **more,
    )  # fmt: skip


def _record(actor: Actor, verb: str, key_id: UUID, facts: dict[str, Any]) -> UUID:
    return evidence.record(
        actor=actor,
        action=f"recovery.scripts.key_{verb}",
        subject=f"recovery.scripts.reviewer_key:{key_id}",
        facts=facts,
    )
