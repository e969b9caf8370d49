"""Verbs of a site's look: its colour and its logo."""

from uuid import UUID

from django.db import transaction

from jieqing.estate.sites.engine.logos import Logo, read_logo
from jieqing.estate.sites.engine.theming import HOUSE_PRIMARY, Theme, read_theme
from jieqing.estate.sites.models import Site
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import store_bytes
from jieqing.trust.evidence import services as evidence


def set_appearance(
    *,
    actor: Actor,
    site_id: UUID,
    primary: str | None = None,
    logo: bytes | None = None,
    drop_logo: bool = False,
) -> Theme | Problem:
    """Give the site a colour, a logo, or take its logo off; what is not named stays. Nothing changes on a Problem."""
    theme = read_theme(primary) if primary is not None else None
    drawn = read_logo(logo) if logo is not None else None
    for outcome in (theme, drawn):
        if is_problem(outcome):
            return outcome
    with transaction.atomic(), site_scope(site_id):
        site = Site.objects.select_for_update().get(pk=site_id)
        before = (site.primary_colour, site.logo_key)
        if isinstance(theme, Theme):
            site.primary_colour = theme.primary
        if isinstance(drawn, Logo):
            site.logo_key = store_bytes(site_id, drawn.data)
        elif drop_logo:
            site.logo_key = ""
        if before != (site.primary_colour, site.logo_key):
            site.save(update_fields=["primary_colour", "logo_key"])
            evidence.record(
                actor=actor,
                action="estate.sites.appearance_set",
                subject=f"estate.sites.site:{site.id}",
                facts={"primary": site.primary_colour, "logo": site.logo_key.rpartition("/")[2]},
            )
    return Theme(site.primary_colour or HOUSE_PRIMARY)
