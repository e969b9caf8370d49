"""People by program: who holds which role, invitations, the end of a role, clearances; by the verbs of the people page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Router, Status

from jieqing.estate.accounts import access, schemas, selectors, services
from jieqing.estate.accounts.models import Clearance, Invitation
from jieqing.estate.accounts.services.granting import maker_refusal
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs

router = Router(tags=["people"])
MANAGE = needs("people.manage")


@router.get(
    "/people", auth=MANAGE, response=list[schemas.PersonOut], summary="Members and their roles, by name"
)
def people(request: HttpRequest, site_slug: Path[str]) -> Any:
    return [
        {
            "user": person.user.id,
            "name": person.user.display_name,
            "roles": [
                {"membership": one.pk, "role": one.role, "since": one.created_at}
                for one in person.memberships
            ],
        }
        for person in selectors.people_of_site()
    ]


@router.get(
    "/people/invitations",
    auth=MANAGE,
    response=list[schemas.InvitationOut],
    summary="Invitations that can still be accepted, newest first",
)
def invitations(request: HttpRequest, site_slug: Path[str]) -> Any:
    return list(map(_invitation, selectors.open_invitations()))


@router.post(
    "/people/invitations", auth=MANAGE, response={201: schemas.InvitationOut}, operation_id="invite_person"
)
def invite_person(request: HttpRequest, site_slug: Path[str], told: schemas.InvitationIn) -> Any:
    """Offer a role by mail. A program gives no role that may do more than itself or than whoever made its token."""
    actor = _managing(request)
    sent = services.invite(
        actor=actor,
        email=told.email,
        role=told.role.value,
        site_name=request.site.name,
        inviter=selectors.display_names({actor.id}).get(actor.id, ""),
        link_of=lambda token: request.build_absolute_uri(reverse("invitation", args=[token])),
    )
    return Status(201, _invitation(_sound(sent, 422)))


@router.post(
    "/people/invitations/{invitation_id}/withdrawal",
    auth=MANAGE,
    response={204: None},
    operation_id="withdraw_invitation",
)
def withdraw_invitation(request: HttpRequest, site_slug: Path[str], invitation_id: Path[UUID]) -> Any:
    """Take an offer back; its link opens nothing any more."""
    found = _sound(access.invitation_by_id(invitation_id), 404)
    _sound(services.withdraw_invitation(actor=_managing(request), invitation=found), 409)
    return Status(204, None)


@router.post(
    "/people/memberships/{membership_id}/end", auth=MANAGE, response={204: None}, operation_id="end_role"
)
def end_role(
    request: HttpRequest, site_slug: Path[str], membership_id: Path[UUID], told: schemas.ReasonIn
) -> Any:
    """End a role with a reason. To change a role, invite into the new one and end the old."""
    found = _sound(access.membership_by_id(membership_id), 404)
    ended = services.end_membership(
        actor=_managing(request), membership=found, reason=told.reason, site_name=request.site.name
    )
    _sound(ended, 422 if not told.reason.strip() else 409)
    return Status(204, None)


@router.get(
    "/people/memberships/{membership_id}/clearances",
    auth=MANAGE,
    response=list[schemas.ClearanceOut],
    summary="Every clearance of a member, newest first",
)
def clearances(request: HttpRequest, site_slug: Path[str], membership_id: Path[UUID]) -> Any:
    found = _sound(access.membership_by_id(membership_id), 404)
    return list(map(_clearance, selectors.clearances_of(found.user_id)))


@router.post(
    "/people/memberships/{membership_id}/clearances",
    auth=MANAGE,
    response={201: schemas.ClearanceOut},
    operation_id="attest_clearance",
)
def attest_clearance(
    request: HttpRequest, site_slug: Path[str], membership_id: Path[UUID], told: schemas.ClearanceIn
) -> Any:
    """Attest that a member holds a clearance, on a document that was seen."""
    found = _sound(access.membership_by_id(membership_id), 404)
    attested = services.attest_clearance(
        actor=_managing(request),
        membership=found,
        kind=told.kind,
        from_on=told.from_on,
        to_on=told.to_on,
        source_digest=bytes.fromhex(told.source_sha256),
        reason=told.reason,
    )
    return Status(201, _clearance(_sound(attested, 422)))


@router.post(
    "/people/clearances/{clearance_id}/end", auth=MANAGE, response={204: None}, operation_id="end_clearance"
)
def end_clearance(
    request: HttpRequest, site_slug: Path[str], clearance_id: Path[UUID], told: schemas.ReasonIn
) -> Any:
    """End a clearance before its time, with a reason."""
    found = _sound(access.clearance_by_id(clearance_id), 404)
    _sound(services.end_clearance(actor=_managing(request), clearance=found, reason=told.reason), 422)
    return Status(204, None)


def _managing(request: HttpRequest) -> Any:
    """The actor, once it is sure that a program's maker may still manage people."""
    actor = request.actor  # type: ignore[attr-defined]
    refused = maker_refusal(actor)
    if refused:
        raise ProblemRaised(refused, 403)
    return actor


def _sound(outcome: Any, status: int) -> Any:
    if is_problem(outcome):
        raise ProblemRaised(outcome, 403 if outcome.code == "people.grant_beyond_token" else status)
    return outcome


def _invitation(row: Invitation) -> dict[str, Any]:
    return {"id": row.pk, "email": row.email, "role": row.role, "expires_at": row.expires_at}


def _clearance(row: Clearance) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("id", "kind", "from_on", "to_on", "ended_at")},
        "source_sha256": bytes(row.source_digest).hex(),
        "entry": row.entry_id,
    }
