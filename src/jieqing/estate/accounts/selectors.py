"""Reads about people."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Max, QuerySet

from jieqing.estate.accounts.engine.roles import Role
from jieqing.estate.accounts.models import (
    ApiToken,
    Clearance,
    Invitation,
    Membership,
    SignIn,
    User,
    UserSession,
)
from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import active_site_id, user_scope


def site_ids_of(user_id: UUID) -> list[UUID]:
    """The sites this person belongs to; read under the person's own policy clause, before a site is active."""
    with user_scope(user_id):
        # Cross-site on purpose: the own_rows policy shows this person's rows and no others.
        rows = Membership.objects.with_scopes_disabled().filter(user_id=user_id, ended_at=None)
        return sorted(set(rows.values_list("site_id", flat=True)), key=str)


def display_names(ids: set[UUID]) -> dict[UUID, str]:
    """Names of actors for timelines, people and tokens of the active site; any other id is left out."""
    found = dict(User.objects.filter(id__in=ids).values_list("id", "display_name"))
    if active_site_id() and ids - found.keys():
        found |= dict(ApiToken.objects.filter(id__in=ids - found.keys()).values_list("id", "name"))
    return found


def user_by_username(username: str) -> User | None:
    return User.objects.filter(username=username.strip().lower()).first()


@dataclass(slots=True)
class Person:
    """A line of a site's people page: somebody and the roles they hold here."""

    user: User
    memberships: list[Membership] = field(default_factory=list)


def people_of_site() -> list[Person]:
    """Everybody who holds a role on the active site, by name."""
    people: dict[UUID, Person] = {}
    rows = (
        Membership.objects.filter(ended_at=None).select_related("user").order_by("user__display_name", "id")
    )
    for membership in rows:
        people.setdefault(membership.user_id, Person(membership.user)).memberships.append(membership)
    return list(people.values())


@dataclass(slots=True)
class Member:
    """Somebody who may sign in, as other rooms name and reach them."""

    name: str
    email: str
    roles: set[str] = field(default_factory=set)


def members_of_site() -> dict[UUID, Member]:
    """Everybody who may sign in and holds a role on the active site, by name; no more is read of them."""
    rows = Membership.objects.filter(ended_at=None, user__is_active=True).order_by("user__display_name", "id")
    found: dict[UUID, Member] = {}
    for user_id, name, email, role in rows.values_list(
        "user_id", "user__display_name", "user__email", "role"
    ):
        found.setdefault(user_id, Member(name, email or "")).roles.add(role)
    return found


def open_invitations() -> QuerySet[Invitation]:
    """Offers on the active site that can still be accepted, newest first."""
    return Invitation.objects.filter(ended_at=None, expires_at__gt=clock.now()).order_by("-id")


def past_memberships() -> QuerySet[Membership]:
    """Roles on the active site that have ended, newest first."""
    return Membership.objects.exclude(ended_at=None).select_related("user").order_by("-ended_at")


def sessions_of(user_id: UUID) -> QuerySet[UserSession]:
    """Browsers in which this person is signed in now, newest first."""
    rows = UserSession.objects.filter(user_id=user_id, ended_at=None, expires_at__gt=clock.now())
    return rows.order_by("-created_at")


def sign_ins_of(user_id: UUID) -> QuerySet[SignIn]:
    """The person's own sign-in log, newest first."""
    return SignIn.objects.filter(user_id=user_id).order_by("-at")


def shown_name(user: User) -> str:
    """How colleagues, and the person's passkey manager, name somebody."""
    return user.display_name


def clearances_of(user_id: UUID) -> QuerySet[Clearance]:
    """Every clearance that this person ever held on the active site, newest first."""
    return Clearance.objects.filter(user_id=user_id).order_by("-id")


def api_tokens() -> QuerySet[ApiToken]:
    """Every token of the active site, newest first, each with its revocation and the last day it was used (``used_on``)."""
    rows = ApiToken.objects.select_related("revocation").annotate(used_on=Max("uses__used_on"))
    return rows.order_by("-id")


def owner_addresses() -> list[str]:
    """Mailboxes of the active site's owners, as far as we know them: for service messages about the site."""
    rows = Membership.objects.filter(role=Role.SITE_OWNER.value, ended_at=None, user__is_active=True)
    return sorted(filter(None, rows.values_list("user__email", flat=True)))
