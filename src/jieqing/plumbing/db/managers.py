"""The first wall in Python: a manager that answers only for the active site.

django-scopes' own ``ScopedManager`` returns a query set that raises for a list of verbs; ``exists``, ``exclude``,
``create`` and ``bulk_create`` are not on that list. This manager asks the same scope and raises at once, whatever
the verb, so a forgotten scope is a loud bug and never an empty answer.

Refuses: any query while no site is active, except ``none()`` (forms build their empty choices at import) and a
caller that says ``with_scopes_disabled()`` (every such call states its reason; PostgreSQL still decides which rows
it sees).
"""

import copy
from typing import Self, TypeVar

from django.db import models
from django_scopes import ScopeError, get_scope

Row = TypeVar("Row", bound=models.Model)


class SiteManager(models.Manager[Row]):
    """``objects`` of every ``SiteModel``: rows of the active site."""

    _unscoped = False

    def get_queryset(self) -> models.QuerySet[Row]:
        active = get_scope()
        if self._unscoped or not active.get("_enabled", True):
            return super().get_queryset()
        if active.get("site") is None:
            raise ScopeError(
                f"{self.model.__name__} needs an active site: open site_scope(site_id) around this query."
            )
        return super().get_queryset().filter(site_id=active["site"])

    def none(self) -> models.QuerySet[Row]:
        return super().get_queryset().none()

    def with_scopes_disabled(self) -> Self:
        """The same manager without the Python wall; the database's policies still apply."""
        unscoped = copy.copy(self)
        unscoped._unscoped = True
        return unscoped
