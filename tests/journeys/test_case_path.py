"""From an overdue invoice to a settled case: import, open a case, record a promise, see the money, verify the proof.

Real platform, real browser, real sequencer. A second walk tries what must not work: a debt that the law gives no claim for, and
a placement that its creditor takes back.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from jieqing.claims.receipts.tests.bank_files import Row, icbc
from tests.journeys.conftest import Platform, sign_in
from tests.journeys.test_creditor_path import _verify

# The demonstration replays 20 November 2026: that is its working day.
PAID_ON = "2026-11-20"
HEAD = "客户名称,发票号,开票日期,到期日,币种,价税合计\n"
LEDGER = HEAD + "泰兴路桥设备有限公司,TX-0001,2026-06-01,2026-08-15,人民币,8600.00\n"


def test_from_an_overdue_invoice_to_a_settled_case(
    platform: Platform, open_page: Callable[..., Page], downloads: Path
) -> None:
    page = open_page()
    sign_in(page, platform, "fuzeren")
    _import_by_page(page, platform, downloads)
    _open_case(page, platform, "泰兴路桥设备有限公司")
    # The gate's own verdict, asked for by the page: nobody has told how this debtor is reached.
    expect(page.locator(".case__left").get_by_text("没有可用的联系方式")).to_be_visible()

    # By keyboard: p opens the promise, Enter sends it once however often it is pressed.
    page.locator("h1").click()
    page.keyboard.press("p")
    dialog = page.locator("#deed")
    dialog.locator("input[name=due_on]").fill("2026-11-24")
    dialog.locator("button[type=submit]").dblclick()
    expect(page.get_by_text("承诺已记录").first).to_be_visible()
    expect(page.locator(".case__right").get_by_text("¥8,600.00").first).to_be_visible()

    _pay(platform, page, downloads, "TX-0001", 8600)
    page.get_by_role("link", name="工作清单").first.click()
    page.fill("input[name=q]", "泰兴路桥")
    expect(page.get_by_text("没有符合条件的案件")).to_be_visible()  # a paid case is out of the queue
    page.goto(f"/s/{platform.site}/cases/?state=closed&q=泰兴路桥")
    page.locator("a[data-case]").first.click()
    expect(page.get_by_text("承诺已兑现").first).to_be_visible()
    expect(page.locator("h1")).to_contain_text("已结清")

    with page.expect_download() as started:
        page.goto(f"/s/{platform.site}/cases/?state=closed&q=泰兴路桥")
        page.locator("summary[data-key=e]").click()
        page.locator("a[data-file-link]", has_text="CSV").click()
    started.value.save_as(downloads / "cases.csv")
    assert "泰兴路桥设备有限公司" in (downloads / "cases.csv").read_text(encoding="utf-8-sig")
    verdict = _verify(platform, _proof_of_closing(page, platform, downloads), downloads)
    assert verdict["valid"] is True


def _import_by_page(page: Page, platform: Platform, folder: Path) -> None:
    """As a person would: choose the file, look at columns and rows, confirm (twice, as hurried people do)."""
    page.goto(f"/s/{platform.site}/ledger/imports/")
    page.get_by_role("link", name="导入账本").first.click()
    source = folder / "case-path.csv"
    source.write_text(LEDGER, encoding="utf-8")
    page.set_input_files("input[type=file]", source)
    page.wait_for_url("**/columns/")
    page.get_by_role("button", name="下一步：检查").click()
    page.wait_for_url("**/check/")
    page.get_by_role("button", name="确认导入 1 行").dblclick()
    page.wait_for_url(re.compile(r"/ledger/imports/[0-9a-f-]+/(\?done=1)?$"))


def _import(platform: Platform, folder: Path, text: str) -> None:
    source = folder / "case-journey.csv"
    source.write_text(text, encoding="utf-8")
    done = platform.command("ledger", "import", str(source), "--site", platform.site, "--yes", "--json")
    assert done.returncode == 0, done.stderr


def _open_case(page: Page, platform: Platform, debtor: str) -> None:
    page.goto(f"/s/{platform.site}/ledger/debtors/?q={debtor}")
    page.locator("table tbody a", has_text=debtor).first.click()
    page.get_by_role("link", name="立案", exact=True).click()
    page.get_by_role("button", name="立案").click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))


def _pay(platform: Platform, page: Page, folder: Path, number: str, yuan: int) -> None:
    """The bank's file comes in; its one line names the invoice and is matched by hand."""
    source = folder / "bank.csv"
    source.write_bytes(
        icbc([Row(PAID_ON, f"{yuan}.00", "泰兴路桥设备有限公司", f"货款 {number}")], opening=1_000_000)
    )
    page.goto(f"/s/{platform.site}/ledger/bank/new/")
    page.set_input_files("input[type=file]", source)
    page.locator("main button[type=submit]").first.click()
    page.goto(f"/s/{platform.site}/ledger/bank/?q={number}")
    page.locator("table tbody th a").first.click()
    page.get_by_role("button", name="确认入账").first.click()
    expect(page.get_by_text("已处理").first).to_be_visible()


def _proof_of_closing(page: Page, platform: Platform, folder: Path) -> Path:
    """The proof of the event that closed the case; the sequencer publishes within a second or two."""
    page.goto(f"/s/{platform.site}/cases/?state=closed&q=泰兴路桥")
    page.locator("a[data-case]").first.click()
    page.locator(".timeline__moment a.seal").first.click()
    proof = page.locator("a[href*='/bundle/']").first
    for _try in range(10):
        if proof.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    with page.expect_download() as started:
        proof.click()
    path = folder / "case.evidence.zip"
    started.value.save_as(path)
    return path
