"""Who may vouch for the LPR: the platform's operator, and the machine itself."""

from uuid import UUID

from jieqing.claims.entitlements.models import LprMonth
from jieqing.estate.sites.access import NOT_AN_OPERATOR, OPERATOR_ROLE, operator_actor
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.outcomes import Problem

__all__ = ["check_operator", "operator_actor", "publication_of"]

UNKNOWN_PUBLICATION = Problem(
    code="lpr.unknown",
    zh="没有这条报价。",
    en="There is no such publication.",
    todo_zh="请从LPR页打开，或先登记当月报价。",
    todo_en="Open it from the LPR page, or propose the month first.",
)


def check_operator(actor: Actor) -> Problem | None:
    """None for those who may vouch; anybody else is told what a stranger is told."""
    if actor.site_id is None and (actor.kind is ActorKind.SYSTEM or OPERATOR_ROLE in actor.roles):
        return None
    return NOT_AN_OPERATOR


def publication_of(actor: Actor, value: str) -> LprMonth | Problem:
    """A publication by the id that a form sent back."""
    if refused := check_operator(actor):
        return refused
    try:
        wanted = UUID(value)
    except ValueError:
        return UNKNOWN_PUBLICATION
    return LprMonth.objects.filter(pk=wanted).first() or UNKNOWN_PUBLICATION
