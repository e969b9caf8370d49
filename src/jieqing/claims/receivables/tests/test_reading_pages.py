"""The reading pages say what the ledger holds, to those who may read it, in a fixed number of queries."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import CAST, Cast

from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.tests.conftest import NOON
from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.kernel import clock

PAGES = [
    "desk/",
    "ledger/items/",
    "ledger/items.csv",
    "ledger/ageing/",
    "ledger/ageing.csv",
    "ledger/debtors/",
]
HONGDA, LISHI = "无锡宏达机械有限公司", "江阴市李氏包装材料厂"


@pytest.fixture
def small(hand_ledger: HandLedger) -> HandLedger:
    hand_ledger.add("FP-001", HONGDA, 100_000_00, due_in=-47)
    hand_ledger.add("FP-002", HONGDA, 50_000_00, due_in=-10, paid=20_000_00)
    hand_ledger.add("FP-003", LISHI, 12_480_00, due_in=5)
    hand_ledger.add("FP-004", LISHI, 8_000_00, due_in=-3, paid=8_000_00)
    hand_ledger.add("HZ-001", LISHI, -480_00, due_in=None, kind=ItemKind.CREDIT_NOTE, term=0)
    hand_ledger.commit()
    return hand_ledger


@pytest.fixture
def read(cast: Cast) -> Callable[..., str]:
    def get(path: str, **query: str) -> str:
        response = cast.clients["owner"].get(f"/s/{cast.site.slug}/{path}", query)
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.mark.parametrize("page", PAGES)
def test_each_of_the_cast_gets_what_is_theirs(cast: Cast, small: HandLedger, page: str) -> None:
    statuses = [cast.clients[name].get(f"/s/{cast.site.slug}/{page}").status_code for name in CAST]
    assert statuses == [200, 200, 404, 403, 403, 302]


def test_item_and_debtor_pages_open_for_members_only(cast: Cast, small: HandLedger) -> None:
    item = small.add("FP-009", HONGDA, 100)
    small.commit()
    for path in (f"ledger/items/{item.id}/", f"ledger/debtors/{item.debtor_id}/"):
        statuses = [cast.clients[name].get(f"/s/{cast.site.slug}/{path}").status_code for name in CAST]
        assert statuses == [200, 200, 404, 403, 403, 302]
        assert cast.clients["stranger"].get(f"/s/{cast.other_site.slug}/{path}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_ledger_says_what_to_do_first(
    read: Callable[..., str], page: str, hand_ledger: HandLedger
) -> None:
    assert read(page)


def test_the_desk_shows_the_figures_and_opens_their_rows(read: Callable[..., str], small: HandLedger) -> None:
    page = read("desk/")
    for figure in ("¥142,000.00", "¥130,000.00", "91.5", "¥12,480.00"):
        assert figure in page
    assert 'href="/s/jiangnan/ledger/items/?state=overdue"' in page
    overdue = read("ledger/items/", state="overdue")
    assert "130,000.00" in overdue
    assert "FP-003" not in overdue


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, ["FP-001", "FP-002", "HZ-001", "FP-003"]),
        ({"state": "settled"}, ["FP-004"]),
        ({"state": "all", "sort": "number"}, ["FP-001", "FP-002", "FP-003", "FP-004", "HZ-001"]),
        ({"sort": "-amount"}, ["FP-001", "FP-002", "FP-003", "HZ-001"]),
        ({"sort": "amount"}, ["HZ-001", "FP-003", "FP-002", "FP-001"]),
        ({"bucket": "2"}, ["FP-001"]),
        ({"kind": "credit_note"}, ["HZ-001"]),
        ({"credits": "1"}, ["HZ-001"]),
        ({"no_date": "1"}, ["HZ-001"]),
        ({"q": "fp-00", "sort": "number"}, ["FP-001", "FP-002", "FP-003"]),
        ({"q": "宏达"}, ["FP-001", "FP-002"]),
        ({"q": "wxhd"}, ["FP-001", "FP-002"]),
        ({"q": "wuxihongda"}, ["FP-001", "FP-002"]),
        ({"q": "100% sure"}, []),
        ({"due_from": "2026-11-23", "due_until": "2026-12-22"}, ["FP-003"]),
        ({"as_of": "2026-11-21", "sort": "number"}, ["FP-001", "FP-002", "FP-003", "FP-004"]),
        ({"as_of": "rubbish", "bucket": "99", "sort": "rubbish", "after": "rubbish", "kind": "x"}, None),
    ],
)
def test_the_list_filters_and_sorts(
    read: Callable[..., str], small: HandLedger, query: dict[str, str], numbers: list[str] | None
) -> None:
    found = re.findall(r"mono\" href=\"[^\"]+\">([A-Z]+-\d+)</a></th>", read("ledger/items/", **query))
    assert found == (["FP-001", "FP-002", "HZ-001", "FP-003"] if numbers is None else numbers)


@pytest.mark.parametrize(
    "sort", ["-age", "age", "number", "-number", "debtor", "-amount", "face", "due", "kind", "invoice"]
)
def test_pages_follow_one_another_without_gap_or_repeat(
    read: Callable[..., str], hand_ledger: HandLedger, sort: str
) -> None:
    for index in range(120):
        hand_ledger.add(
            f"FP-{index:03d}", HONGDA if index % 3 else LISHI, 100 + index % 7, due_in=-(index % 40)
        )
    hand_ledger.commit()
    seen, query = [], {"sort": sort}
    for _page in range(3):
        page = read("ledger/items/", **query)
        seen += re.findall(r">(FP-\d+)</a></th>", page)
        following = re.search(r'rel="next" href="[^"]*after=([^"&]+)', page)
        if following:
            query["after"] = following[1]
    assert len(seen) == len(set(seen)) == 120
    assert following is None
    assert "全部 120 笔合计" in page


def test_an_export_prints_its_filters_and_runs_no_formula(cast: Cast, hand_ledger: HandLedger) -> None:
    hand_ledger.add("=cmd|' /C calc'!A0", "+宏达", 100_00, due_in=-5)
    hand_ledger.commit()
    response = cast.clients["owner"].get("/s/jiangnan/ledger/items.csv", {"state": "overdue"})
    text = response.content.decode("utf-8-sig")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "状态,逾期" in text
    assert "截止日,2026-11-22" in text
    assert "'=cmd|' /C calc'!A0,'+宏达" in text
    assert ",100.00,100.00,5,CNY" in text


def test_the_ageing_page_ties_to_the_ledger_and_keeps_the_edges(
    read: Callable[..., str], small: HandLedger
) -> None:
    page = read("ledger/ageing/", edges="0,5,45", basis="invoice")
    assert "与台账一致" in page
    assert 'value="0,5,45"' in page
    assert "edges=0,5,45" in page, "links carry the reader's edges on"
    assert "142,000.00" in page


@pytest.mark.parametrize("edges", ["30,0", "abc", "1e9", "0," * 99 + "5", "9" * 40])
def test_bad_edges_are_told_and_the_page_still_stands(
    read: Callable[..., str], small: HandLedger, edges: str
) -> None:
    page = read("ledger/ageing/", edges=edges)
    assert 'value="0,30,60,90"' in page
    assert "ageing.edges" in page


def test_an_earlier_revision_shows_what_was_known_then(read: Callable[..., str], small: HandLedger) -> None:
    small.add("FP-100", HONGDA, 1_000_000_00, due_in=-1)
    with _later():
        small.commit()
        assert "1,142,000.00" in read("ledger/ageing/")
        page = read("ledger/ageing/", known="1")
        assert "1,142,000.00" not in page
        assert "142,000.00" in page
        assert "按第 1 版台账" in page
        assert "ledger.revision_unknown" in read("ledger/ageing/", known="99")


def test_currencies_never_mix_and_can_be_switched(read: Callable[..., str], small: HandLedger) -> None:
    small.add("US-1", "Acme Corp", 700_00, due_in=-1, currency="USD")
    small.commit()
    assert "Acme" not in read("desk/")
    page = read("desk/", currency="USD")
    assert "Acme" in page
    assert "$700.00" in page
    assert "currency=USD" in page


def test_the_item_page_opens_its_postings_and_evidence(
    read: Callable[..., str], small: HandLedger, cast: Cast
) -> None:
    listed = read("ledger/items/", q="FP-002")
    item = re.search(r"/ledger/items/([0-9a-f-]{36})/", listed)[1]
    page = read(f"ledger/items/{item}/")
    for text in (
        "¥30,000.00",
        "50,000.00",
        "20,000.00",
        "1122 应收账款",
        "1002 银行存款",
        "应收明细.xlsx 第 3 行",
    ):
        assert text in page


def test_the_debtor_page_shows_balance_and_payments(read: Callable[..., str], small: HandLedger) -> None:
    page = read("ledger/debtors/", q="lishi")
    assert "没有找到这个债务人" in page, "pinyin is searched from its start"
    page = read("ledger/debtors/", q="jiangyin")
    debtor = re.search(r"/ledger/debtors/([0-9a-f-]{36})/", page)[1]
    page = read(f"ledger/debtors/{debtor}/")
    assert "¥12,000.00" in page
    assert "8,000.00" in page
    assert "FP-004" in page, "a payment names the item it was booked on"


@pytest.mark.parametrize("page", [*PAGES, "ledger/items/?state=all&q=fp", "ledger/debtors/?q=h"])
def test_queries_do_not_grow_with_rows(cast: Cast, hand_ledger: HandLedger, page: str) -> None:
    hand_ledger.add("FP-000", HONGDA, 100_00, due_in=-3, paid=1_00)
    hand_ledger.commit()
    few = _queries(cast.clients["owner"], f"/s/{cast.site.slug}/{page}")
    for index in range(60):
        hand_ledger.add(
            f"FP-{index + 1:03d}", f"宏达第{index}厂", 100_00 + index, due_in=3 - index % 9, paid=1_00
        )
    hand_ledger.commit()
    assert _queries(cast.clients["owner"], f"/s/{cast.site.slug}/{page}") == few


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def _later() -> AbstractContextManager[datetime]:
    return clock.frozen(NOON + timedelta(minutes=5))
