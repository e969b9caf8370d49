"""People around a rental: the platform's operator, and a second owner of a site."""

from jieqing.estate.accounts.models import User
from jieqing.estate.accounts.services import join_site, register_user
from jieqing.estate.sites import services
from jieqing.estate.sites.models import Site
from jieqing.estate.sites.tests.applying import PASSWORD
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import unwrap


def appoint(username: str = "yunying") -> User:
    """A platform operator."""
    person = unwrap(register_user(username=username, display_name="平台运营", password=PASSWORD))
    services.appoint_operator(actor=system_actor(None, "test"), user_id=person.id, reason="test")
    return person


def join_owner(site: Site, person: User) -> None:
    join_site(actor=system_actor(site.id, "test"), user=person, role="site_owner")
