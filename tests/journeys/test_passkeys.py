"""A passkey from end to end: an invitation read in the outbox, an account, a passkey, and coming back with it alone.

The device is Chromium's own virtual authenticator, driven through the DevTools protocol: the ceremony, the signature and the
server's check are the real ones.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Platform, sign_in

pytestmark = pytest.mark.serial
PASSWORD = "correct-horse-battery-7"


def by_name(page: Page, platform: Platform, path: str) -> None:
    """Passkeys belong to a name: the platform is opened as localhost, not by its number."""
    page.goto(platform.base.replace("127.0.0.1", "localhost") + path)


def give_device(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def invited_path(page: Page, platform: Platform) -> str:
    """The owner invites; the mail waits in the outbox, because this platform has no mail server."""
    sign_in(page, platform, "fuzeren")
    page.goto(f"/s/{platform.site}/people/invite/")
    page.fill("input[name=email]", "zhang@example.org")
    page.select_option("select[name=role]", "auditor")
    page.click("main button[type=submit]")
    page.goto(f"/s/{platform.site}/notices/")
    page.get_by_role("link", name="成员邀请").first.click()
    found = re.search(r"http://[^/]+(/invitation/[\w-]+/)", page.locator("main").inner_text())
    assert found
    return found[1]


def test_a_second_person_comes_in_by_passkey(open_page: Callable[..., Page], platform: Platform) -> None:
    path = invited_path(open_page(), platform)
    page = open_page()
    give_device(page)
    by_name(page, platform, path)
    page.fill("input[name=display_name]", "张伟")
    page.fill("input[name=username]", "zhangwei")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="建立账号并加入").click()
    page.wait_for_url("**/desk/**")

    by_name(page, platform, "/account/security/")
    page.get_by_role("link", name="添加通行密钥").click()
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="确认").click()
    page.get_by_role("button", name="添加通行密钥").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10

    page.locator("details.menu--account summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in/**")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/desk/**")
    by_name(page, platform, "/account/activity/")
    expect(page.locator("table").nth(1)).to_contain_text("通行密钥")


def test_on_a_number_the_page_says_why_there_is_no_passkey(
    open_page: Callable[..., Page], platform: Platform
) -> None:
    page = open_page(width=360)
    page.goto("/sign-in/")
    expect(page.get_by_role("button", name="用通行密钥登录")).to_be_disabled()
    expect(page.get_by_text("数字 IP")).to_be_visible()
