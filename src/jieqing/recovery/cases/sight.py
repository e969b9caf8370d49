"""Which cases somebody sees: one rule for the doors and for the lists.

Whoever works on cases without giving them out sees their own and those that nobody has; everybody else who may read cases
(leads, finance, audit, programs) sees all of the site.
"""

from django.db.models import Q, QuerySet

from jieqing.estate.accounts.engine.roles import allows
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.recovery.cases.models import Case

READ, WORK, ASSIGN, CLOSE, ANSWER = (
    "cases.read",
    "cases.work",
    "cases.assign",
    "cases.close",
    "complaints.answer",
)


def is_limited(actor: Actor) -> bool:
    """Whether the actor sees only their own cases and those that nobody has."""
    if actor.kind is not ActorKind.PERSON:
        return False
    return allows(actor.roles, WORK) and not allows(actor.roles, ASSIGN)


def visible(actor: Actor, rows: "QuerySet[Case]") -> "QuerySet[Case]":
    """The cases among ``rows`` that the actor may see."""
    rows = rows.filter(site_id=actor.own_site)
    return rows.filter(Q(owner_id=actor.id) | Q(owner_id=None)) if is_limited(actor) else rows
