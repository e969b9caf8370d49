"""The only door from an id in a request to a party."""

from uuid import UUID

from jieqing.claims.parties.models import Party
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind


def party_by_id(actor: Actor, party_id: UUID) -> Party | Problem:
    """The party, or the same Problem for another site's id and for one that never existed."""
    found = Party.objects.filter(id=party_id, site_id=_site(actor)).first()
    return found or Problem.of(PARTY_UNKNOWN)


def _site(actor: Actor) -> UUID:
    if actor.site_id is None:
        raise ValueError("a door of a site opens for an actor of a site")
    return actor.site_id


PARTY_UNKNOWN = ProblemKind(
    "parties.unknown",
    "没有这个当事人，或您无权查看。",
    "There is no such party, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
