"""Verbs of invitations: offer a role by mail, take the offer back, accept it.

The mail proves the mailbox: the secret of the token leaves only inside the notice (sealed until sent) and is kept as a
digest. An invitation works once; a newer one for the same mailbox and role replaces it.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from jieqing.estate.accounts.engine.invitation_tokens import SECRET_BYTES, InvitationToken
from jieqing.estate.accounts.engine.roles import INVITABLE, Role
from jieqing.estate.accounts.models import Invitation, InvitationEnd, Membership, User
from jieqing.estate.accounts.services.granting import grant_refusal
from jieqing.estate.accounts.services.people import join_site
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice, withdraw_notice

VALID_FOR = timedelta(days=7)

ROLE_NOT_INVITABLE = Problem(
    code="invitation.role",
    zh="这个角色不能通过邀请授予。",
    en="This role cannot be given by invitation.",
    todo_zh="监管和平台运营由平台指派，债务人从门户进入。",
    todo_en="Supervisors and platform operators are appointed by the platform; debtors come through their portal.",
)
CLOSED = Problem(
    code="invitation.closed",
    zh="邀请无效、已使用或已过期。",
    en="The invitation is not valid, was used already or has run out.",
    todo_zh="请联系邀请您的人重新发送邀请。",
    todo_en="Ask whoever invited you to send a new one.",
)


def invite(
    *, actor: Actor, email: str, role: str, site_name: str, inviter: str, link_of: Callable[[str], str]
) -> Invitation | Problem:
    """Offer a role on the actor's site to the holder of a mailbox; ``link_of`` makes the page's address of a token."""
    if actor.site_id is None:
        raise ValueError("an actor without a site cannot invite")
    if role not in {each.value for each in INVITABLE}:
        return ROLE_NOT_INVITABLE
    with site_scope(actor.site_id):
        refused = grant_refusal(actor, Role(role))
    if refused:
        return refused
    now = clock.now()
    token = InvitationToken(actor.site_id, new_id(), secrets.token_bytes(SECRET_BYTES))
    invitation = Invitation(
        id=token.invitation_id,
        site_id=actor.site_id,
        email=email.strip().lower(),
        role=role,
        token_digest=token.digest(),
        invited_by=actor.id,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    with transaction.atomic(), site_scope(actor.site_id):
        for earlier in Invitation.objects.filter(email=invitation.email, role=role, ended_at=None):
            _end(earlier, actor, InvitationEnd.REPLACED)
        sent = send_notice(
            actor=actor,
            kind=NoticeKind.INVITATION,
            recipient=RecipientKind.INVITEE,
            address=invitation.email,
            values={
                "inviter": inviter,
                "site": site_name,
                "link": link_of(token.text()),
                "until": invitation.expires_at,
            },
            expires_at=invitation.expires_at,
        )
        if is_problem(sent):
            transaction.set_rollback(True)
            return sent
        invitation.notice_id = sent
        invitation.save(force_insert=True)
        evidence.record(
            actor=actor,
            action="estate.accounts.invited",
            subject=f"estate.accounts.invitation:{invitation.id}",
            facts={"role": role, "notice": sent, "expires_at": invitation.expires_at},
            personal={"email": invitation.email},
        )
    return invitation


def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> Invitation | Problem:
    """Take an open offer back; its link opens nothing any more."""
    with transaction.atomic():
        if not _end(invitation, actor, InvitationEnd.WITHDRAWN):
            return CLOSED
        _record(actor, invitation)
    return invitation


def accept_invitation(*, token: InvitationToken, user: User) -> Membership | Problem:
    """Make the person a member; the same token a second time is refused."""
    with transaction.atomic(), site_scope(token.site_id):
        invitation = Invitation.objects.select_for_update().filter(pk=token.invitation_id).first()
        if invitation is None or not is_open(invitation, token):
            return CLOSED
        actor = Actor(
            id=user.id,
            kind=ActorKind.PERSON,
            site_id=token.site_id,
            roles=frozenset({Role(invitation.role).value}),
        )
        if not _end(invitation, actor, InvitationEnd.ACCEPTED):
            return CLOSED
        _record(actor, invitation)
        return join_site(actor=actor, user=user, role=invitation.role)


def is_open(invitation: Invitation, token: InvitationToken) -> bool:
    """Whether this token still opens this invitation."""
    return (
        invitation.ended_at is None
        and invitation.expires_at > clock.now()
        and token.opens(bytes(invitation.token_digest))
    )


def _end(invitation: Invitation, actor: Actor, ending: InvitationEnd) -> bool:
    changed = Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(
        ended_at=clock.now(), ended_by=actor.id, ending=ending.value
    )
    invitation.ending = ending.value
    # A link that opens nothing any more need not leave.
    withdraw_notice(actor=actor, notice_id=invitation.notice_id)
    return changed == 1


def _record(actor: Actor, invitation: Invitation) -> None:
    evidence.record(
        actor=actor,
        action=f"estate.accounts.invitation_{invitation.ending}",
        subject=f"estate.accounts.invitation:{invitation.id}",
        facts={"role": invitation.role},
    )
