"""The public calculators: open to whoever asks, reproducible by link, calm with whatever stands in the address."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.test import Client
from tests.cast import Cast

from jieqing.kernel import clock

PAGES = ("", "owed/", "fees/", "limitation/", "deadlines/", "guarantee/")
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def ask(cast: Cast, page: str, query: str = "", lang: str = "zh-hans") -> str:
    client = Client()
    client.cookies["django_language"] = lang
    with clock.frozen(NOW):
        response = client.get(f"/s/{cast.site.slug}/calculators/{page}{query}")
    assert response.status_code == 200, (page, query)
    return response.content.decode()


def link_in(html: str) -> str:
    found = html.split('id="result-link"')[1].split('value="')[1].split('"')[0]
    return found.replace("&amp;", "&")


def result_of(html: str) -> str:
    return html.split('id="result"')[1].split('id="result-link"')[0]


def test_a_fee_is_shown_line_by_line_with_its_articles(cast: Cast) -> None:
    html = ask(cast, "fees/", "?amount=12.3456%E4%B8%87&kind=payment_order")
    for piece in (
        "923.04",
        "2,769.12",
        "《诉讼费用交纳办法》第14条",
        "超过1万元至10万元的部分",
        'id="art-fee_measures-13"',
    ):
        assert piece in html, piece
    assert "Litigation Costs, art. 13" in ask(cast, "fees/", "?amount=123456", "en")


def test_limitation_says_the_day_the_reasons_and_what_proof_is_missing(cast: Cast) -> None:
    html = ask(
        cast,
        "limitation/",
        "?due=2020-06-30&e1-on=2022-05-10&e1-act=demand&e1-paper=receipt"
        "&e2-on=2024-11-20&e2-act=part_payment&e2-paper=recording",
    )
    result = result_of(html)
    for piece in ("2025年5月12日", "可争取的日期：2027年11月22日", "需要：银行流水", "已过 559 天"):
        assert piece in result, piece


def test_what_is_owed_is_shown_run_by_run(cast: Cast) -> None:
    query = "?kind=sale&principal=10%E4%B8%87&due=2024-03-31&p1-on=2025-01-05&p1-amount=1000&as_of=2026-11-22"
    result = result_of(ask(cast, "owed/", query))
    for piece in ("¥110,869.89", "4.485%", "买卖合同纠纷", "按法定下限加计30%", "付款抵充到哪里"):
        assert piece in result, piece


def test_a_pending_suit_has_no_last_day(cast: Cast) -> None:
    query = "?due=2025-01-01&e1-on=2026-01-05&e1-act=suit&e1-paper=official_paper&e1-pending=on"
    assert "没有可以确定的最后一日" in ask(cast, "limitation/", query)


def test_a_freeze_shows_its_renewal_first(cast: Cast) -> None:
    result = result_of(ask(cast, "deadlines/", "?term=freeze_deposit&start=2025-12-01"))
    assert result.index(">申请续行保全<") < result.index(">银行存款冻结届满<")
    assert "2026年11月24日" in result


def test_a_day_in_a_year_without_a_calendar_carries_its_warning(cast: Cast) -> None:
    result = result_of(ask(cast, "deadlines/", "?term=appeal_judgment&start=2027-03-01"))
    assert "须确认" in result
    assert "2027 年的放假安排未公布" in result


def test_a_missed_guarantee_is_said_plainly(cast: Cast) -> None:
    html = ask(cast, "guarantee/", "?due=2026-01-31&kind=joint")
    assert "保证责任消灭" in html
    assert "已在期间内行使权利" in ask(cast, "guarantee/", "?due=2026-01-31&kind=joint&demand=2026-07-01")


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("fees/", "?amount=1%2C234.56&kind=case"),
        ("owed/", "?principal=5000&due=2025-01-31&rate=6&kind=private_loan&contract=2024-01-31"),
        ("limitation/", "?due=2020-06-30&e3-on=2022-05-10&e3-act=demand&e3-paper=receipt"),
        ("deadlines/", "?term=freeze_deposit&start=2026-03-02"),
        ("guarantee/", "?due=2026-06-30&kind=joint"),
    ],
)
def test_the_link_makes_the_same_result_on_another_day(cast: Cast, page: str, query: str) -> None:
    first = ask(cast, page, query)
    address = link_in(first).split("testserver")[1]
    with clock.frozen(datetime(2027, 8, 1, tzinfo=UTC)):
        again = Client().get(address).content.decode()
    assert result_of(again) == result_of(first)


def test_nothing_is_stored_and_nothing_leaks(cast: Cast) -> None:
    response = Client().get(f"/s/{cast.site.slug}/calculators/fees/?amount=100")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "sessionid" not in response.cookies


def test_it_only_reads(cast: Cast) -> None:
    for page in PAGES:
        assert Client().post(f"/s/{cast.site.slug}/calculators/{page}").status_code == 405


@pytest.mark.parametrize(
    ("page", "query", "sentence"),
    [
        ("fees/", "?amount=", ""),
        ("owed/", "?principal=1&due=2024-01-01&rate=abc", "之间的百分数"),
        ("owed/", "?principal=1&due=2024-01-01&p1-on=2024-02-01", "同时填写日期和金额"),
        ("owed/", "?due=2024-01-01", "请填写金额"),
        ("fees/", "?amount=12%2C34", "不是一个金额"),
        ("fees/", "?amount=0.001", "不足一分"),
        ("fees/", "?amount=-5", "不是一个金额"),
        ("fees/", "?amount=9999999%E4%BA%BF", "金额过大"),
        ("fees/", "?amount=1&kind=bribe", "没有这一种费用"),
        ("limitation/", "?due=2026-02-30", "请填写日期"),
        ("limitation/", "?due=0001-01-01", "年份须在"),
        ("limitation/", "?e1-on=2026-01-05&e1-act=suit&e1-until=2025-01-01&due=2024-01-01", "早于开始日"),
        ("limitation/", "?e1-until=2025-01-01&due=2024-01-01", "请填写这件事发生的日期"),
        ("limitation/", "?due=2024-01-01&obstacle=other", "请填写障碍开始的日期"),
        ("deadlines/", "?term=appeal&start=2026-01-01", "没有这一项期限"),
        ("deadlines/", "?term=appeal_judgment", ""),
        ("guarantee/", "?due=2151-01-01", "年份须在"),
    ],
)
def test_bad_input_stays_in_its_field_with_a_sentence(
    cast: Cast, page: str, query: str, sentence: str
) -> None:
    html = ask(cast, page, query)
    assert sentence in html
    assert 'id="result-link"' not in html


HOSTILE = (
    "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "\x00", "%00", "١٢٣", "1e999999999", "NaN",
    "9" * 5000, "🙂" * 300, "{{7*7}}", "../../etc/passwd", "' OR 1=1 --", "2026-11-22T00:00", "+1", "0x10", "\u202e1",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_in_the_address_do_no_harm(cast: Cast, text: str) -> None:
    value = quote(text)
    queries = {
        "owed/": ("principal", "due", "kind", "rate", "penalty", "contract", "p1-on", "p8-amount", "rows"),
        "fees/": ("amount", "kind"),
        "limitation/": ("kind", "due", "grace", "obstacle", "rows", "e1-on", "e1-act", "e12-until", "e99-on"),
        "deadlines/": ("term", "start", "as_of"),
        "guarantee/": ("due", "kind", "until", "demand"),
    }
    for number, (page, names) in enumerate(queries.items()):
        alone = names[(HOSTILE.index(text) + number) % len(names)]
        for query in (f"?{alone}={value}", "?" + "&".join(f"{name}={value}" for name in names)):
            html = ask(cast, page, query)
            assert "<script>alert" not in html
            assert "<img src=x" not in html
