"""Reads about people."""

from uuid import UUID

from jieqing.estate.accounts.models import Membership, User
from jieqing.plumbing.db.scopes import user_scope


def site_ids_of(user_id: UUID) -> list[UUID]:
    """The sites this person belongs to; read under the person's own policy clause, before a site is active."""
    with user_scope(user_id):
        # Cross-site on purpose: the own_rows policy shows this person's rows and no others.
        rows = Membership.objects.with_scopes_disabled().filter(user_id=user_id, ended_at=None)
        return sorted(set(rows.values_list("site_id", flat=True)), key=str)


def display_names(ids: set[UUID]) -> dict[UUID, str]:
    """Names of actors for timelines; an id that is no person is left out."""
    return dict(User.objects.filter(id__in=ids).values_list("id", "display_name"))


def user_by_username(username: str) -> User | None:
    return User.objects.filter(username=username.strip().lower()).first()
