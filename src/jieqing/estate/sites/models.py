"""The site directory: a platform table, because a site must be found before it can be active."""

from django.db import models

from jieqing.estate.sites.engine.tenancy import KIND_NAMES
from jieqing.plumbing.db.models import PlatformModel
from jieqing.plumbing.db.platform_tables import declare


class Site(PlatformModel):
    """A rented site. States with consequences become rows in the rental issue; here a site is born live or draft."""

    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=[(k.value, names[0]) for k, names in KIND_NAMES.items()])
    state = models.CharField(max_length=12, choices=[("draft", "draft"), ("live", "live")], default="draft")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "sites_site"

    def __str__(self) -> str:
        return self.name


declare("sites_site", "the directory of sites: looked up by host or slug before any site is active")
