"""The reviewer's decisions: file, return, withdraw. Each is a signed statement about exactly one text.

Who wrote or submitted a version does not decide about it. Filing one version replaces the one in use in the same transaction,
so there is never a moment with two or, by mistake, with none. Whose key was revoked files and returns nothing; a withdrawal stops
something and is never kept back by a key: it is signed where there is one.
"""

from typing import Any

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.filings import (
    State,
    may_follow,
    statement,
)
from jieqing.recovery.scripts.models import ReviewerKey, Script, ScriptFiling, ScriptVersion
from jieqing.recovery.scripts.services.keys import key_of, sign_with
from jieqing.recovery.scripts.services.steps import (
    REASON_CHARS_MAX,
    REFERENCE_CHARS_MAX,
    locked,
    state_of,
    subject_of,
    write_step,
)
from jieqing.recovery.scripts.services.submitting import refusal_of, wrong_step
from jieqing.trust.evidence import services as evidence


def file_version(*, actor: Actor, version: ScriptVersion, reference: str) -> ScriptFiling | Problem:
    """备案: from now on this version may be used, and the one before no longer."""
    reference = reference.strip()
    if not reference or len(reference) > REFERENCE_CHARS_MAX:
        return Problem.of(problems.REFERENCE_MISSING)
    with site_scope(actor.own_site):
        script = locked(version.script_id)
        problem = _undecidable(actor, version, State.FILED) or refusal_of(version)
        if problem:
            return problem
        key = key_of(actor)
        if is_problem(key):
            return key
        before = script.filed_version
        done = _decide(actor, key, script, version, State.FILED, reference=reference)
        if before is not None and before.pk != version.pk:
            write_step(version=before, state=State.REPLACED, at=done.at, actor=actor, entry_id=done.entry_id)
        script.filed_version = version
        script.state = State.FILED.value
        script.save(update_fields=["filed_version", "state"])
        return done


def return_version(*, actor: Actor, version: ScriptVersion, reason: str) -> ScriptFiling | Problem:
    """Back to the author, with the reason. What is in use stays in use."""
    reason = reason.strip()[:REASON_CHARS_MAX]
    if not reason:
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site):
        script = locked(version.script_id)
        problem = _undecidable(actor, version, State.RETURNED)
        if problem:
            return problem
        key = key_of(actor)
        if is_problem(key):
            return key
        done = _decide(actor, key, script, version, State.RETURNED, reason=reason)
        script.state = State.RETURNED.value
        script.save(update_fields=["state"])
        return done


def withdraw_script(*, actor: Actor, script: Script, reason: str) -> ScriptFiling | Problem:
    """Out of use at once: by the reviewer, or by the site itself, with the reason."""
    reason = reason.strip()[:REASON_CHARS_MAX]
    if not reason:
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site):
        now = locked(script.pk)
        version = now.filed_version
        if version is None:
            return Problem.of(problems.NOT_USABLE)
        key = key_of(actor)
        done = _decide(actor, None if is_problem(key) else key, now, version, State.WITHDRAWN, reason=reason)
        now.filed_version = None
        if now.newest_number == version.number:
            now.state = State.WITHDRAWN.value
        now.save(update_fields=["filed_version", "state"])
        return done


def _undecidable(actor: Actor, version: ScriptVersion, after: State) -> Problem | None:
    state = state_of(version)
    if not may_follow(state, after):
        return wrong_step(version, state)
    submitted = version.filings.filter(state=State.SUBMITTED.value).values_list("by", flat=True)
    if actor.id in {version.by, *submitted}:
        return Problem.of(problems.OWN_WORK)
    return None


def _decide(
    actor: Actor,
    key: ReviewerKey | None,
    script: Script,
    version: ScriptVersion,
    state: State,
    *,
    reference: str = "",
    reason: str = "",
) -> ScriptFiling:
    at = clock.now()
    told = statement(
        site=script.site_id,
        code=script.code,
        version=version.number,
        digest=bytes(version.digest),
        decision=state,
        reference=reference,
        reason=reason,
        at=at,
        reviewer=actor.id,
    )
    facts: dict[str, Any] = {"statement": told}
    signed = (key, told, sign_with(key, told)) if key else None
    if signed:
        facts |= {"signature": signed[2].hex(), "public_key": signed[0].public_key_hex}
    entry_id = evidence.record(
        actor=actor,
        action=f"recovery.scripts.{state.value}",
        subject=subject_of(script.id),
        facts=facts,
    )
    return write_step(
        version=version,
        state=state,
        at=at,
        actor=actor,
        entry_id=entry_id,
        reason=reason,
        reference=reference,
        signed=signed,
    )
