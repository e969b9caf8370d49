"""Base models: every table is either a site's or the platform's, and says which.

A ``SiteModel`` row belongs to one site. Two walls stand around it: the scoped manager raises when no site is
active, and PostgreSQL row-level security (``SiteSecurity`` in the room's migration) says no underneath. A
``PlatformModel`` row belongs to nobody's site; each such table is named with its reason in
``jieqing.plumbing.db.platform_tables``.

Refuses: a model that is neither (held by a test in ``tests/architecture``).
"""

from typing import ClassVar, Self

from django.db import models

from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.managers import SiteManager


class SiteModel(models.Model):
    """A row of one site. ``site_id`` is plain (no foreign key), so evidence and exports outlive the site row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site_id = models.UUIDField(editable=False)

    objects: ClassVar[SiteManager[Self]] = SiteManager()

    class Meta:
        abstract = True


class PlatformModel(models.Model):
    """A row of the platform itself; the table must stand in ``platform_tables`` with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
