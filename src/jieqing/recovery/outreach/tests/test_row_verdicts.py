"""The chips of a list: the gate's own verdict for each case, as many statements for fifty rows as for one, nothing of others'."""

from typing import Any

import pytest
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services as cases
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.tests.books import HEAD, import_books
from jieqing.recovery.outreach.services import preview_cases, preview_contacts
from jieqing.recovery.outreach.tests.standing import add_point, cleared, ready_case
from jieqing.recovery.outreach.tests.test_request_permit import NIGHT

STATEMENTS_MAX = 32


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any]:
    return ready_case(cast.actor("owner"))


def ask(cast: Cast, ids: list[Any], who: str = "owner", site: Any = None) -> Any:
    address = f"/s/{(site or cast.site).slug}/cases/contact-verdicts/"
    return cast.clients[who].get(address, {"cases": ",".join(str(one) for one in ids)})


def test_a_row_says_what_the_case_page_says(cast: Cast, ready: Any) -> None:
    case, _point = ready
    with clock.frozen(NIGHT):
        text = ask(cast, [case.id]).content.decode()
        panel = cast.clients["owner"].get(f"/s/{cast.site.slug}/cases/{case.id}/contact-verdicts/?part=panel")
    assert f'id="contact-{case.id}"' in text
    assert 'data-verdict="not_before"' in text
    label = text.partition('title="')[2].partition('"')[0]
    assert label.startswith("11-25 08:00 后可联系 · ")
    assert label in panel.content.decode()
    assert "13812345678" not in text


def test_day_and_hold_change_the_chip(cast: Cast, ready: Any) -> None:
    case, _point = ready
    owner = cleared(cast)
    with clock.frozen(NIGHT.replace(hour=10)), site_scope(case.site_id):
        (row,) = preview_cases(actor=owner, cases=[case])[case.id]
    assert {verdict.code.value for _channel, _aim, verdict in row.verdicts} == {"allow"}
    held = cases.place_hold(actor=owner, case=case, kind="legal_stay", reason="法院已受理")
    assert not is_problem(held), held
    with clock.frozen(NIGHT.replace(hour=10)):
        text = ask(cast, [case.id]).content.decode()
    assert 'data-verdict="never"' in text


def test_who_has_no_contact_point_says_so(cast: Cast) -> None:
    import_books(cast.actor("owner"))
    done = cases.open_by_rule(actor=cast.actor("owner"))
    text = ask(cast, list(done.opened)).content.decode()
    assert text.count('data-verdict="unknown"') == len(done.opened) > 1
    assert "/contacts/" in text


def test_fifty_rows_cost_as_many_statements_as_one(cast: Cast, ready: Any) -> None:
    case, _point = ready
    owner = cast.actor("owner")
    lines = "".join(
        f"客户{number}有限公司,R-{number},2026-01-01,2026-02-01,900.00,CNY\n" for number in range(49)
    )
    import_books(owner, HEAD + lines, name="更多.csv")
    cases.open_by_rule(actor=owner)
    with site_scope(case.site_id):
        every = list(Case.objects.filter(state="open").values_list("id", "debtor_id"))
    for at, (_case_id, debtor_id) in enumerate(every[1:10]):
        add_point(owner, debtor_id, value=f"139{at:08d}")
    few = statements(lambda: ask(cast, [case.id]))
    many = statements(lambda: ask(cast, [one for one, _debtor in every]))
    assert len(every) >= 50
    assert len(many) <= len(few) <= STATEMENTS_MAX


def test_a_page_of_cases_is_judged_as_each_alone(cast: Cast, ready: Any) -> None:
    case, _point = ready
    owner = cast.actor("owner")
    cases.open_by_rule(actor=owner)
    with clock.frozen(NIGHT), site_scope(case.site_id):
        every = list(Case.objects.filter(state="open").select_related("debtor", "creditor"))
        together = preview_cases(actor=owner, cases=every)
        assert len(every) > 1
        assert together == {one.id: preview_contacts(actor=owner, case=one) for one in every}


def test_others_cases_are_not_answered(cast: Cast, ready: Any) -> None:
    case, _point = ready
    assert ask(cast, [case.id], who="stranger").status_code == 404
    mine = ask(cast, [case.id], who="stranger", site=cast.other_site)
    assert mine.status_code == 200
    assert str(case.id) not in mine.content.decode()


@pytest.mark.parametrize("told", ["", "nonsense", "x" * 5_000, ",,,", "00000000-0000-0000-0000-000000000000"])
def test_a_wrong_address_is_an_empty_answer(cast: Cast, told: str) -> None:
    answer = ask(cast, [told])
    assert answer.status_code == 200
    assert "contact-" not in answer.content.decode()
