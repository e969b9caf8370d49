"""Choosing by hand and switching the rule, in a browser: kept while searching, posted once, refused in words."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.claims.receipts import services
from jieqing.claims.receipts.engine.sharing import share_out
from jieqing.claims.receipts.models import BankLine, Match, MatchPart, MatchRule
from jieqing.claims.receipts.pages.picking import minor_of
from jieqing.claims.receipts.tests.bank_files import ALIPAY, Row, icbc
from jieqing.claims.receipts.tests.test_bank_pages import address, bank, upload  # noqa: F401  # the fixture
from jieqing.claims.receipts.tests.test_matching_services import ROWS
from jieqing.claims.receivables.models import Item
from jieqing.claims.receivables.selectors.integrity import ledger_findings
from jieqing.plumbing.db.scopes import site_scope


def line_of(cast: Cast, minor: int) -> BankLine:
    with site_scope(cast.site.id):
        return BankLine.objects.select_related("statement").get(amount_minor=minor)


def item_of(cast: Cast, number: str) -> UUID:
    with site_scope(cast.site.id):
        return Item.objects.get(document_number=number, withdrawn_rev=None).id


@given(
    st.integers(1, 10**6),
    st.lists(st.integers(0, 10**6), max_size=8),
    st.dictionaries(st.integers(0, 7), st.integers(1, 10**5), max_size=3),
)
def test_parts_and_rest_are_the_line(amount: int, opened: list[int], named: dict[int, int]) -> None:
    shared = share_out(amount, list(enumerate(opened)), named)
    parts = dict(shared.parts)
    assert sum(parts.values()) + shared.rest_minor == amount
    assert all(minor > 0 for minor in parts.values())
    for key, minor in parts.items():
        assert minor == named[key] if key in named else minor <= opened[key]


def test_amounts_as_people_type_them() -> None:
    typed = ["1,200.50", "１２００．５０", "¥1200.5", "1200.50 元"]
    assert {minor_of(text, "CNY") for text in typed} == {120_050}
    assert [minor_of(text, "CNY") for text in ("", "abc", "1e99", "nan", "1.234", "--")] == [None] * 6


def test_a_line_is_shared_over_documents_found_in_two_searches(bank: Cast) -> None:  # noqa: F811
    upload(bank, icbc(ROWS))
    owner, line = bank.clients["owner"], line_of(bank, 1_000_000)
    pick = address(bank, f"lines/{line.id}/pick/")
    first, second = item_of(bank, "INV-002"), item_of(bank, "INV-003")
    assert "INV-003" in owner.get(pick, {"q": "远景"}).content.decode()
    assert "INV-005" in owner.get(pick, {"q": "77.00"}).content.decode()
    chosen = {"q": "INV-00", "item": [str(first), str(second)], f"part_{first}": "200.50"}
    page = owner.get(pick, chosen).content.decode()
    assert len(re.findall(r'name="item" value="[^"]+" id="[^"]+" aria-label="[^"]+" checked', page)) == 2
    assert "300.00" in page and "9,700.00" in page
    # Two debtors: whose the rest is has to be said.
    refused = owner.post(pick, chosen)
    assert refused.status_code == 422 and "没有指明归哪个债务人" in refused.content.decode()
    with site_scope(bank.site.id):
        debtor = Item.objects.get(id=first).debtor_id
    assert owner.post(pick, {**chosen, "debtor": str(debtor)}).status_code == 302
    assert owner.post(pick, {**chosen, "debtor": str(debtor)}).status_code == 302  # clicked twice
    with site_scope(bank.site.id):
        match = Match.objects.get()
        parts = {part.item_id: part.amount_minor for part in MatchPart.objects.filter(match=match)}
        assert parts == {first: 20_050, second: 9_950}
        assert match.rest_minor == 1_000_000 - 30_000
        assert ledger_findings() == []


def test_a_tick_after_the_sum_is_shown_before_it_is_posted(bank: Cast) -> None:  # noqa: F811
    upload(bank, icbc(ROWS))
    owner, line, item = bank.clients["owner"], line_of(bank, 1_000_000), item_of(bank, "INV-001")
    pick = address(bank, f"lines/{line.id}/pick/")
    looked = owner.post(pick, {"action": "look", "q": "宏达", "item": [str(item)]})
    assert looked.status_code == 302 and f"item={item}" in looked["Location"]
    assert 'name="seen" value="1000000"' in owner.get(looked["Location"]).content.decode()
    stale = owner.post(pick, {"action": "post", "seen": "0", "item": [str(item)]})
    assert f"item={item}" in stale["Location"]
    with site_scope(bank.site.id):
        assert Match.objects.count() == 0
    assert owner.post(pick, {"action": "post", "seen": "1000000", "item": [str(item)]}).status_code == 302
    with site_scope(bank.site.id):
        assert Match.objects.get().rest_minor == 0


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [("abc", "金额无法识别"), ("-5", "金额无法识别"), ("300.00", "现在未收"), ("99999999", "超过收款")],
)
def test_what_cannot_be_posted_is_said_and_kept(bank: Cast, amount: str, sentence: str) -> None:  # noqa: F811
    upload(bank, icbc(ROWS))
    owner, line, item = bank.clients["owner"], line_of(bank, 1_000_000), item_of(bank, "INV-005")
    sent = owner.post(address(bank, f"lines/{line.id}/pick/"), {"item": [str(item)], f"part_{item}": amount})
    page = sent.content.decode()
    assert sent.status_code == 422 and sentence in page
    assert f'value="{amount}"' in page
    with site_scope(bank.site.id):
        assert Match.objects.count() == 0


def test_nothing_chosen_posts_all_of_it_unapplied_only_when_a_debtor_is_named(bank: Cast) -> None:  # noqa: F811
    upload(bank, icbc(ROWS))
    owner, line = bank.clients["owner"], line_of(bank, 1_234)
    pick = address(bank, f"lines/{line.id}/pick/")
    assert owner.post(pick, {"q": "北方"}).status_code == 422
    with site_scope(bank.site.id):
        debtor = Item.objects.get(document_number="INV-005").debtor_id
    assert owner.post(pick, {"debtor": str(debtor)}).status_code == 302
    with site_scope(bank.site.id):
        assert Match.objects.get().rest_minor == 1_234


def test_strangers_and_readers_see_no_picking_and_no_switch(bank: Cast) -> None:  # noqa: F811
    upload(bank, icbc(ROWS))
    line = line_of(bank, 1_000_000)
    for tail in (f"lines/{line.id}/pick/", "rule/", f"statements/{line.statement_id}/file/"):
        assert bank.clients["stranger"].get(address(bank, tail)).status_code in (403, 404)
        assert bank.clients["debtor"].get(address(bank, tail)).status_code == 403
        assert bank.clients["anonymous"].get(address(bank, tail)).status_code == 302
    assert bank.clients["stranger"].post(address(bank, "rule/"), {"switch": "on", "reason": "x"}).status_code in (403, 404)  # fmt: skip
    with site_scope(bank.site.id):
        assert MatchRule.objects.count() == 0


def test_the_rule_is_switched_with_a_reason_and_says_who(bank: Cast) -> None:  # noqa: F811
    owner = bank.clients["owner"]
    upload(bank, icbc(ROWS))
    assert "从未开启" in owner.get(address(bank, "rule/")).content.decode()
    assert owner.post(address(bank, "rule/"), {"switch": "on", "reason": " "}).status_code == 422
    assert owner.post(address(bank, "rule/"), {"switch": "on", "reason": "量大"}).status_code == 302
    assert owner.post(address(bank, "rule/"), {"switch": "on", "reason": "量大"}).status_code == 302
    assert "已开启" in owner.get(address(bank)).content.decode()
    upload(bank, icbc([*ROWS, Row("2026-10-09", "77.00", "北方贸易有限公司", "INV-005")]))
    with site_scope(bank.site.id):
        assert Match.objects.get().rule_id == MatchRule.objects.get(ended_at=None).id
    assert owner.post(address(bank, "rule/"), {"switch": "off", "reason": "月末人工核"}).status_code == 302
    with site_scope(bank.site.id):
        assert MatchRule.objects.filter(ended_at=None).count() == 0


def test_refused_files_say_why_in_the_list_and_give_the_file_back(bank: Cast) -> None:  # noqa: F811
    owner, data = bank.clients["owner"], icbc(ROWS, break_at=1)
    shown = upload(bank, data)["Location"]
    assert "第 5 行起余额对不上" in owner.get(address(bank)).content.decode()
    assert b"".join(owner.get(f"{shown}file/").streaming_content) == data


def test_rows_left_out_are_shown_with_their_reason(bank: Cast) -> None:  # noqa: F811
    page = bank.clients["owner"].get(upload(bank, ALIPAY, "alipay.csv")["Location"]).content.decode()
    assert "不计收支或已关闭" in page and "交易关闭" in page


def test_lines_are_walked_through_without_the_list(bank: Cast) -> None:  # noqa: F811
    upload(bank, icbc(ROWS))
    page = bank.clients["owner"].get(address(bank, f"lines/{line_of(bank, 30_000).id}/")).content.decode()
    assert f"lines/{line_of(bank, 39_950).id}/" in page and f"lines/{line_of(bank, 1_234).id}/" in page
    assert page.count('data-key="a"') == 1 and page.count('data-key="r"') == 1
    # Enter in the reason of a rejection must never approve: the two stand in forms of their own.
    for form in re.findall(r"<form.*?</form>", page, re.S):
        assert not ('value="approve"' in form and 'name="reason"' in form)


def test_many_documents_cost_no_more_statements_than_few(bank: Cast) -> None:  # noqa: F811
    upload(bank, icbc(ROWS))
    owner, line = bank.clients["owner"], line_of(bank, 1_000_000)
    pick = address(bank, f"lines/{line.id}/pick/")
    few = len(statements(lambda: owner.get(pick, {"q": "INV-001"})))
    many = len(statements(lambda: owner.get(pick, {"q": "INV"})))
    assert many <= few
    assert many < 30


def test_two_hands_on_one_line_post_once(bank: Cast) -> None:  # noqa: F811
    upload(bank, icbc(ROWS))
    actor, line, item = bank.actor("owner"), line_of(bank, 1_000_000), item_of(bank, "INV-001")
    choice = services.matching.Choice(parts=((item, 1_000_000),))
    done = [services.approve(actor=actor, line=line, choice=choice) for _ in range(2)]
    assert [type(one).__name__ for one in done] == ["Match", "Problem"]
