"""The only doors from an id in a request to a party, its contact points, and what stands about it."""

from typing import TypeVar
from uuid import UUID

from jieqing.claims.parties.models import (
    AgreedHours,
    ContactChoice,
    ContactPoint,
    DebtorEvent,
    Guarantee,
    Party,
)
from jieqing.claims.parties.problems import POINT_UNKNOWN, ROW_UNKNOWN
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing.db.models import SiteModel

Row = TypeVar("Row", bound=SiteModel)


def party_by_id(actor: Actor, party_id: UUID) -> Party | Problem:
    """The party, or the same Problem for another site's id and for one that never existed."""
    return _row(actor, Party, party_id, PARTY_UNKNOWN)


def point_by_id(actor: Actor, point_id: UUID) -> ContactPoint | Problem:
    """A contact point, its value still sealed."""
    return _row(actor, ContactPoint, point_id, POINT_UNKNOWN)


def choice_by_id(actor: Actor, choice_id: UUID) -> ContactChoice | Problem:
    return _row(actor, ContactChoice, choice_id, ROW_UNKNOWN)


def hours_by_id(actor: Actor, hours_id: UUID) -> AgreedHours | Problem:
    return _row(actor, AgreedHours, hours_id, ROW_UNKNOWN)


def guarantee_by_id(actor: Actor, guarantee_id: UUID) -> Guarantee | Problem:
    return _row(actor, Guarantee, guarantee_id, ROW_UNKNOWN)


def event_by_id(actor: Actor, event_id: UUID) -> DebtorEvent | Problem:
    return _row(actor, DebtorEvent, event_id, ROW_UNKNOWN)


def _row(actor: Actor, model: type[Row], row_id: UUID, unknown: ProblemKind) -> Row | Problem:
    found = model.objects.filter(id=row_id, site_id=actor.own_site).first()
    return found or Problem.of(unknown)


PARTY_UNKNOWN = ProblemKind(
    "parties.unknown",
    "没有这个当事人，或您无权查看。",
    "There is no such party, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
