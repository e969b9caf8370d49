"""The only door from an id in a request to a review."""

from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.recovery.assurance.models import ChangeReview
from jieqing.recovery.assurance.problems import REVIEW_UNKNOWN


def review_by_id(actor: Actor, review_id: UUID) -> ChangeReview | Problem:
    found = ChangeReview.objects.select_related("decision").filter(pk=review_id, site_id=actor.own_site)
    return found.first() or Problem.of(REVIEW_UNKNOWN)
