"""What one person does shows in the pages that others have open: a payment matched here leaves the queue there.

Three signed-in people in three browsers: one matches the bank's line; one has the case open, one the worklist and the
operator's desk. The time is taken from the click to the change on each page, by the clock that all three share.
"""

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page, expect

from jieqing.claims.receipts.tests.bank_files import Row, icbc
from tests.journeys.conftest import Platform, sign_in
from tests.journeys.test_case_path import HEAD, PAID_ON, _import, _open_case

DEBTOR, NUMBER = "如皋起重设备有限公司", "RG-0001"
LEDGER = HEAD + f"{DEBTOR},{NUMBER},2026-06-01,2026-08-15,人民币,4300.00\n"
# Nothing here fails on a slow machine; the figure is printed and the promise is two seconds.
PATIENCE_MS = 60_000
WATCH = """([selector, mark]) => new MutationObserver((_all, self) => {
  const shown = [...document.querySelectorAll(selector)].some((one) => one.innerText.includes(mark));
  if (shown !== (selector === "h1")) return;
  document.documentElement.dataset.changedAt = String(Date.now());
  self.disconnect();
}).observe(document.body, { childList: true, subtree: true, characterData: true })"""
# A desk is read again whatever of it changed.
WATCH_DESK = """() => new MutationObserver((all) => {
  if (all.some((one) => [...one.addedNodes].some((node) => node.id === "desk")))
    document.documentElement.dataset.changedAt ||= String(Date.now());
}).observe(document.body, { childList: true, subtree: true })"""


def test_a_payment_matched_by_one_shows_on_the_open_pages_of_others(
    platform: Platform, open_page: Callable[..., Page], downloads: Path
) -> None:
    finance, worker, lead, desk = (open_page() for _person in range(4))
    sign_in(finance, platform, "fuzeren")
    sign_in(worker, platform, "fuzeren")
    sign_in(lead, platform, "zhuguan")
    sign_in(desk, platform, "zhuguan")
    _import(platform, downloads, LEDGER)
    _open_case(worker, platform, DEBTOR)
    lead.goto(f"/s/{platform.site}/cases/?q={DEBTOR}")
    expect(lead.locator("a[data-case]")).to_have_count(1)
    desk.goto(f"/s/{platform.site}/desk/operator/")
    _enter_bank_line(finance, platform, downloads)
    for page in (worker, lead, desk):
        page.wait_for_timeout(500)  # until the line to the server is open
    worker.evaluate(WATCH, ["h1", "已结清"])
    lead.evaluate(WATCH, ["a[data-case]", DEBTOR])
    desk.evaluate(WATCH_DESK)

    clicked_at = finance.evaluate("Date.now()")
    finance.get_by_role("button", name="确认入账").first.click()
    expect(finance.get_by_text("已处理").first).to_be_visible(timeout=PATIENCE_MS)
    expect(worker.locator("h1")).to_contain_text("已结清", timeout=PATIENCE_MS)
    expect(lead.locator("a[data-case]")).to_have_count(0, timeout=PATIENCE_MS)
    # A function, not a text: the page's policy lets nobody evaluate texts.
    desk.wait_for_function("() => document.documentElement.dataset.changedAt", timeout=PATIENCE_MS)
    for name, page in (("case", worker), ("worklist", lead), ("desk", desk)):
        changed_at = int(page.evaluate("document.documentElement.dataset.changedAt"))
        print(f"from the click to the open {name}: {(changed_at - clicked_at) / 1000:.2f} s")


def _enter_bank_line(page: Page, platform: Platform, folder: Path) -> None:
    source = folder / "bank-live.csv"
    source.write_bytes(icbc([Row(PAID_ON, "4300.00", DEBTOR, f"货款 {NUMBER}")], opening=2_000_000))
    page.goto(f"/s/{platform.site}/ledger/bank/new/")
    page.set_input_files("input[type=file]", source)
    page.locator("main button[type=submit]").first.click()
    page.goto(f"/s/{platform.site}/ledger/bank/?q={NUMBER}")
    page.locator("table tbody th a").first.click()
    expect(page.get_by_role("button", name="确认入账").first).to_be_visible()


# Notes by the same form, one after another without waiting for the page: what a busy site sounds like.
BURST = """async (count) => {
  const form = document.querySelector("form.composer");
  for (let at = 0; at < count; at += 1) {
    const body = new URLSearchParams(new FormData(form));
    body.set("text", `第 ${at + 1} 条`);
    body.set("key", crypto.randomUUID());
    await fetch(form.getAttribute("action"), { method: "POST", body });
  }
}"""


def test_a_busy_site_is_read_once_a_second(platform: Platform, open_page: Callable[..., Page]) -> None:
    worker, lead = open_page(), open_page()
    sign_in(worker, platform, "fuzeren")
    sign_in(lead, platform, "zhuguan")
    lead.goto(f"/s/{platform.site}/cases/?state=open")
    lead.locator("[data-verdict]").first.wait_for()
    worker.goto(f"/s/{platform.site}/cases/?state=open")
    worker.locator("a[data-case]").last.click()
    worker.locator("form.composer").wait_for()
    lead.wait_for_timeout(1_000)
    reads: list[float] = []
    lead.on(
        "request",
        lambda request: (
            request.resource_type == "fetch"
            and "part=" not in request.url
            and "/cases/?" in request.url
            and reads.append(time.monotonic())
        ),
    )
    started = time.monotonic()
    worker.evaluate(BURST, 12)
    seconds = time.monotonic() - started
    while not reads and time.monotonic() - started < PATIENCE_MS / 1000:
        lead.wait_for_timeout(250)
    lead.wait_for_timeout(2_500)
    print(f"12 notes in {seconds:.1f} s: the list was read {len(reads)} times")
    assert 1 <= len(reads) <= seconds + 3
    gaps = [later - earlier for earlier, later in pairwise(reads)]
    assert all(gap > 0.9 for gap in gaps), gaps
