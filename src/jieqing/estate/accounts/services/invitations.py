"""Verbs of invitations: offer a role by mail, take the offer back, accept it.

The mail proves the mailbox: the secret of the token leaves only inside the notice (sealed until sent) and is kept as a
digest. An invitation works once; a newer one for the same mailbox and role replaces it.

A rent plan says for how many people it is: members and open offers are counted together under a lock. Who is in stays in when
a smaller plan begins; only nobody new comes.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from jieqing.estate.accounts.engine.invitation_tokens import SECRET_BYTES, InvitationToken
from jieqing.estate.accounts.engine.roles import INVITABLE, Role
from jieqing.estate.accounts.models import Invitation, InvitationEnd, Membership, User
from jieqing.estate.accounts.services.granting import grant_refusal
from jieqing.estate.accounts.services.people import join_site
from jieqing.estate.sites.selectors import check_writing, people_max
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice, withdraw_notice

VALID_FOR = timedelta(days=7)
BEFORE_LIVE = ("draft", "submitted", "filed")

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


def too_many_people(people: int) -> Problem:
    return Problem(
        code="invitation.plan_full",
        zh=f"租用方案最多 {people} 人，成员和未接受的邀请已满。",
        en=f"The rent plan is for {people} people; members and open invitations fill it.",
        todo_zh="请撤回不再需要的邀请、结束不再使用的成员身份，或由负责人在“租用与账单”更改方案（次月生效）。",
        todo_en="Withdraw an invitation, end a membership that is no longer used, or let the owner choose another plan "
        "under Rent (from the next month on).",
        details={"people": people},
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
        problem = _check_room(actor.site_id, offers_too=True)
        if problem:
            transaction.set_rollback(True)
            return problem
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
        problem = check_writing(token.site_id, open_while=BEFORE_LIVE)
        if problem is None and not _is_member(user):
            problem = _check_room(token.site_id, offers_too=False)
        if problem:
            return problem
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


def _check_room(site_id: UUID, *, offers_too: bool) -> Problem | None:
    """Whether the plan has room for one more; parallel offers wait for each other."""
    people = people_max(site_id)
    if people is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"accounts.people:{site_id}"]
        )
    roles = [role.value for role in INVITABLE]
    taken = Membership.objects.filter(ended_at=None, role__in=roles).values("user_id").distinct().count()
    if offers_too:
        offers = Invitation.objects.filter(ended_at=None, expires_at__gt=clock.now())
        taken += offers.values("email").distinct().count()
    return None if taken < people else too_many_people(people)


def _is_member(user: User) -> bool:
    """Another role for somebody who is in needs no room."""
    roles = [role.value for role in INVITABLE]
    return Membership.objects.filter(user=user, ended_at=None, role__in=roles).exists()


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
