"""The import pages as a person walks them: file, columns, check, confirm; once however often, and nothing lost."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.cast import CAST, Cast

from jieqing.claims.receivables.engine.row_problems import SENTENCES
from jieqing.claims.receivables.models import BatchState, ImportBatch, Item, StagedState
from jieqing.claims.receivables.pages.import_words import KIND_TITLES, kind_of, kind_title
from jieqing.claims.receivables.tests.import_walk import LEDGER, Walk, inputs_of
from jieqing.plumbing.db.scopes import site_scope


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast)


def test_a_ledger_walks_from_file_to_the_books_and_back(walk: Walk) -> None:
    opened = walk.upload(LEDGER)
    page = walk.client.get(opened["Location"]).content.decode()
    assert 'data-kind="header"' in page and 'data-why="标题"' in page and 'data-why="合计"' in page
    assert "文件没有写明币种" in page, "the only open question of this file"
    assert "日期的写法是" not in page

    still_open = walk.columns(opened["Location"], currency="")
    assert still_open["Location"].endswith("/columns/"), "without the answer there is nothing to check"
    check = walk.columns(opened["Location"], currency="CNY")["Location"]
    page = walk.client.get(check).content.decode()
    assert "到期日不是存在的日期" in page and "2026-13-01" in page
    assert "确认导入 2 行" in page and "与各行相加一致" in page, (
        "the file's own total counts the row that waits"
    )
    assert walk.items() == 0, "nothing is written before it is confirmed"

    done = walk.commit(check)
    assert done["Location"].endswith("?done=1")
    page = walk.client.get(done["Location"]).content.decode()
    assert "已写入账本" in page and "处理 1 行" in page
    assert walk.items() == 2 and [row.line for row in walk.staged()] == [5]

    undo = walk.client.get(walk.base + f"{walk.batch().id}/undo/").content.decode()
    assert "2 笔应收退出账本" in undo and "1 行暂存" in undo
    refused = walk.client.post(walk.base + f"{walk.batch().id}/undo/", {"reason": " "})
    assert refused.status_code == 422 and "请写明原因" in refused.content.decode() and walk.items() == 2
    walk.client.post(walk.base + f"{walk.batch().id}/undo/", {"reason": "选错了文件"})
    assert walk.items() == 0 and walk.batch().state == BatchState.UNDONE
    page = walk.client.get(walk.base + f"{walk.batch().id}/").content.decode()
    assert "这一批已撤销" in page and "选错了文件" in page


def test_a_cell_corrected_before_the_commit_enters_with_the_rest(walk: Walk) -> None:
    check = walk.checked()
    [name] = [name for name in inputs_of(walk.client.get(check)) if name.startswith("cell-")]
    still_wrong = walk.client.post(check, {name: "下个月"})
    page = walk.client.get(still_wrong["Location"]).content.decode()
    assert "到期日无法识别" in page and 'value="下个月"' in page, "what was typed is kept and read again"
    walk.client.post(check, {name: "2026-06-13", "cell-999-3": "2026-01-01", "cell-x-y": "?"})
    page = walk.client.get(check).content.decode()
    assert "确认导入 3 行" in page and "没有发现问题" in page
    walk.commit(check)
    assert walk.items() == 3 and [row.state for row in walk.staged()] == [StagedState.ACCEPTED]


def test_a_second_click_and_a_second_tab_import_once(walk: Walk) -> None:
    check = walk.checked()
    seen = inputs_of(walk.client.get(check))["seen"]
    first, second = walk.commit(check, seen), walk.commit(check, seen)
    assert first["Location"] == second["Location"] and walk.items() == 2
    for step in ("columns", "check", "progress"):
        back = walk.client.get(check.replace("check", step))
        assert back["Location"] == first["Location"], "the back button leads to the result"


def test_a_tab_that_shows_something_else_does_not_commit(walk: Walk) -> None:
    check = walk.checked()
    seen = inputs_of(walk.client.get(check))["seen"]
    [name] = [name for name in inputs_of(walk.client.get(check)) if name.startswith("cell-")]
    walk.client.post(check, {name: "2026-06-13"})
    refused = walk.client.post(check.replace("check", "commit"), {"seen": seen}, follow=True)
    assert "在另一个页面改过" in refused.content.decode() and walk.items() == 0


def test_a_wrong_file_is_given_up_and_cannot_come_back_through_another_tab(walk: Walk) -> None:
    check = walk.checked()
    seen = inputs_of(walk.client.get(check))["seen"]
    dropped = walk.client.post(check.replace("/check/", "/drop/"), follow=True).content.decode()
    assert "第 1 批已放弃，账本没有变化" in dropped
    late = walk.client.post(check.replace("/check/", "/commit/"), {"seen": seen}, follow=True)
    assert "这个文件没有导入" in late.content.decode() and walk.items() == 0


def test_columns_can_be_changed_and_are_remembered_for_the_source(walk: Walk) -> None:
    text = "甲,乙,丙,丁\n宏达机械,A-1,2026-05-01,100\n远景五金,A-2,2026-05-02,200\n"
    opened = walk.upload(text)
    page = walk.client.get(opened["Location"]).content.decode()
    assert "没有找到“客户”列" in page and "没有找到“金额”列" in page
    twice = walk.columns(opened["Location"], column_0="debtor_name", column_1="debtor_name", currency="CNY")
    assert twice.status_code == 422 and "只能选一列" in twice.content.decode()
    chosen = {
        "column_0": "debtor_name",
        "column_1": "document_number",
        "column_2": "invoice_on",
        "column_3": "amount",
    }
    check = walk.columns(opened["Location"], currency="CNY", **chosen)["Location"]
    walk.commit(check)
    assert walk.items() == 2
    again = walk.upload(text.replace("A-1", "A-9"))
    page = walk.client.get(again["Location"]).content.decode()
    assert "认得这个来源" in page


def test_the_date_order_is_asked_only_when_the_file_leaves_it_open(walk: Walk) -> None:
    text = (
        "customer,invoice number,invoice date,amount,currency\nA,1,03/04/2026,10,USD\nB,2,05/06/2026,20,USD\n"
    )
    opened = walk.upload(text)
    page = walk.client.get(opened["Location"]).content.decode()
    assert "日期的写法是" in page and "文件没有写明币种" not in page
    check = walk.columns(opened["Location"], date_order="dmy")["Location"]
    walk.commit(check)
    with site_scope(walk.site_id):
        assert sorted(str(day) for day in Item.objects.values_list("invoice_on", flat=True)) == [
            "2026-04-03",
            "2026-06-05",
        ]


def test_pasted_cells_are_a_file_like_any_other(walk: Walk) -> None:
    pasted = "客户名称\t发票号\t开票日期\t金额（元）\n宏达机械\tP-1\t2026-05-01\t88.00\n"
    opened = walk.client.post(walk.base + "new/", {"pasted": pasted})
    check = walk.columns(opened["Location"], currency="CNY")["Location"]
    walk.commit(check)
    assert walk.items() == 1
    nothing = walk.client.post(walk.base + "new/", {"pasted": "  "})
    assert nothing.status_code == 422 and "请先选择一个文件" in nothing.content.decode()


@pytest.mark.parametrize("name", ["template.csv", "template.xlsx"])
def test_the_templates_come_back_as_ledgers_without_a_question(walk: Walk, name: str) -> None:
    opened = walk.upload(walk.client.get(walk.base + name).content, name)
    page = walk.client.get(opened["Location"]).content.decode()
    assert "文件没有写明币种" not in page and "日期的写法是" not in page
    walk.commit(walk.columns(opened["Location"])["Location"])
    assert walk.items() == 3 and walk.staged() == []


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 not a table", "不是表格文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "下一步"),
        ("只有一句话，没有表格。\n".encode(), "没有找到表头"),
        (_bomb(), "解压后过大"),
    ],
    ids=["empty", "pdf", "broken-xls", "prose", "zip-bomb"],
)
def test_a_file_that_is_no_ledger_is_answered_with_what_to_do(walk: Walk, data: bytes, sentence: str) -> None:
    refused = walk.upload(data, "账本.xlsx")
    page = refused.content.decode()
    assert refused.status_code == 422 and sentence in page and "下一步" in page
    with site_scope(walk.site_id):
        assert not ImportBatch.objects.exists()


def test_a_name_and_cells_that_try_to_be_markup_stay_text(walk: Walk) -> None:
    evil = "<script>alert(1)</script>"
    opened = walk.upload(LEDGER.replace("李氏包装", evil), f"../../{evil}.csv")
    check = walk.columns(opened["Location"], currency="CNY")["Location"]
    for address in (opened["Location"], check, walk.commit(check)["Location"], walk.base):
        assert evil not in walk.client.get(address).content.decode()
    sent = walk.client.get(walk.base + f"{walk.batch().id}/file/")
    assert (
        sent["Content-Disposition"].startswith("attachment")
        and sent["Content-Type"] == "application/octet-stream"
    )
    assert b"".join(sent.streaming_content) == LEDGER.replace("李氏包装", evil).encode()


def test_who_may_read_and_who_may_import(cast: Cast, walk: Walk) -> None:
    walk.commit(walk.checked())
    one = walk.base + f"{walk.batch().id}/"
    reads, writes = (200, 200, 404, 403, 403, 302), (200, 403, 404, 403, 403, 302)
    for address, expected in (
        (walk.base, reads),
        (one, reads),
        (one + "rows/", reads),
        (walk.base + "new/", writes),
        (one + "undo/", writes),
    ):
        assert tuple(cast.clients[name].get(address).status_code for name in CAST) == expected, address
    walk.upload(LEDGER)
    auditor = cast.clients["teammate"]
    assert "待确认" in auditor.get(walk.base).content.decode(), "a draft is listed, and readable"
    assert auditor.get(walk.base + f"{walk.batch().id}/").status_code == 200
    assert cast.clients["owner"].get(walk.base + f"{walk.batch().id}/")["Location"].endswith("/columns/")
    assert (
        auditor.post(one + "rows/", {"action": "discard", "which": "kind", "reason": "x"}).status_code == 403
    )
    assert 'name="cell-' not in auditor.get(one + "rows/").content.decode()
    assert auditor.get(f"{walk.base}{walk.batch().id}/rows/").status_code == 200
    foreign = cast.clients["stranger"].get(f"/s/{cast.other_site.slug}/ledger/imports/{walk.batch().id}/")
    assert foreign.status_code == 404


def test_every_kind_of_problem_has_its_title() -> None:
    assert {kind_of(f"row.{code}" if not code.startswith("row.") else code) for code in SENTENCES} <= set(
        KIND_TITLES
    )
    assert kind_title("row.date.unreadable", "due_on") == "到期日无法识别"
