"""A passkey from end to end: an invitation read in the outbox, an account, a passkey, and coming back with it alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Platform, sign_in
from tests.journeys.joining import add_passkey, by_name, come_back_by_passkey, give_device, invite, join

pytestmark = pytest.mark.serial


def test_a_second_person_comes_in_by_passkey(open_page: Callable[..., Page], platform: Platform) -> None:
    owner = open_page()
    sign_in(owner, platform, "fuzeren")
    path = invite(owner, platform.site, "zhang@example.org", "auditor")
    page = open_page()
    give_device(page)
    join(page, platform, path, name="张伟", username="zhangwei")

    add_passkey(page, platform)
    assert page.locator(".codes li").count() == 10

    come_back_by_passkey(page)
    by_name(page, platform, "/account/activity/")
    expect(page.locator("table").nth(1)).to_contain_text("通行密钥")


def test_on_a_number_the_page_says_why_there_is_no_passkey(
    open_page: Callable[..., Page], platform: Platform
) -> None:
    page = open_page(width=360)
    page.goto("/sign-in/")
    expect(page.get_by_role("button", name="用通行密钥登录")).to_be_disabled()
    expect(page.get_by_text("数字 IP")).to_be_visible()
