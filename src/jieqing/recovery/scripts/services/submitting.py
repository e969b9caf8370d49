"""Send the newest version to the reviewer: in order, not blocked by the scanner, no near copy of another script."""

from django.db.models import F

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.checking import findings
from jieqing.recovery.scripts.engine.filings import STATES, State, may_follow
from jieqing.recovery.scripts.engine.overlap import MOST_SHARED, share, trigrams
from jieqing.recovery.scripts.engine.scans import Occasion
from jieqing.recovery.scripts.models import ScriptFiling, ScriptVersion
from jieqing.recovery.scripts.services.scanning import keep_scan, scan_text
from jieqing.recovery.scripts.services.steps import (
    locked,
    state_of,
    subject_of,
    template_of,
    write_step,
)
from jieqing.trust.evidence import services as evidence


def submit_version(*, actor: Actor, version: ScriptVersion) -> ScriptFiling | Problem:
    with site_scope(actor.own_site):
        script = locked(version.script_id)
        state = state_of(version)
        if version.number != script.newest_number:
            return Problem.of(problems.NOT_NEWEST, version=version.number)
        if not may_follow(state, State.SUBMITTED):
            return wrong_step(version, state)
        problem = refusal_of(version)
        scan = scan_text(version.body)
        is_stopped = scan.verdict == "block"
        if problem and not is_stopped:
            return problem
        entry_id = evidence.record(
            actor=actor,
            action="recovery.scripts.stopped" if problem else "recovery.scripts.submitted",
            subject=subject_of(script.id),
            facts={"code": script.code, "version": version.number, "digest": bytes(version.digest).hex()}
            | ({"rules": sorted({one.rule for one in scan.findings})} if problem else {}),
        )
        keep_scan(actor=actor, version=version, scan=scan, occasion=Occasion.SUBMITTED, entry_id=entry_id)
        if problem:
            return problem
        script.state = State.SUBMITTED.value
        script.save(update_fields=["state"])
        return write_step(
            version=version, state=State.SUBMITTED, at=clock.now(), actor=actor, entry_id=entry_id
        )


def refusal_of(version: ScriptVersion) -> Problem | None:
    """What keeps a version from review, the first thing first."""
    template = template_of(version)
    scan = scan_text(template.body)
    if scan.verdict == "block":
        places = [scan.words_of(one) for one in scan.findings]
        return Problem.of(
            problems.BLOCKED_WORDS, what="、".join(places) + "。", what_en=", ".join(places) + "."
        )
    if found := findings(template):
        return Problem.of(
            problems.NOT_READY,
            what=" ".join(one.zh for one in found),
            what_en=" ".join(one.en for one in found),
        )
    return _near_copy(version)


def wrong_step(version: ScriptVersion, state: State) -> Problem:
    zh, en = STATES[state]
    return Problem.of(problems.WRONG_STEP, version=version.number, state=zh, state_en=en)


def _near_copy(version: ScriptVersion) -> Problem | None:
    """The closest newest text of another script, when it is too close."""
    own = trigrams(version.body)
    closest, code = max(
        (
            (share(own, trigrams(str(judged["body"]))), str(judged["code"]))
            for judged in ScriptVersion.objects.exclude(script=version.script_id)
            .order_by("script_id", "-number")
            .distinct("script_id")
            .values_list("judged", flat=True)
        ),
        default=(None, ""),
        key=lambda found: found[0] or 0,
    )
    if closest is None or closest <= MOST_SHARED:
        return None
    return Problem.of(problems.NEAR_COPY, code=code, share=round(closest * 100))


def submit_shipped(*, actor: Actor) -> tuple[int, int]:
    """Send every untouched shipped draft to review; returns how many went and how many need work first."""
    with site_scope(actor.own_site):
        drafts = ScriptVersion.objects.filter(
            script__origin="shipped", script__state=State.DRAFT.value, number=F("script__newest_number")
        ).select_related("script")
        outcomes = [
            submit_version(actor=actor, version=version) for version in drafts.order_by("script__code")
        ]
    refused = sum(is_problem(one) for one in outcomes)
    return len(outcomes) - refused, refused
