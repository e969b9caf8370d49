"""Every page of the platform against the cast: the address list comes from the resolver, not from memory."""

from typing import Any

import pytest

from tests.cast import CAST, Cast
from tests.isolation.addresses import Page, pages
from tests.isolation.expected import OUTSIDE_SITES, PAGES

ALL = pages()
SITE_PAGES = [page for page in ALL if "site_slug" in page.parameters]


def test_every_address_stands_in_the_table() -> None:
    assert {page.route for page in ALL} == set(PAGES)


def test_every_address_is_a_sites_or_says_why_not() -> None:
    assert {page.route for page in ALL} - {page.route for page in SITE_PAGES} == set(OUTSIDE_SITES)
    for page in SITE_PAGES:
        assert page.route.startswith("s/<slug:site_slug>/"), page.route


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.route)
def test_each_of_the_cast_gets_what_the_table_says(page: Page, cast: Cast, known_ids: dict[str, Any]) -> None:
    address = page.address(known_ids)
    statuses = tuple(cast.clients[name].get(address).status_code for name in CAST)
    assert statuses == PAGES[page.route], address


@pytest.mark.parametrize("page", SITE_PAGES, ids=lambda page: page.route)
def test_who_may_not_read_may_not_do_anything_else(page: Page, cast: Cast, known_ids: dict[str, Any]) -> None:
    address = page.address(known_ids)
    for method in ("post", "put", "patch", "delete", "head", "options"):
        for name, expected in zip(CAST, PAGES[page.route], strict=True):
            if expected in (302, 403, 404):
                status = getattr(cast.clients[name], method)(address).status_code
                assert status == expected, f"{method} {address} as {name}"


@pytest.mark.parametrize(
    "page", [page for page in SITE_PAGES if len(page.parameters) > 1], ids=lambda page: page.route
)
def test_another_sites_ids_are_not_found(
    page: Page, cast: Cast, known_ids: dict[str, Any], foreign_ids: dict[str, Any]
) -> None:
    """The owner asks on their own site for each thing of the other site: the same 404 as for nothing at all."""
    for parameter in page.parameters:
        if parameter != "site_slug":
            address = page.address({**known_ids, parameter: foreign_ids[parameter]})
            for method in ("get", "post"):
                status = getattr(cast.clients["owner"], method)(address).status_code
                assert status == 404 or (status == 405 and method == "get"), f"{method} {address}"
