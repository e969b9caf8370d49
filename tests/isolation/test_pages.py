"""Every page of the platform against the cast: the address list comes from the resolver, not from memory.

Each test walks all addresses in one database and compares whole tables, so that a failure shows every wrong line.
"""

from typing import Any

from django.test import Client

from jieqing.plumbing.http import PUBLIC
from tests.cast import CAST, Cast
from tests.isolation.addresses import pages
from tests.isolation.expected import PAGES
from tests.isolation.outside_sites import OUTSIDE_SITES

ALL = pages()
SITE_PAGES = [page for page in ALL if "site_slug" in page.parameters]
OTHER_METHODS = ("post", "delete", "options")


def test_every_address_stands_in_the_table() -> None:
    assert {page.route for page in ALL} == set(PAGES)


def test_every_address_is_a_sites_or_says_why_not() -> None:
    assert {page.route for page in ALL} - {page.route for page in SITE_PAGES} == set(OUTSIDE_SITES)
    for page in SITE_PAGES:
        assert page.route.startswith("s/<slug:site_slug>/"), page.route


def test_each_of_the_cast_gets_what_the_table_says(cast: Cast, known_ids: dict[str, Any]) -> None:
    found = {
        page.route: tuple(cast.clients[name].get(page.address(known_ids)).status_code for name in CAST)
        for page in ALL
    }
    assert found == PAGES


def test_who_may_not_read_may_not_do_anything_else(cast: Cast, known_ids: dict[str, Any]) -> None:
    opened = []
    for page in SITE_PAGES:
        if getattr(page.view, "required_permission", None) == PUBLIC:
            continue
        address = page.address(known_ids)
        for name, expected in zip(CAST, PAGES[page.route], strict=True):
            if expected in (403, 404) or name == "anonymous":
                for method in OTHER_METHODS:
                    status = getattr(cast.clients[name], method)(address).status_code
                    if status != expected:
                        opened.append((name, method, page.route, status))
    assert opened == []


def test_another_sites_ids_are_not_found(
    cast: Cast, known_ids: dict[str, Any], foreign_ids: dict[str, Any]
) -> None:
    """The owner asks on their own site for each thing of the other site: the same 404 as for nothing at all.

    405 may stand for a method that the page has for nothing: it never looked at the id. So does 403 where the owner may not
    do it at all (a reviewer's decisions): the room asks there as somebody who may.
    """
    opened = []
    for page in SITE_PAGES:
        if PAGES[page.route][0] == 403:
            continue
        for parameter in set(page.parameters) - {"site_slug"}:
            address = page.address({**known_ids, parameter: foreign_ids[parameter]})
            for method in ("get", "post"):
                status = getattr(cast.clients["owner"], method)(address).status_code
                if status not in (404, 405):
                    opened.append((method, page.route, parameter, status))
    assert opened == []


def test_no_page_takes_a_write_without_its_token(cast: Cast, known_ids: dict[str, Any]) -> None:
    """A foreign page in the same browser sends the cookie, but cannot know the token."""
    careless = Client(enforce_csrf_checks=True)
    careless.force_login(cast.users["owner"])
    taken = {page.route: careless.post(page.address(known_ids)).status_code for page in ALL}
    assert {route: status for route, status in taken.items() if status != 403} == {}
