"""A specialist's list is read as two walks along an index; it shows what one plain reading of the same rule shows."""

import re
from datetime import date
from itertools import product

import pytest
from django.db.models import Q
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.estate.accounts.services import join_site, register_user
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors import CaseFilter, cases_page
from jieqing.recovery.cases.selectors.worklist import OWNERS_INDEX, SORTS, filtered
from jieqing.recovery.cases.tests.books import HEAD, import_books

COUNT, TODAY = 24, date(2026, 11, 22)
FILTERS = (
    CaseFilter(),
    CaseFilter(state="queue"),
    CaseFilter(due="week"),
    CaseFilter(owner="me"),
    CaseFilter(owner="none"),
    CaseFilter(stage="remind", min_overdue="50000"),
)


@pytest.fixture
def lead(cast: Cast) -> Actor:
    lines = "".join(
        f"客户{number}有限公司,D-{number},2026-01-01,2026-02-0{1 + number % 5},{1 + number % 7}00.00,CNY\n"
        for number in range(COUNT)
    )
    import_books(cast.actor("owner"), HEAD + lines)
    assert len(services.open_by_rule(actor=cast.actor("owner")).opened) == COUNT
    return cast.actor("owner")


@pytest.fixture
def specialist(lead: Actor) -> Actor:
    """Has a third of the cases; a colleague has a third; nobody has the rest. Many amounts and days are equal."""
    people = []
    for name in ("worker", "colleague"):
        user = register_user(username=name, display_name=name, password="correct-horse-battery-9")
        assert not is_problem(user), user
        join_site(actor=system_actor(lead.own_site, "test"), user=user, role="specialist")
        people.append(user.id)
    with site_scope(lead.own_site):
        ids = list(Case.objects.order_by("number").values_list("id", flat=True))
    for at, person in enumerate(people):
        assert not is_problem(services.assign(actor=lead, target=ids[at::3], owner_id=person))
    return Actor(people[0], ActorKind.PERSON, lead.own_site, frozenset({"specialist"}))


def test_the_pages_are_the_plain_reading_cut_in_pieces(specialist: Actor, lead: Actor) -> None:
    with site_scope(lead.own_site):
        assert filtered(specialist, CaseFilter()).count() == COUNT * 2 // 3
        for sort, is_reversed, actor in product(SORTS, (False, True), (specialist, lead)):
            column, _kind, is_down = SORTS[sort]
            mark = "-" if is_down != is_reversed else ""
            for wanted in FILTERS:
                plain = filtered(actor, wanted).filter(Q(**{f"{column}__isnull": False}))
                expected = list(plain.order_by(f"{mark}{column}", f"{mark}id").values_list("id", flat=True))
                found = _all_pages(actor, wanted, sort, is_reversed)
                assert found == expected, (sort, is_reversed, wanted, actor.roles)


def _all_pages(actor: Actor, wanted: CaseFilter, sort: str, is_reversed: bool) -> list[object]:
    found, after = [], None
    while True:
        page = cases_page(actor, wanted, sort=sort, is_reversed=is_reversed, after=after, limit=5)
        found += [case.id for case in page.rows]
        after = page.next_cursor
        if after is None:
            return found


def test_every_order_of_an_owner_has_its_index(specialist: Actor) -> None:
    """Either half is ordered by its owner first, as an index of the owner is; what the planner then takes is its own affair."""
    walks = {tuple(index.fields) for index in Case._meta.indexes}
    for sort in OWNERS_INDEX:
        column = SORTS[sort][0]
        assert ("site_id", "owner_id", column, "id") in walks
        with site_scope(specialist.own_site):
            (asked,) = statements(
                lambda sort=sort: cases_page(specialist, CaseFilter(), sort=sort, today=TODAY)
            )
        orders = re.findall(r'ORDER BY (?:"cases_case"\.)?"owner_id"[^,]*, (?:"cases_case"\.)?"(\w+)"', asked)
        assert orders == [column, column], asked
