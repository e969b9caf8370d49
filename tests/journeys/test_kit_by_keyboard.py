"""The kit without a mouse: palette, board, calendar, dialog, picks; and the list's filter while one types.

Runs on the living page, whose list, board and palette answer from samples; needs no ledger.
"""

from playwright.sync_api import expect

from tests.journeys.test_kit_in_browser import address, open_page, pytestmark  # noqa: F401


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_the_palette_opens_finds_and_closes(open_page):  # noqa: F811
    page = open_page()
    page.keyboard.press("Control+k")
    page.locator("#palette-hits a").first.wait_for()
    page.keyboard.type("远景")
    expect(page.locator("#palette-hits a")).to_have_count(1)
    words = page.locator("#palette-words")
    assert words.get_attribute("aria-activedescendant") == page.locator("#palette-hits a").get_attribute("id")
    assert page.locator("#palette-hits [aria-selected=true]").count() == 1
    page.keyboard.press("Escape")
    assert not page.locator("#palette").is_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("没有这个")
    page.get_by_text("没有找到“没有这个”").wait_for()


def test_a_card_moves_by_arrow_keys_and_a_refusal_says_why(open_page):  # noqa: F811
    page = open_page()
    page.locator("#card-lishi a").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("已移到“已承诺”").wait_for()
    assert page.locator("[data-lane=promised] #card-lishi").count() == 1
    assert focused(page).startswith("江阴市李氏"), "the focus stays with the card"
    page.locator("#card-yuanjing a").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("不能移到“已结清”").wait_for()
    assert page.locator("[data-lane=plan] #card-yuanjing").count() == 1
    assert page.locator("[data-lane=promised] #card-lishi").count() == 1, (
        "a refusal keeps what was moved before"
    )
    assert page.locator("#card-kraftwerk select").count() == 0


def test_a_card_moves_by_drag(open_page):  # noqa: F811
    page = open_page()
    page.locator("#card-hongda").drag_to(page.locator("[data-lane=plan]"))
    page.get_by_text("已移到“分期中”").wait_for()


def test_days_by_arrow_keys_months_by_page_keys(open_page):  # noqa: F811
    page = open_page()
    page.locator("[data-day='2026-11-22']").focus()
    for key in ("ArrowRight", "ArrowDown", "Home"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.dataset.day") == "2026-11-30"
    page.keyboard.press("PageDown")
    page.get_by_role("heading", name="2026年12月").wait_for()
    page.get_by_role("link", name="日程").click()
    page.get_by_text("这个月没有安排").wait_for()


def test_a_dialog_takes_the_focus_and_gives_it_back(open_page):  # noqa: F811
    page = open_page()
    button = page.get_by_role("button", name="撤销整批").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#undo").is_visible()
    assert page.evaluate("document.activeElement.closest('dialog').id") == "undo"
    page.keyboard.press("Escape")
    assert focused(page) == "撤销整批"


def test_rows_are_picked_by_key_and_all_that_match_by_one_button(open_page):  # noqa: F811
    page = open_page()
    page.wait_for_selector("jq-chart[data-view]")
    page.keyboard.press("j")
    page.keyboard.press("x")
    bar = page.locator("[data-bulk-bar]")
    assert "已选 1 条" in bar.text_content().replace("\n", " ").replace("  ", " ")
    page.locator("[data-pick-all]").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="改选全部符合筛选的 1,234 条").click()
    assert page.locator("input[name=scope]").input_value() == "all"
    page.get_by_role("button", name="取消选择").click()
    assert not bar.is_visible()


def test_typing_filters_keeps_the_focus_and_the_address(open_page):  # noqa: F811
    page = open_page()
    page.locator("#search-q").fill("远景")
    expect(page.locator("table[data-rows] tbody tr")).to_have_count(1)
    page.wait_for_url(lambda url: "q=" in url)
    assert page.evaluate("document.activeElement.name") == "q"
    page.locator("#search-q").fill("没有这样的人")
    page.get_by_text("没有找到这个债务人").wait_for()
