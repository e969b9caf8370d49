"""The pages of the case room: who sees what, each deed once, refusals in words, the way back to the list."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import HttpResponse
from tests.cast import CAST, Cast

from jieqing.estate.accounts.services import join_site
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine.promises import Instalment
from jieqing.recovery.cases.models import Case, CaseEvent, Promise
from jieqing.recovery.cases.pages.deeds import DEEDS
from jieqing.recovery.cases.tests.books import fresh, import_books, opened, pay

LISTS = ("", "board/", "promises/", "clocks/", "complaints/")
ACCESS = dict(zip(CAST, (200, 200, 404, 403, 403, 302), strict=True))


@pytest.fixture
def case(cast: Cast) -> Case:
    actor = cast.actor("owner")
    import_books(actor)
    opened(actor, "INV-003")
    return opened(actor, "INV-001", "INV-002")


def home(cast: Cast) -> str:
    return f"/s/{cast.site.slug}/cases/"


def send(cast: Cast, case: Case, deed: str, name: str = "owner", **told: object) -> HttpResponse:
    told = {"key": str(uuid4()), **told}
    return cast.clients[name].post(f"{home(cast)}{case.id}/{deed}/", told)  # type: ignore[return-value]


@pytest.mark.parametrize("name", CAST)
def test_everybody_sees_what_their_role_allows(cast: Cast, case: Case, name: str) -> None:
    pages = [*LISTS, f"{case.id}/", f"{case.id}/contact/"]
    found = {page: cast.clients[name].get(home(cast) + page).status_code for page in pages}
    assert found == dict.fromkeys(pages, ACCESS[name])


def test_a_specialist_does_not_see_a_colleagues_case(cast: Cast, case: Case) -> None:
    """The role alone is tried: the teammate becomes a specialist, the case the owner's."""
    join_site(actor=system_actor(cast.site.id, "test"), user=cast.users["debtor"], role="specialist")
    services.assign_case(actor=cast.actor("owner"), case=case, owner_id=cast.users["owner"].id)
    page = cast.clients["debtor"].get(home(cast))
    assert page.status_code == 200
    assert "远景五金有限公司" in page.content.decode()  # nobody has it
    assert "宏达机械有限公司" not in page.content.decode()
    assert cast.clients["debtor"].get(f"{home(cast)}{case.id}/").status_code == 404


def test_the_verdict_stands_before_any_button(cast: Cast, case: Case) -> None:
    page = cast.clients["owner"].get(f"{home(cast)}{case.id}/contact/").content.decode()
    assert f"/cases/{case.id}/contact-verdicts/?part=panel" in page and "不可联系" not in page
    services.place_hold(actor=cast.actor("owner"), case=case, kind="hardship", reason="失业")
    page = cast.clients["owner"].get(f"{home(cast)}?state=waiting").content.decode()
    assert "不可联系 · 有困难" in page


def test_a_form_sent_twice_is_done_once(cast: Cast, case: Case) -> None:
    key = str(uuid4())
    for _twice in range(2):
        answer = send(cast, case, "note", key=key, text="已核对合同")
        assert answer.status_code == 302
    with site_scope(cast.site.id):
        assert CaseEvent.objects.filter(case=case, kind="noted").count() == 1


