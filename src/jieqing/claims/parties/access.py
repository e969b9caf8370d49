"""The only door from an id in a request to a party."""

from uuid import UUID

from jieqing.claims.parties.models import Party
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind


def party_by_id(actor: Actor, party_id: UUID) -> Party | Problem:
    """The party, or the same Problem for another site's id and for one that never existed."""
    found = Party.objects.filter(id=party_id, site_id=actor.site_id).first()
    return found or Problem.of(PARTY_UNKNOWN)


PARTY_UNKNOWN = ProblemKind(
    "parties.unknown",
    "没有这个当事人，或您无权查看。",
    "There is no such party, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
