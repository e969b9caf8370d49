"""Who runs the platform, and from an id to a tenant's thing."""

from uuid import UUID

from jieqing.estate.sites.models import Export, Operator, Site, SiteDomain
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.outcomes import Problem

OPERATOR_ROLE = "platform_operator"
NOT_AN_OPERATOR = Problem(
    code="access.not_an_operator",
    zh="没有这个页面，或您无权查看。",
    en="There is no such page, or you may not see it.",
    todo_zh="请确认网址。",
    todo_en="Check the address.",
)
NO_EXPORT = Problem(
    code="export.unknown",
    zh="没有这份导出。",
    en="There is no such export.",
    todo_zh="请从导出页打开。",
    todo_en="Open it from the export page.",
)

NO_DOMAIN = Problem(
    code="site.domain_unknown",
    zh="没有这个域名。",
    en="There is no such domain.",
    todo_zh="请从域名页打开。",
    todo_en="Open it from the page of domains.",
)


def operator_actor(user_id: UUID) -> Actor | Problem:
    """The actor of a person who was appointed to run the platform; it belongs to no site."""
    if not Operator.objects.filter(user_id=user_id, ended_at=None).exists():
        return NOT_AN_OPERATOR
    return Actor(id=user_id, kind=ActorKind.PERSON, site_id=None, roles=frozenset({OPERATOR_ROLE}))


def tenant_by_slug(operator: Actor, slug: str) -> Site | Problem:
    """Any site, for the platform's operator only."""
    if OPERATOR_ROLE not in operator.roles:
        return NOT_AN_OPERATOR
    return Site.objects.filter(slug=slug).first() or NOT_AN_OPERATOR


def export_by_id(export_id: UUID) -> Export | Problem:
    """An export of the active site."""
    return Export.objects.filter(pk=export_id).first() or NO_EXPORT


def domain_by_id(actor: Actor, domain_id: UUID) -> SiteDomain | Problem:
    """A domain that the actor's site asked for; another site's is not found."""
    if actor.site_id is None:
        return NO_DOMAIN
    rows = SiteDomain.objects.filter(pk=domain_id, site_id=actor.site_id, ended_at=None)
    return rows.first() or NO_DOMAIN
