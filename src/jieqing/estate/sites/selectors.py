"""Reads of the site directory."""

from collections.abc import Iterable
from uuid import UUID

from jieqing.estate.sites.models import Site


def site_by_slug(slug: str) -> Site | None:
    return Site.objects.filter(slug=slug).first()


def sites_by_ids(ids: Iterable[UUID]) -> list[Site]:
    return list(Site.objects.filter(id__in=list(ids)).order_by("name"))


def all_sites() -> list[Site]:
    """Every site, for platform work (fsck, migrations of data); never shown to a tenant."""
    return list(Site.objects.order_by("created_at"))
