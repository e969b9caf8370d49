"""What a program may give away: no more than it carries itself, and never more than whoever made its token may now.

A token may carry ``people.manage``. Without this rule it could invite its holder's own mailbox into a role that may do what
the token may not. People give by the role table alone.
"""

from jieqing.estate.accounts.engine.api_tokens import SCOPES, scopes_allow
from jieqing.estate.accounts.engine.roles import PERMISSIONS, Role, allows
from jieqing.estate.accounts.models import ApiToken, Membership
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.outcomes import Problem

MANAGE = "people.manage"


def maker_refusal(actor: Actor) -> Problem | None:
    """Why a program may manage nobody now: whoever made its token may not any more. None for people."""
    if actor.kind is not ActorKind.SERVICE or allows(_roles_of_maker(actor), MANAGE):
        return None
    return MAKER_MAY_NOT


def grant_refusal(actor: Actor, role: Role) -> Problem | None:
    """Why the actor may not give this role; None when it may."""
    if actor.kind is not ActorKind.SERVICE:
        return None
    given = PERMISSIONS[role]
    if not all(scopes_allow(actor.roles, one) for one in given & set(SCOPES)):
        return MORE_THAN_ITSELF
    maker = _roles_of_maker(actor)
    return None if all(allows(maker, one) for one in given | {MANAGE}) else MAKER_MAY_NOT


def _roles_of_maker(actor: Actor) -> frozenset[str]:
    """The roles that the token's maker holds on this site at this moment; read in the site's scope."""
    maker = ApiToken.objects.filter(pk=actor.id).values("created_by")
    rows = Membership.objects.filter(user_id__in=maker, ended_at=None)
    return frozenset(rows.values_list("role", flat=True))


MORE_THAN_ITSELF = Problem(
    code="people.grant_beyond_token",
    zh="令牌不能授予比自身权限更大的角色。",
    en="A token cannot give a role that may do more than the token itself.",
    todo_zh="请改用权限足够的令牌，或由站点负责人在页面上邀请。",
    todo_en="Use a token with the scopes of that role, or let the site's owner invite on the page.",
)
MAKER_MAY_NOT = Problem(
    code="people.maker_may_not",
    zh="创建该令牌的人已没有这项权限。",
    en="Whoever made this token may not do this any more.",
    todo_zh="请现任站点负责人新建令牌。",
    todo_en="Ask a present owner of the site for a new token.",
)
