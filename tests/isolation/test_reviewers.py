"""What is a reviewer's alone, asked by reviewers: the owner is refused there before any id is looked at, so the cast's walk skips it.

Three of them: one of this site, one of the other, and one who reviews for both. Nobody finds a thing of a site by asking on
another, and nothing is changed by asking.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from jieqing.estate.accounts.services import join_site, register_user
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts.models import ReviewerKey, Script, ScriptFiling
from tests.cast import PASSWORD, Cast
from tests.isolation.addresses import operations, pages
from tests.isolation.expected import PAGES
from tests.isolation.expected_operations import OPERATIONS
from tests.isolation.test_api import body_of

REVIEWERS_PAGES = [page for page in pages() if PAGES[page.route][0] == 403]
REVIEWERS_OPERATIONS = [one for one in operations() if OPERATIONS[one.name][0] == 403]


@pytest.fixture
def reviewers(cast: Cast) -> dict[str, Client]:
    """Browsers of reviewers: of this site, of the other, of both."""
    found = {}
    for name, sites in {
        "here": (cast.site,),
        "there": (cast.other_site,),
        "both": (cast.site, cast.other_site),
    }.items():
        person = register_user(username=f"judge-{name}", display_name=name, password=PASSWORD)
        assert not is_problem(person), person
        for site in sites:
            join_site(actor=system_actor(site.id, "test"), user=person, role="justice_reviewer")
        found[name] = Client()
        found[name].force_login(person)
    return found


def state_of(cast: Cast) -> list[Any]:
    rows: list[Any] = []
    for site_id in cast.ids:
        with site_scope(site_id):
            rows.append(sorted(Script.objects.values_list("code", "state", "newest_number")))
            rows.append(ScriptFiling.objects.count())
            rows.append(ReviewerKey.objects.filter(ended_at=None).count())
    return rows


def test_what_the_walk_skips_is_tried_here() -> None:
    skipped = {page.route for page in REVIEWERS_PAGES}
    assert skipped and all("/scripts/" in route for route in skipped)
    assert all("/scripts/" in one.path for one in REVIEWERS_OPERATIONS) and len(REVIEWERS_OPERATIONS) >= 3


def test_a_reviewer_of_another_site_learns_nothing_of_this_one(
    cast: Cast, reviewers: dict[str, Client], known_ids: dict[str, Any]
) -> None:
    before, opened = state_of(cast), []
    for page in REVIEWERS_PAGES:
        for method in ("get", "post"):
            status = getattr(reviewers["there"], method)(page.address(known_ids)).status_code
            opened += [(method, page.route, status)] if status != 404 else []
    for one in REVIEWERS_OPERATIONS:
        asked = getattr(reviewers["there"], one.method.lower())
        status = asked(
            one.address(known_ids), **body_of(one), headers={"Idempotency-Key": str(uuid4())}
        ).status_code
        opened += [(one.name, status)] if status != 404 else []
    assert opened == []
    assert state_of(cast) == before


@pytest.mark.parametrize("name", ["here", "both"])
def test_a_reviewer_does_not_find_the_other_sites_things_on_this_one(
    cast: Cast,
    reviewers: dict[str, Client],
    known_ids: dict[str, Any],
    foreign_ids: dict[str, Any],
    name: str,
) -> None:
    before, opened = state_of(cast), []
    for page in REVIEWERS_PAGES:
        for parameter in set(page.parameters) - {"site_slug"}:
            address = page.address({**known_ids, parameter: foreign_ids[parameter]})
            told = {"decision": "file", "reference": "1", "reason": "x"}
            status = reviewers[name].post(address, told).status_code
            opened += [(page.route, parameter, status)] if status != 404 else []
    for one in REVIEWERS_OPERATIONS:
        for parameter in set(one.parameters) - {"site_slug"}:
            asked = getattr(reviewers[name], one.method.lower())
            status = asked(
                one.address({**known_ids, parameter: foreign_ids[parameter]}),
                **body_of(one),
                headers={"Idempotency-Key": str(uuid4())},
            ).status_code
            opened += [(one.name, parameter, status)] if status != 404 else []
    assert opened == []
    assert state_of(cast) == before


def test_a_reviewer_reads_scripts_and_nothing_else_of_the_site(
    reviewers: dict[str, Client], known_ids: dict[str, Any]
) -> None:
    """The justice bureau files words; ledger, cases and debtors are not its business."""
    shown = set()
    for page in pages():
        if "site_slug" not in page.parameters or PAGES[page.route][5] == 200:
            continue
        if reviewers["here"].get(page.address(known_ids)).status_code == 200:
            shown.add(page.route.removeprefix("s/<slug:site_slug>/").split("/")[0])
    everybodys = {"evidence", "notifications", "palette", "preferences"}
    assert {one for one in shown if not one.startswith("scripts")} <= everybodys
