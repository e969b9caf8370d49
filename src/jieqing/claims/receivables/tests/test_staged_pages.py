"""Staged rows and the list of imports: corrected in place, run again, given up with a reason; few questions to the database."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.cast import Cast

from jieqing.claims.receivables.models import StagedState
from jieqing.claims.receivables.tests.import_walk import LEDGER, Walk, inputs_of


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast)


def test_staged_rows_are_corrected_and_run_again_or_given_up_with_a_reason(walk: Walk) -> None:
    more = LEDGER.replace("合计,,,", "北辰,INV-004,2026-05-09,2026-06-09,测试\n合计,,,")
    walk.commit(walk.checked(more))
    rows = walk.base + f"{walk.batch().id}/rows/"
    page = walk.client.get(rows)
    assert "到期日不是存在的日期 1" in page.content.decode() and "金额不是数字 1" in page.content.decode()
    due = next(name for name, value in inputs_of(page).items() if value == "2026-13-01")
    after = walk.client.post(rows, {due: "2026-06-13"}, follow=True).content.decode()
    assert "1 行已入账" in after and "还有 1 行待处理" in after and walk.items() == 3

    unexplained = walk.client.post(
        rows, {"action": "discard", "which": "kind", "code": "row.amount.unreadable", "reason": ""}
    )
    assert unexplained.status_code == 422
    given_up = {"action": "discard", "which": "kind", "code": "row.amount.unreadable", "reason": "测试数据"}
    after = walk.client.post(rows, given_up, follow=True).content.decode()
    assert "已放弃 1 行" in after and "没有待处理的行" in after and "测试数据" in after
    assert [row.state for row in walk.staged()] == [StagedState.ACCEPTED, StagedState.DISCARDED]


def test_lists_ask_the_database_as_often_for_many_as_for_few(walk: Walk, same_queries) -> None:
    walk.commit(walk.checked())
    first = walk.base + f"{walk.batch().id}/rows/"
    bad = "".join(f"客户{n},X-{n},2026-05-03,2026-13-{n:02d},1\n" for n in range(1, 41))
    for number in range(4):
        walk.commit(walk.checked(LEDGER.replace("INV-", f"K{number}-").replace("合计,", bad + "合计,")))
    many = walk.base + f"{walk.batch().id}/rows/"
    same_queries(lambda: walk.client.get(first), lambda: walk.client.get(many))


def test_a_way_of_writing_that_is_right_is_accepted_once_before_or_after(walk: Walk) -> None:
    far = LEDGER.replace("2026-13-01", "2046-06-01")
    check = walk.checked(far)
    assert "接受这一类" in walk.client.get(check).content.decode()
    walk.commit(check)
    rows = walk.base + f"{walk.batch().id}/rows/?code=row.due_far"
    assert "接受这一类" in walk.client.get(rows).content.decode()
    after = walk.client.post(rows, {"accept": "row.due_far"}, follow=True).content.decode()
    assert "1 行已入账" in after and walk.items() == 3
    again = walk.checked(far.replace("INV-", "NEW-"))
    assert "确认导入 3 行" in walk.client.get(again).content.decode(), "remembered for the source"


def test_lines_of_one_document_are_added_up_when_a_person_says_so(walk: Walk) -> None:
    head = "客户名称,发票号,开票日期,到期日,金额\n甲,INV-1,2026-05-01,2026-06-01,5\n"
    lines = "乙,INV-9,2026-05-01,2026-06-01,100\n乙,INV-9,2026-05-01,2026-06-01,25\n"
    check = walk.checked(head + lines)
    page = walk.client.get(check).content.decode()
    assert "单据号重复，内容不同" in page and "确认导入 1 行" in page
    walk.client.post(check, {"multi_line": "sum"})
    page = walk.client.get(check).content.decode()
    assert "单据号重复" not in page and "确认导入 2 行" in page
