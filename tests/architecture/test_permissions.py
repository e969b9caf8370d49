"""Every door says who may pass: pages by ``@requires``, API operations by ``auth=needs(...)``."""

import inspect

import pytest

from jieqing.estate.accounts.engine.roles import PERMISSIONS
from jieqing.plumbing.http import MEMBER, PUBLIC
from tests.isolation.addresses import Operation, Page, operations, pages

KNOWN = frozenset().union(*PERMISSIONS.values())
SITE_PAGES = [page for page in pages() if "site_slug" in page.parameters]


@pytest.mark.parametrize("page", SITE_PAGES, ids=lambda page: page.route)
def test_every_page_of_a_site_declares_a_known_permission(page: Page) -> None:
    declared = getattr(page.view, "required_permission", None)
    assert declared is not None, f"{page.view.__module__}.{page.view.__qualname__} declares no permission"
    assert declared in {MEMBER, PUBLIC} or declared in KNOWN, f"no role carries {declared!r}"


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_every_api_operation_declares_a_known_permission(operation: Operation) -> None:
    declared = [getattr(check, "required_permission", None) for check in operation.handler.auth_callbacks]
    assert len(declared) == 1, f"{operation.name}: auth=needs(...) once"
    assert declared[0] in KNOWN, f"no role carries {declared[0]!r}"


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_every_api_operation_names_its_site(operation: Operation) -> None:
    """The middleware finds the site by this name; without it no scope is opened and no membership is asked for."""
    assert operation.path.startswith("/api/v1/sites/{site_slug}/")
    assert "site_slug" in inspect.signature(operation.handler.view_func).parameters


def test_every_permission_is_asked_for_somewhere() -> None:
    """A permission nobody asks for is a promise without a door."""
    asked = {getattr(page.view, "required_permission", None) for page in SITE_PAGES}
    asked |= {
        getattr(check, "required_permission", None)
        for operation in operations()
        for check in operation.handler.auth_callbacks
    }
    assert KNOWN - asked == set()
