"""The worklist and a case without a mouse: every key does what the help says, and the list is found again as it was left."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Platform, sign_in

DIALOGS = {"c": "联系对方", "n": "写备注", "p": "记录承诺", "d": "登记异议", "h": "暂停办理"}


def current(page: Page) -> str:
    """The case of the row that the keyboard stands on."""
    return str(page.evaluate("document.activeElement.dataset.case ?? ''"))


def test_every_key_of_the_worklist_and_the_way_back(
    platform: Platform, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    sign_in(page, platform, "zhuguan")
    page.goto(f"/s/{platform.site}/cases/?state=open")
    page.locator("a[data-case]").first.wait_for()
    page.keyboard.press("j")
    first = current(page)
    page.keyboard.press("j")
    second = current(page)
    page.keyboard.press("k")
    assert first and second and first != second and current(page) == first
    for key, title in DIALOGS.items():
        page.keyboard.press(key)
        dialog = page.locator("#deed")
        expect(dialog.get_by_role("heading", name=title)).to_be_visible()
        if key == "c":  # the verdict arrives within the dialog and leaves its head and its way back standing
            expect(dialog.get_by_role("heading", name="可否联系")).to_be_visible()
            expect(dialog.get_by_role("heading", name=title)).to_be_visible()
            expect(dialog.get_by_role("button", name="返回")).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        assert current(page) == first, f"after {key} the same row is current"
    page.keyboard.press("?")
    help_sheet = page.locator("dialog[open]")
    expect(help_sheet).to_contain_text("记录承诺")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    page.locator("h1").click()

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*-*-*/**")
    assert "list=" in page.url
    page.locator("h1").click()
    page.keyboard.press("j")  # the next case of the same list, and back to the list where it was left
    page.locator("[data-key=u]").wait_for()
    here = page.url.split("/cases/")[1].split("/")[0]
    page.keyboard.press("u")
    page.wait_for_url("**/cases/?**")
    assert "state=open" in page.url
    page.locator(f"a[data-case='{here}']").wait_for()
    assert current(page) == here, "the row one came from has the focus again"
