"""The only door from an id in a request to a paper."""

from uuid import UUID

from jieqing.claims.papers.engine.files import PAPER_UNKNOWN
from jieqing.claims.papers.models import Paper
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem


def paper_by_id(actor: Actor, paper_id: UUID) -> Paper | Problem:
    """The paper, withdrawn ones included: a link in an old report must still open."""
    rows = Paper.objects.select_related("item", "debtor").filter(id=paper_id, site_id=actor.own_site)
    return rows.first() or Problem.of(PAPER_UNKNOWN)
