"""The site's own rules: the ladder of stages, and the rule by which cases open by themselves. Versions, never edits."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import CaseState, NextAction
from jieqing.recovery.cases.engine.ladder import Ladder, Step, ladder_problem
from jieqing.recovery.cases.engine.opening import OpeningTerms
from jieqing.recovery.cases.models import Case, OpeningRule, StageLadder
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.guards import reason_problem
from jieqing.trust.evidence import services as evidence


def set_ladder(*, actor: Actor, steps: Sequence[Step], may_skip: bool, reason: str) -> StageLadder | Problem:
    """Put a new version of the ladder in force; cases go on from where they stand, at their next look."""
    problem = ladder_problem(Ladder(0, tuple(steps), may_skip), NextAction) or reason_problem(reason)
    if problem:
        return problem
    with site_scope(actor.own_site), transaction.atomic():
        last = StageLadder.objects.order_by("-version").first()
        row = StageLadder(
            id=new_id(),
            site_id=actor.own_site,
            version=last.version + 1 if last else 1,
            steps=[asdict(step) for step in steps],
            may_skip=may_skip,
            reason=reason.strip(),
            set_at=clock.now(),
            set_by=actor.id,
        )
        row.entry_id = evidence.record(
            actor=actor,
            action="recovery.cases.ladder_set",
            subject=f"recovery.cases.ladder:{row.id}",
            facts={"version": row.version, "steps": row.steps, "may_skip": may_skip},
            personal={"reason": row.reason},
        )
        row.save(force_insert=True)
        # Looked at again by the next wake-up, in its own transactions.
        Case.objects.filter(state=CaseState.OPEN.value).update(wake_on=working_day())
    return row


def set_opening_rule(*, actor: Actor, terms: OpeningTerms, is_on: bool, reason: str) -> OpeningRule | Problem:
    """Put a new version of the rule of opening in force, on or off."""
    problem = reason_problem(reason)
    if problem or not terms.is_sound:
        return problem or Problem.of(problems.RULE_WRONG)
    with site_scope(actor.own_site), transaction.atomic():
        last = OpeningRule.objects.aggregate(last=Max("version"))["last"] or 0
        row = OpeningRule(
            id=new_id(),
            site_id=actor.own_site,
            version=last + 1,
            terms=terms.as_dict(),
            is_on=is_on,
            reason=reason.strip(),
            set_at=clock.now(),
            set_by=actor.id,
        )
        row.entry_id = evidence.record(
            actor=actor,
            action="recovery.cases.rule_set",
            subject=f"recovery.cases.rule:{row.id}",
            facts={"version": row.version, "terms": row.terms, "is_on": is_on},
            personal={"reason": row.reason},
        )
        row.save(force_insert=True)
    return row
