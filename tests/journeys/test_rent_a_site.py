"""From the public wizard to a live site with its own colours and a second person in it, in minutes of clock.

Everything is the real thing: the pages, the operator's decision, the worker's self-test against the sequencer's signed
log, the invitation in the outbox, the passkey. Then somebody of another site tries every address of this one, taken from
the resolver and the API's own routers, so that an address born later is tried the day it is mounted.
"""

import re
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from jieqing.plumbing.http import PUBLIC
from tests.isolation.addresses import operations, pages
from tests.journeys.conftest import Platform, sign_in
from tests.journeys.joining import add_passkey, come_back_by_passkey, give_device, invite, join

pytestmark = pytest.mark.serial

MINUTES_MAX = 5
SITE, PRIMARY = "taihu", "#b3261e"
OWNER_PASSWORD = "correct-horse-battery-9"
LICENCE = {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n% a licence\n%%EOF\n"}
ORGANISATION = {"name": "太湖机械有限公司", "slug": SITE}
OWNER = {"display_name": "周负责", "username": "zhoufuze", "password": OWNER_PASSWORD}
STEPS: dict[str, dict[str, str]] = {
    "papers": {
        "scope": "应收账款管理咨询",
        "credit_code": "91320200MA1XXXXX03",
        "address": "无锡市滨湖区太湖大道 1 号",
        "phone": "0510-85000000",
        "email": "rental@example.org",
    },
    "filing": {"number": "苏备-2026-001", "authority": "无锡市工信局", "from_on": "2026-01-01"},
    "account": {
        "bank": "无锡农村商业银行",
        "holder": "太湖机械有限公司",
        "number": "6222 0213 0401 6621",
    },
    "look": {"primary": PRIMARY},
    "agreement": {},
}


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)


def apply(page: Page) -> None:
    """The public wizard, page by page, until the application is submitted."""
    page.goto("/rent/")
    page.check("input[name=kind][value=in_house]")
    fill(page, ORGANISATION)
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/rent/account/")
    fill(page, OWNER)
    page.get_by_role("button", name="建立账号并继续").click()
    for step, values in STEPS.items():
        page.wait_for_url(f"**/s/{SITE}/rental/{step}/")
        fill(page, values)
        if step == "papers":
            page.set_input_files("input[name=licence]", LICENCE)
        if step == "agreement":
            page.check("input[name=accept]")
        page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url(f"**/s/{SITE}/rental/submit/")
    page.get_by_role("button", name="提交核验").click()
    page.wait_for_url(f"**/s/{SITE}/rental/")
    expect(page.get_by_text("下一步：平台核验")).to_be_visible()


def approve(page: Page, platform: Platform) -> None:
    """The platform's operator looks at the papers and files the site, with a reason."""
    page.goto(f"/sign-in/?next=/operator/sites/{SITE}/")
    page.fill("input[name=username]", "yunying")
    page.fill("input[name=password]", platform.password)
    page.click("form.form button[type=submit]")
    page.wait_for_url(f"**/operator/sites/{SITE}/")
    expect(page.locator("main")).to_contain_text("**** 6621")
    page.fill("textarea[name=reason]", "证照与公示信息一致")
    page.get_by_role("button", name="核验通过").click()
    expect(page.get_by_text("已执行")).to_be_visible()


def wait_until_live(page: Page) -> None:
    """The worker tries the evidence and takes the site live by itself; the owner only looks."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        page.goto(f"/s/{SITE}/rental/")
        if page.locator("h1 .tag").inner_text().strip() == "已开通":
            return
        time.sleep(0.5)
    raise AssertionError(f"the site did not go live: {page.locator('main').inner_text()}")


def expect_own_colours(page: Page) -> None:
    """What a visitor sees is painted in the tenant's colour, by the browser's own account."""
    page.goto(f"/s/{SITE}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(ORGANISATION["name"])
    button = page.locator("a.btn--primary").first
    painted = button.evaluate("(node) => getComputedStyle(node).backgroundColor")
    assert painted == "rgb(179, 38, 30)", painted
    expect(page.locator("main")).to_contain_text(STEPS["filing"]["number"])
    expect(page.locator("main")).to_contain_text("**** 6621")


def sample(parameter: str) -> str:
    """A value that a route's parameter takes; whoever is refused is refused before anything looks at it."""
    if parameter == "site_slug" or parameter == "slug":
        return SITE
    return str(uuid4()) if parameter.endswith("_id") else "x1"


def addresses_of_the_site() -> Iterator[tuple[str, str]]:
    """Each method and address of this site that is not open to everybody, and the operator's own about it."""
    for page in pages():
        is_open = getattr(page.view, "required_permission", None) == PUBLIC
        if {"site_slug", "slug"} & set(page.parameters) and not is_open:
            address = page.address({name: sample(name) for name in page.parameters})
            yield from ((method, address) for method in ("GET", "POST"))
    for operation in operations():
        if "site_slug" in operation.parameters:
            address = operation.address({name: sample(name) for name in operation.parameters})
            yield operation.method, address


def statuses(page: Page, *, with_news: bool = True) -> dict[tuple[str, str], int]:
    """What the signed-in person of this page gets for each address, with the session's own token on writes.

    Without news for who may have them: a stream of news never ends, and its answer would be waited for.
    """
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    found = {}
    for method, address in addresses_of_the_site():
        if address.endswith("/news/") and not with_news:
            continue
        headers = {} if method == "GET" else {"X-CSRFToken": token, "Idempotency-Key": str(uuid4())}
        answer = page.context.request.fetch(address, method=method, headers=headers, max_redirects=0)
        found[method, address] = answer.status
    return found


def test_from_the_wizard_to_a_live_site_with_two_people(
    open_page: Callable[..., Page], platform: Platform
) -> None:
    begun = time.monotonic()
    owner = open_page()
    apply(owner)
    refused = open_page().goto(f"/s/{SITE}/")
    assert refused is not None and refused.status == 404, "nobody sees a site that is not live"
    approve(open_page(), platform)
    wait_until_live(owner)
    expect_own_colours(open_page())

    path = invite(owner, SITE, "li@example.org", "finance")
    second = open_page()
    give_device(second)
    join(second, platform, path, name="李会计", username="likuaiji")
    add_passkey(second, platform)
    come_back_by_passkey(second)
    assert re.search(rf"/s/{SITE}/desk/", second.url)
    seconds = time.monotonic() - begun
    print(f"\nfrom the public wizard to a second person's passkey: {seconds:.1f} s of clock")
    assert seconds < MINUTES_MAX * 60

    stranger = open_page()
    sign_in(stranger, platform, "fuzeren")
    found = statuses(stranger)
    assert len(found) > 100, "the walk found the site's addresses"
    assert {place: status for place, status in found.items() if status != 404} == {}
    # The same walk as the owner: the refusals above are about the person, not about addresses that lead nowhere.
    answered = [place for place, status in statuses(owner, with_news=False).items() if status != 404]
    assert len(answered) > 50, answered
