"""Coming back from a case: the list opens on the page where the case stands now, whatever page one left from."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors import CaseFilter, cases_page
from jieqing.recovery.cases.tests.books import HEAD, import_books

COUNT = 130


@pytest.fixture
def order(cast: Cast) -> list[UUID]:
    """All cases as the list orders them, over three pages."""
    actor = cast.actor("owner")
    lines = "".join(
        f"客户{at}有限公司,P-{at},2026-01-01,2026-02-01,{1000 + at}.00,CNY\n" for at in range(COUNT)
    )
    import_books(actor, HEAD + lines)
    assert len(services.open_by_rule(actor=actor).opened) == COUNT
    with site_scope(actor.own_site):
        return [row.id for row in cases_page(actor, CaseFilter(state="open"), limit=COUNT).rows]


def opened(cast: Cast, query: str, who: str = "owner") -> Any:
    return cast.clients[who].get(f"/s/{cast.site.slug}/cases/?{query}")


def shown(answer: Any) -> list[UUID]:
    return [row.id for row in answer.context["sheet"].rows]


@pytest.mark.parametrize("at", [0, 3, 12, 13, 49, 50, 77, 99, 100, 129])
@pytest.mark.parametrize("sort", ["", "-debtor"])
def test_a_case_of_any_page_is_found_from_the_first(
    cast: Cast, order: list[UUID], at: int, sort: str
) -> None:
    answer = opened(cast, f"state=open&sort={sort}&at={order[at]}")
    assert order[at] in shown(answer)
    assert answer.context["place"]["at"] == order[at]
    again = cast.clients["owner"].get(answer.context["place"]["address"])
    assert shown(again) == shown(answer), "the address that is kept is the page that is shown"
    assert "at=" not in answer.context["place"]["address"]


def test_the_page_one_left_stays_when_the_case_is_on_it(cast: Cast, order: list[UUID]) -> None:
    first = opened(cast, "state=open")
    second = opened(cast, first.context["sheet"].next_href.removeprefix("?"))
    cursor = second.context["sheet"].asked.after
    back = opened(cast, f"state=open&after={cursor}&at={order[60]}")
    assert shown(back) == shown(second) == order[50:100]
    assert back.context["sheet"].asked.after == cursor


def test_a_case_that_left_the_list_leads_to_the_one_after_it(cast: Cast, order: list[UUID]) -> None:
    actor = cast.actor("owner")
    with site_scope(actor.own_site):
        case = Case.objects.get(pk=order[70])
    until = clock.today() + timedelta(days=3)
    assert not is_problem(services.snooze(actor=actor, case=case, until=until, reason="对方出差"))
    answer = opened(cast, f"at={order[70]}")
    assert order[70] not in shown(answer)
    assert answer.context["place"]["at"] == order[71]


def test_a_closed_case_leaves_the_page_as_it_was(cast: Cast, order: list[UUID]) -> None:
    """What is closed owes nothing and has no place in the order any more: the browser stands on the row that came after it."""
    actor = cast.actor("owner")
    first = opened(cast, "state=open")
    with site_scope(actor.own_site):
        case = Case.objects.get(pk=order[60])
    assert not is_problem(
        services.close_case(actor=actor, case=case, closing="withdrawn", reason="委托人撤回")
    )
    cursor = first.context["sheet"].next_cursor
    answer = opened(cast, f"state=open&after={cursor}&at={order[60]}")
    assert shown(answer) == [*order[50:60], *order[61:101]]
    assert answer.context["place"] is None


def test_no_link_carries_the_place_on(cast: Cast, order: list[UUID]) -> None:
    answer = opened(cast, f"state=open&at={order[70]}")
    text = answer.content.decode()
    assert "at=" not in answer.context["sheet"].next_href
    assert 'name="at"' not in text
    assert f"at={order[70]}" not in "".join(re.findall(r'href="([^"]*)"', text))
    assert text.count("?list=state%3Dopen%26after%3D") == len(shown(answer)), (
        "each row keeps the page it stands on"
    )


@pytest.mark.parametrize("at", ["nonsense", "00000000-0000-0000-0000-000000000000", ""])
def test_a_wrong_place_is_the_page_asked_for(cast: Cast, order: list[UUID], at: str) -> None:
    answer = opened(cast, f"state=open&at={at}")
    assert shown(answer) == order[:50]
    assert answer.context["place"] is None


def test_a_strangers_place_is_not_told(cast: Cast, order: list[UUID]) -> None:
    answer = cast.clients["stranger"].get(f"/s/{cast.other_site.slug}/cases/?state=open&at={order[70]}")
    assert answer.status_code == 200
    assert answer.context["place"] is None


def test_to_come_back_costs_a_few_statements_more(cast: Cast, order: list[UUID]) -> None:
    plain = statements(lambda: opened(cast, "state=open"))
    back = statements(lambda: opened(cast, f"state=open&at={order[129]}"))
    assert len(back) <= len(plain) + 6
