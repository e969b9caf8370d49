"""Opening a site: the row of the directory, its first state, and an in-house team's standing placement."""

import os

from django.db import transaction

from jieqing.estate.sites.engine.states import Cause
from jieqing.estate.sites.engine.tenancy import SiteKind, SiteState, check_kind, check_name, check_slug
from jieqing.estate.sites.models import Site, StandingPlacement
from jieqing.estate.sites.selectors import waiting_filing
from jieqing.estate.sites.services.announcing import check_words
from jieqing.estate.sites.services.moving import write_state
from jieqing.estate.sites.services.papers import confirm_filing
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence


def create_site(*, actor: Actor, slug: str, kind: str, name: str, live: bool = False) -> Site | Problem:
    """Open a site as a draft and record it in evidence.

    ``live=True`` is the shortcut of demos and tests; it is refused in production, where a site goes live only
    with filing, agreement, licence and an evidence self-test.
    """
    chosen = check_kind(kind)
    if is_problem(chosen):
        return chosen
    problem = (
        check_slug(slug)
        or check_name(name)
        or _check_identity(kind=chosen.value, name=name, slug=slug)
        or _check_shortcut(live)
        or check_free(slug)
    )
    if problem:
        return problem
    state = SiteState.LIVE if live else SiteState.DRAFT
    with transaction.atomic():
        site = Site.objects.create(
            slug=slug, name=name.strip(), kind=chosen.value, state=state.value, created_at=clock.now()
        )
        with site_scope(site.id, switch=True):
            entry_id = evidence.record(
                actor=actor,
                action="estate.sites.created",
                subject=f"estate.sites.site:{site.id}",
                facts={"slug": slug, "kind": chosen.value, "state": state.value},
            )
            cause = Cause.SHORTCUT if live else Cause.OPENED
            write_state(site, actor, before="", after=state, cause=cause, reason="", entry_id=entry_id)
            if chosen is SiteKind.IN_HOUSE:
                _place_own_debts(site, actor)
    return site


def _check_identity(*, kind: str, name: str, slug: str) -> Problem | None:
    """Whether what a site would be called and found under is lawful for its kind."""
    return check_words(kind=kind, name="", surface="name", text=name) or check_words(
        kind=kind, name="", surface="slug", text=slug
    )


def open_by_shortcut(*, actor: Actor, site: Site) -> Site | Problem:
    """Take a draft with its papers live for a demonstration: no review, no self-test; refused in production."""
    problem = _check_shortcut(True)
    if problem or site.state != SiteState.DRAFT:
        return problem or site
    with transaction.atomic(), site_scope(site.id):
        filing = waiting_filing(site)
        if filing:
            confirm_filing(actor=actor, site=site, filing=filing)
        entry_id = evidence.record(
            actor=actor,
            action="estate.sites.state_changed",
            subject=f"estate.sites.site:{site.id}",
            facts={"from": site.state, "to": SiteState.LIVE.value, "cause": Cause.SHORTCUT.value},
        )
        write_state(
            site,
            actor,
            before=site.state,
            after=SiteState.LIVE,
            cause=Cause.SHORTCUT,
            reason="",
            entry_id=entry_id,
        )
    return site


def check_free(slug: str) -> Problem | None:
    """Whether an address can still be had."""
    if not Site.objects.filter(slug=slug).exists():
        return None
    return Problem(
        code="site.slug_taken",
        zh=f"站点代号“{slug}”已被使用。",
        en=f'The site slug "{slug}" is taken.',
        todo_zh="请换一个代号，或直接使用已有站点。",
        todo_en="Choose another slug, or use the existing site.",
    )


def _place_own_debts(site: Site, actor: Actor) -> None:
    """An in-house team recovers its own company's debts under one standing order."""
    entry_id = evidence.record(
        actor=actor,
        action="estate.sites.placement_opened",
        subject=f"estate.sites.site:{site.id}",
        facts={"debts": "own"},
    )
    StandingPlacement.objects.create(
        site_id=site.id, from_on=clock.today(), at=clock.now(), by=actor.id, entry_id=entry_id
    )


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
