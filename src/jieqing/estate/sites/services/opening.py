"""Opening a site."""

import os

from django.db import transaction

from jieqing.estate.sites.engine.tenancy import check_kind, check_name, check_slug
from jieqing.estate.sites.models import Site
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence


def create_site(*, actor: Actor, slug: str, kind: str, name: str, live: bool = False) -> Site | Problem:
    """Open a site and record it in evidence.

    ``live=True`` is the shortcut of demos and tests; it is refused in production, where a site goes live only
    with filing, agreement and an evidence self-test.
    """
    chosen = check_kind(kind)
    if is_problem(chosen):
        return chosen
    problem = check_slug(slug) or check_name(name) or _check_shortcut(live) or _check_free(slug)
    if problem:
        return problem
    with transaction.atomic():
        site = Site.objects.create(
            slug=slug,
            name=name.strip(),
            kind=chosen.value,
            state="live" if live else "draft",
            created_at=clock.now(),
        )
        with site_scope(site.id, switch=True):
            evidence.record(
                actor=actor,
                action="estate.sites.created",
                subject=f"estate.sites.site:{site.id}",
                facts={"slug": slug, "kind": chosen.value, "state": site.state},
            )
    return site


def _check_shortcut(live: bool) -> Problem | None:
    if not live or os.environ.get("JIEQING_ENV") != "prod":
        return None
    return Problem(
        code="site.live_shortcut_refused",
        zh="生产环境不能直接开通站点。",
        en="A site cannot be put live by shortcut in production.",
        todo_zh="请先创建草稿站点，完成备案、协议与存证自检后再开通。",
        todo_en="Create a draft site, then complete filing, agreement and the evidence self-test.",
    )


def _check_free(slug: str) -> Problem | None:
    if not Site.objects.filter(slug=slug).exists():
        return None
    return Problem(
        code="site.slug_taken",
        zh=f"站点代号“{slug}”已被使用。",
        en=f'The site slug "{slug}" is taken.',
        todo_zh="请换一个代号，或直接使用已有站点。",
        todo_en="Choose another slug, or use the existing site.",
    )
