"""Contact points, choices, guarantees and debtor events for other programs: the same verbs as the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router

from jieqing.claims.parties import access, schemas, selectors, services
from jieqing.claims.parties.engine.choices import Hours
from jieqing.claims.parties.problems import POINT_UNKNOWN
from jieqing.claims.parties.selectors import PointView
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import ProblemRaised, needs

router = Router(tags=["contacts"])


@router.get(
    "/parties/{party_id}/contact-points",
    auth=needs("contacts.read"),
    response=schemas.PointsOut,
    operation_id="list_contact_points",
)
def list_contact_points(request: HttpRequest, site_slug: Path[str], party_id: Path[UUID]) -> Any:
    """How a party is reached, masked, with what was chosen about each point."""
    party = _known(access.party_by_id(_actor(request), party_id))
    points = selectors.contact_points_of([party.id])[party.id]
    return {"party": party.id, "points": [_told(point) for point in points]}


@router.post(
    "/parties/{party_id}/contact-points",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="add_contact_point",
)
def add_contact_point(
    request: HttpRequest, site_slug: Path[str], party_id: Path[UUID], asked: schemas.PointIn
) -> Any:
    """Add a point. One that the party has already is refused (409) and named."""
    party = _known(access.party_by_id(_actor(request), party_id))
    return _done(services.add_contact_point(actor=_actor(request), party=party, **asked.dict()))


@router.post(
    "/contact-points/{point_id}/reveal",
    auth=needs("contacts.reveal"),
    response=schemas.RevealedOut,
    operation_id="reveal_contact_point",
)
def reveal_contact_point(
    request: HttpRequest, site_slug: Path[str], point_id: Path[UUID], asked: schemas.RevealIn
) -> Any:
    """The value in full, for a named purpose; the opening is evidence. People only: no token has this scope."""
    point = _known(access.point_by_id(_actor(request), point_id))
    value = services.reveal_point(actor=_actor(request), point=point, purpose=asked.purpose)
    if is_problem(value):
        raise ProblemRaised(value, 409)
    return {"value": value}


@router.post(
    "/contact-points/{point_id}/correction",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="correct_contact_point",
)
def correct_contact_point(
    request: HttpRequest, site_slug: Path[str], point_id: Path[UUID], asked: schemas.CorrectIn
) -> Any:
    """The right value as a new point; the wrong one stays, replaced."""
    point = _known(access.point_by_id(_actor(request), point_id))
    return _done(services.correct_contact_point(actor=_actor(request), point=point, **asked.dict()))


@router.post(
    "/contact-points/{point_id}/invalid",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="mark_contact_point_invalid",
)
def mark_invalid(
    request: HttpRequest, site_slug: Path[str], point_id: Path[UUID], asked: schemas.ContactReasonIn
) -> Any:
    """The number is out of use, the letter came back, somebody else answers."""
    point = _known(access.point_by_id(_actor(request), point_id))
    return _done(services.mark_invalid(actor=_actor(request), point=point, reason=asked.reason))


@router.post(
    "/contact-points/{point_id}/confirmation",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="confirm_contact_point",
)
def confirm_point(
    request: HttpRequest, site_slug: Path[str], point_id: Path[UUID], asked: schemas.ContactReasonIn
) -> Any:
    """The person was reached there; also takes back that it is invalid."""
    point = _known(access.point_by_id(_actor(request), point_id))
    return _done(services.confirm_point(actor=_actor(request), point=point, reason=asked.reason))


@router.post(
    "/contact-points/{point_id}/refusal",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="record_refusal",
)
def record_refusal(
    request: HttpRequest, site_slug: Path[str], point_id: Path[UUID], asked: schemas.RefusalIn
) -> Any:
    """A third person refuses: the number is closed for this debtor for ever."""
    point = _known(access.point_by_id(_actor(request), point_id))
    return _done(
        services.record_refusal(
            actor=_actor(request), point=point, source=asked.source, reason=asked.reason, case_id=asked.case
        )
    )


@router.post(
    "/parties/{party_id}/contact-choices",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="record_contact_choice",
)
def record_choice(
    request: HttpRequest, site_slug: Path[str], party_id: Path[UUID], asked: schemas.ChoiceIn
) -> Any:
    """Consent or opt-out, of the person or of one point, for a channel or for all."""
    party = _known(access.party_by_id(_actor(request), party_id))
    point = _known(access.point_by_id(_actor(request), asked.point)) if asked.point else None
    if point is not None and point.party_id != party.pk:
        raise ProblemRaised(Problem.of(POINT_UNKNOWN), 404)
    verb = services.record_consent if asked.kind == "consent" else services.record_opt_out
    return _done(
        verb(
            actor=_actor(request),
            party=party,
            point=point,
            channel=asked.channel,
            source=asked.source,
            reason=asked.reason,
        )
    )


@router.post(
    "/contact-choices/{choice_id}/withdrawal",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="withdraw_contact_choice",
)
def withdraw_choice(
    request: HttpRequest, site_slug: Path[str], choice_id: Path[UUID], asked: schemas.ContactReasonIn
) -> Any:
    """The person takes a consent or an opt-out back; a refusal stands (409)."""
    choice = _known(access.choice_by_id(_actor(request), choice_id))
    return _done(services.withdraw_choice(actor=_actor(request), choice=choice, reason=asked.reason))


@router.post(
    "/parties/{party_id}/guarantees",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="link_guarantor",
)
def link_guarantor(
    request: HttpRequest, site_slug: Path[str], party_id: Path[UUID], asked: schemas.GuaranteeIn
) -> Any:
    """Another party answers for this debtor."""
    debtor = _known(access.party_by_id(_actor(request), party_id))
    guarantor = _known(access.party_by_id(_actor(request), asked.guarantor))
    return _done(
        services.link_guarantor(
            actor=_actor(request),
            guarantor=guarantor,
            debtor=debtor,
            kind=asked.kind,
            until_on=asked.until_on,
            item_id=asked.item,
            reason=asked.reason,
        )
    )


@router.post(
    "/parties/{party_id}/debtor-events",
    auth=needs("contacts.manage"),
    response=schemas.DoneOut,
    operation_id="record_debtor_event",
)
def record_debtor_event(
    request: HttpRequest, site_slug: Path[str], party_id: Path[UUID], asked: schemas.EventIn
) -> Any:
    """Something holds for the party from a day: deceased, represented, insolvent …"""
    party = _known(access.party_by_id(_actor(request), party_id))
    return _done(services.record_debtor_event(actor=_actor(request), party=party, **asked.dict()))


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _known(found: Any) -> Any:
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _done(row: Any) -> dict[str, Any]:
    if is_problem(row):
        raise ProblemRaised(row, 409)
    return {"row": row.id, "entry": getattr(row, "end_entry_id", None) or row.entry_id}


def _told(point: PointView) -> dict[str, Any]:
    return {
        "point": point.id,
        "kind": point.kind.value,
        "belongs_to": point.belongs_to.value,
        "shown": point.shown,
        "holder": point.holder,
        "timezone": point.timezone,
        "source": point.source.value,
        "is_valid": point.is_valid,
        "is_refused": point.is_refused,
        "state": point.state,
        "choices": [
            {
                "choice": row.id,
                "kind": row.kind,
                "channel": row.channel,
                "source": row.source,
                "from_at": row.from_at,
                "entry": row.entry_id,
            }
            for row in point.choices
        ],
        "agreed_hours": [Hours(row.from_minute, row.until_minute).text for row in point.hours],
        "entry": point.entry_id,
    }
