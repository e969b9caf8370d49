"""Countdowns per claim over a real ledger: list, calendar, claim page, alarms told once to those who keep deadlines."""

from datetime import date
from typing import Any

import pytest
from tests.cast import Cast

from jieqing.claims.deadlines import selectors, services
from jieqing.claims.deadlines.engine.watched import ActFacts, WatchFacts
from jieqing.claims.deadlines.models import LimitationAct, Rung, Watch
from jieqing.claims.entitlements.engine.limitation_events import Act
from jieqing.claims.entitlements.engine.limitation_proof import Material
from jieqing.claims.receivables import services as ledger
from jieqing.claims.receivables.models import Item
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.notices.models import Notice

BOOK = """客户名称,单据号,开票日期,到期日,金额,币种
宏达机械有限公司,OLD-1,2023-11-20,2023-12-20,10000.00,CNY
宏达机械有限公司,NEW-1,2026-08-03,2026-09-13,250.50,CNY
"""
TODAY = date(2026, 11, 20)


@pytest.fixture
def book(cast: Cast) -> Cast:
    found = ledger.import_file(actor=cast.actor("owner"), name="应收.csv", source=BOOK.encode())
    assert not is_problem(found), found
    return cast


def item_of(cast: Cast, number: str) -> Item:
    with site_scope(cast.site.id):
        return Item.objects.get(document_number=number)


def watched(cast: Cast, **more: Any) -> Watch:
    item = item_of(cast, "NEW-1")
    made = services.watch(
        actor=cast.actor("owner"),
        debtor_id=item.debtor_id,
        item_id=item.id,
        facts=WatchFacts("freeze_deposit", date(2025, 12, 1)),
        note="（2025）保12号裁定，冻结工行账户",
        **more,
    )
    assert not is_problem(made), made
    return made  # type: ignore[return-value]


def test_limitation_and_watched_days_stand_in_one_list_soonest_first(book: Cast) -> None:
    watched(book)
    with site_scope(book.site.id):
        rows = selectors.near_days(as_of=TODAY)
    assert [(row.document_number, row.deadline.code) for row in rows] == [
        ("NEW-1", "freeze_deposit_renewal"),
        ("NEW-1", "freeze_deposit"),
        ("OLD-1", "limitation_claim"),
    ]
    assert [row.countdown.state.value for row in rows] == ["alarmed"] * 3
    assert all(alarm.on < row.deadline.last_day for row in rows for alarm in row.countdown.alarms)


def test_a_proved_act_moves_the_limitation_out_of_sight_and_withdrawing_brings_it_back(book: Cast) -> None:
    item, actor = item_of(book, "OLD-1"), book.actor("owner")
    act = services.record_act(
        actor=actor,
        item_id=item.id,
        due_on=item.due_on,
        facts=ActFacts(date(2026, 6, 1), Act.RECONCILIATION, Material.SIGNED),
        note="盖章对账单 2026-06",
    )
    assert isinstance(act, LimitationAct)
    with site_scope(book.site.id):
        assert not [row for row in selectors.near_days(as_of=TODAY) if row.item_id == item.id]
        found = selectors.limitation_now(item.id, item.due_on)
        assert found and found.deadline and found.deadline.last_day == date(2029, 6, 1)
    assert not is_problem(services.end_record(actor=actor, row=act, reason="对账单不是对方盖的章"))
    assert isinstance(services.end_record(actor=actor, row=act, reason="再撤一次"), Problem)
    with site_scope(book.site.id):
        assert [row for row in selectors.near_days(as_of=TODAY) if row.item_id == item.id]


def test_an_alarm_is_told_once_to_members_who_keep_deadlines(book: Cast) -> None:
    watched(book)
    for name in ("owner", "teammate", "debtor", "supervisor"):
        user = book.users[name]
        user.email = f"{name}@example.org"
        user.save(update_fields=["email"])
    assert services.ring_alarms(site_id=book.site.id, today=TODAY) > 0
    assert services.ring_alarms(site_id=book.site.id, today=TODAY) == 0, "each alarm once"
    with site_scope(book.site.id):
        mails = Notice.objects.filter(kind="deadlines_near")
        assert [mail.address for mail in mails] == ["owner@example.org"], "an auditor reads, the owner keeps"
        assert mails[0].values["count"] == 3 and mails[0].values["day"] == "2026-11-24"
        before = Rung.objects.count()
    # A morning later, one more alarm; a day that has passed rings no more.
    assert services.ring_alarms(site_id=book.site.id, today=date(2026, 11, 23)) >= 1
    with site_scope(book.site.id):
        assert Rung.objects.count() > before
        assert not Rung.objects.filter(alarm_on__gt=date(2026, 11, 23)).exists()


def test_what_is_done_rings_no_more(book: Cast) -> None:
    row, actor = watched(book), book.actor("owner")
    assert not is_problem(services.end_record(actor=actor, row=row, reason="已续冻，另行登记"))
    with site_scope(book.site.id):
        assert not [one for one in selectors.near_days(as_of=TODAY) if one.watch_id]


def test_the_pages_show_record_and_end(book: Cast) -> None:
    client, root, item = book.clients["owner"], f"/s/{book.site.slug}/deadlines", item_of(book, "OLD-1")
    page = client.get(f"{root}/?within=1095").content.decode()
    assert "OLD-1" in page and "NEW-1" in page and "2026-12-21" in page
    form = {
        "watch-kind": "pre_suit_suit",
        "watch-start_on": "2026-11-10",
        "watch-note": "（2026）保7号，11月10日冻结",
    }
    assert client.post(f"{root}/items/{item.id}/watch/", form).status_code == 302
    assert client.post(f"{root}/items/{item.id}/watch/", {**form, "watch-note": ""}).status_code == 422
    assert (
        client.post(
            f"{root}/debtors/{item.debtor_id}/watch/", {**form, "watch-kind": "guarantee"}
        ).status_code
        == 302
    )
    act = {
        "act-act": "demand",
        "act-on": "2026-11-01",
        "act-material": "receipt",
        "act-note": "EMS 123 已签收",
    }
    assert client.post(f"{root}/items/{item.id}/acts/", act).status_code == 302
    page = client.get(f"{root}/items/{item.id}/").content.decode()
    assert "2029年11月1日" in page and "EMS 123 已签收" in page and "保7号" in page
    assert "保7号" in client.get(f"{root}/debtors/{item.debtor_id}/").content.decode()
    with site_scope(book.site.id):
        one = Watch.objects.filter(item_id=item.id).get()
    assert (
        book.clients["teammate"].post(f"{root}/watches/{one.id}/end/", {"reason": "不该能办"}).status_code
        == 403
    )
    assert client.post(f"{root}/watches/{one.id}/end/", {"reason": "已起诉，案号另记"}).status_code == 302
    file = client.get(f"/s/{book.site.slug}/deadlines.ics?within=1095").content.decode()
    assert "BEGIN:VALARM" in file and "BEGIN:VEVENT" in file
    assert "期限" in client.get(f"/s/{book.site.slug}/desk/").content.decode()
