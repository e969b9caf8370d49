"""The list is found again as it was left: any page of it, scrolled as it was, on the same row; by "u", by the browser's back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Platform, sign_in

HEAD = "客户名称,发票号,开票日期,到期日,币种,价税合计\n"
CASES, ROWS = 64, 50
LIST = "cases/?state=open&q=定位测试"
TOP = "document.activeElement.closest('tr').getBoundingClientRect().top"
# A pixel for rounding, a line for a chip that arrived meanwhile.
NEAR_PX = 40


@pytest.fixture
def page(platform: Platform, open_page: Callable[..., Page], downloads: Path) -> Page:
    """Signed in, with more cases of one search than a page holds."""
    source = downloads / "many.csv"
    lines = (
        f"定位测试{at}有限公司,DW-{at},2026-06-01,2026-08-15,人民币,{9000 + at}.00\n" for at in range(CASES)
    )
    source.write_text(HEAD + "".join(lines), encoding="utf-8")
    for command in (
        ("ledger", "import", str(source), "--yes"),
        ("cases", "open-by-rule"),
    ):
        done = platform.command(*command, "--site", platform.site, "--json")
        assert done.returncode == 0, done.stderr
    found = open_page()
    sign_in(found, platform, "fuzeren")
    return found


def current(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.case ?? ''"))


def stand_on(page: Page, at: int) -> str:
    link = page.locator("a[data-case]").nth(at)
    link.focus()
    link.scroll_into_view_if_needed()
    return str(link.get_attribute("data-case"))


def test_every_page_of_a_list_is_found_again(platform: Platform, page: Page) -> None:
    page.goto(f"/s/{platform.site}/{LIST}")
    first_page = page.locator("a[data-case]")
    expect(first_page).to_have_count(ROWS)
    last_of_first = str(first_page.last.get_attribute("data-case"))
    page.locator("a[rel=next]").click()
    expect(page.locator("a[data-case]")).to_have_count(CASES - ROWS)
    second = page.url

    # Left by Enter, back by "u": the same page, row and height.
    row = stand_on(page, 7)
    top = page.evaluate(TOP)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*-*-*/**")
    page.locator("h1").click()
    page.keyboard.press("u")
    page.wait_for_url("**/cases/?**")
    expect(page.locator(f"a[data-case='{row}']")).to_be_focused()
    assert page.url == second
    assert abs(page.evaluate(TOP) - top) < NEAR_PX

    # Left by a click, back by the browser.
    row = stand_on(page, 11)
    top = page.evaluate(TOP)
    page.locator(f"a[data-case='{row}']").click()
    page.wait_for_url("**/cases/*-*-*/**")
    page.go_back()
    expect(page.locator(f"a[data-case='{row}']")).to_be_focused()
    assert page.url == second
    assert abs(page.evaluate(TOP) - top) < NEAR_PX

    # Left on the second page, walked back with k onto the first: the page that holds the case is opened.
    stand_on(page, 0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*-*-*/**")
    page.locator("h1").click()
    page.keyboard.press("k")
    page.wait_for_url(f"**/cases/{last_of_first}/**")
    page.locator("h1").click()
    page.keyboard.press("u")
    page.wait_for_url("**/cases/?**")
    expect(page.locator(f"a[data-case='{last_of_first}']")).to_be_focused()
    page.reload()
    expect(page.locator(f"a[data-case='{last_of_first}']")).to_be_visible()
