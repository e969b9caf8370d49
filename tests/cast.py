"""The cast: the people every test of access is played with, as a pytest plugin.

Two sites, each with its own owner; the stranger is the owner of the other one. Everybody is signed in through the
ordinary session; ``anonymous`` is not. Roles come from the one table in ``estate.accounts.engine.roles``:

- ``owner``       may do everything on the site;
- ``teammate``    an auditor of the same site: reads, imports nothing;
- ``stranger``    owner of another site: must not learn that this site exists;
- ``debtor``      holds the debtor role on this site: no desk, no ledger;
- ``supervisor``  holds the supervisor role on this site: reads through oversight, not here;
- ``anonymous``   nobody.
"""

from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.test import Client

from jieqing.estate.accounts.models import User
from jieqing.estate.accounts.services import join_site, register_user
from jieqing.estate.sites.models import Site
from jieqing.estate.sites.services import create_site
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.outcomes import is_problem

PASSWORD = "correct-horse-battery-9"
CAST = ("owner", "teammate", "stranger", "debtor", "supervisor", "anonymous")
ROLES = {"owner": "site_owner", "teammate": "auditor", "debtor": "debtor", "supervisor": "supervisor"}


@dataclass
class Cast:
    """The sites and the people; ``clients[name]`` is a browser in which that person is signed in."""

    site: Site
    other_site: Site
    users: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The actor of a person on the site they belong to."""
        site = self.other_site if name == "stranger" else self.site
        roles = frozenset({ROLES.get(name, "site_owner")})
        return Actor(
            id=self.users[name].id,
            kind=ActorKind.PERSON,
            site_id=site.id,
            roles=roles,
            clearances=frozenset(),
        )

    @property
    def ids(self) -> tuple[UUID, UUID]:
        return self.site.id, self.other_site.id


# Six passwords at the real cost would take two seconds of every test.
FAST_PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None, settings) -> Cast:
    settings.PASSWORD_HASHERS = FAST_PASSWORDS
    # On the database of ``tests.filled`` they stand already.
    players = found_cast() if "filled_sites" in request.fixturenames else opened_cast()
    for name in CAST:
        players.clients[name] = Client()
        if name in players.users:
            players.clients[name].force_login(players.users[name])
    return players


def opened_cast() -> Cast:
    """Two sites and five people, made by the services."""
    players = Cast(
        site=_open_site("jiangnan", "江南精密机械有限公司"), other_site=_open_site("haibei", "海北律师事务所")
    )
    for name in CAST[:-1]:
        players.users[name] = _register(name)
        site = players.other_site if name == "stranger" else players.site
        join_site(
            actor=system_actor(site.id, "test"), user=players.users[name], role=ROLES.get(name, "site_owner")
        )
    return players


def found_cast() -> Cast:
    """The same, where they were made before."""
    sites = {site.slug: site for site in Site.objects.filter(slug__in=("jiangnan", "haibei"))}
    users = {user.username: user for user in User.objects.filter(username__in=CAST)}
    return Cast(sites["jiangnan"], sites["haibei"], users)


def _open_site(slug: str, name: str) -> Site:
    opened = create_site(actor=system_actor(None, "test"), slug=slug, kind="in_house", name=name, live=True)
    assert not is_problem(opened), opened
    return opened


def _register(name: str) -> User:
    person = register_user(username=name, display_name=name.title(), password=PASSWORD)
    assert not is_problem(person), person
    return person
