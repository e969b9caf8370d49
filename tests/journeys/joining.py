"""How a second person comes into a site: the owner's invitation, the mail in the outbox, an account, a passkey.

The device is Chromium's own virtual authenticator, driven through the DevTools protocol: the ceremony, the signature and the
server's check are the real ones. Passkeys belong to a name, so the newcomer opens the platform as localhost.
"""

import re

from playwright.sync_api import Page

from tests.journeys.conftest import Platform

PASSWORD = "correct-horse-battery-7"


def by_name(page: Page, platform: Platform, path: str) -> None:
    """Open a page by the platform's name instead of its number."""
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


def invite(page: Page, site: str, email: str, role: str) -> str:
    """A signed-in owner invites; the mail waits in the outbox, because this platform has no mail server.

    Returns the path of the link that the mail carries.
    """
    page.goto(f"/s/{site}/people/invite/")
    page.fill("input[name=email]", email)
    page.select_option("select[name=role]", role)
    page.click("main button[type=submit]")
    page.goto(f"/s/{site}/notices/")
    page.get_by_role("link", name="成员邀请").first.click()
    found = re.search(r"http://[^/]+(/invitation/[\w-]+/)", page.locator("main").inner_text())
    assert found
    return found[1]


def join(page: Page, platform: Platform, path: str, *, name: str, username: str) -> None:
    """Follow the invitation's link and open an account."""
    by_name(page, platform, path)
    page.fill("input[name=display_name]", name)
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="建立账号并加入").click()
    page.wait_for_url("**/desk/**")


def add_passkey(page: Page, platform: Platform) -> None:
    by_name(page, platform, "/account/security/")
    page.get_by_role("link", name="添加通行密钥").click()
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="确认").click()
    page.get_by_role("button", name="添加通行密钥").click()
    page.wait_for_url("**/recovery-codes/")


def come_back_by_passkey(page: Page) -> None:
    """Sign out and in again with the passkey alone: no name, no password."""
    page.locator("details.menu--account summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in/**")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/desk/**")
