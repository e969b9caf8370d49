"""From a signed-in person to an Actor on a site, and from an Actor to a yes or no."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery

from jieqing.estate.accounts.engine.api_tokens import scopes_allow
from jieqing.estate.accounts.engine.invitation_tokens import InvitationToken
from jieqing.estate.accounts.engine.roles import allows
from jieqing.estate.accounts.models import ApiToken, Clearance, Invitation, Membership, User, UserSession
from jieqing.estate.sites.access import operator_actor
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope

NOT_A_MEMBER = Problem(
    code="access.not_a_member",
    zh="您不是这个站点的成员。",
    en="You are not a member of this site.",
    todo_zh="请确认网址，或请站点负责人邀请您。",
    todo_en="Check the address, or ask the site's owner to invite you.",
)

UNKNOWN = Problem(
    code="people.unknown",
    zh="没有这条记录。",
    en="There is no such record.",
    todo_zh="请从人员页打开。",
    todo_en="Open it from the people page.",
)


def actor_for(user: User, site_id: UUID) -> Actor | Problem:
    """The frozen actor of this person on this site; a stranger gets a Problem and never an actor.

    Inside the site's own scope this is one statement: a request learns who asks in the transaction that answers them.
    """
    with site_scope(site_id):
        rows = list(_standing_of(user.id))
    if not rows:
        return NOT_A_MEMBER
    roles = frozenset(role for role, _clearances in rows)
    clearances = frozenset(rows[0][1])
    return Actor(id=user.id, kind=ActorKind.PERSON, site_id=site_id, roles=roles, clearances=clearances)


def colleague(actor: Actor, user_id: UUID) -> Actor | Problem:
    """Another member of the actor's site, with their roles and today's clearances; a stranger is as if not there."""
    found = User.objects.filter(pk=user_id, is_active=True).first()
    return NOT_A_MEMBER if found is None else actor_for(found, actor.own_site)


def check(actor: Actor, permission: str) -> Problem | None:
    """None when the actor's roles or scopes carry the permission; system actors act for the platform itself."""
    if actor.kind is ActorKind.SERVICE:
        return None if scopes_allow(actor.roles, permission) else _no_scope(permission)
    if actor.kind is ActorKind.SYSTEM or allows(actor.roles, permission):
        return None
    return Problem(
        code="access.denied",
        zh="您的角色没有这项权限。",
        en="Your role does not carry this permission.",
        todo_zh="如确有需要，请联系站点负责人调整角色。",
        todo_en="If you need it, ask the site's owner to change your role.",
        details={"permission": permission},
    )


def _no_scope(permission: str) -> Problem:
    return Problem(
        code="access.denied",
        zh="这个令牌没有这项权限。",
        en="This token does not carry the scope.",
        todo_zh="请站点负责人新建一个带有该权限的令牌。",
        todo_en="Ask the site's owner for a token with the scope.",
        details={"permission": permission},
    )


def is_platform_operator(user_id: UUID) -> bool:
    """Whether the person was appointed to run the platform; no role on a site says so."""
    return not is_problem(operator_actor(user_id))


def membership_by_id(membership_id: UUID) -> Membership | Problem:
    """A live membership of the active site."""
    rows = Membership.objects.filter(pk=membership_id, ended_at=None).select_related("user")
    return rows.first() or UNKNOWN


def invitation_by_id(invitation_id: UUID) -> Invitation | Problem:
    """An open invitation of the active site."""
    return Invitation.objects.filter(pk=invitation_id, ended_at=None).first() or UNKNOWN


def invitation_by_token(token: InvitationToken) -> Invitation | Problem:
    """The invitation that a link names, whoever holds it: the secret in the link is the permission."""
    with site_scope(token.site_id):
        found = Invitation.objects.filter(pk=token.invitation_id, ended_at=None).first()
    return found if found and token.opens(bytes(found.token_digest)) else UNKNOWN


def own_session(user_id: UUID, session_id: UUID) -> UserSession | Problem:
    """One of the person's own live sessions."""
    return UserSession.objects.filter(pk=session_id, user_id=user_id, ended_at=None).first() or UNKNOWN


def api_token_by_id(token_id: UUID) -> ApiToken | Problem:
    """A token of the active site, revoked ones included."""
    return ApiToken.objects.filter(pk=token_id).select_related("revocation").first() or UNKNOWN


def clearance_by_id(clearance_id: UUID) -> Clearance | Problem:
    """A clearance of the active site that was not ended."""
    return Clearance.objects.filter(pk=clearance_id, ended_at=None).select_related("user").first() or UNKNOWN


def _standing_of(user_id: UUID) -> Iterable[tuple[str, list[str]]]:
    """Each role on the active site, and beside it the clearances that hold today; both ends of a term count."""
    today = clock.today()
    cleared = Clearance.objects.filter(user_id=user_id, ended_at=None, from_on__lte=today, to_on__gte=today)
    rows = Membership.objects.filter(user_id=user_id, ended_at=None)
    return rows.values_list("role", ArraySubquery(cleared.values("kind")))