def test_a_refusal_stands_in_the_form_with_what_was_typed(cast: Cast, case: Case) -> None:
    late = clock.today() - timedelta(days=3)
    answer = send(
        cast, case, "promise", amount="100.00", due_on=late.isoformat(), times="1", note="老板电话里说"
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "老板电话里说" in page and "note--bad" in page
    with site_scope(cast.site.id):
        assert not Promise.objects.exists()


def test_every_deed_opens_and_does_what_it_says(cast: Cast, case: Case) -> None:
    """One walk through a case's life by its forms alone."""
    soon = (clock.today() + timedelta(days=5)).isoformat()
    today = clock.today().isoformat()
    for deed in DEEDS:
        asked = cast.clients["owner"].get(f"{home(cast)}{case.id}/{deed.path}/")
        assert asked.status_code == 200, deed.path
    walk: list[tuple[str, dict[str, object]]] = [
        ("note", {"text": "第一次核对"}),
        ("assign", {"owner": str(cast.users["owner"].id), "reason": ""}),
        ("promise", {"amount": "300.00", "due_on": soon, "times": "3", "note": ""}),
        ("hold", {"kind": "hardship", "from_on": today, "to_on": "", "reason": "停产"}),
        ("dispute", {"code": "wrong_amount", "items": [], "text": "少算一笔退货"}),
        ("next", {"action": "follow_up", "on": soon, "note": "回电"}),
        ("snooze", {"until": soon, "reason": "等对账"}),
        ("effort", {"minutes": "25", "activity": "call", "on": today, "note": ""}),
        ("outlay", {"amount": "50.00", "kind": "postage", "on": today, "reference": "EMS", "note": ""}),
        ("complaint", {"kind": "conduct", "filed_on": today, "about": "", "text": "夜间来电"}),
        ("stage", {"stage": "demand", "reason": ""}),
        ("close", {"kind": "withdrawn", "reason": "委托人撤回"}),
        ("reopen", {"reason": "撤回有误"}),
    ]
    for deed, told in walk:
        answer = send(cast, case, deed, **told)
        assert answer.status_code == 302, (deed, answer.content.decode()[-3000:])
    page = cast.clients["owner"].get(f"{home(cast)}{case.id}/").content.decode()
    for words in ("第一次核对", "还款承诺", "停产", "夜间来电", "0 小时 25 分", "¥50.00"):
        assert words in page, words


def test_a_payment_shows_at_once(cast: Cast, case: Case) -> None:
    actor = cast.actor("owner")
    services.record_promise(
        actor=actor, case=case, instalments=[Instalment(clock.today() + timedelta(days=3), 1_025_050)]
    )
    pay(actor, "INV-001", 1_000_000, on=clock.today())
    assert "¥250.50" in cast.clients["owner"].get(f"{home(cast)}{case.id}/").content.decode()
    pay(actor, "INV-002", 25_050, on=clock.today(), name="流水二.csv")
    assert (fresh(case).state, fresh(case).closing) == ("closed", "settled")
    page = cast.clients["owner"].get(f"{home(cast)}{case.id}/").content.decode()
    assert "承诺已兑现" in page and "已结清" in page
    assert "宏达机械有限公司" not in cast.clients["owner"].get(home(cast)).content.decode()


def test_a_case_leads_back_to_its_place_and_to_its_neighbours(cast: Cast, case: Case) -> None:
    client = cast.clients["owner"]
    with site_scope(cast.site.id):
        first, second = Case.objects.order_by("-priority")
    query = urlencode({"list": "sort=-overdue"})
    page = client.get(f"{home(cast)}{first.id}/?{query}").content.decode()
    assert f"/cases/{second.id}/" in page
    assert f"at={first.id}" in page and "sort=-overdue" in page


def test_giving_out_all_that_match_is_counted_and_undone(cast: Cast, case: Case) -> None:
    client, bulk = cast.clients["owner"], f"{home(cast)}picked/assign/"
    asked = {"scope": "all", "query": "?state=open"}
    assert "2" in client.post(bulk, asked).content.decode()
    owner = str(cast.users["owner"].id)
    done = client.post(bulk, {**asked, "confirmed": "1", "expected": "2", "owner": owner, "reason": ""})
    assert done.status_code == 302
    with site_scope(cast.site.id):
        assert Case.objects.filter(owner_id=owner).count() == 2
        change = Case.objects.first().bulk_rows.get().change_id  # type: ignore[union-attr]
    assert client.post(f"{home(cast)}changes/{change}/undo/").status_code == 302
    with site_scope(cast.site.id):
        assert Case.objects.filter(owner_id=None).count() == 2


def test_the_board_moves_one_step_and_refuses_to_skip(cast: Cast, case: Case) -> None:
    client, board = cast.clients["owner"], f"{home(cast)}board/"
    refused = client.post(board, {"card": str(case.id), "lane": "legal"})
    assert refused.status_code == 422 and fresh(case).stage == "remind"
    assert client.post(board, {"card": str(case.id), "lane": "demand"}).status_code == 200
    assert fresh(case).stage == "demand"
    looking = cast.clients["teammate"].post(board, {"card": str(case.id), "lane": "remind"})
    assert looking.status_code == 422 and fresh(case).stage == "demand"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_leaves_as_a_file(cast: Cast, case: Case, kind: str) -> None:
    answer = cast.clients["owner"].get(f"/s/{cast.site.slug}/cases.{kind}?q=宏达")
    assert answer.status_code == 200
    if kind == "csv":
        text = answer.getvalue().decode("utf-8-sig")
        assert "宏达机械有限公司" in text and "远景五金有限公司" not in text


def test_the_bell_and_its_page_show_the_same(cast: Cast, case: Case) -> None:
    actor = cast.actor("owner")
    services.file_complaint(actor=actor, case=case, kind="conduct", text="夜间来电")
    client, base = cast.clients["owner"], f"/s/{cast.site.slug}/notifications/"
    bell, page = client.get(f"{base}bell/").content.decode(), client.get(base).content.decode()
    assert "投诉 1 待答复" in bell and "投诉 1 待答复" in page


@pytest.mark.parametrize("desk", ["operator", "specialist", "finance"])
def test_desks_open(cast: Cast, case: Case, desk: str) -> None:
    pages = {name: cast.clients[name].get(f"/s/{cast.site.slug}/desk/{desk}/").status_code for name in CAST}
    assert pages == dict(zip(CAST, (200, 403, 404, 403, 403, 302), strict=True))


def test_the_creditors_desk_says_what_came_in(cast: Cast, case: Case) -> None:
    pay(cast.actor("owner"), "INV-001", 1_000_000, on=clock.today())
    page = cast.clients["owner"].get(f"/s/{cast.site.slug}/desk/").content.decode()
    assert "¥10,000.00" in page and "案件回款" in page
